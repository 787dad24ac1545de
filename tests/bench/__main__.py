"""What a page costs in five variants, side by side, in one run::

    python -m tests.bench            all of it, in the root of the repository
    python -m tests.bench --quick    a few pages, to see whether it works
    python -m tests.bench --write    and put the tables and the picture into the documentation

The extra ``bench`` has what it needs: ``pip install -e '.[bench]'``, or ``make bench``, which also does it all.

The variants are our extension (``ours``), the same pages as plain reStructuredText (``hand-written``), as data and a
template of sphinxcontrib-datatemplates (``datatemplates``) and sphinx-jinja (``jinja``), and as bare nodes from a
file, with nothing else done (``floor``). All have the same configuration otherwise, and Sphinx's default theme.
Before anything is counted, the pages of all variants are compared: see ``contents``.

Every figure is of a whole process, ``python -m sphinx`` with all that it starts: its processor time, its time by the
clock and the memory of its largest process. The variants take turns. Ratios are of medians.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.bench import extra
from tests.bench.figures import Results, load, save
from tests.bench.measuring import ROOT, BenchmarkError
from tests.bench.plan import Plan, measure_all
from tests.bench.plot import draw
from tests.bench.report import machine, report

VARIANTS = ("ours", "hand-written", "datatemplates", "jinja", "floor")
PAGE = ROOT / "docs" / "performance.md"
KEPT = PAGE.with_suffix(".json")
BEGIN, END = "% [results]\n", "% [/results]\n"
"""Comments in the documentation that the tables stand between."""
QUICK = {"pages": [10, 20], "models": [29, 100], "runs": 1}


def main(arguments: list[str]) -> None:
    """Measure, or take earlier figures, and report."""
    options = _options(arguments)
    extra.check(_modules(options))
    if options.results:
        results = load(options.results)
    else:
        try:
            results = _measured(options)
        except BenchmarkError as error:
            raise SystemExit(str(error)) from error
    text = report(results)
    sys.stdout.write(f"{text}\n")
    if options.write:
        _write(results, text)


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--pages", type=int, nargs="+", default=[100, 500, 2000], help="the sizes of the sites")
    add("--models", type=int, nargs="+", default=[100, 1000, 5000], help="the sizes of the catalogs, the usual first")
    add("--runs", type=int, default=4, help="builds of each variant of 100 pages; larger sites get fewer")
    add("--variants", nargs="+", choices=VARIANTS, default=VARIANTS, help="what to build")
    add("--everything", action="store_true", help="build those with templates on large sites, too: it takes long")
    add("--quick", action="store_true", help="a few pages, once")
    add("--keep", type=Path, metavar="DIR", help="a new folder to make the sites in, and to leave them in")
    add("--write", action="store_true", help="put the results into the documentation")
    add("--results", type=Path, metavar="FILE", help=f"measure nothing: take figures that --write kept in {KEPT.name}")
    options = parser.parse_args(arguments)
    if options.quick:
        vars(options).update(QUICK)
    return options


def _modules(options: argparse.Namespace) -> list[str]:
    """What has to be there, or the benchmark would end after an hour."""
    built = [] if options.results else [extra.LISTINGS, *map(extra.VARIANTS.get, options.variants)]
    return [name for name in (*built, extra.PLOT if options.write else "") if name]


def _measured(options: argparse.Namespace) -> Results:
    with tempfile.TemporaryDirectory() as temporary:
        plan = Plan(
            folder=options.keep.absolute() if options.keep else Path(temporary),
            pages=tuple(sorted(options.pages)),
            models=tuple(options.models),
            variants=tuple(options.variants),
            runs=options.runs,
            keep=options.keep is not None,
            everything=options.everything,
        )
        return Results(machine(), plan.command, plan.models[0], tuple(measure_all(plan)))


def _write(results: Results, text: str) -> None:
    """Keep the figures, draw them, and set the tables in between the marks."""
    save(results, KEPT)
    draw(results, PAGE.with_suffix(".svg"))
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n{text}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
