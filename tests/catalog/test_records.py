"""Records are values: frozen, equal by content, and described by their declarations."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import FrozenInstanceError, replace
from decimal import Decimal
from typing import Any

import pytest

from sphinx_modelcmp.catalog.docstrings import about
from sphinx_modelcmp.catalog.fields import fields_of, read_fields, written
from sphinx_modelcmp.catalog.problems import Code
from sphinx_modelcmp.catalog.records import Fact, Price, Rate, Source
from sphinx_modelcmp.catalog.vocabulary import State

SAID: Fact[int] = Fact(value=7, state=State.KNOWN, source=("s",), accept=("conflict",))


def test_a_record_is_frozen() -> None:
    made: Any = SAID
    with pytest.raises(FrozenInstanceError):
        made.value = 8


def test_records_with_the_same_content_are_equal() -> None:
    assert replace(SAID) == SAID
    assert hash(replace(SAID)) == hash(SAID)
    assert replace(SAID, accept=()) != SAID


def test_what_an_author_accepts_is_in_no_digest() -> None:
    assert repr(replace(SAID, accept=())) == repr(SAID)


def test_the_fields_are_those_that_authors_write_under_their_keys() -> None:
    assert list(written(Rate))[:2] == ["from", "to"]
    assert "components" in fields_of(Price)
    assert "components" not in written(Price)
    assert about(Rate, "target_currency") == "The currency it is converted to."
    assert about(Fact, "note") == "CommonMark shown with the value."


def test_all_that_is_wrong_with_a_record_is_found_at_once() -> None:
    found, flaws = read_fields(Source, {"url": "x", "kind": "vendr", "checked": "2026-01-01", "else": ""})
    assert list(found) == ["checked"]
    assert [(flaw.code, flaw.at) for flaw in flaws] == [
        (Code.MISSING_KEY, ("title",)),
        (Code.UNSAFE_URL, ("url",)),
        (Code.VALUE, ("kind",)),
        (Code.UNKNOWN_KEY, ("else",)),
    ]


def test_flaws_of_inner_records_have_their_path() -> None:
    found, flaws = read_fields(Price, {"components": {"input": "1", "output": "-1"}, "when": {"days": ["mon", "x"]}})
    assert found == {}
    assert [flaw.at for flaw in flaws] == [("components", "output"), ("when", "days", 1)]
    assert read_fields(Price, {"components": {"input": "1"}}) == ({"components": {"input": Decimal(1)}}, [])


def test_importing_the_records_searches_no_source_code() -> None:
    """The docstrings of fields are read when somebody prints them."""
    code = (
        "import inspect, dataclasses\n"
        "inspect.findsource = inspect.getsourcelines = inspect.getsource = lambda *_: 1 / 0\n"
        "import sphinx_modelcmp.catalog.records"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
