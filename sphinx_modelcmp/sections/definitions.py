"""What the built-in rows mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_modelcmp.sections.blocks import Cell, Term, Text
from sphinx_modelcmp.sections.labels import row_label
from sphinx_modelcmp.sections.words import mark

if TYPE_CHECKING:
    from sphinx_modelcmp.compare.rows import Row
    from sphinx_modelcmp.sections.page import Page

DEFINITIONS = {
    "kind": mark("What is sold or published: a model behind an API, a product around one, weights to download."),
    "best_for": mark("The use that the editors of the catalog find it best for."),
    "fits": mark("The decisions for which the editors of the catalog would have it considered."),
    "cheapest_input": mark("The lowest standing price for a million tokens sent to the model, at any provider."),
    "cheapest_output": mark("The lowest standing price for a million tokens written by the model, at any provider."),
    "providers": mark("The services through which the model can be called."),
    "shared_benchmarks": mark("Benchmarks run on more than one of these models under the same conditions."),
    "organization": mark("Who made the model."),
    "released": mark("The day on which the model could first be used by the public."),
    "context_window": mark("The most tokens that a request and its answer can hold together."),
    "max_output": mark("The most tokens that one answer can have."),
    "parameters": mark("The number of weights; of a mixture of experts also those active for one token."),
    "architecture": mark("The kind of network."),
    "license": mark("The terms under which the model is published; OSI: approved by the Open Source Initiative."),
    "openness": mark("Whether weights, and what they were made with, are published."),
    "commercial_use": mark("Whether the terms allow use for profit."),
    "knowledge_cutoff": mark("The day after which the training data hold next to nothing."),
    "lifecycle": mark("Whether the model is still offered, and until when."),
    "vision": mark("Takes images."),
    "multimodal": mark("Takes more than text: images, audio, video or files."),
    "reasoning": mark("Can write down its thoughts before it answers."),
    "function_calling": mark("Answers with calls of functions that the request declares."),
    "tool_use": mark("Works with tools, such as search, files or a browser."),
    "structured_outputs": mark("Keeps to a schema that the request gives."),
    "code_execution": mark("Runs code that it wrote."),
    "ide_integration": mark("Comes with a plug-in for a development environment."),
    "computer_use": mark("Operates a desktop or a browser by looking, clicking and typing."),
    "parallel_agents": mark("Works on several tasks at a time."),
}
"""Row name to its meaning."""


def row_head(page: Page, row: Row) -> Cell:
    """The header cell of a row, with what the row means; the house says that of its own rows."""
    label, definition = row_label(page, row), _definition(page, row)
    return Cell((Term(label, definition) if definition else Text(label),))


def _definition(page: Page, row: Row) -> str:
    if row.house:
        return "".join(inline.text for inline in page.prose(row.house.description)) if row.house.description else ""
    return page.words.say(DEFINITIONS[row.name])
