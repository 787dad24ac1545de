"""Foreign dates, at the precision that they are written in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.checks import is_placeholder
from sphinx_modelcmp.catalog.scalars import PartialDate, ReadError, read_partial_date

if TYPE_CHECKING:
    from sphinx_modelcmp.importers.loss import Loss

_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")


def read_date(value: Any, loss: Loss, entry: str) -> PartialDate | None:
    """A date, or nothing where it is none, or one that programs write where they have none; the loss is told."""
    if value is None or value == "":
        return None
    try:
        date = read_partial_date(str(value)[:10] if _DATE.match(str(value)) else str(value))
    except ReadError:
        loss.value("a date that is none", entry)
        return None
    if is_placeholder(date):
        loss.value("a date that programs write where they have none", entry)
        return None
    return date
