"""The data of the calculator: a page of HTML holds them out of sight, and no other output has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_modelcmp.ext.domain import domain_of
from sphinx_modelcmp.ext.html import is_for_browsers
from sphinx_modelcmp.nodes.classes import CALCULATOR
from sphinx_modelcmp.nodes.traverse import elements

if TYPE_CHECKING:
    from sphinx.writers.html5 import HTML5Translator

# Within JSON these stand in strings only, and there they can be written so. No text can end the script then.
_ESCAPES = str.maketrans({character: f"\\u{ord(character):04x}" for character in "<>&"})


class calculator_data(nodes.substitution_definition):  # noqa: N801 - docutils names its nodes so
    """The data, with the references that a script may copy. All other writers skip it, as they skip its base class."""


def visit_calculator(self: HTML5Translator, node: calculator_data) -> None:
    """A template: nothing in it is shown, read out or run."""
    data = node[CALCULATOR].translate(_ESCAPES)
    section = self.attval(node.parent["ids"][0])
    self.body.append(f'<template class="{CALCULATOR}" data-section="{section}">')
    self.body.append(f'<script type="application/json">{data}</script>')


def depart_calculator(self: HTML5Translator, _node: calculator_data) -> None:
    """The end of the template."""
    self.body.append("</template>\n")


class PlaceCalculators(SphinxPostTransform):
    """Has the pages that can run a script keep the data, and all others lose them."""

    default_priority = 900

    def run(self, **_kwargs: Any) -> None:
        """Look at every container that is ours."""
        kept = is_for_browsers(domain_of(self.env).builder)
        for node in list(elements(self.document, nodes.table, nodes.TextElement)):
            if isinstance(node, nodes.container) and CALCULATOR in node["classes"]:
                data = calculator_data("", "", *node.children, **{CALCULATOR: node[CALCULATOR]})
                outer = node.parent
                place = outer.index(node)
                outer[place : place + 1] = [data] if kept else []
