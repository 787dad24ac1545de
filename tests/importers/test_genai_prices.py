"""genai-prices: what is deprecated there, and charges that no price of ours is for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sphinx_modelcmp.importers.genai_prices import IMPORTER
from tests.importers.reading import Read, read_data

if TYPE_CHECKING:
    from pathlib import Path


def read_one(folder: Path, prices: dict[str, Any], /, **model: Any) -> Read:
    return read_data(IMPORTER, folder, [{"id": "groq", "models": [{"id": "glm-4.7", "prices": prices, **model}]}])


def test_what_is_deprecated_still_answers(tmp_path: Path) -> None:
    found = read_one(tmp_path, {"input_mtok": "1"}, deprecated=True)
    lifecycle = found.route("glm-4.7").lifecycle
    assert lifecycle
    assert lifecycle.status == "deprecated"
    assert found.model("glm-4.7").lifecycle is None  # groq is not its maker


@pytest.mark.parametrize(
    ("key", "value", "charges"),
    [
        ("output_citation_mtok", "2", "incomplete"),
        ("output_citation_mtok", "0", None),
        ("storage_searches_kcount", "2.5", None),  # a tool
    ],
)
def test_a_charge_without_a_component_makes_a_list_incomplete(
    tmp_path: Path, key: str, value: str, charges: str | None
) -> None:
    found = read_one(tmp_path, {"input_mtok": "1", key: value})
    assert found.route("glm-4.7").charges == charges
    assert found.lost == {f"prices.{key}": 1}


def test_a_zero_beside_a_paid_price_is_none(tmp_path: Path) -> None:
    found = read_one(tmp_path, {"input_mtok": "1", "output_mtok": "0"})
    assert found.prices("glm-4.7") == {"standard": {"input": "1"}}
    assert found.lost == {"a price of 0 for `output` beside others that are paid": 1}


@pytest.mark.parametrize(
    ("key", "price", "component", "ours"),
    [
        ("audio_hours", "0.36", "audio_minute", "0.006"),
        ("audio_hours", "0.04", "audio_hour", "0.04"),  # a minute of it has no end of digits
        ("input_document_kpages", "2", "page", "2"),
        ("input_annotated_document_kpages", "3", "page_annotated", "3"),
        ("input_mchars", "15", "character", "15"),
        ("input_text_messages_kcount", "4", "text_message", "0.004"),
    ],
)
def test_what_is_priced_by_another_unit_than_the_token_is_kept(
    tmp_path: Path, key: str, price: str, component: str, ours: str
) -> None:
    found = read_one(tmp_path, {key: price})
    assert found.prices("glm-4.7") == {"standard": {component: ours}}
    assert found.route("glm-4.7").charges is None
    assert not found.lost
