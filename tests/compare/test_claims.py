"""Claims: what is said rests on what is known, whoever stands first and whoever else the catalog holds."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_modelcmp.compare import claims
from sphinx_modelcmp.compare.results import CONDITIONS
from tests.compare.making import RICH, SEED, Tree, catalog_of, compared, loaded, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_modelcmp.compare.comparison import Comparison
    from sphinx_modelcmp.compare.evidence import Evidence


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
STATED = {"harness": "x", "variant": "x"}
RESULTS = st.fixed_dictionaries(
    {
        "benchmark": st.sampled_from(("up", "down")),
        "score": st.sampled_from(("1", "2", "3")),
        **{name: st.sampled_from(("x", "x", "x", "y", None)) for name in STATED},
    },
    optional={name: st.sampled_from(("x", "y")) for name in CONDITIONS if name not in STATED},
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
    # Made-up figures may give rise to doubts, which are no part of a claim.
    return compared(loaded(tree).catalog, *(names or NAMES[: len(models)]))


def evidence(of: Comparison) -> Iterator[Evidence]:
    """Every fact that any claim rests on."""
    kinds = (claims.leads, claims.house_leads, claims.same, claims.contrasts, claims.alone, claims.documented)
    more = (claims.common, claims.disagreements, claims.moves, claims.wins, claims.ties, claims.close_calls)
    for find in (*kinds, *more):
        for claim in find(of):
            yield from claim.evidence
    if month := claims.cheaper_month(of):
        yield from month.evidence


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
    for both in claims.disagreements(of):
        found.add(("parted", both.row.name, frozenset(map(fact, both.having)), frozenset(map(fact, both.lacking))))
    for own in claims.documented(of):
        found.add(("documented", own.field, own.model.id, frozenset(model.id for model in own.others)))
    return found | counted(of)


def counted(of: Comparison) -> set[tuple[Any, ...]]:
    """The claims about scores, costs and coverage."""
    found: set[tuple[Any, ...]] = set()
    for win in claims.wins(of):
        found.add(("wins", win.shared.name, win.shared.conditions, win.model.id, frozenset(map(fact, win.evidence))))
    for tie in claims.ties(of):
        found.add(("ties", tie.shared.name, tie.shared.conditions, frozenset(map(fact, tie.tied)), len(tie.behind)))
    for near in claims.close_calls(of):
        found.add(("close", near.shared.name, near.shared.conditions, frozenset(map(fact, near.evidence))))
    if cheaper := claims.cheaper_month(of):
        found.add(
            ("month", cheaper.cheapest[0].model.id, frozenset((cost.model.id, cost.total) for cost in cheaper.costs))
        )
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
            frozenset((old.field, frozenset((fact(old), fact(new)))) for old, new in move.changed),
            frozenset(item.field for item in move.unstated),
        )
        for move in claims.moves(of)
    }


@given(GROUPS)
def test_no_claim_rests_on_an_unknown_fact(models: list[Tree]) -> None:
    of = comparison(models)
    for item in evidence(of):
        assert item.fact.known
        assert item.fact.value is not None
    for win in claims.wins(of):
        assert len(win.evidence) > 1
    if cheaper := claims.cheaper_month(of):
        assert len(cheaper.costs) > 1
        assert cheaper.costs[0].total < cheaper.costs[1].total


@given(GROUPS)
def test_the_order_of_the_models_changes_no_claim(models: list[Tree]) -> None:
    names = NAMES[: len(models)]
    assert said(comparison(models, *names)) == said(comparison(models, *reversed(names)))


@given(st.lists(MODELS, min_size=2, max_size=2))
def test_a_move_is_the_way_back_turned_round(models: list[Tree]) -> None:
    there, back = moved(comparison(models, "a", "b")), moved(comparison(models, "b", "a"))
    assert len(there) <= 1
    for (origin, target), (lost, gained, *rest, _) in there.items():
        if reverse := back.get((target, origin)):
            assert reverse[:-1] == (gained, lost, *rest)
        if same := back.get((origin, target)):
            assert same == there[origin, target]


@given(GROUPS, MODELS)
def test_another_model_in_the_catalog_changes_nothing(models: list[Tree], other: Tree) -> None:
    tree = {**TABLES, "models": dict(zip(NAMES, models, strict=False))}
    names = NAMES[: len(models)]
    crowded = {**tree, "models": {"0": other, **tree["models"], "z": other}}
    alone, among = compared(loaded(tree).catalog, *names), compared(loaded(crowded).catalog, *names)
    assert said(alone) == said(among)
    assert moved(alone) == moved(among)


@settings(max_examples=20)
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
    ("knowledge_cutoff", "2026-05", "2025-12"),
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


def documented(*values: str | Tree | None) -> list[tuple[str, str]]:
    """Who alone is documented with vision, of models that say so much of it, or that have more to say."""
    models = [value if isinstance(value, dict) else {"capabilities": {"vision": value}} for value in values]
    return [
        (claim.model.id, claim.field) for claim in claims.documented(comparison([{"name": "M", **m} for m in models]))
    ]


ROUTED: Tree = {"routes": [{"provider": "p", "capabilities": {"vision": "false"}}]}


@pytest.mark.parametrize(
    ("values", "is_said"),
    [
        (("true", None), True),
        (("true", "unknown"), True),
        (("true", None, None), True),
        (("partial", None), False),
        (("true", "partial"), False),
        (("true", "n/a"), False),
        (("true", "undisclosed"), False),
        (("true", "false"), False),
        (("true", None, "false"), False),
        (("true", None, "true"), False),
        (("true", ROUTED), False),
        (({**ROUTED, "capabilities": {"vision": "true"}}, None), False),
        (("true", {"released": "2027-01-01"}), False),
        (("true", None, {"released": "2027-01-01", "capabilities": {"vision": "false"}}), True),
    ],
)
def test_one_alone_is_documented_where_nothing_is_said_of_any_other(values: Any, is_said: bool) -> None:
    assert documented(*values) == ([("a", "vision")] if is_said else [])


def test_what_a_lesser_source_says_is_said() -> None:
    rival = {"values": [{"value": "unknown", "source": "card"}, {"value": "false", "source": "list"}]}
    models = {
        "a": {"name": "A", "capabilities": {"vision": "true"}},
        "b": {"name": "B", "capabilities": {"vision": rival}},
    }
    assert claims.documented(compared(loaded({**TABLES, "sources": SOURCES, "models": models}).catalog)) == ()


ENDED: Tree = {"lifecycle": {"status": "shutdown"}}


def successor(of: str, **more: str) -> Tree:
    return {"lifecycle": {"status": "deprecated", "successor": of, **more}}


@pytest.mark.parametrize(
    ("models", "ways"),
    [
        (({}, {}), ["ab"]),
        (({}, {}, {}), ["ab", "ac"]),
        (({}, successor("a")), ["ba"]),
        ((successor("b"), {}), ["ab"]),
        # Of several each is told away from the first.
        (({}, successor("a"), {}), ["ab", "ac"]),
        (({}, ENDED, {}), ["ac"]),
        (({}, ENDED), ["ba"]),
        ((ENDED, {}), ["ab"]),
        ((ENDED, ENDED), []),
        # The successor is over itself.
        ((ENDED, successor("a")), ["ab"]),
        (({"released": "2027-01-01"}, {}), []),
    ],
)
def test_a_move_goes_one_way(models: tuple[Tree, ...], ways: list[str]) -> None:
    windows = ("1000", "2000", "3000")
    of = comparison([{"name": "M", "context_window": size, **m} for size, m in zip(windows, models, strict=False)])
    found = claims.moves(of)
    assert [move.origin.id + move.target.id for move in found] == ways
    for move in found:
        ((old, new),) = move.changed
        assert (old.model_id, new.model_id) == (move.origin.id, move.target.id)


@pytest.mark.parametrize(
    ("origin", "target", "unstated"),
    [
        ({"vision": "true", "reasoning": "true"}, {"reasoning": "false"}, ["vision"]),
        ({"vision": "true"}, {"vision": "unknown"}, ["vision"]),
        ({"vision": "true"}, {"vision": "undisclosed"}, []),
        ({"vision": "partial"}, {}, []),
        ({}, {"vision": "true"}, []),
    ],
)
def test_what_no_source_says_of_the_target_is_to_be_checked(origin: Tree, target: Tree, unstated: list[str]) -> None:
    models = [{"name": "M", "routes": [], "capabilities": flags} for flags in (origin, target)]
    (move,) = claims.moves(comparison(models))
    assert [(item.model_id, item.field) for item in move.unstated] == [("a", name) for name in unstated]
    assert {(item.model_id, item.field) for item in move.unstated} <= {(i.model_id, i.field) for i in move.evidence}
    assert not {item.field for item in move.unstated} & {item.field for item in move.lost}


def test_limits_that_are_level_do_not_change() -> None:
    sizes = ("131072", "128000")
    models: list[Tree] = [{"name": "M", "max_output": "5", "context_window": size, "routes": []} for size in sizes]
    (move,) = claims.moves(comparison(models))
    assert move.changed == ()


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
    assert [model.id for model in cheaper.models] == ["alpha", "beta", "gamma"]
    assert [lead.field for lead in claims.house_leads(of)] == ["min_gpu"], "the audits are of one quarter"


def test_months_in_two_currencies_are_not_set_against_each_other() -> None:
    route = {"provider": "p", "prices": [{"input": "1", "output": "1", "currency": "USD"}]}
    euro = {"provider": "p", "prices": [{"input": "2", "output": "2", "currency": "EUR"}]}
    assert claims.cheaper_month(comparison([{"name": "A", "routes": [route]}, {"name": "B", "routes": [euro]}])) is None
    assert (
        claims.cheaper_month(comparison([{"name": "A", "routes": [route]}, {"name": "B", "routes": [route]}])) is None
    )


# --- evidence --------------------------------------------------------------------------------------------------------


SOURCES = {
    "card": {"title": "Card", "kind": "vendor", "checked": "2026-01-01"},
    "list": {"title": "List", "kind": "aggregator", "checked": "2026-05-05"},
}


def test_evidence_says_where_it_comes_from_and_what_it_stands_in() -> None:
    route = {
        "provider": "p",
        "region": "eu",
        "source": "list",
        "prices": [{"input": "0.5", "output": "2", "source": "card", "checked": "2026-02-02"}],
    }
    models: Tree = {
        "a": {"name": "A", "routes": [route], "license": {"value": "mit", "source": "list"}},
        "b": {"name": "B", "routes": [{"provider": "p", "prices": [{"input": "3", "output": "2"}]}], "license": "own"},
    }
    models["b"] |= {"commercial_use": "conditions", "results": [{"benchmark": "up", "score": "1", **STATED}]}
    models["a"] |= {"results": [{"benchmark": "up", "score": "2.5", "source": "card", **STATED}]}
    of = compared(loaded({**TABLES, "sources": SOURCES, "models": models}).catalog)
    alpha = of.models[0]
    (lead,) = claims.leads(of)
    price = lead.evidence[0]
    assert (price.model_id, price.field, price.source, price.checked) == (
        "a",
        "cheapest_input",
        ("card",),
        datetime.date(2026, 2, 2),
    )
    assert price.record is alpha.routes.value[0].prices.value[0]  # type: ignore[index]
    assert price.plain == {
        "component": "input",
        "amount": Decimal("0.5"),
        "currency": "USD",
        "provider": "p",
        "id": None,
        "region": "eu",
    }
    (win,) = claims.wins(of)
    assert (win.evidence[0].record, win.evidence[0].plain, win.evidence[0].field) == (
        alpha.results[0],
        Decimal("2.5"),
        "results",
    )
    (there,) = claims.moves(of)
    assert [(item.record, item.plain, item.source) for item in there.routes[:1]] == [
        (alpha.routes.value[0], "p", ("list",))  # type: ignore[index]
    ]
    use = there.changed[1][0]
    assert (use.field, use.plain, use.source) == ("commercial_use", "allowed", ("list",))
    assert use.record is of.catalog.licenses["mit"]
    month = claims.cheaper_month(of)
    assert month
    assert [(item.model_id, item.field, item.value.component) for item in month.evidence] == [
        ("a", "prices", "input"),
        ("a", "prices", "output"),
        ("b", "prices", "input"),
        ("b", "prices", "output"),
    ]


def test_plain_values_need_no_knowledge_of_the_catalog() -> None:
    facts = {
        "released": ("2026-03", "2026-03"),
        "openness": ("open-weights", "open-weights"),
        "context_window": ("5", 5),
        "parameters": ({"total": "4e9"}, {"total": Decimal("4e9"), "active": None}),
        "fits": (["coding"], ("coding",)),
    }
    of = comparison([{"name": "A", **{name: written for name, (written, _) in facts.items()}}, {"name": "B"}])
    for name, (_, plain) in facts.items():
        assert claims.evidence_for(of, of.models[0], name).plain == plain


@pytest.mark.parametrize(
    ("others", "disputed"),
    [(("5",), False), (("7",), True), (("undisclosed",), True), (("5", "5", "6"), True), (("unknown",), False)],
)
def test_a_fact_is_disputed_where_a_source_says_something_else(others: tuple[str, ...], disputed: bool) -> None:
    stated = [{"value": "5", "source": "card"}, *({"value": value, "source": "list"} for value in others)]
    models = {"a": {"name": "A", "max_output": {"values": stated}}, "b": {"name": "B", "max_output": "3"}}
    (lead,) = claims.leads(compared(loaded({**TABLES, "sources": SOURCES, "models": models}).catalog))
    assert [item.is_disputed for item in lead.evidence] == [disputed, False]


@pytest.mark.parametrize(
    ("other", "disputed"),
    [
        ([{"input": "1"}], False),
        ([{"input": "1.0", "output": "9"}], False),
        ([{"input": "3"}], True),
        ([{"input": "1", "currency": "EUR"}], True),
        ([{"input": "3", "when": {"service": "batch"}}], False),
        ([{"input": "3", "until": "2026-01-01"}], False),
        ([{"output": "3"}], False),
        ("undisclosed", True),
    ],
)
def test_a_price_is_disputed_where_another_list_asks_something_else_for_the_same(other: Any, disputed: bool) -> None:
    stated = [{"value": [{"input": "1"}], "source": "card"}, {"value": other, "source": "list"}]
    routes = [{"provider": "p", "prices": {"values": stated}}]
    dear = [{"provider": "p", "prices": [{"input": "2"}]}]
    models = {"a": {"name": "A", "routes": routes}, "b": {"name": "B", "routes": dear}}
    (lead,) = claims.leads(compared(loaded({**TABLES, "sources": SOURCES, "models": models}).catalog))
    assert [item.is_disputed for item in lead.evidence] == [disputed, False]


# --- scores ----------------------------------------------------------------------------------------------------------


def scored(*scores: str | None, benchmark: str = "up") -> Comparison:
    """Models with a score each; ``50±4`` has an interval."""
    models: list[Tree] = []
    for score in scores:
        value, _, width = (score or "").partition("±")
        ci = {"ci": [str(int(value) - int(width)), str(int(value) + int(width))]} if width else {}
        result = {"benchmark": benchmark, "score": value, **ci, **STATED}
        models.append({"name": "M", "results": [result] if score else []})
    return comparison(models)


@pytest.mark.parametrize(
    ("scores", "kind", "named"),
    [
        (("2", "1"), "win", ["a", "b"]),
        (("1", "3", "2"), "win", ["b", "a", "c"]),
        (("1", None, "2"), "win", ["c", "a"]),
        (("2", "2"), "tie", ["a", "b"]),
        (("2", "1", "2"), "tie", ["a", "c", "b"]),
        (("50±4", "46±1"), "close", ["a", "b"]),
        (("50±4", "55±2", "30±1"), "close", ["a", "b", "c"]),
        (("50±1", "46±1"), "win", ["a", "b"]),
        (("50±4", "53"), "close", ["a", "b"]),
        (("50±4", "55"), "win", ["b", "a"]),
        (("30", "50±9", "52"), "close", ["b", "c", "a"]),
        (("50±1", "50±1"), "tie", ["a", "b"]),
    ],
)
def test_what_is_said_of_scores(scores: tuple[str | None, ...], kind: str, named: list[str]) -> None:
    of = scored(*scores)
    found: dict[str, tuple[Any, ...]] = {
        "win": claims.wins(of),
        "tie": claims.ties(of),
        "close": claims.close_calls(of),
    }
    assert {name for name, held in found.items() if held} == {kind}
    assert [item.model_id for item in found[kind][0].evidence] == named


def test_of_seconds_the_fewer_win_tie_and_overlap() -> None:
    assert [win.model.id for win in claims.wins(scored("3", "1", "2", benchmark="down"))] == ["b"]
    (tie,) = claims.ties(scored("1", "3", "1", benchmark="down"))
    assert [item.model_id for item in tie.tied] == ["a", "c"]
    (close,) = claims.close_calls(scored("9±1", "3±1", "5±1", benchmark="down"))
    assert [item.model_id for item in close.near] == ["b", "c"]
