"""One ``match`` over the block types, each giving the lines that a terminal, or a file, gets.

No text is read as markup, and nothing that a catalog holds moves the cursor: control characters are replaced.
"""

from __future__ import annotations

import errno
import os
import re
from itertools import zip_longest
from typing import TYPE_CHECKING, assert_never

from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.text import Text as Line

from sphinx_modelcmp.catalog.characters import CONTROL
from sphinx_modelcmp.cli.fitting import GAP, fitted, groups, has_unique_heads, parts, wrapped
from sphinx_modelcmp.sections.blocks import (
    Amount,
    Bullets,
    Calculator,
    Cell,
    Code,
    ComparisonLink,
    Definitions,
    Emphasis,
    Link,
    NoteMark,
    Notice,
    Paragraph,
    RelatedLinks,
    Said,
    SourceMark,
    Strong,
    Table,
    Term,
    Text,
    Verdict,
)
from sphinx_modelcmp.sections.labels import signs_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx_modelcmp.sections.blocks import Block, Inline, Section
    from sphinx_modelcmp.sections.language import Language

WIDTH = 80
"""Characters of a line where there is no terminal, so that a file is the same wherever it is made."""
PROSE = 100
"""No line of prose is longer: eyes lose their place."""
INDENT = 2
BEST = "*"

_CONTROL = re.compile(f"[{CONTROL}]")
_SPACES = re.compile(r"[ \t\n\u2028\u2029]+")
_MARKER = re.compile(r"\[\w+\] ")
_QUIET = {"unknown", "undisclosed", "not-applicable", "unpriced"}
"""Marks of cells that hold no value."""


def clean(text: str) -> str:
    """A text as one line that does nothing to a terminal. Catalogs hold no such characters, but entities can."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", _SPACES.sub(" ", text))


def print_sections(title: str, sections: Iterable[Section], words: Language, width: int | None = None) -> None:
    """Print sections below a title: in colours and as wide as the terminal, or as plain text of 80 characters."""
    console = _Console(highlight=False)
    room = width or (console.width if console.is_terminal else WIDTH)
    for line in Terminal(console, sections, words).page(title, room):
        console.print(line, soft_wrap=True)


class _Console(Console):
    """A console that leaves a closed pipe to ``main``, as other commands do."""

    def on_broken_pipe(self) -> None:
        """Go on with what the system has raised; rich would end the program without a word."""
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))


class Terminal:
    """Turns sections into lines for one console."""

    def __init__(self, console: Console, sections: Iterable[Section], words: Language) -> None:
        self.sections = tuple(sections)
        self.is_linked = bool(console.is_terminal and console.color_system and not console.legacy_windows)
        has_signs = console.encoding.lower().startswith("utf")
        self.bullet = Line("•" if has_signs else "*")
        self.rule = "─" if has_signs and console.is_terminal else "-"
        self.best = signs_of(words).key["modelcmp-best"]
        self.addresses = dict(_addresses(self.sections))

    def page(self, title: str, room: int) -> list[Line]:
        """All of it in lines of so many characters, with an empty line between any two blocks."""
        found = [_wrapped(Line(clean(title), "bold"), room)] if title else []
        for section in self.sections:
            blocks = list(self._blocks(section.blocks, room - INDENT))
            if blocks and section.title:
                found.append(_wrapped(Line(clean(section.title), "bold cyan"), room))
            found += [_indented(block) for block in blocks]
        return _spaced(found)

    def _blocks(self, blocks: Iterable[Block], room: int) -> Iterator[list[Line]]:
        """What blocks become; below the first table with a best value what the sign of that means."""
        for block in blocks:
            yield from self.block(block, room)
            if self.best and isinstance(block, Table) and any("best" in cell.marks for cell in _cells(block)):
                yield _wrapped(Line(f"{BEST} {self.best}", "dim"), room)
                self.best = ""

    def block(self, block: Block, room: int) -> Iterator[list[Line]]:
        """What one block becomes in so many characters: lines that stand together."""
        match block:
            case Paragraph(content):
                yield _wrapped(self.line(content), room)
            case Bullets(items):
                yield self._bullets(items, room)
            case Definitions(items):
                for term, blocks in items:
                    held = _spaced(list(self._blocks(blocks, room - INDENT)))
                    yield [*_wrapped(self.line(term, "bold"), room), *_indented(held)]
            case Table():
                yield from self._table(block, room)
            case Notice(content):
                yield _hanging([(Line("!", "bold yellow"), [self.line(content, "yellow")])], room)
            case RelatedLinks() | Calculator() | Verdict():
                # Other pages, a script's data and the author's own text: there is none of them here.
                return
            case _:
                assert_never(block)

    def line(self, content: Iterable[Inline], style: str = "") -> Line:
        """Inlines as one text."""
        line = Line(style=style)
        for inline in content:
            self._add(line, inline)
        return line

    def _add(self, line: Line, inline: Inline) -> None:  # noqa: C901 - one case a kind of inline
        text = clean(inline.text)
        match inline:
            case Text() | Said() | Term() | Amount() | ComparisonLink():
                line.append(text)
            case Strong():
                line.append(text, "bold")
            case Emphasis():
                line.append(text, "italic")
            case Code():
                line.append(text, "cyan")
            case NoteMark():
                line.append(text, "dim")
            case SourceMark(anchor=anchor):
                line.append(text, self._linked(self.addresses.get(anchor, ""), "dim"))
            case Link(url=url):
                line.append(text, self._linked(clean(url)))
                if not self.is_linked and url != inline.text:
                    line.append(f" <{clean(url)}>")
            case _:
                assert_never(inline)

    def _linked(self, url: str, style: str = "") -> Style:
        return Style.parse(style) + Style(link=url) if url and self.is_linked else Style.parse(style)

    def _bullets(self, items: Iterable[tuple[Inline, ...]], room: int) -> list[Line]:
        """A list. What begins with a number or a letter in brackets needs no bullet.

        Where links cannot be followed their addresses stand below, each whole in a line of its own.
        """
        rows = []
        for item in items:
            is_marked = isinstance(item[0], Text) and _MARKER.fullmatch(item[0].text)
            marker, rest = (Line(item[0].text.rstrip()), item[1:]) if is_marked else (self.bullet, item)
            urls = [] if self.is_linked else [clean(part.url) for part in rest if isinstance(part, Link)]
            words = [Text(part.text) if isinstance(part, Link) and urls else part for part in rest]
            rows.append((marker, [self.line(words), *map(Line, urls)]))
        return _hanging(rows, room)

    def _table(self, table: Table, room: int) -> Iterator[list[Line]]:
        found = parts(table, room, lambda part: [[cell.plain for cell in cells] for cells in self._columns(part)])
        for part in found:
            yield [*_caption(part, room), *self._grid(part, room)]
        if not found:
            yield [*_caption(table, room), *self._list(table, room)]

    def _grid(self, table: Table, room: int) -> Iterator[Line]:
        """Columns below a line; with empty lines between rows where it is not seen how they begin."""
        columns = self._columns(table)
        widths = fitted([[cell.plain for cell in cells] for cells in columns], room) or []
        is_loose = any(cell.cell_len > widths[0] for cell in columns[0][1:])
        header, *rows = zip(*columns, strict=True)
        yield from _row(header, widths)
        yield Line((" " * GAP).join(self.rule * width for width in widths), "dim")
        for i, row in enumerate(rows):
            yield from [Line()] if i and is_loose else []
            yield from _row(row, widths)

    def _columns(self, table: Table) -> list[list[Line]]:
        """The cells of each column, that of the header first; figures with their decimal signs below each other."""
        header = [self._cell(cell, style="bold") for cell in table.header]
        found = [[header[0], *(self._cell(row.head, style="bold" if row.differs else "") for row in table.rows)]]
        for i, head in enumerate(header[1:]):
            cells = [row.cells[i] for row in table.rows]
            whole = max(
                (cell_len(first.whole) for cell in cells if isinstance(first := cell.content[0], Amount)), default=0
            )
            found.append([head, *(self._cell(cell, whole) for cell in cells)])
        return found

    def _cell(self, cell: Cell, whole: int = 0, style: str = "") -> Line:
        """A cell; its figure below those of the same column, and with a sign if it is the best of its row.

        An address that cannot be followed would only make its column wide.
        """
        first, *others = (
            Text(part.text) if isinstance(part, Link) and not self.is_linked else part for part in cell.content
        )
        line = self.line([first], "dim" if _QUIET & {*cell.marks} else style)
        if isinstance(first, Amount):
            line.pad_left(max(0, whole - cell_len(first.whole)))
        if "best" in cell.marks:
            line.stylize("bold green")
            line.append(BEST, "bold green")
        for inline in others:
            self._add(line, inline)
        return line

    def _list(self, table: Table, room: int) -> list[Line]:
        """The same facts without a table: what a row begins with, and below it a line a column.

        Where several rows begin alike each has one line.
        """
        found = []
        for head, rows in groups(table):
            pairs = [list(zip(table.header[1:], row.cells, strict=True)) for row in rows]
            lines = [[pair] for pair in pairs[0]] if has_unique_heads(table) else pairs
            items = [(self.bullet, [self._pairs(line)]) for line in lines]
            found.append([*_wrapped(self._cell(head, style="bold"), room), *_indented(_hanging(items, room - INDENT))])
        return _spaced(found)

    def _pairs(self, pairs: Sequence[tuple[Cell, Cell]]) -> Line:
        line = Line()
        for i, (head, cell) in enumerate(pairs):
            line.append(f"{'; ' if i else ''}{clean(head.text)}: ")
            line.append_text(self._cell(cell))
        return line


def _addresses(sections: Iterable[Section]) -> Iterator[tuple[str, str]]:
    """What a source mark calls a source, and where that stands."""
    for section in sections:
        for block in section.blocks:
            if isinstance(block, Bullets) and block.anchors:
                for anchor, item in zip(block.anchors, block.items, strict=True):
                    yield from ((anchor, clean(inline.url)) for inline in item if isinstance(inline, Link))


def _cells(table: Table) -> Iterator[Cell]:
    return (cell for row in table.rows for cell in row.cells)


def _caption(table: Table, room: int) -> list[Line]:
    """The caption above an empty line, where there is one."""
    return [*_wrapped(Line(clean(table.caption), "italic"), room), Line()] if table.caption else []


def _wrapped(line: Line, room: int) -> list[Line]:
    return wrapped(line, min(room, PROSE))


def _row(cells: Sequence[Line], widths: Sequence[int]) -> Iterator[Line]:
    """Cells beside each other, each wrapped in its own column."""
    columns = [wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for parts_of_line in zip_longest(*columns):
        line = Line()
        for part, width in zip(parts_of_line, widths, strict=True):
            held = part or Line()
            line.append_text(held)
            line.append(" " * (width + GAP - held.cell_len))
        line.rstrip()
        yield line


def _hanging(rows: Sequence[tuple[Line, Sequence[Line]]], room: int) -> list[Line]:
    """Texts that hang behind what they begin with, all from the same column."""
    width = max(marker.cell_len for marker, _ in rows) + 1
    found = []
    for marker, lines in rows:
        begun = marker
        for part in (part for line in lines for part in _wrapped(line, room - width)):
            found.append(Line.assemble(begun, " " * (width - begun.cell_len), part))
            begun = Line()
    return found


def _indented(lines: Iterable[Line]) -> list[Line]:
    return [Line.assemble(" " * INDENT, line) if line.plain else line for line in lines]


def _spaced(blocks: Sequence[Sequence[Line]]) -> list[Line]:
    """Blocks with an empty line between any two."""
    return [line for i, block in enumerate(blocks) for line in ([Line(), *block] if i else block)]
