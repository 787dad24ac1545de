"""The catalog that comes with the package, beside one of an author."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.cache import Store, read_cached
from sphinx_modelcmp.catalog.files import SHIPPED_FOLDER, read_files
from sphinx_modelcmp.catalog.load import load_catalog
from sphinx_modelcmp.catalog.problems import Code, Demands
from sphinx_modelcmp.compare.comparison import Request, Settings
from sphinx_modelcmp.compare.digest import digest
from tests.compare.making import DATA

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_modelcmp.catalog.load import Loaded

AS_OF = datetime.date(2026, 11, 22)
HOUSE = """
catalog: {currency: EUR}
licenses: {apache-2.0: {name: Our Apache}}
providers: {openai: {name: Our OpenAI}}
traffic: {ours: {label: Ours, requests: 1, input: 1, output: 1}}
models:
  gpt-5.4: {name: Ours, license: apache-2.0}
  own: {name: Own, license: mit, routes: [{provider: openai, prices: [{input: 1, output: 2}]}]}
"""


def beside(tmp_path: Path, text: str = HOUSE, **asked: object) -> Loaded:
    """The shipped catalog, and one of an author that is named after it."""
    path = tmp_path / "house.yaml"
    path.write_text(text, encoding="utf-8")
    return load_catalog([SHIPPED_FOLDER, path], **asked)  # type: ignore[arg-type]


def test_an_entry_of_the_author_counts_and_only_a_model_is_told(tmp_path: Path) -> None:
    loaded = beside(tmp_path)
    (problem,) = loaded.problems
    assert (problem.code, problem.where and problem.where.line) == (Code.SHIPPED_MODEL, 7)
    catalog = loaded.catalog
    assert (catalog.models["gpt-5.4"].name, catalog.models["gpt-5.4"].context_window.known) == ("Ours", False)
    assert (catalog.licenses["apache-2.0"].name, catalog.providers["openai"].name) == ("Our Apache", "Our OpenAI")
    assert next(iter(catalog.traffic)) == "ours"
    assert catalog.find("own")
    assert {"own", "gpt-5.4"}.isdisjoint(catalog.shipped)
    assert len(catalog.shipped) == len(catalog.models) - 2


def test_shipped_prices_keep_their_currency(tmp_path: Path) -> None:
    catalog = beside(tmp_path).catalog
    assert catalog.currency == "EUR"
    (own,) = catalog.models["own"].routes.value or ()
    assert own.currency is None
    assert {route.currency for route in catalog.models["gpt-5.4-mini"].routes.value or ()} == {"USD"}


def test_what_is_kept_is_what_is_read(tmp_path: Path) -> None:
    """Models that are decoded late have the same days and currencies."""
    read = beside(tmp_path, "catalog: {currency: EUR, as_of: 2026-10-01}\nmodels: {own: {name: Own}}\n")
    files, _ = read_files([SHIPPED_FOLDER, tmp_path / "house.yaml"])
    for _ in range(2):
        kept = read_cached(files, Store(tmp_path / "store"))
        assert {**kept.catalog.models} == {**read.catalog.models}
        assert (kept.problems, kept.catalog.shipped) == (read.problems, read.catalog.shipped)
    assert read.problems == ()


def test_the_day_of_the_author_counts(tmp_path: Path) -> None:
    earlier = beside(tmp_path, "catalog: {as_of: 2026-10-01}\nmodels: {own: {name: Own}}\n")
    assert (earlier.problems, earlier.catalog.reading_day()) == ((), datetime.date(2026, 10, 1))
    day = datetime.date(2027, 1, 1)
    shipped = load_catalog([SHIPPED_FOLDER]).catalog
    assert (shipped.reading_day(), shipped.reading_day(day), shipped.shipped_as_of) == (AS_OF, day, AS_OF)


def test_nobody_is_told_what_only_the_package_can_mend(tmp_path: Path) -> None:
    """Findings of checks, names, days and demands. The age is one sentence, and only for a day that is given."""
    demands = Demands(stale_after=30, sources=frozenset(("prices", "capabilities", "results")), conflicts=True)
    name = "models: {own: {name: GPT-5.4, organization: openai}}\n"
    day = AS_OF + datetime.timedelta(days=31)
    assert beside(tmp_path, name, demands=demands).problems == ()
    assert beside(tmp_path, name, as_of=day - datetime.timedelta(days=1), demands=demands).problems == ()
    (old,) = beside(tmp_path, name, as_of=day, demands=demands).problems
    assert str(old) == (
        "shipped: the shipped catalog is of 2026-11-22, 31 days before 2026-12-23: "
        "a newer sphinx-modelcmp has a newer one [stale-fact]"
    )


def test_the_same_folder_by_its_usual_path_is_a_catalog_as_any_other() -> None:
    catalog = load_catalog([DATA]).catalog
    assert (catalog.shipped, catalog.shipped_as_of, catalog.as_of) == (frozenset(), None, AS_OF)


def test_the_digest_knows_the_age_of_shipped_models_only(tmp_path: Path) -> None:
    def of(text: str, *models: str) -> str:
        return digest(beside(tmp_path, text).catalog, Request(models=models), Settings(as_of=AS_OF))

    one, other = "models: {own: {name: O}}\n", "models: {own: {name: O}, gpt-5.4: {name: G}}\n"
    assert of(one, "claude-opus-4-6", "gpt-5.4-mini") == of(other, "claude-opus-4-6", "gpt-5.4-mini")
    assert of(one, "own", "gpt-5.4") != of(other, "own", "gpt-5.4")
