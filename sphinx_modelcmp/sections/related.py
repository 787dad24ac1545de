"""Where to go next. Which pages there are is known only once all are read: ``ext/`` sets the links in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_modelcmp.sections.blocks import Block, RelatedLinks

if TYPE_CHECKING:
    from sphinx_modelcmp.sections.page import Page


def build(page: Page) -> tuple[Block, ...]:
    """A place for the links, with the sentence that stands there if there are none."""
    none = page.say(
        "No other page of this documentation compares {models}.",
        models=page.words.either(m.name for m in page.models),
    )
    return (RelatedLinks(page.comparison.ids, none),)
