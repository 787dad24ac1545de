"""Where a model stands on the day that a page speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.vocabulary import Status

if TYPE_CHECKING:
    import datetime

    from sphinx_modelcmp.catalog.records import Lifecycle, Model
    from sphinx_modelcmp.catalog.scalars import PartialDate


@dataclass(frozen=True, slots=True)
class Standing:
    """A model that is on its way out, or gone."""

    model: Model
    lifecycle: Lifecycle
    is_gone: bool
    """Whether it no longer answers; else it is deprecated, or will be."""


def standing(model: Model, day: datetime.date | None) -> Standing | None:
    """How a model stands on its way out; None of one that nobody has announced the end of.

    A date counts as passed when its last possible day lies before the reading day, or on it: a model that stops to
    answer in ``2026-11`` is not gone on the tenth of that month.
    """
    held = model.lifecycle
    if held is None:
        return None
    is_gone = held.status is Status.SHUTDOWN or has_passed(held.shutdown, day)
    if is_gone or held.status is Status.DEPRECATED or held.deprecated or held.shutdown:
        return Standing(model, held, is_gone)
    return None


def has_passed(date: PartialDate | None, day: datetime.date | None) -> bool:
    """Whether a date has come for certain."""
    return date is not None and day is not None and date.last <= day
