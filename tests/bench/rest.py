"""Pages as reStructuredText, as an author writes it by hand.

The same template lays the pages out in every variant that has reStructuredText: rendered beforehand for the
hand-written pages, and by the build for those of the two extensions with templates.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, Template

from sphinx_modelcmp.sections.blocks import (
    Bullets,
    Code,
    Definitions,
    Emphasis,
    Link,
    Notice,
    Paragraph,
    SourceMark,
    Strong,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_modelcmp.sections.blocks import Block, Inline, TableRow
    from tests.bench.pages import Page

TEMPLATE = Path(__file__).with_name("page.rst.jinja")

_SPECIAL = re.compile(r"[\\`*|]|_(?!\w)|(?<=:):$")
_LEADING = re.compile(r"[-+*•‣⁃.:>_=#~^]|\(?(?:[A-Za-z]|[ivxlcdm]+|[IVXLCDM]+|[0-9]+)[.)](?:\s|$)")
_JOINED_BEFORE, _JOINED_AFTER = " (", " .,;:!?)"
"""What inline markup can follow, and what can follow it, without an escaped space."""


def data_of(page: Page) -> dict[str, Any]:
    """What the template lays out: words are reStructuredText already."""
    sections = [{"title": escaped(held.title), "blocks": _blocks(held.blocks)} for held in page.sections]
    return {"sections": sections}


def heading(page: Page) -> str:
    """The title of a page, with its underline."""
    title = escaped(page.title)
    return f"{title}\n{'=' * len(title)}\n"


def by_hand(page: Page) -> str:
    """The whole page."""
    return f"{heading(page)}\n{_template().render(data=data_of(page))}\n"


@lru_cache
def _template() -> Template:
    return Environment(autoescape=False).from_string(TEMPLATE.read_text(encoding="utf-8"))


def _blocks(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    return [found for block in blocks if (found := _block(block))]


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph(content):
            return {"kind": "paragraph", "text": words(content)}
        case Notice(content):
            return {"kind": "warning", "text": words(content)}
        case Bullets(items, anchors):
            labels = anchors or [""] * len(items)
            entries = [{"label": label, "text": words(item)} for label, item in zip(labels, items, strict=True)]
            return {"kind": "bullets", "entries": entries}
        case Definitions(items):
            return {
                "kind": "definitions",
                "entries": [{"term": words(term), "blocks": _blocks(blocks)} for term, blocks in items],
            }
        case Table(caption, header, rows):
            cells = [words(cell.content) for cell in header]
            return {"kind": "table", "caption": escaped(caption), "rows": [cells, *map(_row, rows)]}
        case _:
            return {}


def _row(row: TableRow) -> list[str]:
    return [words(cell.content) for cell in (row.head, *row.cells)]


def words(content: Sequence[Inline]) -> str:
    """Inlines as a line of text."""
    line = ""
    for inline in content:
        markup = _markup(inline)
        text = markup or escaped(inline.text)
        line += _joint(line, text, markup=bool(markup)) + text
    return f"\\{line}" if _LEADING.match(line) and not _is_markup(content) else line


def _is_markup(content: Sequence[Inline]) -> bool:
    return bool(content) and bool(_markup(content[0]))


def _joint(line: str, text: str, *, markup: bool) -> str:
    """An escaped space where markup touches a word."""
    if not line or not text:
        return ""
    closed = line[-1] in "`*" and not line.endswith(("\\`", "\\*"))
    if markup and line[-1] not in _JOINED_BEFORE:
        return "\\ "
    return "\\ " if closed and not markup and text[0] not in _JOINED_AFTER else ""


def _markup(inline: Inline) -> str:
    match inline:
        case Strong(text):
            return f"**{escaped(text)}**"
        case Emphasis(text):
            return f"*{escaped(text)}*"
        case Code(text):
            return f"``{text}``"
        case SourceMark(text, anchor):
            return f"`{text} <{anchor}_>`__"
        case Link(text, url) if ":" in url:
            return f"`{_title(text)} <{url}>`__"
        case Link(text, url):
            return f":doc:`{_title(text)} <{url.removesuffix('.html')}>`"
        case _:
            return ""


def _title(text: str) -> str:
    return escaped(text).replace("<", "\\<")


def escaped(text: str) -> str:
    """Words that mean themselves."""
    return _SPECIAL.sub(r"\\\g<0>", " ".join(text.split()) if "\n" in text else text)
