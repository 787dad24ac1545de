"""Catalogs in any layout that YAML has: a tree, and a text that says it, drawn one after the other."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.importers.taking import OURS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

IDS = ("alfa-1", "bravo-2", "gpt-9", "omega-3")
DAYS = ("2026-01-05", "2026-05-01", "2026-06-01", "2026-07-15")
_LITERAL = ("note", "title", "architecture", "context_window", "name")
NOTES = ("We measured less.", "Said by phone: at most.", "Odd, but # true", "[sic] {really}", "one\ntwo")


@dataclass
class Drawn:
    """A text on its way: comments are numbered, so that each can be found again."""

    random: Random
    comments: list[str] = field(default_factory=list)
    anchors: dict[str, str] = field(default_factory=dict)
    count: int = 0

    def pick(self, *options: Any) -> Any:
        return self.random.choice(options)

    def shuffled(self, options: Sequence[str]) -> list[str]:
        return self.random.sample(options, len(options))

    def often(self, percent: int) -> bool:
        return self.random.random() * 100 < percent

    def anchor(self, value: Any) -> str:
        """An anchor for a value, now and then; of equal values one has it."""
        if json.dumps(value) in self.anchors or not self.often(4):
            return ""
        self.count += 1
        return f" &a{self.count}"

    def close(self, anchor: str, value: Any) -> None:
        """From here on an alias may repeat the value."""
        if anchor:
            self.anchors[json.dumps(value)] = anchor[2:]

    def comment(self) -> str:
        self.comments.append(f"# c{len(self.comments)}c")
        return self.comments[-1]


# --- trees ---------------------------------------------------------------------------------------------------------


def catalog_tree(draw: Drawn) -> dict[str, Any]:
    """A catalog that a build takes without a word, whatever it holds."""
    tree: dict[str, Any] = {}
    sources: dict[str, Any] = {"vendor": {"title": "The vendor", "checked": draw.pick(*DAYS)}}
    if draw.often(60):
        sources[OURS] = {"title": "models.dev"} | ({"checked": draw.pick(*DAYS)} if draw.often(70) else {})
    elif draw.often(30):
        sources[OURS] = None
    if draw.often(60):
        tree["catalog"] = {"schema": "1"} | ({"as_of": "2026-08-01"} if draw.often(50) else {})
    known = [name for name, entry in sources.items() if entry]
    tree["sources"] = sources
    tree["organizations"] = draw.pick({"openai": {"name": "OpenAI"}}, {"acme": {"name": "Acme"}}, None)
    tree["providers"] = {"openai": {"name": "OpenAI"}} | ({"acme": {"name": "Acme"}} if draw.often(50) else {})
    if draw.often(20):
        tree["source"] = draw.pick(*known)
    tree["models"] = {name: model_tree(draw, known) for name in draw.shuffled(IDS) if draw.often(60)}
    names = [name for name in draw.shuffled(sorted(tree)) if tree[name] != {} or draw.often(50)]
    return {name: tree[name] for name in names}


def model_tree(draw: Drawn, sources: list[str]) -> dict[str, Any]:
    model: dict[str, Any] = {"name": draw.pick("Alfa", "Bravo 2", "A: b")} | stamp(draw, sources, 60)
    facts = {
        "context_window": ("1000", "400_000", "999"),
        "max_output": ("100", "64"),
        "released": ("2026", "2026-04", "2026-04-01"),
        "openness": ("proprietary", "open-weights"),
        "architecture": ("dense, decoder-only", "mixture [of] experts"),
    }
    for name, values in facts.items():
        if draw.often(45):
            model[name] = fact_tree(draw, values, sources)
    if draw.often(40):
        model["capabilities"] = block(draw, lambda: flags_tree(draw, sources))
    if draw.often(25):
        model["lifecycle"] = block(draw, lambda: {"status": draw.pick("preview", "active")} | stamp(draw, sources, 30))
    if draw.often(25):
        model["best_for"] = draw.pick(["chat"], ["long texts", "code"])
    if draw.often(50):
        model["routes"] = block(draw, lambda: routes_tree(draw, sources), empty=[])
    keys = draw.shuffled(sorted(model)) if draw.often(30) else list(model)
    return {key: model[key] for key in keys}


def block(draw: Drawn, make: Any, empty: Any = None) -> Any:
    return draw.pick(None, "unknown", empty) if draw.often(20) else make()


def stamp(draw: Drawn, sources: list[str], percent: int) -> dict[str, Any]:
    if not draw.often(percent):
        return {}
    return {"source": draw.pick(*sources)} | ({"checked": draw.pick(*DAYS)} if draw.often(60) else {})


def beside(draw: Drawn) -> dict[str, Any]:
    if not draw.often(35):
        return {}
    return {"note": draw.pick(*NOTES)} | (
        {"accept": draw.pick("stale-fact", ["conflict", "stale-fact"])} if draw.often(40) else {}
    )


def fact_tree(draw: Drawn, values: tuple[str, ...], sources: list[str]) -> Any:
    form = draw.pick("plain", "plain", "long", "values", "unknown", "none", "noted")
    if form == "plain":
        return draw.pick(*values)
    if form == "long":
        return {"value": draw.pick(*values, "unknown", None, "n/a")} | stamp(draw, sources, 70) | beside(draw)
    if form == "values":
        one = {"value": values[0], "note": draw.pick("As listed at acme.", "As listed at a, b and c.", "By hand.")}
        return {"values": [one, {"value": values[1]}]} | stamp(draw, sources, 60) | beside(draw)
    if form == "noted":
        return {"note": draw.pick(*NOTES)}
    return draw.pick("unknown", "Unknown", "undisclosed") if form == "unknown" else None


def flags_tree(draw: Drawn, sources: list[str]) -> dict[str, Any]:
    found = stamp(draw, sources, 20)
    for name in ("reasoning", "vision", "function_calling"):
        if draw.often(50):
            found[name] = fact_tree(draw, ("true", "false"), sources)
    return found or {"vision": "true"}


def routes_tree(draw: Drawn, sources: list[str]) -> list[Any]:
    routes = []
    for provider, name in (("openai", "gpt-9"), ("openai", "x/other"), ("acme", "gpt-9")):
        if not draw.often(60):
            continue
        route = {"provider": provider, "id": name} | stamp(draw, sources, 30)
        if draw.often(25):
            route["context_window"] = draw.pick("500", "900", None)
        if draw.often(70):
            route["prices"] = block(draw, lambda: prices_tree(draw, sources), empty=[])
        routes.append(route | beside(draw))
    return routes or [{"provider": "openai"}]


def prices_tree(draw: Drawn, sources: list[str]) -> list[Any]:
    first = {"input": draw.pick("2", "3"), "output": draw.pick("8", "9.50")} | stamp(draw, sources, 25)
    if draw.often(20):
        first |= {"from": "2026-03-01"}
    if draw.often(30):
        first |= {"note": draw.pick(*NOTES)}
    larger = {"input": "4", "output": "16", "when": {"input_above": "200000"}}
    return [first, *([larger] if draw.often(40) else [])]


# --- texts ---------------------------------------------------------------------------------------------------------


def text_of(draw: Drawn, tree: dict[str, Any]) -> str:
    """A text that says a tree, in a layout of its own."""
    lines: list[str] = []
    if draw.often(20):
        lines += [draw.comment(), *([""] if draw.often(50) else [])]
    if draw.often(10):
        lines.append("---")
    if draw.often(8) and tree:
        lines += [flow(draw, tree, 0)]
    else:
        lines += mapping(draw, tree, 0, step=draw.pick(2, 2, 4, 3), spaced=draw.often(40))
    if draw.often(20):
        lines += [*([""] if draw.often(50) else []), draw.comment()]
    ends = draw.pick("\n", "\n", "\r\n", "mixed")
    text = "".join(
        line + (draw.pick("\n", "\r\n") if ends == "mixed" else ends) for line in "\n".join(lines).split("\n")
    )
    if draw.often(15):
        text = text.rstrip("\r\n")
    return ("\ufeff" if draw.often(10) else "") + text


def mapping(draw: Drawn, tree: dict[str, Any], depth: int, *, step: int, spaced: bool = False) -> list[str]:
    lines: list[str] = []
    for i, (key, value) in enumerate(tree.items()):
        if spaced and (i or depth):
            lines.append("")
        if draw.often(8):
            lines.append(" " * draw.pick(depth, depth, 0, depth + step) + draw.comment())
        lines += pair(draw, key, value, depth, step)
    if tree and depth and draw.often(8):
        lines.append(" " * depth + draw.comment())
    return lines


def pair(draw: Drawn, key: str, value: Any, depth: int, step: int) -> list[str]:
    name = quoted(draw, key)
    start = " " * depth + name + (" :" if draw.often(3) else ":")
    is_table = depth == 0
    if not is_table and draw.often(15) and (alias := draw.anchors.get(json.dumps(value))):
        return [f"{start} *{alias}" + (f"  {draw.comment()}" if draw.often(10) else "")]
    if isinstance(value, dict | list) and value and not draw.often(5 if is_table else 35):
        anchor = "" if is_table else draw.anchor(value)
        tail = f"   {draw.comment()}" if draw.often(8) else ""
        if isinstance(value, dict):
            inner = mapping(draw, value, depth + step, step=step, spaced=is_table and draw.often(20))
        else:
            inner = items(draw, value, depth if draw.often(40) else depth + step, step)
        draw.close(anchor, value)
        return [start + anchor + tail, *inner]
    if isinstance(value, str) and (draw.often(30) or "\n" in value) and key in _LITERAL:
        sign = draw.pick("|", ">-", "|-", "|+") if "\n" not in value else draw.pick("|", "|-")
        return [f"{start} {sign}", *(" " * (depth + step) + line for line in value.split("\n"))]
    said = flow(draw, value, depth + step) if isinstance(value, dict | list) else scalar(draw, value)
    anchor = draw.anchor(value) if said and depth else ""
    draw.close(anchor, value)
    return [f"{start}{anchor} {said}".rstrip() + (f"  {draw.comment()}" if draw.often(12) else "")]


def items(draw: Drawn, values: list[Any], depth: int, step: int) -> list[str]:
    lines: list[str] = []
    for value in values:
        if draw.often(8):
            lines.append(" " * depth + draw.comment())
        if isinstance(value, dict) and value and draw.often(70):
            first, *rest = mapping(draw, value, depth + 2, step=step)
            if first.lstrip().startswith("#"):
                lines += [" " * depth + "-", first, *rest]
            else:
                lines += [" " * depth + "- " + first.lstrip(), *rest]
        else:
            said = flow(draw, value, depth + 2) if isinstance(value, dict | list) else scalar(draw, value)
            lines.append(f"{' ' * depth}- {said}" + (f" {draw.comment()}" if draw.often(10) else ""))
    return lines


def flow(draw: Drawn, value: Any, depth: int) -> str:
    """Between braces or brackets, in one line or in several."""
    if not isinstance(value, dict | list):
        return scalar(draw, value, in_flow=True)
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    is_long = draw.often(20) and bool(value)
    parts = []
    for key, item in value.items() if isinstance(value, dict) else ((None, item) for item in value):
        said = flow(draw, item, depth + 1)
        name = "" if key is None else quoted(draw, key)
        parts.append(said if key is None else name if item is None and draw.often(30) else f"{name}: {said}")
    if not is_long:
        return opening + ", ".join(parts) + closing
    pad = "\n" + " " * (depth + 1)
    last = len(parts) - 1
    said = ""
    for i, part in enumerate(parts):
        comma = "," if i < last or draw.often(30) else ""
        said += pad + part + comma + (f"  {draw.comment()}" if draw.often(15) else "")
    return f"{opening}{said}{pad}{closing}"


def quoted(draw: Drawn, text: str) -> str:
    return json.dumps(text) if draw.often(5) else text


def scalar(draw: Drawn, value: str | None, *, in_flow: bool = False) -> str:
    if value is None:
        return str(draw.pick("", "~", "null")) if not in_flow else str(draw.pick("~", "null", ""))
    special = set(",[]{}") & set(value) if in_flow else set("[{").intersection(value[:1])
    if special or ": " in value or " #" in value or "\n" in value or draw.often(10):
        single = "'" + value.replace("'", "''") + "'"
        return json.dumps(value) if "\n" in value or draw.often(50) else single
    return value


# --- foreign files -------------------------------------------------------------------------------------------------


def foreign_file(draw: Drawn) -> dict[str, Any]:
    """An ``api.json`` of models.dev."""
    found: dict[str, Any] = {}
    for place in ("openai", "acme", "router"):
        models = {name: foreign_model(draw) for name in (*IDS, "zulu-4", "aardvark-0") if draw.often(45)}
        found[place] = {"id": place, "name": place.title(), "models": models}
    return found


def foreign_model(draw: Drawn) -> dict[str, Any]:
    model: dict[str, Any] = {"name": draw.pick("Alfa", "Other")}
    limits = {
        "context": draw.pick(1000, 2000, None),
        "output": draw.pick(100, 64, None),
        "input": draw.pick(10, None, None),
    }
    model["limit"] = {name: value for name, value in limits.items() if value}
    if draw.often(50):
        model["release_date"] = draw.pick("2026-04-01", "2026")
    for flag in ("reasoning", "tool_call", "open_weights"):
        if draw.often(50):
            model[flag] = draw.often(50)
    if draw.often(60):
        model["cost"] = {"input": draw.pick(2, 3, 2.5), "output": 8}
        if draw.often(30):
            model["cost"]["tiers"] = [{"input": 4, "output": 16, "tier": {"type": "context", "size": 200000}}]
    if draw.often(25):
        model["status"] = draw.pick("beta", "deprecated")
    return model
