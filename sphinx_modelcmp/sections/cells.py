"""Facts as a table shows them: each state has its own word, and each kind of value its own form."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.records import Lifecycle, Parameters, Reading
from sphinx_modelcmp.catalog.scalars import PartialDate
from sphinx_modelcmp.catalog.vocabulary import CommercialUse, Openness, State, Support
from sphinx_modelcmp.compare.pricing import Quote
from sphinx_modelcmp.compare.rows import SHARED_BENCHMARKS, currencies
from sphinx_modelcmp.sections.labels import (
    COMMERCIAL_USE,
    FITS,
    OPENNESS,
    STATES,
    STATUS,
    SUPPORT,
    kind_label,
)

if TYPE_CHECKING:
    from sphinx_modelcmp.compare.rows import Row
    from sphinx_modelcmp.sections.page import Page

STATE_MARKS = {State.UNKNOWN: "unknown", State.UNDISCLOSED: "undisclosed", State.NOT_APPLICABLE: "not-applicable"}
SUPPORT_MARKS = {Support.YES: "yes", Support.NO: "no", Support.PARTIAL: "partial"}
_SUPPORT_ORDER = (Support.NO, Support.PARTIAL, Support.YES)
TOKENS = ("context_window", "max_output")


def mark_of(fact: Reading[Any]) -> str:
    """The mark of a state or a flag."""
    if fact.state is not State.KNOWN:
        return STATE_MARKS[fact.state]
    return SUPPORT_MARKS[fact.value] if isinstance(fact.value, Support) else ""


def reading_text(page: Page, row: Row, fact: Reading[Any]) -> str:
    """The value in words, or the word for why there is none."""
    if fact.state is State.UNKNOWN and row.house and row.house.unknown:
        return page.translate(row.house.unknown)
    if fact.state is not State.KNOWN:
        return page.words.say(STATES[fact.state])
    return value_text(page, row, fact.value)


def sort_value(row: Row, fact: Reading[Any]) -> str:
    """What a row of models is sorted by; empty where that is the words, or where no order holds for all of them."""
    match fact.value:
        case Support():
            return str(_SUPPORT_ORDER.index(fact.value))
        case Quote():
            return f"{fact.value.amount:f}" if len(currencies(row)) == 1 else ""
        case Parameters():
            return f"{fact.value.total:f}"
        case Decimal():
            return f"{fact.value:f}"
        case int() | PartialDate():
            return str(fact.value)
        case _:
            return ""


def value_text(page: Page, row: Row, value: Any) -> str:  # noqa: C901 - one return a kind of value
    """A value in the form of its kind."""
    words = page.words
    match value:
        case Support():
            return words.say(SUPPORT[value])
        case Openness():
            return words.say(OPENNESS[value])
        case CommercialUse():
            return words.say(COMMERCIAL_USE[value])
        case PartialDate():
            return words.date(value)
        case Parameters():
            return parameters_text(page, value)
        case Lifecycle():
            return lifecycle_text(page, value)
        case Quote():
            return quote_text(page, value)
        case int() if row.name in TOKENS:
            return tokens_text(page, value)
        case int() | Decimal():
            return _quantity(page, row, value)
        case tuple():
            return _items(page, row, value)
        case _:
            return _named(page, row.name, str(value))


def tokens_text(page: Page, value: int) -> str:
    """A number of tokens: all digits, or short where there are many columns."""
    return page.words.short_tokens(value) if page.narrow else page.words.number(value)


def parameters_text(page: Page, value: Parameters) -> str:
    """``4B``, or ``35B (3B active)``."""
    total = page.words.short_number(value.total)
    if value.active is None or value.active == value.total:
        return total
    return page.say("{total} ({active} active)", total=total, active=page.words.short_number(value.active))


def lifecycle_text(page: Page, value: Lifecycle) -> str:
    """Status, dates and successor, as far as they are stated."""
    parts = [page.words.say(STATUS[value.status])] if value.status else []
    if value.deprecated:
        parts.append(page.say("deprecated on {date}", date=page.words.date(value.deprecated)))
    if value.shutdown:
        parts.append(page.say("shut down on {date}", date=page.words.date(value.shutdown)))
    if value.successor and (successor := page.catalog.models.get(value.successor)):
        parts.append(page.say("successor {model}", model=successor.name))
    return page.words.comma.join(parts)


def quote_text(page: Page, value: Quote) -> str:
    """A price with the route that asks it."""
    return page.say("{price} at {route}", price=amount_text(page, value), route=page.route(value.route))


def amount_text(page: Page, value: Quote) -> str:
    """A price alone. The unit stands in the table's caption or in the sentence."""
    return page.words.money(value.amount, value.currency)


def license_text(page: Page, name: str) -> str:
    """A license, with OSI where the Open Source Initiative lists it."""
    held = page.catalog.licenses[name]
    return page.say("{license} (OSI)", license=held.name) if held.osi_approved else held.name


def _quantity(page: Page, row: Row, value: Decimal | int) -> str:
    if row.name == SHARED_BENCHMARKS and not value:
        return page.say("None")
    number = page.words.number(value)
    return f"{number} {page.translate(row.house.unit)}" if row.house and row.house.unit else number


def _items(page: Page, row: Row, items: tuple[str, ...]) -> str:
    if row.name == "providers":
        return page.words.list(map(page.provider, items)) or page.say("None")
    if row.name == "fits":
        items = tuple(page.words.say(FITS[item]) if item in FITS else page.translate(item) for item in items)
    if row.name == "best_for":
        items = tuple(map(page.translate, items))
    return sentence_start(page.words.list(items)) or page.say("None")


def _named(page: Page, row: str, value: str) -> str:
    if row == "organization":
        return page.catalog.organizations[value].name
    if row == "license":
        return license_text(page, value)
    return sentence_start(kind_label(page, value)) if row == "kind" else value


def sentence_start(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]
