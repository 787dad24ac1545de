"""What the pages of a built site say, so that no variant is fast because it says less."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

COUNTED = ("a", "dt", "h1", "h2", "li", "table", "td", "th", "tr")
"""Elements of which each variant must have as many."""

# The main content of a page as Sphinx's default theme writes it. A permalink stands where there is an anchor, and
# nothing of a template is shown. What stands for signs of a style sheet only our variant has, and what it folds behind.
_MAIN = re.compile(r'<div class="body" role="main">(.*?)<div class="sphinxsidebar"', re.DOTALL)
_NOT_SAID = re.compile(
    r'<a class="headerlink".*?</a>|<template\b.*?</template>|<script\b.*?</script>'
    r'|<span class="modelcmp-unseen">.*?</span>|<p class="modelcmp-key\b[^"]*">.*?</p>'
    r'|(?<=modelcmp-fold-narrow">\n)<summary>.*?</summary>',
    re.DOTALL,
)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^>]*>")
_WITHIN_WORDS = re.compile(r"</?(?:a|abbr|code|em|span|strong)\b[^>]*>")
_TYPOGRAPHY = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "--", "—": "---", "…": "..."})
"""Sphinx turns plain quotes, dashes and dots into these, save where a node is exempt from it, as ours are."""


class Content(NamedTuple):
    """What a reader sees of a page: its words, without regard to white space, and how many there are of each part."""

    words: tuple[str, ...]
    parts: Mapping[str, int]


def content_of(html: str) -> Content:
    """The content of a page."""
    found = _MAIN.search(html)
    assert found, "the page has no main content"
    main = _NOT_SAID.sub("", found[1])
    parts = Counter(name for closing, name in _TAG.findall(main) if not closing and name in COUNTED)
    text = unescape(_TAG.sub(" ", _WITHIN_WORDS.sub("", main))).translate(_TYPOGRAPHY)
    return Content(tuple(text.split()), dict(sorted(parts.items())))


def differences(sites: Mapping[str, Path]) -> Iterator[str]:
    """How the pages of built sites differ from those of the first one."""
    (first, model), *others = sites.items()
    pages = sorted(path.name for path in model.glob("page-*.html"))
    if not pages:
        yield f"{first} has no pages"
    for page in pages:
        wanted = content_of((model / page).read_text(encoding="utf-8"))
        for name, site in others:
            path = site / page
            found = content_of(path.read_text(encoding="utf-8")) if path.exists() else Content((), {})
            if found != wanted:
                yield f"{page}: {first} and {name} differ: {_difference(wanted, found)}"


def _difference(wanted: Content, found: Content) -> str:
    if wanted.words == found.words:
        return f"{wanted.parts} against {found.parts}"
    pairs = zip_longest(wanted.words, found.words)
    place = next(i for i, (one, other) in enumerate(pairs) if one != other)
    near = slice(max(0, place - 5), place + 8)
    return f"“{' '.join(wanted.words[near])}” against “{' '.join(found.words[near])}”"
