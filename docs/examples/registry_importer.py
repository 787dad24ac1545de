"""An importer of a house's own registry: a JSON file that lists models with prices in cents for 1,000 tokens."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from sphinx_modelcmp.api import Entry, Foreign, ForeignError, Importer, Listing, PriceList, number, read_json

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_modelcmp.api import Asked, Loss

CENTS_PER_THOUSAND = Decimal(10)
"""US dollars for a million tokens in one cent for a thousand."""


def read(path: Path, asked: Asked, loss: Loss) -> Foreign:
    """Read the registry."""
    found = read_json(path)
    if not isinstance(found, list):
        message = "a list of models is expected"
        raise ForeignError(message, path)
    listings = [_listing(Entry(loss, f"[{i}]"), raw) for i, raw in enumerate(asked.track(found))]
    return Foreign(listings=listings, providers={"house": {"name": "Our gateway"}})


def _listing(entry: Entry, value: object) -> Listing:
    entry.loss.entries += 1
    raw = entry.mapping(value, "the entry")
    entry.leave(raw, "id", "window", "tools", "cents")
    prices = PriceList()
    for component, cents in entry.mapping(raw.get("cents"), "cents").items():
        if (amount := number(cents)) is not None:
            prices.add(component, amount * CENTS_PER_THOUSAND)
    window, tools = entry.count(raw.get("window"), "window"), entry.flag(raw.get("tools"), "tools")
    return Listing(
        model=str(raw.get("id")).lower(),
        provider="house",
        id=str(raw.get("id")),
        facts={"context_window": window} if window else {},
        capabilities={} if tools is None else {"function_calling": tools},
        prices=prices.lines(),
    )


IMPORTER = Importer(name="our-registry", read=read, title="Our registry", kind="own")
