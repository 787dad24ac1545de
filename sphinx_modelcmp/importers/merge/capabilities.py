"""Imported flags into those of a model, or of it at one route."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.records import keys_before
from sphinx_modelcmp.importers.merge.level import has_own_day
from sphinx_modelcmp.importers.merge.plan import Kind
from sphinx_modelcmp.importers.merge.sameness import BESIDE, is_unknown, value_of

if TYPE_CHECKING:
    from sphinx_modelcmp.importers.listings import Raw
    from sphinx_modelcmp.importers.merge.level import Level

_NAME = "capabilities"


def merge_capabilities(level: Level, new: Raw) -> None:
    """Flag by flag."""
    old, at = level.raw.get(_NAME), (*level.at, _NAME)
    if isinstance(old, dict) and old:
        flags = level.inside(_NAME, old)
        for name, value in new.items():
            flags.fact(name, value)
        if new or not has_own_day(old):
            flags.keep_days([name for name in old if name not in BESIDE])
            flags.confirm()
        level.put(_NAME, flags.result)
    elif new and is_unknown(old or None):
        level.run.notes.change(Kind.ADDED, at, new=new)
        level.put(_NAME, {**level.stamp, **new}, keys_before(_NAME, level.now))
    elif new:
        level.run.notes.keep(at, value_of(old), new)
