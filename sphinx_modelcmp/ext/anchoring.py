"""What the ids of each comparison on a page begin with, and the ids that the page has of its own."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_modelcmp.nodes.anchors import Anchors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_modelcmp.ext.directive import comparison_place

_RAW_ID = re.compile(r"""<[a-z][^<>]*\s(?:id|name)\s*=\s*["']?([^\s"'<>]+)""", re.IGNORECASE)


def anchors_of(document: nodes.document, places: Sequence[comparison_place]) -> list[Anchors]:
    """The anchors of each comparison. Those of the same models, as in parts of one page, need no prefix."""
    taken = _ids(document)
    is_only = len({place.models for place in places}) == 1
    defaults = ("" if is_only else _short(place.models) for place in places)
    named = (nodes.make_id(place.display.name) for place in places)
    return [Anchors(name or default, taken) for name, default in zip(named, defaults, strict=True)]


def _short(models: Sequence[str]) -> str:
    """The first id, how many there are, and a hash of all."""
    digits = sha256(" ".join(models).encode()).hexdigest()[:6]
    return f"{nodes.make_id(models[0]) or 'models'}-{len(models)}-{digits}"


def _ids(document: nodes.document) -> set[str]:
    """Every id on a page. Those in raw HTML the document does not know, nor those that some extensions give."""
    found = set(document.ids)
    for node in document.findall(nodes.Element):
        found.update(node["ids"])
        if isinstance(node, nodes.raw):
            found.update(_RAW_ID.findall(node.astext()))
    return found
