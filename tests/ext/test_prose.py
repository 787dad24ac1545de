"""What an author writes in the catalog is translated like the text of pages; facts never are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po
from docutils import nodes

if TYPE_CHECKING:
    from babel.messages.catalog import Message

    from tests.support.project import Build, Project

PAGES = {"ab": "alfa-1 bravo-2", "bc": "bravo-2 charlie-3"}
NOTE = 'the "q" -- native, with `code` and [a link](https://alfa.example/more)'
PO = "locale/de/LC_MESSAGES/modelcmp.po"


def po(**said: str) -> str:
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    escaped = {text.replace('"', r"\""): words.replace('"', r"\"") for text, words in said.items()}
    return "\n".join([header, *(f'msgid "{text}"\nmsgstr "{words}"\n' for text, words in escaped.items())])


@pytest.fixture
def site(project: Project) -> Project:
    """Two comparisons in German. Only the first one shows Alfa 1 and its notes, and both the row of the house."""
    for name, models in PAGES.items():
        project.write(f"{name}.rst", f":orphan:\n\n{name}\n==\n\n.. model-compare:: {models}\n")
    project.write("index.rst", "Index\n=====\n")
    return project.configure(language="de", locale_dirs=["locale"])


def again(site: Project) -> Build:
    build = site.build("html", "-n", "-W")
    assert (build.code, build.stderr) == (0, "")
    return build


def template(build: Build) -> dict[str, Message]:
    with (build.out / "modelcmp.pot").open("rb") as written:
        return {str(message.id): message for message in read_po(written) if message.id}


def test_the_template_holds_the_prose_that_pages_show(site: Project) -> None:
    build = site.build("gettext", "-n", "-W")
    assert (build.code, build.stderr) == (0, "")
    lines = (site.src / "catalog.yaml").read_text(encoding="utf-8").splitlines()
    held = template(build)
    # In the order of the file. The summary and Weird 4 stand on no page.
    assert list(held) == ["Smallest GPU", "Support bot", "tickets", NOTE, "long edits"]
    for text, message in held.items():
        ((path, line),) = message.locations
        assert (build.out / path).resolve() == site.src / "catalog.yaml"
        assert text in lines[line - 1]


def test_the_template_is_the_same_every_time(site: Project) -> None:
    site.configure(gettext_uuid=True)
    texts = [site.build("gettext", out=f"gettext{i}").text("modelcmp.pot") for i in range(2)]
    first, second = (re.sub('"POT-Creation-Date: .*', "", text) for text in texts)
    assert first == second


def test_a_template_for_everything_holds_the_prose_too(site: Project) -> None:
    build = site.configure(gettext_compact="all").build("gettext", "-n", "-W")
    assert NOTE.replace('"', r"\"") in build.text("all.pot")
    assert not (build.out / "modelcmp.pot").exists()


def test_translated_prose_is_commonmark(site: Project) -> None:
    site.write(
        PO,
        po(
            **{
                NOTE: "von *Haus* aus, siehe [dort](https://alfa.example/de) und [nicht hier](ftp://alfa.example/x)",
                "Smallest GPU": "Kleinste GPU",
                "Support bot": "Kundendienst",
                "tickets": "Anfragen",
                "Alfa 1": "Alpha eins",
                "Acme": "Spitze",
            }
        ),
    )
    again(site)
    document = site.build("dummy", "-n", "-W").doctree("ab")
    text = document.astext()
    assert "von Haus aus, siehe dort und nicht hier" in text
    assert "Haus" in [node.astext() for node in document.findall(nodes.emphasis)]
    uris = [node.get("refuri") for node in document.findall(nodes.reference)]
    assert "https://alfa.example/de" in uris
    assert not any("ftp" in uri for uri in uris if uri)
    assert "Das Nutzungsprofil „Kundendienst“" in text
    heads = [row[0].astext() for row in document.findall(nodes.row)]
    assert "Kleinste GPU" in heads
    assert "Anfragen" in text
    for written in (NOTE, "Smallest GPU", "Support bot", "tickets"):
        assert written not in text
    assert "Alfa 1" in text, "names are facts, even where a translator has put them into the file"
    assert "Acme" in text


def test_a_page_is_read_again_when_its_prose_is_translated_anew(site: Project) -> None:
    assert again(site).read == ("ab", "bc", "index")
    site.write(PO, po(**{NOTE: "eins", "Smallest GPU": "Kleinste GPU"}))
    assert again(site).read == ("ab", "bc"), "there are translations now"
    site.write(PO, po(**{NOTE: "zwei", "Smallest GPU": "Kleinste GPU"}))
    assert again(site).read == ("ab",)
    assert "zwei" in again(site).text("ab.html")
    site.write(PO, "# A remark.\n" + po(**{NOTE: "zwei", "Smallest GPU": "Kleinste GPU", "unused": "unbenutzt"}))
    build = again(site)
    assert (build.read, build.wrote) == ((), ())
    site.write(PO, po(**{NOTE: "zwei", "Smallest GPU": "Kleinere GPU"}))
    assert again(site).read == ("ab",), "only Alfa 1 states the row"
    for file in (site.src / PO).parent.iterdir():
        file.unlink()
    build = again(site)
    assert build.read == ("ab", "bc")
    assert "Smallest GPU" in build.text("ab.html")


def test_every_output_is_written_again(site: Project) -> None:
    """The second builder finds the pages read already."""
    site.write(PO, po(**{NOTE: "eins"}))
    for builder in ("html", "text"):
        site.build(builder, doctrees="doctrees")
    site.write(PO, po(**{NOTE: "zwei"}))
    first, second = (site.build(builder, doctrees="doctrees") for builder in ("html", "text"))
    assert (first.read, first.wrote) == (("ab",), ("ab",))
    assert second.read == ()
    assert "zwei" in second.text("ab.txt")


def test_translations_that_cannot_be_read_are_reported(site: Project) -> None:
    site.write(PO, po(**{NOTE: "eins"}))
    site.write(PO.replace(".po", ".mo"), "not compiled at all")
    site.configure(gettext_auto_build=False)
    build = site.build("html")
    assert build.code == 0
    (warning,) = build.warnings
    assert "reading error" in warning
    assert "modelcmp.mo" in warning
    assert "[i18n.not_readable]" in warning
    assert "native" in build.text("ab.html")


def test_many_processes_read_the_same(site: Project) -> None:
    site.write(PO, po(**{NOTE: "eins", "Smallest GPU": "Kleinste GPU"}))
    one, many = (site.build("html", "-j", jobs, out=f"html{jobs}") for jobs in ("1", "4"))
    assert many.stderr == ""
    for name in PAGES:
        assert one.text(f"{name}.html") == many.text(f"{name}.html")
