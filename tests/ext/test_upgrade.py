"""Pages that one release of the package has read are read again by another: it may word or count them differently."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import sphinx_modelcmp

if TYPE_CHECKING:
    from tests.support.project import Project

PAGE = "Alfa and Bravo\n==============\n\n.. model-compare:: alfa-1 bravo-2\n   :sections: scorecard\n"
GERMAN = "locale/de/LC_MESSAGES/sphinx_modelcmp.po"


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A copy of the package, in the folder that it is installed in."""
    package = Path(sphinx_modelcmp.__file__).parent
    ignored = shutil.ignore_patterns("__pycache__")
    return Path(shutil.copytree(package, tmp_path / "installed" / package.name, ignore=ignored))


def build(project: Project, installed: Path) -> tuple[bool, str]:
    """Whether a build with a package reads the page, and how the page comes out."""
    # A copy that is edited at once may keep its size and its second, by which Python knows what it has compiled.
    environment = os.environ | {"PYTHONPATH": str(installed.parent), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "sphinx", "--no-color", "-W", str(project.src), str(project.root / "html")]
    done = subprocess.run(
        command, env=environment, cwd=project.root, capture_output=True, text=True, timeout=120, check=True
    )
    page = project.root / "html" / "index.html"
    return "reading sources... [100%]" in done.stdout, page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("sections/scorecard.py", "Decision scorecard", "Scores on a card"),
        (GERMAN, "Entscheidungsübersicht", "Tafel der Entscheidung"),
        ("__init__.py", '__version__ = "0.1.0"', '__version__ = "0.1.1"'),
    ],
)
def test_an_upgrade_reads_every_page_again(project: Project, installed: Path, file: str, old: str, new: str) -> None:
    project.configure(extensions=["sphinx_modelcmp"], language="de" if file == GERMAN else "en")
    project.write("index.rst", PAGE)
    assert build(project, installed)[0]
    assert not build(project, installed)[0]
    path = installed / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    read, page = build(project, installed)
    assert read
    assert new in page or file == "__init__.py"
