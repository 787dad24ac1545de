"""Columns and parts of tables, in numbers and strings."""

from __future__ import annotations

import pytest

from sphinx_modelcmp.sections.table_layout import as_list, keep_heads_whole, share, split_columns, tallest, widen

HEADS = ["Input", "Output"]


@pytest.mark.parametrize(
    ("heads", "columns", "most", "parts"),
    [
        (HEADS, 4, 4, [range(1, 5)]),
        (HEADS, 5, 3, [range(1, 3), range(3, 6)]),
        (HEADS, 6, 2, [range(1, 3), range(3, 5), range(5, 7)]),
        (HEADS, 6, 1, []),
        (["Input", "Input"], 6, 3, []),
        (["Input", "Input"], 6, 6, [range(1, 7)]),
        (HEADS, 1, 1, [range(1, 2)]),
    ],
)
def test_the_fewest_parts_that_fit(heads: list[str], columns: int, most: int, parts: list[range]) -> None:
    assert split_columns(heads, columns, lambda kept: len(kept) <= most) == parts


def test_a_list_repeats_no_first_cell() -> None:
    header, rows = ["Row", "A", "B"], [["x", "1", "2"], ["y", "3", "4"]]
    assert list(as_list(header, rows, str)) == [
        ("x", [[("A", "1")], [("B", "2")]]),
        ("y", [[("A", "3")], [("B", "4")]]),
    ]
    alike = [["x", "1", "2"], ["x", "3", "4"]]
    assert list(as_list(header, alike, str)) == [("x", [[("A", "1"), ("B", "2")], [("A", "3"), ("B", "4")]])]


def test_first_cells_are_whole_if_there_is_room() -> None:
    assert keep_heads_whole([4, 5, 5], 9, 20) == [9, 5, 5]
    assert keep_heads_whole([4, 5, 5], 9, 18) == [4, 5, 5]


def test_widths_use_no_more_than_the_room() -> None:
    assert share([10, 30, 20], [5, 5, 5], 36) == [7, 16, 12]
    assert share([10, 30], [40, 40], 20) == [10, 10]
    widths = [2, 2, 9]
    widen(widths, [3, 12, 9], 20)
    assert widths == [3, 8, 9]


def test_the_tallest_cell() -> None:
    assert tallest([[10, 21], [3, 4]], [10, 4]) == 3
