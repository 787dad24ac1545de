"""What is measured, and in which order: always one run of each variant, then the next run."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from functools import partial
from itertools import chain
from math import sqrt
from typing import TYPE_CHECKING

from tests.bench.contents import differences
from tests.bench.figures import Figure
from tests.bench.measuring import BenchmarkError, build, edit, read_catalog, run, touch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from tests.bench.figures import Sample

    Way = Callable[[], Sample]

BASE = 100
"""Pages of a site that is built as often as was asked for."""
CONTEXT = ("datatemplates", "jinja")
"""The variants that no bound rests on: they are measured once, and not on large sites."""
LARGE = 500
"""Above so many pages a site is large."""
LISTINGS = 5000
"""Models of the catalogs that are only read, where nothing else is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What was asked for."""

    folder: Path
    pages: tuple[int, ...]
    models: tuple[int, ...]
    """Catalog sizes; the first is that of all sites but those that compare catalogs."""
    variants: tuple[str, ...]
    runs: int
    """Of ``BASE`` pages; a build of more takes long enough for its noise to even out."""
    listings: int
    """Models of the catalogs that are only read."""
    keep: bool = False
    everything: bool = False
    """Whether all variants are measured on large sites too."""

    @property
    def command(self) -> str:
        """What does the same again."""
        stated = {"pages": self.pages, "models": self.models, "variants": self.variants, "runs": (self.runs,)}
        if self.listings != LISTINGS:
            stated["listings"] = (self.listings,)
        words = [word for name, values in stated.items() for word in (f"--{name}", *map(str, values))]
        return " ".join(("python -m tests.bench", *words, *["--everything"] * self.everything))

    @property
    def middle(self) -> int:
        """The pages of what is measured on one site only."""
        return self.pages[len(self.pages) // 2]

    @property
    def sites(self) -> tuple[tuple[int, int], ...]:
        """The models and the pages of every site."""
        first, *others = self.models
        usual = tuple((first, pages) for pages in self.pages if self.variants_of(pages))
        return (*usual, *((models, self.pages[0]) for models in others)) if "ours" in self.variants else usual

    def runs_of(self, pages: int) -> int:
        """How often a site is built."""
        return max(1, round(self.runs * min(1, sqrt(BASE / pages))))

    def variants_of(self, pages: int) -> tuple[str, ...]:
        """What is built of a site."""
        return tuple(name for name in self.variants if name not in CONTEXT or pages <= LARGE or self.everything)


def refusal(plan: Plan) -> str:
    """Why a plan cannot be carried out, or nothing."""
    if plan.keep and plan.folder.exists() and (not plan.folder.is_dir() or any(plan.folder.iterdir())):
        return f"{plan.folder} is there already: --keep takes a new folder, or an empty one"
    if not plan.sites:
        return f"{' and '.join(plan.variants)}: not built on sites of more than {LARGE} pages without --everything"
    numbers = (plan.listings if "ours" in plan.variants else 0, *chain.from_iterable(plan.sites))
    _, told = run("tests.bench.sizes", *map(str, numbers))
    return told.strip().replace("\n", "; ")


def measure_all(plan: Plan) -> Iterator[Figure]:
    """Measure everything."""
    for models, pages in plan.sites:
        if models == plan.models[0]:
            yield from _site(plan, models, pages)
        else:
            # On the smallest site, where a catalog weighs most.
            site = Site(plan, models, pages, [name for name in plan.variants if name in {"ours", "floor"}])
            yield from site.full(runs=min(2, plan.runs))
            site.remove()
    if "ours" not in plan.variants:
        return
    yield from _start(plan)
    yield from _catalogs(plan)


def _site(plan: Plan, models: int, pages: int) -> Iterator[Figure]:
    site = Site(plan, models, pages, plan.variants_of(pages))
    yield from site.full()
    yield from site.unchanged()
    yield from site.changed()
    if pages == plan.middle:
        yield from site.parallel()
    site.remove()


class Site:
    """The same pages in some variants, in a folder that is named after them and, if need be, after their purpose."""

    def __init__(self, plan: Plan, models: int, pages: int, variants: Iterable[str], purpose: str = "") -> None:
        self.plan, self.models, self.pages = plan, models, pages
        self.folder = plan.folder / f"{purpose}{models}-models-{pages}-pages"
        self.variants = {name: self.folder / name for name in variants}
        say(f"{pages} pages of {models} models")
        run("tests.bench.sites", str(self.folder), str(models), str(pages), *self.variants)

    def full(self, runs: int = 0) -> Iterator[Figure]:
        """Full builds. The first of each variant have to say the same, before any is counted."""
        ways = {name: partial(build, site, fresh=True) for name, site in self.variants.items()}
        yield from self.measured("full", ways, runs, after_first=self._compare)

    def unchanged(self) -> Iterator[Figure]:
        """Builds where nothing has changed."""
        yield from self.measured("no-op", {name: partial(build, site) for name, site in self.variants.items()})

    def changed(self) -> Iterator[Figure]:
        """Builds of ours after an edit of one fact that one page shows, and of the others after a touch of one page.

        And one of ours after an edit of a fact that several pages show.
        """
        docname = f"page-{self.pages:04}"
        ways: dict[str, Way] = {name: partial(touch, site, docname) for name, site in self.variants.items()}
        if "ours" in ways:
            ways["ours"] = partial(edit, self.folder, "lone")
        yield from self.measured("edit", ways)
        if "ours" in ways:
            yield from self.measured("shared edit", {"ours": partial(edit, self.folder, "shared")}, runs=1)

    def parallel(self) -> Iterator[Figure]:
        """Full builds by two processes."""
        sites = self.variants.items()
        yield from self.measured("parallel", {name: partial(build, site, "-j2", fresh=True) for name, site in sites})

    def measured(
        self, measure: str, ways: Mapping[str, Way], runs: int = 0, after_first: Callable[[], None] | None = None
    ) -> Iterator[Figure]:
        """The figures of one measure."""
        found = interleaved(measure, ways, runs or self.plan.runs_of(self.pages), after_first)
        return (Figure(measure, name, self.pages, self.models, samples) for name, samples in found.items())

    def remove(self) -> None:
        """Make room for the next."""
        if not self.plan.keep:
            shutil.rmtree(self.folder)

    def _compare(self) -> None:
        found = list(differences({name: site / "out" for name, site in self.variants.items()}))
        if found:
            message = f"The variants do not say the same, in {len(found)} cases:\n" + "\n".join(found[:5])
            raise BenchmarkError(message)


def _start(plan: Plan) -> Iterator[Figure]:
    """Builds of one page where nothing has changed: what catalogs cost beside Sphinx's own start."""
    small = Site(plan, min(plan.models), 1, ("ours", "hand-written"), "start-smallest-")
    large = Site(plan, max(plan.models), 1, ("ours",), "start-largest-")
    for site in (small, large):
        for folder in site.variants.values():
            build(folder, fresh=True)
    ways = {
        "hand-written": partial(build, small.variants["hand-written"]),
        "ours": partial(build, small.variants["ours"]),
        "ours, large": partial(build, large.variants["ours"]),
    }
    found = interleaved("start", ways, plan.runs)
    yield Figure("start", "hand-written", 1, small.models, found["hand-written"])
    yield Figure("start", "ours", 1, small.models, found["ours"])
    yield Figure("start", "ours", 1, large.models, found["ours, large"])
    for site in (small, large):
        site.remove()


def _catalogs(plan: Plan) -> Iterator[Figure]:
    """Reading catalogs, of real models and of copies with all that a page can show."""
    for kind in ("listings", "copies"):
        say(f"{kind}: a catalog of {plan.listings} models")
        folder = plan.folder / kind
        run(f"tests.bench.{kind}", str(folder), str(plan.listings))
        ways = {way: partial(read_catalog, way, folder) for way in ("ours", "CSafeLoader")}
        found = interleaved(kind, ways, plan.runs_of(LARGE))
        yield from (Figure(kind, name, 0, plan.listings, samples) for name, samples in found.items())


def interleaved(
    measure: str, ways: Mapping[str, Way], runs: int, after_first: Callable[[], None] | None = None
) -> dict[str, tuple[Sample, ...]]:
    """So many samples of each way, in turn; one of those that no bound rests on."""
    samples: dict[str, list[Sample]] = {name: [] for name in ways}
    for number in range(runs):
        for name, way in ways.items():
            if number == 0 or name not in CONTEXT:
                sample = way()
                samples[name].append(sample)
                say(f"  {measure}, {name}: {sample.cpu:.2f} s of processor time, {sample.wall:.2f} s")
        if number == 0 and after_first:
            after_first()
    return {name: tuple(found) for name, found in samples.items()}


def say(line: str) -> None:
    """Tell how far the benchmark is."""
    sys.stderr.write(f"{line}\n")
