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
    # In the order of the file. Weird 4 is on no page.
    summary = "Small model with *open* weights."
    assert list(held) == ["Smallest GPU", "GB", "Support bot", summary, "tickets", NOTE, "long edits"]
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


WORDS = """
catalog: {schema: 1, as_of: 2026-06-15}
sources: {s: {title: S}, t: {title: T}}
organizations: {acme: {name: Acme}}
providers: {shop: {name: Shop}}
licenses: {open: {name: Open}}
fields:
  audit:
    {label: own-label, group: specs, type: quantity, unit: own-unit, unknown: own-unknown, description: own-meaning}
  badge: {label: own-flag, group: capabilities, type: flag, unknown: own-unsaid}
benchmarks: {race: {name: Race, scale: percent, note: own-race}}
traffic: {desk: {label: own-desk, requests: 10, input: 10, output: 10}}
models:
  a-1:
    name: A One
    note: own-model
    organization: acme
    kind: own-kind
    best_for: [own-use]
    fits: [own-fit, agents]
    license: {value: open, note: own-license}
    audit: 5
    max_output:
      values: [{value: 1000, source: s, note: own-first}, {value: 2000, source: t, note: own-other}]
      note: own-both
    capabilities: {vision: {value: true, note: own-flag-note}, badge: true}
    lifecycle: {status: deprecated, shutdown: 2026-09-01, successor: b-2, note: own-end}
    routes:
      - {provider: shop, note: own-route, prices: [{input: 1, output: 2, note: own-price}]}
    results: [{benchmark: race, score: 50, note: own-result}]
  b-2:
    name: B Two
    organization: acme
    kind: own-kind
    best_for: own-use-2
    routes: [{provider: shop, prices: [{input: 1, output: 3}]}]
    results: [{benchmark: race, score: 60}]
  c-3: {name: C Three, kind: api-model, audit: 6, note: own-nowhere}
"""
ALL = set(re.findall(r"\bown-[a-z0-9-]+", WORDS)) - {"own-nowhere"}


def test_whatever_an_author_says_is_in_a_template_and_is_translated(project: Project) -> None:
    """Every word of a language that a page shows: what translators are not shown stays in the first one for ever."""
    project.write("catalog.yaml", WORDS)
    project.write("index.rst", "Page\n====\n\n.. model-compare:: a-1 b-2\n   :caption: own-caption\n")
    project.configure(locale_dirs=["locale"])
    pots = project.build("gettext", "-n", "-W", "--keep-going")
    assert (pots.code, pots.stderr) == (0, "")
    held = template(pots)
    asked = {word for text in held for word in text.split()}
    assert asked == ALL
    lines = WORDS.splitlines()
    for text, message in held.items():
        for _, line in message.locations:
            assert text.split()[0] in lines[line - 1], "the place is that of the text"
    assert "own-caption" in pots.text("index.pot")
    project.write(PO, po(**{text: text.replace("own-", "unser-") for text in held}))
    project.write("locale/de/LC_MESSAGES/index.po", po(**{"own-caption": "unser-Titel"}))
    project.configure(language="de")
    page = project.build("html", "-n", "-W", "--keep-going")
    assert (page.code, page.stderr) == (0, "")
    body = re.sub(r"<script.*?</script>", "", page.text("index.html"), flags=re.DOTALL)
    assert set(re.findall(r"own-[\w-]+", body, re.IGNORECASE)) == set()
    shown = {word.casefold() for word in re.findall(r"unser-\w[\w-]*", body, re.IGNORECASE)}
    assert shown == {word.replace("own-", "unser-") for word in ALL} | {"unser-titel"}


@pytest.mark.parametrize(("language", "said"), [("de", "Beispiel"), ("fr", "Exemple"), ("ko", "Example workload")])
def test_the_example_is_called_so_in_the_language_of_the_page(project: Project, language: str, said: str) -> None:
    text = (project.src / "catalog.yaml").read_text("utf-8")
    project.write("catalog.yaml", re.sub(r"\ntraffic:\n(?: .*\n)+", "\n", text))
    project.write("index.rst", "Page\n====\n\n.. model-compare:: alfa-1 bravo-2\n   :sections: cost\n")
    build = project.configure(language=language).build("text", "-n", "-W")
    assert said in build.text("index.txt")


CAPTIONED_IN_MYST = "# Page\n\n```{model-compare} alfa-1 bravo-2\n:sections: specs\n:caption: My *own* words\n```\n"
CAPTIONED = "Page\n====\n\n.. model-compare:: alfa-1 bravo-2\n   :sections: specs\n   :caption: My *own* words\n"


@pytest.mark.parametrize("compact", [True, False, "all"])
@pytest.mark.parametrize("markup", ["rst", "md"])
def test_a_caption_is_translated_with_its_page(project: Project, markup: str, compact: bool | str) -> None:
    text = {
        "rst": CAPTIONED,
        "md": "# Page\n\n```{model-compare} alfa-1 bravo-2\n:sections: specs\n:caption: My *own* words\n```\n",
    }
    project.write("index.rst", "Index\n=====\n\n.. toctree::\n\n   sub/page\n")
    project.write(f"sub/page.{markup}", text[markup])
    project.configure(locale_dirs=["locale"], gettext_compact=compact)
    pots = project.build("gettext", "-n", "-W")
    name = {True: "sub", False: "sub/page", "all": "all"}[compact]
    with (pots.out / f"{name}.pot").open("rb") as written:
        (message,) = [message for message in read_po(written) if message.id == "My *own* words"]
    ((path, line),) = message.locations
    assert ((pots.out / path).resolve().name, line) == (f"page.{markup}", 4 if markup == "rst" else 3)
    project.write(f"locale/de/LC_MESSAGES/{name}.po", po(**{"My *own* words": "Meine *eigenen* Worte"}))
    build = project.configure(language="de").build("html", "-n", "-W")
    assert (build.code, build.stderr) == (0, "")
    assert "Meine *eigenen* Worte" in build.text("sub/page.html")
    assert "My *own* words" not in build.text("sub/page.html")
    project.write(f"locale/de/LC_MESSAGES/{name}.po", po(**{"My *own* words": "Andere Worte"}))
    again = project.build("html", "-n", "-W")
    assert again.read == (("index", "sub/page") if compact == "all" else ("sub/page",))
    assert "Andere Worte" in again.text("sub/page.html")
