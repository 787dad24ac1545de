"""The cost of a page against the number of pages, as a picture that is the same whenever the figures are."""

from __future__ import annotations

import re
from io import StringIO
from typing import TYPE_CHECKING

from tests.bench import extra

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bench.figures import Results

COLOURS = {
    "ours": "#0072b2",
    "hand-written": "#d55e00",
    "datatemplates": "#cc79a7",
    "jinja": "#e69f00",
    "floor": "#707070",
}
"""Told apart also by those who do not see all colours."""
SETTINGS = {
    "svg.hashsalt": "sphinx-modelcmp",
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
}
UNDATED = {"Date": None, "Creator": None}


def draw(results: Results, path: Path) -> None:
    """Write the picture."""
    matplotlib = extra.load(extra.PLOT)
    matplotlib.use("svg")
    pyplot = extra.load(f"{extra.PLOT}.pyplot")
    with matplotlib.rc_context(SETTINGS):
        figure, axes = pyplot.subplots(figsize=(7, 4), layout="constrained")
        for variant in results.variants:
            found = [(pages, results.median("full", variant, "cpu", pages, results.models)) for pages in results.pages]
            points = [(pages, 1000 * cpu / pages) for pages, cpu in found if cpu is not None]
            axes.plot(*zip(*points, strict=True), marker="o", label=variant, color=COLOURS[variant])
        axes.set(xscale="log", xlabel="pages", ylabel="processor time per page, ms", ylim=(0, None))
        axes.set_xticks(results.pages, [f"{pages:,}" for pages in results.pages])
        axes.minorticks_off()
        axes.grid(axis="y", alpha=0.3)
        axes.legend(frameon=False)
        written = StringIO()
        figure.savefig(written, format="svg", metadata=UNDATED)
        pyplot.close(figure)
    # EPUB allows no document type that leads elsewhere.
    path.write_text(re.sub(r"<!DOCTYPE[^>]*>\n", "", written.getvalue()), encoding="utf-8")
