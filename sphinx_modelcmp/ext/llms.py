"""Adds what comparisons say to llms-full.txt, which sphinx-llms-txt joins from the sources of pages."""

from __future__ import annotations

import json
from fnmatch import fnmatch
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.ext.domain import domain_of
from sphinx_modelcmp.ext.published import address_of, is_site, record_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

AFTER_OTHERS = 900
"""The priority of an event: sphinx-llms-txt has written its file by then."""
HEADING = "\n\nWhat the comparisons say\n========================\n"
ABOUT = """
On its page, each ``model-compare`` directive above becomes what follows, written from a catalog of facts.
Limits are in tokens and prices are per million tokens, unless a row says otherwise.
"""


def complete(app: Sphinx, exception: Exception | None) -> None:
    """Add what the comparisons of its pages say, replacing what an earlier build added."""
    path, builder = Path(app.outdir, getattr(app.config, "llms_txt_full_filename", "")), app.builder
    if exception or not path.is_file() or not is_site(builder):
        return
    text = path.read_text(encoding="utf-8").partition(HEADING)[0]
    # If the sources are too long, the extension writes a note instead.
    if "model-compare" in text:
        named = (name for name in sorted(domain_of(app.env).uses) if not _is_left_out(app, name))
        pages = "".join(_page(app, name, record_path(builder, name)) for name in named)
        path.write_text(text + HEADING + ABOUT + pages if pages else text, encoding="utf-8")


def _is_left_out(app: Sphinx, docname: str) -> bool:
    """Whether the author keeps a page out of the file: the extension's own rules."""
    names = (docname, Path(app.env.doc2path(docname)).name)
    ignored = str(app.env.metadata[docname].get("llms-txt-ignore", "")).lower() in {"true", "1", "yes"}
    return ignored or any(fnmatch(name, pattern) for name in names for pattern in app.config.llms_txt_exclude)


def _page(app: Sphinx, docname: str, record: Path) -> str:
    """A page: its title, its address and that of its data, and what its comparisons say."""
    title = app.env.titles[docname].astext()
    address = address_of(app, docname, record.name if record.is_file() else "", app.config.html_baseurl or "/")
    held = json.loads(record.read_text(encoding="utf-8"))["comparisons"] if record.is_file() else []
    parts = [f"{title}\n{'-' * len(title)}", f"{address.page}\n{address.record}".strip()]
    return "".join(f"\n{part}\n" for part in [*parts, *(part for one in held for part in _parts(one))] if part)


def _parts(comparison: Any) -> Iterator[str]:
    """The models of a comparison, the rows of its tables, and its sentences, those of a section together."""
    names = {model["id"]: model["name"] for model in comparison["models"]}
    yield ", ".join(names.values())
    yield "\n".join(
        f"- {row['label']}: " + "; ".join(f"{names[model]}: {fact['text']}" for model, fact in row["facts"].items())
        for row in comparison["rows"]
    )
    for _, claims in groupby(comparison["claims"], key=itemgetter("section")):
        yield " ".join(claim["text"] for claim in claims)
