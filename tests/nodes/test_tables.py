"""Tables in other shapes: split, flat, or with columns that come to a line."""

from __future__ import annotations

import pytest
from docutils import nodes
from docutils.utils import new_document

from sphinx_modelcmp.nodes.build import Builder
from sphinx_modelcmp.nodes.layout import Heading
from sphinx_modelcmp.nodes.tables import Parts, fit, flatten, split
from sphinx_modelcmp.sections.blocks import SourceMark, Table, TableRow, cell
from sphinx_modelcmp.sections.table_layout import tallest
from tests.support.watch import faults


def table(models: int, *rows: str) -> nodes.table:
    """A table whose cells say where they stand."""
    header = (cell("Row"), *(cell(f"M{i}") for i in range(models)))
    held = tuple(
        TableRow(cell(row), tuple(cell(f"{row} {i} ", SourceMark("[1]", "a", "A")) for i in range(models)))
        for row in rows
    )
    return Builder(("", 0), heading=Heading.NONE).table(Table("Caption", header, held))


def texts(part: nodes.table) -> list[list[str]]:
    return [[entry.astext() for entry in row] for row in Parts.of(part).rows]


@pytest.mark.parametrize(("models", "number", "sizes"), [(6, 2, [3, 3]), (5, 2, [2, 3]), (12, 3, [4, 4, 4])])
def test_a_split_table_says_everything_once(models: int, number: int, sizes: list[int]) -> None:
    whole = table(models, "one", "two")
    whole["ids"] = ["here"]
    before = texts(whole)
    parts = split(whole, lambda parts: len(parts.columns) <= 1 + max(sizes))
    assert [len(Parts.of(part).columns) - 1 for part in parts] == sizes
    assert [part[0].astext() for part in parts] == [f"Caption ({i + 1}/{number})" for i in range(number)]
    assert [part["ids"] for part in parts] == [["here"], *([[]] * (number - 1))]
    for i, row in enumerate(before):
        assert [texts(part)[i][0] for part in parts] == [row[0]] * number
        assert [text for part in parts for text in texts(part)[i][1:]] == row[1:]
    for part in parts:
        (group,) = part.findall(nodes.tgroup)
        assert group["cols"] == len(Parts.of(part).columns)
        assert next(group.findall(nodes.colspec))["stub"] == 1
        document = new_document("page.rst")
        document += part
        assert list(faults(document)) == []


def test_a_table_whose_rows_begin_alike_cannot_be_split() -> None:
    assert len(split(table(6, "one", "two"), lambda parts: len(parts.columns) <= 3)) == 3
    assert len(split(table(6, "one", "one"), lambda parts: len(parts.columns) <= 3)) == 0
    assert len(split(table(6, "one", "two"), lambda parts: len(parts.columns) <= 2)) == 0
    assert len(split(table(1, "one"), lambda _: True)) == 1


def test_rows_that_begin_alike_share_a_term() -> None:
    flat = flatten(table(2, "same", "same", "other"))
    assert [term.astext() for term in flat.findall(nodes.term)] == ["same", "other"]
    lines = [item.astext() for item in flat.findall(nodes.list_item)]
    assert lines == ["M0: same 0 [1]; M1: same 1 [1]"] * 2 + ["M0: other 0 [1]; M1: other 1 [1]"]
    assert len(list(flat.findall(nodes.reference))) == 6


def test_columns_come_to_the_line_and_hold_their_words() -> None:
    parts = Parts.of(table(3, "a row with a long head", "longestword"))
    for room in (40, 60, 80, 200):
        widths = fit(parts, room, 3)
        assert sum(widths.columns) + 3 * 4 <= room
        assert widths.fits == (room > 40)
    assert fit(parts, 200, 3).columns[0] == len("a row with a long head") + 1
    parts.set_widths([22, 11, 11, 11])
    assert tallest(parts.lengths(), [22, 11, 11, 11]) == 3


def test_one_word_does_not_take_the_line() -> None:
    parts = Parts.of(table(2, "W" * 200, "x"))
    widths = fit(parts, 80, 3)
    assert not widths.fits
    assert min(widths.columns) > 20
