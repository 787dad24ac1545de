"""Importers of other packages, found by their entry points."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_modelcmp.importers import litellm
from sphinx_modelcmp.importers.registry import GROUP, NoImporterError, find_importer, importers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MODULE = """
from sphinx_modelcmp.importers.importer import Importer
from sphinx_modelcmp.importers.listings import Foreign

IMPORTER = Importer(
    name="acme", read=lambda path, asked, loss: Foreign(listings=[]), title="Acme"
)
NOT_ONE = "text"
"""
ENTRY_POINTS = f"""
[{GROUP}]
acme = acme_models_of_a_test:IMPORTER
acme-text = acme_models_of_a_test:NOT_ONE
acme-gone = acme_models_of_a_test:GONE
acme-absent = acme_models_that_are_absent:IMPORTER
"""


@pytest.fixture
def acme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A package that adds importers, as if it were installed."""
    (tmp_path / "acme_models_of_a_test.py").write_text(MODULE, "utf-8")
    about = tmp_path / "acme_models-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-models\nVersion: 1.0\n", "utf-8")
    (about / "entry_points.txt").write_text(ENTRY_POINTS, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    importers.cache_clear()
    yield
    importers.cache_clear()


@pytest.mark.usefixtures("acme")
def test_an_importer_of_another_package_is_found_beside_ours() -> None:
    assert find_importer("acme").title == "Acme"
    assert find_importer("litellm") is litellm.IMPORTER
    assert list(importers()) == sorted(importers())


@pytest.mark.usefixtures("acme")
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("acme-text", "which should be the importer “acme-text”, is none"),
        ("acme-gone", "cannot be loaded from acme_models_of_a_test:GONE"),
        ("acme-absent", "No module named 'acme_models_that_are_absent'"),
        ("litelm", "did you mean litellm?"),
    ],
)
def test_what_is_no_importer_is_told(name: str, told: str) -> None:
    with pytest.raises(NoImporterError) as error:
        find_importer(name)
    assert told in str(error.value)


def test_each_of_ours_has_the_name_that_it_is_registered_under() -> None:
    ours = [name for name, entry in importers().items() if entry.value.startswith("sphinx_modelcmp.")]
    assert len(ours) == 6
    assert [find_importer(name).name for name in ours] == ours
