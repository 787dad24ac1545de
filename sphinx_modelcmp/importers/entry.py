"""Careful reading of one entry of a foreign catalog: values of a wrong type are counted as lost, and left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.characters import invisible_in, without_invisible
from sphinx_modelcmp.catalog.checks import is_placeholder
from sphinx_modelcmp.catalog.scalars import PartialDate, ReadError, read_partial_date, read_text, read_url
from sphinx_modelcmp.catalog.vocabulary import Charges
from sphinx_modelcmp.importers.importer import Listing, known
from sphinx_modelcmp.importers.model_ids import makers_own
from sphinx_modelcmp.importers.prices import PriceList, denoised, number, scaled

if TYPE_CHECKING:
    from decimal import Decimal

    from sphinx_modelcmp.importers.importer import Loss, Raw


_FLAG = {"group": "capabilities", "type": "flag"}
_QUANTITY = {"group": "specs", "type": "quantity"}
MODALITY_FIELDS: dict[str, Raw] = {
    name.casefold().replace(" ", "_"): {"label": name, **_FLAG}
    for name in ("Audio input", "Video input", "PDF input", "Audio output", "Image output")
}
"""Fields for modalities that our built-in rows do not have."""
EMBEDDING_SIZE: dict[str, Raw] = {"embedding_size": {"label": "Vector length", **_QUANTITY, "unit": "dimensions"}}
_INPUTS = {"image": "vision", "audio": "audio_input", "video": "video_input", "pdf": "pdf_input", "file": "pdf_input"}
_OUTPUTS = {"audio": "audio_output", "image": "image_output"}
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, read key by key; keys that nobody asks for are lost."""

    loss: Loss
    name: str
    _missing: list[str] = field(default_factory=list, init=False)
    """Charges that the price list lacks."""

    def listing(self, model: str, place: str, *, facts: Raw, **said: Any) -> Listing:
        """The listing of a model at a place, with what was found out on the way.

        Where the place is the maker's own, the facts say who makes it. Where the entry names a charge that the price
        list lacks, the list is incomplete.
        """
        maker = makers_own(place, model)
        facts = facts | known(organization=maker and maker.id)
        charges = Charges.INCOMPLETE.value if self._missing else ""
        return Listing(model=model, provider=place, by_maker=bool(maker), facts=facts, charges=charges, **said)

    def mapping(self, value: Any, key: str, *understood: str, inside: str = "") -> Mapping[str, Any]:
        """An object, of which other keys than those understood, if any are named, are lost; empty for anything else."""
        if isinstance(value, Mapping):
            if understood:
                self.leave(value, *understood, inside=inside or f"{key}.")
            return value
        if value is not None:
            self.loss.value(f"`{key}` is no object", self.name)
        return {}

    def items(self, value: Any, key: str) -> list[Any]:
        """A list; an empty one for anything else."""
        if isinstance(value, list):
            return value
        if value is not None:
            self.loss.value(f"`{key}` is no list", self.name)
        return []

    def leave(self, known: Iterable[Any], *understood: str, inside: str = "") -> None:
        """Count the keys that are not understood as lost."""
        for key in known:
            if key not in understood:
                self.loss.key(inside + str(key), self.name)

    def flag(self, value: Any, key: str) -> bool | None:
        """A truth, or nothing."""
        if isinstance(value, bool) or value is None:
            return value
        self.loss.value(f"`{key}` is neither true nor false", self.name)
        return None

    def flags(self, raw: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, bool]:
        """The flags that an object states, by our names; ``names`` has theirs to ours."""
        found = {ours: self.flag(raw.get(theirs), theirs) for theirs, ours in names.items()}
        return {name: flag for name, flag in found.items() if flag is not None}

    def modalities(
        self, taken: Collection[Any], given: Collection[Any], keys: tuple[str, str], *, is_complete: bool = True
    ) -> dict[str, bool]:
        """The flags of lists of modalities, in and out: a complete list of inputs denies those that it does not name.

        A list of outputs never does. Modalities without a row are lost.
        """
        for kinds, rows, key in ((taken, _INPUTS, keys[0]), (given, _OUTPUTS, keys[1])):
            self.leave(map(str, kinds), "text", *rows, inside=f"{key}: ")
        flags = {"vision": "image" in taken, "multimodal": any(kind != "text" for kind in taken)} if taken else {}
        flags |= {flag: True for kind, flag in _INPUTS.items() if kind in taken}
        outputs = {flag: True for kind, flag in _OUTPUTS.items() if kind in given}
        return {flag: is_given for flag, is_given in flags.items() if is_given or is_complete} | outputs

    def text(self, value: Any, key: str) -> str | None:
        """A text that a catalog can contain, or nothing."""
        text: str | None = self._read(read_text, value, f"`{key}` is no text")
        if text is None:
            return None
        if invisible_in(text):
            self.loss.changed(f"`{key}` without characters that nobody sees", self.name)
        return without_invisible(text)

    def url(self, value: Any, key: str) -> str | None:
        """An address, or nothing."""
        found: str | None = self._read(read_url, value, f"`{key}` is no address")
        return found

    def date(self, value: Any) -> PartialDate | None:
        """A date at the precision that it is written in; nothing for a placeholder."""
        text = "" if value is None else str(value)
        date: PartialDate | None = self._read(
            read_partial_date, text[:10] if _DATE.match(text) else text, "a date that is none"
        )
        if date and is_placeholder(date):
            self.loss.value("a date that programs write where they have none", self.name)
            return None
        return date

    def _read(self, read: Callable[[Any], Any], value: Any, why: str) -> Any:
        if value is None or value == "":
            return None
        try:
            return read(value)
        except ReadError:
            self.loss.value(why, self.name)
            return None

    def count(self, value: Any, key: str) -> int | None:
        """A whole number above zero; zero is how these lists write that they do not know."""
        if value is None:
            return None
        amount = number(value)
        if amount is None or amount != amount.to_integral_value() or amount < 0:
            why = "is no whole number"
        elif amount == 0:
            why = "is 0"
        else:
            return int(amount)
        self.loss.value(f"`{key}` {why}", self.name)
        return None

    # --- prices ----------------------------------------------------------------------------------------------------

    def price(self, value: Any, times: int = 1) -> Decimal | None:
        """A price as somebody typed it, of which ours is ``times`` as much; or nothing."""
        amount = number(value)
        if amount is None or amount < 0:
            self.loss.value("a price that is none", self.name)
            return None
        amount = scaled(amount, times)
        clean = denoised(amount)
        if clean != amount:
            self.loss.changed("a price without what counting in binary left behind its digits", self.name)
        return clean

    def add(self, prices: PriceList, component: str, value: Any, times: int = 1, **when: Any) -> None:
        """Add a price as the entry states it, of which ours is ``times`` as much; none if it states nothing."""
        if value is not None and (amount := self.price(value, times)) is not None:
            self.put(prices, component, amount, **when)

    def put(self, prices: PriceList, component: str, amount: Decimal, **when: Any) -> None:
        """Add a price to those of the entry; a second one for the same thing is lost."""
        if not prices.add(component, amount, **when):
            self.loss.value(f"a second price of `{component}` for the same thing", self.name)

    def charge(self, key: str, value: Any) -> None:
        """A charge that we have no component for: lost, and the price list lacks it, unless it is zero."""
        self.loss.key(key, self.name)
        if value is not None and number(value) != 0:
            self._missing.append(key)

    def lines(self, prices: PriceList, free: Raw | None = None) -> list[Raw]:
        """The lines of a price list; of one that is zero throughout only ``free``, the line that says why.

        Mostly zero means a price that is not known, so it is left out; only where the entry is called free it is one.
        """
        if prices.is_zero():
            if not free:
                self.loss.value("a price of 0 without a word that it is free", self.name)
            return [free] if free else []
        if free and free.get("free"):
            return prices.lines(zero="free")
        for component in prices.zeros:
            self.loss.value(f"a price of 0 for `{component}` beside others that are paid", self.name)
        return prices.lines(zero=None)
