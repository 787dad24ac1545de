"""The schema for editors: made from the records, open to all that can be read, and closed to what cannot."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from sphinx_modelcmp.catalog import schema
from sphinx_modelcmp.catalog.decode import BUILT_IN, TABLES, TOP_LEVEL, Collected
from sphinx_modelcmp.catalog.decode_model import ModelDecoder
from sphinx_modelcmp.catalog.load import load_catalog
from sphinx_modelcmp.catalog.problems import Code
from sphinx_modelcmp.catalog.records import Catalog
from sphinx_modelcmp.catalog.scalars import SCALARS, ReadError, read_day, read_id, read_interval
from sphinx_modelcmp.catalog.vocabulary import PRICE_COMPONENTS
from sphinx_modelcmp.catalog.yaml.reader import Document, read_document
from tests.catalog.test_cases import CASES, EVERY, expected, files_of
from tests.compare.making import DATA, REPOSITORY
from tests.support.editor import seen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from jsonschema.exceptions import ValidationError


HELD = json.loads(schema.generate())
OPEN = Draft202012Validator(HELD)
"""For any file."""

VISIBLE = frozenset(
    code.slug for code in (Code.UNKNOWN_KEY, Code.MISSING_KEY, Code.VALUE, Code.UNSAFE_URL, Code.ACCEPT)
)
"""What a schema can see: what is wrong by itself. All others are of one thing beside another, or of files."""
SOMETIMES = frozenset((Code.DUPLICATE_ID.slug,))
"""What it sees too where the id is that of something built in."""
OF_A_HOUSE = "which rows a house has, and of what type, no single file tells"
MADE_A_NUMBER = "an editor has made a number of it before the schema is asked"
BESIDE = "it is wrong beside another value"
KEYS_OF_OTHERS = ("price", "input", "description", "open_source", "notes", "max_tokens", "status", "provider")
UNSEEN = {
    **{("unknown-key-elsewhere.yaml", f"“{key}”"): OF_A_HOUSE for key in KEYS_OF_OTHERS},
    ("unknown-key-model.yaml", "contxt_window"): OF_A_HOUSE,
    ("unknown-key-model.yaml", "kv_int8"): OF_A_HOUSE,
    ("unknown-key-model.yaml", "“id”"): OF_A_HOUSE,
    ("unknown-key-model.yaml", "“house”"): OF_A_HOUSE,
    ("unknown-key-records.yaml", "visoin"): OF_A_HOUSE,
    ("value-all-at-once.yaml", "context_window"): OF_A_HOUSE,
    ("value-characters.yaml", "as an entity"): "what an entity stands for, no pattern tells",
    ("value-flag.yaml", "“1”"): OF_A_HOUSE,
    ("value-free-and-unknown.yaml", "`free` or has amounts"): BESIDE,
    ("value-house.yaml", "plenty"): OF_A_HOUSE,
    ("value-house.yaml", "last year"): OF_A_HOUSE,
    ("value-house.yaml", "“8”"): OF_A_HOUSE,
    ("value-house.yaml", "“true”"): OF_A_HOUSE,
    ("value-house.yaml", "“bad”"): OF_A_HOUSE,
    ("value-number.yaml", "0o17"): MADE_A_NUMBER,
    ("value-price.yaml", "012"): MADE_A_NUMBER,
    ("value-price.yaml", "0x10"): MADE_A_NUMBER,
    ("size-range-units.yaml", "active parameters"): BESIDE,
    ("value-rates.yaml", "a rate of 0"): BESIDE,
    ("value-rates.yaml", "to itself"): BESIDE,
    ("value-rates.yaml", "for a hundred"): BESIDE,
    ("value-scope.yaml", "scope: marginal"): "it is told one step further in, at the condition",
    ("value-score.yaml", "3 to 2"): BESIDE,
    ("value-window.yaml", "2026-01-01 until 2026-01-01"): BESIDE,
    ("value-window.yaml", "2026-02-01 until 2026-01-01"): BESIDE,
    ("value-window.yaml", "08:00 to 08:00"): BESIDE,
    ("value-window.yaml", "Europe/Berln"): "which time zones there are depends on the machine",
}
"""What is not seen all the same: the case and a part of the message, with the reason."""
WRONG_ON_PURPOSE = ("misread.yaml",)
FILES = sorted(
    path
    for folder in ("data", "docs/examples", "docs/quickstart", "tests")
    for path in (REPOSITORY / folder).rglob("*.yaml")
    if CASES not in path.parents
    and path.name not in WRONG_ON_PURPOSE
    and {*re.findall(r"(?m)^(\w+):", path.read_text(encoding="utf-8"))} <= {*TOP_LEVEL}  # others are no catalogs
)


def test_the_file_is_what_the_records_say() -> None:
    """After an intended change: ``sphinx-modelcmp schema -o sphinx_modelcmp/catalog/catalog.schema.json``."""
    assert schema.FILE.read_text(encoding="utf-8") == schema.generate()


def test_it_is_a_schema_that_explains_itself() -> None:
    Draft202012Validator.check_schema(HELD)
    assert HELD["$schema"] == schema.DIALECT
    shapes = list(_shapes(HELD))
    records = [shape for shape in shapes if "additionalProperties" in shape and "properties" in shape]
    assert len(records) > 20
    keys = [(name, held) for shape in records for name, held in shape["properties"].items()]
    assert [name for name, held in keys if held and not held.get("description")] == []
    assert [shape for shape in shapes if "pattern" in shape and not shape.get("patternErrorMessage")] == [
        HELD["$defs"]["Reason"]["if"]["properties"]["accept"]["not"]
    ]


def _shapes(held: Any) -> Iterator[dict[str, Any]]:
    if isinstance(held, dict):
        yield held
    for inner in held.values() if isinstance(held, dict) else held if isinstance(held, list) else ():
        yield from _shapes(inner)


# --- against the decoder -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(REPOSITORY).as_posix())
def test_every_catalog_of_ours_passes(path: Path) -> None:
    tree = seen(path.read_text(encoding="utf-8"))
    assert [error.message for error in OPEN.iter_errors(tree)] == []


def test_the_catalog_of_the_documentation_passes_its_own_schema() -> None:
    """Which knows its rows and its ids, and no other rows."""
    own = validator_for(load_catalog([DATA]).catalog)
    for path in DATA.rglob("*.yaml"):
        assert [error.message for error in own.iter_errors(seen(path.read_text(encoding="utf-8")))] == []
    assert own.is_valid({"models": {"m": {"name": "M", "max_input": 1, "organization": "openai"}}})
    assert own.is_valid({"models": {"m": {"name": "M", "organization": "somebody-new"}}}), (
        "ids are offered, not demanded"
    )
    assert not own.is_valid({"models": {"m": {"name": "M", "max_inptu": 1}}})
    assert not own.is_valid({"models": {"m": {"name": "M", "max_input": "much"}}})
    assert not own.is_valid({"models": {"m": {"name": "M", "capabilities": {"max_input": 1}}}})


class Error(NamedTuple):
    """What a schema refuses, and every place of a file that this may be about."""

    message: str
    places: set[tuple[int, int]]


def errors_of(validator: Draft202012Validator, path: Path) -> list[Error]:
    text = path.read_text(encoding="utf-8")
    document, _ = read_document(text.encode(), path.name)
    assert document
    return [
        Error(error.message, {place for leaf in _leaves(error) for place in _places(leaf, document)})
        for error in validator.iter_errors(seen(text))
    ]


def _leaves(error: ValidationError) -> Iterator[ValidationError]:
    yield error
    for inner in error.context or ():
        yield from _leaves(inner)


def _places(error: ValidationError, document: Document) -> Iterator[tuple[int, int]]:
    at = list(error.absolute_path)
    paths = [at]
    held: Any = error.instance
    shape: Any = error.schema
    if error.validator == "additionalProperties":
        paths += [[*at, key] for key in held if key not in shape["properties"]]
    elif "propertyNames" in error.absolute_schema_path:
        paths.append([*at, held])
    elif error.validator == "required" and error.validator_value == ["note"]:
        paths.append([*at, "accept"])
    elif shape is False:  # jsonschema names what holds the key
        paths += [[*at, key] for key in BUILT_IN]
    for path in paths:
        for place in (document.place(*path), document.key_place(*path)):
            yield place.line, place.column


def validator_for(house: Catalog) -> Draft202012Validator:
    return Draft202012Validator(json.loads(schema.generate(house)))


READABLE = [case for case in EVERY if not case.startswith(("syntax-", "catalog-file-"))]


@pytest.mark.parametrize("case", READABLE)
def test_what_is_wrong_by_itself_is_refused_where_it_stands_and_nothing_else(case: str) -> None:
    _compare(case, OPEN, UNSEEN)


@pytest.mark.parametrize("case", sorted({case for (case, _), reason in UNSEEN.items() if reason is OF_A_HOUSE}))
def test_the_schema_of_a_house_sees_its_rows(case: str) -> None:
    own = validator_for(load_catalog(files_of(case)).catalog)
    _compare(case, own, {key: reason for key, reason in UNSEEN.items() if reason is not OF_A_HOUSE})


def _compare(case: str, validator: Draft202012Validator, unseen: dict[tuple[str, str], str]) -> None:
    for path in files_of(case):
        refused = errors_of(validator, path)
        wrong = [item for item in expected(case) if item.place[0] == path.name]
        found = {place for error in refused for place in error.places}
        missed = [item for item in wrong if item.slug in VISIBLE and item.place[1:] not in found]
        excused = [part for item in missed for name, part in unseen if name == case and part in item.fragment]
        assert len(missed) == len(excused), missed
        assert sorted(excused) == sorted(part for name, part in unseen if name == case), (
            "the list holds what is not seen"
        )
        told = {item.place[1:] for item in wrong if item.slug in {*VISIBLE, *SOMETIMES}}
        assert [error.message for error in refused if not error.places & told] == []


# What no case shows: a model's keys, and whether they pass.
MORE = [
    ("context_window: {value: 1, values: [1]}", False),
    ("context_window: {value: 1, accept: stale-fact}", False),
    ("context_window: {value: 1000, accept: stale-fact, note: It never changes.}", True),
    ("context_window: {note: Nobody says.}", True),
    ("context_window: {values: [{value: 1, checked: soon}]}", False),
    ("context_window: {values: [1000, {value: Undisclosed, source: [a, b]}]}", True),
    ("parameters: {values: [{total: 4e9, source: s}, {value: {total: 4e9, active: 3e9}}, 4e9]}", True),
    ("parameters: {total: 4e9, active: much}", False),
    ("best_for: {value: one thing}", True),
    ("routes: n/a", True),
    ("routes: {values: [n/a, [{provider: p, prices: undisclosed}]]}", True),
    ("routes: [{provider: p, prices: [{input: 1, scope: marginal, when: {service: batch}}]}]", False),
    ("routes: [{provider: p, prices: [{input: 1, scope: marginal, when: {input_above: 9}}]}]", True),
    ("capabilities: {vision: {value: partial, source: s}}", True),
    ("capabilities: {note: Nothing.}", False),
    ("my_row: [1]", False),
]


@pytest.mark.parametrize(("line", "passes"), MORE)
def test_long_forms(line: str, passes: bool, tmp_path: Path) -> None:
    text = f"models: {{m: {{name: M, {line}}}}}"
    assert OPEN.is_valid(seen(text)) == passes
    path = tmp_path / "c.yaml"
    path.write_text(
        f"sources: {{s: {{title: S}}, a: {{title: A}}, b: {{title: B}}}}\nproviders: {{p: {{name: P}}}}\n{text}"
    )
    assert (load_catalog([path]).problems == ()) == passes


# --- keys ----------------------------------------------------------------------------------------------------------


def test_the_keys_are_those_that_are_read() -> None:
    """Those that the records do not know by themselves."""
    model = {name for name, held in HELD["$defs"]["Model"]["properties"].items() if held}
    assert model == ModelDecoder(Document("", None), Catalog(), Collected())._keys
    assert set(HELD["$defs"]["Price"]["properties"]) >= {*PRICE_COMPONENTS, "from", "when", "accept"}
    assert set(HELD["properties"]) == set(TOP_LEVEL)


NEEDED: dict[str, dict[str, Any]] = {
    "Source": {"title": "T"},
    "Organization": {"name": "N"},
    "Provider": {"name": "N"},
    "License": {"name": "N"},
    "HouseField": {"label": "L", "group": "specs", "type": "flag"},
    "Benchmark": {"name": "N", "scale": "points"},
    "Traffic": {"label": "L", "requests": 1, "input": 1, "output": 1},
    "Rate": {"from": "USD", "to": "EUR", "rate": 1, "date": "2026-01-01"},
    "Price": {"input": 1},
    "Route": {"provider": "x"},
    "Result": {"benchmark": "x", "score": 1},
    "Lifecycle": {},
    "Capabilities": {},
    "Model": {"name": "N"},
}


@pytest.mark.parametrize("nothing", [None, "unknown"])
def test_a_key_without_a_value_passes_where_it_is_read_as_absent(nothing: str | None, tmp_path: Path) -> None:
    def filled(name: str, **more: Any) -> dict[str, Any]:
        keys = {key: held for key, held in HELD["$defs"][name]["properties"].items() if held}
        silent = {key: nothing for key in keys if nothing is None or _is_silent(keys[key])}
        return {**silent, **NEEDED[name], **more}

    route = filled("Route", prices=[filled("Price")])
    blocks = {"capabilities": filled("Capabilities"), "lifecycle": filled("Lifecycle"), "results": [filled("Result")]}
    tree = {
        **{table: {"x": filled(cls.__name__)} for table, cls in TABLES.items()},
        "rates": [filled("Rate")],
        "models": {"m": filled("Model", routes=[route], **blocks), "n": filled("Model", routes=nothing)},
        "source": None,
        "checked": None,
        "catalog": {"schema": 1, "title": None, "as_of": None, "currency": None},
    }
    path = tmp_path / "c.yaml"
    path.write_text(json.dumps(tree), encoding="utf-8")
    assert load_catalog([path]).problems == ()
    assert [(list(error.absolute_path), error.message) for error in OPEN.iter_errors(tree)] == []


def _is_silent(held: dict[str, Any]) -> bool:
    """Whether a state may stand there: of a fact, or of a block of them."""
    name = held.get("$ref", "").rpartition("/")[2]
    return (
        name.endswith("Fact")
        or name in {"Capabilities", "Lifecycle", "PriceOfComponent", "Accept"}
        or ("null" in held.get("type", ()))
    )


# --- scalars -------------------------------------------------------------------------------------------------------

NUMBERS = st.from_regex(r"[-+]?[0-9_]{0,3}\.?[0-9_]{0,3}([eE][-+]?[0-9]{1,2})?%?", fullmatch=True)
WORDS = st.sampled_from(
    ("TRUE", "Partial", "2024-02-29", "1900", "2026-11", "24:00", "Etc/GMT+1", "Mon", "a <b> c", "é")
)
ADDRESSES = st.sampled_from(("https://a.b/c?d=e#f", "mailto:a@b.c", "[x](https://a.b)", "HTTP://a", "zh-Hans", "USD"))


PASSES = {read: Draft202012Validator(shape) for read, shape in SCALARS.items() if read is not read_interval}


@given(NUMBERS | WORDS | ADDRESSES | st.text(max_size=8))
def test_what_a_reader_takes_passes(text: str) -> None:
    assume(text == text.strip())
    as_typed = _typed(text)
    for read, one in PASSES.items():
        if _reads(read, text):
            assert one.is_valid(text), (read, text)
            assert as_typed is None or one.is_valid(as_typed), (read, as_typed)


def _typed(text: str) -> Any:
    """The number or the truth that an editor makes of a text without quotes; None where it makes neither."""
    try:
        value = seen(text)
    except yaml.YAMLError:
        return None
    return value if isinstance(value, int | float) else None


def _reads(read: Callable[[str], Any], text: str) -> bool:
    try:
        read(text)
    except ReadError:
        return False
    return True


def test_ids_and_days_pass_exactly_where_they_can_be_read() -> None:
    days = [
        f"{year}-{month:02}-{day:02}"
        for year in (1899, 1900, 1904, 1996, 2000, 2012, 2023, 2024, 2100, 2400)
        for month in range(14)
        for day in range(33)
    ]
    ids = [text for char in map(chr, range(128)) for text in (char, f"a{char}")]
    for read, texts in ((read_day, days), (read_id, ids)):
        one = re.compile(SCALARS[read]["pattern"])
        assert [text for text in texts if bool(one.search(text.rstrip("\n"))) != _reads(read, text.rstrip("\n"))] == []
