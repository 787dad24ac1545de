"""The configuration values, each declared once: registration, checks and documentation are made from here."""

from __future__ import annotations

import datetime
import os
import re
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.days import epoch_day
from sphinx_modelcmp.catalog.files import Roots
from sphinx_modelcmp.catalog.problems import Code, Problem, Severity, did_you_mean
from sphinx_modelcmp.catalog.vocabulary import FACT_GROUPS
from sphinx_modelcmp.compare.request import SECTION_NAMES, SOURCE_LINKS, Settings, known_names
from sphinx_modelcmp.ext.reporting import Severities
from sphinx_modelcmp.structured.published import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sphinx.application import Sphinx
    from sphinx.config import Config

PREFIX = "modelcmp_"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _about(types: tuple[type, ...], explanation: str) -> dict[str, Any]:
    return {"types": types, "explanation": explanation}


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelcmpConfig:
    """The values of ``conf.py``, without their prefix. Every one is read while pages are read, so all rebuild them."""

    catalog: Any = field(
        default="",
        metadata=_about(
            (str, Path, list, tuple),
            "The catalog: the path of a YAML file or of a folder of them, or a list of these. A relative path is "
            "looked for below the source folder, then below that of conf.py.",
        ),
    )
    catalog_roots: Any = field(
        default=(),
        metadata=_about(
            (str, Path, list, tuple),
            "Folders that a link within a catalog may lead to, beside the catalog and the project: paths as those of "
            "`modelcmp_catalog`.",
        ),
    )
    sections: Any = field(
        default=(),
        metadata=_about(
            (list, tuple), "The sections of a comparison that names none, in their order. Empty means all of them."
        ),
    )
    traffic: Any = field(
        default="",
        metadata=_about(
            (str,),
            "The workload of a comparison that names none: a name from the catalog, or written out as in :traffic:. "
            "Empty means the catalog’s first.",
        ),
    )
    as_of: Any = field(
        default=None,
        metadata=_about(
            (str, datetime.date, type(None)),
            "The day the facts are read at where the catalog states none: YYYY-MM-DD. Without it SOURCE_DATE_EPOCH "
            "counts, then the latest day on which a source was checked.",
        ),
    )
    stale_after: Any = field(
        default=None,
        metadata=_about(
            (int, type(None)),
            "Days after which a source on the page is marked as old, and a fact from it reported, counted from as_of.",
        ),
    )
    source_links: Any = field(
        default="all",
        metadata=_about(
            (str,),
            "`all` marks every cell with the numbers of its sources, and links them to the list of sources; `sources` "
            "links from that list only; `none` names the sources without a link.",
        ),
    )
    structured_data: Any = field(
        default=KINDS,
        metadata=_about(
            (str, list, tuple),
            "What comparisons give to machines: `json`, a file beside each page; `json-ld`, for search engines; "
            "`description`, of pages that have none of their own. An empty list turns all of it off.",
        ),
    )
    severity: Any = field(
        default=None,
        metadata=_about(
            (dict, type(None)),
            "How much each warning counts: a mapping from its name, without `modelcmp.`, to `off`, `warn` or `error`. "
            "An error fails the build, also without `-W`, once everything else is done.",
        ),
    )
    require_sources: Any = field(
        default="off",
        metadata=_about(
            (str, dict),
            "How much a known fact without a source counts: `off`, `warn` or `error`; or a mapping from groups of "
            f"facts to these. The groups are {', '.join(f'`{group}`' for group in FACT_GROUPS)}.",
        ),
    )


def register_values(app: Sphinx) -> None:
    """Declare every value to Sphinx."""
    for item in fields(ModelcmpConfig):
        # Sphinx compares types and knows no subclasses: a path is a PosixPath, or a WindowsPath.
        types = tuple(type(Path()) if kind is Path else kind for kind in item.metadata["types"])
        app.add_config_value(PREFIX + item.name, item.default, "env", types)


def read_config(config: Config) -> tuple[Settings, list[Problem]]:
    """The settings that comparisons need; values that cannot be read are reported, and their defaults stand."""
    names = _names(_value(config, "sections"))
    sections, unknown = known_names(names, SECTION_NAMES, Code.UNKNOWN_SECTION, "section")
    problems = [Problem(item.code, f"{PREFIX}sections: {item.message}") for item in unknown]
    day = _day(_value(config, "as_of"), problems) or epoch_day()
    stale_after = _value(config, "stale_after")
    if stale_after is not None and stale_after < 0:
        problems.append(Problem(Code.OPTION, f"modelcmp_stale_after is a number of days, not {stale_after}"))
        stale_after = None
    source_links = _choice(config, "source_links", SOURCE_LINKS, problems)
    settings = Settings(
        sections=sections,
        traffic=_value(config, "traffic"),
        as_of=day,
        stale_after=stale_after,
        source_links=source_links,
    )
    return settings, problems


def _choice(config: Config, name: str, words: Sequence[str], problems: list[Problem]) -> str:
    """One of some words; the first, and a problem, where it is another."""
    word = str(_value(config, name))
    return word if _is_choice(name, word, words, problems) else words[0]


def _is_choice(name: str, word: str, words: Sequence[str], problems: list[Problem]) -> bool:
    """Whether a word is one of some; a problem where it is not."""
    if word in words:
        return True
    message = f"{PREFIX}{name}: “{word}” is not one of {', '.join(words)}{did_you_mean(word, words)}"
    problems.append(Problem(Code.OPTION, message))
    return False


def read_publishing(config: Config) -> tuple[tuple[str, ...], list[Problem]]:
    """What comparisons give to machines; words that do not exist are reported and left out."""
    problems: list[Problem] = []
    asked = _names(_value(config, "structured_data"))
    return tuple(word for word in asked if _is_choice("structured_data", word, KINDS, problems)), problems


def read_severities(config: Config) -> tuple[Severities, list[Problem]]:
    """How much each problem counts; names and words that do not exist are reported and left out."""
    problems: list[Problem] = []
    slugs = {code.slug: code for code in Code}
    stated = _levels("severity", _value(config, "severity") or {}, slugs, problems)
    asked = _value(config, "require_sources")
    groups = asked if isinstance(asked, dict) else dict.fromkeys(FACT_GROUPS, asked)
    required = _levels("require_sources", groups, FACT_GROUPS, problems)
    # A word that stands for all groups is wrong once.
    unique = list(dict.fromkeys(problems))
    return Severities({slugs[name]: level for name, level in stated.items()}, required), unique


def _levels(
    value: str, stated: Mapping[Any, Any], names: Iterable[str], problems: list[Problem]
) -> dict[str, Severity]:
    words, names = [severity.value for severity in Severity], list(names)
    levels = {}
    for name, word in stated.items():
        if name not in names:
            hint = did_you_mean(str(name), names)
            problems.append(Problem(Code.OPTION, f"{PREFIX}{value}: there is no “{name}”{hint}"))
        elif word not in words:
            hint = did_you_mean(str(word), words)
            message = f"{PREFIX}{value}: “{word}” is not one of {', '.join(words)}{hint}"
            problems.append(Problem(Code.OPTION, message))
        else:
            levels[name] = Severity(word)
    return levels


def catalog_paths(config: Config, folders: Sequence[Path]) -> tuple[list[Path], list[Problem]]:
    """Where the catalog lies: each path below the first of some folders that has it; a missing one is reported."""
    paths, problems = [], []
    for name in _names(_value(config, "catalog")):
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


def allowed_roots(config: Config, folders: Sequence[Path]) -> Roots:
    """Where links in the catalog may lead: into the project, and where the author says."""
    listed = [path for name in _names(_value(config, "catalog_roots")) for path in _below(folders, name)]
    return Roots(tuple(path for path in listed if path.is_dir()), tuple(folders))


def _below(folders: Sequence[Path], name: str) -> list[Path]:
    """A path below each of some folders, once; an absolute one stays as it is."""
    return list(dict.fromkeys(Path(os.path.normpath(folder / name)) for folder in folders))


def _value(config: Config, name: str) -> Any:
    """A value, or its default where it is of another type: Sphinx has warned of that."""
    item = next(item for item in fields(ModelcmpConfig) if item.name == name)
    value = config[PREFIX + name]
    return value if isinstance(value, item.metadata["types"]) else item.default


def _names(value: str | Path | Iterable[str | Path]) -> list[str]:
    held = [value] if isinstance(value, str | Path) else value
    return [str(name) for name in held if name != ""]


def _day(value: object, problems: list[Problem]) -> datetime.date | None:
    if isinstance(value, datetime.datetime):
        return value.date()
    if value is None or isinstance(value, datetime.date):
        return value
    text = str(value).strip()
    try:
        # Since Python 3.11 it takes every form of ISO 8601.
        return datetime.date.fromisoformat(text if _DAY.fullmatch(text) else "")
    except ValueError:
        problems.append(Problem(Code.OPTION, f"modelcmp_as_of: “{text}” is not a day of the calendar (YYYY-MM-DD)"))
        return None
