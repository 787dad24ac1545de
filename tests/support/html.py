"""Pages of HTML, as a browser would take them apart."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from pathlib import Path

    from bs4.element import Tag


def parse(path: Path) -> BeautifulSoup:
    """A page."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def our_tables(page: BeautifulSoup) -> list[Tag]:
    """The tables that comparisons have put on it."""
    return list(page.select("table.modelcmp-table"))


def text_of(tag: Tag | None) -> str:
    """The words of a tag, with single spaces."""
    return " ".join(tag.get_text(" ").split()) if tag else ""


def ids(page: BeautifulSoup) -> list[str]:
    """Every id, in the order of the page."""
    return [str(tag["id"]) for tag in page.find_all(id=True)]


def repeated_ids(page: BeautifulSoup) -> list[str]:
    """Ids that stand more than once."""
    return [name for name, number in Counter(ids(page)).items() if number > 1]


def dangling(page: BeautifulSoup) -> list[str]:
    """Links within the page that lead nowhere."""
    held = set(ids(page))
    links = [str(tag["href"]) for tag in page.find_all("a", href=True)]
    return [link for link in links if link.startswith("#") and link not in {"#", "#top"} and link[1:] not in held]


def scripts(page: BeautifulSoup) -> dict[str, str]:
    """The names of the scripts that it links, and how they are loaded."""
    links = page.find_all("script", src=True)
    return {_name(str(tag["src"])): "defer" if tag.has_attr("defer") else "" for tag in links}


def stylesheets(page: BeautifulSoup) -> list[str]:
    """The names of the style sheets that it links."""
    links = page.find_all("link", rel="stylesheet")
    return [_name(str(tag["href"])) for tag in links]


def _name(address: str) -> str:
    return address.partition("?")[0].rpartition("/")[2]
