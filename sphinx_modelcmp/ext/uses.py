"""A comparison on a page, as the environment keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sphinx_modelcmp.compare.comparison import Request


class Use(NamedTuple):
    """One comparison on one page: all of it values, none of it nodes."""

    request: Request
    digest: str
    models: tuple[str, ...]
    """The ids compared; empty where the comparison could not be made."""
    title: str
    foreign: tuple[tuple[str, str], ...] = ()
    """The names in the title that are of another language than the pages, each with the tag of that."""
    successions: tuple[tuple[str, str], ...] = ()
    """Models on their way out, each with the one that follows it."""
    prose: tuple[str, ...] = ()
    """What the author's prose on the page was translated from; empty where there are no translations."""
