"""The phrases of a language: those that are shipped, and those that a site has translated itself."""

from __future__ import annotations

import gettext
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

from babel import Locale
from babel.core import get_global

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DOMAIN = "sphinx_modelcmp"
"""The name of the template, and of translations."""
LOCALES = Path(__file__).parent.parent / "locale"
_NUMBERS = (*range(120), 1000, 10**6)
"""Enough numbers to meet every plural of every language."""
_SAID_IN_A_WORD = (0, 1, 2)
"""The numbers that a plural can do without: “no row”, “one row”, “both rows”."""


@dataclass(frozen=True)
class Phrases:
    """The phrases of one language; English ones where they are not whole, for half a language cannot be read."""

    shipped: gettext.NullTranslations = field(default_factory=gettext.NullTranslations)
    own: Mapping[str, gettext.NullTranslations] = field(default_factory=dict)
    """By phrase, the catalog of the site that says it."""
    missing: tuple[str, ...] = ()
    """What is neither shipped nor translated by the site."""
    unusable: tuple[str, ...] = ()
    """What the site has translated without something in braces, or with something else there."""
    is_whole: bool = True

    def say(self, phrase: str) -> str:
        """A phrase in this language."""
        return self.own.get(phrase, self.shipped).gettext(phrase)

    def count(self, one: str, many: str, number: int) -> str:
        """A phrase that depends on a number."""
        return self.own.get(one, self.shipped).ngettext(one, many, number)


def phrases_of(locale: Locale, own: Sequence[gettext.NullTranslations] = ()) -> Phrases:
    """The phrases of a language; those in the catalogs of a site's ``own`` before those that are shipped."""
    name = _shipped(locale)
    is_spoken = bool(name) or locale.language == "en"
    if not own:
        return Phrases(_read(name), is_whole=is_spoken)
    for catalog in own:
        catalog.add_fallback(_SILENT)
    chosen, missing, unusable = {}, [], []
    for one, many in template():
        said = next((catalog for catalog in own if all(_forms(catalog, one, many).values())), None)
        if said is None:
            missing += [] if is_spoken else [one]
        elif _keeps_values(_forms(said, one, many), one, many):
            chosen[one] = said
        else:
            unusable.append(one)
    if not is_spoken and (missing or unusable):
        return Phrases(missing=tuple(missing), unusable=tuple(unusable), is_whole=False)
    return Phrases(_read(name), chosen, unusable=tuple(unusable))


@lru_cache(maxsize=1)
def template() -> tuple[tuple[str, str], ...]:
    """Every phrase that a page may say, in one and in many; the second is empty where it depends on no number."""
    from babel.messages.pofile import read_po  # noqa: PLC0415 - a site whose language is shipped has no use for it

    with (LOCALES / f"{DOMAIN}.pot").open("rb") as written:
        ids = [message.id for message in read_po(written) if message.id]
    return tuple((said, "") if isinstance(said, str) else (said[0], said[1]) for said in ids)


class _Silent(gettext.NullTranslations):
    """Says nothing of a phrase, where other catalogs would say it as it is."""

    def gettext(self, message: str) -> str:
        return ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return ""


_SILENT = _Silent()


def _forms(catalog: gettext.NullTranslations, one: str, many: str) -> dict[int, str]:
    """What a catalog says, for all numbers; of a phrase without one, for the number 0."""
    return {n: catalog.ngettext(one, many, n) for n in _NUMBERS} if many else {0: catalog.gettext(one)}


def _keeps_values(forms: Mapping[int, str], one: str, many: str) -> bool:
    """Whether exactly what a phrase sets in is set in by its translation."""
    if not many:
        return _values(forms[0]) == _values(one)
    whole = _values(many)
    short = (whole, _values(one), tuple(name for name in whole if name != "number"))
    return all(_values(said) in (short if n in _SAID_IN_A_WORD else (whole,)) for n, said in forms.items())


@lru_cache(maxsize=1024)
def _values(text: str) -> tuple[str, ...]:
    """The names in braces, sorted; none that a phrase can have where a brace is open."""
    try:
        fields = [field for _, *field in Formatter().parse(text) if field[0] is not None]
        return tuple(sorted(f"{name}{conversion or ''}{form}" for name, form, conversion in fields))
    except ValueError:
        return (text,)


def compiled(po: Path, language: str, *, use_fuzzy: bool = False) -> bytes:
    """What translators have written, as gettext reads it.

    Not as Sphinx compiles it: Babel writes English for a plural of which a form is missing, and nobody can tell.
    """
    # Late: an English page has no use for these.
    from babel.messages.mofile import write_mo  # noqa: PLC0415
    from babel.messages.pofile import read_po  # noqa: PLC0415

    with po.open("rb") as written:
        catalog = read_po(written, language)
    for message in list(catalog):
        if message.pluralizable and not all(message.string or ()):
            catalog.delete(message.id)
    out = BytesIO()
    write_mo(out, catalog, use_fuzzy)
    return out.getvalue()


def _read(name: str) -> gettext.NullTranslations:
    """The phrases that are shipped under a name. They are shipped as translators write them."""
    if not name:
        return gettext.NullTranslations()
    return gettext.GNUTranslations(BytesIO(compiled(LOCALES / name / "LC_MESSAGES" / f"{DOMAIN}.po", name)))


def _shipped(locale: Locale) -> str:
    """The catalog of the same language in the same script: ``de`` for ``de_AT``, for ``zh_TW`` none."""
    names = sorted(path.name for path in LOCALES.glob(f"{locale.language}*") if path.is_dir())
    found = ((name, Locale.parse(name)) for name in names)
    same = (name for name, held in found if held.language == locale.language and _script(held) == _script(locale))
    return next(same, "")


def _script(locale: Locale) -> str | None:
    likely: str = get_global("likely_subtags").get(locale.language, locale.language)
    return locale.script or Locale.parse(likely).script
