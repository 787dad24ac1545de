"""Every claim that the package makes of a raw catalog, with the reasons why it is false."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.compare import claims
from tests.compare.making import compared, loaded
from tests.truth.meaning import Judge
from tests.truth.worlds import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx_modelcmp.compare.comparison import Comparison
    from tests.truth.worlds import Tree

NEEDS_MORE = {"evidence_for"}
"""Functions that ask for more than a comparison, and make no claim by themselves."""


@dataclass(frozen=True)
class False_:
    """A claim that is false in a world that the catalog allows."""

    kind: str
    asked: str
    claim: Any
    reasons: tuple[str, ...]


def functions() -> dict[str, Callable[[Comparison], Any]]:
    """The public functions that make claims of a comparison."""
    found = {}
    for name, function in vars(claims).items():
        if inspect.isfunction(function) and function.__module__ == claims.__name__ and not name.startswith("_"):
            first, *others = inspect.signature(function).parameters.values()
            if first.name == "comparison" and name not in NEEDS_MORE:
                assert all(one.default is not one.empty or one.kind is one.VAR_POSITIONAL for one in others), name
                found[name] = function
    return found


def falsehoods(tree: Tree) -> Iterator[False_]:
    """The claims of a comparison of all models of a catalog that are false, at each of its workloads."""
    world, catalog = World(tree), loaded(tree).catalog
    for name, traffic in tree["traffic"].items():
        judge, comparison = Judge(world, traffic), compared(catalog, traffic=name)
        for asked, function in functions().items():
            for claim in _each(function(comparison)):
                if reasons := judge.reasons(claim):
                    yield False_(type(claim).__name__, asked, claim, tuple(reasons))


def _each(found: Any) -> Iterator[Any]:
    yield from found if isinstance(found, tuple | list) else () if found is None else (found,)
