"""What every section is written from: the comparison and the words of one language."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.compare import claims
from sphinx_modelcmp.compare.results import split_results
from sphinx_modelcmp.sections.citations import Citations
from sphinx_modelcmp.sections.prose import inlines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sphinx_modelcmp.catalog.records import Catalog, Model, Route
    from sphinx_modelcmp.compare.claims import Alone, CheaperMonth, Contrast, Leads, Parted, Same
    from sphinx_modelcmp.compare.comparison import Comparison
    from sphinx_modelcmp.compare.costing import MonthlyCost, NoCost
    from sphinx_modelcmp.compare.evidence import Evidence
    from sphinx_modelcmp.compare.results import ApartResult, SharedResult
    from sphinx_modelcmp.sections.blocks import Inline, Said
    from sphinx_modelcmp.sections.words import Words

MANY = 4
"""Above so many models the tables use short figures."""


@dataclass(frozen=True)
class Page:
    """One comparison in one language. What several sections speak of is worked out once."""

    comparison: Comparison
    words: Words
    citations: Citations = field(default_factory=Citations)
    translate: Callable[[str], str] = str
    """What the author's prose is in this language."""
    claims: list[tuple[Evidence, ...]] = field(default_factory=list)
    """The evidence of the sentences written so far: blocks have numbers in its place, so that they are plain data."""

    @property
    def catalog(self) -> Catalog:
        """The catalog."""
        return self.comparison.catalog

    @property
    def models(self) -> tuple[Model, ...]:
        """The models, in the order asked."""
        return self.comparison.models

    @cached_property
    def results(self) -> tuple[tuple[SharedResult, ...], tuple[ApartResult, ...]]:
        """The results that can be compared, and those that stand apart, of the benchmarks asked for."""
        return split_results(self.catalog, self.models, self.comparison.benchmarks)

    @cached_property
    def months(self) -> tuple[MonthlyCost | NoCost, ...]:
        """What a month costs at each model."""
        return claims.months(self.comparison)

    @cached_property
    def cheaper_month(self) -> CheaperMonth | None:
        """The model with the cheapest month."""
        return claims.cheaper_month(self.comparison, self.months)

    @cached_property
    def leads(self) -> tuple[Leads, ...]:
        """The built-in rows with one leader."""
        return claims.leads(self.comparison)

    @cached_property
    def same(self) -> tuple[Same, ...]:
        """The rows that say the same of every model."""
        return claims.same(self.comparison)

    @cached_property
    def contrasts(self) -> tuple[Contrast, ...]:
        """The rows without a better end that are not the same of every model."""
        return claims.contrasts(self.comparison)

    @cached_property
    def disagreements(self) -> tuple[Parted, ...]:
        """The capabilities that some models have and some lack."""
        return claims.disagreements(self.comparison)

    @cached_property
    def alone(self) -> tuple[Alone, ...]:
        """The capabilities that one model has and all others lack."""
        return claims.alone(self.comparison, self.disagreements)

    @property
    def is_single(self) -> bool:
        """Whether one model stands alone, and nothing can be set against it."""
        return len(self.models) == 1

    @property
    def narrow(self) -> bool:
        """Whether there are so many columns that figures must be short."""
        return len(self.models) > MANY

    def say(self, phrase: str, /, **values: Any) -> str:
        """A phrase in the page's language, with its values set in."""
        return self.words.say(phrase).format(**values)

    def count(self, one: str, many: str, number: int, /, **values: Any) -> str:
        """A phrase that depends on a number."""
        return self.words.count(one, many, number).format(number=self.words.number(number), **values)

    def prose(self, text: str) -> tuple[Inline, ...]:
        """What the author writes, in the page's language."""
        return inlines(self.translate(text))

    def names(self, models: Iterable[Model]) -> str:
        """The names of models as a sentence lists them."""
        return self.words.list(model.name for model in models)

    def all_names(self) -> str:
        """The models as a caption says them: by name, or only how many where there are many."""
        if not self.narrow:
            return self.names(self.models)
        return self.count("{number} model", "{number} models", len(self.models))

    def evidence(self, said: Said) -> tuple[Evidence, ...]:
        """The facts that a sentence rests on."""
        return () if said.claim is None else self.claims[said.claim]

    def provider(self, name: str) -> str:
        """The name of a provider."""
        return self.catalog.providers[name].name

    def route(self, route: Route) -> str:
        """A route in words: the provider, with the region where one is stated."""
        name = self.provider(route.provider)
        return self.aside(name, *([route.region] if route.region else []))

    def aside(self, said: str, *asides: str) -> str:
        """What is said, with asides in brackets where there are any."""
        return self.say("{value} ({asides})", value=said, asides=self.words.comma.join(asides)) if asides else said

    def labelled(self, label: str, text: str = "") -> str:
        """A text behind what it is about; without one, what stands before a text that is more than a string."""
        return self.say("{label}: {text}", label=label, text=text)
