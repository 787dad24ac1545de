"""The prose of a catalog in the language of the documentation, as Sphinx has it for the text of pages.

The builder ``gettext`` writes a template of it, and translations stand in ``locale_dirs``. Facts are in neither.
"""

from __future__ import annotations

import gettext
import struct
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sphinx.util import logging
from sphinx.util.i18n import CatalogRepository, docname_to_domain

from sphinx_modelcmp.catalog.outline import seal_of
from sphinx_modelcmp.ext.loading import domain_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders.gettext import MessageCatalogBuilder
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

DOMAIN = "modelcmp"
"""The name of the template, and of its translations. With ``gettext_compact`` a text, all have that one."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Translations:
    """The compiled translations of one build, those that come first in ``locale_dirs`` before the others."""

    files: tuple[Path, ...] = ()

    def translate(self, text: str) -> str:
        """A text in the language of the build; the text itself where no translator has been."""
        found = (catalog.gettext(text) for catalog in self._catalogs)
        return next((said for said in found if said != text), text)

    @cached_property
    def _catalogs(self) -> tuple[gettext.GNUTranslations, ...]:
        return tuple(catalog for file in self.files if (catalog := _read(file)))

    @cached_property
    def seal(self) -> str:
        """The hash of all of them; empty where there is none."""
        return seal_of(file.read_bytes() for file in self.files) if self.files else ""


def _read(file: Path) -> gettext.GNUTranslations | None:
    try:
        with file.open("rb") as compiled:
            return gettext.GNUTranslations(compiled)
    except (OSError, UnicodeDecodeError, struct.error) as error:
        # What Sphinx says of a catalog that it cannot read, and under the same name.
        logger.warning("reading error: %s, %s", file, error, type="i18n", subtype="not_readable")
        return None


def translations_of(env: BuildEnvironment) -> Translations:
    """The translations of the language that the pages are in."""
    config = env.config
    domain = _domain(config)
    found = CatalogRepository(env.srcdir, config.locale_dirs, config.language, config.source_encoding).catalogs
    files = (Path(catalog.mo_path) for catalog in found if catalog.domain == domain)
    return Translations(tuple(file for file in files if file.is_file()))


def add_messages(app: Sphinx, env: BuildEnvironment) -> None:
    """Have the template written: the prose that comparisons show, in the order of the catalog's files."""
    if app.builder.name != "gettext":
        return
    from sphinx.builders.gettext import MsgOrigin  # noqa: PLC0415 - no other builder has use for these

    from sphinx_modelcmp.catalog.prose import prose_in  # noqa: PLC0415
    from sphinx_modelcmp.ext.answering import prose_of  # noqa: PLC0415

    domain = domain_of(env)
    shown = {text for uses in domain.uses.values() for use in uses for text in prose_of(domain, use.request)}
    messages = cast("MessageCatalogBuilder", app.builder).catalogs[_domain(app.config)]
    for text, place in prose_in(domain.cached.files):
        if text in shown:
            origin = MsgOrigin(place.path, place.line)
            # Sphinx gives a random one.
            origin.uid = seal_of((text, place))[:32]
            messages.add(text, origin)


def _domain(config: Config) -> str:
    return docname_to_domain(DOMAIN, config.gettext_compact)
