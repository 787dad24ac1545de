"""What a built page says, as its reader gets it: its sentences and rows, and the facts of the catalog that each names.

Only HTML is read: nothing here asks the package what it meant to say. A sentence or row is a ``Unit``; a fact is a
figure or a flag, keyed by its model, field and route. A figure is known by its value: it stands for the fact of a model
on the page that has this value in the catalog, whatever words are around it. Words decide only between several facts
of the same value.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

from sphinx_modelcmp.api import MonthlyCost, Request, Settings, compare, monthly_cost
from sphinx_modelcmp.catalog.records import LIMITS, Parameters
from sphinx_modelcmp.catalog.scalars import PartialDate
from sphinx_modelcmp.catalog.vocabulary import Scale
from sphinx_modelcmp.compare.bill import Assumption

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx_modelcmp.catalog.records import Catalog, Lifecycle, Model, Price, Result, Route
    from sphinx_modelcmp.catalog.records import Fact as Stated

WORDS: dict[str, tuple[str, ...]] = {
    # Of a row: a cell that holds no value. `n/a`, undisclosed and “not priced” are values.
    "no value": (r"", r"[-–—?]", r"unknown", r"not verified", r"untested", r"no source says\.?"),
    # Of the first sentence: the model before such a word is the cheaper one, or the dearer one.
    "cheaper": (
        r"less",
        r"cheaper",
        r"cheapest",
        r"least",
        r"lower",
        r"half",
        r"saves?",
        r"an? (?:third|quarter|fifth|sixth|seventh|eighth|ninth|tenth|\d+th)",
    ),
    "dearer": (r"more", r"dearer", r"dearest", r"most", r"higher", r"as much", r"twice", r"double"),
    # Ratios in words: what the cheaper one costs of the other is the inverse.
    "times 2": (r"half", r"twice", r"doubles?", r"halves"),
    "times 3": (r"an? third", r"three times"),
    "times 4": (r"an? quarter", r"four times"),
    "times 5": (r"an? fifth", r"five times"),
    "times 6": (r"an? sixth", r"six times"),
    "times 7": (r"an? seventh", r"seven times"),
    "times 8": (r"an? eighth", r"eight times"),
    "times 9": (r"an? ninth", r"nine times"),
    "times 10": (r"an? tenth", r"ten times"),
    # Of reasons: the model named after it is recommended.
    "choose": (r"choose",),
    # An item of the trade-offs that puts nobody ahead, though it names a model first.
    "level": (r"tie", r"are level", r"cannot be told apart", r"about the same", r"sources (?:disagree|give|say)"),
    # Nothing speaks for a model: for the one named behind it, or under whose heading it stands, else for all.
    "no reason": (r"nothing\b.*\bspeaks for", r"no (?:fact|reason)\b", r"nothing\b.*\bseparates", r"do different jobs"),
    # Words that tell facts of one value apart; other facts go by the words of their key in the catalog.
    "released": (r"released?", r"newer", r"older"),
    "knowledge_cutoff": (r"knowledge", r"trained", r"knows"),
    "max_output": (r"output", r"answers?", r"longest"),
    "input": (r"input", r"reads", r"in"),
    "output": (r"output", r"writes", r"out"),
    "month": (r"months?", r"monthly", r"costs?", r"bill"),
    # Flags go by the words of their key; these have others, too.
    "ide_integration": (r"integration with an IDE", r"IDE integration"),
    "multimodal": (r"multimodal(?: input)?",),
    "structured_outputs": (r"structured outputs?",),
    "web_search": (r"searches the web", r"searching the web", r"web search"),
    # Whoever has a flag in a sentence that names no model.
    "everybody": (r"both", r"all", r"they", r"each"),
    # What stands between a figure and the model behind it that it belongs to.
    "of": (r"for", r"with", r"of", r"by", r"at"),
    # Between two figures of the same field: a ratio said as a share, or as times.
    "percent less": (r"less", r"cheaper", r"lower", r"more", r"dearer", r"higher"),
    "times": (r"times", r"×", r"x", r"-fold"),
}
"""Every English word that the measures depend on, as regular expressions: a page worded anew may need another."""

SECTIONS = (
    *("summary", "scorecard", "tradeoffs", "cost", "switching", "specs", "pricing", "capabilities", "benchmarks"),
    *("deep-dive", "faq", "related", "sources"),
)
"""The sections that the directive can write, by their names in its option; each is a class in HTML."""
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "dt", "summary")
_UNSEEN = ("script", "template", "style", "caption", "figcaption", "nav", "form", "button")
_DROPPED = ("headerlink", "modelcmp-source", "modelcmp-note", "modelcmp-unseen", "modelcmp-key")
_INLINE = ("a", "abbr", "b", "code", "em", "i", "span", "strong", "sub", "sup", "small", "mark", "data", "time")
_PROSE = ("p", "li", "dd", "div", "blockquote")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^\s\da-z])")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<{0}>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_FIGURE = re.compile(
    r"(?P<iso>\b\d{4}-\d{2}(?:-\d{2})?\b)"
    rf"|(?:{_MONTH.format('month')} (?:(?P<day>\d{{1,2}}), )?(?P<year>\d{{4}})\b)"
    rf"|(?:\b(?P<day2>\d{{1,2}}) {_MONTH.format('month2')} (?P<year2>\d{{4}})\b)"
    r"|(?P<money>[$€£¥])?\s?(?<![\w.])(?P<number>\d[\d,]*(?:\.\d+)?)(?:\s?(?P<suffix>[kKMBT])\b)?(?P<percent>\s?%)?"
)
_SUFFIXES = {"": 1, "k": 10**3, "K": 10**3, "M": 10**6, "B": 10**9, "T": 10**12}
MODEL_FIGURES = (*LIMITS, "parameters", "released", "knowledge_cutoff")
"""The facts of a model that are figures."""
_LEAST_COUNT = 1000
"""Smaller numbers without a unit count something else: models, benchmarks, notes."""


def words(name: str) -> re.Pattern[str]:
    """One row of the table above, as a pattern of whole words."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(WORDS[name])})(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row, with the words above and beside it."""

    text: str
    column: str = ""
    row: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, or the row of a table."""

    section: str
    text: str
    heading: str = ""
    """The nearest heading, term or label above it."""
    is_item: bool = False
    """True in a list."""
    is_notice: bool = False
    """True in an admonition."""
    cells: tuple[Cell, ...] = ()
    """Of a row."""

    @property
    def has_value(self) -> bool:
        """True of a row in which something is known."""
        none = re.compile(rf"(?:{'|'.join(WORDS['no value'])})", re.IGNORECASE)
        return any(not none.fullmatch(cell.text) for cell in self.cells)


# --- a page, taken apart -------------------------------------------------------------------------------------------


def units_of(html: str) -> list[Unit]:
    """Everything that the comparisons of a page say, in its order."""
    page = BeautifulSoup(html, "html.parser")
    article = page.find("article") or page
    for tag in article.find_all(_is_unseen):
        tag.decompose()
    return list(_units(article))


def _is_unseen(tag: Tag) -> bool:
    """True of what is no part of the text; the place that a source is linked by holds nothing."""
    return tag.name in _UNSEEN or not {*_DROPPED}.isdisjoint(_classes(tag))


def _units(article: Tag) -> Iterator[Unit]:
    above: list[tuple[Tag | None, str]] = []
    for tag in article.find_all(True):
        holders = [*tag.parents]
        while above and not any(above[-1][0] is holder for holder in holders):
            above.pop()
        section = _section(tag)
        if _is_heading(tag):
            # A heading is that of what follows below the same parent, until the next one there.
            above = [*(item for item in above if item[0] is not tag.parent), (tag.parent, text_of(tag))]
        elif section and tag.name == "tr" and tag.find("td"):
            cells = tuple(_cells(tag))
            text = " | ".join((*dict.fromkeys(cell.row for cell in cells), *(cell.text for cell in cells)))
            yield Unit(section, text, cells=cells)
        elif section and (text := _prose(tag)):
            is_item = tag.name == "li" or tag.find_parent("li") is not None
            is_notice = tag.find_parent(class_="admonition") is not None
            heading = above[-1][1] if above else ""
            for sentence in _SENTENCE.split(text):
                yield Unit(section, sentence, heading, is_item, is_notice)


def _section(tag: Tag) -> str:
    """The innermost section that an element stands in."""
    for holder in (tag, *tag.parents):
        names = _classes(holder)
        if "modelcmp" in names and (found := [name for name in SECTIONS if f"modelcmp-{name}" in names]):
            return found[0]
    return ""


def _classes(tag: Tag) -> list[str]:
    found = tag.get("class")
    return list(found) if isinstance(found, list) else []


def _is_heading(tag: Tag) -> bool:
    if tag.name in HEADINGS or "rubric" in _classes(tag):
        return True
    text = text_of(tag) if tag.name == "p" else ""
    strong = tag.find("strong", recursive=False) if text else None
    return isinstance(strong, Tag) and text_of(strong) == text and text[-1] not in ".!?"


def _prose(tag: Tag) -> str:
    """The words that an element holds itself, outside of tables."""
    if tag.name not in _PROSE or tag.find_parent("table") or "admonition-title" in _classes(tag):
        return ""
    own = [child for child in tag.children if not isinstance(child, Tag) or child.name in _INLINE]
    return _joined(part for child in own for part in (child, *(child.descendants if isinstance(child, Tag) else ())))


def text_of(tag: Tag) -> str:
    """The words of an element, with single spaces."""
    return _joined(tag.descendants)


def _joined(parts: Iterable[PageElement]) -> str:
    """Words and elements in the order of the page: what is no part of a line parts words."""
    return " ".join("".join(map(_word, parts)).split())


def _word(part: PageElement) -> str:
    if isinstance(part, Tag):
        return "" if part.name in _INLINE else " "
    return str(part) if type(part) is NavigableString else ""  # comments are strings of a class of their own


def _cells(row: Tag) -> Iterator[Cell]:
    table = row.find_parent("table")
    head = table.find("thead") if isinstance(table, Tag) else None
    columns = [text_of(cell) for cell in head.find_all("th")] if isinstance(head, Tag) else []
    label = " ".join(text_of(cell) for cell in row.find_all("th"))
    for i, cell in enumerate(row.find_all(["th", "td"], recursive=False)):
        if cell.name == "td":
            yield Cell(text_of(cell), columns[i] if i < len(columns) else "", label)


# --- the facts of a catalog ----------------------------------------------------------------------------------------


class Fact(NamedTuple):
    """A fact that a page can name. The route is empty of what holds at all of them."""

    model: str
    field: str
    route: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A value in the catalog, and what tells it from others of the same value."""

    fact: Fact
    kind: str
    """count, money, date, score or flag."""
    value: Any
    place: str = ""
    """The provider, or the benchmark."""
    conditions: tuple[str, ...] = ()
    """Words that have to stand beside it, or it is another one that is meant."""


class Facts:
    """The facts of the models of a page, and what a unit of its text names of them."""

    def __init__(self, catalog: Catalog, ids: Sequence[str]) -> None:
        self.catalog = catalog
        comparison = compare(catalog, Request(models=tuple(ids)), Settings()).comparison
        assert comparison
        self.comparison = comparison
        self.models = comparison.models
        costs = {model.id: monthly_cost(catalog, model, comparison.traffic, comparison.day) for model in self.models}
        totals = {name: cost for name, cost in costs.items() if isinstance(cost, MonthlyCost) and cost.is_complete}
        self.months = {name: totals[name].total if name in totals else None for name in costs}
        # Totals with and without an output are for different jobs, and no ratio is due between them.
        unasked = Assumption.OUTPUT_NOT_COUNTED
        self.totals = {(cost.currency, unasked in cost.assumptions) for cost in totals.values()}
        self.known = [known for model in self.models for known in self._of(model)]
        names = {name: model.id for model in self.models for name in (model.id, *model.aliases, model.name)}
        self._ids = {name.casefold(): held for name, held in names.items()}
        self._names = _either(names)
        # A name with digits is no figure.
        others = {model.name for model in catalog.models.values()} | {held.title for held in catalog.sources.values()}
        tables = (catalog.benchmarks, catalog.providers)
        self._others = _either(others | {held.name for table in tables for held in table.values()})

    def _of(self, model: Model) -> Iterator[Known]:
        for name in MODEL_FIGURES:
            yield from _values(Fact(model.id, name), getattr(model, name))
        for name in self.catalog.fields:
            if held := model.house.get(name):
                yield from _values(Fact(model.id, name), held)
        for name in self._capabilities:
            if model.capability(name).known:
                yield Known(Fact(model.id, name), "flag", None)
        if (month := self.months[model.id]) is not None:
            yield Known(Fact(model.id, "month"), "money", month)
        yield from _ends(model.id, "", model.lifecycle)
        yield from (self._score(model, result) for result in model.results)
        for route in itertools.chain.from_iterable(reading.value or () for reading in model.routes.readings):
            yield from self._prices(model, route)

    @cached_property
    def _capabilities(self) -> set[str]:
        """The flags that models of the catalog state, or imply."""
        stated = {name for model in self.catalog.models.values() for name in model.capabilities}
        return stated | {"vision", "multimodal"}

    def _score(self, model: Model, result: Result) -> Known:
        settings = [getattr(result, name) for name in ("version", "split", "metric", "harness", "variant", "tools")]
        held = self.catalog.benchmarks[result.benchmark]
        value = result.score * 100 if held.scale is Scale.FRACTION else result.score
        fact = Fact(model.id, result.benchmark, "/".join(str(word or "") for word in settings))
        return Known(fact, "score", value, held.name, tuple(str(word) for word in settings if word))

    def _prices(self, model: Model, route: Route) -> Iterator[Known]:
        provider = self.catalog.providers[route.provider].name
        place = f"{route.provider}/{route.region or ''}"
        yield from _ends(model.id, place, route.lifecycle)
        for name in LIMITS:
            yield from _values(Fact(model.id, name), getattr(route, name))
        for reading in route.prices.readings:
            for price in reading.value or ():
                conditions = tuple(_conditions(price, route))
                for component, amount in price.components.items():
                    fact = Fact(model.id, component, "/".join((route.provider, *conditions)))
                    yield Known(fact, "money", amount, provider, conditions)

    # --- what a text names ---

    def named(self, text: str) -> list[str]:
        """The models that a text names, by id, in the order of their first places."""
        return list(dict.fromkeys(self._ids[found[0].casefold()] for found in self._names.finditer(text)))

    def places(self, text: str) -> list[tuple[int, int, str]]:
        """Where a text names models: from, to, id."""
        return [(found.start(), found.end(), self._ids[found[0].casefold()]) for found in self._names.finditer(text)]

    def of_unit(self, unit: Unit) -> frozenset[Fact]:
        """The facts that a sentence or a row names."""
        if unit.cells:
            return frozenset(fact for cell in unit.cells for fact in self._of_cell(unit, cell))
        everybody = [model.id for model in self.models]
        named = self.named(unit.text) or self.named(unit.heading)
        found = {*self._figures(unit.text, unit.text, named or everybody)}
        # The name of a capability is a word like any other where nobody is said to have it.
        owners = named or (everybody if words("everybody").search(unit.text) else [])
        return frozenset(found | {*self._flags(self._others.sub(_blank, unit.text), owners)})

    def _of_cell(self, unit: Unit, cell: Cell) -> Iterator[Fact]:
        if not Unit("", "", cells=(cell,)).has_value:
            return
        beside = [self.named(text) for text in (cell.column, cell.row, *(other.text for other in unit.cells))]
        named = next((ids for ids in beside if len(ids) == 1), [model.id for model in self.models])
        context = f"{cell.column} {cell.row} {unit.text}"
        yield from self._figures(cell.text, context, named, label=f"{cell.column} {cell.row}")
        labels = (cell.column, cell.row)
        yield from self._flags(" ".join(label for label in labels if not self.named(label)), named, is_label=True)

    def _flags(self, text: str, named: Iterable[str], *, is_label: bool = False) -> Iterator[Fact]:
        held = {*named}
        for known in self.known:
            if known.kind == "flag" and known.fact.model in held:
                pattern = self._flag_names[known.fact.field]
                if pattern.fullmatch(text) if is_label else pattern.search(text):
                    yield known.fact

    @cached_property
    def _flag_names(self) -> dict[str, re.Pattern[str]]:
        return {name: self._flag(name) for name in {known.fact.field for known in self.known if known.kind == "flag"}}

    def _flag(self, name: str) -> re.Pattern[str]:
        label = self.catalog.fields[name].label if name in self.catalog.fields else name.replace("_", " ")
        return re.compile(rf"\b(?:{'|'.join((*WORDS.get(name, ()), re.escape(label)))})\b", re.IGNORECASE)

    def _figures(self, text: str, context: str, named: Sequence[str], label: str = "") -> Iterator[Fact]:
        places = self.places(text)
        blank = self._others.sub(_blank, self._names.sub(_blank, text))
        for found in _FIGURE.finditer(blank):
            figure = Figure.of(found)
            meant = [item for item in self.known if item.fact.model in named and figure.means(item)]
            meant = [item for item in meant if item.kind != "score" or item.place.casefold() in context.casefold()]
            if not meant:
                yield from self._ratio(figure, blank[found.end() :], context, named)
                continue
            owner = _owner(found, places, text)
            marks = {item: _likelihood(item, context, label, owner) for item in meant}
            best = max(marks.values())
            likely = [item.fact for item in meant if marks[item] == best]
            # Without a word that says whose it is a figure is said of every model that has it: once of each.
            yield from {fact.model: fact for fact in reversed(likely)}.values()

    def _ratio(self, figure: Figure, behind: str, context: str, named: Sequence[str]) -> Iterator[Fact]:
        """Both months, where a figure is their difference or their ratio: it says them again."""
        held = [(name, month) for name, month in self.months.items() if month]
        for (low, least), (high, most) in itertools.permutations(held, 2):
            is_named = low in named or high in named
            if is_named and least < most and figure.compares(float(least), float(most), behind, context):
                yield from (Fact(low, "month"), Fact(high, "month"))
                return


def _values(fact: Fact, held: Stated[Any]) -> Iterator[Known]:
    """Every value that sources give of a fact: a figure is the same fact, whoever is right."""
    for reading in held.readings:
        match reading.value:
            case None | bool() | str() | tuple():
                pass
            case PartialDate() as date:
                yield Known(fact, "date", date)
            case Parameters(total=total, active=active):
                yield Known(fact, "count", total)
                if active is not None:
                    yield Known(Fact(fact.model, "parameters", "active"), "count", active)
            case count:
                yield Known(fact, "count", count)


def _ends(model: str, place: str, held: Lifecycle | None) -> Iterator[Known]:
    for name in ("deprecated", "shutdown"):
        if held and (date := getattr(held, name)):
            yield Known(Fact(model, name, place), "date", date)


def _conditions(price: Price, route: Route) -> Iterator[str]:
    held = price.conditions
    if region := held.region or route.region:
        yield region
    if held.service:
        yield held.service.value
    if held.input_above:
        yield f"{held.input_above:,}"
    if held.hours:
        yield str(held.hours.start)


def _either(names: Iterable[str]) -> re.Pattern[str]:
    """Any of some names, the longest first: GPT-5.4 is no part of GPT-5.4 mini."""
    ordered = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, ordered)) or '(?!)'})(?![\w-]|\.\d)", re.IGNORECASE)


def _blank(found: re.Match[str]) -> str:
    return "_" * len(found[0])


# --- figures -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Figure:
    """A number or a date in a text."""

    kind: str
    value: float = 0
    step: float = 0
    """What its last digit counts."""
    is_rounded: bool = False
    """True with a suffix, as in 1.05M, which some round down."""
    date: tuple[int, ...] = ()
    """The year, with month and day where they are given."""

    @classmethod
    def of(cls, found: re.Match[str]) -> Figure:
        """What was found in a text."""
        if found["iso"]:
            return cls("date", date=tuple(map(int, found["iso"].split("-"))))
        if month := found["month"] or found["month2"]:
            day = found["day"] or found["day2"]
            parts = (
                int(found["year"] or found["year2"]),
                _MONTHS.index(month.lower()) + 1,
                *([int(day)] if day else []),
            )
            return cls("date", date=parts)
        text, suffix = found["number"].replace(",", ""), found["suffix"] or ""
        step = _SUFFIXES[suffix] / 10 ** len(text.partition(".")[2])
        kind = "money" if found["money"] else "percent" if found["percent"] else "count"
        return cls(kind, float(text) * _SUFFIXES[suffix], step, bool(suffix))

    def means(self, known: Known) -> bool:
        """True if it is how one writes this value."""
        if known.kind == "date" or self.kind == "date":
            return known.kind == self.kind and self._is_date(known.value)
        if known.kind == "flag":
            return False
        is_near = abs(self.value - float(known.value)) <= self.step * (1 if self.is_rounded else 0.5) * 1.0001
        if known.kind == "score":
            return is_near and self.kind != "money"
        if known.kind == "count":
            return is_near and self.kind == "count" and (self.is_rounded or self.value >= _LEAST_COUNT)
        return is_near and self.kind == "money"

    def _is_date(self, date: PartialDate) -> bool:
        parts = [part for part in (date.year, date.month, date.day) if part]
        return all(said == true for said, true in zip(self.date, parts, strict=False))

    def compares(self, low: float, high: float, behind: str, context: str) -> bool:
        """True if it is the difference of two amounts, or their ratio with the word that says so."""
        if self.kind == "money":
            return abs(self.value - (high - low)) <= self.step / 2
        if not words("month").search(context):
            return False
        if self.kind == "percent" and words("percent less").match(behind.lstrip()):
            return is_share(self.value, low, high, self.step)
        return bool(words("times").match(behind.lstrip())) and is_ratio(self.value, high / low, self.step)


def is_share(said: float, low: float, high: float, step: float) -> bool:
    """True if a figure is by how many percent the one is less, or the other more."""
    return is_ratio(said, 100 * (1 - low / high), step) or is_ratio(said, 100 * (high / low - 1), step)


def is_ratio(said: float, true: float, step: float) -> bool:
    """True if a figure is this ratio, rounded to its last digit."""
    return abs(said - true) <= step * 0.5001


def _owner(figure: re.Match[str], places: Sequence[tuple[int, int, str]], text: str) -> str:
    """The model that a figure of a sentence belongs to: one right behind it, else the nearest before it."""
    link = re.compile(rf"\W*(?:{'|'.join(WORDS['of'])})?\W*", re.IGNORECASE)
    for start, _, name in places:
        if (
            start >= figure.end()
            and link.fullmatch(text[figure.end() : start])
            and "," not in text[figure.end() : start]
        ):
            return name
    before = [name for _, end, name in places if end <= figure.start()]
    return before[-1] if before else ""


def _likelihood(known: Known, context: str, label: str, owner: str) -> float:
    """How well a fact fits the words around its value: whose it is counts most, then where, when and what."""
    held = context.casefold()
    mark = 4.0 * (known.fact.model == owner)
    mark += 2.0 * bool(known.place and known.place.casefold() in held)
    mark += sum(2.0 if word.casefold() in held else -2.0 for word in known.conditions)
    field = known.fact.field
    pattern = words(field) if field in WORDS else None
    parts = field.split("_")
    for text, weight in ((label, 3.0), (context, 1.0)):
        if text:
            hits = sum(part in text.casefold() for part in parts)
            mark += weight * (2 * hits - len(parts)) / len(parts)
            mark += weight * bool(pattern and pattern.search(text))
    return mark
