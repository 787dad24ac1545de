"""``cost``: the cost of a month of a workload, line by line."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from sphinx_modelcmp.cli.arguments import as_of_option, asked, catalog_option, models_argument, read, traffic_option
from sphinx_modelcmp.compare.bill import Assumption
from sphinx_modelcmp.compare.comparison import Request, Settings, epoch_day
from sphinx_modelcmp.compare.costing import MonthlyCost, NoCost, route_cost
from sphinx_modelcmp.compare.pricing import routes_of
from sphinx_modelcmp.sections.blocks import Bullets, Section, Table, TableRow, cell, cited, paragraph, text
from sphinx_modelcmp.sections.citations import marked
from sphinx_modelcmp.sections.cost import workload_text
from sphinx_modelcmp.sections.labels import COMPONENTS
from sphinx_modelcmp.sections.language import language_of
from sphinx_modelcmp.sections.page import Page
from sphinx_modelcmp.sections.sources import listed
from sphinx_modelcmp.sections.values import (
    ASSUMPTIONS,
    WRITING,
    holds_text,
    rate_note,
    route_text,
    why_without,
    without_total,
)
from sphinx_modelcmp.structured.build import Sources, costs

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator
    from pathlib import Path

    from sphinx_modelcmp.catalog.records import Model
    from sphinx_modelcmp.compare.bill import Line
    from sphinx_modelcmp.sections.blocks import Amount, Block, Cell


MILLION = 1_000_000


@click.command("cost")
@models_argument
@traffic_option
@click.option("--all-routes", is_flag=True, help="Count out every route, not only the cheapest.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: every route, and amounts as exact decimal text.")
@catalog_option
@as_of_option
def command(
    *, all_routes: bool, as_json: bool, paths: tuple[Path, ...], as_of: datetime.date | None, **options: Any
) -> None:
    """Count what a month of a workload costs at each model, to the last digit.

    Where there is no total, the reason stands in its place.
    """
    request = Request(**options, sections=("cost",), all_routes=True)
    page = Page(asked(read(paths, as_of).catalog, request, Settings(as_of=as_of or epoch_day())), language_of("en"))
    if as_json:
        click.echo(json.dumps(_record(page), ensure_ascii=False, indent=2))
        return
    from sphinx_modelcmp.cli.terminal import print_sections  # noqa: PLC0415 - not needed for JSON

    print_sections("Monthly cost", _sections(page, all_routes=all_routes), page.words)


def _record(page: Page) -> dict[str, Any]:
    """The costs as ``comparison.json`` has them, with the reasons in words where there are none."""
    sources, day = Sources(page), page.comparison.day
    held: Any = costs(page, sources)
    found = {"months": page.months, "routes": [cost for model in page.models for cost in _at_routes(page, model)]}
    for part, answers in found.items():
        for record, answer in zip(held[part], answers, strict=True):
            if not isinstance(answer, MonthlyCost):
                record["text"] = why_without(page, answer)
    models = [{"id": model.id, "name": model.name} for model in page.models]
    return {"as_of": str(day) if day else None, "models": models, **held, "sources": sources.listed()}


def _at_routes(page: Page, model: Model) -> list[MonthlyCost | NoCost]:
    """The total of every route of a model, or the reason why it has none."""
    comparison = page.comparison
    return [route_cost(page.catalog, model, route, comparison.traffic, comparison.day) for route in routes_of(model)]


def _sections(page: Page, *, all_routes: bool) -> Iterator[Section]:
    """The workload, a section for each model, and the sources of the prices."""
    day = page.comparison.day
    dated = f" Prices of {page.words.day(day)}." if day else ""
    yield Section("workload", "", (paragraph(workload_text(page) + dated),))
    shown: list[Block] = []
    for model, cost in zip(page.models, page.months, strict=True):
        blocks = tuple(_blocks(page, model, cost, all_routes=all_routes))
        shown += blocks
        yield Section("cost", model.name, blocks)
    if found := listed(page, cited(shown)):
        yield Section("sources", "Sources", found[1:])


def _blocks(page: Page, model: Model, cost: MonthlyCost | NoCost, *, all_routes: bool) -> Iterator[Block]:
    """The total of the cheapest route with its bill; the other routes with theirs, or with their totals only."""
    others = [other for other in _at_routes(page, model) if other.route is not cost.route]
    others.sort(key=_rank)
    if isinstance(cost, NoCost):
        yield paragraph(f"{why_without(page, cost)}.")
    counted = [cost, *others] if all_routes else [cost]
    for each in counted:
        if isinstance(each, MonthlyCost):
            yield from _counted(page, each)
    if rest := [other for other in others if not (all_routes and isinstance(other, MonthlyCost))]:
        rows = tuple(TableRow(cell(page.route(other.route)), (_total(page, other),)) for other in rest if other.route)
        caption = "The other routes" if isinstance(cost, MonthlyCost) else "The routes"
        yield Table(caption, (cell("Route"), cell("A month")), rows)


def _rank(cost: MonthlyCost | NoCost) -> tuple[Any, ...]:
    """The cheapest first, of each currency; then the routes without a total."""
    return (0, cost.currency, cost.total) if isinstance(cost, MonthlyCost) else (1,)


def _counted(page: Page, cost: MonthlyCost) -> Iterator[Block]:
    """A total, the lines that it is the sum of, and the assumptions and rates that it rests on."""
    total = page.words.money(cost.total, cost.currency)
    yield paragraph(f"{total} a month at {route_text(page, cost.route, cost.level)}.")
    if cost.lines:
        # Without conditions if all prices are plain ones.
        is_plain = all(line.price.when is None and not line.assumptions for line in cost.lines)
        heads = ("Component", "Tokens", "Price per million", *(() if is_plain else ("Condition",)), "Cost")
        rows = (
            TableRow(cell(_component(page, line)), tuple(_cells(page, line, is_plain=is_plain))) for line in cost.lines
        )
        yield Table("", tuple(map(cell, heads)), tuple(rows))
    notes = [text(page.say(ASSUMPTIONS[found], models=cost.model.name)) for found in cost.assumptions]
    if cost.writing:
        amount = page.words.money(cost.writing, cost.currency)
        notes.append(text(page.say(WRITING, model=cost.model, amount=amount)))
    notes += [rate_note(page, rate) for rate in cost.rates]
    if notes:
        yield Bullets(tuple(notes))


def _component(page: Page, line: Line) -> str:
    """The component used, and the one charged if that is another."""
    used = page.say(COMPONENTS[line.component].label)
    if line.quote.component == line.component:
        return used
    return f"{used}, as {page.say(COMPONENTS[line.quote.component].in_sentence)}"


def _cells(page: Page, line: Line, *, is_plain: bool) -> Iterator[Cell]:
    words, currency = page.words, line.quote.currency
    yield cell(_aligned(page, words.number(line.count), "" if line.unit == "tokens" else f" {line.unit}"))
    unit = "" if line.per == MILLION else " each" if line.per == 1 else f" per {words.number(line.per)}"
    yield marked(_aligned(page, words.money(line.amount, currency), unit), page.citations.marks(line.price))
    if not is_plain:
        condition = holds_text(page, line.price)
        yield cell(f"{condition}, in a batch too" if Assumption.BATCH_AT_STANDARD in line.assumptions else condition)
    yield cell(words.aligned(words.money(line.cost, currency)))


def _aligned(page: Page, figure: str, unit: str) -> Amount:
    amount = page.words.aligned(figure)
    return replace(amount, rest=amount.rest + unit)


def _total(page: Page, cost: MonthlyCost | NoCost) -> Cell:
    if isinstance(cost, MonthlyCost):
        return cell(page.words.aligned(page.words.money(cost.total, cost.currency)))
    return without_total(page, cost)
