"""Linked data and descriptions: what stands on the page, as it stands there, and nothing that could end a script."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_modelcmp.compare.comparison import Settings
from sphinx_modelcmp.sections.registry import write
from sphinx_modelcmp.structured.payload import LONGEST, Address, Published, description, linked_data
from tests.compare.making import RICH, catalog_of, compared, loaded, tree_of
from tests.sections.reading import texts, whole
from tests.structured.publishing import NOWHERE, graph, published

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_modelcmp.compare.comparison import Comparison


CATALOG = catalog_of(tree_of(RICH))
WORDLESS = {"@type", "@context", "url", "contentUrl", "encodingFormat", "inLanguage", "dateModified", "datePublished"}
"""Keys whose values are no words of the page: types, addresses, languages, and dates in another form."""


def words(node: Any, key: str = "") -> Iterator[str]:
    """Every text of linked data that a reader could look for on the page."""
    if isinstance(node, dict):
        yield from (word for name, held in node.items() if name not in WORDLESS for word in words(held, name))
    elif isinstance(node, list):
        yield from (word for held in node for word in words(held, key))
    elif isinstance(node, str):
        yield from node.split(". ") if key == "description" else [node]


def page_text(comparison: Comparison, language: str) -> str:
    sections = write(comparison, language)
    heads = [cell.text for section in sections for block in section.blocks for cell in getattr(block, "header", ())]
    return "\n".join([*heads, *(text for section in sections for text in texts(section.blocks))])


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"exclude": ("faq", "sources")},
        {"sections": ("summary", "scorecard"), "only_differences": True},
        {"fields": ("context_window", "cheapest_output", "min_gpu")},
        {"sections": ("faq",)},
    ],
)
def test_every_word_of_it_stands_on_the_page(language: str, asked: dict[str, Any]) -> None:
    comparison = compared(CATALOG, "alpha", "beta", "gamma", **asked)
    shown = page_text(comparison, language)
    found = graph(published(comparison, language), title="")
    # Models are named in every table; of the page with questions only, in these.
    assert [word for word in words(found) if word not in shown] == []


def test_a_model_is_a_work_of_its_maker() -> None:
    found = graph(published(compared(CATALOG, "alpha", "beta")))["ItemList"]
    assert found["numberOfItems"] == 2
    assert [item["position"] for item in found["itemListElement"]] == [1, 2]
    model = found["itemListElement"][0]["item"]
    assert model["@type"] == "CreativeWork"
    assert (model["name"], model["author"]["name"], model["datePublished"]) == ("Alpha One", "Acme Labs", "2026-01-11")
    assert "limits in tokens" in found["description"]


def test_many_models_are_a_list_of_names() -> None:
    names = [f"Model {i}" for i in range(5)]
    source = {"card": {"title": "A card", "checked": "2026-06-01"}}
    models = {f"m{i}": {"name": name, "source": "card", "released": "2026-01-11"} for i, name in enumerate(names)}
    found = graph(published(compared(catalog_of({"models": models, "sources": source}))))
    assert found["ItemList"]["itemListElement"] == names
    assert "isBasedOn" not in found["Dataset"]
    assert found["Dataset"]["dateModified"] == "2026-06-01"


REQUIRED = {
    "Product": ("offers", "review", "aggregateRating"),
    "SoftwareApplication": ("offers", "review", "aggregateRating"),
    "Dataset": ("description",),
    "FAQPage": ("mainEntity",),
    "Question": ("acceptedAnswer",),
    "Answer": ("text",),
}
"""Of the types that Google looks at, what each needs: one of these."""


def typed(node: Any) -> Iterator[dict[str, Any]]:
    held = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    if isinstance(node, dict) and "@type" in node:
        yield node
    yield from (found for part in held for found in typed(part))


@pytest.mark.parametrize("asked", [{}, {"exclude": ("summary",)}, {"sections": ("faq",)}, {"sections": ("sources",)}])
def test_no_search_engine_misses_anything(asked: dict[str, Any]) -> None:
    """By the rules that Google publishes, under which its console reports a page."""
    for node in typed(list(graph(published(compared(CATALOG, "alpha", "beta", **asked))).values())):
        needed = REQUIRED.get(node["@type"], ())
        assert not needed or {*needed} & node.keys(), node["@type"]
        if node["@type"] == "Dataset":
            assert 50 <= len(node["description"]) <= 5000


def test_what_is_not_known_is_not_measured() -> None:
    models = {"a": {"name": "A", "context_window": "undisclosed", "max_output": 1000}, "b": {"name": "B"}}
    found = graph(published(compared(catalog_of({"models": models}))))["Dataset"]
    assert "Maximum output" in found["variableMeasured"]
    assert "Context window" not in found["variableMeasured"]


def test_questions_are_those_of_the_page() -> None:
    comparison = compared(CATALOG, "alpha", "beta")
    (section,) = [section for section in write(comparison, "en") if section.name == "faq"]
    found = graph(published(comparison))["FAQPage"]["mainEntity"]
    assert [f"{asked['name']} | {asked['acceptedAnswer']['text']}" for asked in found] == list(texts(section.blocks))


@pytest.mark.parametrize("exclude", [("faq",), ("faq", "summary", "sources")])
def test_a_section_that_is_left_out_leaves_nothing_behind(exclude: tuple[str, ...]) -> None:
    found = graph(published(compared(CATALOG, "alpha", "beta", exclude=exclude)))
    assert "FAQPage" not in found
    sentences = write(compared(CATALOG, "alpha", "beta", exclude=exclude), "en")[0].name == "summary"
    assert found["Dataset"]["description"].startswith("Scorecard of") is not sentences
    assert ("dateModified" in found["Dataset"]) is ("sources" not in exclude)


def test_questions_and_sources_of_several_comparisons_stand_in_one_place() -> None:
    one, other = (published(compared(CATALOG, *names)) for names in (("alpha", "beta"), ("beta", "gamma")))
    text = linked_data([one, one, other], "Title", NOWHERE)
    nodes = json.loads(text)["@graph"]
    assert [node["@type"] for node in nodes] == ["ItemList", "ItemList", "ItemList", "FAQPage", "Dataset"]
    asked = [json.dumps(question) for question in nodes[3]["mainEntity"]]
    based_on = [json.dumps(work) for work in nodes[4]["isBasedOn"]]
    assert len(set(asked)) == len(asked) > len(graph(one)["FAQPage"]["mainEntity"])
    assert len(set(based_on)) == len(based_on) >= 3


def test_addresses_are_absolute_or_not_there() -> None:
    comparison = published(compared(CATALOG, "alpha", "beta"))
    without = linked_data([comparison], "Title", NOWHERE)
    assert '"url":""' not in without
    assert "contentUrl" not in without
    found = graph(comparison, address=Address("https://x.example/p", "https://x.example/p.json"))
    assert [found[name]["url"] for name in ("FAQPage", "Dataset")] == ["https://x.example/p"] * 2
    assert found["Dataset"]["distribution"]["contentUrl"] == "https://x.example/p.json"


@pytest.mark.parametrize("links", ["all", "sources", "none"])
def test_sources_are_linked_as_the_page_links_them(links: str) -> None:
    catalog = catalog_of(
        {
            "sources": {"card": {"title": "A card", "url": "https://card.example/", "checked": "2026-06-01"}},
            "models": {name: {"name": name, "source": "card", "context_window": 1} for name in ("a", "b")},
        }
    )
    found = graph(published(compared(catalog, settings=Settings(source_links=links))))["Dataset"]
    (work,) = found["isBasedOn"]
    assert work["name"] == "A card"
    assert ("url" in work) is (links != "none")
    assert found["dateModified"] == "2026-06-01"


@pytest.mark.parametrize("name", ["</script><script>alert(1)</script>", "<!-- <script>", "a ]]> & b"])
def test_no_name_ends_the_script(name: str) -> None:
    found = loaded({"models": {"a": {"name": name, "context_window": 1}, "b": {"name": "B", "context_window": 2}}})
    comparison = compared(found.catalog)
    text = linked_data([published(comparison)], name, NOWHERE)
    assert "<" not in text
    nodes = json.loads(text)["@graph"]
    assert nodes[0]["itemListElement"][0]["item"]["name"] == name
    assert nodes[-1]["name"] == name


def subject(*sentences: str) -> Published:
    return Published("Title", sentences=sentences, is_subject=True)


@pytest.mark.parametrize(
    ("sentences", "said"),
    [
        (("One.", "Two."), "One. Two."),
        (("One.", "x" * 295), f"One. {'x' * 295}"),
        (("One.", "x" * 296, "Three."), "One."),
        ((), ""),
        (("x" * 299 + ".",), "x" * 299 + "."),
        (("x" * 400,), "x" * 299 + "…"),
        (("word " * 100,), ("word " * 59).rstrip() + "…"),
    ],
)
def test_a_description_ends_with_a_sentence_where_it_can(sentences: tuple[str, ...], said: str) -> None:
    found = description([subject(*sentences)])
    assert found == said
    assert len(found) <= LONGEST


def test_a_page_about_several_comparisons_is_described_by_none() -> None:
    assert description([subject("One."), subject("Two.")]) == ""
    assert description([subject("One."), subject(), Published("Title", sentences=("Two.",))]) == "One."


def test_the_description_is_the_beginning_of_the_summary() -> None:
    comparison = compared(CATALOG, "alpha", "beta")
    held = published(comparison)
    summary = whole([section for section in write(comparison, "en") if section.name == "summary"])
    assert description([held._replace(is_subject=True)]) in summary
