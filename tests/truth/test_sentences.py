"""Each kind of claim is tied to its sentence: a reworded one is looked at, whether it still says what is judged."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from sphinx_modelcmp.sections.blocks import Table
from tests.compare.making import REPOSITORY, catalog_of, compared
from tests.sections.reading import page_of, sentences
from tests.support.golden import kept
from tests.truth.asking import verdicts
from tests.truth.generator import catalog
from tests.truth.meaning import MEANINGS

if TYPE_CHECKING:
    from tests.truth.worlds import Tree

KINDS: dict[str, Tree] = yaml.safe_load(Path(__file__).with_name("kinds.yaml").read_text("utf-8"))
GOLDEN = REPOSITORY / "tests" / "golden" / "claims.txt"
WORKLOAD = {"label": "W", "requests": 1000, "input": 1000, "output": 100}


def tree_of(kind: str) -> Tree:
    return {**catalog(0), "rates": [], "traffic": {"w": WORKLOAD}, "models": KINDS[kind]["models"]}


def worded(kind: str) -> list[str]:
    """The section that has the sentence; the rows of a table with the names of their marks."""
    section = page_of(compared(catalog_of(tree_of(kind))))[KINDS[kind]["section"]]
    tables = [block for block in section.blocks if isinstance(block, Table)]
    marked = [
        f"{row.head.text}: {' '.join(cell.marks)}{' ≠' if row.differs else ''}"
        for table in tables
        for row in table.rows
        for cell in row.cells
        if "best" in cell.marks or row.differs
    ]
    return [*(said for said in sentences(section) if "Unknown | Unknown" not in said), *dict.fromkeys(marked)]


def test_every_kind_has_a_sentence() -> None:
    assert {kind.partition(" ")[0] for kind in KINDS} == MEANINGS.keys()


@pytest.mark.parametrize("kind", KINDS)
def test_its_catalog_gives_rise_to_a_true_claim_of_the_kind(kind: str) -> None:
    found = [verdict for verdict in verdicts(tree_of(kind)) if verdict.kind == kind.partition(" ")[0]]
    assert found
    assert [verdict.reasons for verdict in found if verdict.reasons] == []


def test_sentences_are_those_that_were_looked_at() -> None:
    text = "\n".join("\n".join((f"[{kind}]", *worded(kind), "")) for kind in KINDS)
    assert text == kept(GOLDEN, text)
