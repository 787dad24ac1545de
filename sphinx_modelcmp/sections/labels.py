"""The names of rows, sections and words, each marked for translation once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sphinx_modelcmp.catalog.vocabulary import (
    CommercialUse,
    Openness,
    Reporter,
    SourceKind,
    State,
    Status,
    Support,
)
from sphinx_modelcmp.compare.comparison import EXAMPLE_TRAFFIC
from sphinx_modelcmp.sections.words import mark

if TYPE_CHECKING:
    from sphinx_modelcmp.compare.rows import Row
    from sphinx_modelcmp.sections.page import Page


class RowWords(NamedTuple):
    """The words of a row."""

    label: str
    in_sentence: str
    """How a sentence names it; empty for a row that no sentence names."""
    meaning: str


ROWS = {
    "kind": RowWords(
        mark("Product type"),
        mark("product type"),
        mark("What is sold or published: a model behind an API, a product around one, weights to download."),
    ),
    "best_for": RowWords(
        mark("Best for"),
        mark("best uses"),
        mark("The use that the editors of the catalog find it best for."),
    ),
    "fits": RowWords(
        mark("Decision fit"),
        mark("decision fit"),
        mark("The decisions for which the editors of the catalog would have it considered."),
    ),
    "cheapest_input": RowWords(
        mark("Cheapest input"),
        mark("input price"),
        mark("The lowest standing price for a million tokens sent to the model, at any provider."),
    ),
    "cheapest_output": RowWords(
        mark("Cheapest output"),
        mark("output price"),
        mark("The lowest standing price for a million tokens written by the model, at any provider."),
    ),
    "providers": RowWords(
        mark("Provider routes"),
        mark("providers"),
        mark("The services through which the model can be called."),
    ),
    "shared_benchmarks": RowWords(
        mark("Shared benchmarks"),
        "",
        mark("Benchmarks run on more than one of these models under the same conditions."),
    ),
    "organization": RowWords(mark("Organization"), mark("organization"), mark("Who made the model.")),
    "released": RowWords(
        mark("Released"),
        mark("release date"),
        mark("The day on which the model could first be used by the public."),
    ),
    "context_window": RowWords(
        mark("Context window"),
        mark("context window"),
        mark("The most tokens that a request and its answer can hold together."),
    ),
    "max_output": RowWords(
        mark("Maximum output"),
        mark("maximum output"),
        mark("The most tokens that one answer can have."),
    ),
    "parameters": RowWords(
        mark("Parameters"),
        mark("parameters"),
        mark("The number of weights; of a mixture of experts also those active for one token."),
    ),
    "architecture": RowWords(mark("Architecture"), mark("architecture"), mark("The kind of network.")),
    "license": RowWords(
        mark("License"),
        mark("license"),
        mark("The terms under which the model is published; OSI: approved by the Open Source Initiative."),
    ),
    "openness": RowWords(
        mark("Openness"),
        mark("openness"),
        mark("Whether weights, and what they were made with, are published."),
    ),
    "commercial_use": RowWords(
        mark("Commercial use"),
        mark("commercial use"),
        mark("Whether the terms allow use for profit."),
    ),
    "knowledge_cutoff": RowWords(
        mark("Knowledge cutoff"),
        mark("knowledge cutoff"),
        mark("The day after which the training data hold next to nothing."),
    ),
    "lifecycle": RowWords(
        mark("Lifecycle"),
        mark("lifecycle"),
        mark("Whether the model is still offered, and until when."),
    ),
    "vision": RowWords(mark("Vision"), mark("vision"), mark("Takes images.")),
    "multimodal": RowWords(
        mark("Multimodal input"),
        mark("multimodal input"),
        mark("Takes more than text: images, audio, video or files."),
    ),
    "reasoning": RowWords(mark("Reasoning"), mark("reasoning"), mark("Can write down its thoughts before it answers.")),
    "function_calling": RowWords(
        mark("Function calling"),
        mark("function calling"),
        mark("Answers with calls of functions that the request declares."),
    ),
    "tool_use": RowWords(
        mark("Tool use"),
        mark("tool use"),
        mark("Works with tools, such as search, files or a browser."),
    ),
    "structured_outputs": RowWords(
        mark("Structured outputs"),
        mark("structured outputs"),
        mark("Keeps to a schema that the request gives."),
    ),
    "code_execution": RowWords(mark("Code execution"), mark("code execution"), mark("Runs code that it wrote.")),
    "ide_integration": RowWords(
        mark("IDE integration"),
        mark("integration with an IDE"),
        mark("Comes with a plug-in for a development environment."),
    ),
    "computer_use": RowWords(
        mark("Computer use"),
        mark("computer use"),
        mark("Operates a desktop or a browser by looking, clicking and typing."),
    ),
    "parallel_agents": RowWords(
        mark("Parallel agents"),
        mark("parallel agents"),
        mark("Works on several tasks at a time."),
    ),
}
"""Row name to its words."""

TITLES = {
    "summary": mark("In short"),
    "scorecard": mark("Decision scorecard"),
    "tradeoffs": mark("Trade-offs"),
    "cost": mark("Monthly cost"),
    "switching": mark("Switching"),
    "specs": mark("Specifications"),
    "pricing": mark("Pricing and availability"),
    "capabilities": mark("Capabilities"),
    "benchmarks": mark("Benchmarks"),
    "deep-dive": mark("Deep dive"),
    "faq": mark("Questions and answers"),
    "related": mark("Compare next"),
    "sources": mark("Sources"),
}
"""Section name to title."""

STATES = {
    State.UNKNOWN: mark("Unknown"),
    State.UNDISCLOSED: mark("Undisclosed"),
    State.NOT_APPLICABLE: mark("Not applicable"),
}
SUPPORT = {Support.YES: mark("Yes"), Support.NO: mark("No"), Support.PARTIAL: mark("Partial")}
OPENNESS = {
    Openness.OPEN_SOURCE: mark("Open source"),
    Openness.OPEN_WEIGHTS: mark("Open weights"),
    Openness.PROPRIETARY: mark("Proprietary"),
}
OPENNESS_SAID = {
    Openness.OPEN_SOURCE: mark("open source"),
    Openness.OPEN_WEIGHTS: mark("open weights"),
    Openness.PROPRIETARY: mark("proprietary"),
}
COMMERCIAL_USE = {
    CommercialUse.ALLOWED: mark("Allowed"),
    CommercialUse.CONDITIONS: mark("With conditions"),
    CommercialUse.NOT_ALLOWED: mark("Not allowed"),
}
COMMERCIAL_USE_SAID = {
    CommercialUse.ALLOWED: mark("allowed"),
    CommercialUse.CONDITIONS: mark("with conditions"),
    CommercialUse.NOT_ALLOWED: mark("not allowed"),
}
STATUS = {
    Status.PREVIEW: mark("Preview"),
    Status.ACTIVE: mark("Active"),
    Status.DEPRECATED: mark("Deprecated"),
    Status.SHUTDOWN: mark("Shut down"),
}
SOURCE_KINDS = {
    SourceKind.VENDOR: mark("vendor"),
    SourceKind.PROVIDER: mark("provider"),
    SourceKind.AGGREGATOR: mark("aggregator"),
    SourceKind.COMMUNITY: mark("community"),
    SourceKind.OWN: mark("own"),
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
    "input": mark("Input"),
    "output": mark("Output"),
    "cache_read": mark("Cache read"),
    "cache_write": mark("Cache write"),
    "cache_write_1h": mark("Cache write, 1 hour"),
    "reasoning": mark("Reasoning tokens"),
    "image_input": mark("Image input"),
    "image_output": mark("Image output"),
    "audio_input": mark("Audio input"),
    "audio_output": mark("Audio output"),
    "audio_cache_read": mark("Audio cache read"),
    "video_input": mark("Video input"),
    "request": mark("Request"),
    "web_search": mark("Web search"),
}
COMPONENTS_SAID = {
    "input": mark("input"),
    "output": mark("output"),
    "cache_read": mark("cache reading"),
    "cache_write": mark("cache writing"),
    "cache_write_1h": mark("cache writing for 1 hour"),
    "reasoning": mark("reasoning tokens"),
    "image_input": mark("image input"),
    "image_output": mark("image output"),
    "audio_input": mark("audio input"),
    "audio_output": mark("audio output"),
    "audio_cache_read": mark("audio cache reading"),
    "video_input": mark("video input"),
    "request": mark("requests"),
    "web_search": mark("web searches"),
}
"""Price component to how a sentence says it."""
CONDITIONS = {
    "version": mark("version"),
    "split": mark("split"),
    "metric": mark("metric"),
    "harness": mark("harness"),
    "variant": mark("variant"),
    "tools": mark("tools"),
}
SERVICES = {"batch": mark("batch"), "flex": mark("flex"), "priority": mark("priority"), "fast": mark("fast")}


def row_label(page: Page, row: Row) -> str:
    """A row's name: the house's own label, or ours."""
    return page.translate(row.house.label) if row.house else page.words.say(ROWS[row.name].label)


def row_in_sentence(page: Page, row: Row) -> str:
    """A row as a sentence says it; the house's own label stands as in a table."""
    return page.translate(row.house.label) if row.house else page.words.say(ROWS[row.name].in_sentence)


def kind_label(page: Page, kind: str) -> str:
    """A product type in words; one of the author's own as it is translated, else with spaces for its hyphens."""
    if kind in KINDS:
        return page.say(KINDS[kind])
    said = page.translate(kind)
    return said if said != kind else kind.replace("-", " ").replace("_", " ")


def workload_label(page: Page) -> str:
    """The name of the workload: the author's own, or ours for the example."""
    traffic = page.comparison.traffic
    return page.say("Example workload") if traffic is EXAMPLE_TRAFFIC else page.translate(traffic.label)
