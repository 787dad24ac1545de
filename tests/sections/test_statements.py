"""What a page says as data: each sentence stands on the facts that it names, on all of them, and on no other.

The catalogs are made of records, so that a fact can be taken out of one without a way round over YAML.
"""

from __future__ import annotations

import pickle
from collections import Counter
from dataclasses import dataclass, fields, is_dataclass, replace
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_modelcmp.catalog.records import (
    Benchmark,
    Catalog,
    Fact,
    HouseField,
    License,
    Model,
    Organization,
    Parameters,
    Price,
    Provider,
    Reading,
    Result,
    Route,
    Source,
)
from sphinx_modelcmp.catalog.scalars import PartialDate
from sphinx_modelcmp.catalog.vocabulary import (
    Better,
    CommercialUse,
    FieldGroup,
    FieldType,
    Openness,
    Reporter,
    Scale,
    SourceKind,
    State,
    Support,
)
from sphinx_modelcmp.compare.pricing import Quote
from sphinx_modelcmp.compare.sources import used_sources
from sphinx_modelcmp.sections import blocks
from sphinx_modelcmp.sections.blocks import Block, Bullets, Definitions, Inline, Paragraph, Said
from sphinx_modelcmp.sections.language import language_of
from sphinx_modelcmp.sections.page import Page
from sphinx_modelcmp.sections.registry import sections_of, statements, write
from tests.compare.making import DATA, RICH, SEED, compared, loaded, tree_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from hypothesis.strategies import DrawFn, SearchStrategy

    from sphinx_modelcmp.compare.comparison import Comparison
    from sphinx_modelcmp.compare.evidence import Evidence
    from sphinx_modelcmp.sections.sentences import Statement


if TYPE_CHECKING:
    Touches = Callable[[Evidence], bool]

PROSE = ("summary", "tradeoffs", "cost", "switching", "deep-dive", "faq")
"""The sections that speak in sentences; the summary tells of the month only where the cost is on the page."""
NAMES = {"a": "Alpha", "b": "Beta", "c": "Gamma", "z": "Omega"}
FEW = settings(derandomize=True, max_examples=40)

# --- catalogs ---------------------------------------------------------------------------------------------------------

VALUES: dict[str, tuple[Any, ...]] = {
    "organization": ("one", "two"),
    "kind": ("api-model", "chat-product"),
    "released": (PartialDate(2025), PartialDate(2025, 6), PartialDate(2026, 1, 1)),
    # More than a request of the example workload holds: a model that has no room for it has no total.
    "context_window": (10_000, 20_000, 40_000),
    "max_output": (1_000, 1_050, 3_000),
    "parameters": (Parameters(total=Decimal("4e9")), Parameters(total=Decimal("8e9"))),
    "architecture": ("dense", "sparse"),
    "license": ("mit", "own"),
    "openness": tuple(Openness),
    "commercial_use": (CommercialUse.ALLOWED, CommercialUse.CONDITIONS),
    "knowledge_cutoff": (PartialDate(2024), PartialDate(2025, 1, 1)),
}
LICENSES = {"mit": License(name="MIT", commercial_use=CommercialUse.ALLOWED), "own": License(name="Own")}
CAPABILITIES = ("vision", "reasoning", "kv")
SILENT = (State.UNDISCLOSED, State.NOT_APPLICABLE)


def known(value: Any, *others: Any) -> Fact[Any]:
    rivals: tuple[Reading[Any], ...] = tuple(
        Reading(value=other, state=State.KNOWN, source=("list",)) for other in others
    )
    return Fact(value=value, state=State.KNOWN, source=("card",), others=rivals)


def facts(values: tuple[Any, ...]) -> SearchStrategy[Fact[Any]]:
    """A value, a disputed one, or a state."""
    value = st.sampled_from(values)
    disputed = st.builds(known, value, value)
    return st.one_of(value.map(known), disputed, value.map(known), st.sampled_from(SILENT).map(lambda s: Fact(state=s)))


AMOUNTS = st.sampled_from(tuple(map(Decimal, ("0", "0.5", "1", "2", "2.1"))))


def price(amounts: Mapping[str, Decimal], currency: str, source: str) -> Price:
    return Price(components=amounts, currency=currency, source=(source,))


@st.composite
def price_lists(draw: DrawFn) -> Fact[tuple[Price, ...]]:
    """One line without conditions; of several lines the loss of one can bring another into force."""
    amounts = draw(st.fixed_dictionaries({"output": AMOUNTS}, optional={"input": AMOUNTS}))
    currency = draw(st.sampled_from(("USD", "USD", "USD", "EUR")))
    listed = (price(amounts, currency, "list"),)
    others = ((), ((price({**amounts, "output": Decimal(3)}, currency, "card"),),))
    return known(listed, *draw(st.sampled_from(others)))


@st.composite
def routes(draw: DrawFn) -> Fact[tuple[Route, ...]]:
    providers = draw(st.sampled_from((("p",), ("q",), ("p", "q"), ("q", "p"), ("p", "p"), ())))
    return known(
        tuple(
            Route(provider=name, id=f"r{i}", prices=draw(price_lists()), source=("list",))
            for i, name in enumerate(providers)
        )
    )


@st.composite
def results(draw: DrawFn) -> Result:
    score = draw(st.integers(1, 4)) * Decimal(10)
    width = draw(st.sampled_from((None, 1, 6)))
    return Result(
        benchmark=draw(st.sampled_from(("up", "down"))),
        score=score,
        variant=draw(st.sampled_from((None, None, "x"))),
        reporter=draw(st.sampled_from((None, *Reporter))),
        ci=(score - width, score + width) if width else None,
        source=("list",),
    )


@st.composite
def models(draw: DrawFn, name: str) -> Model:
    """A model of which much is known: of one that nothing is known of nothing is said."""
    silent = draw(st.sets(st.sampled_from((*VALUES, *CAPABILITIES, "gpu", "routes")), max_size=5))
    stated: dict[str, Any] = {field: draw(facts(held)) for field, held in VALUES.items() if field not in silent}
    if "routes" not in silent:
        stated["routes"] = draw(routes())
    return Model(
        id=name,
        name=NAMES[name],
        house={} if "gpu" in silent else {"gpu": draw(facts((Decimal(8), Decimal(16))))},
        capabilities={flag: draw(facts(tuple(Support))) for flag in CAPABILITIES if flag not in silent},
        results=tuple(draw(st.lists(results(), max_size=3))),
        **stated,
    )


def catalog_of(*held: Model) -> Catalog:
    return Catalog(
        sources={
            "card": Source(title="Card", kind=SourceKind.VENDOR),
            "list": Source(title="List", kind=SourceKind.AGGREGATOR),
        },
        organizations={"one": Organization(name="One"), "two": Organization(name="Two")},
        providers={"p": Provider(name="P"), "q": Provider(name="Q")},
        licenses=LICENSES,
        fields={
            "gpu": HouseField(label="GPU", group=FieldGroup.SPECS, type=FieldType.QUANTITY, better=Better.LOWER),
            "kv": HouseField(label="KV", group=FieldGroup.CAPABILITIES, type=FieldType.FLAG),
        },
        benchmarks={
            "up": Benchmark(name="Up", scale=Scale.PERCENT),
            "down": Benchmark(name="Down", scale=Scale.SECONDS, better=Better.LOWER),
        },
        models={model.id: model for model in held},
        names={model.id: model.id for model in held},
    )


def groups(*names: str) -> SearchStrategy[tuple[Model, ...]]:
    return st.tuples(*(models(name) for name in names))


SOME = groups("a", "b") | groups("a", "b", "c")


def page(held: Iterable[Model], *names: str) -> Comparison:
    found = tuple(held)
    return compared(catalog_of(*found), *(names or tuple(model.id for model in found)), sections=PROSE)


def said(held: Iterable[Model], *names: str) -> tuple[Statement, ...]:
    return statements(page(held, *names), "en")


# --- facts taken away -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Removal:
    """A model without one thing that it stated, and what rested on that."""

    model: Model
    rests: Touches

    def touches(self, item: Evidence) -> bool:
        return item.model_id == self.model.id and self.rests(item)


def without(model: Model, name: str, rest: Any) -> Model:
    return replace(model, **{name: rest})


def removals(model: Model) -> Iterator[Removal]:
    for name in VALUES:
        if getattr(model, name).state is not State.UNKNOWN:
            yield Removal(without(model, name, Fact()), stated_as(name))
    for table in ("capabilities", "house"):
        held: Mapping[str, Fact[Any]] = getattr(model, table)
        for name in held:
            others = {key: fact for key, fact in held.items() if key != name}
            yield Removal(without(model, table, others), stated_as(name))
    for i, result in enumerate(model.results):
        left = (*model.results[:i], *model.results[i + 1 :])
        yield Removal(replace(model, results=left), held_by(result))
    if model.routes.state is not State.UNKNOWN:
        yield Removal(replace(model, routes=Fact()), served_by(*model.routes.value or ()))
        yield from _without_routes(model, model.routes.value or ())


def _without_routes(model: Model, served: tuple[Route, ...]) -> Iterator[Removal]:
    for i, route in enumerate(served):
        bare = replace(route, prices=Fact())
        for left, rests in (((), served_by(route)), ((bare,), held_by(*route.prices.value or ()))):
            listed = replace(model.routes, value=(*served[:i], *left, *served[i + 1 :]))
            yield Removal(replace(model, routes=listed), rests)


def stated_as(name: str) -> Touches:
    """Of a fact of the model; a license's word on commercial use goes with the license."""

    def rests(item: Evidence) -> bool:
        return item.field == name if item.record is None else isinstance(item.record, License) and name == "license"

    return rests


def held_by(*gone: Any) -> Touches:
    return lambda item: any(item.record is record for record in gone)


def served_by(*gone: Route) -> Touches:
    """By one of these routes, or by the list that they stand in."""
    prices = [price for route in gone for price in route.prices.value or ()]
    held = held_by(*gone, *prices)
    return lambda item: held(item) or (item.field == "routes" and item.record is None)


def key(item: Evidence) -> tuple[Any, ...]:
    """A fact: two records that say the same are two facts. A route without its prices is still the same route."""
    record = item.record.id if isinstance(item.record, Route) else id(item.record)
    return item.model_id, item.field, repr(item.plain), record


def keys(statement: Statement) -> frozenset[tuple[Any, ...]]:
    return frozenset(map(key, statement.evidence))


def may_stay(text: str, before: frozenset[Any], after: frozenset[Any]) -> bool:
    """Whether a sentence can still be said in the same words when a fact that it rested on is gone.

    Where another fact stands in for it, such as the same price at another route; and of a question, or of a dispute,
    where one of the sentences is left that it goes with.
    """
    return bool(after - before) or text.endswith("?") or text.startswith("Sources disagree on ")


@settings(FEW, max_examples=12)
@given(SOME)
def test_without_a_fact_all_goes_that_rests_on_it(held: tuple[Model, ...]) -> None:
    check_removals(held)


@pytest.mark.full
@settings(FEW, max_examples=60)
@given(SOME)
def test_of_many_models_all_goes_that_rests_on_a_fact(held: tuple[Model, ...]) -> None:
    check_removals(held)


def check_removals(held: tuple[Model, ...]) -> None:
    before = [statement for statement in said(held) if statement.evidence]
    for i, model in enumerate(held):
        for removal in removals(model):
            left: dict[tuple[str, str], list[frozenset[Any]]] = {}
            for statement in said((*held[:i], removal.model, *held[i + 1 :])):
                left.setdefault((statement.section, statement.text), []).append(keys(statement))
            for statement in before:
                check(statement, left.get((statement.section, statement.text), []), removal)


def check(before: Statement, after: list[frozenset[Any]], removal: Removal) -> None:
    """That a statement is there no more if it rested on what is gone. Others may go, come, or name other values."""
    is_left = keys(before) in after
    assert not (is_left and any(map(removal.touches, before.evidence))), before.text
    assert is_left or all(may_stay(before.text, keys(before), now) for now in after), before.text


@settings(FEW)
@given(SOME)
def test_no_evidence_is_unknown(held: tuple[Model, ...]) -> None:
    for statement in said(held):
        for item in statement.evidence:
            assert item.state is State.KNOWN
            assert item.value is not None
            assert item.source


@settings(FEW)
@given(SOME)
def test_no_section_says_a_thing_twice(held: tuple[Model, ...]) -> None:
    counted = Counter((item.section, item.text, keys(item)) for item in said(held))
    assert max(counted.values()) == 1
    for section in write(page(held), "en"):
        texts = Counter(sentence.text for sentences in blocks_of(section.blocks) for sentence in sentences)
        assert [text for text, times in texts.items() if times > 1] == []


@settings(FEW)
@given(SOME)
def test_no_page_names_a_dispute_twice(held: tuple[Model, ...]) -> None:
    counted = Counter(item.text for item in said(held) if item.text.startswith("Sources disagree on "))
    assert max(counted.values(), default=1) == 1


@settings(FEW)
@given(groups("a", "b"))
def test_two_models_swapped_say_the_same_of_the_same_facts(held: tuple[Model, ...]) -> None:
    # A move goes from the first one to the second.
    def claimed(*names: str) -> Counter[tuple[str, frozenset[Any]]]:
        found = (statement for statement in said(held, *names) if statement.section != "switching")
        return Counter((statement.section, keys(statement)) for statement in found)

    assert claimed("a", "b") == claimed("b", "a")


@settings(FEW)
@given(SOME, models("z"))
def test_another_model_in_the_catalog_changes_nothing(held: tuple[Model, ...], other: Model) -> None:
    names = tuple(model.id for model in held)
    for crowd in ((other, *held), (*held, other)):
        alone, among = said(held), said(crowd, *names)
        assert [(item.section, item.text, keys(item)) for item in alone] == [
            (item.section, item.text, keys(item)) for item in among
        ]


@settings(FEW)
@given(SOME)
def test_a_dispute_is_named_after_the_first_claim_that_rests_on_it(held: tuple[Model, ...]) -> None:
    written = Page(page(held), language_of("en"))
    known: set[tuple[str, str]] = set()
    for section in sections_of(written):
        for sentences in blocks_of(section.blocks):
            evidence = [item for sentence in sentences for item in written.evidence(sentence)]
            disputed = {(item.model_id, row_of(item)) for item in evidence if item.is_disputed} - known
            known |= disputed
            told = [sentence.text.startswith("Sources disagree on ") for sentence in sentences]
            assert sum(told) == len(disputed)
            assert told == sorted(told)


def row_of(item: Evidence) -> str:
    """The row of a fact: a price is that of its component, wherever a total rests on it."""
    return f"cheapest_{item.value.component}" if isinstance(item.value, Quote) else item.field


def blocks_of(blocks: Iterable[Block]) -> Iterator[list[Said]]:
    """The sentences of each paragraph and each bullet; without the terms, which are questions."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield _said(block.content)
        elif isinstance(block, Bullets):
            yield from map(_said, block.items)
        elif isinstance(block, Definitions):
            for _, inner in block.items:
                yield from blocks_of(inner)


def _said(content: tuple[Inline, ...]) -> list[Said]:
    return [inline for inline in content if isinstance(inline, Said)]


# --- pages as they are ------------------------------------------------------------------------------------------------


CLAIMING = ("summary", "tradeoffs", "switching", "deep-dive", "faq")
NOT_KNOWN = (
    "No benchmark in the catalog",
    "The catalog does not decide between ",
    "Nothing that is counted here speaks for ",
    "No source says how they do ",
    "For models that cannot be called",
    "The catalog holds",
    "The catalog has no answer",
    "The facts that are known",
    "Too little is known",
    "Of the ",
    "Open for ",
    "There is no ",
    "No ",
)
"""How the sentences begin that speak of what is not known, or of the page."""


def real(*names: str) -> Comparison:
    return compared(loaded(tree_of(*sorted(DATA.rglob("*.yaml")))).catalog, *names)


PAGES = {
    "seed": compared(loaded(tree_of(SEED)).catalog),
    "rich": compared(loaded(tree_of(RICH)).catalog),
    "flagship": real("codex-1", "qwen3.5-4b"),
    "three": real("codex-1", "gpt-5.4", "qwen3.5-4b"),
    "vendors": real("gpt-5.4", "claude-opus-4-6"),
}


@pytest.mark.parametrize("which", PAGES)
def test_blocks_are_plain_data(which: str) -> None:
    """No record of the catalog is among them, so that none is pickled with a page."""
    sections = write(PAGES[which], "en")
    kinds = {type(part) for section in sections for part in parts(section)}
    plain = {kind for kind in kinds if kind in {str, int, bool, tuple, type(None)} or issubclass(kind, Enum)}
    assert {kind.__module__ for kind in kinds - plain} == {blocks.__name__}
    assert pickle.loads(pickle.dumps(sections)) == sections


def parts(held: Any) -> Iterator[Any]:
    yield held
    inner = held if isinstance(held, tuple) else ()
    if is_dataclass(held):
        inner = tuple(getattr(held, field.name) for field in fields(held))
    for part in inner:
        yield from parts(part)


@pytest.mark.parametrize("which", PAGES)
def test_all_that_the_prose_says_is_a_statement(which: str) -> None:
    sections = [section for section in write(PAGES[which], "en") if section.name in CLAIMING]
    # The author's own sentences about the models are facts, and none of ours.
    ours = (block for part in sections for block in part.blocks if (part.name, type(block)) != ("summary", Bullets))
    for content in contents(ours):
        assert {inline.text for inline in content if not isinstance(inline, Said)} <= {" "}
    found = [item for item in statements(PAGES[which], "en") if item.section in CLAIMING]
    # Moves between three models are a table.
    tables = {"switching"} if len(PAGES[which].models) > 2 else set()
    assert {item.section for item in found} == {*CLAIMING} - tables
    for item in found:
        assert item.text[-1] in ".?"
        assert bool(item.evidence) is not item.text.startswith(NOT_KNOWN), item.text


def contents(blocks: Iterable[Block]) -> Iterator[tuple[Inline, ...]]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.content
        elif isinstance(block, Bullets):
            yield from block.items
        elif isinstance(block, Definitions):
            for _, inner in block.items:
                yield from contents(inner)


def test_a_sentence_leads_to_its_values_and_sources() -> None:
    found = {item.text: item for item in statements(PAGES["seed"], "en") if item.section == "tradeoffs"}
    (text,) = (text for text in found if "context window" in text)
    assert [(item.model_id, item.field, item.plain, item.source) for item in found[text].evidence] == [
        ("qwen3.5-4b", "context_window", 262_000, ("page",)),
        ("codex-1", "context_window", 192_000, ("page",)),
    ]


@pytest.mark.parametrize("section", [*(name for name in CLAIMING if name != "deep-dive"), "all"])
def test_every_source_of_a_statement_is_one_that_the_page_lists(section: str) -> None:
    for catalog in (PAGES["rich"].catalog, PAGES["vendors"].catalog):
        names = ("gpt-5.4", "claude-opus-4-6") if "gpt-5.4" in catalog.models else ("alpha", "beta")
        comparison = compared(catalog, *names, sections=() if section == "all" else (section,))
        named = {name for held in statements(comparison, "en") for item in held.evidence for name in item.source}
        assert named
        assert named <= {used.name for used in used_sources(comparison)}


def test_a_question_rests_on_what_its_answer_rests_on() -> None:
    for comparison in PAGES.values():
        written = Page(comparison, language_of("en"))
        (faq,) = (section for section in sections_of(written) if section.name == "faq")
        (definitions,) = faq.blocks
        assert isinstance(definitions, Definitions)
        for (term,), inner in definitions.items:
            assert isinstance(term, Said)
            answer = [item for sentences in blocks_of(inner) for said in sentences for item in written.evidence(said)]
            asked = written.evidence(term)
            assert asked
            assert all(item in answer for item in asked)
            assert all(item in asked for item in answer)


def test_what_is_disputed_is_named_after_the_claim_with_all_values() -> None:
    found = [item for item in statements(PAGES["flagship"], "en") if item.section == "tradeoffs"]
    texts = [item.text for item in found]
    told = [text for text in texts if text.startswith("Sources disagree on ")]
    assert told == ["Sources disagree on the function calling of Qwen3.5-4B: yes or no."]
    claim = next(item for item in found if item.text.startswith("vision and function calling"))
    assert texts.index(claim.text) < texts.index(told[0])
    assert all(item.evidence == claim.evidence for item in found if item.text in told)


def test_a_disputed_price_is_named_once_and_decides_nothing() -> None:
    lists = {"values": [{"value": [{"input": "1", "output": "1"}], "source": "card"}]}
    lists["values"].append({"value": [{"input": "1", "output": "1.5"}], "source": "list"})
    lists["values"].append({"value": [{"input": "3", "output": "1"}], "source": "list"})
    comparison = compared(
        loaded(
            {
                "sources": {name: {"title": name} for name in ("card", "list")},
                "providers": {"p": {"name": "P"}},
                "models": {
                    "a": {"name": "A", "routes": [{"provider": "p", "prices": lists}]},
                    "b": {"name": "B", "routes": [{"provider": "p", "prices": [{"input": "2", "output": "2"}]}]},
                },
            }
        ).catalog
    )
    found = [(item.section, item.text) for item in statements(comparison, "en") if "disagree" in item.text]
    assert found == [("tradeoffs", "Sources disagree on the output price of A: $1.00 at P or $1.50 at P.")]
    assert not any("input" in item.text for item in statements(comparison, "en"))
