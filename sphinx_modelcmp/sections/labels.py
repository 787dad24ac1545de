"""Labels of rows, values and signs: every word that a table of the code keeps, marked for translation once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sphinx_modelcmp.catalog.vocabulary import CommercialUse, Modality, Openness, Reporter, Status, Support
from sphinx_modelcmp.sections.language import mark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_modelcmp.sections.language import Language


class Wording(NamedTuple):
    """The words for one thing."""

    label: str
    in_sentence: str = ""
    """Its name within a sentence; empty where no sentence names it."""
    meaning: str = ""


ROWS = {
    "kind": Wording(
        mark("Product type"),
        mark("product type"),
        mark("What is sold or published: a model behind an API, a product around one, weights to download."),
    ),
    "best_for": Wording(
        mark("Best for"), mark("best uses"), mark("The use that the editors of the catalog find it best for.")
    ),
    "fits": Wording(
        mark("Decision fit"),
        mark("decision fit"),
        mark("The decisions for which the editors of the catalog would have it considered."),
    ),
    "cheapest_input": Wording(
        mark("Cheapest input"),
        mark("input price"),
        mark("The lowest standing price for a million tokens sent to the model, at any provider."),
    ),
    "cheapest_output": Wording(
        mark("Cheapest output"),
        mark("output price"),
        mark("The lowest standing price for a million tokens written by the model, at any provider."),
    ),
    "providers": Wording(
        mark("Provider routes"), mark("providers"), mark("The services through which the model can be called.")
    ),
    "shared_benchmarks": Wording(
        mark("Shared benchmarks"),
        mark("shared benchmarks"),
        mark("Benchmarks on which the result can be compared with that of another of these models."),
    ),
    "organization": Wording(mark("Organization"), mark("organization"), mark("Who made the model.")),
    "family": Wording(mark("Family"), mark("family"), mark("The series that the model belongs to.")),
    "released": Wording(
        mark("Released"), mark("release date"), mark("The day on which the model could first be used by the public.")
    ),
    "context_window": Wording(
        mark("Context window"),
        mark("context window"),
        mark("The most tokens that a request and its answer can hold together."),
    ),
    "max_output": Wording(
        mark("Maximum output"), mark("maximum output"), mark("The most tokens that one answer can have.")
    ),
    "max_input": Wording(
        mark("Maximum input"), mark("maximum input"), mark("The most tokens that one request can have.")
    ),
    "modalities": Wording(
        mark("Modalities"), mark("modalities"), mark("The kinds of content that the model takes and gives.")
    ),
    "parameters": Wording(
        mark("Parameters"),
        mark("parameters"),
        mark("The number of weights; of a mixture of experts also those active for one token."),
    ),
    "architecture": Wording(mark("Architecture"), mark("architecture"), mark("The kind of network.")),
    "license": Wording(
        mark("License"),
        mark("license"),
        mark("The terms under which the model is published; OSI: approved by the Open Source Initiative."),
    ),
    "openness": Wording(
        mark("Openness"), mark("openness"), mark("Whether weights, and what they were made with, are published.")
    ),
    "commercial_use": Wording(
        mark("Commercial use"), mark("commercial use"), mark("Whether the terms allow use for profit.")
    ),
    "knowledge_cutoff": Wording(
        mark("Knowledge cutoff"),
        mark("knowledge cutoff"),
        mark("The day after which the training data hold next to nothing."),
    ),
    "lifecycle": Wording(
        mark("Lifecycle"), mark("lifecycle"), mark("Whether the model is still offered, and until when.")
    ),
    "vision": Wording(mark("Vision"), mark("vision"), mark("Takes images.")),
    "multimodal": Wording(
        mark("Multimodal input"), mark("multimodal input"), mark("Takes more than text: images, audio, video or files.")
    ),
    "reasoning": Wording(mark("Reasoning"), mark("reasoning"), mark("Can write down its thoughts before it answers.")),
    "function_calling": Wording(
        mark("Function calling"),
        mark("function calling"),
        mark("Answers with calls of functions that the request declares."),
    ),
    "tool_use": Wording(
        mark("Tool use"), mark("tool use"), mark("Works with tools, such as search, files or a browser.")
    ),
    "structured_outputs": Wording(
        mark("Structured outputs"), mark("structured outputs"), mark("Keeps to a schema that the request gives.")
    ),
    "code_execution": Wording(mark("Code execution"), mark("code execution"), mark("Runs code that it wrote.")),
    "ide_integration": Wording(
        mark("IDE integration"),
        mark("integration with an IDE"),
        mark("Comes with a plug-in for a development environment."),
    ),
    "computer_use": Wording(
        mark("Computer use"),
        mark("computer use"),
        mark("Operates a desktop or a browser by looking, clicking and typing."),
    ),
    "parallel_agents": Wording(
        mark("Parallel agents"), mark("parallel agents"), mark("Works on several tasks at a time.")
    ),
}
"""Row name to its words."""

LEGEND = {
    "unknown": Wording(mark("Unknown"), meaning=mark("no source in the catalog says; it is not a No.")),
    "undisclosed": Wording(mark("Undisclosed"), meaning=mark("who makes or sells it does not say.")),
    "not-applicable": Wording(mark("Not applicable"), meaning=mark("the question does not arise.")),
    "no": Wording(mark("No"), meaning=mark("a source says that it is not so.")),
    "partial": Wording(mark("Partial"), meaning=mark("a source says that it holds in part.")),
    "free": Wording(mark("Free"), meaning=mark("no charge, within the provider’s limits.")),
    "plan": Wording(mark("By plan"), meaning=mark("paid by a subscription, not by use.")),
    "dynamic": Wording(mark("Dynamic"), meaning=mark("the price changes by the minute.")),
    "unpriced": Wording(
        mark("Not priced"), meaning=mark("the price list names no price for it, which does not make it free.")
    ),
}
"""The mark of a cell to its word, and to the meaning of that word."""

SUPPORT = {Support.YES: mark("Yes"), Support.NO: mark("No"), Support.PARTIAL: mark("Partial")}
OPENNESS = {
    Openness.OPEN_SOURCE: Wording(mark("Open source"), mark("open source")),
    Openness.OPEN_WEIGHTS: Wording(mark("Open weights"), mark("open weights")),
    Openness.PROPRIETARY: Wording(mark("Proprietary"), mark("proprietary")),
}
COMMERCIAL_USE = {
    CommercialUse.ALLOWED: Wording(mark("Allowed"), mark("allowed")),
    CommercialUse.CONDITIONS: Wording(mark("With conditions"), mark("with conditions")),
    CommercialUse.NOT_ALLOWED: Wording(mark("Not allowed"), mark("not allowed")),
}
MODALITIES = {
    Modality.TEXT: mark("text"),
    Modality.IMAGE: mark("images"),
    Modality.AUDIO: mark("audio"),
    Modality.VIDEO: mark("video"),
    Modality.FILE: mark("files"),
    Modality.PDF: "PDF",
}
STATUS = {
    Status.PREVIEW: mark("Preview"),
    Status.ACTIVE: mark("Active"),
    Status.DEPRECATED: mark("Deprecated"),
    Status.SHUTDOWN: mark("Shut down"),
}
REPORTERS = {
    Reporter.SELF: mark("self-reported"),
    Reporter.INDEPENDENT: mark("independent"),
    Reporter.COMMUNITY: mark("community"),
    Reporter.VERIFIED: mark("verified"),
}
KINDS = {
    "api-model": mark("API model"),
    "coding-model": mark("coding model"),
    "chat-product": mark("chat product"),
    "open-weights-model": mark("open-weights model"),
    "embedding-model": mark("embedding model"),
}
FITS = {
    "agents": mark("agents"),
    "chat": mark("chat"),
    "classification": mark("classification"),
    "coding": mark("coding"),
    "long-context": mark("long context"),
    "multimodal": mark("multimodal input"),
    "reasoning": mark("reasoning"),
    "retrieval": mark("retrieval"),
    "search": mark("search"),
    "self-hosting": mark("self-hosting"),
}
"""The decisions that catalogs commonly tag models for; other tags are shown as written."""
COMPONENTS = {
    "input": Wording(mark("Input"), mark("input")),
    "output": Wording(mark("Output"), mark("output")),
    "cache_read": Wording(mark("Cache read"), mark("cache reading")),
    "cache_write": Wording(mark("Cache write"), mark("cache writing")),
    "cache_write_1h": Wording(mark("Cache write, 1 hour"), mark("cache writing for 1 hour")),
    "reasoning": Wording(mark("Reasoning tokens"), mark("reasoning tokens")),
    "image_input": Wording(mark("Image input"), mark("image input")),
    "image_output": Wording(mark("Image output"), mark("image output")),
    "audio_input": Wording(mark("Audio input"), mark("audio input")),
    "audio_output": Wording(mark("Audio output"), mark("audio output")),
    "audio_cache_read": Wording(mark("Audio cache read"), mark("audio cache reading")),
    "video_input": Wording(mark("Video input"), mark("video input")),
    "image_each": Wording(mark("Input image"), mark("input images")),
    "image_output_each": Wording(mark("Output image"), mark("output images")),
    "audio_minute": Wording(mark("Minute of audio"), mark("minutes of audio")),
    "audio_hour": Wording(mark("Hour of audio"), mark("hours of audio")),
    "video_second": Wording(mark("Second of video"), mark("seconds of video")),
    "character": Wording(mark("Characters"), mark("characters")),
    "character_output": Wording(mark("Output characters"), mark("output characters")),
    "page": Wording(mark("Pages"), mark("pages")),
    "page_annotated": Wording(mark("Annotated pages"), mark("annotated pages")),
    "pixel": Wording(mark("Pixels"), mark("pixels")),
    "text_message": Wording(mark("Text message"), mark("text messages")),
    "request": Wording(mark("Request"), mark("requests")),
    "web_search": Wording(mark("Web search"), mark("web searches")),
}


# Ids that are words: each is its own label, and is marked here for translators only.
_SOURCE_KINDS = mark("vendor"), mark("provider"), mark("aggregator"), mark("community"), mark("own")
_CONDITIONS = mark("version"), mark("split"), mark("harness"), mark("variant"), mark("tools")
_SERVICES = mark("batch"), mark("flex"), mark("priority"), mark("fast")

SIGNS = {
    "modelcmp-differs": Wording(mark("differs"), meaning=mark("The models differ in this row.")),
    "modelcmp-best": Wording(mark("best"), meaning=mark("The best value of these models, where better is defined.")),
}
"""The class of an element that a style sheet marks with a sign, to the word for that sign."""

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
"""The tools that a script puts above a table, and their announcements."""


class Signs(NamedTuple):
    """The words of one language for the signs of tables, by the class of the element."""

    words: Mapping[str, str]
    key: Mapping[str, str]


def signs_of(words: Language) -> Signs:
    """The words for signs in one language."""
    return Signs(
        {name: words.say(sign.label) for name, sign in SIGNS.items()},
        {name: words.say(sign.meaning) for name, sign in SIGNS.items()},
    )


def tool_phrases(words: Language) -> Mapping[str, str]:
    """The labels of the tools of a table, and their announcements."""
    return {name: words.say(phrase) for name, phrase in TOOLS.items()}
