"""Single-page HTML: Sphinx joins the pages without telling their ids apart, so the same comparison on two clashes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_modelcmp.nodes.classes import PUBLISHED

if TYPE_CHECKING:
    from collections.abc import Iterator


class SeparateIds(SphinxPostTransform):
    """Gives our nodes another id where theirs is taken, and leaves the ids of anybody else alone."""

    default_priority = 900
    builders = ("singlehtml",)

    def run(self, **_kwargs: Any) -> None:
        """Rename page by page, in the order of the pages."""
        pages = list(self._pages())
        taken = {name for _, found in pages for node in found if not _is_ours(node) for name in node["ids"]}
        for docname, found in pages:
            renamed = {}
            for node in filter(_is_ours, found):
                for i, name in enumerate(node["ids"]):
                    if name in taken:
                        renamed[name] = node["ids"][i] = _free(f"{nodes.make_id(docname)}-{name}", taken)
                        self._keep_number(docname, node, name, renamed[name])
                    taken.add(node["ids"][i])
            for node in found:
                if node.get("refid") in renamed:
                    node["refid"] = renamed[node["refid"]]
                if PUBLISHED in node:
                    anchors = node[PUBLISHED].anchors
                    moved = {name: renamed.get(anchor, anchor) for name, anchor in anchors.items()}
                    node[PUBLISHED] = node[PUBLISHED]._replace(anchors=moved)

    def _pages(self) -> Iterator[tuple[str, list[nodes.Element]]]:
        """Each page, with the elements that no page within it holds."""
        found: dict[str, list[nodes.Element]] = {}
        waiting: list[tuple[nodes.Element, str]] = [(self.document, self.env.docname)]
        while waiting:
            node, docname = waiting.pop()
            docname = node["docname"] if isinstance(node, addnodes.start_of_file) else docname
            found.setdefault(docname, []).append(node)
            waiting += [(child, docname) for child in reversed(node.children) if isinstance(child, nodes.Element)]
        yield from found.items()

    def _keep_number(self, docname: str, node: nodes.Element, old: str, new: str) -> None:
        """The numbers of sections and tables are kept by id; the writer looks for them by the new one."""
        number = self.env.toc_secnumbers.get(docname, {}).get(f"#{old}")
        if number and isinstance(node, nodes.section):
            node[0]["secnumber"] = number  # type: ignore[index]
        tables = self.env.toc_fignumbers.get(docname, {}).get("table", {})
        if old in tables and isinstance(node, nodes.table):
            tables[new] = tables[old]


def _is_ours(node: nodes.Element) -> bool:
    return any(name.partition("-")[0] == "modelcmp" for name in node["classes"])


def _free(name: str, taken: set[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free
