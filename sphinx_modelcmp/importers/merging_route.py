"""One imported route into the one that is there: prices get a new period and are never replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.importers.plan import Kind
from sphinx_modelcmp.importers.sameness import amounts, is_unknown, price_key, shown_price, stated, value_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sphinx_modelcmp.catalog.places import Keys
    from sphinx_modelcmp.importers.listings import Raw
    from sphinx_modelcmp.importers.merging_model import ModelMerge


class RouteMerge:
    """What one route becomes."""

    def __init__(self, model: ModelMerge, at: Keys, old: Mapping[str, Any]) -> None:
        self._model = model
        self._at = at
        self._old = old
        self._stated = stated(old, model.held.stated)
        self._is_own = model.may_change(self._stated) and ("checked" in old or model.is_own)

    def merge(self, new: Raw) -> None:
        """Its prices, and the day."""
        lines = list(new.get("prices") or ())
        if lines:
            self._prices(self._old.get("prices"), lines)
        if self._is_own:
            self._model.confirm(self._at, self._old)

    def _prices(self, old: Any, new: list[Raw]) -> None:
        at = (*self._at, "prices")
        if not isinstance(old, list):
            self._first(at, old, new)
            return
        present = [(i, line) for i, line in enumerate(old) if isinstance(line, dict) and not self._is_over(line)]
        theirs = [line for line in new if not self._is_over(line)]
        if all(self._model.may_change(stated(line, self._stated)) for _, line in present):
            here, there = ([price_key(line) for line in lines] for lines in ([line for _, line in present], theirs))
            self._end(at, [(i, line) for (i, line), key in zip(present, here, strict=True) if key not in there])
            self._begin(at, [line for line, key in zip(theirs, there, strict=True) if key not in here])
        else:
            here_now, there_now = ([line for line in lines if self._has_begun(line)] for lines in (old, new))
            self._keep(at, amounts(here_now), amounts(there_now))

    def _first(self, at: Keys, old: Any, new: list[Raw]) -> None:
        if not (old is None or is_unknown(old)):
            self._model.plan.keep(at, value_of(old), [shown_price(line) for line in new])
            return
        self._model.plan.change(Kind.ADDED, at, new=[shown_price(line) for line in new])
        lines = [self._stamped(line) for line in new]
        if "prices" in self._old:
            self._model.editor.replace(at, lines)
        else:
            self._model.editor.add(self._at, "prices", lines)

    def _keep(self, at: Keys, here: Mapping[str, str], there: Mapping[str, str]) -> None:
        """Tell of every amount that is another one there. A list that has fewer of them does not contradict."""
        for name, amount in there.items():
            if name in here and here[name] != amount:
                self._model.plan.keep((*at, name), here[name], amount)

    def _end(self, at: Keys, lines: Sequence[tuple[int, Mapping[str, Any]]]) -> None:
        """What holds no longer ends on the day of the foreign file."""
        day = self._model.mark.day
        for i, line in lines:
            self._model.plan.change(Kind.ENDED, (*at, i), shown_price(line), f"until {day}")
            if "until" in line:
                self._model.editor.replace((*at, i, "until"), day)
            else:
                self._model.editor.add((*at, i), "until", day)

    def _begin(self, at: Keys, lines: Sequence[Raw]) -> None:
        for line in lines:
            begun = line if "from" in line else {**line, "from": self._model.mark.day}
            self._model.plan.change(Kind.ADDED, at, new=shown_price(line))
            self._model.editor.append(at, self._stamped(begun))

    def _stamped(self, line: Raw) -> Raw:
        if self._is_own:
            return line
        return {**line, "source": self._model.mark.source, "checked": self._model.mark.day}

    def _has_begun(self, line: Any) -> bool:
        if not isinstance(line, dict) or self._is_over(line):
            return False
        since = line.get("from")
        return since is None or str(since) <= str(self._model.mark.day)

    def _is_over(self, line: Mapping[str, Any]) -> bool:
        until = line.get("until")
        return until is not None and str(until) <= str(self._model.mark.day)
