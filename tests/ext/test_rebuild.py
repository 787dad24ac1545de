"""What is read and written again: the pages that would come out differently, and no others."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from tests.support import html

if TYPE_CHECKING:
    from tests.support.project import Build, Project

ORPHAN = ":orphan:\n\n"
PAGES = {"ab": "alfa-1 bravo-2", "bc": "bravo-2 charlie-3", "ca": "charlie-3 alfa-1"}
ALL = ("ab", "bc", "ca", "index")


def page(title: str, models: str, more: str = "") -> str:
    """Orphans: a page in a tree of contents is written again for its neighbours' sake."""
    return f"{ORPHAN}{title}\n{'=' * len(title)}\n\n.. model-compare:: {models}\n{more}"


@pytest.fixture
def site(project: Project) -> Project:
    """Three comparisons, each sharing a model with the two others, and a page without one; built once."""
    for name, models in PAGES.items():
        project.write(f"{name}.rst", page(name.upper(), models))
    project.write("index.rst", "Index\n=====\n\nWords.\n")
    first = project.build("html", "-n", "-W")
    assert (first.code, first.stderr, first.read, first.wrote) == (0, "", ALL, ALL)
    return project


def again(site: Project) -> Build:
    build = site.build("html", "-n")
    assert build.code == 0
    return build


def related(build: Build, docname: str) -> list[tuple[str, str]]:
    """The links to other comparisons on a page."""
    links = html.parse(build.out / f"{docname}.html").select("ul.modelcmp-related a")
    return [(str(link["href"]), html.text_of(link)) for link in links]


def test_a_second_build_reads_and_writes_nothing(site: Project) -> None:
    build = again(site)
    assert (build.read, build.wrote, build.stderr) == ((), (), "")
    assert "configuration has changed" not in build.stdout


def test_touching_the_catalog_reads_nothing(site: Project) -> None:
    later = time.time() + 60
    os.utime(site.src / "catalog.yaml", (later, later))
    build = again(site)
    assert (build.read, build.wrote) == ((), ())


def test_comments_and_form_read_nothing(site: Project) -> None:
    site.edit("catalog.yaml", "models:\n", "\n# A remark.\nmodels:   # another\n\n")
    site.edit("catalog.yaml", "name: Charlie 3", "'name':    \"Charlie 3\"")
    site.edit("catalog.yaml", "best_for: [long edits]", "best_for:\n      - long edits")
    build = again(site)
    assert (build.read, build.wrote) == ((), ())


@pytest.mark.parametrize(
    ("old", "new", "read"),
    [
        ("context_window: undisclosed", "context_window: 100000", ("bc", "ca")),
        ("context_window: 192000", "context_window: 192001", ("ab", "bc")),
        ("max_output: 65536", "max_output: 65537", ("ab", "ca")),
        ("output: 0.15,", "output: 0.16,", ("ab", "ca")),
        ("score: 55.25", "score: 55.3", ("ab", "bc")),
        ("title: Alfa model card", "title: Card of Alfa", ("ab", "ca")),
        ("{name: Acme,", "{name: Acme Inc.,", ("ab", "ca")),
        ("as_of: 2026-05-19", "as_of: 2026-05-20", ("ab", "bc", "ca")),
        ("models:\n", "models:\n  new-5: {name: New 5}\n", ()),
        ("released: 2024\n", "released: 2025\n", ()),
    ],
)
def test_a_changed_fact_reads_the_pages_that_rest_on_it(
    site: Project, old: str, new: str, read: tuple[str, ...]
) -> None:
    site.edit("catalog.yaml", old, new)
    build = again(site)
    assert build.read == read
    assert build.wrote == read


def test_a_changed_fact_is_on_the_page_as_in_a_fresh_build(site: Project) -> None:
    site.edit("catalog.yaml", "context_window: undisclosed", "context_window: 123456")
    changed, fresh = again(site), site.build("html", out="fresh")
    for name in ALL:
        assert changed.text(f"{name}.html") == fresh.text(f"{name}.html")
    assert "123,456" in changed.text("bc.html")


def test_a_changed_name_is_written_where_it_is_linked(site: Project) -> None:
    """The page of the two others says nothing of the model, but links to the pages that do."""
    site.edit("catalog.yaml", "name: Alfa 1", "name: Alfa the First")
    build = again(site)
    assert (build.read, build.wrote) == (("ab", "ca"), ("ab", "bc", "ca"))
    assert ("ab.html", "Alfa the First and Bravo 2") in related(build, "bc")


def test_the_name_of_a_successor_is_a_fact_of_the_page(site: Project) -> None:
    site.edit("catalog.yaml", "name: Charlie 3", "name: Charlie the Third")
    build = again(site)
    assert build.read == ("ab", "bc", "ca")
    assert "successor Charlie the Third" in build.text("ab.html")


def test_related_comparisons_are_linked_the_nearest_first(site: Project) -> None:
    site.write("abc.rst", page("ABC", "alfa-1 bravo-2 charlie-3"))
    site.write("same.rst", page("Same", "bravo-2 alfa-1"))
    build = again(site)
    assert related(build, "ab") == [
        ("abc.html", "Alfa 1, Bravo 2, and Charlie 3"),
        ("bc.html", "Bravo 2 and Charlie 3"),
        ("ca.html", "Charlie 3 and Alfa 1"),
    ]
    assert [href for href, _ in related(build, "abc")] == ["ab.html", "bc.html", "ca.html"]


def test_a_page_is_not_related_to_itself(site: Project) -> None:
    second = "\n.. model-compare:: bravo-2 charlie-3\n"
    site.write("two.rst", page("Two", "weird-4 bravo-2", second))
    assert {href for href, _ in related(again(site), "two")} == {"ab.html", "bc.html", "ca.html"}


def test_a_new_comparison_is_linked_from_those_it_concerns(site: Project) -> None:
    assert related(again(site), "ab") == [("bc.html", "Bravo 2 and Charlie 3"), ("ca.html", "Charlie 3 and Alfa 1")]
    site.write("wa.rst", page("WA", "weird-4 alfa-1"))
    build = again(site)
    assert build.read == ("wa",)
    assert build.wrote == ("ab", "ca", "wa")
    assert [href for href, _ in related(build, "ab")] == ["bc.html", "ca.html", "wa.html"]
    assert "wa.html" not in build.text("bc.html")


def test_a_removed_comparison_is_linked_no_more(site: Project) -> None:
    (site.src / "bc.rst").unlink()
    build = again(site)
    assert (build.read, build.wrote) == ((), ("ab", "ca"))
    for name in ("ab", "ca"):
        assert "bc.html" not in build.text(f"{name}.html")
    (site.src / "ca.rst").unlink()
    alone = again(site)
    assert related(alone, "ab") == []
    assert "No other page of this documentation compares Alfa 1 or Bravo 2." in " ".join(alone.text("ab.html").split())


def test_a_page_that_compares_no_more_is_linked_no_more(site: Project) -> None:
    site.write("bc.rst", f"{ORPHAN}BC\n==\n\nNothing now.\n")
    build = again(site)
    assert (build.read, build.wrote) == (("bc",), ("ab", "bc", "ca"))
    assert "bc.html" not in build.text("ab.html")


def test_a_changed_word_of_the_author_writes_its_page_only(site: Project) -> None:
    site.write("ab.rst", page("AB", PAGES["ab"], "\n   A new verdict.\n"))
    build = again(site)
    assert (build.read, build.wrote) == (("ab",), ("ab",))


@pytest.mark.parametrize(
    ("broken", "code", "where"),
    [
        ("models: [\n", "syntax", r"catalog.yaml:"),
        ("", "catalog-file", "catalog.yaml"),
        (None, "catalog-file", "catalog.yaml"),
        ("a: &a [*a]\n", "", "catalog.yaml:"),
        ("[" * 50000, "syntax", "catalog.yaml:"),
        ("models: {alfa-1: 3}\n", "", "catalog.yaml:1:"),
    ],
    ids=["syntax", "empty", "missing", "recursive", "deep", "wrong type"],
)
def test_a_broken_catalog_is_reported_and_heals(site: Project, broken: str | None, code: str, where: str) -> None:
    path = site.src / "catalog.yaml"
    good = path.read_text(encoding="utf-8")
    before = {name: (site.root / "html" / f"{name}.html").read_bytes() for name in ALL}
    if broken is None:
        path.unlink()
    else:
        path.write_text(broken, encoding="utf-8")
    build = again(site)
    assert any(where in line and f"[modelcmp.{code}" in line for line in build.warnings), build.stderr
    assert build.read == ("ab", "bc", "ca")
    for name in PAGES:
        assert html.parse(build.out / f"{name}.html").select(".admonition.warning")
    path.write_text(good, encoding="utf-8")
    healed = again(site)
    assert (healed.stderr, healed.read) == ("", ("ab", "bc", "ca"))
    assert {name: (healed.out / f"{name}.html").read_bytes() for name in ALL} == before


def test_a_file_that_appears_heals_a_folder(site: Project) -> None:
    folder = site.src / "catalog"
    folder.mkdir()
    site.configure(modelcmp_catalog="catalog")
    build = again(site)
    assert any("no YAML file in this folder [modelcmp.catalog-file]" in line for line in build.warnings)
    (folder / "models.yml").write_bytes((site.src / "catalog.yaml").read_bytes())
    healed = again(site)
    assert (healed.stderr, healed.read) == ("", ("ab", "bc", "ca"))


def test_the_environment_keeps_no_catalog(site: Project) -> None:
    """Requests, hashes and titles only: every process of a parallel build pickles it."""
    kept = (site.root / "html-doctrees" / "environment.pickle").read_bytes()
    assert b"alfa-1" in kept
    for fact in (b"Northhost", b"Acme", b"Math-test", b"262144", b"decoder-only"):
        assert fact not in kept
