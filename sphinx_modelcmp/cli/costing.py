"""``cost``: what a month of a workload costs, counted out."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from sphinx_modelcmp.catalog.days import epoch_day
from sphinx_modelcmp.cli.asking import asked, models_argument, traffic_option
from sphinx_modelcmp.cli.options import as_of_option, catalog_option, read
from sphinx_modelcmp.compare.costing import Assumption, MonthlyCost, route_cost
from sphinx_modelcmp.compare.pricing import routes_of
from sphinx_modelcmp.compare.request import Request, Settings
from sphinx_modelcmp.sections.blocks import Bullets, Section, Table, TableRow, cell, paragraph, text
from sphinx_modelcmp.sections.citations import cited
from sphinx_modelcmp.sections.cost import workload_text
from sphinx_modelcmp.sections.labels import COMPONENTS, COMPONENTS_SAID
from sphinx_modelcmp.sections.marks import marked
from sphinx_modelcmp.sections.pricing import holds_text
from sphinx_modelcmp.sections.sources import listed
from sphinx_modelcmp.sections.totals import ASSUMPTIONS, MARKS, rate_note, why_without
from sphinx_modelcmp.sections.words import words_of
from sphinx_modelcmp.sections.writing import page_of
from sphinx_modelcmp.structured.facts import Sources
from sphinx_modelcmp.structured.prices import costs

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from sphinx_modelcmp.catalog.records import Model
    from sphinx_modelcmp.compare.bill import Line
    from sphinx_modelcmp.compare.costing import NoCost
    from sphinx_modelcmp.sections.blocks import Amount, Block, Cell
    from sphinx_modelcmp.sections.page import Page


MILLION = 1_000_000


@click.command("cost")
@models_argument
@traffic_option
@click.option("--all-routes", is_flag=True, help="Count out every route, not only the cheapest.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: every route, and amounts as exact decimal text.")
@catalog_option
@as_of_option
def command(
    models: tuple[str, ...],
    *,
    traffic: str,
    all_routes: bool,
    as_json: bool,
    paths: tuple[Path, ...],
    as_of: datetime.date | None,
) -> None:
    """Count what a month of a workload costs at each model, to the last digit.

    Where there is no total, the reason stands in its place.
    """
    request = Request(models=models, sections=("cost",), traffic=traffic, all_routes=True)
    page = page_of(asked(read(paths, as_of).catalog, request, Settings(as_of=as_of or epoch_day())), words_of("en"))
    if as_json:
        click.echo(json.dumps(_record(page), ensure_ascii=False, indent=2))
        return
    from sphinx_modelcmp.cli.terminal import print_sections  # noqa: PLC0415 - programs that read JSON need none of it

    print_sections("Monthly cost", _sections(page, all_routes=all_routes), page.words)


def _record(page: Page) -> dict[str, Any]:
    """The costs as ``comparison.json`` has them, and the reasons in words where there are none."""
    sources, day = Sources(page), page.comparison.day
    held: dict[str, Any] = {**costs(page, sources)}
    found = {"months": page.months, "routes": [cost for model in page.models for cost in _at_routes(page, model)]}
    for part, answers in found.items():
        for record, answer in zip(held[part], answers, strict=True):
            if not isinstance(answer, MonthlyCost):
                record["text"] = why_without(page, answer)
    models = [{"id": model.id, "name": model.name} for model in page.models]
    return {"as_of": str(day) if day else None, "models": models, **held, "sources": sources.listed()}


def _at_routes(page: Page, model: Model) -> list[MonthlyCost | NoCost]:
    """The total of every route of a model, or why it has none."""
    comparison = page.comparison
    return [route_cost(page.catalog, model, route, comparison.traffic, comparison.day) for route in routes_of(model)]


def _sections(page: Page, *, all_routes: bool) -> Iterator[Section]:
    """The workload, a section for each model, and where the prices come from."""
    day = page.comparison.day
    dated = f" Prices of {page.words.day(day)}." if day else ""
    yield Section("workload", "", (paragraph(workload_text(page) + dated),))
    told: list[Block] = []
    for model, cost in zip(page.models, page.months, strict=True):
        blocks = tuple(_blocks(page, model, cost, all_routes=all_routes))
        told += blocks
        yield Section("cost", model.name, blocks)
    if found := listed(page, cited(told)):
        yield Section("sources", "Sources", found[1:])


def _blocks(page: Page, model: Model, cost: MonthlyCost | NoCost, *, all_routes: bool) -> Iterator[Block]:
    if isinstance(cost, MonthlyCost):
        yield from _counted(page, cost)
    else:
        yield paragraph(f"{why_without(page, cost)}.")
    others = [other for other in _at_routes(page, model) if other.route is not cost.route]
    others.sort(key=_cheapest_first)
    told = [other for other in others if all_routes and isinstance(other, MonthlyCost)]
    for other in told:
        yield from _counted(page, other)
    if rest := [other for other in others if other not in told]:
        rows = tuple(TableRow(_route(page, other), (_total(page, other),)) for other in rest)
        caption = "The other routes" if isinstance(cost, MonthlyCost) else "The routes"
        yield Table(caption, (cell("Route"), cell("A month")), rows)


def _cheapest_first(cost: MonthlyCost | NoCost) -> tuple[Any, ...]:
    """Totals of each currency in order, then what has none."""
    return (0, cost.currency, cost.total) if isinstance(cost, MonthlyCost) else (1,)


def _counted(page: Page, cost: MonthlyCost) -> Iterator[Block]:
    """A total, the lines that it is the sum of, and what it rests on."""
    total = page.words.money(cost.total, cost.currency)
    yield paragraph(f"{total} a month at {page.route(cost.route)}.")
    if cost.lines:
        yield _bill(page, cost.lines)
    notes = [text(page.say(ASSUMPTIONS[found], models=cost.model.name)) for found in cost.assumptions]
    notes += [rate_note(page, rate) for rate in cost.rates]
    if notes:
        yield Bullets(tuple(notes))


def _bill(page: Page, lines: Sequence[Line]) -> Table:
    """A row for each line; without their conditions where all prices are plain ones."""
    columns: dict[str, Callable[[Page, Line], Cell]] = {
        "Tokens": _count,
        "Price per million": _price,
        "Condition": _condition,
        "Cost": _cost,
    }
    if all(line.price.when is None and not line.assumptions for line in lines):
        del columns["Condition"]
    rows = (
        TableRow(cell(_component(page, line)), tuple(show(page, line) for show in columns.values())) for line in lines
    )
    return Table("", tuple(map(cell, ("Component", *columns))), tuple(rows))


def _component(page: Page, line: Line) -> str:
    """What was used, and as what it was charged where that is something else."""
    used = page.words.say(COMPONENTS[line.component])
    if line.quote.component == line.component:
        return used
    return f"{used}, as {page.words.say(COMPONENTS_SAID[line.quote.component])}"


def _cost(page: Page, line: Line) -> Cell:
    return cell(page.words.aligned(page.words.money(line.cost, line.quote.currency)))


def _count(page: Page, line: Line) -> Cell:
    unit = "" if line.unit == "tokens" else f" {line.unit}"
    return cell(_aligned(page, page.words.number(line.count), unit))


def _price(page: Page, line: Line) -> Cell:
    """The price of a million, or what else it is for."""
    amount = page.words.money(line.amount, line.quote.currency)
    unit = "" if line.per == MILLION else " each" if line.per == 1 else f" per {page.words.number(line.per)}"
    return marked(_aligned(page, amount, unit), page.citations.marks(line.price))


def _aligned(page: Page, figure: str, unit: str) -> Amount:
    amount = page.words.aligned(figure)
    return replace(amount, rest=amount.rest + unit)


def _condition(page: Page, line: Line) -> Cell:
    held = holds_text(page, line.price)
    return cell(f"{held}, in a batch too" if Assumption.BATCH_AT_STANDARD in line.assumptions else held)


def _route(page: Page, cost: MonthlyCost | NoCost) -> Cell:
    return cell(page.route(cost.route) if cost.route else "")


def _total(page: Page, cost: MonthlyCost | NoCost) -> Cell:
    if isinstance(cost, MonthlyCost):
        return cell(page.words.aligned(page.words.money(cost.total, cost.currency)))
    return cell(why_without(page, cost), marks=(MARKS.get(cost.why, "unknown"),))
