"""Events around writing: which pages are written again, and what is known of them afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_modelcmp.ext.domain import domain_of
from sphinx_modelcmp.ext.related import Neighbours
from sphinx_modelcmp.ext.written_pages import WrittenPages

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def outdated(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The pages that are to be written again, whether they were read again or not."""
    domain = domain_of(env)
    domain.neighbours = Neighbours(domain.uses)
    # A text says that the builder writes everything every time.
    if isinstance(app.builder.get_outdated_docs(), str):
        return []
    domain.written = WrittenPages(app, domain.uses, domain.neighbours, domain.seal)
    return domain.written.outdated()


def note(app: Sphinx, _doctree: object, docname: str) -> None:
    """Note that a page is being written; in the process that began the build."""
    if written := domain_of(app.env).written:
        written.written.add(docname)


def keep(app: Sphinx, _exception: Exception | None) -> None:
    """Keep what is known of this output for the next build; after an error Sphinx itself forgets all it has read."""
    domain = domain_of(app.env)
    if domain.written:
        domain.written.keep()
