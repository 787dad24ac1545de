"""Machine-readable content that travels with a page until it is written, and its assembly then.

This module imports no other one of the package: a build that only writes pages must not read the catalog.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

KINDS = ("json", "json-ld", "description")
"""The kinds that can be published: ``comparison.json``, linked data, the description of the page."""
SCHEMA_FILE = Path(__file__).parent / "comparison.schema.json"
"""The schema of ``comparison.json``, as every site has it."""
VERSION = 1
LONGEST = 300
"""Characters of a description: about what is shown of one."""
SHORTEST_OF_DATASET, LONGEST_OF_DATASET = 50, 5000
"""Characters that the description of a data set has at the least and at the most (Google, “Dataset”)."""


class LinkedData(NamedTuple):
    """The part of one comparison in the linked data of its page."""

    models: Mapping[str, Any]
    """The list of the models."""
    measured: tuple[str, ...]
    """The labels of the rows that say something of a model."""
    captions: tuple[str, ...]
    """Of the tables: they say what figures are counted in."""
    questions: tuple[Mapping[str, Any], ...]
    based_on: tuple[Mapping[str, Any], ...]
    """The sources listed; none of many models."""
    description: str
    """The summary."""
    reviewed: str
    """The day of the last review, where the page says it."""
    language: str


class Published(NamedTuple):
    """The published content of one comparison. Kinds that nobody asks for are empty."""

    title: str
    """The names of the models."""
    record: Mapping[str, Any] = {}
    """The record of the comparison, without its anchors."""
    linked_data: LinkedData | None = None
    sentences: tuple[str, ...] = ()
    """Those of the summary, for a description."""
    anchors: Mapping[str, str] = {}
    """The sections, each with its id on the page."""
    is_subject: bool = False
    """The page is about this comparison, and its summary can describe the page."""


class Address(NamedTuple):
    """The absolute addresses of a page and its file; empty where the site has none."""

    page: str = ""
    record: str = ""


def dump(held: Any) -> str:
    """JSON in one line, as characters and not as escapes."""
    return json.dumps(held, ensure_ascii=False, separators=(",", ":"))


def document(held: Sequence[Published], schema: str) -> str:
    """The ``comparison.json`` of a page, a line for each comparison. ``schema`` is the address of its schema."""
    records = ",\n".join(dump({**item.record, "anchors": item.anchors}) for item in held)
    return f'{{"$schema":{dump(schema)},"version":{VERSION},"comparisons":[\n{records}\n]}}\n'


def linked_data(held: Sequence[Published], title: str, address: Address) -> str:
    """The linked data of a page, as JSON that can stand in a script element; empty where none was asked for."""
    parts = [item.linked_data for item in held if item.linked_data]
    if not parts:
        return ""
    graph = [*map(_models, parts), *_questions(parts, address), _dataset(parts, title, address)]
    # An HTML parser looks for the end of a script, or a comment in it, before anything else.
    return dump({"@context": "https://schema.org", "@graph": graph}).replace("<", "\\u003c")


def _models(part: LinkedData) -> dict[str, Any]:
    """The list of the models, described by the captions of their tables."""
    return {**part.models, **({"description": ". ".join(part.captions)} if part.captions else {})}


def _questions(parts: Sequence[LinkedData], address: Address) -> list[dict[str, Any]]:
    """One list of questions a page, each once."""
    asked = _once(question for part in parts for question in part.questions)
    if not asked:
        return []
    page = {"@type": "FAQPage", "inLanguage": parts[0].language, "mainEntity": asked}
    return [{**page, "url": address.page} if address.page else page]


def _dataset(parts: Sequence[LinkedData], title: str, address: Address) -> dict[str, Any]:
    """The facts of a page as a data set; where too little can be said of them for one, as a page."""
    distribution = {"@type": "DataDownload", "encodingFormat": "application/json", "contentUrl": address.record}
    captions = ". ".join(caption for part in parts for caption in part.captions)
    said = next((part.description for part in parts if part.description), captions)
    is_dataset = len(said) >= SHORTEST_OF_DATASET
    stated = {
        "description": said[:LONGEST_OF_DATASET],
        "dateModified": max(part.reviewed for part in parts),
        "isBasedOn": _once(work for part in parts for work in part.based_on),
        "url": address.page,
    }
    of_dataset = {
        "variableMeasured": list(dict.fromkeys(label for part in parts for label in part.measured)),
        "distribution": distribution if address.record else None,
    }
    named = {"@type": "Dataset" if is_dataset else "WebPage", "name": title, "inLanguage": parts[0].language}
    return named | {key: value for key, value in (stated | (of_dataset if is_dataset else {})).items() if value}


def _once(nodes: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Each of some nodes once, where it comes first."""
    return list({dump(node): node for node in nodes}.values())


def description(held: Sequence[Published]) -> str:
    """The first sentences of the summary, where the page is about one comparison."""
    subjects = [item.sentences for item in held if item.is_subject and item.sentences]
    sentences = subjects[0] if len(subjects) == 1 else ()
    taken = ""
    for sentence in sentences:
        longer = f"{taken} {sentence}".strip()
        if len(longer) > LONGEST:
            break
        taken = longer
    return taken or _cut("".join(sentences[:1]))


def _cut(sentence: str) -> str:
    """The beginning of a sentence that is too long, to the end of a word."""
    if len(sentence) <= LONGEST:
        return sentence
    start = sentence[: LONGEST - 1]
    return f"{start.rpartition(' ')[0] or start}…"
