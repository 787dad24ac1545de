"""What a release uploads: the readme, the sdist, the wheel, and the first hour of somebody who installs it."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from hatchling.builders.wheel import WheelBuilder
from readme_renderer.markdown import render

from tests.support import wheels
from tests.support.project import STRICT
from tests.support.wheels import ROOT, run

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.support.project import Project

pytestmark = pytest.mark.full

DOCS = ROOT / "docs"
README = (ROOT / "README.md").read_text(encoding="utf-8")
URLS: Mapping[str, str] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["urls"]
FILES = URLS["Repository"].replace("://github.com/", "://raw.githubusercontent.com/") + "/main/"
"""What the address of a file of the repository begins with."""
QUICKSTART = (DOCS / "quickstart.md").read_text(encoding="utf-8")
STEP = re.compile(
    r"^`(?P<file>[\w.]+)`[^`]*\n\n```\{literalinclude\} (?P<source>quickstart/\S+)$"
    r"|^```console\n(?P<commands>(?:\$ .+\n)+)```$",
    re.MULTILINE,
)
"""A step of the quickstart: a file with its content, or commands."""


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the sdist unpacks to."""
    return wheels.unpack(wheels.build_sdist(tmp_path_factory.mktemp("sdist")), tmp_path_factory.mktemp("unpacked"))


@pytest.fixture(scope="module")
def house(unpacked: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of that folder, and those of all that it requires."""
    folder = tmp_path_factory.mktemp("house")
    wheels.build_wheel(unpacked, folder)
    wheels.fill(folder)
    return folder


@pytest.fixture(scope="module")
def shell(house: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The variables of somebody who can install these wheels, and has no checkout."""
    return wheels.offline(house, tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def quickstart(shell: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which somebody has done what the quickstart says, step by step."""
    folder = tmp_path_factory.mktemp("quickstart")
    steps = list(STEP.finditer(QUICKSTART))
    assert [step["file"] for step in steps] == [None, "conf.py", "models.yaml", "index.rst", None]
    for step in steps:
        if step["file"]:
            (folder / step["file"]).write_bytes((DOCS / step["source"]).read_bytes())
        for command in commands(step["commands"] or ""):
            run(*shlex.split(command), cwd=folder, env=shell)
    return folder


def commands(text: str) -> list[str]:
    return [line.removeprefix("$ ") for line in text.splitlines()]


def test_the_quickstart_works_as_printed(quickstart: Path) -> None:
    result = (DOCS / "quickstart" / "result.txt").read_text(encoding="utf-8")
    assert (quickstart / "_build/text/index.txt").read_text(encoding="utf-8") == result
    assert "Decision scorecard" in (quickstart / "_build/html/index.html").read_text(encoding="utf-8")


def test_the_mistake_that_the_quickstart_suggests_is_told_where_it_is(
    quickstart: Path, shell: Mapping[str, str], tmp_path: Path
) -> None:
    for name in ("conf.py", "index.rst"):
        shutil.copy(quickstart / name, tmp_path)
    text = (quickstart / "models.yaml").read_text(encoding="utf-8")
    wrong, right = re.findall(r"write `(\w+)` for `(\w+)`", QUICKSTART)[0]
    (tmp_path / "models.yaml").write_text(text.replace(right, wrong, 1), encoding="utf-8")
    build = [str(quickstart / ".venv/bin/sphinx-build"), "-n", "-W", "-b", "html", ".", "_build/html"]
    done = subprocess.run(build, cwd=tmp_path, env=shell, capture_output=True, text=True, check=False)
    assert done.returncode  # 2 before Sphinx 8.1
    line = text[: text.index(right)].count("\n") + 1
    assert re.search(rf"models\.yaml:{line}.*{wrong}.*{right}", done.stderr)


def test_the_quickstart_has_each_command_for_windows() -> None:
    ours = commands("".join(re.findall(r"^```console\n(.+?)^```$", QUICKSTART, re.MULTILINE | re.DOTALL)))
    theirs = "".join(re.findall(r"^```doscon\n(.+?)^```$", QUICKSTART, re.MULTILINE | re.DOTALL)).splitlines()
    assert len(ours) == 4
    assert [line.removeprefix("> ") for line in theirs] == [
        command.replace("python3 ", "py ").replace(".venv/bin/", ".venv\\Scripts\\") for command in ours
    ]


def test_what_is_installed_is_the_wheel_and_nothing_of_the_checkout(quickstart: Path, shell: Mapping[str, str]) -> None:
    asked = (
        "import sys, sphinx_modelcmp.ext.register, sphinx_modelcmp.cli.main; "
        "print(*sys.path, *{m.__file__ for m in sys.modules.values() if getattr(m, '__file__', None)}, sep='\\n')"
    )
    places = run(str(quickstart / ".venv/bin/python"), "-c", asked, cwd=quickstart, env=shell).splitlines()
    assert any(place.startswith(str(quickstart)) and "sphinx_modelcmp" in place for place in places)
    foreign = (str(ROOT), sysconfig.get_path("purelib"), sysconfig.get_path("platlib"))
    assert [place for place in places if place.startswith(foreign)] == []
    run(".venv/bin/sphinx-modelcmp", "check", "models.yaml", cwd=quickstart, env=shell)


def test_the_sdist_is_the_repository(unpacked: Path) -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("without a repository nothing says which files belong to it")
    listed = run("git", "ls-files", "--cached", "--others", "--exclude-standard", cwd=ROOT).splitlines()
    held = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()}
    assert held - {"PKG-INFO"} == {name for name in listed if (ROOT / name).is_file()}


def test_the_commands_of_the_readme_are_there_in_the_sdist(unpacked: Path) -> None:
    """A dry run: it fails if a target, or a file that one needs, is missing."""
    named = re.findall(r"^\$ (make \w+)", README, re.MULTILINE)
    assert {"make docs", "make test"} <= {*named}
    for command in named:
        run(*command.split(), "--dry-run", f"PYTHON={sys.executable}", cwd=unpacked)


def test_the_wheel_has_every_file_of_the_package(house: Path) -> None:
    (wheel,) = house.glob("sphinx_modelcmp-*.whl")
    held = {name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name}
    package = ROOT / "sphinx_modelcmp"
    own = {
        path.relative_to(ROOT).as_posix()
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    files = [path for path in (ROOT / "data").rglob("*") if path.is_file()]
    shipped = {f"sphinx_modelcmp/{path.relative_to(ROOT).as_posix()}" for path in files}
    assert {"sphinx_modelcmp/data/NOTICE.txt", "sphinx_modelcmp/data/models/openai.yaml"} <= shipped
    assert held == own | shipped


def test_three_lines_make_a_page_of_shipped_models(quickstart: Path, shell: Mapping[str, str], tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text('extensions = ["sphinx_modelcmp"]\nmodelcmp_catalog = "shipped"\n')
    (tmp_path / "index.rst").write_text("Which one?\n==========\n\n.. model-compare:: gpt-5.4 claude-opus-4-6\n")
    tools = quickstart / ".venv/bin"
    run(str(tools / "sphinx-build"), "-n", "-W", "-b", "text", ".", "_build/text", cwd=tmp_path, env=shell)
    page = (tmp_path / "_build/text/index.txt").read_text(encoding="utf-8")
    assert "Decision scorecard" in page
    assert re.search(r"Facts that come with sphinx-modelcmp are as of Nov 22,\s2026\.", page)
    run(str(tools / "sphinx-modelcmp"), "check", "shipped", cwd=tmp_path, env=shell)
    assert "GPT-5.4" in run(str(tools / "sphinx-modelcmp"), "show", "gpt-5.4", cwd=tmp_path, env=shell)


def test_an_editable_install_finds_the_shipped_catalog(tmp_path: Path) -> None:
    site = tmp_path / "site"
    wheel = next(WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["editable"]))
    ZipFile(wheel).extractall(site)
    asked = (
        f"import site; site.addsitedir({str(site)!r}); from sphinx_modelcmp.catalog.files import SHIPPED_FOLDER; "
        "print(SHIPPED_FOLDER.resolve(), (SHIPPED_FOLDER / 'catalog.yaml').is_file())"
    )
    # Without the packages of the environment, which has the checkout in its own way.
    assert run(sys.executable, "-I", "-S", "-c", asked, cwd=tmp_path).split() == [str(ROOT / "data"), "True"]


def test_the_readme_is_a_page_of_the_package_index() -> None:
    """Shown by what shows it there: with its picture, and with links that lead somewhere from there, too."""
    page = render(README)
    assert page
    assert "<picture>" in page
    links = re.findall(r'(?:href|src|srcset)="(?!#user-content-)([^"]*)"', page)
    assert len(links) > 10
    assert [link for link in links if not link.startswith("https://")] == []
    assert [link for link in links if not leads_somewhere(link)] == []


def leads_somewhere(link: str) -> bool:
    """Whether the file at an address of the project exists; addresses of others are not looked up."""
    if link.startswith(URLS["Documentation"]):
        page = link.removeprefix(URLS["Documentation"]).removesuffix(".html") or "index"
        return any((DOCS / f"{page}{suffix}").is_file() for suffix in (".md", ".rst"))
    if link.startswith((FILES, f"{URLS['Repository']}/blob/main/")):
        return (ROOT / re.split("/main/", link, maxsplit=1)[1]).is_file()
    return True


def test_the_steps_of_the_readme_make_a_page(project: Project) -> None:
    """Its configuration, its catalog and its three lines, in a documentation that is there already."""
    blocks = dict(re.findall(r"^```(python|yaml|rst)\n(.*?)^```", README, re.DOTALL | re.MULTILINE))
    assert len(blocks["rst"].splitlines()) == 3
    (fence,) = re.findall(r"^````md\n(.*?)^````", README, re.DOTALL | re.MULTILINE)
    project.write("conf.py", f'{blocks["python"]}extensions.append("myst_parser")\n')
    project.write("models.yaml", blocks["yaml"])
    project.write("index.rst", f"Home\n====\n\n.. toctree::\n\n   fence\n\n{blocks['rst']}")
    project.write("fence.md", f"# Fence\n\n{fence}")
    (project.src / "catalog.yaml").unlink()
    built = project.build("text", *STRICT)
    assert (built.code, built.stderr) == (0, "")
    for page in (built.text("index.txt"), built.text("fence.txt")):
        assert "Decision scorecard" in page
        assert "Take the small one for bulk work." in page


def test_one_set_of_addresses_is_named_everywhere() -> None:
    """Whoever moves the project changes them together: no file names another place of ours."""
    ours = re.compile(r"https?://[\w./-]*sphinx-modelcmp[\w./-]*")
    named = [
        (path.relative_to(ROOT).as_posix(), found)
        for folder in ("sphinx_modelcmp", "docs")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".md", ".rst", ".json"} and "_build" not in path.parts
        for found in ours.findall(path.read_text(encoding="utf-8"))
    ]
    assert named
    assert [item for item in named if not item[1].startswith((URLS["Documentation"], URLS["Repository"]))] == []
