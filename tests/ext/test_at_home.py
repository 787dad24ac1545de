"""The smallest site of each kind that this extension once was in the way of: of other domains, builders, extensions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support import html
from tests.support.project import STRICT

if TYPE_CHECKING:
    from tests.support.project import Project

# --- other domains ---------------------------------------------------------------------------------------------------

FUNCTION = "```{py:function} knock()\nA function.\n```\n"
LINKS = {
    "myst.md": f"# Site\n\n{FUNCTION}\nSee [the function](knock).\n",
    "any.rst": "Site\n====\n\n.. py:function:: knock()\n\n   A function.\n\nSee :any:`knock`.\n",
    "everywhere.rst": "Site\n====\n\n.. py:function:: knock()\n\n   A function.\n\nSee `knock`.\n",
}


@pytest.mark.parametrize("name", LINKS)
def test_a_link_that_another_domain_knows_is_asked_of_ours_in_silence(project: Project, name: str) -> None:
    """No page compares anything: adding the extension brings no warning."""
    project.configure(root_doc="site", default_role="any", exclude_patterns=[])
    project.write(f"site.{name.rpartition('.')[2]}", LINKS[name].replace("", ""))
    build = project.build("html", *STRICT)
    assert (build.code, build.stderr) == (0, "")
    (link,) = html.parse(build.out / "site.html").select("p > a.reference.internal")
    assert link["href"] == "#knock"


def test_a_link_that_no_domain_knows_is_reported_once(project: Project) -> None:
    project.write("index.rst", "Site\n====\n\nSee :any:`nobody`.\n")
    (warning,) = project.build("html", *STRICT).warnings
    assert "'any' reference target not found: nobody" in warning
