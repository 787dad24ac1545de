"""The JSON Schema of ``comparison.json``: made from its types, kept as a file, and copied to every site."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic.json_schema import GenerateJsonSchema

FILE = Path(__file__).parent / "comparison.schema.json"
"""The schema as it is published."""
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def generate() -> str:
    """The text of the schema, from the types."""
    # Late: a build copies the file, and has no use for these.
    from pydantic import TypeAdapter  # noqa: PLC0415

    from sphinx_modelcmp.structured.shapes import Document  # noqa: PLC0415

    made = TypeAdapter(Document).json_schema(schema_generator=_untitled())
    described = {
        "$schema": DIALECT,
        "title": "comparison.json",
        "description": "The comparisons of language models on one page, with the sources of every fact.",
    }
    return json.dumps({**made, **described}, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _untitled() -> type[GenerateJsonSchema]:
    from pydantic.json_schema import GenerateJsonSchema  # noqa: PLC0415

    class Untitled(GenerateJsonSchema):
        """Without a title for every key that repeats the key."""

        def field_title_should_be_set(self, schema: object) -> bool:
            return False

    return Untitled
