"""What every section is written from: the comparison and the words of one language."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.sections.citations import Citations

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_modelcmp.catalog.records import Catalog, Model, Route
    from sphinx_modelcmp.compare.comparison import Comparison
    from sphinx_modelcmp.sections.words import Words

MANY = 4
"""Above so many models the tables use short figures."""


@dataclass(frozen=True, slots=True)
class Page:
    """One comparison in one language."""

    comparison: Comparison
    words: Words
    citations: Citations = field(default_factory=Citations)

    @property
    def catalog(self) -> Catalog:
        """The catalog."""
        return self.comparison.catalog

    @property
    def models(self) -> tuple[Model, ...]:
        """The models, in the order asked."""
        return self.comparison.models

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

    def names(self, models: Iterable[Model]) -> str:
        """The names of models as a sentence lists them."""
        return self.words.list(model.name for model in models)

    def all_names(self) -> str:
        """The models as a caption says them: by name, or only how many where there are many."""
        return self.say("{number} models", number=len(self.models)) if self.narrow else self.names(self.models)

    def provider(self, name: str) -> str:
        """The name of a provider."""
        return self.catalog.providers[name].name

    def route(self, route: Route) -> str:
        """A route in words: the provider, with the region where one is stated."""
        name = self.provider(route.provider)
        return f"{name} ({route.region})" if route.region else name
