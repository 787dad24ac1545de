"""What a page costs in five variants, side by side, in one run::

    python -m tests.bench            all of it, in the root of the repository: this takes hours
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
from tests.bench.plan import LISTINGS, Plan, measure_all, refusal
from tests.bench.plot import draw
from tests.bench.report import machine, report

VARIANTS = ("ours", "hand-written", "datatemplates", "jinja", "floor")
PAGE = ROOT / "docs" / "performance.md"
KEPT = PAGE.with_suffix(".json")
BEGIN, END = "% [results]\n", "% [/results]\n"
"""Comments in the documentation that the tables stand between."""
USUAL = {"pages": [100, 500, 2000], "models": [100, 1000, 5000], "runs": 4, "listings": LISTINGS}
QUICK = {"pages": [10, 20], "models": [29, 100], "runs": 1, "listings": 100}


def main(arguments: list[str]) -> None:
    """Measure, or take earlier figures, and report."""
    parser = _parser()
    options = parser.parse_args(arguments)
    for name, value in (QUICK if options.quick else USUAL).items():
        if getattr(options, name) is None:
            setattr(options, name, value)
    extra.check(_modules(options))
    results = _kept(options.results, parser) if options.results else _measured(options, parser)
    text = report(results)
    sys.stdout.write(f"{text}\n")
    if options.write:
        _write(results, text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--pages", type=_size, nargs="+", help="the sizes of the sites")
    add("--models", type=_size, nargs="+", help="the sizes of the catalogs, the usual first")
    add("--runs", type=_size, help="builds of each variant of 100 pages; larger sites get fewer")
    add("--listings", type=_size, help="the size of the catalogs that are only read")
    add("--variants", nargs="+", choices=VARIANTS, default=VARIANTS, help="what to build")
    add("--everything", action="store_true", help="build those with templates on large sites, too: it takes long")
    add("--quick", action="store_true", help="a few pages, once, where no sizes are given")
    add("--keep", type=Path, metavar="DIR", help="a new folder to make the sites in, and to leave them in")
    add("--write", action="store_true", help="put the results into the documentation")
    add("--results", type=Path, metavar="FILE", help=f"measure nothing: take figures that --write kept in {KEPT.name}")
    return parser


def _size(text: str) -> int:
    if not (text.isdecimal() and int(text)):
        message = f"{text!r} is not a number of one or more"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def _modules(options: argparse.Namespace) -> list[str]:
    """What has to be there, or the benchmark would end after an hour."""
    built = [] if options.results else [extra.LISTINGS, *map(extra.VARIANTS.get, options.variants)]
    return [name for name in (*built, extra.PLOT if options.write else "") if name]


def _kept(path: Path, parser: argparse.ArgumentParser) -> Results:
    try:
        return load(path)
    except (OSError, ValueError, TypeError, KeyError) as error:
        parser.error(f"{path} cannot be read as results: {error}")


def _measured(options: argparse.Namespace, parser: argparse.ArgumentParser) -> Results:
    with tempfile.TemporaryDirectory() as temporary:
        plan = Plan(
            folder=options.keep.absolute() if options.keep else Path(temporary),
            pages=tuple(sorted(set(options.pages))),
            models=tuple(dict.fromkeys(options.models)),
            variants=tuple(dict.fromkeys(options.variants)),
            runs=options.runs,
            listings=options.listings,
            keep=options.keep is not None,
            everything=options.everything,
        )
        try:
            if told := refusal(plan):
                parser.error(told)
            return Results(machine(), plan.command, plan.models[0], tuple(measure_all(plan)))
        except BenchmarkError as error:
            raise SystemExit(str(error)) from error


def _write(results: Results, text: str) -> None:
    """Keep the figures, draw them, and set the tables in between the marks."""
    save(results, KEPT)
    draw(results, PAGE.with_suffix(".svg"))
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n{text}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
