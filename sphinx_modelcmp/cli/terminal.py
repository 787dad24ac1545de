"""Blocks to the lines of a terminal or a text file, one ``match`` for inlines and one for blocks.

No text is read as markup, and nothing in a catalog moves the cursor: control characters are replaced.
"""

from __future__ import annotations

import re
from itertools import zip_longest
from operator import attrgetter
from typing import TYPE_CHECKING, assert_never

import click
from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.text import Text as Line

from sphinx_modelcmp.catalog.characters import CONTROL
from sphinx_modelcmp.sections import blocks
from sphinx_modelcmp.sections.blocks import Amount, Break, ComparisonLink, Link, Small, Table, TableRow, Text
from sphinx_modelcmp.sections.labels import signs_of
from sphinx_modelcmp.sections.table_layout import as_list, keep_heads_whole, split_columns, tallest, widen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sphinx_modelcmp.sections.language import Language


WIDTH = 80
"""Characters of a line without a terminal, so that a file is the same wherever it is made."""
PROSE = 100
"""Longest line of prose: in longer ones eyes lose their place."""
INDENT = 2
GAP = 2
"""Spaces between two columns."""
TALLEST = 8
"""Cells with more lines are unreadable; a list takes the place of their table."""
BEST = "*"

_CONTROL = re.compile(f"[{CONTROL}]")
_SPACES = re.compile(r"[ \t\n\u2028\u2029]+")
_STYLES = {blocks.Strong: "bold", blocks.Emphasis: "italic", blocks.Code: "cyan", blocks.NoteMark: "dim"}
_QUIET = {"unknown", "undisclosed", "not-applicable", "unpriced"}
"""Marks of cells without a value."""

# Han, kana and hangul break anywhere but before what closes and behind what opens; other scripts at spaces.
_WIDE = r"\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef"
_CLOSING = r"\u3001\u3002\u300d\u300f\u3011\u3009\u300b\u3015\uff0c\uff0e\uff1a\uff1b\uff1f\uff01\uff09"
_OPENING = r"\u300c\u300e\u3010\u3008\u300a\u3014\uff08"
_PIECE = re.compile(rf"[{_OPENING}]*(?:[{_WIDE}]|[^ {_WIDE}]+)[{_CLOSING}]* *")


def clean(text: str) -> str:
    """A text as one line without control characters. Catalogs contain none, but entities can."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", _SPACES.sub(" ", text))


def print_sections(title: str, sections: Iterable[blocks.Section], words: Language, width: int | None = None) -> None:
    """Print sections below a title: in colours and as wide as the terminal, or as plain text of 80 characters."""
    console = Console(highlight=False)
    room = width or (console.width if console.is_terminal else WIDTH)
    # Captured, because rich ends the program without a word when a pipe is closed.
    with console.capture() as printed:
        for line in Terminal(console, sections, words).page(title, room):
            console.print(line, soft_wrap=True)
    click.echo(printed.get(), nl=False)


class Terminal:
    """Turns sections into lines for one console."""

    def __init__(self, console: Console, sections: Iterable[blocks.Section], words: Language) -> None:
        self.sections = tuple(sections)
        self.is_linked = bool(console.is_terminal and console.color_system and not console.legacy_windows)
        has_signs = console.encoding.lower().startswith("utf")
        self.bullet = Line("•" if has_signs else "*")
        self.rule = "─" if has_signs and console.is_terminal else "-"
        self.best = signs_of(words).key["modelcmp-best"]
        self.addresses = dict(_addresses(self.sections))

    def page(self, title: str, room: int) -> list[Line]:
        """The whole page in lines of limited width, with an empty line between any two blocks."""
        found = [_wrapped(Line(clean(title), "bold"), room)] if title else []
        for section in self.sections:
            content = self._blocks(section.blocks, room - INDENT)
            if content and section.title:
                found.append(_wrapped(Line(clean(section.title), "bold cyan"), room))
            found += map(_indented, content)
        return _spaced(found)

    def _blocks(self, content: Iterable[blocks.Block], room: int) -> list[list[Line]]:
        return [lines for block in content for lines in self.block(block, room)]

    def block(self, block: blocks.Block, room: int) -> Iterator[list[Line]]:
        """The lines of one block, in groups that belong together."""
        match block:
            case blocks.Paragraph(content):
                yield _wrapped(self.line(content), room)
            case blocks.Bullets(items):
                yield self._bullets(items, room)
            case blocks.Definitions(items):
                for term, explanation in items:
                    body = _spaced(self._blocks(explanation, room - INDENT))
                    yield [*_wrapped(self.line(term, "bold"), room), *_indented(body)]
            case Table():
                yield from self._table(block, room)
            case blocks.Notice(content):
                yield _hanging([(Line("!", "bold yellow"), [self.line(content, "yellow")])], room)
            case blocks.RelatedLinks() | blocks.Calculator() | blocks.Verdict():
                # Other pages, a script's data and the author's own text: there is none of them here.
                return
            case _:
                assert_never(block)

    def line(self, content: Iterable[blocks.Inline], style: str = "") -> Line:
        """Inlines as one text."""
        line = Line(style=style)
        for inline in content:
            self._add(line, inline)
        return line

    def _add(self, line: Line, inline: blocks.Inline) -> None:
        text = clean(inline.text)
        match inline:
            case blocks.Said(is_strong=True):
                line.append(text, _STYLES[blocks.Strong])
            case Text() | Small() | Break() | blocks.Said() | blocks.Term() | Amount() | ComparisonLink():
                line.append(text)
            case blocks.Strong() | blocks.Emphasis() | blocks.Code() | blocks.NoteMark():
                line.append(text, _STYLES[type(inline)])
            case blocks.SourceMark(anchor=anchor):
                line.append(text, self._linked(self.addresses.get(anchor, ""), "dim"))
            case Link(url=url):
                line.append(text, self._linked(clean(url)))
                if not self.is_linked and url != inline.text:
                    line.append(f" <{clean(url)}>")
            case _:
                assert_never(inline)

    def _linked(self, url: str, style: str = "") -> Style:
        return Style.parse(style) + Style(link=url) if url and self.is_linked else Style.parse(style)

    def _bullets(self, items: Iterable[tuple[blocks.Inline, ...]], room: int) -> list[Line]:
        """A list. Items that begin with a number or a letter in brackets need no bullet.

        If links cannot be followed, their addresses follow the item, each whole on a line of its own.
        """
        rows = []
        for item in items:
            marker = blocks.marker_of(item)
            begun, rest = (Line(marker.rstrip()), item[1:]) if marker else (self.bullet, item)
            urls = [] if self.is_linked else [clean(part.url) for part in rest if isinstance(part, Link)]
            words = [Text(part.text) if isinstance(part, Link) and urls else part for part in rest]
            rows.append((begun, [self.line(words), *map(Line, urls)]))
        return _hanging(rows, room)

    def _table(self, table: Table, room: int) -> Iterator[list[Line]]:
        """A table; the first with a best value is followed by the meaning of its sign."""
        found = parts(table, room, lambda part: [[cell.plain for cell in cells] for cells in self._columns(part)])
        for part in found:
            yield [*_caption(part, room), *self._grid(part, room)]
        if not found:
            yield [*_caption(table, room), *self._list(table, room)]
        if self.best and any("best" in cell.marks for row in table.rows for cell in row.cells):
            yield _wrapped(Line(f"{BEST} {self.best}", "dim"), room)
            self.best = ""

    def _grid(self, table: Table, room: int) -> Iterator[Line]:
        """Columns below a line, with empty lines between rows if a first cell takes several lines."""
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
            amounts = (cell.content[0] for cell in cells)
            whole = max((cell_len(first.whole) for first in amounts if isinstance(first, Amount)), default=0)
            found.append([head, *(self._cell(cell, whole) for cell in cells)])
        return found

    def _cell(self, cell: blocks.Cell, whole: int = 0, style: str = "") -> Line:
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
        """The same facts without a table."""
        found = []
        rows = [(row.head, *row.cells) for row in table.rows]
        for head, lines in as_list(table.header, rows, attrgetter("text")):
            items = [(self.bullet, [self._pairs(line)]) for line in lines]
            found.append([*_wrapped(self._cell(head, style="bold"), room), *_indented(_hanging(items, room - INDENT))])
        return _spaced(found)

    def _pairs(self, pairs: Sequence[tuple[blocks.Cell, blocks.Cell]]) -> Line:
        return Line("; ").join(Line.assemble(f"{clean(head.text)}: ", self._cell(cell)) for head, cell in pairs)


def _addresses(sections: Iterable[blocks.Section]) -> Iterator[tuple[str, str]]:
    """The anchor and the address of each source."""
    for section in sections:
        for block in section.blocks:
            if isinstance(block, blocks.Bullets) and block.anchors:
                for anchor, item in zip(block.anchors, block.items, strict=True):
                    yield from ((anchor, clean(inline.url)) for inline in item if isinstance(inline, Link))


def _caption(table: Table, room: int) -> list[Line]:
    """The caption above an empty line, where there is one."""
    return [*_wrapped(Line(clean(table.caption), "italic"), room), Line()] if table.caption else []


def _wrapped(line: Line, room: int) -> list[Line]:
    return wrapped(line, min(room, PROSE))


def _row(cells: Sequence[Line], widths: Sequence[int]) -> Iterator[Line]:
    """Cells side by side, each wrapped in its own column."""
    columns = [wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for texts in zip_longest(*columns, fillvalue=Line()):
        line = Line()
        for text, width in zip(texts, widths, strict=True):
            line.append_text(text)
            line.append(" " * (width + GAP - text.cell_len))
        line.rstrip()
        yield line


def _hanging(rows: Sequence[tuple[Line, Sequence[Line]]], room: int) -> list[Line]:
    """Texts with a hanging indent behind their markers, all from the same column."""
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


def _spaced(found: Sequence[Sequence[Line]]) -> list[Line]:
    """Blocks with an empty line between any two."""
    return [line for i, lines in enumerate(found) for line in ([Line(), *lines] if i else lines)]


def wrapped(line: Line, width: int) -> list[Line]:
    """A text in lines of limited width. A longer word exceeds it: it may be an address."""
    breaks, used = [], 0
    for found in _PIECE.finditer(line.plain):
        if used and used + cell_len(found[0].rstrip(" ")) > width:
            breaks.append(found.start())
            used = 0
        used += cell_len(found[0])
    lines = list(line.divide(breaks))
    for part in lines:
        part.rstrip()
    return lines


def fitted(columns: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """Characters for each column, so that no word is cut; None if the table would be unreadable."""
    room -= GAP * (len(columns) - 1)
    lengths = [[cell_len(text) for text in texts] for texts in columns]
    bodies = [max(body, default=0) for _, *body in lengths]
    least = [max(map(_longest_piece, texts)) for texts in columns]
    widths = keep_heads_whole(least, min(bodies[0], room // 3), room)
    if sum(widths) > room:
        return None
    widen(widths, bodies, room)
    widen(widths, [header for header, *_ in lengths], room)
    return widths if tallest(lengths, widths) <= TALLEST else None


def _longest_piece(text: str) -> int:
    return max((cell_len(piece.rstrip(" ")) for piece in _PIECE.findall(text)), default=1)


def parts(table: Table, room: int, columns: Callable[[Table], list[list[str]]]) -> list[Table]:
    """The fewest tables to make of one so that all of them fit, captions counted; none if that is impossible.

    ``columns`` gives the texts of each column, that of the header first.
    """
    heads, others = [row.head.text for row in table.rows], len(table.header) - 1
    shares = split_columns(heads, others, lambda kept: bool(fitted(columns(_only(table, kept)), room)))
    if len(shares) == 1:
        return [table]
    return [_only(table, kept, f" ({i}/{len(shares)})") for i, kept in enumerate(shares, 1)]


def _only(table: Table, kept: Sequence[int], noted: str = "") -> Table:
    """The first column of a table and some of the others."""
    rows = (TableRow(row.head, tuple(row.cells[i - 1] for i in kept), row.differs) for row in table.rows)
    return Table(table.caption + noted, (table.header[0], *(table.header[i] for i in kept)), tuple(rows))
