"""Messages for the builder ``gettext``: the author's prose, as far as comparisons show it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sphinx.util.i18n import docname_to_domain

from sphinx_modelcmp.catalog.fingerprints import fingerprint_of
from sphinx_modelcmp.ext.domain import domain_of
from sphinx_modelcmp.ext.translations import PROSE

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders.gettext import MessageCatalogBuilder
    from sphinx.environment import BuildEnvironment


def add_messages(app: Sphinx, env: BuildEnvironment) -> None:
    """Add the prose that comparisons show to the template, in the order of the catalog's files."""
    if app.builder.name != "gettext":
        return
    from sphinx.builders.gettext import MsgOrigin  # noqa: PLC0415 - no other builder has use for these

    from sphinx_modelcmp.catalog.fields import texts_in  # noqa: PLC0415
    from sphinx_modelcmp.catalog.load import read_catalog  # noqa: PLC0415
    from sphinx_modelcmp.ext.render import prose_of  # noqa: PLC0415

    domain = domain_of(env)
    shown = {text for uses in domain.uses.values() for use in uses for text in prose_of(domain, use.request)}
    # Not the cached catalog, which does not know the places of its texts.
    loaded = read_catalog(domain.cached.files)
    found = ((loaded.places.place(*at), text) for at, text in texts_in(loaded.catalog, ()) if text in shown)
    placed = dict.fromkeys((place, text) for place, text in found if place)
    order = {file.shown: i for i, file in enumerate(domain.cached.files)}
    messages = cast("MessageCatalogBuilder", app.builder).catalogs[docname_to_domain(PROSE, app.config.gettext_compact)]
    for place, text in sorted(placed, key=lambda item: (order[item[0].path], item)):
        origin = MsgOrigin(place.path, place.line)
        # Sphinx gives a random one.
        origin.uid = fingerprint_of((text, place))[:32]
        messages.add(text, origin)
