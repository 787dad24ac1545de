"""What an importer is: a name, the source that its facts get, and a function that reads a file.

Another package adds one by an entry point of the group ``sphinx_modelcmp.importers`` that names an ``Importer``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from sphinx_modelcmp.importers.listings import Foreign
from sphinx_modelcmp.importers.loss import Loss

Track: TypeAlias = Callable[[Collection[Any]], Iterable[Any]]
"""Passes things on one by one, and shows somebody how many are still to come."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader is told beside the path."""

    scales: Mapping[str, str] = field(default_factory=dict)
    """Name of a benchmark, in any case, to its scale; ``*`` for all others."""
    mapping: Path | None = None
    """A file that says what the columns of a table are."""
    track: Track = iter
    """What the entries go through."""


Reader: TypeAlias = Callable[[Path, Asked, Loss], Foreign]
"""Reads a file or a folder. What is not taken over it tells the loss; for what is unusable it raises ForeignError."""


@dataclass(frozen=True, slots=True)
class Importer:
    """One kind of foreign catalog."""

    name: str
    """What the command line calls it."""
    read: Reader
    title: str
    """Title of the source that facts get."""
    url: str = ""
    """Address of that source."""
    kind: str = "aggregator"
    """Kind of that source."""
    currency: str = "USD"
    """ISO 4217 code for amounts of lines that name none; empty for that of the catalog they come into."""
