"""Tables of one's own, and the file that says what their columns are."""

from __future__ import annotations

import re
import zipfile
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from sphinx_modelcmp.importers.importer import Asked, Loss
from sphinx_modelcmp.importers.source_files import ForeignError
from sphinx_modelcmp.importers.table import IMPORTER
from tests.importers.reading import Read, read

if TYPE_CHECKING:
    from pathlib import Path

MAPPING = """\
model: Model
columns:
  Context: {to: context_window, times: 1024}
  Released: released
  FP16: {to: capabilities.fp16, values: {"✓": true, "✗": false, "(1)": partial}, notes: {"(1)": Linux only.}}
  "GPU": min_gpu
  "Input $/M": {to: prices.input, provider: openai}
fields:
  fp16: {label: FP16, group: capabilities, type: flag}
  min_gpu: {label: Smallest GPU, group: specs, type: quantity, unit: GB}
"""
HEADER = ["Model", "Context", "Released", "FP16", "GPU", "Input $/M"]


def mapping(folder: Path, text: str = MAPPING) -> Path:
    path = folder / "mapping.yaml"
    path.write_text(text, "utf-8")
    return path


def read_csv(folder: Path, *rows: str, delimiter: str = ",", text: str = MAPPING) -> Read:
    path = folder / "table.csv"
    lines = (delimiter.join(HEADER), *rows)
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8-sig")
    found = read(IMPORTER, path, Asked(mapping=mapping(folder, text)))
    assert not found.problems
    return found


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_with_a_byte_order_mark_and_any_delimiter(tmp_path: Path, delimiter: str) -> None:
    row = delimiter.join(["Qwen 3.5", "1024", "2026-03", "✗", "10.5", "0.30"])
    found = read_csv(tmp_path, row, delimiter=delimiter)
    model = found.model("qwen-3.5")
    assert not found.lost
    assert (model.name, model.context_window.value, str(model.released.value)) == ("Qwen 3.5", 1_048_576, "2026-03")
    assert (model.capability("fp16").value, str(model.house["min_gpu"].value)) == ("false", "10.5")
    assert found.prices("qwen-3.5", "openai") == {"standard": {"input": "0.3"}}
    assert found.catalog.fields["min_gpu"].unit == "GB"


OPEN = (
    "a number with a sign that may stand before decimals or between thousands"
    ' (say in the mapping which: decimal: "." or decimal: ",")'
)


def test_a_decimal_comma_does_not_split_a_table(tmp_path: Path) -> None:
    found = read_csv(tmp_path, "A;1;2026;✓;;2,5", "B;1;2026;✓;;3,5", delimiter=";")
    assert list(found.catalog.models) == ["a", "b"]
    [lost] = found.loss
    assert (lost.what, lost.times) == (OPEN, 2)
    assert lost.example == f"{tmp_path / 'table.csv'}:2, column Input $/M"


@pytest.mark.parametrize("cell", ["1,500", "1,5", "1.500,00", "1,500.25", "12,345,678", "1.500"])
@pytest.mark.parametrize("column", [1, 4, 5])
def test_a_sign_that_may_be_either_is_not_guessed(tmp_path: Path, cell: str, column: int) -> None:
    """With ``times`` and without it, in a fact as well as in a price."""
    cells = ["A", "1", "2026", "✓", "1", "1"]
    cells[column] = cell
    found = read_csv(tmp_path, ";".join(cells), delimiter=";")
    assert found.lost == {OPEN: 1}


@pytest.mark.parametrize(
    ("decimal", "cell", "number"),
    [
        (",", "1.500", "1500"),
        (",", "1,500", "1.5"),
        (",", "1.234.567,5", "1234567.5"),
        (",", "1\u00a0500", "1500"),
        (",", "0,3", "0.3"),
        (".", "1,500", "1500"),
        (".", "1,500.25", "1500.25"),
        (".", "1.500", "1.5"),
    ],
)
def test_the_mapping_says_which_sign_is_which(tmp_path: Path, decimal: str, cell: str, number: str) -> None:
    text = MAPPING.replace("columns:", f'decimal: "{decimal}"\ncolumns:')
    found = read_csv(tmp_path, f"A;2;2026;✓;{cell};{cell}", delimiter=";", text=text)
    assert not found.lost
    assert found.prices("a")["standard"] == {"input": number}
    assert found.model("a").house["min_gpu"].value == Decimal(number)


@pytest.mark.parametrize("cell", ["15,00", "1,5", "1,500,5", "1.5,000"])
def test_thousands_in_the_wrong_place_are_no_number(tmp_path: Path, cell: str) -> None:
    text = MAPPING.replace("columns:", 'decimal: "."\ncolumns:')
    found = read_csv(tmp_path, f"A;{cell};2026;✓;;", delimiter=";", text=text)
    assert found.lost == {"a cell that is no number": 1}


def test_a_cell_beyond_the_last_column_is_told(tmp_path: Path) -> None:
    assert read_csv(tmp_path, "A,1,2026,✓,1,1,more").lost == {"a cell to the right of the last column": 1}


def test_a_cell_that_is_none_is_unknown_and_told(tmp_path: Path) -> None:
    found = read_csv(tmp_path, "A,1k,soon,?,#N/A,cheap", "B,,,,,", ",1,,,,", "A,2,,,,", "C,1,,(1),,")
    assert not found.model("a").context_window.known
    assert not found.model("a").capability("fp16").known
    assert not found.model("a").routes.known
    assert not found.model("b").released.known
    assert found.model("c").capability("fp16").note == "Linux only."
    assert found.lost == {
        "a cell that is no number": 1,
        "a cell that is none: “soon” is not a date (YYYY, YYYY-MM or YYYY-MM-DD)": 1,
        "a cell “?” that the mapping has no value for": 1,
        "a formula without a result, #N/A": 1,
        "a cell that is none: “cheap” is not a number": 1,
        "a row without a model": 1,
        "a second row of a model": 1,
    }


def workbook(folder: Path, *rows: list[Any]) -> Path:
    book = Workbook()
    book.create_sheet("Support")
    for row in rows:
        book["Support"].append(row)
    path = folder / "table.xlsx"
    book.save(path)
    return path


def rewritten(path: Path, pattern: bytes, text: bytes) -> Path:
    """A copy of a workbook with other text in its XML."""
    copy = path.with_name("copy.xlsx")
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(copy, "w") as other:
        for name in whole.namelist():
            other.writestr(name, re.sub(pattern, text, whole.read(name)))
    return copy


def test_excel_counts_in_binary_and_the_number_is_what_was_typed(tmp_path: Path) -> None:
    path = workbook(tmp_path, HEADER, ["Qwen 3.5", 1024, "2026-03-02", "✓", 0.3, 0.3])
    path = rewritten(path, rb"<v>0\.3</v>", b"<v>0.30000000000000004</v>")
    text = MAPPING.replace("model: Model\n", "model: Model\nsheet: Support\n")
    found = read(IMPORTER, path, Asked(mapping=mapping(tmp_path, text)))
    assert str(found.model("qwen-3.5").house["min_gpu"].value) == "0.3"
    assert found.prices("qwen-3.5")["standard"] == {"input": "0.3"}
    assert found.model("qwen-3.5").context_window.value == 1_048_576
    comma = read(IMPORTER, path, Asked(mapping=mapping(tmp_path, f'decimal: ","\n{text}')))
    assert comma.prices("qwen-3.5") == found.prices("qwen-3.5")


def test_a_sheet_that_says_it_is_smaller_is_read_whole(tmp_path: Path) -> None:
    """As some programs write it: the reader would stop at the size that the sheet says it has."""
    path = workbook(tmp_path, HEADER, ["Qwen 3.5", 1024, "2026-03-02", "✓", 10, 0.3])
    small = rewritten(path, rb'<dimension ref="[^"]+"', b'<dimension ref="A1"')
    text = MAPPING.replace("model: Model\n", "model: Model\nsheet: Support\n")
    assert read(IMPORTER, small, Asked(mapping=mapping(tmp_path, text))).model("qwen-3.5").released.known


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("columns:", "colums:", "2:1: no key “colums” here; did you mean columns?"),
        ("times:", "tims:", "3:33: no key “tims” here; did you mean times?"),
        ("to: context_window", "to: contxt_window", "3:12: no fact `contxt_window`; did you mean context_window?"),
        ("to: prices.input,", "to: prices.inptu,", "7:16: no price component `inptu`; did you mean input?"),
        (", provider: openai", "", "7:16: a price needs `provider`"),
        (", provider: openai", ", provider: openai, notes: {a: b}", "7:16: a price takes no `notes`"),
        ("capabilities.fp16", "capabilities.visoin", "5:9: no capability `visoin`; did you mean vision?"),
        ("model: Model", "model: Modell", "no column “Modell” in the table; did you mean Model?"),
        ("model: Model", "model: Model\ndelimiter: ';;'", "2:12: a delimiter is one character"),
        ("model: Model", "model: Model\ndecimal: '|'", "2:10: `decimal` is the sign before decimals"),
        ("model: Model", "model: Model\nheader: 9", "the table has 2 rows"),
        ("model: Model", "model: [", "not YAML"),
    ],
)
def test_a_mistake_in_the_mapping_is_told_with_its_place(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(ForeignError) as error:
        read_csv(tmp_path, "A,1,2026,✓,1,1", text=MAPPING.replace(old, new))
    assert told in str(error.value)


def test_two_columns_of_one_name_and_no_mapping_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(",".join([*HEADER, "Context"]), "utf-8")
    with pytest.raises(ForeignError, match="2 columns “Context”"):
        IMPORTER.read(path, Asked(mapping=mapping(tmp_path)), Loss())
    with pytest.raises(ForeignError, match="--mapping"):
        read(IMPORTER, path)


def test_what_is_no_table_is_told(tmp_path: Path) -> None:
    odd = tmp_path / "odd.xlsx"
    odd.write_bytes(b"PK\x03\x04 not really")
    with pytest.raises(ForeignError, match="not Excel"):
        read(IMPORTER, odd, Asked(mapping=mapping(tmp_path)))
    text = MAPPING.replace("model: Model\n", "model: Model\nsheet: Suport\n")
    asked, book = Asked(mapping=mapping(tmp_path, text)), workbook(tmp_path, HEADER)
    with pytest.raises(ForeignError, match="no sheet “Suport”; did you mean Support"):
        read(IMPORTER, book, asked)
    with pytest.raises(ForeignError, match=r"table\.csv:2:1: the file is not CSV"):
        read_csv(tmp_path, '"A" 1,2')
