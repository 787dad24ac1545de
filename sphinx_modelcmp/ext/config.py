"""Configuration values, each declared once, and reports of problems, as severe as these values say."""

from __future__ import annotations

import datetime
import logging as stdlib_logging
import os
import re
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import NoneType
from typing import TYPE_CHECKING, Any

from sphinx.util import logging

from sphinx_modelcmp.catalog.files import SHIPPED, SHIPPED_FOLDER, Roots
from sphinx_modelcmp.catalog.problems import DEFAULT_SEVERITIES, Code, Demands, Problem, Severity, did_you_mean
from sphinx_modelcmp.catalog.vocabulary import FACT_GROUPS
from sphinx_modelcmp.compare.comparison import SECTION_NAMES, SOURCE_LINKS, Settings, epoch_day, known_names
from sphinx_modelcmp.structured.payload import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sphinx.application import Sphinx
    from sphinx.config import Config

    Problems = list[Problem]

TYPE = "modelcmp"
logger = logging.getLogger(__name__)


def report(problem: Problem, config: ModelcmpConfig, location: str | tuple[str, int | None] | None = None) -> None:
    """Report a problem at its own place, or else at the given one, as its severity demands."""
    severity = config.severity_of(problem)
    if severity is Severity.OFF:
        return
    if severity is Severity.NOTE:
        # Sphinx writes the place and the type of warnings only.
        logger.info("%s", problem if problem.where else f"{location}: {problem}")
        return
    where = str(problem.where) if problem.where else location
    message = problem.message
    if isinstance(where, str) and ":" not in where:
        # Sphinx would take a file without a line for the name of a page, and add that page's suffix.
        message, where = f"{where}: {message}", None
    log = logger.error if severity is Severity.ERROR else logger.warning
    log("%s", message, type=TYPE, subtype=problem.code.slug, location=where)


class FailOnErrors(stdlib_logging.Handler):
    """Makes our errors fail a build, also without ``-W``, but only at its end.

    It listens to Sphinx's own log, which repeats the errors of reading processes in the one that started them.
    """

    def __init__(self, app: Sphinx) -> None:
        super().__init__(stdlib_logging.ERROR)
        self.app = app

    def emit(self, record: stdlib_logging.LogRecord) -> None:
        """Note an error of ours that nobody has suppressed."""
        subtype = getattr(record, "subtype", "")
        suppressed = self.app.config.suppress_warnings
        if getattr(record, "type", "") == TYPE and not logging.is_suppressed_warning(TYPE, subtype, suppressed):
            self.app.statuscode = 1


def fail_on_errors(app: Sphinx) -> None:
    """Listen from now on. Sphinx drops the listeners of one build when it sets up the log of the next."""
    stdlib_logging.getLogger(logging.NAMESPACE).addHandler(FailOnErrors(app))


PREFIX = "modelcmp_"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _names(value: str | Path | Iterable[str | Path], _problems: Problems) -> tuple[str, ...]:
    given = [value] if isinstance(value, str | Path) else value
    return tuple(str(name) for name in given if name != "")


def _sections(value: Iterable[str], problems: Problems) -> tuple[str, ...]:
    found, unknown = known_names(_names(value, problems), SECTION_NAMES, Code.UNKNOWN_SECTION, "section")
    problems += [Problem(item.code, f"{PREFIX}sections: {item.message}") for item in unknown]
    return found


def _day(value: object, problems: Problems) -> datetime.date | None:
    if isinstance(value, datetime.datetime):
        return value.date()
    if value is None or isinstance(value, datetime.date):
        return value or epoch_day()
    text = str(value).strip()
    try:
        # Since Python 3.11 it takes every form of ISO 8601.
        return datetime.date.fromisoformat(text if _DAY.fullmatch(text) else "")
    except ValueError:
        problems.append(Problem(Code.OPTION, f"modelcmp_as_of: “{text}” is not a day of the calendar (YYYY-MM-DD)"))
        return epoch_day()


def _days(value: int | None, problems: Problems) -> int | None:
    if value is not None and value < 0:
        problems.append(Problem(Code.OPTION, f"modelcmp_stale_after is a number of days, not {value}"))
        return None
    return value


def _is_one_of(words: Sequence[str], name: str, word: Any, problems: Problems) -> bool:
    if word not in words:
        message = f"{PREFIX}{name}: “{word}” is not one of {', '.join(words)}{did_you_mean(str(word), words)}"
        problems.append(Problem(Code.OPTION, message))
    return word in words


def _source_links(value: str, problems: Problems) -> str:
    return value if _is_one_of(SOURCE_LINKS, "source_links", value, problems) else SOURCE_LINKS[0]


def _structured_data(value: str | Iterable[str], problems: Problems) -> tuple[str, ...]:
    asked = _names(value, problems)
    return tuple(word for word in asked if _is_one_of(KINDS, "structured_data", word, problems))


def _severity(value: Mapping[Any, Any] | None, problems: Problems) -> dict[Code, Severity]:
    slugs = {code.slug: code for code in Code}
    return {slugs[name]: level for name, level in _levels("severity", value or {}, slugs, problems).items()}


def _require_sources(value: str | Mapping[Any, Any], problems: Problems) -> dict[str, Severity]:
    groups = dict.fromkeys(FACT_GROUPS, value) if isinstance(value, str) else value
    found: Problems = []
    levels = _levels("require_sources", groups, FACT_GROUPS, found)
    # One word for all groups is one problem.
    problems += dict.fromkeys(found)
    return levels


def _levels(value: str, stated: Mapping[Any, Any], names: Iterable[str], problems: Problems) -> dict[str, Severity]:
    words, names, levels = [severity.value for severity in Severity], list(names), {}
    for name, word in stated.items():
        if name not in names:
            hint = did_you_mean(str(name), names)
            problems.append(Problem(Code.OPTION, f"{PREFIX}{value}: there is no “{name}”{hint}"))
        elif _is_one_of(words, value, word, problems):
            levels[name] = Severity(word)
    return levels


def _keep(value: Any, _problems: Problems) -> Any:
    return value


def _about(default: object, *types: type, read: Callable[[Any, Problems], object] = _keep) -> dict[str, Any]:
    return {"default": default, "types": types, "read": read}


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelcmpConfig:
    """The values of ``conf.py``, without their prefix. Each is read while pages are read, so all rebuild pages."""

    catalog: tuple[str, ...] = field(metadata=_about("", str, Path, list, tuple, read=_names))
    """The catalog: the path of a YAML file or of a folder of them, or a list of these. A relative path is looked for
    below the source folder, then below that of conf.py. The word `shipped` is the catalog that comes with this package.
    """
    catalog_roots: tuple[str, ...] = field(metadata=_about((), str, Path, list, tuple, read=_names))
    """Folders that a link within a catalog may lead to, beside the catalog and the project: paths as those of
    `modelcmp_catalog`.
    """
    sections: tuple[str, ...] = field(metadata=_about((), list, tuple, read=_sections))
    """The sections of a comparison that names none, in their order. Empty means all of them."""
    traffic: str = field(metadata=_about("", str))
    """The workload of a comparison that names none: a name from the catalog, or written out as in :traffic:. Empty
    means the catalog’s first.
    """
    as_of: datetime.date | None = field(metadata=_about(None, str, datetime.date, NoneType, read=_day))
    """The day the facts are read at where the catalog states none: YYYY-MM-DD. Without it SOURCE_DATE_EPOCH counts,
    then the latest day on which a source was checked.
    """
    stale_after: int | None = field(metadata=_about(None, int, NoneType, read=_days))
    """Days after which a source on the page is marked as old, and a fact from it reported, counted from as_of."""
    source_links: str = field(metadata=_about("all", str, read=_source_links))
    """`all` marks every cell with the numbers of its sources, and links them to the list of sources; `sources` links
    from that list only; `none` names the sources without a link.
    """
    unknown_rows: bool = field(metadata=_about(False, bool))  # noqa: FBT003 - the default
    """Whether rows that are unknown for every model stay in their tables, as with :unknown-rows:."""
    structured_data: tuple[str, ...] = field(metadata=_about(KINDS, str, list, tuple, read=_structured_data))
    """What comparisons give to machines: `json`, a file beside each page; `json-ld`, for search engines;
    `description`, of pages that have none of their own. An empty list turns all of it off.
    """
    severity: Mapping[Code, Severity] = field(metadata=_about(None, dict, NoneType, read=_severity))
    """How much each warning counts: a mapping from its name, without `modelcmp.`, to `off`, `warn` or `error`. An error
    fails the build, also without `-W`, once everything else is done.
    """
    require_sources: Mapping[str, Severity] = field(metadata=_about("off", str, dict, read=_require_sources))
    """How much a known fact without a source counts: `off`, `warn` or `error`; or a mapping from groups of facts to
    these. The groups are `texts`, `specs`, `capabilities`, `routes`, `prices`, `results`, `lifecycle`.
    """

    @property
    def settings(self) -> Settings:
        """The settings of comparisons."""
        return Settings(**{item.name: getattr(self, item.name) for item in fields(Settings)})

    @property
    def demands(self) -> Demands:
        """The demands on the catalog."""
        groups = frozenset(group for group, severity in self.require_sources.items() if severity is not Severity.OFF)
        conflicts = self.severity_of(Problem(Code.CONFLICT, "")) is not Severity.OFF
        return Demands(stale_after=self.stale_after, sources=groups, conflicts=conflicts)

    def severity_of(self, problem: Problem) -> Severity:
        """The severity of a problem: that of its code, else that of a group of facts without sources."""
        usual = self.require_sources.get(problem.group, DEFAULT_SEVERITIES[problem.code])
        return self.severity.get(problem.code, usual)


def register_values(app: Sphinx) -> None:
    """Declare every value to Sphinx."""
    for item in fields(ModelcmpConfig):
        # Sphinx compares types and knows no subclasses: a path is a PosixPath, or a WindowsPath.
        types = tuple(type(Path()) if kind is Path else kind for kind in item.metadata["types"])
        app.add_config_value(PREFIX + item.name, item.metadata["default"], "env", types)


def read_config(config: Config) -> tuple[ModelcmpConfig, list[Problem]]:
    """The checked values; those that cannot be read are reported, and replaced by their defaults."""
    problems: list[Problem] = []
    found = {}
    for item in fields(ModelcmpConfig):
        value = config[PREFIX + item.name]
        # Sphinx has warned of a value of another type.
        is_typed = isinstance(value, item.metadata["types"])
        found[item.name] = item.metadata["read"](value if is_typed else item.metadata["default"], problems)
    return ModelcmpConfig(**found), problems


def catalog_paths(names: Iterable[str], folders: Sequence[Path]) -> tuple[list[Path], list[Problem]]:
    """The paths of the catalog, each below the first folder that has it; a missing one is reported.

    The word `shipped` is the catalog of this package, also where a path is called that, which is `./shipped`.
    """
    paths, problems = [], []
    for name in names:
        if name == SHIPPED:
            paths.append(SHIPPED_FOLDER)
            continue
        tried = _below(folders, name)
        # A link that leads nowhere is there: reading it says more than that it is missing.
        if found := next((path for path in tried if os.path.lexists(path)), None):
            paths.append(found)
        else:
            problems.append(Problem(Code.CATALOG_FILE, _missing(name, tried, folders)))
    return paths, problems


def _missing(name: str, tried: Sequence[Path], folders: Sequence[Path]) -> str:
    where = "" if Path(name).is_absolute() else f" in {' or '.join(map(str, folders))}"
    beside = [near.name for path in tried if path.parent.is_dir() for near in path.parent.iterdir()]
    return f"{PREFIX}catalog: there is no “{name}”{where}{did_you_mean(tried[0].name, beside)}"


def allowed_roots(names: Iterable[str], folders: Sequence[Path]) -> Roots:
    """The folders that links in the catalog may lead to: the project, and those that the author names."""
    listed = [path for name in names for path in _below(folders, name)]
    return Roots(tuple(path for path in listed if path.is_dir()), tuple(folders))


def _below(folders: Sequence[Path], name: str) -> list[Path]:
    """A path below each folder, once; an absolute one stays as it is."""
    return list(dict.fromkeys(Path(os.path.normpath(folder / name)) for folder in folders))
