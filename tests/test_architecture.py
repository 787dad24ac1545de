"""Rules that hold for the package as a whole, and that no other test would notice to be broken."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from sphinx.pycode import ModuleAnalyzer

import sphinx_modelcmp
from sphinx_modelcmp.catalog import schema as catalog_schema
from sphinx_modelcmp.ext.config import ModelcmpConfig
from sphinx_modelcmp.ext.register import register
from sphinx_modelcmp.structured.payload import SCHEMA_FILE
from tests.support import programs

if TYPE_CHECKING:
    from collections.abc import Iterator


PACKAGE = Path(sphinx_modelcmp.__file__).parent
ROOT = PACKAGE.parent
MODULES = sorted(PACKAGE.rglob("*.py"))

# Rule 5 of the study: each of these ends a run of pdflatex with an error.
FATAL_ON_PAPER = re.compile(
    "[\u2717\u2718\u2705\u2605\u2606\u2265\u2264\u2248\u25b2\u25bc\u25cf\u25cb\u0370-\u03ff\u1f00-\u1fff"
    "\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\U0001f000-\U0001faff]"
)

ALONE = """
import sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"sphinx", "docutils", "myst_parser"}:
            raise ModuleNotFoundError(f"{name} is blocked")

sys.meta_path.insert(0, Blocked())

from dataclasses import fields
from pathlib import Path
from sphinx_modelcmp.catalog.load import load_catalog
from sphinx_modelcmp.compare.comparison import compare
from sphinx_modelcmp.compare.digest import digest
from sphinx_modelcmp.compare.comparison import Request, Settings
from sphinx_modelcmp.sections.language import language_of
from sphinx_modelcmp.sections.page import Page
from sphinx_modelcmp.sections.registry import sections_of
from sphinx_modelcmp.structured.build import publish
import importlib, pkgutil
from sphinx_modelcmp import catalog, compare as comparing, sections as writing, structured

for package in (catalog, comparing, writing, structured):
    for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        importlib.import_module(found.name)
loaded = load_catalog([Path(sys.argv[1])])
assert not loaded.problems, loaded.problems
answer = compare(loaded.catalog, Request(models=("alfa-1", "bravo-2")), Settings())
digest(loaded.catalog, Request(models=("alfa-1", "bravo-2")), Settings())
page = Page(answer.comparison, language_of("en"))
sections = sections_of(page)
print(len(sections), len(str(publish(page, sections, ("json",)).record)) > 1000)
assert not {"sphinx", "docutils", "myst_parser"} & set(sys.modules)
"""


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in MODULES:
        yield path.relative_to(PACKAGE), ast.parse(path.read_text(encoding="utf-8"))


def test_a_page_is_written_without_sphinx() -> None:
    """In a fresh process in which neither Sphinx nor docutils can be imported."""
    catalog = Path(__file__).parent / "support" / "demo" / "catalog.yaml"
    done = subprocess.run(
        [sys.executable, "-c", ALONE, str(catalog)], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "13 True\n", "")


def test_no_module_has_a_name_that_says_nothing() -> None:
    names = {part for path in MODULES for part in path.relative_to(PACKAGE).with_suffix("").parts}
    assert not names & {"utils", "util", "helpers", "helper", "common", "misc", "base", "core", "tools"}


def test_every_module_says_what_it_is_for() -> None:
    assert [str(path) for path, tree in trees() if not ast.get_docstring(tree)] == []


def test_strings_of_ours_can_be_printed_on_paper() -> None:
    found = [
        f"{path}:{node.lineno}: {node.value!r}"
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and FATAL_ON_PAPER.search(node.value)
    ]
    assert found == []


def test_nothing_is_raw_and_no_text_is_parsed_as_markup() -> None:
    """But for the author's own verdict, which the page's own parser reads.

    Manual pages ask troff for things in raw nodes, which are nobody's text; insert.py looks for ids in the author's.
    """
    banned = {"nested_parse", "parse_inline", "inline_text", "parse_text_to_nodes", "StringList", "statemachine"}
    found = [
        f"{path}: {name}"
        for path, tree in trees()
        for node in ast.walk(tree)
        for name in _names(node)
        if name in banned or (name == "nodes.raw" and path.name not in {"text.py", "insert.py"})
    ]
    assert found == []


def _names(node: ast.AST) -> Iterator[str]:
    """What a piece of code imports, or asks of an object."""
    if isinstance(node, ast.Attribute):
        yield node.attr
        yield ast.unparse(node)
    elif isinstance(node, ast.Import | ast.ImportFrom):
        yield from (alias.name.rpartition(".")[2] for alias in node.names)


def test_no_clock_no_chance_and_no_network() -> None:
    modules = {"random", "secrets", "uuid", "time", "socket", "urllib", "http", "requests", "subprocess"}
    calls = {"now", "today", "utcnow", "time", "urlopen"}
    found = []
    for path, tree in trees():
        for node in ast.walk(tree):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            # It takes addresses apart, and opens none.
            names = [name for name in names if name != "urllib.parse"]
            found += [f"{path}: {name}" for name in names if name.partition(".")[0] in modules]
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in calls:
                found.append(f"{path}:{node.lineno}: {node.func.attr}()")
    assert found == []


def test_the_configuration_is_never_written_to() -> None:
    """Setting a value of rebuild="env" after it was read makes every build read every page."""
    found = [
        f"{path}:{node.lineno}"
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and isinstance(node.value, ast.Attribute | ast.Name)
        and (node.value.attr if isinstance(node.value, ast.Attribute) else node.value.id) == "config"
    ]
    assert found == []


class Recorder:
    """An application that only listens."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, tuple[Any, ...]]] = []

    def __getattr__(self, name: str) -> Any:
        return lambda *arguments, **_named: self.calls.append((name, arguments))


def test_setup_says_all_that_sphinx_asks() -> None:
    metadata = sphinx_modelcmp.setup(cast("Any", Recorder()))
    assert metadata["version"] == sphinx_modelcmp.__version__
    assert isinstance(metadata["env_version"], int)
    assert metadata["parallel_read_safe"] is True
    assert metadata["parallel_write_safe"] is True


def test_every_configuration_value_is_prefixed_typed_and_explained() -> None:
    recorder = Recorder()
    register(cast("Any", recorder))
    values = [arguments for name, arguments in recorder.calls if name == "add_config_value"]
    assert len(values) >= 6
    for name, _default, rebuild, types in values:
        assert name.startswith("modelcmp_")
        assert rebuild == "env"
        assert types
    explained = ModuleAnalyzer.for_module(ModelcmpConfig.__module__).find_attr_docs()
    assert all(explained["ModelcmpConfig", item.name] for item in fields(ModelcmpConfig))


def test_nothing_is_added_outside_of_register() -> None:
    """One place tells what of Sphinx is used.

    The command line knows no Sphinx: what it adds to is a table of rich. A fallback is one of gettext,
    and a page links its files itself.
    """
    found = [
        f"{path}:{node.lineno}"
        for path, tree in trees()
        if "cli" not in path.parts and path.name not in {"register.py", "config.py"}
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and (node.attr.startswith("add_") or node.attr == "connect")
        and node.attr not in {"add_fallback", "add_css_file", "add_js_file"}
    ]
    assert found == []


def test_the_wheel_holds_what_is_no_code() -> None:
    """Hatchling takes the package's folder as a whole, less what git ignores."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["tool"]["hatch"]["build"]["targets"]["wheel"] == {
        "packages": ["sphinx_modelcmp"],
        "force-include": {"data": "sphinx_modelcmp/data"},
    }
    files = [path for path in PACKAGE.rglob("*") if path.suffix in {".css", ".js", ".json", ".sty", ".typed", ".po"}]
    static = {PACKAGE / "static" / name for name in ("modelcmp.css", "tables.js", "calculator.js")}
    assert {PACKAGE / "py.typed", SCHEMA_FILE, catalog_schema.FILE, *static} <= set(files)
    assert PACKAGE / "locale" / "de" / "LC_MESSAGES" / "sphinx_modelcmp.po" in files
    git = programs.find("git")
    ignored = programs.run([git, "check-ignore", *map(str, files)], ROOT)
    assert ignored.stdout == ""
