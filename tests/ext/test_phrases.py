"""A site that translates our phrases itself, into a language that we do not ship or in other words."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from babel.messages.catalog import Catalog

from sphinx_modelcmp.sections.language import template
from tests.support.phrases import catalog, po, put
from tests.support.project import DOCS

if TYPE_CHECKING:
    from tests.support.project import Build, Project

KOREAN_DAY, ENGLISH_DAY = "2026. 3. 2.", "Mar 2, 2026"
PO = "locale/{}/LC_MESSAGES/sphinx_modelcmp.po"
WHOLE = len(template())


@pytest.fixture
def site(project: Project) -> Project:
    """A page that compares, and one that does not, in Korean."""
    project.write("index.rst", "Page\n====\n\n.. model-compare:: alfa-1 bravo-2\n")
    project.write("plain.rst", ":orphan:\n\nPlain\n=====\n")
    return project.configure(language="ko", locale_dirs=["locale"])


def again(site: Project, *options: str) -> Build:
    build = site.build("html", "-n", "-W", "--keep-going", *options)
    assert (build.code, build.stderr) == (0, "")
    return build


def ours(build: Build) -> str:
    """What we have written on the page: between its heading and the foot of the theme."""
    return build.text("index.html").partition("</h1>")[2].partition('class="sphinxsidebar"')[0]


def test_a_site_can_speak_a_language_that_is_not_shipped(site: Project) -> None:
    site.write(PO.format("ko"), po(catalog("ko")))
    build = again(site)
    page = ours(build)
    assert KOREAN_DAY in page
    assert ENGLISH_DAY not in page
    english = [one for one, many in template() if not many and "{" not in one and len(one) > 20]
    assert [phrase for phrase in english if re.search(rf"(?<!‹){re.escape(phrase)}(?!›)", page)] == []
    assert "‹Copy as CSV›" in page, "the script is told, too"
    assert (site.src / PO.format("ko").replace(".po", ".mo")).exists()


def test_a_language_without_phrases_is_english_and_nothing_is_said(site: Project) -> None:
    page = ours(again(site))
    assert ENGLISH_DAY in page
    assert KOREAN_DAY not in page


@pytest.mark.parametrize("lacking", [1, 40])
def test_half_a_language_is_english_throughout_and_what_is_missing_is_said_once(site: Project, lacking: int) -> None:
    site.write("more.rst", ":orphan:\n\nMore\n====\n\n.. model-compare:: bravo-2 charlie-3\n")
    site.write(PO.format("ko"), po(catalog("ko", leave=lacking)))
    build = site.build("html")
    (warning,) = build.warnings
    assert f"sphinx_modelcmp.po: lacks {lacking} of {WHOLE} phrases, such as “{template()[0][0]}”" in warning
    assert "comparisons stay in English until that is mended; `pybabel update` adds new phrases" in warning
    assert "[modelcmp.phrases]" in warning
    page = ours(build)
    assert ENGLISH_DAY in page
    assert KOREAN_DAY not in page
    assert "‹" not in page
    assert site.build("html", "-W", "--keep-going").code == 1
    site.configure(suppress_warnings=["modelcmp.phrases"])
    again(site)


def test_a_name_in_braces_that_does_not_exist_breaks_no_page(site: Project) -> None:
    site.write(PO.format("ko"), po(catalog("ko", {"{model} at {route}": "{modell}"})))
    (warning,) = site.build("html").warnings
    assert f"changes the names in braces of 1 of {WHOLE} phrases, such as “{{model}} at {{route}}”" in warning
    site.write(PO.format("de"), po(put(Catalog(locale="de"), {"{model} at {route}": "{modell}", "Unknown": "Offen"})))
    build = site.configure(language="de").build("html")
    (warning,) = build.warnings
    assert "these are not used" in warning
    assert "Offen" in ours(build)


def test_a_file_that_is_no_translation_is_said_as_sphinx_says_it(site: Project) -> None:
    site.write(PO.format("ko"), 'msgid "Unknown\nmsgstr ""\n')
    (site.src / PO.format("ko")).write_bytes(b'msgid "x"\nmsgstr "\xff"\n')
    for automatic in (True, False):
        build = site.configure(gettext_auto_build=automatic).build("html")
        assert build.code == 0
        [warning] = build.warnings
        assert "reading error" in warning
        assert "sphinx_modelcmp.po" in warning
        assert ENGLISH_DAY in ours(build)


def test_a_shipped_language_can_be_reworded(site: Project) -> None:
    site.write(PO.format("de"), po(put(Catalog(locale="de"), {"Monthly cost": "Was es kostet"})))
    page = ours(again(site.configure(language="de")))
    assert "Was es kostet" in page
    assert "Technische Daten" in page or "Preise" in page


def test_pages_are_read_again_when_the_phrases_change(site: Project) -> None:
    assert again(site).read == ("index", "plain")
    site.write(PO.format("ko"), po(catalog("ko")))
    assert again(site).read == ("index",), "there are phrases now"
    assert again(site).read == ()
    site.write(PO.format("ko"), po(catalog("ko", {"Monthly cost": "‹a month›"})))
    build = again(site)
    assert build.read == ("index",)
    assert "‹a month›" in ours(build)
    site.write(PO.format("ko"), "# A remark.\n" + po(catalog("ko", {"Monthly cost": "‹a month›"})))
    assert again(site).read == ()
    (site.src / PO.format("ko")).unlink()
    build = again(site)
    assert (build.read, "‹" in ours(build)) == (("index",), False)


def test_many_processes_say_the_same(site: Project) -> None:
    site.write(PO.format("ko"), po(catalog("ko")))
    for i in range(6):
        site.write(f"p{i}.rst", f":orphan:\n\nP{i}\n==\n\n.. model-compare:: alfa-1 bravo-2\n")
    one, many = (site.build("html", "-j", jobs, out=f"html{jobs}") for jobs in ("1", "4"))
    assert many.stderr == ""
    for i in range(6):
        assert one.text(f"p{i}.html") == many.text(f"p{i}.html")


def test_the_documented_way_to_the_template_leads_there(tmp_path_factory: pytest.TempPathFactory) -> None:
    """As printed, with what an author has: a shell, Python and Babel."""
    folder = tmp_path_factory.mktemp("docs")
    text = (DOCS / "languages.md").read_text(encoding="utf-8")
    section = text.partition("(phrases-of-your-own)=")[2].partition("\n## From right")[0]
    commands = [line.removeprefix("$ ") for line in section.splitlines() if line.startswith("$ ")]
    assert [command.partition(" -D")[0] for command in commands[1:]] == ["pybabel init", "pybabel update"]
    path = f"{sys.executable.rpartition('/')[0]}:/usr/bin:/bin"
    env = {"PATH": path, "PYTHONPATH": ":".join(sys.path)}
    subprocess.run(["sh", "-ec", "\n".join(commands)], cwd=folder, env=env, check=True)
    (written,) = folder.rglob("sphinx_modelcmp.po")
    assert written.relative_to(folder).as_posix() == "docs/locale/ko/LC_MESSAGES/sphinx_modelcmp.po"
    assert written.read_text(encoding="utf-8").count("\nmsgid ") >= WHOLE
