"""Unique ids in single-page HTML, where Sphinx concatenates pages whose comparisons have the same ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_modelcmp.nodes.anchors import free
from sphinx_modelcmp.nodes.classes import PUBLISHED
from sphinx_modelcmp.nodes.traverse import is_ours

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class SeparateIds(SphinxPostTransform):
    """Single-page-only post-transform: new ids for our nodes whose ids are taken; the ids of others stay."""

    default_priority = 900
    builders = ("singlehtml",)

    def run(self, **_kwargs: Any) -> None:
        """Rename page by page, in the order of the pages; then lead links from other pages there."""
        pages = list(self._pages())
        taken = {name for _, found in pages for node in found if not is_ours(node) for name in node["ids"]}
        addresses: dict[str, str] = {}
        for docname, found in pages:
            given = self._rename(docname, found, taken)
            addresses |= {f"#document-{docname}#{name}": f"#{new}" for name, new in given.items()}
            self._follow(docname, found, given)
        for node in (node for _, found in pages for node in found):
            if node.get("refuri") in addresses:
                node["refuri"] = addresses[node["refuri"]]

    def _pages(self) -> Iterator[tuple[str, list[nodes.Element]]]:
        """Each page with its elements, without those of pages included in it."""
        found: dict[str, list[nodes.Element]] = {}
        waiting: list[tuple[nodes.Element, str]] = [(self.document, self.env.docname)]
        while waiting:
            node, docname = waiting.pop()
            docname = node["docname"] if isinstance(node, addnodes.start_of_file) else docname
            found.setdefault(docname, []).append(node)
            waiting += [(child, docname) for child in reversed(node.children) if isinstance(child, nodes.Element)]
        yield from found.items()

    def _rename(self, docname: str, found: list[nodes.Element], taken: set[str]) -> dict[str, str]:
        """Our ids on a page, each with its new id."""
        given = {}
        for node in filter(is_ours, found):
            for i, name in enumerate(node["ids"]):
                if name in taken:
                    node["ids"][i] = free(nodes.make_id(f"{docname}-{name}"), taken)
                    self._keep_number(docname, node, name, node["ids"][i])
                given[name] = node["ids"][i]
                taken.add(given[name])
        return given

    def _follow(self, docname: str, found: list[nodes.Element], given: Mapping[str, str]) -> None:
        """Lead references on the same page, and in its table of contents, to the new ids."""
        for node in found:
            if node.get("refid") in given:
                node["refid"] = given[node["refid"]]
            if PUBLISHED in node:
                anchors = {name: given.get(anchor, anchor) for name, anchor in node[PUBLISHED].anchors.items()}
                node[PUBLISHED] = node[PUBLISHED]._replace(anchors=anchors)
        for entry in self.env.tocs[docname].findall(nodes.reference):
            name = entry["anchorname"].removeprefix("#")
            entry["anchorname"] = f"#{given[name]}" if name in given else entry["anchorname"]

    def _keep_number(self, docname: str, node: nodes.Element, old: str, new: str) -> None:
        """Keep the numbers of sections and tables, which the writer looks up by id."""
        number = self.env.toc_secnumbers.get(docname, {}).get(f"#{old}")
        if number and isinstance(node, nodes.section):
            node[0]["secnumber"] = number  # type: ignore[index]
        # This changes the environment while pages are written. It is pickled before, so that no other build sees it.
        tables = self.env.toc_fignumbers.get(docname, {}).get("table", {})
        if old in tables and isinstance(node, nodes.table):
            tables[new] = tables[old]
