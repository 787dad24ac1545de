"""Translations in a site's ``locale_dirs``: of the author's prose, of captions, and of our phrases."""

from __future__ import annotations

import gettext
import struct
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util import logging
from sphinx.util.i18n import docname_to_domain

from sphinx_modelcmp.catalog.files import shown_path
from sphinx_modelcmp.catalog.fingerprints import fingerprint_of
from sphinx_modelcmp.catalog.problems import Code, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.environment import BuildEnvironment

    from sphinx_modelcmp.sections.language import Phrases


PROSE = "modelcmp"
"""The name of the template of prose, and of its translations."""
PHRASES = "sphinx_modelcmp"
"""The name of the translations of our phrases."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Translations:
    """The compiled translations of one name, those that come first in ``locale_dirs`` before the others."""

    files: Mapping[Path, bytes]

    def translate(self, text: str) -> str:
        """A text in the language of the build; the text itself if it has no translation."""
        found = (catalog.gettext(text) for catalog in self.catalogs)
        return next((said for said in found if said != text), text)

    @cached_property
    def catalogs(self) -> tuple[gettext.GNUTranslations, ...]:
        """The content of the files; one that cannot be read is reported."""
        return tuple(catalog for file in self.files.items() if (catalog := _opened(*file)))

    @cached_property
    def seal(self) -> str:
        """The hash of all files; empty without any."""
        return fingerprint_of(self.files.values()) if self.files else ""


def _opened(file: Path, content: bytes) -> gettext.GNUTranslations | None:
    try:
        return gettext.GNUTranslations(BytesIO(content))
    except (OSError, ValueError, struct.error) as error:
        _report(file, error)
        return None


def _report(file: Path, error: Exception) -> None:
    """Warn as Sphinx does of a catalog that it cannot read."""
    logger.warning("reading error: %s, %s", file, error, type="i18n", subtype="not_readable")


def translations_of(env: BuildEnvironment, name: str) -> Translations:
    """The translations of one name into the language that the pages are in."""
    return Translations({file: file.read_bytes() for file in _files(env, f"{name}.mo")})


def _files(env: BuildEnvironment, name: str) -> list[Path]:
    config = env.config
    folders = (Path(env.srcdir, folder, config.language, "LC_MESSAGES") for folder in config.locale_dirs)
    return [folder / name for folder in folders if (folder / name).is_file()]


def translated(env: BuildEnvironment, text: str) -> str:
    """A text of the page that is being read, as the translators of the page have it."""
    name = docname_to_domain(env.docname, env.config.gettext_compact)
    return translations_of(env, name).translate(text) if text else ""


def own_phrases_of(env: BuildEnvironment) -> Translations:
    """Our phrases in the translation of the site."""
    files = _files(env, f"{PHRASES}.po")
    if not files:
        return Translations({})
    from sphinx_modelcmp.sections.language import compiled  # noqa: PLC0415 - a site with phrases of its own is rare

    found, config = {}, env.config
    for file in files:
        try:
            found[file] = compiled(file, config.language, use_fuzzy=config.gettext_allow_fuzzy_translations)
        except Exception as error:  # whatever Babel makes of a file that is none
            if not config.gettext_auto_build:  # or Sphinx has compiled it, and said so
                _report(file, error)
    return Translations(found)


def phrase_problems(phrases: Phrases, file: Path) -> list[Problem]:
    """Problems of the site's own translation of our phrases."""
    from sphinx_modelcmp.sections.language import template  # noqa: PLC0415 - a site with phrases of its own is rare

    of_all, wrong = f"of {len(template())} phrases, such as", []
    if phrases.missing:
        wrong.append(f"lacks {len(phrases.missing)} {of_all} “{phrases.missing[0]}”")
    if phrases.unusable:
        wrong.append(f"changes the names in braces of {len(phrases.unusable)} {of_all} “{phrases.unusable[0]}”")
    cure = "comparisons stay in English until that is mended; `pybabel update` adds new phrases to the file"
    message = f"{' and '.join(wrong)}: {'these are not used' if phrases.is_whole else cure}"
    return [Problem(Code.PHRASES, message, Place(shown_path(file)))] if wrong else []
