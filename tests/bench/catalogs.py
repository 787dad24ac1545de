"""What whole foreign catalogs cost: importing them, checking the result, and what it adds to a build::

    python -m tests.bench.catalogs            in the root of the repository
    python -m tests.bench.catalogs --write    and put the table into the documentation

Every figure is of a whole process, but for the catalog's share of a build: that is the processor time that the build
spends on reading the catalog and looking for what is out of date, in a process that does nothing else. Ratios are to
what PyYAML's parser in C takes to read the same bytes.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from statistics import median

from sphinx_modelcmp.catalog.cache import Asked, CachedCatalog, Store
from sphinx_modelcmp.catalog.problems import CHECKS
from tests.bench.measuring import ROOT, run
from tests.bench.report import machine
from tests.importers import real_files

PAGE = ROOT / "docs" / "importing.md"
BEGIN, END = "% [sizes]\n", "% [/sizes]\n"
RUNS = 3
DAY = "2026-05-21"


def main(arguments: list[str]) -> None:
    """Measure, and report."""
    with tempfile.TemporaryDirectory() as folder:
        files = {"models.dev": real_files.models_dev(Path(folder)), "litellm": real_files.litellm()}
        rows = [_row(name, file, Path(folder) / name) for name, file in files.items()]
    head = ("Catalog", "Entries", "Import", "Memory", "`check`", "Share of a first build", "of a later one")
    lines = [" | ".join(cells) for cells in (head, ["---", *["---:"] * (len(head) - 1)], *rows)]
    text = "\n".join(f"| {line} |" for line in lines)
    about = ", ".join(f"{name} {version}" for name, version in machine().items())
    table = (
        f"{text}\n\nMedians of {RUNS} runs, processor time; in brackets the ratio to PyYAML’s parser. With {about}.\n"
    )
    sys.stdout.write(table)
    if "--write" in arguments:
        page = PAGE.read_text("utf-8")
        before, _, rest = page.partition(BEGIN)
        PAGE.write_text(f"{before}{BEGIN}\n{table}\n{END}{rest.partition(END)[2]}", "utf-8")


def _row(name: str, file: Path, folder: Path) -> list[str]:
    """A catalog: how much it is, and what each thing takes."""
    imports = []
    for i in range(RUNS):
        target = folder / str(i)
        sample, said = run("sphinx_modelcmp", "import", name, str(file), "-o", str(target), "--snapshot", DAY)
        imports.append(sample)
    ignored = [word for code in CHECKS for word in ("--ignore", code.slug)]
    checks = [run("sphinx_modelcmp", "check", str(target), *ignored)[0].cpu for _ in range(RUNS)]
    plain = median(_reading("tests.bench.loading", "CSafeLoader", str(target)) for _ in range(RUNS))
    first = [_reading("tests.bench.catalogs", "share", str(target), str(folder / f"store{i}")) for i in range(RUNS)]
    later = [_reading("tests.bench.catalogs", "share", str(target), str(folder / "store0")) for _ in range(RUNS)]
    taken = median(sample.cpu for sample in imports)
    return [
        name,
        said.partition(": ")[2].partition(" entries")[0],
        f"{taken:.1f} s [{taken / plain:.1f}]",
        f"{max(sample.memory for sample in imports) / 2**20:.0f} MiB",
        *(f"{median(times):.2f} s [{median(times) / plain:.2f}]" for times in (checks, first, later)),
    ]


def _reading(*arguments: str) -> float:
    seconds: float = json.loads(run(*arguments)[1])["reading"]
    return seconds


def share(catalog: Path, store: Path) -> None:
    """Print what a build takes for the catalog before it reads a page, and once it has read them."""
    import_module("sphinx_modelcmp.catalog.load")  # What is imported is no part of it.
    is_first = not store.exists()
    begun = time.process_time()
    held = CachedCatalog(Asked(paths=(catalog,)), Store(store))
    assert held.problems
    if is_first:
        assert held.catalog.models
    held.agree("the pages")
    sys.stdout.write(json.dumps({"reading": time.process_time() - begun}))


if __name__ == "__main__":
    if sys.argv[1:2] == ["share"]:
        share(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main(sys.argv[1:])
