"""The catalog is read once a build, before readers fork; pages whose answer changed are read again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from sphinx_modelcmp.catalog.checks import Demands
from sphinx_modelcmp.catalog.load import load_catalog
from sphinx_modelcmp.catalog.problems import Code
from sphinx_modelcmp.compare.digest import digest
from sphinx_modelcmp.ext.config import allowed_roots, catalog_paths, read_config, read_severities
from sphinx_modelcmp.ext.reporting import fail_on_errors, report

if TYPE_CHECKING:
    from collections.abc import Set

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_modelcmp.ext.domain import ModelcmpDomain


def domain_of(env: BuildEnvironment) -> ModelcmpDomain:
    """Our domain."""
    return cast("ModelcmpDomain", env.get_domain("modelcmp"))


def load(app: Sphinx) -> None:
    """Read the configuration and the catalog onto the domain."""
    fail_on_errors(app)
    domain, folder = domain_of(app.env), Path(app.confdir)
    domain.builder = app.builder
    domain.settings, problems = read_config(app.config)
    domain.severities, more = read_severities(app.config)
    for problem in (*problems, *more):
        report(problem, domain.severities, str(folder / "conf.py"))
    loaded = load_catalog(
        catalog_paths(app.config, folder),
        roots=allowed_roots(app.config, folder),
        as_of=domain.settings.as_of,
        demands=Demands(
            stale_after=domain.settings.stale_after,
            sources=domain.severities.sourced_groups,
            conflicts=domain.severities.asks_for(Code.CONFLICT),
        ),
    )
    for problem in loaded.problems:
        report(problem, domain.severities)
    domain.catalog = loaded.catalog


def outdated(
    _app: Sphinx, env: BuildEnvironment, _added: Set[str], _changed: Set[str], _removed: Set[str]
) -> list[str]:
    """The pages that would say something else now."""
    domain = domain_of(env)
    return [
        docname
        for docname, uses in domain.uses.items()
        if any(digest(domain.catalog, use.request, domain.settings) != use.digest for use in uses)
    ]
