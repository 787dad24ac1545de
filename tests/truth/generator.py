"""Catalogs by number: raw trees full of conflicts, facts of routes, ends, ties and unknowns.

Values come from small sets, so that ties and reversals are frequent. Every disputed entry names its source.
"""

from __future__ import annotations

from random import Random
from typing import Any

Tree = dict[str, Any]

DAY = "2026-05-10"
SOURCES = {"v1": "vendor", "v2": "vendor", "p1": "provider", "a1": "aggregator", "c1": "community", "c2": "community"}
STATES = ("unknown", "undisclosed", "n/a")
BENCHMARKS: Tree = {
    "up": {"name": "Up", "scale": "percent"},
    "down": {"name": "Down", "scale": "points", "better": "lower"},
}
FIELDS: Tree = {
    "gpu": {"label": "GPU", "group": "specs", "type": "quantity", "better": "lower"},
    "kv": {"label": "KV", "group": "capabilities", "type": "flag", "better": "higher"},
}
LICENSES: Tree = {
    "mit": {"name": "MIT", "commercial_use": "allowed"},
    "own": {"name": "Own", "commercial_use": "conditions"},
    "bare": {"name": "Bare"},
}
TRAFFIC: Tree = {
    "small": {"requests": 1000, "input": 1000, "output": 100},
    "large": {"requests": 100, "input": 150_000, "output": 6000},
    "cached": {"requests": 1000, "input": 20_000, "output": 1000, "cache_hit": "0.5", "cache_write": "0.25"},
    "batch": {"requests": 1000, "input": 3000, "output": 3000, "batch": "0.5"},
    "written": {"requests": 10, "input": 110_000, "output": 200, "cache_hit": "0.9", "batch": "1"},
}
WINDOWS, INPUTS, OUTPUTS = (8000, 128_000, 131_072, 200_000), (4000, 100_000, 160_000), (1000, 4096, 8000)
PAST, AHEAD = ("2026-05-09", "2026-04", "2025"), ("2026-05-11", "2026-06", "2027")
MAYBE = ("2026-05", "2026")
FLAGS = ("vision", "reasoning", "tool_use", "kv")


def catalog(number: int) -> Tree:
    """The tree of a number, always the same."""
    r = Random(number)
    return {
        "catalog": {"schema": 1, "as_of": DAY, "currency": "USD"},
        "sources": {name: {"title": name, "kind": kind, "checked": "2026-05-01"} for name, kind in SOURCES.items()},
        "providers": {name: {"name": name.upper()} for name in ("p", "q", "r")},
        "licenses": LICENSES,
        "benchmarks": BENCHMARKS,
        "fields": FIELDS,
        "rates": [{"from": "EUR", "to": "USD", "rate": 2, "date": "2026-05-01"}] if r.random() < 0.5 else [],
        "traffic": {name: {"label": name, **TRAFFIC[name]} for name in r.sample(sorted(TRAFFIC), len(TRAFFIC))},
        "models": {name: _model(r, name) for name in "abcd"[: r.choice((2, 2, 3, 4))]},
    }


def _model(r: Random, name: str) -> Tree:
    alike = name == "b" and r.random() < 0.1
    found: Tree = {"name": "A" if alike else name.upper(), "source": r.choice(("v1", "c1"))}
    facts: dict[str, tuple[Any, ...]] = {
        "kind": ("api-model", "api-model", "coding-model"),
        "architecture": ("dense", "sparse"),
        "license": tuple(LICENSES),
        "openness": ("open-source", "open-weights", "proprietary"),
        "commercial_use": ("allowed", "conditions"),
        "released": ("2025", "2025-06", "2025-06-15", "2026-01-01", *r.sample((*AHEAD, *MAYBE), 1)),
        "knowledge_cutoff": ("2024", "2024-06", "2024-06-15", "2025-01-01"),
        "context_window": WINDOWS,
        "max_output": OUTPUTS,
        "max_input": INPUTS,
        "gpu": (1, 2, 2),
        "modalities": ({"input": ["text"]}, {"input": ["text", "image"], "output": ["text"]}),
    }
    rare = ("max_input", "commercial_use", "modalities", "gpu")
    for key, values in facts.items():
        if r.random() < (0.3 if key in rare else 0.75):
            found[key] = _fact(r, values)
    if r.random() < 0.1:
        found["kind"] = "embedding-model"
    found["capabilities"] = _flags(r, 0.6)
    if r.random() < 0.2:
        found["lifecycle"] = _lifecycle(r)
    found["routes"] = _routes(r, found["kind"] if found.get("kind") == "embedding-model" else "")
    found["results"] = [_result(r) for _ in range(r.choice((0, 2, 3, 4)))]
    return found


def _fact(r: Random, values: tuple[Any, ...]) -> Any:
    """A fact: mostly a plain value, sometimes a state, sometimes in conflict."""
    kind = r.random()
    if kind < 0.07:
        return r.choice(STATES)
    if kind < 0.25:
        return _disputed(r, [r.choice((*values, *values, "undisclosed")) for _ in range(r.choice((2, 2, 3)))])
    return r.choice(values)


def _disputed(r: Random, values: list[Any]) -> Tree:
    names = r.sample(sorted(SOURCES), len(values))
    return {"values": [{"value": value, "source": name} for value, name in zip(values, names, strict=True)]}


def _flags(r: Random, share: float) -> Tree:
    return {name: _fact(r, (True, True, False, False, "partial")) for name in FLAGS if r.random() < share}


def _lifecycle(r: Random) -> Tree:
    found: Tree = {}
    if r.random() < 0.6:
        found["status"] = r.choice(("preview", "active", "deprecated", "shutdown"))
    for key in ("deprecated", "shutdown"):
        if r.random() < 0.4:
            found[key] = r.choice((*PAST, *AHEAD, *MAYBE))
    if r.random() < 0.3:
        found["successor"] = r.choice("ab")
    return found or {"status": "active"}


def _routes(r: Random, kind: str) -> Any:
    dice = r.random()
    if dice < 0.07:
        return r.choice(STATES)
    if dice < 0.17:
        return _disputed(r, [[_route(r, kind) for _ in range(r.choice((1, 2)))] for _ in range(2)])
    return [_route(r, kind) for _ in range(r.choice((0, 1, 1, 2, 2, 3)))]


def _route(r: Random, kind: str) -> Tree:
    found: Tree = {"provider": r.choice("pqr")}
    options: Tree = {"id": "x", "region": r.choice(("eu", "us")), "charges": r.choice(("complete", "incomplete"))}
    found |= {key: value for key, value in options.items() if r.random() < 0.2}
    for key, values in {"context_window": WINDOWS, "max_output": OUTPUTS, "max_input": INPUTS}.items():
        if r.random() < 0.25:
            found[key] = _fact(r, values)
    found["capabilities"] = _flags(r, 0.15)
    if r.random() < 0.2:
        found["lifecycle"] = _lifecycle(r)
    if r.random() < 0.07:
        found["currency"] = "EUR"
    dice = r.random()
    if dice < 0.15:
        found["prices"] = _disputed(r, [_prices(r, kind) for _ in range(2)])
    elif dice < 0.92:
        found["prices"] = _prices(r, kind)
    else:
        found["prices"] = r.choice(STATES)
    return found


def _prices(r: Random, kind: str) -> list[Tree]:
    """A price list: a word, or a line with variants of it under other conditions and at other times."""
    dice = r.random()
    if dice < 0.12:
        return [{r.choice(("free", "plan", "dynamic")): True}]
    base = _line(r, kind)
    lines = [base]
    if r.random() < 0.15:
        lines.append(
            {**_line(r, kind), "when": r.choice(({"region": "eu"}, {"hours": {"from": "00:00", "to": "08:00"}}))}
        )
    elif r.random() < 0.3:
        lines.append({**_line(r, kind), "when": {"input_above": r.choice((2000, 100_000))}})
        if r.random() < 0.2:
            lines.append({**_line(r, kind), "when": {"input_above": 140_000}})
    if r.random() < 0.2:
        lines.append({**_line(r, kind), "when": {"service": "batch"}})
    if r.random() < 0.15:
        turn = r.choice(("2026-05-10", "2026-05-11", "2026-01-01"))
        lines = [*({**line, "until": turn} for line in lines), {**_line(r, kind), "from": turn}]
    elif r.random() < 0.15:
        lines = [{**line, r.choice(("until", "from")): r.choice(("2026-01-01", "2026-09-01"))} for line in lines[:1]]
    return lines


def _line(r: Random, kind: str) -> Tree:
    found: Tree = {"input": r.choice((1, 1, 2, 3, 4, 5)), "output": r.choice((1, 2, 4, 4, 8, 10))}
    if r.random() < 0.05:
        found[r.choice(("input", "output"))] = 0
    if kind:
        del found["output"]
    options: Tree = {
        "cache_read": r.choice((0, "free", "0.1", 1)),
        "cache_write": r.choice((1, 5)),
        "request": r.choice((0, "0.01")),
    }
    return found | {key: value for key, value in options.items() if r.random() < 0.2}


def _result(r: Random) -> Tree:
    found: Tree = {"benchmark": r.choice(("up", "up", "up", "down")), "score": r.choice((80, 81, 82, 82))}
    options: Tree = {
        "version": "1",
        "harness": r.choice("xxxxy"),
        "variant": r.choice("xxxxy"),
        "tools": r.choice("xy"),
        "reporter": r.choice(("self", "independent", "community", "verified")),
        "date": r.choice(("2025", "2025-06", "2025-06-15", "2026-01-01")),
        "ci": [79, 81] if found["score"] < 82 else [82, 83],
    }
    shares = {"harness": 0.8, "variant": 0.8, "reporter": 0.8, "date": 0.6, "ci": 0.25}
    found |= {key: value for key, value in options.items() if r.random() < shares.get(key, 0.1)}
    return found | {"source": r.choice(("v1", "c1", "c1"))}
