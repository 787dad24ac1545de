"""``init``: what it writes builds at once, and nothing that is there is lost."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from sphinx_modelcmp.catalog.files import SHIPPED_FOLDER
from sphinx_modelcmp.catalog.load import load_catalog
from sphinx_modelcmp.cli import new
from sphinx_modelcmp.cli.main import group
from tests.support.project import STRICT, Project

if TYPE_CHECKING:
    from click.testing import Result


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("docs").mkdir()


def run(*args: str, answers: str = "") -> Result:
    done = CliRunner().invoke(group, ["init", *args], input=answers)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def files() -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in Path().rglob("*") if path.is_file()}


CONF = "project = 'Mine'\nextensions = ['sphinx.ext.intersphinx']\nhtml_theme = 'alabaster'  # ä\n"
EDITED = """\
project = 'Mine'
extensions = ['sphinx.ext.intersphinx', 'sphinx_modelcmp']
modelcmp_catalog = "shipped"
html_theme = 'alabaster'  # ä
"""


def test_it_shows_its_edits_asks_and_writes() -> None:
    Path("docs/conf.py").write_text(CONF, encoding="utf-8")
    before = files()
    done = run(answers="n\n")
    assert (done.exit_code, files()) == (1, before)
    assert "+extensions = ['sphinx.ext.intersphinx', 'sphinx_modelcmp']\n" in done.stdout
    assert "+.. model-compare:: gpt-5.4 claude-opus-4-6\n" in done.stdout
    done = run(answers="y\n")
    assert done.exit_code == 0
    assert done.stdout.endswith("Written: docs/model-comparison.rst\nWritten: docs/conf.py\n")
    assert Path("docs/conf.py").read_text(encoding="utf-8") == EDITED
    after = files()
    done = run("--yes")
    assert (done.exit_code, done.stdout) == (0, "docs/conf.py is set up already. Nothing was written.\n")
    assert files() == after


@pytest.mark.parametrize(
    ("old", "edited"),
    [
        ("extensions = []", 'extensions = ["sphinx_modelcmp"]'),
        ('extensions = ["a", "b"]  # why', 'extensions = ["a", "b", "sphinx_modelcmp"]  # why'),
        ('extensions = ["a",]', 'extensions = ["a", "sphinx_modelcmp",]'),
        (
            'extensions: list[str] = [\n    "ä",  # why\n    # "c",\n]',
            'extensions: list[str] = [\n    "ä",  # why\n    "sphinx_modelcmp",\n    # "c",\n]',
        ),
        ("extensions = [\r\n  'a'\r\n]", "extensions = [\r\n  'a',\r\n  'sphinx_modelcmp',\r\n]"),
        ('extensions = ["a",\n   "b", "c"\n]', 'extensions = ["a",\n   "b", "c",\n   "sphinx_modelcmp",\n]'),
    ],
)
def test_the_list_of_extensions_keeps_its_layout(old: str, edited: str) -> None:
    end = "\r\n" if "\r" in old else "\n"
    Path("conf.py").write_bytes(f"{old}{end}x = 1{end}".encode())
    assert run("--yes").exit_code == 0
    assert Path("conf.py").read_bytes().decode() == f'{edited}{end}modelcmp_catalog = "shipped"{end}x = 1{end}'


@pytest.mark.parametrize(
    "conf", ["extensions = ['a'] + more\n", "x = 1\n", "extensions = ('a',)\n", "\ufeffextensions = ['a']\n"]
)
def test_what_it_cannot_edit_it_says(conf: str) -> None:
    Path("conf.py").write_text(conf, encoding="utf-8")
    done = run("--yes")
    assert done.exit_code == 0
    assert 'Add there:\n  extensions = [..., "sphinx_modelcmp"]\n  modelcmp_catalog = "shipped"\n' in done.stdout
    assert Path("conf.py").read_text(encoding="utf-8") == conf
    assert Path("model-comparison.rst").exists()


def test_what_is_there_is_completed() -> None:
    Path("conf.py").write_text('extensions = ["sphinx_modelcmp"]\n')
    assert run("--yes").exit_code == 0
    assert Path("conf.py").read_text() == 'extensions = ["sphinx_modelcmp"]\nmodelcmp_catalog = "shipped"\n'
    Path("model-comparison.rst").unlink()
    Path("conf.py").write_text('extensions = []\nmodelcmp_catalog = "mine"\n')
    assert run("--yes", "--own").exit_code == 0
    assert {*files()} == {"conf.py"}
    assert Path("conf.py").read_text() == 'extensions = ["sphinx_modelcmp"]\nmodelcmp_catalog = "mine"\n'


@pytest.mark.parametrize("taken", ["docs/model-comparison.rst", "docs/models.yaml"])
def test_it_overwrites_nothing(taken: str) -> None:
    Path("docs/conf.py").write_text(CONF, encoding="utf-8")
    Path(taken).write_text("mine")
    before = files()
    done = run("--own", "--yes")
    assert (done.exit_code, f"{taken} is there already; nothing was written." in done.stderr) == (2, True)
    assert files() == before


@pytest.mark.parametrize(("conf", "message"), [(None, "no conf.py here"), ("extensions = [", "conf.py: '[' was never")])
def test_without_a_conf_py_it_says_what_to_do(conf: str | None, message: str) -> None:
    if conf:
        Path("conf.py").write_text(conf)
    done = run("--yes")
    assert (done.exit_code, message in done.stderr) == (2, True), done.stderr


@pytest.mark.parametrize("own", [(), ("--own",)])
@pytest.mark.parametrize("suffix", [".rst", ".md"])
def test_what_it_writes_builds_without_a_warning(
    project: Project, suffix: str, own: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the markup that the site has, also where warnings are errors; the page has no toctree yet."""
    (project.src / "catalog.yaml").unlink()
    conf = 'extensions = ["myst_parser", "tests.support.watch"]\nhtml_theme = "alabaster"\n'
    project.write("conf.py", conf)
    title = "# Home\n" if suffix == ".md" else "Home\n====\n"
    project.write(f"index{suffix}", title)
    monkeypatch.chdir(project.src)
    assert run("--yes", *own).exit_code == 0
    build = project.build("text", *STRICT)
    assert (build.code, build.stderr) == (0, "")
    page = build.text("model-comparison.txt")
    assert ("Our Small" if own else "GPT-5.4") in page
    assert Path(f"model-comparison{suffix}").exists()


def test_the_catalog_to_fill_in_has_no_problem_also_when_it_is_filled_in(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    shutil.copy(Path(new.__file__).parent / "skeletons" / "own.yaml", path)
    assert load_catalog([SHIPPED_FOLDER, path]).problems == ()
    path.write_text(path.read_text(encoding="utf-8").replace("    #", "    "), encoding="utf-8")
    loaded = load_catalog([SHIPPED_FOLDER, path])
    assert loaded.problems == ()
    assert loaded.catalog.models["our-small"].routes.value
