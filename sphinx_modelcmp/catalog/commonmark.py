"""CommonMark as the authors of a catalog write it: one paragraph, for a cell or a note has room for no more."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.scalars import SAFE_SCHEMES, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# What begins a block, an image or a link. Most notes hold none of these, and need not be parsed to know that.
_SUSPICIOUS = re.compile(r"[!\]]\[|\]\(|\]:|<|^\s*(?:[-+*#>=_~`]|[0-9]+[.)])|^(?: {4}| {0,3}\t)", re.MULTILINE)
_BLOCKS = {
    "heading_open": "a heading",
    "bullet_list_open": "a list",
    "ordered_list_open": "a list",
    "blockquote_open": "a quotation",
    "fence": "a block of code",
    "code_block": "a block of code",
    "hr": "a rule",
}


def parsed(prose: str) -> list[Token]:
    """The blocks of a text. HTML is off, so that a tag in a note is text on the page."""
    return _parser().parse(prose)


@cache
def _parser() -> MarkdownIt:
    # No text of most catalogs needs it.
    from markdown_it import MarkdownIt  # noqa: PLC0415

    return MarkdownIt("commonmark", {"html": False})


def is_followed(url: str) -> bool:
    """True if a page makes a link of an address: its words may be on any page, so only an absolute one leads on."""
    return url.partition(":")[0].lower() in SAFE_SCHEMES


def lost_in(prose: str) -> str:
    """The first part of a text that a page does not show in full, and the cure; nothing where it shows all."""
    if not _SUSPICIOUS.search(prose):
        return ""
    return next((lost for token in parsed(prose) for lost in _lost(token)), "")


def _lost(token: Token) -> Iterator[str]:
    if token.type in _BLOCKS:
        cure = "put a backslash before the sign if none is meant"
        yield f"{_BLOCKS[token.type]} is shown as words in one line; {cure}"
    yield from _lost_inline(token.children or ())


def _lost_inline(tokens: Sequence[Token]) -> Iterator[str]:
    depth = 0
    for token in tokens:
        url = str(token.attrGet("href") or "")
        if token.type == "image":
            yield "an image is shown as its words only; link to it instead"
        elif token.type == "link_open" and depth:
            yield "a link inside bold or italic text leads nowhere; take it out of there"
        elif token.type == "link_open" and not is_followed(url):
            yield f"the link to “{shorten(url)}” leads nowhere; write the whole address, with https://"
        depth += token.nesting
