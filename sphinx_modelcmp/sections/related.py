"""Where to go next. Which pages there are is known only once all are read: ``ext/`` sets the links in."""

from __future__ import annotations

from sphinx_modelcmp.sections.blocks import Block, RelatedLinks
from sphinx_modelcmp.sections.language import mark
from sphinx_modelcmp.sections.page import Page, SectionKind


def build(page: Page) -> tuple[Block, ...]:
    """The place of the links, with the sentence for a page that has none."""
    none = page.say("No other page of this documentation compares {models}.", models=page.either())
    return (RelatedLinks(page.comparison.ids, none),)


SECTION = SectionKind(mark("Compare next"), build)
