"""Words for what a style sheet shows by signs, and for the tools that a script puts above tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_modelcmp.sections.words import mark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_modelcmp.sections.words import Words

_SIGNS = {
    "modelcmp-differs": (mark("differs"), mark("The models differ in this row.")),
    "modelcmp-best": (mark("best"), mark("The best value of these models, where better is defined.")),
}
"""The class of what has a sign, to the word for it and to what it means."""

TOOLS = {
    "tools": mark("Tools for this table"),
    "labelled": mark("{label}: {text}"),
    "differences": mark("Only rows that differ"),
    "rows": mark("{shown} of {all} rows shown."),
    "columns": mark("Columns"),
    "hidden": mark("{name} is hidden."),
    "shown": mark("{name} is shown again."),
    "order": mark("Order models by"),
    "written": mark("As written"),
    "reverse": mark("Reverse"),
    "ordered": mark("Ordered by {name}."),
    "reversed": mark("Ordered by {name}, reversed."),
    "restored": mark("In the order as written."),
    "markdown": mark("Copy as Markdown"),
    "csv": mark("Copy as CSV"),
    "copied": mark("Copied to the clipboard."),
    "refused": mark("The browser does not let this page copy."),
}


@dataclass(frozen=True, slots=True)
class Signs:
    """The words of one language for the signs of tables, by the class of what has the sign."""

    words: Mapping[str, str]
    key: Mapping[str, str]


def signs_of(words: Words) -> Signs:
    """The words for signs."""
    return Signs(
        {name: words.say(word) for name, (word, _) in _SIGNS.items()},
        {name: words.say(meaning) for name, (_, meaning) in _SIGNS.items()},
    )


def tool_phrases(words: Words) -> Mapping[str, str]:
    """What the tools of a table are called, and what they announce."""
    return {name: words.say(phrase) for name, phrase in TOOLS.items()}
