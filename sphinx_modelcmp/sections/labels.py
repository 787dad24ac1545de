"""The names of rows, sections and words, each marked for translation once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.vocabulary import (
    CommercialUse,
    Openness,
    Reporter,
    SourceKind,
    State,
    Status,
    Support,
)
from sphinx_modelcmp.compare.traffic import EXAMPLE_TRAFFIC
from sphinx_modelcmp.sections.words import mark

if TYPE_CHECKING:
    from sphinx_modelcmp.compare.rows import Row
    from sphinx_modelcmp.sections.page import Page

ROWS = {
    "kind": mark("Product type"),
    "best_for": mark("Best for"),
    "fits": mark("Decision fit"),
    "cheapest_input": mark("Cheapest input"),
    "cheapest_output": mark("Cheapest output"),
    "providers": mark("Provider routes"),
    "shared_benchmarks": mark("Shared benchmarks"),
    "organization": mark("Organization"),
    "released": mark("Released"),
    "context_window": mark("Context window"),
    "max_output": mark("Maximum output"),
    "parameters": mark("Parameters"),
    "architecture": mark("Architecture"),
    "license": mark("License"),
    "openness": mark("Openness"),
    "commercial_use": mark("Commercial use"),
    "knowledge_cutoff": mark("Knowledge cutoff"),
    "lifecycle": mark("Lifecycle"),
    "vision": mark("Vision"),
    "multimodal": mark("Multimodal input"),
    "reasoning": mark("Reasoning"),
    "function_calling": mark("Function calling"),
    "tool_use": mark("Tool use"),
    "structured_outputs": mark("Structured outputs"),
    "code_execution": mark("Code execution"),
    "ide_integration": mark("IDE integration"),
    "computer_use": mark("Computer use"),
    "parallel_agents": mark("Parallel agents"),
}
"""Row name to label."""

IN_SENTENCES = {
    "kind": mark("product type"),
    "best_for": mark("best uses"),
    "fits": mark("decision fit"),
    "cheapest_input": mark("input price"),
    "cheapest_output": mark("output price"),
    "providers": mark("providers"),
    "organization": mark("organization"),
    "released": mark("release date"),
    "context_window": mark("context window"),
    "max_output": mark("maximum output"),
    "parameters": mark("parameters"),
    "architecture": mark("architecture"),
    "license": mark("license"),
    "openness": mark("openness"),
    "commercial_use": mark("commercial use"),
    "knowledge_cutoff": mark("knowledge cutoff"),
    "lifecycle": mark("lifecycle"),
    "vision": mark("vision"),
    "multimodal": mark("multimodal input"),
    "reasoning": mark("reasoning"),
    "function_calling": mark("function calling"),
    "tool_use": mark("tool use"),
    "structured_outputs": mark("structured outputs"),
    "code_execution": mark("code execution"),
    "ide_integration": mark("integration with an IDE"),
    "computer_use": mark("computer use"),
    "parallel_agents": mark("parallel agents"),
}
"""Row name to how a sentence says it."""

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
    return page.translate(row.house.label) if row.house else page.words.say(ROWS[row.name])


def row_in_sentence(page: Page, row: Row) -> str:
    """A row as a sentence says it; the house's own label stands as in a table."""
    return page.translate(row.house.label) if row.house else page.words.say(IN_SENTENCES[row.name])


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
