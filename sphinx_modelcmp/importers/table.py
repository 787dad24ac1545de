"""A table of one's own, CSV or Excel, through a file that says what its columns are.

The mapping is a YAML file::

    model: Model                     # the column with the names of the models
    sheet: Support                   # of an Excel file; the first where absent
    header: 1                        # the row with the names of the columns
    decimal: ","                     # the sign before decimals; a cell with another one than the point needs it
    columns:
      Released: released
      Context: {to: context_window, times: 1024}
      FP16: {to: capabilities.fp16, values: {"x": true, "-": false, "(1)": partial}, notes: {"(1)": Linux only.}}
      "Input $/M": {to: prices.input, provider: openai}

``to`` is a fact of a model, ``capabilities.`` with a name, or ``prices.`` with a component. A cell that is empty, or
has none of the ``values``, is unknown.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

from sphinx_modelcmp.catalog.decode import Collected, Decoder
from sphinx_modelcmp.catalog.fields import Before, Record
from sphinx_modelcmp.catalog.problems import Code, Problem, did_you_mean
from sphinx_modelcmp.catalog.records import FACTS, LIMITS, Catalog
from sphinx_modelcmp.catalog.scalars import Count, Id, Number, Prose, Text, read_amount
from sphinx_modelcmp.catalog.scalars import read_text as read_name
from sphinx_modelcmp.catalog.vocabulary import CAPABILITIES, PRICE_COMPONENTS, FieldType
from sphinx_modelcmp.catalog.yaml.reader import read_document
from sphinx_modelcmp.importers.entry import Entry
from sphinx_modelcmp.importers.importer import Asked, Foreign, Importer, Listing, Loss, Raw
from sphinx_modelcmp.importers.model_ids import as_id
from sphinx_modelcmp.importers.prices import PriceList, number, plain
from sphinx_modelcmp.importers.selection import why_no_fact
from sphinx_modelcmp.importers.source_files import ForeignError, read_bytes, read_text

if TYPE_CHECKING:
    from pathlib import Path


_EXCEL = (".xlsx", ".xlsm")
_DELIMITERS = (",", ";", "\t", "|")
_SIGNS = {".": ",", ",": "."}
"""The sign before decimals to that between thousands."""
_SPACES = "\u00a0\u202f '\u2019"
"""Other signs between thousands."""
_WITH_COMMA = r"[-+]?[0-9][0-9.]*,[0-9.,]*"
_THOUSANDS_OF_COMMAS = r"[-+]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+"
"""Where the decimal sign is a comma these are thousands; elsewhere three decimals."""
_OPEN = (
    "a number with a sign that may stand before decimals or between thousands"
    ' (say in the mapping which: decimal: "." or decimal: ",")'
)
_ERRORS = frozenset(("#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"))
"""Signs of Excel for a formula without a result."""
CAPABILITY = "capabilities."
PRICE = "prices."
TAB = "tab"
"""The word for a delimiter that no text can be."""
_FACTS = (*FACTS, "routes")


def read(path: Path, asked: Asked, loss: Loss) -> Foreign:
    """Read a table as its mapping says."""
    if asked.mapping is None:
        raise ForeignError("a table needs a file that says what its columns are: --mapping FILE", path)
    sheet = read_mapping(asked.mapping)
    header, rows, delimiter = _table(path, sheet)
    _check(header, sheet, asked.mapping)
    for name in header:
        if name not in {"", sheet.model, *sheet.columns}:
            loss.key(f"column {name}", str(path))
    rows_of = _Rows(sheet, loss, delimiter)
    listings: dict[str, list[Listing]] = {}
    for i, row in enumerate(asked.track(rows), sheet.header + 1):
        cells = rows_of.cells(header, row, f"{path}:{i}")
        name = cells.get(sheet.model, "")
        model = as_id(name).lower()
        if not name or rows_of.refusal("name", name):
            if any(row):
                loss.value("a row without a model", f"{path}:{i}")
            continue
        loss.entries += 1
        if model in listings:
            loss.value("a second row of a model", f"{path}:{i}")
        else:
            listings[model] = list(rows_of.listings(name, model, cells, f"{path}:{i}"))
    places = {column.provider for column in sheet.columns.values() if column.provider}
    providers = {place: {"name": place} for place in sorted(places)}
    found = [listing for row in listings.values() for listing in row]
    return Foreign(listings=found, providers=providers, fields=sheet.fields)


def _check(header: list[str], sheet: Sheet, mapping: Path) -> None:
    """Every column that the mapping names is there, once."""
    for name in (sheet.model, *sheet.columns):
        count = header.count(name)
        if count > 1:
            raise ForeignError(f"{count} columns “{name}” in the table", mapping)
        if not count:
            raise ForeignError(f"no column “{name}” in the table{did_you_mean(name, header)}", mapping)


class _Rows:
    """Reads rows as a mapping says; each cell that occurs several times is checked once."""

    def __init__(self, sheet: Sheet, loss: Loss, delimiter: str) -> None:
        self._sheet = sheet
        # Nobody says what a sign in a number is; a comma in any table, a point where cells are set apart by `;`.
        self._open = re.compile(f"{_WITH_COMMA}|{_THOUSANDS_OF_COMMAS}" if delimiter == ";" else _WITH_COMMA)
        self._loss = loss
        self._refusals: dict[tuple[str, str], str] = {}

    def cells(self, header: list[str], row: list[str], place: str) -> dict[str, str]:
        """The cells of a row by the names of their columns."""
        if any(row[len(header) :]):
            self._loss.value("a cell to the right of the last column", place)
        return dict(zip(header, map(str.strip, row), strict=False))

    def listings(self, name: str, model: str, cells: Mapping[str, str], place: str) -> Iterator[Listing]:
        facts: Raw = {"name": name}
        flags: Raw = {}
        prices: dict[str, PriceList] = defaultdict(PriceList)
        for title, column in self._sheet.columns.items():
            entry = Entry(self._loss, f"{place}, column {title}")
            value = self._value(cells.get(title, ""), column, entry)
            if value is None:
                continue
            if why := self.refusal(column.to, value):
                entry.loss.value(f"a cell that is none: {why}", entry.name)
            elif column.to.startswith(CAPABILITY):
                flags[column.to.removeprefix(CAPABILITY)] = value
            elif column.to.startswith(PRICE):
                entry.put(prices[column.provider or ""], column.to.removeprefix(PRICE), Decimal(value))
            else:
                facts[column.to] = value
        yield Listing(model=model, facts=facts, capabilities=flags)
        for provider, listed in prices.items():
            yield Listing(model=model, provider=provider, prices=listed.lines())

    def _value(self, text: str, column: Column, entry: Entry) -> Any:
        """What a cell says of its column; None where that is nothing, or cannot be told for certain."""
        if not text:
            return None
        said: Any = column.values.get(text) if column.values else text
        is_number, decimal = not column.values and _is_number(column, self._sheet.fields), self._sheet.decimal
        if text in _ERRORS:
            why = f"a formula without a result, {text}"
        elif said is None:
            why = f"a cell “{text}” that the mapping has no value for"
        elif is_number and not decimal and self._open.fullmatch(text):
            why = _OPEN
        else:
            if is_number and decimal:
                said = _plain_number(text, decimal)
            if column.times != 1:
                amount = number(said)
                said = None if amount is None else plain(amount * column.times)
            note = column.notes.get(text)
            if said is not None:
                return {"value": said, "note": note} if note else said
            why = "a cell that is no number"
        entry.loss.value(why, entry.name)
        return None

    def refusal(self, to: str, value: Any) -> str:
        """Why a value cannot be what its column is, as a catalog that had it would say; empty where it can."""
        key = to, str(value)
        if key not in self._refusals:
            self._refusals[key] = _refusal(to, value, self._sheet.fields)
        return self._refusals[key]


def _is_number(column: Column, fields: Mapping[str, Any]) -> bool:
    """The cells of a column are numbers."""
    to = column.to.removeprefix(CAPABILITY)
    house = fields.get(to)
    is_quantity = isinstance(house, Mapping) and house.get("type") == FieldType.QUANTITY
    return column.times != 1 or column.to.startswith(PRICE) or is_quantity or to in {*LIMITS, "parameters"}


def _plain_number(text: str, decimal: str) -> str | None:
    """A number with a point before its decimals and no sign between thousands; None where it is none.

    >>> _plain_number("1.500,25", ","), _plain_number("1,500", "."), _plain_number("15,00", ".")
    ('1500.25', '1500', None)
    """
    between = _SIGNS[decimal]
    whole, _, decimals = text.partition(decimal)
    parts = re.split(f"[{re.escape(between)}{_SPACES}]", whole)
    is_grouped = len(parts[0].lstrip("+-")) <= 3 and all(len(part) == 3 for part in parts[1:])
    if (len(parts) > 1 and not is_grouped) or between in decimals:
        return None
    return "".join(parts) + (f".{decimals}" if decimals else "")


def _refusal(to: str, value: Any, fields: Mapping[str, Any]) -> str:
    if to != "name" and not to.startswith(PRICE):
        name = to.removeprefix(CAPABILITY)
        return why_no_fact({name: value} if name == to else {"capabilities": {name: value}}, fields)
    try:
        read_name(value) if to == "name" else read_amount(str(value))
    except ValueError as error:
        return str(error)
    return ""


# --- the table -----------------------------------------------------------------------------------------------------


def _table(path: Path, sheet: Sheet) -> tuple[list[str], list[list[str]], str]:
    """The names of the columns, the rows, and the delimiter between cells, where there is one."""
    delimiter, rows = ("", _excel(path, sheet)) if path.suffix.lower() in _EXCEL else _csv(path, sheet)
    if len(rows) < sheet.header:
        message = f"the table has {len(rows)} rows; the names of its columns should stand in row {sheet.header}"
        raise ForeignError(message, path)
    return _header(rows, sheet), rows[sheet.header :], delimiter


def _csv(path: Path, sheet: Sheet) -> tuple[str, list[list[str]]]:
    """The delimiter and the rows: that of the mapping, or the one that gives the most of its columns."""
    text = read_text(path)
    tried = {None: _DELIMITERS, TAB: ("\t",)}.get(sheet.delimiter, (sheet.delimiter or "",))
    found, errors = [], []
    for delimiter in tried:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        try:
            found.append((delimiter, list(reader)))
        except csv.Error as error:
            errors.append((f"the file is not CSV: {error}", path, reader.line_num, 1))
    if not found:
        raise ForeignError(*errors[0])
    names = {sheet.model, *sheet.columns}
    return max(found, key=lambda one: len(names.intersection(_header(one[1], sheet))))


def _header(rows: list[list[str]], sheet: Sheet) -> list[str]:
    return [name.strip() for name in rows[sheet.header - 1]] if len(rows) >= sheet.header else []


def _excel(path: Path, sheet: Sheet) -> list[list[str]]:
    try:
        from openpyxl import load_workbook  # noqa: PLC0415 - an extra, which only Excel files need
    except ImportError:
        raise ForeignError("Excel files need openpyxl: pip install 'sphinx-modelcmp[excel]'", path) from None
    data = read_bytes(path)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = {one.title: one for one in book.worksheets}
        name = sheet.sheet or next(iter(sheets), "")
        if name in sheets:
            # Some programs write a size of the sheet that is not its own, and only what lies in it would be read.
            sheets[name].reset_dimensions()
            return [
                [_cell(value, sheet.decimal or ".") for value in row]
                for row in sheets[name].iter_rows(values_only=True)
            ]
    except Exception as error:
        raise ForeignError(f"the file is not Excel: {error}", path) from None
    raise ForeignError(f"no sheet “{name}”{did_you_mean(name, sheets)}", path)


def _cell(value: Any, decimal: str) -> str:
    """Excel counts in binary, and writes 15 digits: what it shows is what was typed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{plain(Decimal(f'{value:.15g}')):f}".replace(".", decimal)
    text = str(value)
    return text.removesuffix(" 00:00:00")


# --- the mapping ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Record):
    """Meaning of the cells of one column."""

    to: Text
    """A fact of the model, ``capabilities.NAME`` or ``prices.COMPONENT``."""
    values: Mapping[str, Text] = field(default_factory=dict)
    """Text of a cell to the value that it means; none: the text is the value."""
    notes: Mapping[str, Prose] = field(default_factory=dict)
    """Text of a cell to a note that its fact gets."""
    times: Number = Decimal(1)
    """Factor for numbers, as in a column of thousands."""
    provider: Id | None = None
    """The place that a price is of."""


def _column(raw: Any) -> Any:
    return {"to": raw} if isinstance(raw, str) else raw


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet(Record):
    """Description of a table."""

    model: Text
    """The column with the names of the models."""
    columns: Mapping[str, Annotated[Column, Before(_column)]]
    """Name of a column to what it is; a text alone is its ``to``."""
    sheet: Text | None = None
    """Of an Excel file; the first where there is none."""
    header: Count = 1
    """The row with the names of the columns, from 1."""
    delimiter: Text | None = None
    """Between the cells of a CSV file, one character or ``tab``; found out where there is none."""
    decimal: Text | None = None
    """The sign before decimals, ``.`` or ``,``; the other one stands between thousands."""
    fields: Mapping[str, Any] = field(default_factory=dict)
    """Fields of the house that columns go to, as a catalog defines them."""


def read_mapping(path: Path) -> Sheet:
    """Read a mapping file. Raises ForeignError, with the place, for whatever is wrong with it."""
    written, problems = read_document(read_text(path).encode(), str(path))
    found = Collected(list(problems))
    if written is None:
        raise _refused(found.problems, path)
    decoder = Decoder(written, Catalog(), found)
    sheet = decoder.record(Sheet, written.root if written.root is not None else {}, ())
    if sheet and sheet.delimiter not in {None, TAB} and len(sheet.delimiter or "") != 1:
        decoder.report(Code.VALUE, "a delimiter is one character, or the word `tab`", "delimiter")
    if sheet and sheet.decimal not in {None, *_SIGNS}:
        decoder.report(Code.VALUE, "`decimal` is the sign before decimals: a point or a comma", "decimal")
    for title, column in sheet.columns.items() if sheet else ():
        if wrong := _wrong(column, sheet.fields if sheet else {}):
            decoder.report(Code.VALUE, wrong, "columns", title)
    if sheet is None or found.problems:
        raise _refused(found.problems, path)
    return sheet


def _refused(problems: list[Problem], path: Path) -> ForeignError:
    # A key that is misspelt is missing, too: which of them it should be is what helps.
    first = min(problems, key=lambda problem: problem.code is not Code.UNKNOWN_KEY)
    return ForeignError.at(first.message, path, first.where)


def _wrong(column: Column, house: Mapping[str, Any]) -> str:
    if column.to.startswith(CAPABILITY):
        flag = column.to.removeprefix(CAPABILITY)
        # The catalog that is imported into may have fields which nobody names here: only what is almost known is wrong.
        near = "" if flag in {*CAPABILITIES, *house} else did_you_mean(flag, CAPABILITIES)
        return near and f"no capability `{flag}`{near}"
    if column.to.startswith(PRICE):
        component = column.to.removeprefix(PRICE)
        if component not in PRICE_COMPONENTS:
            return f"no price component `{component}`{did_you_mean(component, PRICE_COMPONENTS)}"
        if column.notes:
            return "a price takes no `notes`"
        return "" if column.provider else "a price needs `provider`: whose price it is"
    names = (*_FACTS, *house)
    return "" if column.to in names else f"no fact `{column.to}`{did_you_mean(column.to, names)}"


IMPORTER = Importer(name="table", read=read, title="Own table", kind="own", currency="")
