"""The page of one comparison in one language: the source of every section."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_modelcmp.catalog.records import Model, Route
from sphinx_modelcmp.catalog.scalars import PartialDate
from sphinx_modelcmp.compare import claims
from sphinx_modelcmp.compare.costing import MonthlyCost, NoCost, comparable
from sphinx_modelcmp.compare.evidence import Evidence
from sphinx_modelcmp.compare.readings import monthly_costs
from sphinx_modelcmp.compare.results import split_results
from sphinx_modelcmp.plan.opening import Opening, opening
from sphinx_modelcmp.plan.reasons import Reason, reasons
from sphinx_modelcmp.plan.turns import Turn, turns
from sphinx_modelcmp.sections.citations import Citations
from sphinx_modelcmp.sections.labels import LEGEND, ROWS
from sphinx_modelcmp.sections.prose import inlines

if TYPE_CHECKING:
    from sphinx_modelcmp.catalog.records import Catalog
    from sphinx_modelcmp.compare.claims import CheaperMonth, Contrast, Move, OfRow, Parted
    from sphinx_modelcmp.compare.comparison import Comparison
    from sphinx_modelcmp.compare.results import ApartResult, SharedResult
    from sphinx_modelcmp.sections.blocks import Block, Inline, Said
    from sphinx_modelcmp.sections.language import Language

MANY = 4
"""Above this number of models the tables use short figures."""


@dataclass(frozen=True)
class Page:
    """One comparison in one language. Claims and costs that several sections need are worked out once."""

    comparison: Comparison
    words: Language
    translate: Callable[[str], str] = str
    """From the author's prose to the same in this language."""
    claims: list[tuple[Evidence, ...]] = field(default_factory=list)
    """The evidence of the sentences written so far: blocks have numbers in its place, so that they are plain data."""
    disputes: set[tuple[str, str]] = field(default_factory=set)
    """The disputed facts that the page has named so far, by model and row: each is named once."""
    explained: dict[str, str] = field(default_factory=dict)
    """The words in place of a figure that the page has said so far, each with its key in ``LEGEND``."""

    @property
    def catalog(self) -> Catalog:
        """The catalog."""
        return self.comparison.catalog

    @property
    def models(self) -> tuple[Model, ...]:
        """The models, in the order asked."""
        return self.comparison.models

    @cached_property
    def citations(self) -> Citations:
        """The numbered sources."""
        return Citations(self.comparison)

    @cached_property
    def results(self) -> tuple[tuple[SharedResult, ...], tuple[ApartResult, ...]]:
        """Comparable results, and those that are not, of the benchmarks asked for."""
        return split_results(self.catalog, self.models, self.comparison.benchmarks, self.comparison.day)

    @cached_property
    def months(self) -> tuple[MonthlyCost | NoCost, ...]:
        """The monthly cost at each model."""
        return claims.months(self.comparison)

    @cached_property
    def totals(self) -> tuple[MonthlyCost, ...]:
        """The months that have a total."""
        return tuple(cost for cost in self.months if isinstance(cost, MonthlyCost))

    @cached_property
    def ranked(self) -> dict[str, MonthlyCost]:
        """Complete, undisputed totals in a common currency by the id of their model; empty unless there are several."""
        whole = [cost for cost in self.totals if cost.is_complete and cost.model.id not in self.disputed]
        are_alike = comparable(self.catalog, self.totals, self.comparison.day)
        compared = comparable(self.catalog, whole, self.comparison.day) if are_alike else ()
        return {cost.model.id: cost for cost in compared} if len(compared) > 1 else {}

    @cached_property
    def disputed(self) -> frozenset[str]:
        """The ids of the models whose month depends on which of the equally ranked readings is right."""
        sides = zip(self.models, self.months, strict=True)
        return frozenset(model.id for model, cost in sides if not self._is_settled(model, cost))

    def _is_settled(self, model: Model, shown: MonthlyCost | NoCost) -> bool:
        costs = monthly_costs(self.catalog, model, self.comparison.traffic, self.comparison.day, shown)
        totals = {(cost.total, cost.currency) if isinstance(cost, MonthlyCost) else None for cost in costs}
        return len(totals) == 1

    @cached_property
    def cheaper_month(self) -> CheaperMonth | None:
        """The model with the cheapest month."""
        return claims.cheaper_month(self.comparison, self.months)

    @cached_property
    def opening(self) -> Opening:
        """What the page opens with."""
        return opening(self.comparison, self.months, self.cheaper_month)

    @property
    def move_month(self) -> CheaperMonth | None:
        """The months that the first sentence on a model and its successor tells; none that a source denies."""
        month = self.opening.month if self.opening.migration and not self.disputed else None
        return month if isinstance(month, claims.CheaperMonth) else None

    @cached_property
    def reasons(self) -> dict[str, tuple[Reason, ...]]:
        """The reasons for each living model by its id, the heaviest first."""
        month = self.opening.month
        return reasons(self.comparison, month if isinstance(month, claims.CheaperMonth) else None)

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        """The workloads at which the answer of the page is another one."""
        return turns(self.comparison, self.opening.month)

    def is_whole(self, claim: OfRow) -> bool:
        """True if a claim is about every living model."""
        return len(claim.models) == len(self.comparison.living)

    @cached_property
    def contrasts(self) -> tuple[Contrast, ...]:
        """The rows without a better end whose values differ."""
        return claims.contrasts(self.comparison)

    @cached_property
    def disagreements(self) -> tuple[Parted, ...]:
        """The capabilities that some models have and some lack."""
        return claims.disagreements(self.comparison)

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """The moves between the first model and the others."""
        return claims.moves(self.comparison)

    @property
    def is_single(self) -> bool:
        """True for a single model, which has nothing to be compared to."""
        return len(self.models) == 1

    @property
    def narrow(self) -> bool:
        """True if there are too many columns for long figures."""
        return len(self.models) > MANY

    def say(self, phrase: str, /, **values: object) -> str:
        """A phrase in the page's language, with its values worded and set in."""
        return self.words.say(phrase).format(**{name: self._worded(value) for name, value in values.items()})

    def word(self, name: str, own: str = "") -> str:
        """A word of ``LEGEND`` in place of a figure, or the house's own for it. The legend explains it."""
        said = own or self.say(LEGEND[name].label)
        self.explained[said] = name
        return said

    def count(self, one: str, many: str, number: int, /, **values: object) -> str:
        """A phrase that depends on a number, otherwise as ``say``."""
        worded = {name: self._worded(value) for name, value in values.items()}
        return self.words.count(one, many, number).format(number=self.words.number(number), **worded)

    def _worded(self, value: object) -> str:  # noqa: C901 - one return a kind of value
        """A value as a sentence has it: text as it is, models by name, numbers in full, several as a list."""
        match value:
            case str():
                return value
            case int() | Decimal():
                return self.words.number(value)
            case Model():
                return self.name(value)
            case Evidence():
                return self.name(value.model)
            case Route():
                return self.route(value)
            case MonthlyCost():
                return self.words.money(value.total, value.currency)
            case PartialDate():
                return self.words.date(value)
            case datetime.date():
                return self.words.day(value)
            case Iterable():
                return self.words.list(map(self._worded, value))
            case _:
                raise TypeError(value)

    def evidence(self, said: Said) -> tuple[Evidence, ...]:
        """The facts that a sentence rests on."""
        return () if said.claim is None else self.claims[said.claim]

    def prose(self, text: str) -> tuple[Inline, ...]:
        """The author's text, in the page's language."""
        return inlines(self.translate(text))

    def plain(self, text: str | None) -> str:
        """The author's text without marks, in the page's language."""
        return "".join(inline.text for inline in self.prose(text)) if text else ""

    def label(self, field: str) -> str:
        """The name of a row: the house's own label, or ours."""
        house = self.catalog.fields.get(field)
        return self.translate(house.label) if house else self.words.say(ROWS[field].label)

    def in_sentence(self, field: str) -> str:
        """The name of a row within a sentence. Of a house's own label only English makes the first letter small."""
        house = self.catalog.fields.get(field)
        if not house:
            return self.words.say(ROWS[field].in_sentence)
        if house.in_sentence:
            return self.translate(house.in_sentence)
        label = self.translate(house.label)
        is_acronym = label[:2].isupper() or self.words.locale.language != "en"
        return label if is_acronym else label[:1].lower() + label[1:]

    def name(self, model: Model) -> str:
        """The name of a model; of two that have one name, with the maker or else the id."""
        alike = [other for other in self.models if other.name == model.name and other.id != model.id]
        if not alike:
            return model.name
        maker = model.organization.value
        is_telling = maker is not None and all(other.organization.value not in {maker, None} for other in alike)
        return self.aside(model.name, self.catalog.organizations[maker].name if maker and is_telling else model.id)

    def names(self, models: Iterable[Model]) -> str:
        """The names of models as a sentence lists them."""
        return self.words.list(map(self.name, models))

    def either(self) -> str:
        """The models as a question has them: ``A, B or C``."""
        return self.words.either(map(self.name, self.models))

    def all_names(self) -> str:
        """The models as a caption has them: by name, or only their number where there are many."""
        if not self.narrow:
            return self.names(self.models)
        return self.count("{number} model", "{number} models", len(self.models))

    def provider(self, name: str) -> str:
        """The name of a provider."""
        return self.catalog.providers[name].name

    def route(self, route: Route) -> str:
        """A route in words: the provider, the region where one is stated, and the id where another reads alike."""
        return self._at(route, self._sign(route))

    def place(self, route: Route) -> str:
        """A route as where its id is given apart."""
        sign = self._sign(route)
        return self._at(route, "" if sign == route.id else sign)

    def _at(self, route: Route, sign: str) -> str:
        return self.aside(self.provider(route.provider), *filter(None, (route.region, sign)))

    def _sign(self, route: Route) -> str:
        # A claim may have a copy of a route, with the price list of another source.
        return self._signs.get(id(route)) or self._signs.get((route.provider, route.region, route.id), "")

    @cached_property
    def _signs(self) -> dict[object, str]:
        """The id, or else the number, of each route that shares its provider and region with another of its model."""
        found: dict[object, str] = {}
        for said in (said for model in self.models for said in model.routes.readings):
            routes = said.value or ()
            for route in routes:
                alike = [one for one in routes if (one.provider, one.region) == (route.provider, route.region)]
                if len(alike) > 1:
                    ids = [one.id for one in alike]
                    number = next(i for i, one in enumerate(alike, 1) if one is route)
                    found[id(route)] = route.id if route.id and ids.count(route.id) == 1 else f"#{number}"
                    if route.id:
                        found.setdefault((route.provider, route.region, route.id), found[id(route)])
        return found

    def aside(self, said: str, *asides: str) -> str:
        """A text with asides in brackets, if there are any."""
        return self.say("{value} ({asides})", value=said, asides=self.words.comma.join(asides)) if asides else said

    def labelled(self, label: str, text: str = "") -> str:
        """A text after its label; without a text, the label with its colon, for content that is more than a string."""
        return self.say("{label}: {text}", label=label, text=text)

    @property
    def foreign_names(self) -> tuple[tuple[str, str], ...]:
        """Names on the page that the catalog says are in another language, each with the tag of that language."""
        own = _primary(self.words.language.replace("_", "-"))
        return tuple(sorted({name: lang for name, lang in self._named() if lang and _primary(lang) != own}.items()))

    def _named(self) -> Iterator[tuple[str, str | None]]:
        """The models and all that they name, each with the tag of its language where one is stated."""
        catalog = self.catalog
        for model in self.models:
            named: list[Any] = [model, catalog.models.get(model.lifecycle.successor or "") if model.lifecycle else None]
            named += [catalog.organizations.get(maker.value or "") for maker in model.organization.readings]
            named += [catalog.licenses.get(terms.value or "") for terms in model.license.readings]
            named += [catalog.providers.get(route.provider) for route in model.routes.value or ()]
            named += [catalog.benchmarks.get(result.benchmark) for result in model.results]
            yield from ((entry.name, entry.lang) for entry in named if entry)
        yield from ((used.source.title, used.source.lang) for used in self.citations.entries)


def _primary(tag: str) -> str:
    return tag.partition("-")[0].lower()


class SectionKind(NamedTuple):
    """One kind of section: its title, and the function that writes its blocks, none where it has nothing to say."""

    title: str
    build: Callable[[Page], tuple[Block, ...]]
