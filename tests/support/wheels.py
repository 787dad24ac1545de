"""What a release would upload, built from the checkout, and a house of wheels to install it from without a network.

The wheels of other packages are packed from what the running environment has installed. So ``pip`` resolves and
installs them as a user's would, a release of tomorrow changes nothing, and a package that we use but do not require is
missing.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tomllib
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from packaging.requirements import Requirement
from packaging.tags import parse_tag, sys_tags
from packaging.utils import canonicalize_name

from tests.support.project import HERE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

ROOT = HERE.parent.parent
LEFT_BY_PIP = {"INSTALLER", "REQUESTED", "direct_url.json"}
"""Files of an installed package that its wheel does not have."""


def build_sdist(folder: Path) -> Path:
    """The source distribution of the checkout."""
    return _built("sdist", ROOT, folder)


def build_wheel(source: Path, folder: Path) -> Path:
    """The wheel of a folder of sources."""
    return _built("wheel", source, folder)


def _built(kind: str, source: Path, folder: Path) -> Path:
    run(sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(folder), cwd=source)
    (made,) = folder.iterdir()
    return made


def unpack(sdist: Path, folder: Path) -> Path:
    """The folder that a source distribution unpacks to."""
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    (top,) = folder.iterdir()
    return top


def fill(house: Path) -> None:
    """Pack a wheel of each package that ours requires, directly or not."""
    for found in _required(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]):
        _pack(found, house)


def _required(requirements: Iterable[str], seen: set[str] | None = None) -> Iterator[Distribution]:
    """The distributions that are required, and those that these require."""
    seen = set() if seen is None else seen
    for requirement in map(Requirement, requirements):
        name = canonicalize_name(requirement.name)
        if name not in seen and (not requirement.marker or requirement.marker.evaluate({"extra": ""})):
            seen.add(name)
            found = distribution(name)
            yield found
            yield from _required(found.requires or (), seen)


def _pack(found: Distribution, house: Path) -> None:
    usable = {str(tag) for tag in sys_tags()}
    lines = (found.read_text("WHEEL") or "").splitlines()
    # A line may stand for several tags: cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.
    tags = (str(tag) for line in lines if line.startswith("Tag: ") for tag in parse_tag(line.removeprefix("Tag: ")))
    tag = next(tag for tag in tags if tag in usable)
    name = canonicalize_name(found.name).replace("-", "_")
    with ZipFile(house / f"{name}-{found.version}-{tag}.whl", "w") as wheel:
        for file in found.files or ():
            if ".." not in file.parts and file.suffix != ".pyc" and file.name not in LEFT_BY_PIP:
                wheel.write(Path(str(file.locate())), str(file))


def offline(house: Path, home: Path) -> Mapping[str, str]:
    """The variables of a shell in which ``pip`` knows this house of wheels, and nothing of the checkout is known."""
    return {
        "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])),
        "HOME": str(home),
        "LC_ALL": "C.UTF-8",
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_FIND_LINKS": str(house),
        "PIP_NO_COMPILE": "1",
        "PIP_NO_INDEX": "1",
    }


def run(*command: str, cwd: Path, env: Mapping[str, str] | None = None) -> str:
    """What a command prints; it must succeed, and is given five minutes."""
    done = subprocess.run(
        command, cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout[-4000:]}"
    return done.stdout
