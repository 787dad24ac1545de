"""Manual pages: the writer takes a table's caption for the page's name, so captions become paragraphs."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_modelcmp.nodes.tables import tables_in


class UncaptionTables(SphinxPostTransform):
    """Moves the captions of our tables before them, in bold."""

    default_priority = 900
    formats = ("man",)

    def run(self, **_kwargs: Any) -> None:
        """Move every caption."""
        for table in list(tables_in(self.document)):
            if isinstance(table[0], nodes.title):
                caption = table.pop(0).astext()
                place = table.parent.index(table)
                table.parent.insert(place, nodes.paragraph("", "", nodes.strong(caption, caption)))
