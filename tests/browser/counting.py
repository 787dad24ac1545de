"""Pages with a calculator and nothing else, and what it counts on them at workloads that a reader types in."""

from __future__ import annotations

import html
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.compare.bill import EXACT
from sphinx_modelcmp.compare.costing import MonthlyCost, monthly_cost, route_cost
from sphinx_modelcmp.compare.life import living_routes
from sphinx_modelcmp.compare.readings import worlds
from sphinx_modelcmp.ext.html import STATIC
from sphinx_modelcmp.sections import cost
from sphinx_modelcmp.sections.blocks import Bullets, Calculator, Cell, Paragraph, SourceMark, Table
from sphinx_modelcmp.sections.language import Language, language_of
from sphinx_modelcmp.sections.page import Page
from tests.sections.reading import plain
from tests.support.phrases import AsWritten

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from decimal import Decimal
    from pathlib import Path

    from sphinx_modelcmp.catalog.records import Model, Traffic
    from sphinx_modelcmp.compare.comparison import Comparison


# Types each workload in, chooses the routes, and reads what the page shows then.
TYPE_AND_READ = """
asked => asked.map(({fields, routes}) => {
    const change = (id, value, kind) => {
        const control = document.getElementById(id);
        if (!control || control.value === value) return;
        control.value = value;
        control.dispatchEvent(new Event(kind, {bubbles: true}));
    };
    Object.entries(fields).forEach(([name, value]) => change(`modelcmp-c-${name}`, value, "input"));
    routes.forEach((value, i) => change(`modelcmp-c-route-${i}`, value, "change"));
    const table = document.querySelector("table");
    const words = cell => {
        const copy = cell.cloneNode(true);
        copy.querySelectorAll(".modelcmp-unseen").forEach(node => node.remove());
        return copy.textContent;
    };
    const rows = [...table.rows].map(row => [...row.cells].slice(1).map(cell => [words(cell), cell.className]));
    const items = [...document.querySelectorAll(".modelcmp-calc-notes:not([hidden]) > li")];
    const errors = [...document.querySelectorAll(".modelcmp-calc-error:not([hidden])")];
    return {rows: [rows[0].map(([text]) => text), ...rows.slice(1)], notes: items.map(item => item.textContent),
            errors: errors.map(error => error.textContent)};
})
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A workload, and for each model the position of a route, or None for the cheapest."""

    traffic: Traffic
    routes: tuple[int | None, ...]


def write_page(page: Page, path: Path) -> Path:
    """A page with the cost table and its calculator, as a theme without anything would have it."""
    blocks = cost.build(page)
    (calculator,) = (block for block in blocks if isinstance(block, Calculator))
    table = next(block for block in blocks if isinstance(block, Table))
    links = "".join(f'<a href="#x">{mark.text}</a>' for mark in calculator.marks if isinstance(mark, SourceMark))
    data = calculator.data.replace("<", "\\u003c")
    path.write_text(
        f'<!doctype html><meta charset="utf-8"><title>T</title><div>'
        f'<template class="modelcmp-calculator" data-section="c">'
        f'<script type="application/json">{data}</script>{links}</template>'
        f'{_table(table)}</div><script src="{(STATIC / "calculator.js").as_uri()}"></script>',
        encoding="utf-8",
    )
    return path


def _table(table: Table) -> str:
    head = "".join(f"<th>{html.escape(cell.text)}</th>" for cell in table.header)
    rows = "".join(f"<tr><th>M</th>{''.join(map(_cell, row.cells))}</tr>" for row in table.rows)
    return f'<table class="modelcmp-table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _cell(cell: Cell) -> str:
    return f"<td><p>{html.escape(cell.text)}</p></td>"


def page_of(comparison: Comparison, language: str) -> Page:
    """What the section of a comparison is written from."""
    # Figures that are grouped as no others are, in a language that only a site of its own can speak.
    words = Language(language, [AsWritten()]) if language == "mr" else language_of(language)
    return Page(comparison, words)


def typed(page: Page, asked: Asked) -> dict[str, Any]:
    """What a reader types and chooses: numbers as the language writes them."""
    traffic, words = asked.traffic, page.words

    def percent(value: Decimal) -> str:
        return words.number(EXACT.scaleb(value, 2))

    fields = {
        "requests": words.number(traffic.requests),
        "input": words.number(traffic.input),
        "output": words.number(traffic.output),
        "cache": percent(traffic.cache_hit),
        "write": percent(traffic.cache_write),
        "batch": f"{percent(traffic.batch)} %",
    }
    return {"fields": fields, "routes": ["" if place is None else str(place) for place in asked.routes]}


def expected(page: Page, asked: Asked) -> dict[str, Any]:
    """What the section would say at this workload."""
    other = replace(page, comparison=replace(page.comparison, traffic=asked.traffic))
    catalog, day = page.catalog, page.comparison.day
    months = tuple(
        monthly_cost(catalog, model, asked.traffic, day)
        if place is None
        else route_cost(catalog, model, living_routes(model, day)[place], asked.traffic, day)
        for model, place in zip(page.models, asked.routes, strict=True)
    )
    held = zip(page.models, asked.routes, strict=True)
    disputed = frozenset(model.id for model, place in held if len({*_totals(other, model, place)}) != 1)
    # Worked out once and kept with the page: this is the place where it is kept. Sources keep their numbers.
    other.__dict__.update(months=months, citations=page.citations, disputed=disputed)
    table, *notes = cost.counted_blocks(other)
    assert isinstance(table, Table)
    rows = [
        [[cell.text, " ".join(f"modelcmp-{mark}" for mark in cell.marks)] for cell in row.cells] for row in table.rows
    ]
    return {"rows": [[cell.text for cell in table.header[1:]], *rows], "notes": [*_notes(notes)], "errors": []}


def _totals(page: Page, model: Model, place: int | None) -> Iterator[tuple[Decimal, str] | None]:
    """The month by each choice between equally ranked readings: at the cheapest route, or at the one chosen."""
    catalog, day, traffic = page.catalog, page.comparison.day, page.comparison.traffic
    keys = [*_keys(model, day)]
    for world in worlds(catalog, model):
        at = dict(zip(_keys(world, day), living_routes(world, day), strict=True))
        if place is None:
            cost = monthly_cost(catalog, world, traffic, day)
        elif keys[place] in at:
            cost = route_cost(catalog, world, at[keys[place]], traffic, day)
        else:
            yield None
            continue
        yield (cost.total, cost.currency) if isinstance(cost, MonthlyCost) else None


def _keys(model: Model, day: date | None) -> Iterator[tuple[str, str | None, int]]:
    """Routes are the same by provider and region, and of several by their order."""
    seen: Counter[tuple[str, str | None]] = Counter()
    for route in living_routes(model, day):
        name = (route.provider, route.region)
        seen[name] += 1
        yield *name, seen[name]


def _notes(blocks: Sequence[Any]) -> list[str]:
    found = []
    for block in blocks:
        if isinstance(block, Bullets):
            found += [plain(item) for item in block.items]
        elif isinstance(block, Paragraph):
            found.append(plain(block.content))
    return found
