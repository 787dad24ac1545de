"""The page of the pair that this project grew from: all that its catalog states, in every section, and nothing more."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from sphinx_modelcmp.compare.comparison import EXAMPLE_TRAFFIC, SECTION_NAMES
from sphinx_modelcmp.sections.blocks import Definitions, Link, RelatedLinks, Section, Table, Verdict
from tests.compare.making import SEED, catalog_of, compared
from tests.sections.reading import cells, full_sentences, marks, page_of, sentences, tables, texts, whole

CATALOG = catalog_of(SEED.read_text(encoding="utf-8"))
COMPARISON = compared(CATALOG, "codex-1", "qwen3.5-4b")
PAGE = page_of(COMPARISON)
HEADS = ("Codex 1", "Qwen3.5-4B")


def said(name: str) -> list[str]:
    return list(texts(PAGE[name].blocks))


MARK = " [1]"
"""What leads from a stated fact to the one source of this catalog."""


def values(name: str) -> dict[str, tuple[str, ...]]:
    """The cells of a section's table without the marks of their source."""
    return {head: tuple(text.removesuffix(MARK) for text in line) for head, line in cells(PAGE[name]).items()}


def test_all_thirteen_sections_are_there_in_their_order() -> None:
    assert tuple(PAGE) == SECTION_NAMES
    assert len(PAGE) == 13
    titles = [section.title for section in PAGE.values()]
    assert titles[0] == ""
    assert all(titles[1:])
    assert len(set(titles)) == 13


def test_the_summary_says_what_is_compared_and_what_can_be_taken_from_it() -> None:
    verdict, paragraph = said("summary")
    assert verdict.startswith("The catalog does not decide between Codex 1 and Qwen3.5-4B")
    for part in (
        "Codex 1 (coding model, released May 16, 2025, 192,000 tokens of context)",
        "Qwen3.5-4B (API model, 4B parameters, released Mar 2, 2026, 262,000 tokens of context)",
        "product types",
    ):
        assert part in paragraph
    assert isinstance(PAGE["summary"].blocks[0], Verdict)


def test_the_scorecard() -> None:
    assert [*values("scorecard").items()] == [
        ("Context window", ("192,000; 27% less", "262,000")),
        ("Product type", ("Coding model", "API model")),
        ("Best for", ("Custom coding agents and code generation", "Multimodal apps")),
    ]
    assert [cell.text for cell in tables(PAGE["scorecard"])[0].header[1:]] == [f"{name}{MARK}" for name in HEADS]
    assert marks(PAGE["scorecard"])["Context window"] == (("bar-75",), ("best", "bar-100"))
    assert said("scorecard")[-2:] == [
        f"The same for both: decision fit: Coding, Agents, and Long context{MARK}; shared benchmarks: None.",
        "No source states for either model: input price, output price, providers.",
    ]


def test_the_tradeoffs_say_what_to_choose_each_model_for() -> None:
    """The heaviest reason first. That it is newer is none, and vision is multimodal input as well."""
    assert said("tradeoffs") == [
        "Choose Codex 1 for | reasoning and code execution, which Qwen3.5-4B does not offer.",
        "Choose Qwen3.5-4B for | openness: open source, against proprietary for Codex 1.",
        "Choose Qwen3.5-4B for | vision, which Codex 1 does not offer.",
        "Choose Qwen3.5-4B for | the larger context window: 262,000 tokens, against 192,000 for Codex 1.",
    ]


def test_the_cost_names_the_workload_and_gives_no_total() -> None:
    assert cells(PAGE["cost"]) == dict.fromkeys(HEADS, ("No total: no route is known", "None"))
    assert "100,000 requests a month, each of 1,000 input and 300 output tokens" in said("cost")[0]
    assert not any(cell.marks == ("best",) for row in tables(PAGE["cost"])[0].rows for cell in row.cells)
    assert "only between models that have a complete total" in said("cost")[-1]


def test_switching_tells_the_one_way() -> None:
    """A window that grows asks for no change."""
    (definitions,) = PAGE["switching"].blocks
    assert isinstance(definitions, Definitions)
    ((term, inner),) = definitions.items
    assert "".join(i.text for i in term) == "From Codex 1 to Qwen3.5-4B"
    changes = list(texts(inner))
    held, other = "reasoning and code execution", "vision and multimodal input"
    licenses, terms = ("Proprietary", "Apache 2.0 (OSI)"), ("with conditions", "allowed")
    assert_in_order(changes, (held,), (other,), licenses, terms)
    assert changes[0].startswith("Lost")
    assert changes[1].startswith("Gained")


def assert_in_order(bullets: list[str], *wanted: tuple[str, ...]) -> None:
    """Each bullet gives its values in this order, in whatever words."""
    assert len(bullets) == len(wanted)
    for bullet, parts in zip(bullets, wanted, strict=True):
        places = [bullet.find(part) for part in parts]
        assert -1 not in places
        assert places == sorted(places)


def test_the_specifications() -> None:
    assert values("specs") == {
        "Released": ("May 16, 2025", "Mar 2, 2026"),
        "Context window": ("192,000", "262,000"),
        "Parameters": ("Unknown", "4B"),
        "Architecture": ("decoder only", "Unknown"),
        "License": ("Proprietary", "Apache 2.0 (OSI)"),
        "Openness": ("Proprietary", "Open source"),
        "Commercial use": ("With conditions", "Allowed"),
    }
    unsaid = "No source states for either model: organization, maximum output, knowledge cutoff, lifecycle."
    assert unsaid in said("specs")


def test_the_pricing_is_unknown_in_words() -> None:
    assert said("pricing") == [
        f"No route of {name} is recorded, so its prices are unknown, not zero." for name in HEADS
    ]
    page = page_of(compared(CATALOG, "codex-1", "qwen3.5-4b", exclude=("scorecard",)))
    rows = ("Cheapest input", "Cheapest output", "Provider routes")
    assert cells(page["pricing"]) == dict.fromkeys(rows, ("Unknown", "Unknown"))


def test_the_capabilities() -> None:
    no = ("No", "No")
    assert values("capabilities") == {
        "Vision": ("No", "Yes"),
        "Multimodal input": ("No", "Yes"),
        "Reasoning": ("Yes", "No"),
        "Function calling": no,
        "Tool use": no,
        "Structured outputs": no,
        "Code execution": ("Yes", "No"),
        "IDE integration": no,
        "Computer use": no,
        "Parallel agents": no,
    }
    assert marks(PAGE["capabilities"])["Vision"] == (("no",), ("yes",))
    assert not any("Unknown" in text for line in values("capabilities").values() for text in line)


def test_there_are_no_benchmarks() -> None:
    assert said("benchmarks") == ["The catalog holds no benchmark result of these models."]


def test_the_deep_dive() -> None:
    documentation, verify = said("deep-dive")
    assert "16 for Codex 1 and 16 for Qwen3.5-4B" in documentation
    assert "parameters" in documentation
    assert "architecture" in documentation
    assert "on your own prompts" in verify


def test_the_questions() -> None:
    (definitions,) = PAGE["faq"].blocks
    assert isinstance(definitions, Definitions)
    answers = {"".join(i.text for i in term): " ".join(texts(inner)) for term, inner in definitions.items}
    about = {
        "How much text": ["Qwen3.5-4B", "262,000", "Codex 1", "192,000"],
        "run them": ["Codex 1", "proprietary", "Qwen3.5-4B", "open source", "Apache 2.0 (OSI)", "8 GB", "2 GB"],
        " vision": ["yes for Qwen3.5-4B", "no for Codex 1"],
        " multimodal input": ["yes for Qwen3.5-4B", "no for Codex 1"],
        " reasoning": ["yes for Codex 1", "no for Qwen3.5-4B"],
        " code execution": ["yes for Codex 1", "no for Qwen3.5-4B"],
    }
    assert len(answers) == len(about)
    for words, parts in about.items():
        (question,) = (asked for asked in answers if words in asked)
        assert_in_order([answers[question]], tuple(parts))


@pytest.mark.parametrize("name", ["scorecard", "specs", "capabilities"])
def test_what_is_stated_leads_to_its_source_and_nothing_else_does(name: str) -> None:
    is_shared = all(cell.text.endswith(MARK) for cell in tables(PAGE[name])[0].header[1:])
    for head, line in cells(PAGE[name]).items():
        unmarked = is_shared or head == "Shared benchmarks"
        stated = [text.partition("; ")[0] for text in line]
        assert all(text.endswith(MARK) != (text == "Unknown" or unmarked) for text in stated), head


def test_related_pages_have_their_place() -> None:
    (block,) = PAGE["related"].blocks
    assert isinstance(block, RelatedLinks)
    assert block.models == ("codex-1", "qwen3.5-4b")
    assert block.none


def test_the_sources_and_the_last_review() -> None:
    assert said("sources") == [
        "[1] The first comparison page (aggregator, checked May 19, 2026)",
        "Last reviewed: May 19, 2026.",
    ]
    assert not any(isinstance(block, Link) for block in PAGE["sources"].blocks)


# --- over the whole page -------------------------------------------------------------------------------------------


def test_no_two_sections_share_a_whole_sentence() -> None:
    for one, other in combinations(PAGE.values(), 2):
        assert not full_sentences(one) & full_sentences(other), (one.name, other.name)


@pytest.mark.parametrize("name", SECTION_NAMES)
def test_no_section_says_a_sentence_twice(name: str) -> None:
    found = sentences(PAGE[name])
    assert len(found) == len(set(found))


def test_no_header_cell_and_no_cell_is_empty() -> None:
    for section in PAGE.values():
        for table in tables(section):
            assert table.caption
            for line in (table.header, *((row.head, *row.cells) for row in table.rows)):
                assert len(line) == len(table.header)
                assert all(cell.text.strip() for cell in line)


def test_the_models_head_the_columns() -> None:
    for name in ("scorecard", "specs", "capabilities"):
        table = tables(PAGE[name])[0]
        assert tuple(cell.content[0].text for cell in table.header[1:]) == HEADS


COUNTED = {"deep-dive": {"24", "16", "2", "1"}, "scorecard": {"27"}, "faq": {"8", "16", "2"}}
"""What is counted: facts asked, settled and not named; how far apart two figures lie; the memory of the weights."""
WORKLOAD = {f"{number:,}" for number in (EXAMPLE_TRAFFIC.requests, EXAMPLE_TRAFFIC.input, EXAMPLE_TRAFFIC.output)}


@pytest.mark.parametrize("section", PAGE.values(), ids=lambda section: section.name)
def test_no_figure_stands_there_that_the_catalog_does_not_state(section: Section) -> None:
    allowed = {"192,000", "262,000", "2025", "2026", "16", "2", "19", "4", "2.0"}
    allowed |= {"cost": WORKLOAD, **COUNTED}.get(section.name, set())
    text = whole([section]).replace("Codex 1", "").replace("Qwen3.5-4B", "").replace("[1]", "")
    found = {figure.rstrip(".") for figure in re.findall(r"\d[\d.,]*\d|\d", text)}
    assert found <= allowed


def test_no_price_and_no_score_stand_there() -> None:
    assert re.findall(r"[\d.]*[$€%][\d.]*", whole(PAGE.values())) == ["27%"], "how much less fits"


def test_no_advice_stands_there_that_no_fact_carries() -> None:
    text = whole(PAGE.values()).replace("27% less", "")
    assert not re.search(r"\b(free|cheap(?!est)|best score|less|leads?|wins?)\b", text)


def test_every_stated_word_is_somewhere() -> None:
    text = whole(PAGE.values())
    for part in (
        "decoder only",
        "4B",
        "OSI",
        "Open source",
        "Proprietary",
        "With conditions",
        "Allowed",
        "Multimodal apps",
    ):
        assert part in text


def test_the_rows_that_differ_are_marked_so() -> None:
    table = tables(PAGE["specs"])[0]
    assert isinstance(table, Table)
    same = {row.head.text for row in table.rows if not row.differs}
    assert same == {"Parameters", "Architecture"}


def test_turned_round_the_page_says_the_same() -> None:
    turned = page_of(compared(CATALOG, "qwen3.5-4b", "codex-1"))
    for name in ("specs", "capabilities", "scorecard"):
        assert {head: line[::-1] for head, line in cells(turned[name]).items()} == cells(PAGE[name])
    assert set(texts(turned["pricing"].blocks)) == set(said("pricing"))
    assert set(texts(turned["tradeoffs"].blocks)) == set(said("tradeoffs"))
    back = [line.rpartition(" | ")[2] for line in texts(turned["switching"].blocks)]
    assert back[0].startswith("Lost: vision and multimodal input")
    assert back[1].startswith("Gained: reasoning and code execution")
    assert "shrinks from 262,000 tokens with Qwen3.5-4B to 192,000 with Codex 1" in back[2]
