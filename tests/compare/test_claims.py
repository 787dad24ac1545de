"""Claims: what is said rests on what is known, whoever stands first and whoever else the catalog holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_modelcmp.compare import Comparison, claims
from sphinx_modelcmp.compare.results import CONDITIONS
from tests.compare.making import RICH, SEED, Tree, catalog_of, compared, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_modelcmp.compare.claims import Evidence


STATES = ("unknown", "undisclosed", "n/a", None)
FLAGS = ("true", "false", "partial", *STATES)
NAMES = ("a", "b", "c", "d")
TABLES: Tree = {
    "catalog": {"as_of": "2026-06-15"},
    "organizations": {"o": {"name": "O"}},
    "providers": {"p": {"name": "P"}, "q": {"name": "Q"}},
    "licenses": {"mit": {"name": "MIT", "commercial_use": "allowed"}, "own": {"name": "Own"}},
    "benchmarks": {
        "up": {"name": "Up", "scale": "points"},
        "down": {"name": "Down", "scale": "points", "better": "lower"},
    },
    "fields": {
        "gpu": {"label": "GPU", "group": "specs", "type": "quantity", "better": "lower"},
        "kv": {"label": "KV", "group": "capabilities", "type": "flag"},
    },
}
AMOUNTS = st.sampled_from(("0", "1", "2", "0.5"))
PRICES = st.fixed_dictionaries(
    {},
    optional={
        "input": AMOUNTS,
        "output": AMOUNTS,
        "cache_read": AMOUNTS,
        "free": st.just("true"),
        "currency": st.sampled_from(("USD", "EUR")),
        "until": st.sampled_from(("2026-01-01", "2027-01-01")),
    },
).filter(lambda price: price.keys() & {"input", "output", "cache_read", "free"})
ROUTES = st.fixed_dictionaries(
    {"provider": st.sampled_from(("p", "q")), "prices": st.lists(PRICES, max_size=1) | st.sampled_from(STATES)}
)
RESULTS = st.fixed_dictionaries(
    {"benchmark": st.sampled_from(("up", "down")), "score": st.sampled_from(("1", "2", "3"))},
    optional={name: st.sampled_from(("x", "y")) for name in CONDITIONS},
)


def either(*values: str) -> st.SearchStrategy[str | None]:
    return st.sampled_from((*values, *STATES))


MODELS = st.fixed_dictionaries(
    {"name": st.just("M")},
    optional={
        "organization": either("o"),
        "kind": either("api-model", "coding-model"),
        "released": either("2025", "2026", "2025-06", "2025-06-15", "2026-01-01"),
        "context_window": either("1000", "2000"),
        "max_output": either("1000", "2000"),
        "architecture": either("dense", "sparse"),
        "license": either("mit", "own"),
        "openness": either("open-source", "open-weights", "proprietary"),
        "commercial_use": either("allowed", "conditions"),
        "knowledge_cutoff": either("2024", "2024-06", "2025-01-01"),
        "gpu": either("1", "2"),
        "capabilities": st.dictionaries(
            st.sampled_from(("vision", "reasoning", "tool_use", "kv")), st.sampled_from(FLAGS)
        ),
        "routes": st.lists(ROUTES, max_size=2) | st.sampled_from(STATES),
        "results": st.lists(RESULTS, max_size=3),
    },
)
GROUPS = st.lists(MODELS, min_size=2, max_size=4)


def comparison(models: list[Tree], *names: str) -> Comparison:
    tree = {**TABLES, "models": dict(zip(NAMES, models, strict=False))}
    return compared(catalog_of(tree), *(names or NAMES[: len(models)]))


def evidence(of: Comparison) -> Iterator[Evidence]:
    """Every fact that any claim rests on."""
    for lead in (*claims.leads(of), *claims.house_leads(of)):
        yield from lead.evidence
    for same in claims.same(of):
        yield from same.evidence
    for contrast in claims.contrasts(of):
        yield from contrast.evidence
    for only in claims.alone(of):
        yield from only.evidence
    for _, having, lacking in claims.disagreements(of):
        yield from (*having, *lacking)
    for move in claims.moves(of):
        yield from (*move.lost, *move.gained, *(item for pair in move.changed for item in pair))


def said(of: Comparison) -> set[tuple[Any, ...]]:
    """Every claim, without the order of those that are not ahead."""
    found: set[tuple[Any, ...]] = set()
    for lead in (*claims.leads(of), *claims.house_leads(of)):
        found.add(("leads", lead.field, lead.model.id, frozenset(map(fact, lead.others))))
    for same in claims.same(of):
        found.add(("same", same.field, frozenset(map(fact, same.evidence))))
    for contrast in claims.contrasts(of):
        found.add(("contrast", contrast.field, frozenset(map(fact, contrast.evidence))))
    for only in claims.alone(of):
        found.add(("alone", only.field, only.model.id, frozenset(map(fact, only.evidence))))
    for row, having, lacking in claims.disagreements(of):
        found.add(("parted", row.name, frozenset(map(fact, having)), frozenset(map(fact, lacking))))
    return found | counted(of)


def counted(of: Comparison) -> set[tuple[Any, ...]]:
    """The claims about scores, costs and coverage."""
    found: set[tuple[Any, ...]] = set()
    for win in claims.wins(of):
        scores = frozenset((model.id, result.score) for model, result in win.evidence)
        found.add(("wins", win.shared.name, win.shared.conditions, win.model.id, scores))
    if cheaper := claims.cheaper_month(of):
        found.add(("month", cheaper.model.id, frozenset((cost.model.id, cost.total) for cost in cheaper.evidence)))
    for held in claims.coverage(of):
        found.add(("coverage", held.model.id, held.known, held.asked, held.silent))
    return found


def fact(item: Evidence) -> tuple[str, str]:
    return item.model.id, str(item.fact.value)


def moved(of: Comparison) -> dict[tuple[str, str], tuple[Any, ...]]:
    return {
        (move.origin.id, move.target.id): (
            frozenset(map(fact, move.lost)),
            frozenset(map(fact, move.gained)),
            frozenset(move.shared_providers) if move.shared_providers is not None else None,
            frozenset((item[0].field, *map(fact, item)) for item in move.changed),
        )
        for move in claims.moves(of)
    }


@settings(deadline=None)
@given(GROUPS)
def test_no_claim_rests_on_an_unknown_fact(models: list[Tree]) -> None:
    of = comparison(models)
    for item in evidence(of):
        assert item.fact.known
        assert item.fact.value is not None
    for win in claims.wins(of):
        assert len(win.evidence) > 1
    if cheaper := claims.cheaper_month(of):
        assert len(cheaper.evidence) > 1
        assert cheaper.evidence[0].total < cheaper.evidence[1].total


@settings(deadline=None)
@given(GROUPS)
def test_the_order_of_the_models_changes_no_claim(models: list[Tree]) -> None:
    names = NAMES[: len(models)]
    assert said(comparison(models, *names)) == said(comparison(models, *reversed(names)))


@settings(deadline=None)
@given(st.lists(MODELS, min_size=2, max_size=2))
def test_swapping_two_models_swaps_the_moves(models: list[Tree]) -> None:
    assert moved(comparison(models, "a", "b")) == moved(comparison(models, "b", "a"))


@settings(deadline=None)
@given(st.lists(MODELS, min_size=2, max_size=2))
def test_what_is_lost_one_way_is_gained_the_other(models: list[Tree]) -> None:
    moves = moved(comparison(models, "a", "b"))
    if moves:
        there, back = moves["a", "b"], moves["b", "a"]
        assert (there[0], there[1], there[2]) == (back[1], back[0], back[2])


@settings(deadline=None)
@given(GROUPS, MODELS)
def test_another_model_in_the_catalog_changes_nothing(models: list[Tree], other: Tree) -> None:
    tree = {**TABLES, "models": dict(zip(NAMES, models, strict=False))}
    names = NAMES[: len(models)]
    crowded = {**tree, "models": {"0": other, **tree["models"], "z": other}}
    alone, among = compared(catalog_of(tree), *names), compared(catalog_of(crowded), *names)
    assert said(alone) == said(among)
    assert moved(alone) == moved(among)


@settings(deadline=None, max_examples=40)
@given(GROUPS)
def test_without_a_fact_there_is_no_claim_on_it(models: list[Tree]) -> None:
    for number, model in enumerate(models):
        # Without the model's own word on commercial use its license speaks.
        for key in model.keys() - {"name", "commercial_use"}:
            less = [{k: v for k, v in item.items() if (i, k) != (number, key)} for i, item in enumerate(models)]
            for item in evidence(comparison(less)):
                assert (item.model.id, item.field) != (NAMES[number], key)
                assert item.fact.known


SOLO = [
    ("context_window", "2000", "1000"),
    ("max_output", "2000", "1000"),
    ("released", "2026-02", "2026-01-31"),
    ("knowledge_cutoff", "2026", "2025-12"),
    ("openness", "open-weights", "proprietary"),
    ("gpu", "1", "2"),
]


@pytest.mark.parametrize(("field", "better", "worse"), SOLO)
def test_the_better_value_leads(field: str, better: str, worse: str) -> None:
    of = comparison([{"name": "A", field: better}, {"name": "B", field: worse}])
    (lead,) = (*claims.leads(of), *claims.house_leads(of))
    assert (lead.field, lead.model.id, [item.model.id for item in lead.others]) == (field, "a", ["b"])


@pytest.mark.parametrize(("field", "better", "worse"), SOLO)
@pytest.mark.parametrize("state", ["unknown", "undisclosed", "n/a"])
def test_a_state_never_leads_nor_falls_behind(field: str, better: str, worse: str, state: str) -> None:
    of = comparison([{"name": "A", field: state}, {"name": "B", field: better}, {"name": "C", field: worse}])
    (lead,) = (*claims.leads(of), *claims.house_leads(of))
    assert (lead.model.id, [item.model.id for item in lead.others]) == ("b", ["c"])
    of = comparison([{"name": "A", field: state}, {"name": "B", field: better}])
    assert (*claims.leads(of), *claims.house_leads(of)) == ()


def flags(*values: str) -> Comparison:
    return comparison([{"name": "M", "capabilities": {"vision": value}} for value in values])


@pytest.mark.parametrize(
    ("values", "alone", "parted"),
    [
        (("true", "false"), True, True),
        (("true", "false", "false"), True, True),
        (("true", "true", "false"), False, True),
        (("true", "false", "unknown"), False, True),
        (("true", "unknown"), False, False),
        (("true", "partial"), False, False),
        (("false", "partial"), False, False),
        (("true", "n/a"), False, False),
        (("true", "undisclosed"), False, False),
        (("false", "false"), False, False),
    ],
)
def test_only_a_documented_no_sets_models_apart(values: tuple[str, ...], alone: bool, parted: bool) -> None:
    assert bool(claims.alone(flags(*values))) is alone
    assert bool(claims.disagreements(flags(*values))) is parted


@pytest.mark.parametrize(
    ("routes", "shared"),
    [
        (([{"provider": "p"}], [{"provider": "p"}, {"provider": "q"}]), ("p",)),
        (([{"provider": "p"}], [{"provider": "q"}]), ()),
        (([{"provider": "p"}], []), ()),
        (([{"provider": "p"}], "unknown"), None),
        (([{"provider": "p"}], "n/a"), None),
    ],
)
def test_providers_are_shared_only_where_both_are_known(
    routes: tuple[Any, Any], shared: tuple[str, ...] | None
) -> None:
    of = comparison([{"name": "M", "max_output": "1", "routes": value} for value in routes])
    assert {move.shared_providers for move in claims.moves(of)} <= {shared}
    assert bool(claims.moves(of)) is (shared is not None)


def test_coverage_counts_what_is_settled_by_any_word() -> None:
    of = comparison(
        [{"name": "A", "max_output": "n/a", "context_window": "1", "released": "undisclosed"}, {"name": "B"}]
    )
    one, other = claims.coverage(of)
    assert (one.known, other.known, one.asked) == (3, 0, other.asked)
    assert not {"max_output", "context_window", "released"} & set(one.silent)


@pytest.mark.parametrize("path", [SEED, RICH], ids=["seed", "rich"])
def test_rich_pages_have_claims_of_every_kind(path: Any) -> None:
    of = compared(catalog_of(path.read_text(encoding="utf-8")))
    assert claims.leads(of)
    assert claims.contrasts(of)
    assert claims.alone(of)
    assert claims.disagreements(of)
    assert claims.moves(of)


def test_winning_and_costing_claims() -> None:
    of = compared(catalog_of(tree_of(RICH)))
    assert [(win.shared.name, win.model.id) for win in claims.wins(of)] == [("quiz", "beta"), ("race", "alpha")]
    cheaper = claims.cheaper_month(of)
    assert cheaper
    assert [cost.model.id for cost in cheaper.evidence] == ["alpha", "beta", "gamma"]
    assert [lead.field for lead in claims.house_leads(of)] == ["min_gpu", "audited"]


def test_months_in_two_currencies_are_not_set_against_each_other() -> None:
    route = {"provider": "p", "prices": [{"input": "1", "output": "1", "currency": "USD"}]}
    euro = {"provider": "p", "prices": [{"input": "2", "output": "2", "currency": "EUR"}]}
    assert claims.cheaper_month(comparison([{"name": "A", "routes": [route]}, {"name": "B", "routes": [euro]}])) is None
    assert (
        claims.cheaper_month(comparison([{"name": "A", "routes": [route]}, {"name": "B", "routes": [route]}])) is None
    )


def test_the_widest_gap_stays_exact_and_finite_for_absurd_values() -> None:
    of = comparison([{"name": "A", "context_window": "1"}, {"name": "B", "context_window": "1e30"}])
    widest = claims.widest_gap(of)
    assert widest
    assert widest.model.id == "b"
