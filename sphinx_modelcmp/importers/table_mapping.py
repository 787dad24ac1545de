"""The file that says what the columns of a table are, read as strictly as a catalog."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

from sphinx_modelcmp.catalog.decode import Decoder
from sphinx_modelcmp.catalog.fields import Before, Record
from sphinx_modelcmp.catalog.files import CatalogFile
from sphinx_modelcmp.catalog.load import read_catalog
from sphinx_modelcmp.catalog.problems import Code, Problem, did_you_mean
from sphinx_modelcmp.catalog.reader import read_document
from sphinx_modelcmp.catalog.records import FACTS, Catalog
from sphinx_modelcmp.catalog.scalars import Count, Id, Number, Prose, ReadError, Text, read_amount, read_text
from sphinx_modelcmp.catalog.vocabulary import CAPABILITIES, PRICE_COMPONENTS
from sphinx_modelcmp.catalog.writing import document
from sphinx_modelcmp.importers import foreign
from sphinx_modelcmp.importers.foreign import ForeignError

CAPABILITY = "capabilities."
PRICE = "prices."
TAB = "tab"
"""The word for a delimiter that no text can be."""
_REFUSALS = frozenset((Code.VALUE, Code.UNSAFE_URL, Code.SYNTAX))
_FACTS = (*FACTS, "routes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Record):
    """What the cells of one column are."""

    to: Text
    """A fact of the model, ``capabilities.NAME`` or ``prices.COMPONENT``."""
    values: Mapping[str, Text] = field(default_factory=dict)
    """Text of a cell to the value that it means; none: the text is the value."""
    notes: Mapping[str, Prose] = field(default_factory=dict)
    """Text of a cell to a note that its fact gets."""
    times: Number = Decimal(1)
    """What numbers are multiplied by, as in a column of thousands."""
    provider: Id | None = None
    """Whose price it is."""


def _column(raw: Any) -> Any:
    return {"to": raw} if isinstance(raw, str) else raw


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet(Record):
    """What a table is."""

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
    fields: Mapping[str, Any] = field(default_factory=dict)
    """Fields of the house that columns go to, as a catalog defines them."""


def read_mapping(path: Path) -> Sheet:
    """Read a mapping file. Raises ForeignError, with the place, for whatever is wrong with it."""
    written, problems = read_document(foreign.read_text(path).encode(), str(path))
    found = list(problems)
    if written is None:
        raise _refused(found, path)
    decoder = Decoder(written, Catalog(), found)
    sheet = decoder.record(Sheet, written.root if written.root is not None else {}, ())
    if sheet and sheet.delimiter not in {None, TAB} and len(sheet.delimiter or "") != 1:
        decoder.report(Code.VALUE, "a delimiter is one character, or the word `tab`", "delimiter")
    for title, column in sheet.columns.items() if sheet else ():
        if wrong := _wrong(column, sheet.fields if sheet else {}):
            decoder.report(Code.VALUE, wrong, "columns", title)
    if sheet is None or found:
        raise _refused(found, path)
    return sheet


def _refused(problems: list[Problem], path: Path) -> ForeignError:
    # A key that is misspelt is missing, too: which of them it should be is what helps.
    first = min(problems, key=lambda problem: problem.code is not Code.UNKNOWN_KEY)
    return ForeignError(first.message, path, *((first.where.line, first.where.column) if first.where else (0, 0)))


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


class Checker:
    """Says why a cell cannot be what its column is, as a catalog that held it would."""

    def __init__(self, sheet: Sheet) -> None:
        self._fields = dict(sheet.fields)
        self._told: dict[tuple[str, str], str] = {}

    def refuses(self, to: str, value: Any) -> str:
        """Why, or nothing. Each cell that is written several times is read once."""
        key = to, str(value)
        if key not in self._told:
            self._told[key] = self._read(to, value)
        return self._told[key]

    def _read(self, to: str, value: Any) -> str:
        read = read_text if to == "name" else read_amount if to.startswith(PRICE) else None
        if read:
            try:
                read(str(value))
            except ReadError as error:
                return str(error)
            return ""
        name = to.removeprefix(CAPABILITY)
        fact = {name: value} if name == to else {"capabilities": {name: value}}
        told = {"fields": self._fields, "models": {"a": {"name": "A", **fact}}}
        loaded = read_catalog([CatalogFile(Path("cell"), "cell", document(told).encode())])
        return next((one.message for one in loaded.problems if one.code in _REFUSALS), "")
