"""What was measured, as data that can be kept."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Sample:
    """What one process, with all that it has started, has cost."""

    cpu: float
    """Seconds of user and system time."""
    wall: float
    """Seconds."""
    memory: int
    """Bytes that its largest process held at the most."""
    details: dict[str, float] = field(default_factory=dict)
    """What the process tells of itself, by name."""

    def with_details(self, **details: float) -> Sample:
        """The same sample, with more told of it."""
        return replace(self, details=self.details | details)

    def value(self, name: str) -> float:
        """One of the values, or of the details."""
        return float(self.details[name] if name in self.details else getattr(self, name))


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure of one variant, on a site of so many pages with a catalog of so many models."""

    measure: str
    variant: str
    pages: int
    models: int
    samples: tuple[Sample, ...]

    def median(self, name: str) -> float:
        """The middle one of a value's samples."""
        return median(sample.value(name) for sample in self.samples)


@dataclass(frozen=True, slots=True)
class Results:
    """All figures of one run."""

    machine: dict[str, str]
    """What it ran on and with."""
    command: str
    """How it was started."""
    models: int
    """The catalog of all sites but those that compare catalogs."""
    figures: tuple[Figure, ...]

    @property
    def pages(self) -> tuple[int, ...]:
        """The sizes of the sites."""
        return tuple(sorted({figure.pages for figure in self.figures if figure.measure == "edit"}))

    @property
    def variants(self) -> tuple[str, ...]:
        """The variants of the sites."""
        return tuple(dict.fromkeys(figure.variant for figure in self.figures if figure.measure == "full"))

    @property
    def catalogs(self) -> tuple[int, ...]:
        """The sizes of the catalogs that a site was built with."""
        return tuple(sorted({figure.models for figure in self.figures if figure.measure == "full"}))

    def find(self, measure: str, variant: str, pages: int | None = None, models: int | None = None) -> Figure | None:
        """The figure; that of the only site, or of the usual catalog, where these are not named."""
        found = (figure for figure in self.figures if (figure.measure, figure.variant) == (measure, variant))
        found = (figure for figure in found if pages in {None, figure.pages})
        return next((figure for figure in found if models in {None, figure.models}), None)

    def median(
        self, measure: str, variant: str, name: str, pages: int | None = None, models: int | None = None
    ) -> float | None:
        """A value of that figure; None where it was not measured."""
        figure = self.find(measure, variant, pages, models)
        return figure.median(name) if figure else None


def ratio(one: float | None, other: float | None) -> float | None:
    """How many times the second the first is; None where one of them was not measured."""
    return one / other if one is not None and other else None


def save(results: Results, path: Path) -> None:
    """Keep the results."""
    path.write_text(json.dumps(asdict(results), indent=1) + "\n", encoding="utf-8")


def load(path: Path) -> Results:
    """Results that were kept."""
    held = json.loads(path.read_text(encoding="utf-8"))
    return Results(**held | {"figures": tuple(_figures(held["figures"]))})


def _figures(items: Iterable[dict[str, Any]]) -> Iterable[Figure]:
    for item in items:
        yield Figure(**item | {"samples": tuple(Sample(**sample) for sample in item["samples"])})
