"""Files to begin with: what is needed, and all the rest behind a ``#`` with what it is for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.fields import about, fields_of
from sphinx_modelcmp.catalog.records import FACTS, Catalog, Model
from sphinx_modelcmp.catalog.vocabulary import CAPABILITIES, FieldGroup, FieldType, SourceKind
from sphinx_modelcmp.catalog.writing import lines, scalar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx_modelcmp.catalog.records import HouseField

_NOT_IN_NAMES = re.compile(r"[^\w.+-]")
_HEAD = """\
# What is known of a model. What nobody has said is left out, and shown as “Unknown”, never as “No”.
# Take the # in front of a key away to say something. A fact is a value, unknown, undisclosed or n/a; or
# {value: …, source: …, checked: 2026-11-20, note: …}, where it has another source or day than the rest.
"""
_EXAMPLES: Mapping[str, str] = {
    "lang": "zh",
    "aliases": "[another-name]",
    **{name: about.example for name, about in FACTS.items() if about.example},
    "capabilities": "",
    "lifecycle": "{status: active, shutdown: 2027-07}",
    "routes": "",
    "results": "",
    "note": "What else is to be known of it.",
}
"""Key of a model to what may stand there; nothing where that takes several lines."""
_ROW_EXAMPLES = {
    FieldType.FLAG: "true",
    FieldType.QUANTITY: "1",
    FieldType.TEXT: "A few words.",
    FieldType.DATE: "2026-03",
}
_CATALOG = """\
# The header and the small tables of a catalog. The models stand in models/, a file each.
# What a file is called means nothing: all files of this folder are read as one catalog.

catalog:
  schema: 1
  title: {title}
  {as_of}
  currency: {currency}  # {about_currency}

# {about_sources} The kind says who published it: {kinds}.
# Where two disagree, the page shows the one further left in this list, and gives the other value in a note.
sources:
  example-docs: {{title: Models of Example Labs, url: "https://example.org/models", kind: vendor, checked: {day}}}

# {about_organizations}
organizations:
  example-labs: {{name: Example Labs, url: "https://example.org"}}

# {about_providers}
providers:
  example-api: {{name: Example API, url: "https://example.org/api"}}

# {about_licenses}
#licenses:
#  apache-2.0: {{name: Apache 2.0, spdx: Apache-2.0, osi_approved: true, commercial_use: allowed}}

# {about_fields}
#fields:
#  min_gpu: {{label: Smallest GPU, group: specs, type: quantity, unit: GB, better: lower}}

# {about_benchmarks}
#benchmarks:
#  swe-bench-verified: {{name: SWE-bench Verified, metric: resolved, scale: percent, url: "https://www.swebench.com"}}

# {about_traffic} A page that names none uses the first one.
#traffic:
#  support-bot: {{label: Support bot, requests: 300000, input: 3000, output: 400, cache_hit: 60%}}
"""
_EXAMPLE_MODEL = """\
# A model that does not exist. Put one of yours in its place: sphinx-modelcmp new model

models:
  {id}:
    name: {name}
    organization: example-labs
    source: example-docs  # of every fact below that names none
    kind: api-model
    released: {released}
    context_window: {window}
    parameters: undisclosed
    capabilities: {{vision: {vision}, function_calling: true}}
    routes:
      - provider: example-api
        prices:
          - {{input: {input}, output: {output}}}
"""
_SMALL = {"id": "example-small", "name": "Example Small", "released": "2026-09", "window": 128000, "vision": "false"}
_LARGE = {"id": "example-large", "name": "Example Large", "released": "2026-10-14", "window": 400000, "vision": "true"}
_DAY = "2026-11-20"


def file_name(name: str) -> str:
    """The name of a file for a model, whatever its id holds.

    >>> file_name("Qwen/Qwen3.5-4B:free")
    'Qwen-Qwen3.5-4B-free.yaml'
    """
    return f"{_NOT_IN_NAMES.sub('-', name)}.yaml"


def catalog_files(title: str, as_of: str, currency: str) -> dict[str, str]:
    """A catalog of two models that do not exist: name of a file to its text. ``as_of`` may be left empty."""
    explained = {f"about_{name}": about(Catalog, name) for name in fields_of(Catalog)}
    day = as_of or _DAY
    said = f"{'' if as_of else '#'}as_of: {day}  # {about(Catalog, 'as_of')}"
    kinds = ", ".join(kind.value for kind in SourceKind)
    header = _CATALOG.format(
        title=scalar(title), as_of=said, currency=scalar(currency), kinds=kinds, day=day, **explained
    )
    # Nothing is released after the day that the facts are read at.
    small = _SMALL | ({"released": as_of[:7]} if as_of else {})
    large = _LARGE | ({"released": as_of} if as_of else {})
    return {
        "catalog.yaml": header,
        "models/example-small.yaml": _EXAMPLE_MODEL.format(**small, input="0.10", output="0.40"),
        "models/example-large.yaml": _EXAMPLE_MODEL.format(**large, input="2.00", output="8.00"),
    }


def model_file(catalog: Catalog, record: Mapping[str, Any], added: Mapping[str, Mapping[str, Any]]) -> str:
    """The file of a model: its ``id``, ``name``, ``organization`` and ``source``, and what the catalog lacks of these.

    What is left out stands behind a ``#``, with ids of the catalog where there are any.
    """
    tables = "".join(lines(added, 0))
    stated = "".join(
        f"    {key}: {scalar(record[key])}{'  # of every fact below that names none' if key == 'source' else ''}\n"
        for key in ("name", "organization", "source")
    )
    more = "".join(f"\n    {line}" if line else "\n" for line in _more(catalog))
    return f"{_HEAD}\n{tables}{tables and chr(10)}models:\n  {scalar(record['id'])}:\n{stated}{more}\n"


def _more(catalog: Catalog) -> Iterator[str]:
    for key, example in _EXAMPLES.items():
        yield f"# {about(Model, key)}".replace("``", "`")
        if example:
            yield f"#{key}: {_known(catalog, key) or example}"
        else:
            yield f"#{key}:"
            yield from (f"#  {line}" for line in _BLOCKS[key](catalog))
    for name, field in catalog.fields.items():
        if field.group is FieldGroup.SPECS:
            yield f"# {_explained(field)}"
            yield f"#{name}: {_ROW_EXAMPLES[field.type]}"


def _known(catalog: Catalog, key: str) -> str:
    return scalar(next(iter(catalog.licenses))) if key == "license" and catalog.licenses else ""


def _explained(field: HouseField) -> str:
    return " ".join((field.description or field.label).split())


def _capabilities(catalog: Catalog) -> Iterator[str]:
    yield from (f"{name}: unknown" for name in CAPABILITIES)
    rows = ((name, field) for name, field in catalog.fields.items() if field.group is FieldGroup.CAPABILITIES)
    yield from (f"{name}: unknown  # {_explained(field)}" for name, field in rows)


def _routes(catalog: Catalog) -> Iterator[str]:
    yield f"- provider: {scalar(next(iter(catalog.providers), 'id-of-a-provider'))}"
    yield "  id: what-it-is-called-there"
    yield "  prices:"
    yield "    - {input: 0.10, output: 0.40, cache_read: 0.01}  # for a million tokens"
    yield "    - {input: 0.05, output: 0.20, when: {service: batch}}"


def _results(catalog: Catalog) -> Iterator[str]:
    yield f"- {{benchmark: {scalar(next(iter(catalog.benchmarks), 'id-of-a-benchmark'))}, score: 1, reporter: self}}"


_BLOCKS = {"capabilities": _capabilities, "routes": _routes, "results": _results}
