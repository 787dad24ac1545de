"""Kinds of input and other flags of foreign catalogs that our built-in rows do not have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection

    from sphinx_modelcmp.importers.entry import Entry
    from sphinx_modelcmp.importers.listings import Raw

_FLAG = {"group": "capabilities", "type": "flag"}

INPUT_FIELDS: dict[str, Raw] = {
    "audio_input": {"label": "Audio input", **_FLAG},
    "video_input": {"label": "Video input", **_FLAG},
    "pdf_input": {"label": "PDF input", **_FLAG},
    "audio_output": {"label": "Audio output", **_FLAG},
    "image_output": {"label": "Image output", **_FLAG},
}
MAX_INPUT: dict[str, Raw] = {
    "max_input": {
        "label": "Largest input",
        "group": "specs",
        "type": "quantity",
        "unit": "tokens",
        "better": "higher",
    }
}
EMBEDDING_SIZE: dict[str, Raw] = {
    "embedding_size": {"label": "Vector length", "group": "specs", "type": "quantity", "unit": "dimensions"}
}

INPUTS = {"image": "vision", "audio": "audio_input", "video": "video_input", "pdf": "pdf_input", "file": "pdf_input"}
OUTPUTS = {"audio": "audio_output", "image": "image_output"}


def inputs(kinds: Collection[str]) -> dict[str, bool]:
    """The flags of a complete list of the kinds of input: what it does not name cannot be sent."""
    if not kinds:
        return {}
    flags = {"vision": "image" in kinds, "multimodal": any(kind != "text" for kind in kinds)}
    return flags | {flag: True for kind, flag in INPUTS.items() if kind in kinds}


def some_inputs(kinds: Collection[str]) -> dict[str, bool]:
    """The flags of a list that may not be complete: what it does not name is not known."""
    return {flag: True for flag, given in inputs(kinds).items() if given}


def tell_others(kinds: Collection[Any], known: Collection[str], key: str, entry: Entry) -> None:
    """Tell of the kinds of a list that no row is for."""
    for kind in kinds:
        if str(kind) not in {"text", *known}:
            entry.loss.key(f"{key}: {kind}", entry.name)


def outputs(kinds: Collection[str]) -> dict[str, bool]:
    """The flags of what comes out beside text."""
    return {flag: True for kind, flag in OUTPUTS.items() if kind in kinds}
