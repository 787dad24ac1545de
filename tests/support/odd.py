"""A catalog at the edge of what a page can show, and the place of each thing in it that pdflatex cannot."""

from __future__ import annotations

import json

from sphinx_modelcmp.ext.latex import is_settable

MODELS, ROWS = 12, 40
LONG = "W" * 200
EMOJI, ARABIC, MARKS = "\N{ROCKET}" * 30, "\u0646\u0645\u0648\u0630\u062c", "Z\u0307\u0328 Zoe\u0308"
NAMES = (LONG, EMOJI, ARABIC, MARKS, "\u901a\u4e49", "Model-with-a-long-name-in-several-parts")
NUMBER = "123456789012345678901234567890"
ADDRESS = f"https://long.example/{'a' * 1980}"
LETTERS = " ".join(letter for letter in map(chr, range(0xA0, 0x2800)) if is_settable(letter, ("T1",)))
PAGE = f"""\
Odd
===

.. model-compare:: {" ".join(f"m-{i}" for i in range(MODELS))}

Nothing is known
----------------

.. model-compare:: none-1 none-2
   :caption: A \N{SNAKE} of the page
"""


def catalog() -> str:
    """The catalog. Names that are given over and over stand at the top of their models."""
    rows = "  row_0: {label: House row 0, group: specs, type: quantity}\n"
    rows += "".join(f"  row_{i}: {{label: House row {i}, group: specs, type: text}}\n" for i in range(1, ROWS))
    facts = "".join(f"    row_{i}: text {i}\n" for i in range(1, ROWS))
    names = [*NAMES, *(f"Plain {i}" for i in range(MODELS - len(NAMES)))]
    models = "".join(
        f"  m-{i}:\n    name: {json.dumps(name, ensure_ascii=False)}\n    organization: o\n    row_0: {NUMBER}\n"
        f"    context_window: 100000000\n    source: s\n{facts}"
        for i, name in enumerate(names)
    )
    return (
        "catalog: {schema: 1, title: Odd, as_of: 2026-05-19}\n"
        f"sources:\n  s: {{title: Long, url: '{ADDRESS}'}}\n"
        'organizations:\n  o: {name: "Org \N{OX}"}\n'
        f"fields:\n{rows}"
        f"models:\n{models}"
        "  none-1: {name: Nothing 1}\n"
        f"  none-2:\n    name: Nothing 2\n    architecture: {{value: plain, note: {json.dumps(LETTERS)}}}\n"
        "    best_for: [this, 'that \N{CACTUS}']\n"
    )
