"""The meaning of each kind of claim: why, in some world that the catalog allows, it would be false.

Claims are read by their public names only; nothing here knows the package that makes them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from itertools import product
from typing import Any

from tests.truth.worlds import STATES, Amount, Entry, Month, Tree, World, is_date, span

Claim = Any
Reasons = Iterator[str]
Meaning = Callable[["Judge", Claim], Reasons]

ORDER = {
    "openness": ("proprietary", "open-weights", "open-source"),
    "flag": (False, "partial", True),
}
AMOUNTS = ("context_window", "max_output", "cheapest_input", "cheapest_output", "knowledge_cutoff")
LOWER = ("cheapest_input", "cheapest_output")
ABOVE = re.compile(r"^above ([\d,]+) input tokens$")
DATES = re.compile(r"(^|, )(from|before) [A-Z].*")
SAME_TEST = ("version", "split", "metric", "harness", "variant", "tools")
TELLING = ("harness", "variant")
TRUST = ("verified", "independent", "community", "self", None)


class Judge:
    """Judges the claims of one comparison."""

    def __init__(self, world: World, traffic: Tree) -> None:
        self.world, self.traffic = world, traffic

    def reasons(self, claim: Claim) -> list[str]:
        """The reasons why a claim is false, or none; a kind that has no meaning here is false."""
        kind = type(claim).__name__
        return list(MEANINGS[kind](self, claim)) if kind in MEANINGS else [f"nobody knows what {kind} means"]

    def entry(self, item: Any) -> Entry:
        return self.world.models[item.model.id]

    def entries(self, items: Iterable[Any]) -> list[Entry]:
        return [self.entry(item) for item in items]

    # --- values in order ---

    def span(self, field: str, value: Any) -> tuple[Any, Any] | None:
        """The least and the most that a value can be, better ones higher; None of what has no order."""
        house = self.world.tree["fields"].get(field, {})
        if isinstance(value, tuple):
            return (-value[1], -value[1])
        if is_date(value):
            return span(value)
        for order in ORDER.values():
            if value in order and (isinstance(value, int) is isinstance(value, bool)):
                return (order.index(value), order.index(value))
        if isinstance(value, int):
            return (-value, -value) if house.get("better") == "lower" else (value, value)
        return None

    def values(self, entry: Entry, field: str) -> tuple[Any, ...]:
        return entry.prices(field.removeprefix("cheapest_")) if field in LOWER else entry.values(field)

    def ahead(self, one: Entry, other: Entry, field: str) -> Reasons:
        """One has the better value in every world in which the other has one."""
        mine, others = self.values(one, field), self.values(other, field)
        for value in mine:
            for rival in others:
                if rival in (None, *STATES):
                    continue
                if not self.beats(field, value, rival):
                    yield f"{field} of {one.name} may be {said(value)}, that of {other.name} {said(rival)}"
                elif self.is_level(value, rival):
                    yield f"{field} of {one.name} may be {said(value)}, which nobody tells from {said(rival)}"

    def beats(self, field: str, value: Any, rival: Any) -> bool:
        if isinstance(value, tuple) and isinstance(rival, tuple) and value[0] != rival[0]:
            return False
        low, high = self.span(field, value), self.span(field, rival)
        return low is not None and high is not None and low[0] > high[1]

    def is_level(self, value: Any, rival: Any) -> bool:
        """Sizes within a tenth, prices within a twentieth, dates within three months."""
        if is_date(value):
            (_, earlier), (later, _) = sorted((span(value), span(rival)))
            return (later - earlier).days <= 92
        if isinstance(value, tuple):
            low, high = sorted((value[1], rival[1]))
            return bool(high <= low * Fraction(21, 20))
        if isinstance(value, int) and not isinstance(value, bool):
            low, high = sorted((value, rival))
            return bool(high <= low * Fraction(11, 10))
        return False

    def rivals(self, field: str) -> list[Entry]:
        """The living models that have a value in a row, of which any reading may be known."""
        entries = self.world.models.values()
        return [entry for entry in entries if entry.is_alive and set(self.values(entry, field)) - {None, *STATES}]

    def alive(self, entries: Iterable[Entry]) -> Reasons:
        for entry in entries:
            if not entry.is_alive:
                yield f"{entry.name} is not alive"

    def stated(self, items: Iterable[Any], field: str) -> Reasons:
        """The value that is shown is the one that a reader may meet; where there are several, both ends are shown."""
        for item in items:
            values = list(map(said, self.values(self.entry(item), field)))
            ends = getattr(item, "spread", ()) or (item.plain,)
            for shown in map(said, ends):
                if shown not in values:
                    yield f"{field} of {item.model.id} is said to be {shown}, which is none of {', '.join(values)}"

    def single(self, items: Iterable[Any], field: str) -> Reasons:
        for entry in self.entries(items):
            if len(values := self.values(entry, field)) > 1:
                yield f"{field} of {entry.name} may be any of {', '.join(map(said, values))}"

    # --- scores ---

    def raw(self, item: Any) -> Tree:
        """A result as it is written."""
        place = next(i for i, result in enumerate(item.model.results) if result is item.record)
        held: Tree = self.entry(item).raw["results"][place]
        return held

    def comparable(self, items: Iterable[Any]) -> Reasons:
        """Living models, the newest result of each, and one test."""
        found = list(items)
        yield from self.alive(self.entries(found))
        raws = [self.raw(item) for item in found]
        for i, one in enumerate(raws):
            others = [*raws[:i], *raws[i + 1 :]]
            for other in others:
                if not self.same_test(one, other):
                    yield f"not the same test: {one} and {other}"
            for rival in self.entry(found[i]).raw["results"]:
                if all(self.same_test(rival, other) for other in others) and decides(rival, one):
                    yield f"{found[i].model.id} has {rival} as well as {one}"

    def same_test(self, one: Tree, other: Tree) -> bool:
        """All telling conditions stated and equal, or a shared source that ran both; and nothing that contradicts."""
        keys = [key for key in SAME_TEST if key in one and key in other]
        if one["benchmark"] != other["benchmark"] or any(one[key] != other[key] for key in keys):
            return False
        if self.is_attributed(one) or self.is_attributed(other):
            return False
        reporters, is_shared = {one.get("reporter"), other.get("reporter")}, one["source"] == other["source"]
        return {*TELLING} <= {*keys} or (is_shared and not reporters & {"self", None})

    def is_attributed(self, raw: Tree) -> bool:
        """It stands in a maker's table beside that of another model, and nobody else is said to have measured it."""
        if "reporter" in raw or not self.world.is_of_a_vendor(raw["source"]):
            return False
        keys = ("benchmark", "source", *SAME_TEST)
        results = [entry.raw.get("results", []) for entry in self.world.models.values()]
        alike = [[held for held in found if all(held.get(key) == raw.get(key) for key in keys)] for found in results]
        return sum(map(bool, alike)) > 1

    def score(self, item: Any) -> Fraction:
        """A score, better ones higher."""
        sign = -1 if self.world.tree["benchmarks"][self.raw(item)["benchmark"]].get("better") == "lower" else 1
        return sign * Fraction(self.raw(item)["score"])

    def interval(self, item: Any) -> tuple[Fraction, Fraction]:
        raw = self.raw(item)
        low, high = raw.get("ci", (raw["score"], raw["score"]))
        return Fraction(low), Fraction(high)

    def overlap(self, one: Any, other: Any) -> bool:
        (low, high), (bottom, top) = self.interval(one), self.interval(other)
        return low <= top and bottom <= high and ("ci" in self.raw(one) or "ci" in self.raw(other))

    def clear(self, firsts: Iterable[Any], others: Iterable[Any]) -> Reasons:
        """The first ones score better than each of the others, beyond their intervals."""
        for one, other in product(firsts, [*others]):
            if self.score(one) <= self.score(other) or self.overlap(one, other):
                yield f"{one.model.id} is not clear of {other.model.id}"


def said(value: Any) -> str:
    """A value in the words of a catalog."""
    if isinstance(value, dict):
        value = (value["currency"], Fraction(value["amount"]))
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value[1]} {value[0]}" if isinstance(value, tuple) else str(value)


def decides(rival: Tree, raw: Tree) -> bool:
    """Another score under the same conditions, of a reporter trusted as much, that may be as new or newer."""
    keys = ("benchmark", *SAME_TEST, "reporter")
    if rival["score"] == raw["score"] or any(rival.get(key) != raw.get(key) for key in keys):
        return False
    return not ("date" in rival and "date" in raw and span(rival["date"])[1] < span(raw["date"])[0])


def _leads(judge: Judge, claim: Claim) -> Reasons:
    first, *others = claim.evidence
    yield from _ahead(judge, claim.field, [first], others)


def _tied(judge: Judge, claim: Claim) -> Reasons:
    yield from _level(judge, claim.field, claim.tied)
    yield from _ahead(judge, claim.field, claim.tied, claim.evidence[len(claim.tied) :])


def _ahead(judge: Judge, field: str, firsts: Iterable[Any], others: Iterable[Any]) -> Reasons:
    """Living models, of which the first ones have the better value than each of the others."""
    leaders, rivals = list(firsts), list(others)
    yield from judge.alive(judge.entries([*leaders, *rivals]))
    yield from judge.stated([*leaders, *rivals], field)
    for one in judge.entries(leaders):
        for other in judge.entries(rivals):
            yield from judge.ahead(one, other, field)


def _at_each_provider(mine: Iterable[dict[str, Amount]], others: Iterable[dict[str, Amount]]) -> Reasons:
    """What is said of two models without a route holds at each provider that sells both."""
    for here, there in product(mine, [*others]):
        for name in here.keys() & there.keys():
            if here[name][0] == there[name][0] and here[name][1] >= there[name][1]:
                yield f"at {name} it is {said(here[name])} against {said(there[name])}"


def _level(judge: Judge, field: str, items: Iterable[Any]) -> Reasons:
    """All have one value, and the same."""
    held = list(items)
    yield from judge.single(held, field)
    yield from judge.stated(held, field)
    values = {said(value) for entry in judge.entries(held) for value in judge.values(entry, field)}
    if len(values) > 1:
        yield f"{field} is not the same: {', '.join(sorted(values))}"


def _same(judge: Judge, claim: Claim) -> Reasons:
    yield from judge.alive(judge.entries(claim.evidence))
    yield from _level(judge, claim.field, claim.evidence)


def _contrast(judge: Judge, claim: Claim) -> Reasons:
    yield from judge.stated(claim.evidence, claim.field)
    shared = [set(judge.values(entry, claim.field)) for entry in judge.entries(claim.evidence)]
    if common := set.intersection(*shared):
        yield f"{claim.field} of all may be {common}"


def _flag(judge: Judge, field: str, items: Iterable[Any], wanted: bool) -> Reasons:
    for entry in judge.entries(items):
        for value in entry.values(field):
            if value is not wanted:
                yield f"{field} of {entry.name} may be {said(value)}"


def _alone(judge: Judge, claim: Claim) -> Reasons:
    first, *others = claim.evidence
    yield from judge.alive(judge.entries(claim.evidence))
    yield from _flag(judge, claim.field, [first], wanted=True)
    yield from _flag(judge, claim.field, others, wanted=False)


def is_spoken_of(name: str, raw: Any) -> bool:
    """Something but unknown is written of a fact, anywhere in a model."""
    held = raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ()
    return any((key == name and inner != "unknown") or is_spoken_of(name, inner) for key, inner in held)


def _documented(judge: Judge, claim: Claim) -> Reasons:
    """Living models, of which one has it in every world, and of the others nobody says anything, for no route."""
    entries = judge.world.models
    yield from judge.alive([entries[claim.model.id], *(entries[other.id] for other in claim.others)])
    for other in claim.others:
        yield from _unstated(judge, claim.evidence, entries[other.id])
    if {claim.model.id, *(other.id for other in claim.others)} != {
        name for name, one in entries.items() if one.is_alive
    }:
        yield "another living model is left out"


def _parted(judge: Judge, claim: Claim) -> Reasons:
    yield from judge.alive(judge.entries(claim.evidence))
    yield from _flag(judge, claim.row.name, claim.having, wanted=True)
    yield from _flag(judge, claim.row.name, claim.lacking, wanted=False)


def _unstated(judge: Judge, items: Iterable[Any], other: Entry) -> Reasons:
    """One has them in every world, and of the other nobody says anything."""
    for item in items:
        yield from _flag(judge, item.field, [item], wanted=True)
        if is_spoken_of(item.field, other.raw):
            yield f"{item.field} of {other.name} is spoken of"


def _move(judge: Judge, claim: Claim) -> Reasons:
    origin, target = judge.world.models[claim.origin.id], judge.world.models[claim.target.id]
    yield from judge.alive([target])
    for items in (claim.lost, claim.gained):
        for having, lacking in zip(items[::2], items[1::2], strict=True):
            yield from _flag(judge, having.field, [having], wanted=True)
            yield from _flag(judge, lacking.field, [lacking], wanted=False)
    for old, new in claim.changed:
        yield from _changed(judge, old, new)
    yield from _unstated(judge, claim.unstated, target)
    if claim.shared_providers is None:
        return
    for here in origin.offers:
        for there in target.offers:
            both = {place.raw["provider"] for place in here} & {place.raw["provider"] for place in there}
            if both != set(claim.shared_providers):
                yield f"providers of both may be {sorted(both)}, and are said to be {claim.shared_providers}"


def _changed(judge: Judge, old: Any, new: Any) -> Reasons:
    yield from judge.stated([old, new], old.field)
    one, other = judge.entry(old), judge.entry(new)
    if judge.span(old.field, old.plain) and isinstance(old.plain, int):
        pair = (other, one) if new.plain > old.plain else (one, other)
        yield from judge.ahead(*pair, old.field)
    elif common := set(one.values(old.field)) & set(other.values(old.field)):
        yield f"{old.field} of both may be {common}"


def _wins(judge: Judge, claim: Claim) -> Reasons:
    first, *others = claim.evidence
    yield from judge.comparable(claim.evidence)
    yield from judge.clear([first], others)


def _ties(judge: Judge, claim: Claim) -> Reasons:
    yield from judge.comparable(claim.evidence)
    yield from judge.clear(claim.tied, claim.behind)
    if len({judge.score(item) for item in claim.tied}) > 1:
        yield "the scores of a tie differ"


def _close(judge: Judge, claim: Claim) -> Reasons:
    yield from judge.comparable(claim.evidence)
    best = max(map(judge.score, claim.near))
    firsts = [item for item in claim.near if judge.score(item) == best]
    yield from judge.clear(firsts, claim.behind)
    for item in claim.near:
        if item not in firsts and not any(judge.overlap(item, one) for one in firsts):
            yield f"{item.model.id} can be told from the best"


def _cheaper_month(judge: Judge, claim: Claim) -> Reasons:
    firsts = [judge.world.models[cost.model.id] for cost in claim.cheapest]
    yield from _cheapest(judge, firsts, [judge.world.models[cost.model.id] for cost in claim.costs[len(firsts) :]])


def _level_months(judge: Judge, claim: Claim) -> Reasons:
    """Complete months of living models, none of them dearer than another by more than a twentieth."""
    entries = [judge.world.models[cost.model.id] for cost in claim.costs]
    yield from judge.alive(entries)
    if len({entry.answers for entry in entries}) > 1:
        yield "only some of them write anything"
    found = [month for entry in entries for month in entry.months(judge.traffic)]
    if not all(month and month.is_complete for month in found):
        yield "one of them may have no complete total"
    amounts = [month.amount for month in found if month]
    if len({currency for currency, _ in amounts}) > 1 or max(amounts)[1] * 20 > min(amounts)[1] * 21:
        yield f"the months may be {' or '.join(sorted(map(price, filter(None, found))))}"


def _turn(judge: Judge, claim: Claim) -> Reasons:
    """The months of two models at a workload of the package's own choice, or on a later day."""
    asked = claim.traffic
    traffic = {name: getattr(asked, name) for name in ("cache_hit", "cache_write", "batch")}
    counts = {name: int(getattr(asked, name)) for name in ("requests", "input", "output")}
    tree = judge.world.tree
    day = {**tree["catalog"], "as_of": str(claim.day)}
    there = Judge(type(judge.world)({**tree, "catalog": day}), {**traffic, **counts})
    yield from there.reasons(claim.month)


def _cheapest(judge: Judge, firsts: Iterable[Entry], others: Iterable[Entry]) -> Reasons:
    """Living models whose complete months are level, and cost less than any month of the others, for the same work."""
    leaders = list(firsts)
    rivals = {other: [month for month in other.months(judge.traffic) if month] for other in others}
    yield from judge.alive(leaders)
    if len({entry.answers for entry in (*leaders, *(other for other, months in rivals.items() if months))}) > 1:
        yield "only some of them write anything"
    least = {month for first in leaders for month in first.months(judge.traffic)}
    if len(leaders) > 1 < len({month and month.amount for month in least}):
        yield f"the cheapest may cost {' or '.join(sorted(map(price, least)))}"
    for mine, (other, months) in product(least, rivals.items()):
        if mine is None or not mine.is_complete:
            yield "one of the cheapest may have no complete total"
        else:
            dearer = (month for month in months if not mine.is_below(month))
            yield from (f"the cheapest may cost {price(mine)}, {other.name} {price(month)}" for month in dearer)


def _break_even(judge: Judge, claim: Claim) -> Reasons:
    """With fewer tokens of output one costs less, with more the other, as far as both can give so many."""
    fewer, more = (judge.world.models[side.id] for side in (claim.fewer, claim.more))
    yield from judge.alive([fewer, more])
    at = claim.tokens
    for tokens in sorted({1, at // 2, at - 1, at, at + 1, at + 2, 2 * at, 10 * at, 1000 * at} - {0}):
        traffic = {**judge.traffic, "output": tokens}
        wanted = 0 if tokens == at and claim.is_equal else -1 if tokens <= at else 1
        for one, other in product(fewer.months(traffic), more.months(traffic)):
            if one and other:
                difference = one.amount[1] - other.amount[1]
                is_certain = one.is_complete and other.is_complete and one.amount[0] == other.amount[0]
                if not is_certain or (difference > 0) - (difference < 0) != wanted:
                    yield f"with {tokens} tokens {fewer.name} may cost {price(one)}, {more.name} {price(other)}"


def _listed(judge: Judge, claim: Claim) -> Reasons:
    """A row of a price list reads like no other, and a request of any size is billed as the nearest line says."""
    if claim.is_repeated:
        yield f"two rows read {claim.model}, {claim.route}"
    component = claim.component.partition(" (")[0].lower().replace(" ", "_")
    shown = {ABOVE.sub(r"\1", DATES.sub("", label)): text for label, text in claim.prices}
    places = [
        (entry, place)
        for entry in judge.world.models.values()
        for place in (place for places in entry.offers for place in places)
        if entry.raw["name"] == claim.model and place.raw["provider"].upper() == claim.route[0]
    ]
    if any("region" in line.get("when", {}) for _, place in places for line in place.lines):
        # Such a price has a line of its own, also where it is that of the route's region.
        return
    billed = [{size: entry.price(place, component, size + 1) for size in place.sizes} for entry, place in places]
    if billed and not any(
        all(_figure(shown, size) == (amount[1] if amount else 0) for size, amount in held.items()) for held in billed
    ):
        yield f"{component} at {claim.route} is billed otherwise than {claim.prices} says: {billed}"


def _figure(shown: dict[str, str], size: int) -> Fraction:
    """What a cell says of requests above a size; 0 where it has a word."""
    sizes = {int(label.replace(",", "")): text for label, text in shown.items() if label.replace(",", "").isdigit()}
    text = next((sizes[above] for above in sorted(sizes, reverse=True) if above <= size), shown.get("", ""))
    figure = text.strip("$€").replace(",", "")
    return Fraction(figure) if figure[:1].isdigit() else Fraction(0)


def price(month: Month | None) -> str:
    if month is None:
        return "nothing that is known"
    return f"{said(month.amount)} at {month.provider}{'' if month.is_complete else ' and more'}"


def _month(judge: Judge, claim: Claim) -> Reasons:
    """A total is that of some world, in its own currency or in that of the catalog."""
    entry = judge.world.models[claim.model.id]
    if entry.is_release_disputed:
        return
    totals = {month.amount for month in entry.months(judge.traffic) if month}
    if (amount := entry.converted(claim.currency, Fraction(claim.total))) not in totals:
        yield f"a month of {entry.name} is said to cost {said(amount)}, which is none of {sorted(map(said, totals))}"


def _no_month(judge: Judge, claim: Claim) -> Reasons:
    yield from ()


def _coverage(judge: Judge, claim: Claim) -> Reasons:
    """A silent row is one of which nobody says anything, or not at every route."""
    entry = judge.world.models[claim.model.id]
    for name in (name for name in claim.silent if name not in (*LOWER, "lifecycle", "providers")):
        if None not in (values := entry.values(name)):
            yield f"{name} of {entry.name} is called silent, and is {values}"


def _starred(judge: Judge, claim: Claim) -> Reasons:
    """The stars of a row: living models that are level, and ahead of every other living one with a value."""
    stars = [judge.world.models[name] for name in claim.stars]
    if claim.field == "month":
        entries = judge.world.models.values()
        yield from _cheapest(judge, stars, [other for other in entries if other not in stars])
        return
    others = [entry for entry in judge.rivals(claim.field) if entry not in stars]
    yield from judge.alive(stars)
    for one in stars:
        for other in others:
            yield from judge.ahead(one, other, claim.field)
        if judge.values(one, claim.field) != judge.values(stars[0], claim.field):
            yield f"{one.name} and {stars[0].name} are not level"


def _differing(judge: Judge, claim: Claim) -> Reasons:
    """A row that differs has two different values; nothing differs from an unknown."""
    known = [entry.own(claim.field) for entry in judge.world.models.values()]
    if len(found := {said(values[0]) for values in known if values and values[0] not in STATES}) < 2:
        yield f"{claim.field} has only {found or 'no value'}"


def _sentence(judge: Judge, claim: Claim) -> Reasons:
    """A disagreement is told once, nothing is denied that is so, and a price without its route holds everywhere."""
    if claim.is_repeated:
        yield "the page has said so before"
    # Where a route or another source may say otherwise, nothing is clear.
    is_plain = not any(entry.raw.get("routes") or "'values'" in str(entry.raw) for entry in judge.world.models.values())
    if "clearly ahead" in claim.text and is_plain:
        for field in AMOUNTS:
            yield from (f"{first} is ahead in {field}" for first in _ahead_of_all(judge, field))
    if not claim.text.endswith("?") and not any(f" at {name}" in claim.text for name in judge.world.names):
        yield from _without_route(judge, claim)


def _without_route(judge: Judge, claim: Claim) -> Reasons:
    priced = [item for item in claim.evidence if item.field in LOWER and "choose" in claim.text.lower()]
    for item in priced[1:]:
        name = item.field.removeprefix("cheapest_")
        yield from _at_each_provider(judge.entry(priced[0]).providers(name), judge.entry(item).providers(name))
    if "costs less" in claim.text or "costs the least" in claim.text:
        one, *others = dict.fromkeys(judge.entries(claim.evidence))
        for other in others:
            yield from _at_each_provider(one.bills(judge.traffic), other.bills(judge.traffic))


def _ahead_of_all(judge: Judge, field: str) -> Reasons:
    """The living models that have the best value of a row in every world, of those of which it is said themselves."""
    held = [entry for entry in judge.rivals(field) if field in LOWER or set(entry.own(field)) - {*STATES}]
    # A window may deny the longest output.
    if field == "max_output":
        return
    # Nothing is clear of a model that says one thing while all its routes say another, nor of a price beside which
    # another currency, or an incomplete list, may ask less.
    are_alike = len({entry.answers for entry in held}) < 2 and all(entry.has_one_price_list for entry in held)
    if field in LOWER and not are_alike:
        return
    if field not in LOWER and any(set(entry.own(field)) ^ set(judge.values(entry, field)) for entry in held):
        return
    for one in held:
        behind = [other for other in held if judge.values(other, field) != judge.values(one, field)]
        level = [other for other in held if other not in behind]
        is_single = len(judge.values(one, field)) == 1 or len(level) == 1
        if behind and is_single and not any(reason for other in behind for reason in judge.ahead(one, other, field)):
            yield " and ".join(other.name for other in level)


MEANINGS: dict[str, Meaning] = {
    "Leads": _leads,
    "Level": _tied,
    "Starred": _starred,
    "Differing": _differing,
    "Sentence": _sentence,
    "Listed": _listed,
    "Same": _same,
    "Contrast": _contrast,
    "Alone": _alone,
    "Documented": _documented,
    "Parted": _parted,
    "Move": _move,
    "Wins": _wins,
    "Ties": _ties,
    "Close": _close,
    "CheaperMonth": _cheaper_month,
    "LevelMonths": _level_months,
    "Turn": _turn,
    "BreakEven": _break_even,
    "MonthlyCost": _month,
    "NoCost": _no_month,
    "Coverage": _coverage,
}
