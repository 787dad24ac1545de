"""A table of one's own, CSV or Excel, through a file that says what its columns are.

The mapping is a YAML file::

    model: Model                     # the column with the names of the models
    sheet: Support                   # of an Excel file; the first where absent
    header: 1                        # the row with the names of the columns
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
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.problems import did_you_mean
from sphinx_modelcmp.importers.entry import Entry
from sphinx_modelcmp.importers.foreign import ForeignError, read_bytes, read_text
from sphinx_modelcmp.importers.importer import Importer
from sphinx_modelcmp.importers.listings import Foreign, Listing
from sphinx_modelcmp.importers.money import PriceList, number, plain
from sphinx_modelcmp.importers.naming import as_id
from sphinx_modelcmp.importers.table_mapping import CAPABILITY, PRICE, TAB, Checker, read_mapping

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from sphinx_modelcmp.importers.importer import Asked
    from sphinx_modelcmp.importers.listings import Raw
    from sphinx_modelcmp.importers.loss import Loss
    from sphinx_modelcmp.importers.table_mapping import Column, Sheet

_EXCEL = (".xlsx", ".xlsm")
_DELIMITERS = (",", ";", "\t", "|")
_THOUSANDS = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_ERRORS = frozenset(("#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"))
"""What Excel shows where a formula has no result."""


def read(path: Path, asked: Asked, loss: Loss) -> Foreign:
    """Read a table as its mapping says."""
    if asked.mapping is None:
        message = "a table needs a file that says what its columns are: --mapping FILE"
        raise ForeignError(message, path)
    sheet = read_mapping(asked.mapping)
    header, rows = _table(path, sheet)
    _check(header, sheet, asked.mapping)
    for name in header:
        if name not in {"", sheet.model, *sheet.columns}:
            loss.key(f"column {name}", str(path))
    listings: dict[str, list[Listing]] = {}
    checker = Checker(sheet)
    for i, row in enumerate(asked.track(rows), sheet.header + 1):
        cells = dict(zip(header, row, strict=False))
        name = cells.get(sheet.model, "").strip()
        if name and not checker.refuses("name", name):
            loss.entries += 1
            model = as_id(name).lower()
            if model in listings:
                loss.value("a second row of a model", f"{path}:{i}")
            else:
                listings[model] = list(_listings(name, model, cells, sheet, checker, loss))
        elif any(row):
            loss.value("a row without a model", f"{path}:{i}")
    places = {column.provider for column in sheet.columns.values() if column.provider}
    providers = {place: {"name": place} for place in sorted(places)}
    found = [listing for row in listings.values() for listing in row]
    return Foreign(listings=found, providers=providers, fields=sheet.fields)


def _check(header: list[str], sheet: Sheet, mapping: Path) -> None:
    """Every column that the mapping names is there, once."""
    for name in (sheet.model, *sheet.columns):
        count = header.count(name)
        if count > 1:
            message = f"{count} columns “{name}” in the table"
            raise ForeignError(message, mapping)
        if not count:
            message = f"no column “{name}” in the table{did_you_mean(name, header)}"
            raise ForeignError(message, mapping)


def _listings(
    name: str, model: str, cells: Mapping[str, str], sheet: Sheet, checker: Checker, loss: Loss
) -> Iterator[Listing]:
    facts: Raw = {"name": name}
    flags: Raw = {}
    prices: dict[str, PriceList] = defaultdict(PriceList)
    for title, column in sheet.columns.items():
        where = f"{name}, column {title}"
        value = _value(cells.get(title, "").strip(), column, where, loss)
        if value is None:
            continue
        if why := checker.refuses(column.to, value):
            loss.value(f"a cell that is none: {why}", where)
        elif column.to.startswith(CAPABILITY):
            flags[column.to.removeprefix(CAPABILITY)] = value
        elif column.to.startswith(PRICE):
            Entry(loss, where).put(prices[column.provider or ""], column.to.removeprefix(PRICE), Decimal(value))
        else:
            facts[column.to] = value
    yield Listing(model=model, facts=facts, capabilities=flags)
    for place, listed in prices.items():
        yield Listing(model=model, provider=place, prices=listed.lines())


def _value(text: str, column: Column, where: str, loss: Loss) -> Any:
    if not text:
        return None
    if text in _ERRORS:
        loss.value(f"a formula without a result, {text}", where)
        return None
    if column.values:
        if text not in column.values:
            loss.value(f"a cell “{text}” that the mapping has no value for", where)
            return None
        said: Any = column.values[text]
    else:
        said = text
    if column.times != 1:
        amount = number(said.replace(",", "") if _THOUSANDS.fullmatch(said) else said)
        if amount is None:
            loss.value("a cell that is no number", where)
            return None
        said = plain(amount * column.times)
    note = column.notes.get(text)
    return {"value": said, "note": note} if note else said


# --- the table -----------------------------------------------------------------------------------------------------


def _table(path: Path, sheet: Sheet) -> tuple[list[str], list[list[str]]]:
    rows = _excel(path, sheet.sheet or "") if path.suffix.lower() in _EXCEL else _csv(path, sheet)
    if len(rows) < sheet.header:
        message = f"the table has {len(rows)} rows; the names of its columns should stand in row {sheet.header}"
        raise ForeignError(message, path)
    return _header(rows, sheet), rows[sheet.header :]


def _csv(path: Path, sheet: Sheet) -> list[list[str]]:
    """The rows, split at what is told, or at what splits most of the names of columns apart that the mapping has."""
    text = read_text(path)
    told = {None: _DELIMITERS, TAB: ("\t",)}.get(sheet.delimiter, (sheet.delimiter or "",))
    found, errors = [], []
    for delimiter in told:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        try:
            found.append(list(reader))
        except csv.Error as error:
            errors.append((f"the file is not CSV: {error}", path, reader.line_num, 1))
    if not found:
        raise ForeignError(*errors[0])
    names = {sheet.model, *sheet.columns}
    return max(found, key=lambda rows: len(names.intersection(_header(rows, sheet))))


def _header(rows: list[list[str]], sheet: Sheet) -> list[str]:
    return [name.strip() for name in rows[sheet.header - 1]] if len(rows) >= sheet.header else []


def _excel(path: Path, sheet: str) -> list[list[str]]:
    try:
        from openpyxl import load_workbook  # noqa: PLC0415 - an extra, which only Excel files need
    except ImportError:
        message = "Excel files need openpyxl: pip install 'sphinx-modelcmp[excel]'"
        raise ForeignError(message, path) from None
    data = read_bytes(path)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = {one.title: one for one in book.worksheets}
        name = sheet or next(iter(sheets), "")
        if name in sheets:
            # Some programs write a size of the sheet that is not its own, and only what lies in it would be read.
            sheets[name].reset_dimensions()
            return [[_cell(value) for value in row] for row in sheets[name].iter_rows(values_only=True)]
    except Exception as error:
        message = f"the file is not Excel: {error}"
        raise ForeignError(message, path) from None
    message = f"no sheet “{name}”{did_you_mean(name, sheets)}"
    raise ForeignError(message, path)


def _cell(value: Any) -> str:
    """Excel counts in binary, and writes 15 digits: what it shows is what was typed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{plain(Decimal(f'{value:.15g}')):f}"
    text = str(value)
    return text.removesuffix(" 00:00:00")


IMPORTER = Importer(
    name="table",
    read=read,
    title="Own table",
    kind="own",
    currency="",
)
