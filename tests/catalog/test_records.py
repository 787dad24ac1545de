"""Records that are made of what was read: as pydantic would make them, without asking it again."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from sphinx_modelcmp.catalog.load import load_catalog
from sphinx_modelcmp.catalog.records import Fact, Model, Price, Record, Route
from sphinx_modelcmp.catalog.vocabulary import State
from tests.compare.making import DATA, RICH, SEED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SAID = {"value": 7, "state": State.KNOWN, "source": ("s",), "checked": None, "note": None, "accept": ()}
STATED: list[tuple[type[Record], dict[str, Any]]] = [
    (Fact, SAID),
    (Fact[Any], {**SAID, "others": (Fact(),)}),
    (Model, {"name": "M", "id": "m", "max_output": Fact()}),
    (Route, {"provider": "p", "capabilities": {"vision": Fact()}}),
    (Price, {"components": {"input": Decimal(1)}, "note": "n"}),
]


@pytest.mark.parametrize(("cls", "values"), STATED)
def test_a_trusted_record_is_the_one_that_pydantic_would_construct(cls: type[Record], values: dict[str, Any]) -> None:
    made, expected = cls.trusted(values), cls.model_construct(**values)
    assert made == expected
    assert repr(made) == repr(expected)
    assert list(vars(made)) == list(vars(expected))
    assert made.model_fields_set == expected.model_fields_set
    assert made.model_copy(update={"note": "another"}) == expected.model_copy(update={"note": "another"})


def test_a_trusted_record_is_frozen() -> None:
    made: Any = Fact.trusted(SAID)
    with pytest.raises(ValidationError, match="frozen"):
        made.value = 8


def _records(value: Any) -> Iterator[Record]:
    if isinstance(value, Record):
        yield value
        yield from (found for held in vars(value).values() for found in _records(held))
    elif isinstance(value, dict | tuple):
        yield from (
            found for held in (value.values() if isinstance(value, dict) else value) for found in _records(held)
        )


@pytest.mark.parametrize("path", [DATA, RICH, SEED], ids=lambda path: path.name)
def test_pydantic_finds_nothing_to_change_in_what_was_read(path: Path) -> None:
    """All but the values themselves, which pydantic's readers would have as text."""
    found = list(_records(dict(load_catalog([path]).catalog.models)))
    assert Model in map(type, found)
    for record in found:
        if isinstance(record, Model | Route):
            assert type(record).model_validate(vars(record)) == record
        elif isinstance(record, Fact):
            assert Fact[Any].model_validate(vars(record)) == record
        assert list(vars(record)) == list(type(record).model_fields)


def test_importing_the_records_searches_no_source_code() -> None:
    """It did, for the docstrings of fields, and took longer than the rest of the import."""
    code = (
        "import inspect; import pydantic\n"
        "inspect.findsource = inspect.getsourcelines = lambda *_: 1 / 0\n"
        "import sphinx_modelcmp.catalog.records"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
