"""A catalog of what nobody writes until somebody does: it stays readable, and widens no page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.support.project import Project

NAMES = {
    "long": "M" * 200,
    "emoji": "🦙" * 40 + " 👩‍🚀 7B",
    "arabic": "نموذج اللغة الكبير الأول 7B",
    "combining": "Z̸̡̢͎̯͒̄̆a̷͎͐l̶̰͝g̵̛̙o̴͔͠-7B",
    "markup": "</script><b>&amp; `x` *y* <!-- 7B",
    "huge": "Huge",
}
ROWS, MODELS = 40, 12
DIGITS = "123456789012345678901234567890"
URL = "https://example.org/" + "a" * 2_000


def write(project: Project) -> Project:
    """A page of each: odd names and figures, many models with many rows, nothing known at all."""
    fields = {f"row_{i}": {"label": f"House row {i}", "group": "specs", "type": "text"} for i in range(ROWS)}
    price = {"input": f"{DIGITS[:28]}.5", "output": f"0.{DIGITS[:28]}"}
    odd: dict[str, Any] = {
        name: {
            "name": text,
            "context_window": int(DIGITS) if name == "huge" else 1000,
            "best_for": text,
            "source": "long",
            "routes": [{"provider": "one", "prices": [price if name == "huge" else {"input": 1, "output": 2}]}],
        }
        for name, text in NAMES.items()
    }
    many = {
        f"many-{i}": {"name": f"Model number {i}", **{f"row_{j}": f"text {i} {j}" for j in range(ROWS)}}
        for i in range(MODELS)
    }
    blank = {name: {"name": name.title()} for name in ("blank", "void")}
    catalog = {
        "sources": {"long": {"title": "A source with a long address", "url": URL, "checked": "2026-11-01"}},
        "providers": {"one": {"name": "P" * 120}},
        "fields": fields,
        "models": {**odd, **many, **blank},
    }
    # JSON is YAML, and says exactly what is a text.
    project.write("catalog.yaml", json.dumps(catalog, ensure_ascii=False))
    page = "{0}\n{1}\n\n.. model-compare:: {2}\n"
    pages = {"odd": " ".join(odd), "many": " ".join(many), "unknown": " ".join(blank), "pair": "long huge"}
    for name, models in pages.items():
        project.write(f"{name}.rst", page.format(name, "=" * len(name), models))
    contents = "".join(f"   {name}\n" for name in pages)
    project.write("index.rst", f"Index\n=====\n\n.. toctree::\n\n{contents}")
    return project
