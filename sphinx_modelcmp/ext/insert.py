"""Transforms that replace the place of each comparison by its nodes, and the places of links by links.

They decide between sections and rubrics, tables and lists, because the directive cannot: its parent is unknown under
MyST, and known to be wrong inside tabs and grids.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.errors import NoUri
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode

from sphinx_modelcmp.catalog.problems import Code, Problem
from sphinx_modelcmp.ext.config import report
from sphinx_modelcmp.ext.directive import comparison_place
from sphinx_modelcmp.ext.domain import domain_of
from sphinx_modelcmp.nodes.classes import COMPARISON, PAGE, PUBLISHED, RELATED
from sphinx_modelcmp.nodes.layout import Anchors, Heading, Layout
from sphinx_modelcmp.nodes.traverse import ancestors, elements, tables_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_modelcmp.ext.domain import Related
    from sphinx_modelcmp.nodes.build import Builder


LOOKS = {"class": "classes", "align": "align", "width": "width", "widths": "widths", "layout": "cards"}
"""The options that are looks of tables, each with its name there."""
BEFORE_CONTENTS, LAST = 719, 999
"""Priorities of transforms: just before ``contents`` looks at titles, and the last one possible."""
Words: TypeAlias = tuple[nodes.Element, list[nodes.Node]]
"""A node, and the children that it is without."""
WHOLE = "comparison"
"""The id of a title that is made for a page without one."""
_RAW_ID = re.compile(r"""<[a-z][^<>]*\s(?:id|name)\s*=\s*["']?([^\s"'<>]+)""", re.IGNORECASE)


class InsertComparisons(SphinxTransform):
    """Replaces each place by its nodes. Early: whatever Sphinx does with sections and tables comes after."""

    default_priority = 200

    def apply(self, **_kwargs: object) -> None:
        """Insert every comparison of the page."""
        # Most pages compare nothing, and are not searched.
        if self.env.docname not in domain_of(self.env).uses:
            return
        places = list(self.document.findall(comparison_place))
        for place, anchors in zip(places, anchors_of(self.document, places), strict=True):
            place.replace_self(self._nodes(place, anchors))

    def _nodes(self, place: comparison_place, anchors: Anchors) -> list[nodes.Element]:
        # Late, as in the directive.
        from sphinx_modelcmp.nodes.build import Builder  # noqa: PLC0415

        heading = self._heading(place)
        outer = list(ancestors(place))
        untitled = heading is Heading.SECTION and not any(isinstance(node, nodes.section) for node in outer)
        builder = Builder(
            (place.source or self.env.docname, place.line or 0),
            heading=heading,
            layout=Layout(**{LOOKS[name]: value for name, value in place.options.items() if name in LOOKS}),
            level=1 + _depth(outer),
            tables=not _in_cell(outer),
            page=self.env.docname,
            verdict=place.children,
        )
        found = builder.sections(place.answer.sections, anchors)
        tables = [table for node in found for table in tables_in(node)]
        if tables and (caption := place.options.get("caption")):
            # It is translated already; translators find it with the text of the page.
            title = cast("nodes.title", tables[0][0])
            title.rawsource, title["translatable"] = caption, True
        theirs = (node for own in place.children for node in own.findall(nodes.Element) if node["ids"])
        identified = [*builder.identified, *theirs]
        if untitled:
            found = [self._page(place, found, builder, anchors.of(WHOLE))]
            identified += found
        for node in identified:
            self.document.set_id(node)
        self._set_aside(builder.saying)
        self._name(place, found)
        self._publish(place, found, anchors)
        return found

    def _publish(self, place: comparison_place, found: list[nodes.Element], anchors: Anchors) -> None:
        """Keep the structured data on the last node until the page is written."""
        published = place.answer.published
        if not published or not found:
            return
        outer, linked = list(ancestors(place)), published.linked_data
        if linked and _in_cell(outer):
            linked = linked._replace(captions=())
        found[-1][PUBLISHED] = published._replace(
            linked_data=linked,
            anchors={section.name: anchors.of(section.name) for section in place.answer.sections},
            # Below a page's own title, and not in a card or a chapter of it.
            is_subject=_depth(outer) <= 1 and self._allows_sections(place),
        )

    def _set_aside(self, saying: Iterable[nodes.Element]) -> None:
        """Hide the words of nodes until `PutBack` returns them. A table keeps its caption, which is empty by then."""
        words: dict[int, list[Words]] = {BEFORE_CONTENTS: [], LAST: []}
        for node in saying:
            kept = int(isinstance(node, nodes.table))
            words[BEFORE_CONTENTS if isinstance(node, nodes.title) else LAST].append((node, node.children[kept:]))
            del node.children[kept:]
        for priority, found in words.items():
            self.document.note_pending(nodes.pending(PutBack, {"words": found}), priority)

    def _heading(self, place: comparison_place) -> Heading:
        asked = place.options.get("headings", "auto")
        is_allowed = self._allows_sections(place)
        if asked == "section" and not is_allowed:
            problem = Problem(Code.OPTION, "sections cannot stand here: the headings are rubrics")
            report(problem, domain_of(self.env).config, (self.env.docname, place.line))
        if asked in {"auto", "section"}:
            return Heading.SECTION if is_allowed else Heading.RUBRIC
        return Heading(asked)

    def _allows_sections(self, place: comparison_place) -> bool:
        """Sections are allowed in a document or a section, also through ``only``, which leaves no trace of its own."""
        outer = next((node for node in ancestors(place) if not isinstance(node, addnodes.only)), None)
        return isinstance(outer, nodes.document | nodes.section)

    def _page(
        self, place: comparison_place, found: list[nodes.Element], builder: Builder, anchor: str
    ) -> nodes.section:
        """A page without a title of its own gets one, or each of our sections would be a title."""
        title = nodes.title(f"{self.env.docname}#{anchor}", "", *builder.inlines.text(place.answer.use.title))
        title["translatable"] = title["support_smartquotes"] = False
        section = nodes.section("", title, *found, ids=[anchor], classes=[PAGE])
        for node in (section, title):
            node.source, node.line = place.source, place.line
        builder.saying.append(title)
        return section

    def _name(self, place: comparison_place, found: list[nodes.Element]) -> None:
        """Put the author's label on the first node that a reference can take a text from."""
        name = place.options.get("name")
        if not name or not found:
            return
        titled = (node for kind in (nodes.section, nodes.table) for outer in found for node in outer.findall(kind))
        target = next(titled, found[0])
        target["names"].append(nodes.fully_normalize_name(name))
        self.document.note_explicit_target(target, target)


class PutBack(SphinxTransform):
    """Returns their words to our nodes after the transforms that look for an author's markup.

    Our words contain none: an extension would take two dollar amounts for mathematics, or a name for an abbreviation.
    This also saves time: reading takes a fifth longer if every cell goes through all transforms.
    """

    default_priority = LAST

    def apply(self, **_kwargs: object) -> None:
        """Put them back."""
        words: list[Words] = cast("nodes.pending", self.startnode).details["words"]
        for node, children in words:
            node.extend(children)


def _depth(outer: Iterable[nodes.Element]) -> int:
    """The number of sections around a node."""
    return sum(isinstance(node, nodes.section) for node in outer)


def _in_cell(outer: Iterable[nodes.Element]) -> bool:
    """True if a node is in a table, where ours become lists without captions."""
    return any(isinstance(node, nodes.entry) for node in outer)


def anchors_of(document: nodes.document, places: Sequence[comparison_place]) -> list[Anchors]:
    """The anchors of each comparison. Those of the same models, as in parts of one page, need no prefix."""
    taken = _ids(document)
    is_only = len({place.answer.use.models for place in places}) == 1
    defaults = ("" if is_only else _short(place.answer.use.models) for place in places)
    named = (nodes.make_id(place.options.get("name", "")) for place in places)
    return [Anchors(name or default, taken) for name, default in zip(named, defaults, strict=True)]


def _short(models: Sequence[str]) -> str:
    """The first id, how many there are, and a hash of all."""
    digits = sha256(" ".join(models).encode()).hexdigest()[:6]
    first = nodes.make_id(models[0]) if models else ""
    return f"{first or 'models'}-{len(models)}-{digits}"


def _ids(document: nodes.document) -> set[str]:
    """Every id on a page, even those in raw HTML and those of some extensions, which the document does not know."""
    found = set(document.ids)
    for node in document.findall(nodes.Element):
        found.update(node["ids"])
        if isinstance(node, nodes.raw):
            found.update(_RAW_ID.findall(node.astext()))
    return found


class LinkRelated(SphinxPostTransform):
    """Replaces the sentence in place of links, if there are any, and links comparisons of a model and its successor."""

    default_priority = 5

    def run(self, **_kwargs: Any) -> None:
        """Link every place of the document."""
        neighbours = domain_of(self.env).neighbours
        for place in [node for node in elements(self.document) if RELATED in node or COMPARISON in node]:
            links = neighbours.links(place["page"])
            if found := links.related.get(tuple(place.get(RELATED, ()))):
                place.replace_self(self._links(place, found))
            elif target := links.successors.get(tuple(place.get(COMPARISON, ()))):
                place.replace_self(self._link(target, *place.children))

    def _links(self, place: nodes.Element, found: Iterable[Related]) -> nodes.bullet_list:
        # Late, as in the directive.
        from sphinx_modelcmp.nodes.build import Inlines  # noqa: PLC0415

        links = nodes.bullet_list(bullet="*", classes=[RELATED])
        for page in found:
            title = Inlines(foreign=page.foreign).text(page.title)
            links += nodes.list_item("", nodes.paragraph("", "", self._link(page.docname, *title)))
        links.source, links.line = place.source, place.line
        return links

    def _link(self, docname: str, *words: nodes.Node) -> nodes.Node:
        text = nodes.inline("", "", *words)
        try:
            link = make_refnode(domain_of(self.env).builder, self.env.docname, docname, "", text)
        except NoUri:
            # A LaTeX or Texinfo document may contain only some pages of the documentation.
            return text
        # A manual page has no addresses, and would show an empty one.
        return link if link["refuri"] else text
