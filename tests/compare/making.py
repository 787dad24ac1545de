"""Catalogs out of text or trees, and comparisons out of catalogs: what the tests of the pure layers share."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import yaml

from sphinx_modelcmp.catalog.load import Loaded, load_catalog
from sphinx_modelcmp.catalog.problems import CHECKS
from sphinx_modelcmp.compare.comparison import Comparison, Request, Settings, compare

if TYPE_CHECKING:
    from sphinx_modelcmp.catalog.records import Catalog, Model

REPOSITORY = Path(__file__).parent.parent.parent
SEED = REPOSITORY / "tests" / "seed-catalog.yaml"
RICH = REPOSITORY / "tests" / "compare" / "rich-catalog.yaml"
DATA = REPOSITORY / "data"

Tree = dict[str, Any]


def loaded(source: str | Tree) -> Loaded:
    """A catalog of one file, with its problems."""
    text = source if isinstance(source, str) else json.dumps(source, ensure_ascii=False)
    with TemporaryDirectory() as folder:
        path = Path(folder, "c.yaml")
        path.write_text(text, encoding="utf-8")
        return load_catalog([path])


def catalog_of(source: str | Tree) -> Catalog:
    """A catalog without problems; made-up prices and days may look wrong beside each other."""
    found = loaded(source)
    assert [problem for problem in found.problems if problem.code not in CHECKS] == []
    return found.catalog


def tree_of(*paths: Path) -> Tree:
    """The files as they were written, every scalar as its text, merged into one tree."""
    tree: Tree = {}
    for path in paths:
        for name, table in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader).items():
            tree[name] = {**tree.get(name, {}), **table} if isinstance(table, dict) else table
    return tree


def compared(catalog: Catalog, *names: str, settings: Settings | None = None, **request: Any) -> Comparison:
    """All models of a catalog, or those named, under what else is asked."""
    wanted = Request(models=names or tuple(catalog.models), **request)
    answer = compare(catalog, wanted, settings or Settings())
    assert answer.problems == ()
    assert answer.comparison
    return answer.comparison


def only_model(source: str | Tree) -> Model:
    """The one model of a catalog without problems."""
    (model,) = catalog_of(source).models.values()
    return model
