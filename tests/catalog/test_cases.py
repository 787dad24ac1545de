"""Each file of ``tests/cases`` says in its first lines what is wrong with it, and what is read all the same.

``# line:column code fragment`` is a problem, ``# keep path = value`` a value that has to be there and ``# gone path``
one that must not be; ``# demand stale_after 90``, ``sources prices results`` or ``conflicts`` is what the house asks
of its catalog. A folder is one catalog of several files. The places count these lines too.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from sphinx_modelcmp.catalog.load import Loaded, load_catalog
from sphinx_modelcmp.catalog.problems import Code, Demands, Problem
from sphinx_modelcmp.catalog.records import Catalog, Fact

CASES = Path(__file__).parent.parent / "cases"
EVERY = sorted(path.relative_to(CASES).as_posix() for path in CASES.iterdir())
NOT_IN_CATALOGS = {"unknown-model", "too-few-models", "query", "option", "glyph", "phrases", "shipped-model"} | {
    f"unknown-{what}" for what in ("section", "field", "benchmark", "traffic")
}
PROBLEM = re.compile(r"# (\d+):(\d+) ([a-z-]+) ?(.*)")


class Expected(NamedTuple):
    place: tuple[str, int, int]
    slug: str
    fragment: str


def files_of(case: str) -> list[Path]:
    path = CASES / case
    return sorted(path.iterdir()) if path.is_dir() else [path]


def comments(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return lines[: next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))]


def expected(case: str) -> list[Expected]:
    found = ((path.name, PROBLEM.fullmatch(line)) for path in files_of(case) for line in comments(path))
    return [Expected((name, int(m[1]), int(m[2])), m[3], m[4]) for name, m in found if m]


def stated(case: str, word: str) -> list[str]:
    lines = (line for path in files_of(case) for line in comments(path))
    return [line.removeprefix(f"# {word} ") for line in lines if line.startswith(f"# {word} ")]


def load(case: str) -> Loaded:
    return load_catalog([CASES / case], demands=demands(case))


def demands(case: str) -> Demands:
    said = {words[0]: words[1:] for words in map(str.split, stated(case, "demand"))}
    days = said.get("stale_after")
    return Demands(
        stale_after=int(days[0]) if days else None,
        sources=frozenset(said.get("sources", ())),
        conflicts="conflicts" in said,
    )


def placed(problem: Problem) -> tuple[str, int, int]:
    assert problem.where
    return Path(problem.where.path).name, problem.where.line, problem.where.column


def walk(catalog: Catalog, path: str) -> Any:
    """The value at a path; None where it leaves what was read, or where a fact has no value."""
    node: Any = catalog
    for step in path.split("."):
        if isinstance(node, Fact) and not hasattr(node, step):
            node = node.value
        if isinstance(node, Mapping):
            node = node.get(step)
        elif isinstance(node, tuple):
            node = node[int(step)] if int(step) < len(node) else None
        else:
            node = getattr(node, step, None)
        if isinstance(node, Fact) and not node.known:
            node = None
    return node.value if isinstance(node, Fact) else node


@pytest.fixture(autouse=True)
def _from_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CASES.parent.parent)


@pytest.mark.parametrize("case", EVERY)
def test_every_problem_is_reported_where_it_is_and_nothing_else(case: str) -> None:
    problems = sorted(load(case).problems, key=placed)
    wanted = sorted(expected(case))
    assert [(placed(p), p.code.slug) for p in problems] == [(e.place, e.slug) for e in wanted]
    for problem, item in zip(problems, wanted, strict=True):
        assert item.fragment in problem.message
        assert "\n" not in str(problem)


@pytest.mark.parametrize("case", EVERY)
def test_what_is_not_concerned_is_read(case: str) -> None:
    catalog = load(case).catalog
    for line in stated(case, "keep"):
        path, _, value = line.partition(" = ")
        assert str(walk(catalog, path)) == value, path
    for path in stated(case, "gone"):
        assert walk(catalog, path) is None, path


@pytest.mark.parametrize("case", EVERY)
def test_a_case_says_what_it_is_about(case: str) -> None:
    for path in files_of(case):
        assert re.match(r"# [A-Z`].*[.]", comments(path)[0]), path
    slugs = {item.slug for item in expected(case)}
    assert any(case.startswith(slug) for slug in slugs), "the name of the file starts with a code that it shows"


def test_every_code_of_the_catalog_has_a_case() -> None:
    shown = {item.slug for case in EVERY for item in expected(case)}
    assert shown == {code.slug for code in Code} - NOT_IN_CATALOGS


SCRIPT = """
import sys
from pathlib import Path
from sphinx_modelcmp.catalog.problems import Demands
from sphinx_modelcmp.catalog.load import load_catalog
from sphinx_modelcmp.catalog.vocabulary import FACT_GROUPS
demands = Demands(stale_after=30, sources=frozenset(FACT_GROUPS), conflicts=True)
for case in sorted(Path(sys.argv[1]).iterdir()):
    print(case.name, *load_catalog([case], demands=demands).problems, sep="\\n")
"""


def test_the_order_of_problems_is_the_same_in_every_process() -> None:
    outputs = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT, str(CASES)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            timeout=60,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(outputs) == 1
