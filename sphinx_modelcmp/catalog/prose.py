"""Where the prose of a catalog stands: what its authors write in a language, and not as facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.reader import read_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_modelcmp.catalog.files import CatalogFile
    from sphinx_modelcmp.catalog.places import Keys
    from sphinx_modelcmp.catalog.problems import Place

PROSE = frozenset(("note", "label", "best_for", "description"))
"""The keys of prose that pages show."""
_INSIDE = frozenset(("value", "values"))


def prose_in(files: Iterable[CatalogFile]) -> Iterator[tuple[str, Place]]:
    """The texts below these keys with their places, in the order of the files.

    The files are read as they are written: a store knows what they say, but not where.
    """
    for file in files:
        document, _ = read_document(file.data, file.shown)
        if document:
            yield from ((text.strip(), document.place(*keys)) for keys, text in _texts(document.root, ()))


def _texts(tree: Any, keys: Keys, *, is_prose: bool = False) -> Iterator[tuple[Keys, str]]:
    if isinstance(tree, dict):
        for key, held in tree.items():
            yield from _texts(held, (*keys, key), is_prose=key in PROSE or (is_prose and key in _INSIDE))
    elif isinstance(tree, list):
        for i, held in enumerate(tree):
            yield from _texts(held, (*keys, i), is_prose=is_prose)
    elif is_prose and isinstance(tree, str):
        yield keys, tree
