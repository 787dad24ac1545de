"""The two tiers of the tests: what only ``make test-all`` runs has the mark ``full``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator


def full(*values: Any) -> Iterator[Any]:
    """Values of a parameter that only the full tier tries."""
    return (pytest.param(value, marks=pytest.mark.full) for value in values)
