"""Phrases that a site has translated itself, in a language of our making: each between two marks."""

from __future__ import annotations

import gettext
from io import BytesIO
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from sphinx_modelcmp.sections import language
from sphinx_modelcmp.sections.language import template

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Said = str | tuple[str, ...]


class AsWritten(gettext.NullTranslations):
    """A catalog that has every phrase, as it is in English."""

    def gettext(self, message: str) -> str:
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return msgid1 if n == 1 else msgid2


def catalog(language: str, said: Mapping[str, Said] | None = None, leave: int = 0) -> Catalog:
    """A translation of the template, whole but for so many language; some of them said otherwise, by their English."""
    held = Catalog(locale=language)
    for one, many in template()[leave:]:
        forms = tuple(f"‹{many}›" for _ in range(held.num_plurals))
        held.add((one, many) if many else one, forms if many else f"‹{one}›")
    return put(held, said or {})


def put(held: Catalog, said: Mapping[str, Said]) -> Catalog:
    """A catalog with some language said otherwise; an empty text takes a translation away."""
    ids = {one: (one, many) if many else one for one, many in template()}
    for one, text in said.items():
        held.delete(ids[one])
        held.add(ids[one], text)
    return held


def po(held: Catalog) -> str:
    """A catalog as a translator saves it."""
    written = BytesIO()
    write_po(written, held)
    return written.getvalue().decode()


def compiled(held: Catalog, folder: Path) -> gettext.GNUTranslations:
    """A catalog as it is read from the file that a translator has saved."""
    file = folder / f"{len(list(folder.iterdir()))}.po"
    file.write_text(po(held), encoding="utf-8")
    return gettext.GNUTranslations(BytesIO(language.compiled(file, str(held.locale))))
