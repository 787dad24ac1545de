"""Strict YAML: from bytes to a tree of text, with the place of every value and key.

PyYAML's loaders guess types from text (``4.10`` becomes 4.1, ``no`` becomes False), let the last of two
equal keys win in silence, recurse as deep as the file says and copy merge keys without bound. Only its
parser is used here: its events are folded, without recursion, into dicts, lists, strings and None. The
meaning of a text depends on the field that it fills.
"""

from __future__ import annotations

import re
from array import array
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple, NoReturn, TypeAlias, cast

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from sphinx_modelcmp.catalog.characters import code_point
from sphinx_modelcmp.catalog.files import MOST_BYTES
from sphinx_modelcmp.catalog.problems import Code, Keys, Place, Problem
from sphinx_modelcmp.catalog.yaml.syntax import Failure, cure

if TYPE_CHECKING:
    from collections.abc import Callable


Tree: TypeAlias = dict[str, "Tree"] | list["Tree"] | str | None

_YAML_TAG: Final = "tag:yaml.org,2002:"
_STR: Final = _YAML_TAG + "str"
_TAGS: Final = frozenset(_YAML_TAG + name for name in ("str", "int", "float", "bool", "null", "seq", "map"))
_NULLS: Final = frozenset(("", "~", "null", "Null", "NULL"))

# The characters YAML shuts out. A byte order mark inside the text is among them: the two parsers disagree
# about its column, and nobody writes one on purpose.
_FORBIDDEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_LINE_BREAKS: Final = "\n\r\x85\u2028\u2029"
_FOREIGN_MARKS: Final = {"UTF-32": (b"\xff\xfe\0\0", b"\0\0\xfe\xff"), "UTF-16": (b"\xff\xfe", b"\xfe\xff")}
_UTF8_MARK: Final = b"\xef\xbb\xbf"

# libyaml compares each %TAG directive with all before it: 300 kB of them take half a second, 30 MB hours.
_TAG_DIRECTIVE: Final = re.compile(f"[{_LINE_BREAKS}]%TAG")
_MOST_TAG_DIRECTIVES: Final = 100

# A position is one int, (line << 32) | column, both from 0. In an array it takes 8 bytes, and nothing that the
# garbage collector has to look at.
_LINE: Final = 32
_COLUMN: Final = (1 << _LINE) - 1
_MARK: Final = "q"

_MERGE: Final = object()
"""The key of a merge. A quoted one is a text like any other."""
_SHOWN: Final = 60

_HALVES: Final = re.compile(rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")
_MOST_IN_HALVES: Final = 1 << 20
"""The Python parser, which joins halves, takes a second or more for this many bytes."""
_NO_KEY: Final = "a list or a mapping cannot be a key"
_NO_CHARACTER: Final = (
    r"an escape in this text is no Unicode character; YAML writes \U0001F600, or the character itself"
)


# Beyond one of these, or the size of a catalog file, the whole file is left out.
DEEPEST = 64
"""How many mappings and lists may be open inside each other; what an alias brings in counts."""
MOST_VALUES = 5_000_000
"""How many scalars (keys too), lists and mappings there are when every alias is written out."""


class _Refused(Exception):  # noqa: N818 - no error of ours, a verdict on the file
    """The file is left out. ``at`` is a packed position, or None for the file as a whole."""

    def __init__(self, message: str, at: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.at = at


class _Anchor(NamedTuple):
    """The value of an anchor. ``text`` is the scalar's text, None for a list or mapping."""

    value: Tree
    text: str | None
    size: int
    height: int


class _Sources(list["dict[str, Tree]"]):
    """The mappings that a merge key brings in, most important first."""


class _Fold:
    """The tree that reading fills in, with positions. Containers are known by their id, so they must live as long.

    ``top`` is a list of the root alone, so that the root has a slot like any other value. ``marks`` has the packed
    positions of a list's items, or of a mapping's keys and their values in turn, merged ones at the end.
    """

    def __init__(self) -> None:
        self.top: list[Tree] = []
        self.marks: dict[int, array[int]] = {}
        self.duplicates: list[tuple[str, int]] = []
        """For each key that is met again a message, and the packed position."""
        self._indices: dict[int, dict[str, int]] = {}

    def slot(self, container: dict[str, Tree] | list[Tree], key: str | int) -> tuple[int, int]:
        """Packed positions of a key and of its value. An item of a list is its own key."""
        marks = self.marks[id(container)]
        if isinstance(key, int):
            return marks[key], marks[key]
        if id(container) not in self._indices:
            self._indices[id(container)] = {name: 2 * number for number, name in enumerate(cast("Any", container))}
        index = self._indices[id(container)][key]
        return marks[index], marks[index + 1]

    def merge(self, mapping: dict[str, Tree], sources: _Sources) -> None:
        """Add what a mapping lacks. The work is bounded, as the alias of each source counted all its values."""
        slots = self.marks[id(mapping)]
        for source in sources:
            marks = self.marks[id(source)]
            for number, (key, value) in enumerate(source.items()):
                if key not in mapping:
                    mapping[key] = value
                    slots.extend(marks[2 * number : 2 * number + 2])


class Document:
    """A file's tree and the places of its parts.

    A container met by alias is one shared object. The tree must not be changed while places are asked for: they are
    found by object and by order.
    """

    def __init__(self, path: str, root: Tree, fold: Callable[[], _Fold] = _Fold) -> None:
        """``fold`` parses the file when the first place is asked for; without one there are no places."""
        self.path = path
        self.root = root
        """The whole tree; None for an empty file and for one that says null."""
        self._parse = fold

    @cached_property
    def _fold(self) -> _Fold:
        return self._parse()

    def place(self, *keys: str | int) -> Place:
        """The place of the value at this path, or of the innermost value above it if the path leaves the tree.

        A value given by alias is where the alias is, and the values inside it are where the anchor's text is.
        """
        return _place(self.path, self._walk(keys)[1])

    def key_place(self, *keys: str | int) -> Place:
        """The place of the path's last key, with the fallback of ``place``. A list item is its own key."""
        return _place(self.path, self._walk(keys)[0])

    def _walk(self, keys: Keys) -> tuple[int | None, int | None]:
        """Packed positions of the key and the value at the deepest part of the path that exists."""
        node: Any = self._fold.top
        found: tuple[int | None, int | None] = (None, None)
        for key in (0, *keys):
            is_key = isinstance(node, dict) and key in node
            if not is_key and not (isinstance(node, list) and isinstance(key, int) and 0 <= key < len(node)):
                break
            found, node = self._fold.slot(node, key), node[key]
        return found


def read_document(data: bytes, path: str) -> tuple[Document | None, tuple[Problem, ...]]:
    """Read one YAML document. ``path`` is only for the places.

    Never raises for the content of a file. The document is None, and the last problem a ``Code.SYNTAX``, if
    the file is not YAML, goes past a limit or uses what this reader refuses. Repeated keys are
    ``Code.DUPLICATE_KEY`` each and leave the document whole. An empty file has the root None, no problem.
    """
    fold, refused = _folded(data)
    problems = tuple(Problem(Code.DUPLICATE_KEY, message, _place(path, at)) for message, at in fold.duplicates)
    if refused:
        return None, (*problems, Problem(Code.SYNTAX, refused.message, _place(path, refused.at)))
    return Document(path, fold.top[0] if fold.top else None, lambda: fold), problems


def known_document(data: bytes, path: str, root: Tree) -> Document:
    """A document whose tree is known from an earlier reading. It is parsed when somebody asks for a place."""
    return Document(path, root, lambda: _folded(data)[0])


def _folded(data: bytes) -> tuple[_Fold, _Refused | None]:
    """The tree and, if the file cannot be used, why."""
    fold = _Fold()
    try:
        checked = _checked(data)
        _Folder(fold).fold(events_of(checked))
    except _Refused as exc:
        return fold, _Refused(exc.message, exc.at)  # without the traceback, which refers to the whole loop
    except yaml.YAMLError as exc:
        return fold, _refusal(exc, checked.decode())
    except (ValueError, OverflowError) as exc:  # not known to happen with libyaml, but its binding decodes text
        return fold, _Refused(f"the file cannot be read as YAML: {exc}")
    return fold, None


def _checked(data: bytes) -> bytes:
    """The bytes without their UTF-8 mark, once they are known to be text that both parsers take alike."""
    if len(data) > MOST_BYTES:
        _refuse(f"the file has {len(data):,} bytes, the limit is {MOST_BYTES:,}")
    for name, marks in _FOREIGN_MARKS.items():
        if data.startswith(marks):
            _refuse(f"the file is {name}; only UTF-8 can be read", 0)
    data = data.removeprefix(_UTF8_MARK)
    try:
        text = data.decode()
    except UnicodeDecodeError as exc:
        at = _end(data[: exc.start].decode())
        _refuse(f"the byte 0x{data[exc.start]:02x} is not UTF-8 here ({exc.reason})", at)
    if found := _FORBIDDEN.search(text):
        _refuse(f"the character {code_point(found[0])} is not allowed in YAML", _end(text[: found.start()]))
    if text.count("%TAG") > _MOST_TAG_DIRECTIVES and len(_TAG_DIRECTIVE.findall(text)) > _MOST_TAG_DIRECTIVES:
        _refuse(f"the file has more than {_MOST_TAG_DIRECTIVES} %TAG directives")
    return data


def events_of(data: bytes, *, pure: bool = False) -> Callable[[], Any]:
    """A function that gives the next parsing event of checked bytes, from libyaml if PyYAML has it.

    It raises yaml.YAMLError if the parser gives up. Events are Any because PyYAML's stubs hold marks to
    be optional, which in a parser's events they are not.
    """
    in_halves = len(data) <= _MOST_IN_HALVES and _HALVES.search(data)
    if pure or in_halves or not yaml.__with_libyaml__:
        return _pure_events(data.decode())
    next_event: Callable[[], Any] = yaml.CBaseLoader(data).get_event
    return next_event


def _pure_events(text: str) -> Callable[[], Any]:
    """Events of the Python parser, which accepts escapes that libyaml refuses, or stumbles over them.

    Two of them may be the halves of one character: JSON writes characters beyond the first 65,536 that way.
    """
    loader: Any = yaml.BaseLoader(text)

    def next_event() -> Any:
        try:
            event = loader.get_event()
            if event.__class__ is ScalarEvent and event.style == '"':
                event.value = event.value.encode("utf-16", "surrogatepass").decode("utf-16")
        except (ValueError, OverflowError):
            _refuse(_NO_CHARACTER, _packed(loader.get_mark()))
        return event

    return next_event


class _Open:
    """A list or mapping that is being read."""

    __slots__ = ("anchor", "container", "key", "key_at", "keys", "marks", "opened", "peak", "sources", "wants_key")

    def __init__(self, container: Any, marks: array[int], anchor: str | None, opened: int, depth: int) -> None:
        self.container = container
        self.marks = marks
        self.anchor = anchor
        self.opened = opened
        """The number of values before it in the file."""
        self.peak = depth
        """The deepest place inside it, with aliases written out."""
        self.wants_key = container.__class__ is dict
        self.key: Any = None
        """The key that waits for its value; None if that value is dropped, as the key was there before."""
        self.key_at = 0
        self.keys: dict[Any, int] = {}
        """All keys, with their positions."""
        self.sources = _Sources()

    def add(self, value: Any, at: int, *, is_alias: bool = False) -> None:
        """Add an item, or the value of the last key."""
        if self.container.__class__ is not dict:
            self.container.append(_mergeable(value, at, is_alias) if self.container.__class__ is _Sources else value)
            self.marks.append(at)
            return
        key, self.key = self.key, None
        self.wants_key = True
        if key is _MERGE:
            self.sources = value if value.__class__ is _Sources else _Sources([_mergeable(value, at, is_alias)])
        elif key is not None:
            self.container[key] = value
            self.marks.append(self.key_at)
            self.marks.append(at)


class _Folder:
    """Folds parsing events into a tree, or raises ``_Refused``."""

    def __init__(self, fold: _Fold) -> None:
        self._fold = fold
        self._anchors: dict[str, _Anchor | None] = {}
        self._texts: dict[Any, Any] = {}  # one object for all keys of the same text
        self._count = 0
        self._outer: list[_Open] = []
        fold.marks[id(fold.top)] = array(_MARK)
        self._open = _Open(fold.top, fold.marks[id(fold.top)], None, 0, 0)

    def fold(self, next_event: Callable[[], Any]) -> None:
        """Take all events of a file."""
        # By class, not by name: a catalog of 5 MB has 600,000 events. The collector stays on: pausing it gained 5 %.
        while (kind := (event := next_event()).__class__) is not StreamEndEvent:
            if kind is ScalarEvent:
                self._scalar(event)
            elif kind is MappingStartEvent:
                self._begin(event, {})
            elif kind is SequenceStartEvent:
                self._begin(event, _Sources() if self._open.key is _MERGE else [])
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                self._end()
            elif kind is AliasEvent:
                self._alias(event)
            elif kind is DocumentStartEvent and self._fold.top:
                _refuse("a second document starts here; a file holds one", _packed(event.start_mark))

    def _scalar(self, event: Any) -> None:
        at, text = self._start(event), event.value
        is_bare = not event.style
        value = None if is_bare and text in _NULLS and event.tag != _STR else text
        if event.anchor is not None:
            self._anchors[event.anchor] = _Anchor(value, text, 1, 0)
        if not self._open.wants_key:
            self._open.add(value, at)
        else:
            self._key(_MERGE if is_bare and text == "<<" and event.tag is None else text, at)

    def _key(self, key: Any, at: int) -> None:
        into = self._open
        into.wants_key = False
        into.key_at = at
        first = into.keys.setdefault(key, at)
        if first == at:
            into.key = self._texts.setdefault(key, key)
        else:
            name = _shown("<<" if key is _MERGE else key)
            message = f"the key {name} is already given on line {(first >> _LINE) + 1}; that one counts"
            self._fold.duplicates.append((message, at))

    def _begin(self, event: Any, container: Any) -> None:
        at = self._start(event)
        if self._open.wants_key:
            _refuse(_NO_KEY, at)
        self._open.add(container, at)
        self._outer.append(self._open)
        self._deepen(0, at)
        marks = self._fold.marks[id(container)] = array(_MARK)
        self._open = _Open(container, marks, event.anchor, self._count - 1, len(self._outer))

    def _start(self, event: Any) -> int:
        """Check and count a value, and give its position. Its anchor means nothing until the value is complete."""
        mark, tag, anchor = event.start_mark, event.tag, event.anchor
        at: int = mark.line << _LINE | mark.column
        if tag is not None and tag not in _TAGS:
            short = "!!" + tag.removeprefix(_YAML_TAG) if tag.startswith(_YAML_TAG) else tag
            _refuse(f"the tag {_shown(short)} is not supported; put a text that begins with ! into quotes", at)
        if anchor is not None:
            if anchor in self._anchors:
                _refuse(f"the anchor &{_shown(anchor)} is set a second time", at)
            self._anchors[anchor] = None
        self._grow(1, at)
        return at

    def _end(self) -> None:
        done = self._open
        self._fold.merge(done.container, done.sources)
        if done.anchor is not None:
            height = done.peak - len(self._outer) + 1
            self._anchors[done.anchor] = _Anchor(done.container, None, self._count - done.opened, height)
        self._open = self._outer.pop()
        self._open.peak = max(self._open.peak, done.peak)

    def _alias(self, event: Any) -> None:
        at, into = _packed(event.start_mark), self._open
        value, text, size, height = self._known(event.anchor, at)
        # A merged mapping is at the level of the mapping that merges it, not below.
        self._deepen(height - (1 if into.key is _MERGE else 2 if into.container.__class__ is _Sources else 0), at)
        self._grow(size, at)
        if not into.wants_key:
            into.add(value, at, is_alias=True)
        elif text is None:
            _refuse(_NO_KEY, at)
        else:
            self._key(text, at)

    def _grow(self, size: int, at: int) -> None:
        self._count += size
        if self._count > MOST_VALUES:
            _refuse(f"the file has more than {MOST_VALUES:,} values, counting what aliases repeat", at)

    def _deepen(self, height: int, at: int) -> None:
        reached = len(self._outer) + height
        if reached > DEEPEST:
            _refuse(f"lists and mappings are nested more than {DEEPEST} deep", at)
        self._open.peak = max(self._open.peak, reached)

    def _known(self, name: str, at: int) -> _Anchor:
        if name not in self._anchors:
            _refuse(f"the alias *{_shown(name)} has no anchor before it; put a text that begins with * into quotes", at)
        if (found := self._anchors[name]) is None:
            _refuse(f"the alias *{_shown(name)} stands inside what it refers to", at)
        return found


def _mergeable(value: Tree, at: int, is_alias: bool) -> dict[str, Tree]:  # noqa: FBT001 - called for every item
    if not is_alias or not isinstance(value, dict):
        _refuse("<< takes an alias of a mapping, or a list of such aliases", at)
    return value


def _refuse(message: str, at: int | None = None) -> NoReturn:
    raise _Refused(message, at)


def _place(path: str, at: int | None) -> Place:
    return Place(path) if at is None else Place(path, (at >> _LINE) + 1, (at & _COLUMN) + 1)


def _packed(mark: Any) -> int:
    line: int = mark.line
    column: int = mark.column
    return line << _LINE | column


def _end(text: str) -> int:
    """The packed position just after this text, with YAML 1.1's line breaks, as the parsers count."""
    text = text.replace("\r\n", "\n")
    line = sum(map(text.count, _LINE_BREAKS))
    return line << _LINE | (len(text) - 1 - max(map(text.rfind, _LINE_BREAKS)))


def _refusal(exc: yaml.YAMLError, text: str) -> _Refused:
    """The words of a parser about a file, or better ones."""
    problem = getattr(exc, "problem", None) or getattr(exc, "reason", None) or str(exc)
    context = getattr(exc, "context", None) or ""
    mark, begun = getattr(exc, "problem_mark", None), getattr(exc, "context_mark", None)
    if mark is None:
        return _Refused(f"the file is not YAML: {problem}")
    if "Unicode character escape" in problem:
        return _Refused(_NO_CHARACTER, _packed(mark))
    lines = text.splitlines()
    told = cure(Failure(problem, context, lines, mark.line, mark.column, begun.line if begun else mark.line))
    return _Refused(f"the file is not YAML: {told or ', '.join(filter(None, (problem, context)))}", _packed(mark))


def _shown(text: str) -> str:
    """A name from the file, fit for one line of a message."""
    short = text if len(text) <= _SHOWN else text[:_SHOWN] + "..."
    return short if short and short.isprintable() else ascii(short)
