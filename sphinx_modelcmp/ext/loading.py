"""The catalog is read once a build, before readers fork; pages whose answer changed are read again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.cache import Asked, CachedCatalog, Store
from sphinx_modelcmp.catalog.problems import Code, Demands
from sphinx_modelcmp.ext.config import allowed_roots, catalog_paths, read_config
from sphinx_modelcmp.ext.domain import domain_of
from sphinx_modelcmp.ext.reporting import fail_on_errors, report
from sphinx_modelcmp.ext.translations import phrase_problems
from sphinx_modelcmp.ext.written_pages import FOLDER

if TYPE_CHECKING:
    from collections.abc import Set

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def load(app: Sphinx) -> None:
    """Read the configuration, and report what is wrong with it and with the catalog."""
    fail_on_errors(app)
    domain = domain_of(app.env)
    # sphinx-multiversion reads the sources of an old version with the conf.py of today.
    folders = tuple(dict.fromkeys((Path(app.srcdir), Path(app.confdir))))
    domain.builder = app.builder
    config, problems = read_config(app.config)
    domain.settings, domain.severities, domain.publishing = config.settings, config.severities, config.structured_data
    paths, missing = catalog_paths(config.catalog, folders)
    for problem in (*problems, *missing):
        report(problem, domain.severities, str(Path(app.confdir, "conf.py")))
    asked = Asked(
        paths=tuple(paths),
        roots=allowed_roots(config.catalog_roots, folders),
        as_of=domain.settings.as_of,
        demands=Demands(
            stale_after=domain.settings.stale_after,
            sources=domain.severities.sourced_groups,
            conflicts=domain.severities.asks_for(Code.CONFLICT),
        ),
    )
    domain.cached = CachedCatalog(asked, Store(Path(app.doctreedir) / FOLDER / "catalog"))
    for problem in domain.cached.problems:
        report(problem, domain.severities)
    domain.has_reported_catalog = bool(missing or domain.cached.problems)


def outdated(
    _app: Sphinx, env: BuildEnvironment, _added: Set[str], _changed: Set[str], _removed: Set[str]
) -> list[str]:
    """The pages whose comparisons have changed."""
    domain = domain_of(env)
    if domain.own_phrases.files:
        for problem in phrase_problems(domain.words.phrases, next(iter(domain.own_phrases.files))):
            report(problem, domain.severities)
    if domain.cached.agrees_with(domain.seal):
        return []
    return [
        docname
        for docname, uses in domain.uses.items()
        if any(domain.digest_of(use.request, use.prose) != use.digest for use in uses)
    ]


def read_before_fork(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Read the catalog, and import all that writes pages, once for all processes that will read pages."""
    if docnames and app.parallel > 1:
        # The first page loads these where there is one process.
        from sphinx_modelcmp.ext import render  # noqa: F401, PLC0415
        from sphinx_modelcmp.nodes import build  # noqa: F401, PLC0415

        _ = domain_of(env).digests


def agree(_app: Sphinx, env: BuildEnvironment) -> None:
    """Remember that every page is up to date with the catalog: the next build need not compare them."""
    domain = domain_of(env)
    domain.cached.agree(domain.seal)
