"""What a comparison publishes beside the sections of its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic_core import to_json

from sphinx_modelcmp.structured.linked_data import linked_data_of, sentences
from sphinx_modelcmp.structured.published import Published
from sphinx_modelcmp.structured.record import record_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sphinx_modelcmp.sections.blocks import Section
    from sphinx_modelcmp.sections.page import Page


def publish(page: Page, sections: Sequence[Section], kinds: Collection[str]) -> Published | None:
    """Everything of some kinds that some sections have to publish; None where nothing is asked for."""
    if not kinds or not sections:
        return None
    return Published(
        title=page.names(page.models),
        # In a fraction of the time that the standard library takes.
        record=to_json(record_of(page, sections)).decode() if "json" in kinds else "",
        linked_data=linked_data_of(page, sections) if "json-ld" in kinds else None,
        sentences=sentences(sections) if "description" in kinds else (),
    )
