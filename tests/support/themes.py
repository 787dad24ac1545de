"""The themes that comparisons are looked at in: the documentation in each of them, and a site without us beside it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from filelock import FileLock

from tests.support import programs
from tests.support.project import HERE, STRICT

if TYPE_CHECKING:
    from pathlib import Path

DOCS = HERE.parent.parent / "docs"
CONTROL = HERE.parent / "browser" / "control"
WIDTHS = (320, 375, 768, 1440)
MARK = 'class="modelcmp modelcmp-'
"""What the page of a comparison holds, and no other page."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme, and the colour schemes that it has."""

    name: str
    schemes: tuple[str, ...] = ("light", "dark")

    def __str__(self) -> str:
        return self.name


THEMES = (
    Theme("furo"),
    Theme("pydata_sphinx_theme"),
    Theme("sphinx_book_theme"),
    Theme("sphinx_rtd_theme", ("light",)),
    Theme("alabaster", ("light",)),
)


@dataclass(frozen=True, slots=True)
class Site:
    """A built site: the documentation of ours, or one that has nothing to do with us."""

    root: Path

    def pages(self) -> list[Path]:
        """Every page, the theme's own ones among them."""
        return sorted(path for path in self.root.rglob("*.html") if "_static" not in path.parts)

    def comparisons(self) -> list[Path]:
        """The pages that compare models."""
        return [path for path in self.pages() if MARK in path.read_text(encoding="utf-8")]


def documentation(theme: Theme, folder: Path) -> Site:
    """Our documentation."""
    return _built(DOCS, theme, folder, "docs")


def control(theme: Theme, folder: Path) -> Site:
    """A site of the same kinds of content, without us: what is wrong with it is the theme's."""
    options = ["-C", "-D", "extensions=sphinx_design", "-D", "html_title=sphinx-modelcmp 0.1.0"]
    return _built(CONTROL, theme, folder, "control", *options)


def _built(source: Path, theme: Theme, folder: Path, name: str, *options: str) -> Site:
    """Build once, whichever of the processes that test comes first. In a process: themes meddle with their own.

    What is read is the same in every theme, and read once.
    """
    out = folder / f"{theme}-{name}"
    with FileLock(folder / f"{name}.lock"):
        if not out.exists():
            unfinished, doctrees = out.with_name(f"{out.name}-unfinished"), folder / f"{name}-doctrees"
            command = [sys.executable, "-m", "sphinx", "-q", *STRICT, *options, "-D", f"html_theme={theme}"]
            done = programs.run([*command, "-d", str(doctrees), str(source), str(unfinished)], source.parent)
            assert (done.returncode, done.stderr) == (0, "")
            unfinished.rename(out)
    return Site(out)
