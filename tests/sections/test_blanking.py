"""The property that the pages are built on: take any one fact away, and no sentence that rested on it remains.

Every fact of every model is deleted once and called unknown once, the page is written again, and the prose is searched
for the text of that fact in connection with its model.
"""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from sphinx_modelcmp.catalog.vocabulary import PRICE_COMPONENTS
from sphinx_modelcmp.compare.costing import MonthlyCost, monthly_cost
from sphinx_modelcmp.compare.rows import Row, capability_rows, spec_rows
from sphinx_modelcmp.sections.language import language_of
from sphinx_modelcmp.sections.page import Page
from sphinx_modelcmp.sections.values import plain_value, value_text
from tests.compare.making import DATA, RICH, SEED, Tree, compared, loaded, tree_of
from tests.compare.test_claims import evidence
from tests.sections.reading import PROSE, page_of, sentences
from tests.support.tiers import full

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_modelcmp.catalog.records import Catalog, Model
    from sphinx_modelcmp.compare.comparison import Comparison

Path = tuple[str | int, ...]

IDENTITY = {"name", "aliases"}
PROVENANCE = {"source", "checked", "note"}
OPEN = "Open for "
"""How the deep dive begins to name what is not known. It is there that a blanked fact has to turn up."""
UNSTATED = "no source says for "
"""Before the models of which nobody says what another one is documented with: their fact may be the blanked one."""


class Subject(NamedTuple):
    """A catalog, and the models that are compared in it."""

    tree: Tree
    names: tuple[str, ...]
    sections: tuple[str, ...] = ()


def seed() -> Subject:
    return Subject(tree_of(SEED), ("codex-1", "qwen3.5-4b"))


def flagship() -> Subject:
    """With two models that the page may lead on to; each fact that is taken out has the catalog read again."""
    tree, names = tree_of(*sorted(DATA.rglob("*.yaml"))), ("codex-1", "qwen3.5-4b")
    few = {name: tree["models"][name] for name in (*names, "gpt-5.4", "qwen3.5-9b")}
    return Subject({**tree, "models": few}, names)


def rich_pair() -> Subject:
    return Subject(tree_of(RICH), ("alpha", "beta"))


def rich_three() -> Subject:
    return Subject(tree_of(RICH), ("gamma", "alpha", "beta"))


def rich_few() -> Subject:
    """Two models with few reasons each, so that also the lighter ones are given: a price in place of the month."""
    tree = tree_of(RICH)
    for model in (tree["models"][name] for name in ("alpha", "beta")):
        for name in ("lifecycle", "results", "openness", "license"):
            del model[name]
        model["capabilities"] = {"vision": "true"} if model["name"] == "Alpha One" else {}
    tree["models"]["beta"] |= {"knowledge_cutoff": "2025-09", "audited": "2026-05-12"}
    return Subject(tree, ("alpha", "beta"), ("tradeoffs", "specs", "pricing"))


SUBJECTS = {"seed": seed, "flagship": flagship, "pair": rich_pair, "three": rich_three, "few": rich_few}
MANY_FACTS = ("flagship", "three")


def facts(node: Any, at: Path = ()) -> Iterator[Path]:
    """The path of every value that an author states of a model, blocks and lists included."""
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, inner in items:
        if key in PROVENANCE or (not at and key in IDENTITY):
            continue
        yield (*at, key)
        yield from facts(inner, (*at, key))


def without(tree: Tree, name: str, at: Path, *, blank: bool) -> Tree:
    """The catalog without one value of a model, or with ``unknown`` in its place."""
    model = copy.deepcopy(tree["models"][name])
    holder = model
    for step in at[:-1]:
        holder = holder[step]
    if blank:
        holder[at[-1]] = "unknown"
    else:
        del holder[at[-1]]
    return {**tree, "models": {**tree["models"], name: model}}


def prose(comparison: Comparison) -> list[str]:
    page = page_of(comparison)
    return [text for name in PROSE if name in page for text in sentences(page[name])]


def traces(page: Page, model: Model) -> Iterator[tuple[str, str]]:
    """What prose can say of a model: the row that a text belongs to, and the text.

    Taken from what the comparison holds, so it is the same list before and after; a text that is only there before is
    what has to be gone.
    """
    catalog, day = page.catalog, page.comparison.day
    for row in spec_rows(catalog, (model,), day):
        if row.facts[0].known:
            yield row.name, plain_value(page, row.name, row.facts[0].value)
    for name in ("kind",):
        fact = getattr(model, name)
        if fact.known:
            yield name, plain_value(page, name, fact.value)
    for row in capability_rows(catalog, (model,)):
        if row.facts[0].known:
            yield row.name, page.in_sentence(row.name)
    yield from _money(page, model)
    yield from (("results", catalog.benchmarks[result.benchmark].name) for result in model.results)


def _money(page: Page, model: Model) -> Iterator[tuple[str, str]]:
    for route in model.routes.value or ():
        yield "providers", page.provider(route.provider)
        for price in route.prices.value or ():
            currency = price.currency or route.currency or page.catalog.currency
            yield from (("prices", page.words.money(amount, currency)) for amount in price.components.values())
    cost = monthly_cost(page.catalog, model, page.comparison.traffic, page.comparison.day)
    if isinstance(cost, MonthlyCost):
        yield "month", page.words.money(cost.total, cost.currency)


def speaks_of(sentence: str, model: Model, text: str) -> bool:
    """Whether a sentence gives this text in connection with a model."""
    if sentence.startswith(OPEN) or model.name not in sentence or model.name in sentence.partition(UNSTATED)[2]:
        return False
    found = rf"(?<![\w.,$]){re.escape(text)}(?![\w%]|[.,]\d)"
    introduced = re.search(rf"{re.escape(model.name)} \((.*?)\)(?= and|,|\.|$)", sentence)
    if sentence.startswith("This page compares") and introduced:
        return re.search(found, introduced[1]) is not None
    # A name may hold a figure of its own: Qwen3.5-4B.
    return re.search(found, sentence.replace(model.name, "")) is not None


def known_elsewhere(page: Page, model: Model, text: str) -> bool:
    """Whether another model compared has the very same text, so that it stays on the page with good reason."""
    return any(text == other for rival in page.models if rival is not model for _, other in traces(page, rival))


def whole_page(subject: Subject, tree: Tree) -> Comparison:
    return compared(loaded(tree).catalog, *subject.names, sections=subject.sections)


def in_two_models(row: str, page: Page) -> bool:
    """A capability is named once for those that have it and those that have not."""
    return row in {item.name for item in capability_rows(page.catalog, page.models)}


@pytest.mark.parametrize("blank", [False, *full(True)], ids=["deleted", "unknown"])
@pytest.mark.parametrize("which", ["seed", "pair", "few", *full(*MANY_FACTS)])
def test_no_sentence_outlives_its_fact(which: str, blank: bool) -> None:
    subject = SUBJECTS[which]()
    before = Page(whole_page(subject, subject.tree), language_of("en"))
    tried = gone = 0
    for model in before.models:
        stated = list(traces(before, model))
        for at in facts(subject.tree["models"][model.id]):
            comparison = whole_page(subject, without(subject.tree, model.id, at, blank=blank))
            after = Page(comparison, before.words)
            left = set(traces(after, next(item for item in comparison.models if item.id == model.id)))
            text_now = prose(comparison)
            tried += 1
            for row, text in stated:
                if (row, text) in left or (not in_two_models(row, before) and known_elsewhere(before, model, text)):
                    continue
                remaining = [sentence for sentence in text_now if speaks_of(sentence, model, text)]
                assert not remaining, (at, text)
                gone += 1
            assert all(item.fact.known for item in evidence(comparison)), at
    assert tried > 40
    assert gone >= 20


SPOKEN = {
    "seed": {"released", "context_window", "kind", "license", "openness", "vision", "reasoning"},
    "pair": {"organization", "max_output", "parameters", "month", "providers", "results", "commercial_use", "kv_int8"},
    "few": {"prices", "vision", "min_gpu", "context_window", "max_output", "audited", "knowledge_cutoff"},
}


@pytest.mark.parametrize("which", SPOKEN)
def test_the_prose_speaks_of_the_facts_at_all(which: str) -> None:
    """That the search above finds anything: before a fact is gone, prose gives most of what it could."""
    subject = SUBJECTS[which]()
    page = Page(whole_page(subject, subject.tree), language_of("en"))
    said = prose(page.comparison)
    rows = {
        row
        for model in page.models
        for row, text in traces(page, model)
        if any(speaks_of(s, model, text) for s in said)
    }
    assert SPOKEN[which] <= rows


# --- the other way round: what a sentence rests on, found by changing it ---------------------------------------------


OTHERS: dict[str, tuple[str, ...]] = {
    # Not an embedding model: that has no price of the output, which a model of an unknown kind may have.
    "kind": ("api-model", "coding-model", "chat-product"),
    "released": ("1999", "2026-05-18"),
    "knowledge_cutoff": ("1999", "2030-05-05"),
    "context_window": ("7", "7000000007"),
    "max_output": ("7", "7000000007"),
    "parameters": ("7", "7e12"),
    "architecture": ("other",),
    "license": ("apache-2.0", "proprietary"),
    "openness": ("open-source", "open-weights", "proprietary"),
    "commercial_use": ("allowed", "conditions", "not-allowed"),
    "best_for": ("other",),
    "fits": ("other",),
}


def changed(tree: Tree, name: str, at: Path) -> Iterator[Tree]:
    """The catalog with other values in the place of one."""
    key = str(at[-1])
    for value in ("true", "false", "partial") if at[0] == "capabilities" and len(at) == 2 else OTHERS.get(key, ()):
        model = copy.deepcopy(tree["models"][name])
        holder = model
        for step in at[:-1]:
            holder = holder[step]
        if isinstance(holder[key], str) and holder[key] != value:
            holder[key] = value
            yield {**tree, "models": {**tree["models"], name: model}}


def is_in(sentence: str, said: set[str]) -> bool:
    """Whether it is said, alone or with more: a sentence does not rest on what would only add to its list."""
    words = set(re.findall(r"[^\s,.;]+", sentence)) - {"and"}
    return sentence in said or any(words <= set(re.findall(r"[^\s,.;]+", other)) for other in said)


@pytest.mark.parametrize("blank", [False, True], ids=["deleted", "unknown"])
def test_a_sentence_that_another_value_would_change_goes_with_the_value(blank: bool) -> None:
    subject = seed()
    for terms in subject.tree["licenses"].values():
        del terms["commercial_use"]  # which would stand in for the model's own
    said = set(prose(whole_page(subject, subject.tree)))
    for name in subject.names:
        for at in facts(subject.tree["models"][name]):
            variants = [set(prose(whole_page(subject, tree))) for tree in changed(subject.tree, name, at)]
            resting = {sentence for sentence in said if any(not is_in(sentence, variant) for variant in variants)}
            left = set(prose(whole_page(subject, without(subject.tree, name, at, blank=blank))))
            assert not resting & left, at


def test_every_price_of_the_rich_catalog_is_a_component() -> None:
    """The search knows every amount by its text, so each has to be there once only."""
    catalog: Catalog = loaded(tree_of(RICH)).catalog
    amounts = [
        amount
        for model in catalog.models.values()
        for route in model.routes.value or ()
        for price in route.prices.value or ()
        for name, amount in price.components.items()
        if name in PRICE_COMPONENTS
    ]
    assert len(amounts) == len(set(amounts))


def test_values_of_house_rows_are_text_that_can_be_searched() -> None:
    subject = rich_pair()
    page = Page(whole_page(subject, subject.tree), language_of("en"))
    rows: Sequence[Row] = [row for row in spec_rows(page.catalog, page.models, None) if row.house]
    assert [value_text(page, row.name, row.facts[0].value) for row in rows] == ["11 GB", "Jan 21, 2026"]
