"""How pages read, beside the aims of “The page that answers”, in one run of a few minutes::

    python -m tests.bench.reading           in the root of the repository: a table
    python -m tests.bench.reading --json    the numbers, with the pages that a count is of

What is measured is what a reader gets: built HTML in Furo, and that in a browser. Nothing asks the package what it
meant to say; only the catalog of ``data/`` is asked what is true. ``statements`` has the parser, and every word that it
depends on.

The pages: 48 pairs, ``random.Random(4).sample`` of all pairs of the sorted ids of the models, built as one site; and
five pages that are each a site of their own, so that none has links to others: two named pairs, six models (those of
``docs/six-models``), twelve (these, and of the others the six that were released last; of one day the later id), and
all models. All but the last are the bare directive with the default workload, and without a verdict of an author.

Times a set of facts is said
    A unit is a sentence or the body row of a table, in any section but questions, deep dive, related pages and sources.
    Its set are the figures and flags that it names, keyed by model, field and route (prices: provider and conditions;
    scores: benchmark and setting). The value is all units with a set, divided by the different sets of each page. The
    difference or the ratio of two months counts as both months.
    Cannot see: facts that are neither figure nor flag (a license, a product type), figures of no model (the workload),
    other ratios, prices that are words (“Free”), and whether sets overlap: a sentence that joins two facts is a set of
    its own. Two lines without an aim show that: how often a single fact is named, and how often a set is said that at
    least one sentence says.

First sentences
    Of the pages where ``monthly_cost`` gives both models a complete total in one currency, above 0 and both with an
    output or both without, and one is 2 times the other or more: the share whose first sentence outside of admonitions
    lacks one of the models, the ratio (as times, as percent or in a word such as “half”, right but for its rounding),
    or the cheaper one: of the words of comparison the one nearest to the ratio decides, and the model named before it
    has to be the right one.
    Cannot see: that a disputed price may forbid the sentence, and what the ratio is said to be of.

No reason
    A model has a reason if a sentence stands below a heading, term or label that names it alone, in the summary, the
    scorecard, the trade-offs or the deep dive; if an item of the trade-offs names it first and does not call the models
    level; or if a sentence there recommends it (“choose”). Pages are counted on which a model has none, and no sentence
    says so of it, or of all.
    Cannot see: whether a reason is good or true.

Rows without any value
    Of all body rows of tables on the 48 pages, those in which each cell is unknown or empty.
    Cannot see: lists, and rows that are folded into a sentence.

Screens
    The height of the whole document in a window of 375 × 812, divided by 812.

Tab stops
    Elements in the article that the Tab key reaches, by pressing it until the page is through, at 1440 × 900.
    Cannot see: what only another key reaches.

All models
    Bytes of the HTML file, the theme included, of a page with one transposed table of five facts and its sources.
    Cannot see: what lies beside it (``comparison.json``, style sheets, scripts).
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import re
import sys
import tempfile
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sphinx_modelcmp.api import load_catalog
from tests.bench.measuring import BenchmarkError
from tests.bench.statements import WORDS, Facts, is_ratio, is_share, units_of, words
from tests.support import chromium
from tests.support.project import DATA, DOCS, Project

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from playwright.sync_api import Browser, ViewportSize

    from sphinx_modelcmp.catalog.records import Catalog
    from tests.bench.statements import Fact, Unit

SEED, PAIRS = 4, 48
FLAGSHIP = ("codex-1", "qwen3.5-4b")
RIVALS = ("gpt-5.4", "claude-opus-4-6")
SIX = DOCS / "six-models.md"
FIVE_FACTS = "released context_window max_output license knowledge_cutoff"
TABLE = f"   :sections: specs\n   :fields: {FIVE_FACTS}\n   :transpose:\n"
SCREEN: ViewportSize = {"width": 375, "height": 812}
DESK: ViewportSize = {"width": 1440, "height": 900}
MOST_STOPS = 3000
APART = {"faq", "deep-dive", "related", "sources"}
"""Sections whose sentences may say a fact again, or hold none of a model."""
DECIDING = {"summary", "scorecard", "tradeoffs", "deep-dive"}
"""Sections that give reasons."""
CLEAR = 2
"""From this ratio of two months on, the first sentence has to name it."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the table; without a value where there is no browser."""

    name: str
    value: float | None
    most: float | None = None
    """The aim; None of a line that only explains another."""
    unit: str = ""
    of: int | None = None
    """The pages or rows that the value counts some of."""
    pages: tuple[str, ...] = ()
    """The pages that are counted."""

    @property
    def is_met(self) -> bool:
        """True if the aim is reached."""
        return self.value is not None and self.most is not None and self.value <= self.most


@dataclass(frozen=True, slots=True)
class Reading:
    """A page as it was read: what it says, and the facts of it that the catalog has."""

    name: str
    facts: Facts
    units: tuple[Unit, ...]

    @classmethod
    def of(cls, catalog: Catalog, ids: Sequence[str], html: str) -> Reading:
        """The page that compares these models."""
        return cls(" ".join(ids), Facts(catalog, ids), tuple(units_of(html)))

    def said(self) -> Iterator[tuple[Unit, frozenset[Fact]]]:
        """Each unit with its set of facts, where it has one."""
        for unit in self.units:
            if unit.section not in APART and (found := self.facts.of_unit(unit)):
                yield unit, found

    def has_clear_months(self) -> bool:
        """True of two models whose months are known and far apart."""
        low, high = self._months()
        return bool(low) and high >= CLEAR * low

    def opens_with_months(self) -> bool:
        """True if the first sentence names both models, the cheaper one and the ratio."""
        text = next((unit.text for unit in self.units if not unit.cells and not unit.is_notice), "")
        places = self.facts.places(text)
        if {name for *_, name in places} != {model.id for model in self.facts.models}:
            return False
        return any(self._names_cheaper(text, place) for place in ratios(text, *self._months()))

    def _months(self) -> tuple[float, float]:
        """The lower one and the higher one; 0 where one of them is not known."""
        found = [float(month or 0) for month in self.facts.months.values()]
        return (min(found), max(found)) if len(self.facts.totals) == 1 else (0, 0)

    def _names_cheaper(self, text: str, place: int) -> bool:
        """True if the model before the word of comparison that is nearest to the ratio is the right one for it."""
        kinds = {word: kind for kind in ("cheaper", "dearer") for word in words(kind).finditer(text)}
        if not kinds:
            return False
        nearest = min(kinds, key=lambda word: abs(word.start() - place))
        before = [name for _, end, name in self.facts.places(text) if end <= nearest.start()]
        months = {name: month for name, month in self.facts.months.items() if month}
        meant = (min if kinds[nearest] == "cheaper" else max)(months, key=months.__getitem__)
        return before[-1:] == [meant]

    def lacks_reason(self) -> bool:
        """True if nothing is said for one of the models, not even that there is nothing."""
        return bool({model.id for model in self.facts.models} - {*self._answered()})

    def _answered(self) -> Iterator[str]:
        """The models that have a reason, or a sentence that says that they have none."""
        everybody = [model.id for model in self.facts.models]
        for unit in self.units:
            if unit.section not in DECIDING or unit.cells or unit.is_notice:
                continue
            headed, named = self.facts.named(unit.heading), self.facts.named(unit.text)
            if none := words("no reason").search(unit.text):
                yield from self.facts.named(unit.text[none.start() :])[:1] or headed or named or everybody
            elif len(headed) == 1:
                yield from headed
            elif unit.section == "tradeoffs" and unit.is_item and not words("level").search(unit.text):
                yield from named[:1]
            if chosen := words("choose").search(unit.text):
                for clause in unit.text[chosen.start() :].split(";"):
                    yield from self.facts.named(clause)[:1]


def ratios(text: str, low: float, high: float) -> Iterator[int]:
    """Where a sentence says how many times the one is the other, or by what part it is less or more."""
    true = high / low
    for found in re.finditer(r"(?<![\w.])(\d[\d,]*(?:\.(\d+))?)\s?(%|\w+|×)", text):
        said, step, unit = float(found[1].replace(",", "")), 10 ** -len(found[2] or ""), found[3]
        is_times = words("times").fullmatch(unit) or unit == "th"
        if is_share(said, low, high, step) if unit == "%" else is_times and is_ratio(said, true, step):
            yield found.start()
    for name in (name for name in WORDS if re.fullmatch(r"times \d+", name)):
        if is_ratio(said := float(name.split()[1]), true, said / 5):
            yield from (found.start() for found in words(name).finditer(text))


# --- what is measured ----------------------------------------------------------------------------------------------


def measures_of(readings: Sequence[Reading]) -> Iterator[Measure]:
    """The measures of what pages of two models say."""
    yield from repetition(readings)
    clear = [page for page in readings if page.has_clear_months()]
    mute = [page.name for page in clear if not page.opens_with_months()]
    share = 100 * len(mute) / len(clear) if clear else 0
    name = f"first sentences that lack a model, the cheaper one or the ratio, months {CLEAR}× apart"
    yield Measure(name, share, 0, "%", len(clear), tuple(mute))
    lacking = [page.name for page in readings if page.lacks_reason()]
    name = "pages on which a model has neither a reason nor a sentence that there is none"
    yield Measure(name, len(lacking), 0, "pages", len(readings), tuple(lacking))
    rows = [unit for page in readings for unit in page.units if unit.cells]
    empty = sum(not row.has_value for row in rows)
    yield Measure("rows in tables without any value", 100 * empty / len(rows) if rows else 0, 0, "%", len(rows))


def repetition(readings: Iterable[Reading]) -> Iterator[Measure]:
    """How often the same is said: by sets, and what sets do not show."""
    times: list[int] = []
    single: list[int] = []
    spoken: list[int] = []
    for page in readings:
        said = list(page.said())
        sets = Counter(found for _, found in said)
        times += sets.values()
        single += Counter(fact for _, found in said for fact in found).values()
        spoken += (sets[found] for found in {found for unit, found in said if not unit.cells})
    yield Measure("times a set of facts is said, questions and deep dive apart", _mean(times), 1.3, of=len(times))
    yield Measure("of it, times a single fact is named", _mean(single), of=len(single))
    yield Measure("of it, times a set is said that a sentence says", _mean(spoken), of=len(spoken))


def _mean(values: Sequence[int]) -> float:
    return sum(values) / len(values) if values else 0


def height(opened: Browser, path: Path) -> float:
    """Screens of a phone that a page takes."""
    page = opened.new_page(viewport=SCREEN)
    page.goto(path.as_uri(), wait_until="load")
    pixels: int = page.evaluate("document.fonts.ready.then(() => document.documentElement.scrollHeight)")
    page.close()
    return pixels / SCREEN["height"]


# The focus comes back to the body, or to an element that had it, when a page is through.
_FOCUS = """() => {
  const held = document.activeElement, seen = (window.stops ??= new Set());
  if (held === document.body || seen.has(held)) return "end";
  seen.add(held);
  return held.closest("article") ? "article" : "frame";
}"""


def tab_stops(opened: Browser, path: Path) -> int:
    """Places in the article at which the Tab key stops."""
    page = opened.new_page(viewport=DESK)
    page.goto(path.as_uri(), wait_until="load")
    stops: Counter[str] = Counter()
    while not stops["end"] and stops.total() < MOST_STOPS:
        page.keyboard.press("Tab")
        stops[page.evaluate(_FOCUS)] += 1
    page.close()
    return stops["article"]


# --- the pages -----------------------------------------------------------------------------------------------------


def pairs(ids: Iterable[str]) -> list[tuple[str, ...]]:
    """The 48 pairs."""
    return random.Random(SEED).sample([*itertools.combinations(sorted(ids), 2)], PAIRS)


def six() -> tuple[str, ...]:
    """The models of the documentation's own page of six."""
    found = re.search(r"\{model-compare\} (.+)", SIX.read_text(encoding="utf-8"))
    assert found
    return tuple(found[1].split())


def twelve(catalog: Catalog) -> tuple[str, ...]:
    """The six, and of the others those that were released last."""
    dated = [(held.released.value.first, name) for name, held in catalog.models.items() if held.released.value]
    others = [name for _, name in sorted(dated, reverse=True) if name not in six()]
    return (*six(), *others[:6])


def built(folder: Path, pages: Mapping[str, tuple[Sequence[str], str]]) -> Path:
    """The HTML of a site with these pages: of each its models, and the options of its directive."""
    project = Project(folder).configure(modelcmp_catalog=str(DATA), html_theme="furo")
    names = "".join(f"   {name}\n" for name in pages)
    project.write("index.rst", f"Pages\n=====\n\n.. toctree::\n\n{names}")
    for name, (ids, options) in pages.items():
        project.write(f"{name}.rst", f"{name}\n{'=' * 40}\n\n.. model-compare:: {' '.join(ids)}\n{options}")
    done = project.build("html")
    if done.code or done.stderr:
        message = f"the pages cannot be built: {done.stderr[-2000:]}"
        raise BenchmarkError(message)
    return done.out


def measured(folder: Path) -> Iterator[Measure]:
    """Every measure, in the order of the table."""
    catalog = load_catalog([DATA]).catalog
    chosen = {f"pair-{i:02}": (ids, "") for i, ids in enumerate(pairs(catalog.models), 1)}
    out = built(folder / "pairs", chosen)
    html = {name: (out / f"{name}.html").read_text(encoding="utf-8") for name in chosen}
    yield from measures_of([Reading.of(catalog, ids, html[name]) for name, (ids, _) in chosen.items()])
    large = {
        "flagship": (FLAGSHIP, 7),
        "GPT-5.4 and Claude Opus 4.6": (RIVALS, 10),
        "six models": (six(), 10),
        "twelve models": (twelve(catalog), 20),
    }
    paths = {
        name: built(folder / f"large-{i}", {"page": (ids, "")}) / "page.html"
        for i, (name, (ids, _)) in enumerate(large.items())
    }
    screens, stops = looked_at(paths)
    for name, (_, most) in large.items():
        yield Measure(f"{name}, in screens", screens.get(name), most, "screens")
    yield Measure("tab stops in the article of twelve models", stops, 150)
    table = built(folder / "table", {"page": (sorted(catalog.models), TABLE)}) / "page.html"
    name = f"{len(catalog.models)} models × {len(FIVE_FACTS.split())} facts as one transposed table"
    yield Measure(name, table.stat().st_size / 1000, 90, "kB")


def looked_at(paths: Mapping[str, Path]) -> tuple[dict[str, float], int | None]:
    """The heights of pages and the tab stops of the last one; nothing where the browser is missing."""
    try:
        with chromium.browser() as opened:
            return {name: height(opened, path) for name, path in paths.items()}, tab_stops(
                opened, [*paths.values()][-1]
            )
    except (pytest.skip.Exception, pytest.fail.Exception) as missing:
        sys.stderr.write(f"Screens and tab stops need Chromium, and are left out: {missing}\n")
        return {}, None


# --- the report ----------------------------------------------------------------------------------------------------


def table_of(measures: Iterable[Measure]) -> str:
    """The measures beside their aims."""
    lines = ["| Measure | Today | At most | Met |", "|---|---:|---:|---|"]
    for held in measures:
        most = "" if held.most is None else f"{held.most:g}"
        met = "" if held.most is None or held.value is None else "yes" if held.is_met else "no"
        lines.append(f"| {held.name} | {_value(held)} | {most} | {met} |")
    return "\n".join(lines)


def _value(held: Measure) -> str:
    if held.value is None:
        return "–"
    number = f"{held.value:,.0f}" if held.value >= 100 or held.value == int(held.value) else f"{held.value:.1f}"
    if not held.unit and held.of:
        return f"{held.value:.2f}"
    text = f"{number} {held.unit}".strip()
    return f"{text} of {held.of:,}" if held.of is not None else text


def main(arguments: Sequence[str]) -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.reading", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="the numbers in place of the table")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        try:
            measures = list(measured(Path(folder)))
        except BenchmarkError as error:
            raise SystemExit(str(error)) from error
    text = (
        json.dumps([asdict(held) for held in measures], indent=1, ensure_ascii=False)
        if options.json
        else table_of(measures)
    )
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
