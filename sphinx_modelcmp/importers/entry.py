"""One entry of a foreign catalog, read with care: whatever is not of its type is told, and left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.characters import invisible_in, without_invisible
from sphinx_modelcmp.catalog.scalars import ReadError, read_text, read_url
from sphinx_modelcmp.importers.money import denoised, number

if TYPE_CHECKING:
    from decimal import Decimal

    from sphinx_modelcmp.importers.loss import Loss
    from sphinx_modelcmp.importers.money import PriceList


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry that is read, key by key: every key that nobody asks for is lost."""

    loss: Loss
    name: str

    def mapping(self, value: Any, key: str) -> Mapping[str, Any]:
        """An object; an empty one for what is none."""
        if isinstance(value, Mapping):
            return value
        if value is not None:
            self.loss.value(f"`{key}` is no object", self.name)
        return {}

    def items(self, value: Any, key: str) -> list[Any]:
        """A list; an empty one for what is none."""
        if isinstance(value, list):
            return value
        if value is not None:
            self.loss.value(f"`{key}` is no list", self.name)
        return []

    def leave(self, known: Mapping[str, Any], *understood: str, inside: str = "") -> None:
        """Tell the loss of the keys that are not understood."""
        for key in known:
            if key not in understood:
                self.loss.key(inside + str(key), self.name)

    def flag(self, value: Any, key: str) -> bool | None:
        """A truth, or nothing."""
        if isinstance(value, bool) or value is None:
            return value
        self.loss.value(f"`{key}` is neither true nor false", self.name)
        return None

    def text(self, value: Any, key: str) -> str | None:
        """A text that a catalog can hold, or nothing."""
        if value is None or value == "":
            return None
        try:
            text = read_text(value)
        except ReadError:
            self.loss.value(f"`{key}` is no text", self.name)
            return None
        if invisible_in(text):
            self.loss.changed(f"`{key}` without characters that nobody sees", self.name)
        return without_invisible(text)

    def url(self, value: Any, key: str) -> str | None:
        """An address, or nothing."""
        if value is None or value == "":
            return None
        try:
            return read_url(value)
        except ReadError:
            self.loss.value(f"`{key}` is no address", self.name)
            return None

    def count(self, value: Any, key: str) -> int | None:
        """A whole number above zero; zero is how these lists write that they do not know."""
        amount = number(value)
        if value is None:
            return None
        if amount is None or amount != amount.to_integral_value() or amount < 0:
            self.loss.value(f"`{key}` is no whole number", self.name)
            return None
        if amount == 0:
            self.loss.value(f"`{key}` is 0", self.name)
            return None
        return int(amount)

    def put(self, prices: PriceList, component: str, amount: Decimal, **when: Any) -> None:
        """Add a price to those of the entry; a second one for the same thing is told, and left out."""
        if not prices.add(component, amount, **when):
            self.loss.value(f"a second price of `{component}` for the same thing", self.name)

    def price(self, value: Any) -> Decimal | None:
        """A price as somebody typed it, or nothing."""
        amount = number(value)
        if amount is None or amount < 0:
            self.loss.value("a price that is none", self.name)
            return None
        clean = denoised(amount)
        if clean != amount:
            self.loss.changed("a price without what counting in binary left behind its digits", self.name)
        return clean
