"""Whether sites and catalogs of some sizes can be made of the models that there are.

``python -m tests.bench.sizes LISTINGS [MODELS PAGES]...`` prints why not, a line each; 0 asks for no listings. It is a
program of its own for the reason that ``sites`` is.
"""

from __future__ import annotations

import sys
from itertools import count
from typing import TYPE_CHECKING

from tests.bench.copies import editable, original_count
from tests.bench.listings import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def distances(models: int, originals: int) -> Iterator[int]:
    """How far apart two of so many models may be in a pair.

    At half the number each pair would come twice. At a multiple of the ``originals`` both are copies of one model,
    and differ in nothing.
    """
    return (distance for distance in range(1, (models + 1) // 2) if distance % originals)


def most_pages(models: int, originals: int) -> int:
    """How many pages so many models give: pairs of all but one of them, and one pair with that one."""
    farthest = models // 2 - 1
    return 1 + (models - 1) * (farthest - farthest // originals)


def refusals(listings: int, sites: Iterable[tuple[int, int]]) -> Iterator[str]:
    """Why there are no catalogs of so many listings, or no sites of so many models and pages."""
    if listings > (there := len(listed()) if listings else 0):
        yield f"there are {there} listings, fewer than {listings}"
    least = next(models for models in count(1) if len(editable(models)) > 1)
    for models, pages in dict.fromkeys((*sites, *([(listings, 1)] if listings else []))):
        most = most_pages(models, original_count())
        if models < least:
            yield f"a catalog of {models} {_plural('model', models)} is too small: it takes {least}, to edit two facts"
        elif pages > most:
            yield f"{models} models give {most} {_plural('page', most)} at most, not {pages}"


def _plural(noun: str, number: int) -> str:
    return noun if number == 1 else f"{noun}s"


if __name__ == "__main__":
    first, *others = map(int, sys.argv[1:])
    sys.stdout.writelines(f"{line}\n" for line in refusals(first, zip(others[::2], others[1::2], strict=True)))
