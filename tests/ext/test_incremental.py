"""A site that is built again, after whatever edit, is the site built afresh: every file of it, and every warning.

What was edited is built in a process of its own, as authors do; what it is held against needs none.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from dataclasses import fields
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest.mock import patch

import pytest
import yaml

from sphinx_modelcmp.catalog.cache import Store
from sphinx_modelcmp.ext.config import PREFIX, ModelcmpConfig
from tests.support.project import HERE, Project
from tests.support.tiers import full

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support.project import Build

    Edit = Callable[[Project], object]

PAGES = {
    "ab": "alfa-1 bravo-2",
    "ac": "Acme/Alfa-1 charlie-3",
    "money": "euro-5 dollar-6",
    "named": "weird-4 charlie-3\n   :fields: min_gpu context_window",
}
COMPARING = tuple(PAGES)
ALL = ("ab", "ac", "index", "money", "named")
MONEY = """\
source: invoice
models:
  dollar-6:
    name: Dollar 6
    lifecycle: {status: active, shutdown: 2026-12-31}
    routes: [{provider: south, id: dollar, prices: [{input: 2, output: 8}]}]
  euro-5:
    name: Euro 5
    architecture: {value: 'The maker calls it "new"', source: paper}
    routes: [{provider: south, id: euro, currency: EUR, prices: [{input: 1, output: 4}]}]
"""
MISSPELT = '    contxt_window: "1"\n'
ALWAYS = (
    "outside.yaml: is a link out of the project",
    "money.yaml:1:9: WARNING: no source “invoice”",
    "odd.yaml:7:5: WARNING: a model has no key “contxt_window”",
)
"""What is wrong with the catalog before any edit."""


def make(root: Path) -> Project:
    """Four comparisons, and the catalog of the demo in several files.

    One holds the words; of those with models two are all right, one names a source at its top that nobody defines, one
    has a wrong key in a model, and one may not be read.
    """
    site = Project(root)
    for name, models in PAGES.items():
        site.write(f"{name}.rst", page(models))
    site.write("index.rst", "Index\n=====\n\nWords.\n")
    words, _, models = (HERE / "demo" / "catalog.yaml").read_text(encoding="utf-8").partition("models:\n")
    words = words.replace(", as_of: 2026-05-19", "").replace("sources:\n", "sources:\n  paper: {title: A paper}\n")
    charlie, weird = (models.index(f"  {name}:\n") for name in ("charlie-3", "weird-4"))
    catalog = {
        "words": words,
        "alfa": f"models:\n{models[:charlie]}",
        "charlie": f"models:\n{models[charlie:weird]}",
        "odd": f"models:\n{models[weird:]}{MISSPELT}",
        "money": MONEY,
        "../../outside": "models: {far-7: {name: Far 7}}\n",
    }
    for name, text in catalog.items():
        site.write(f"catalog/{name}.yaml", text)
    (site.src / "catalog" / "outside.yaml").symlink_to("../../outside.yaml")
    (site.src / "pyproject.toml").touch()
    return site.configure(
        extensions=["sphinx_modelcmp", "tests.support.watch"],
        modelcmp_catalog=["catalog"],
        modelcmp_as_of="2026-05-19",
        # Sphinx's own default is an object that MyST adds to, for all builds to come in a process.
        source_suffix={".rst": "restructuredtext"},
    )


def page(models: str) -> str:
    """An orphan: a page in a tree of contents is written again for its neighbours' sake."""
    return f":orphan:\n\nPage\n====\n\n.. model-compare:: {models}\n"


def again(site: Project, *options: str, **environment: str) -> Build:
    """The site as its author builds it again."""
    build = site.build_apart("html", *options, out="kept", **environment)
    assert (build.code, "Traceback" in build.stderr) == (0, False), build.stderr
    return build


def here(site: Project) -> Build:
    """The same in this process."""
    return site.build("html", out="kept")


STEMMERS = ("base-stemmer.js", "english-stemmer.js", "german-stemmer.js")
LEFT = (".buildinfo.bak", "objects.inv", "translations.js", *STEMMERS)
"""What Sphinx leaves behind, or as it was, where the configuration or the language of a site has changed."""


def files(build: Build) -> dict[str, bytes]:
    """Every file of the output."""
    paths = (path for path in sorted(build.out.rglob("*")) if path.is_file() and path.name not in LEFT)
    found = {path.relative_to(build.out).as_posix(): path.read_bytes() for path in paths}
    return found | {"searchindex.js": searchable(found["searchindex.js"])}


def searchable(index: bytes) -> bytes:
    """An index without the words that Sphinx keeps when the last page with them is gone."""
    held = json.loads(index[index.index(b"{") : index.rindex(b"}") + 1])
    for name in ("terms", "titleterms"):
        held[name] = {word: pages for word, pages in held[name].items() if pages != []}
    return json.dumps(held).encode()


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def said(build: Build, *pages: str) -> list[str]:
    """The warnings of the catalog, and those of some pages: of one that it does not read Sphinx repeats none."""
    lines, own = build.stderr.splitlines(), tuple(f"/{name}" for name in pages)
    # Those of pages come in any order where several processes read.
    of_pages = sorted(line for line in lines if ".rst:" in line and line.partition(".rst:")[0].endswith(own))
    return [*(line for line in lines if ".rst:" not in line), *of_pages]


def assert_as_fresh(site: Project, build: Build, what: str = "") -> Build:
    """Hold a build against one of the same sources that knows of nothing before."""
    # A folder of its own: Sphinx remembers the checksums of files by their paths as long as a process lives.
    fresh = site.build("html", out=Path(mkdtemp(dir=site.root)).name)
    assert differing(files(build), files(fresh)) == [], what
    assert said(build, *build.read) == said(fresh, *build.read), what
    return fresh


# --- the catalog ---------------------------------------------------------------------------------------------------


class Step(NamedTuple):
    """Edits of a site, and what comes of them."""

    what: str
    edits: tuple[Edit, ...]
    read: tuple[str, ...] = ()
    """The pages that are read again. Edits that are made together show on pages that have none in common."""
    says: str = ""
    """Part of a warning that is new with them."""


def change(name: str, old: str, new: str) -> Edit:
    return lambda site: site.edit(f"catalog/{name}.yaml", old, new)


def write(name: str, text: str) -> Edit:
    return lambda site: site.write(name, text)


def rename(old: str, new: str) -> Edit:
    return lambda site: (site.src / old).rename(site.src / new)


def remove(name: str) -> Edit:
    return lambda site: (site.src / name).unlink()


def forget(name: str) -> Edit:
    """Drop what was written of a page: Sphinx leaves that where it is."""

    def edit(site: Project) -> None:
        for path in (f"{name}.html", f"{name}.comparison.json", f"_sources/{name}.rst.txt"):
            (site.root / "kept" / path).unlink()

    return edit


RATE = "rates:\n  - {from: EUR, to: USD, rate: 1.1, date: 2026-05-01, source: tests}\n"
BILL = "sources:\n  invoice: {title: Bill}\n"
FACTS = (
    Step(
        "a first rate of exchange; a fact",
        (change("words", "sources:\n", f"{RATE}sources:\n"), change("alfa", "window: 192000", "window: 192001")),
        ("ab", "money"),
    ),
    Step(
        "another rate; an organization",
        (change("words", "rate: 1.1", "rate: 1.25"), change("words", "name: Acme,", "name: Acme Inc,")),
        ("ab", "ac", "money"),
    ),
    Step(
        "the source that a file names at its top; a provider",
        (change("words", "sources:\n", BILL), change("words", "name: Northhost", "name: North")),
        ("ab", "ac", "money"),
    ),
    Step(
        "its title; a license",
        (change("words", "title: Bill", "title: Our bill"), change("words", "name: Apache 2.0", "name: Apache")),
        ("ab", "ac", "money"),
    ),
    Step(
        "the title of a source beside quoted words; a benchmark",
        (change("words", "title: A paper", "title: The paper"), change("words", "name: SWE-test", "name: SWE")),
        ("ab", "ac", "money"),
    ),
    Step("a house field", (change("words", "label: Smallest GPU", "label: GPU"),), ("ab", "ac", "named")),
    Step(
        "an alias that a page names",
        (change("alfa", "Acme/Alfa-1", "Acme/Alfa-One"),),
        ("ab", "ac"),
        "no model “Acme/Alfa-1” in the catalog; did you mean Acme/Alfa-One",
    ),
    Step(
        "the alias that is nearest to it; no rate",
        (change("alfa", "Acme/Alfa-One", "Acme/Alfa-Two"), change("words", RATE.replace("1.1", "1.25"), "")),
        ("ab", "ac", "money"),
        "did you mean Acme/Alfa-Two",
    ),
    Step("a workload", (change("words", "requests: 300000", "requests: 200000"),), COMPARING),
    Step("the day", (change("words", "schema: 1", "schema: 1, as_of: 2027-01-02"),), COMPARING, "before 2027-01-02"),
)
"""Facts, and the words that many facts share."""

CHARLIE = "  charlie-3:\n"
FILES = (
    Step(
        "a model that no page names; a file that nothing rests on",
        (
            change("charlie", "models:\n", "models:\n  new-8: {name: New 8}\n"),
            write("catalog/more.yaml", "sources: {more: {title: More}}\nmodels: {more-9: {name: More 9}}\n"),
        ),
    ),
    Step(
        "a file that defines a model again",
        (write("catalog/z.yaml", "models: {alfa-1: {name: Alfa again, context_window: 5000}}\n"),),
        says="z.yaml:1:10: WARNING: “alfa-1” of `models` is defined already",
    ),
    Step(
        "the same file, to be read first",
        (rename("catalog/z.yaml", "catalog/a.yaml"),),
        ("ab", "ac"),
        "alfa.yaml:2:3: WARNING: “alfa-1” of `models` is defined already",
    ),
    Step(
        "that file less; a file of another name",
        (remove("catalog/a.yaml"), rename("catalog/odd.yaml", "catalog/odder.yaml")),
        ("ab", "ac"),
        "odder.yaml:7:5: WARNING: a model has no key",
    ),
    Step("a file less", (rename("catalog/money.yaml", "money"),), ("money",), "no model “euro-5”"),
    Step(
        "a model less; that file again",
        (change("charlie", CHARLIE, "  other-3:\n"), rename("money", "catalog/money.yaml")),
        COMPARING,
        "no model “charlie-3”",
    ),
    Step(
        "that model again, elsewhere; a page more",
        (
            change("charlie", "  other-3:\n", f"  # Back.\n{CHARLIE}"),
            write("more.rst", page("bravo-2 charlie-3")),
        ),
        ("ab", "ac", "more", "named"),
    ),
    Step("a page less", (remove("more.rst"), forget("more"))),
    Step("no catalog", (rename("catalog", "gone"),), COMPARING, "there is no “catalog”"),
    Step("a catalog again", (rename("gone", "catalog"),), COMPARING),
)
"""What there is: models, files and pages."""

MATH = "name: Math-test, metric: accuracy, scale: percent"
DEAR = "    routes: [{provider: south, id: weird, prices: [{input: 1, output: 60}]}]\n"
WRONG = (
    Step(
        "a broken file; something odd",
        (change("alfa", "models:\n", "models: [\n"), change("odd", MISSPELT, MISSPELT + DEAR)),
        ("ab", "ac", "named"),
        "odd.yaml:8:71: WARNING: `output` of 60",
    ),
    Step(
        "the file mended; lines above what is odd",
        (change("alfa", "models: [\n", "models:\n"), change("odd", "models:\n", "\n# More.\nmodels:\n")),
        ("ab", "ac"),
        "odd.yaml:10:71: WARNING: `output` of 60",
    ),
    Step(
        "nothing odd; a scale that scores lie outside of",
        (change("odd", "output: 60", "output: 3"), change("words", MATH, MATH.replace("percent", "fraction"))),
        ("ab", "ac", "named"),
        "alfa.yaml:28:34: WARNING: 81 lies outside the scale fraction",
    ),
    Step("a source less", (change("words", "  tests:", "  tests-2:"),), ("ab", "named"), "did you mean tests-2?"),
    Step(
        "that source again; an alias that is taken",
        (
            change("words", "  tests-2:", "  tests:"),
            change("charlie", "name: Charlie 3\n", "name: Charlie 3\n    aliases: [acme/alfa-1]\n"),
        ),
        ("ab", "ac", "named"),
        "WARNING: “acme/alfa-1” names the model “alfa-1” already",
    ),
    Step("a provider less", (change("words", "  south:", "  sud:"),), COMPARING, "no provider “south”"),
)
"""What is wrong, and mended."""


def edited(site: Project, step: Step, before: Build, build: Callable[[Project], Build]) -> Build:
    """The site after a step, which has read just the pages that it should."""
    for edit in step.edits:
        edit(site)
    found = build(site)
    assert found.read == step.read, step.what
    assert not step.says or (step.says in found.stderr and step.says not in before.stderr), (step.what, found.stderr)
    return found


@pytest.mark.parametrize("steps", [FACTS, FILES, WRONG], ids=["facts", "files", "wrong"])
def test_every_edit_of_the_catalog_reads_just_the_pages_that_show_it(steps: tuple[Step, ...], tmp_path: Path) -> None:
    """In this process, which is five times as fast; what all edits together leave is as fresh."""
    site = make(tmp_path)
    build = here(site)
    for step in steps:
        build = edited(site, step, build, here)
    assert_as_fresh(site, build)


@pytest.mark.full
@pytest.mark.parametrize(
    ("steps", "options", "environment"),
    [
        pytest.param(FACTS, (), {}, id="facts"),
        pytest.param(FILES, (), {"PYTHONHASHSEED": "1"}, id="files"),
        pytest.param(WRONG, ("-j4",), {"PYTHONHASHSEED": "7"}, id="wrong, in four processes"),
    ],
)
def test_after_every_edit_of_the_catalog_the_site_is_as_fresh(
    steps: tuple[Step, ...], options: tuple[str, ...], environment: dict[str, str], tmp_path: Path
) -> None:
    site = make(tmp_path)
    before = first = here(site)
    assert all(part in first.stderr for part in ALWAYS), first.stderr
    catalog = shutil.copytree(site.src / "catalog", tmp_path / "catalog", symlinks=True)
    written = files(first)
    for step in steps:
        before = edited(site, step, before, lambda site: again(site, *options, **environment))
        assert_as_fresh(site, before, step.what)
    shutil.rmtree(site.src / "catalog")
    shutil.copytree(catalog, site.src / "catalog", symlinks=True)
    back = here(site)
    assert (differing(files(back), written), said(back)) == ([], said(first))


# --- what the catalog says in other words --------------------------------------------------------------------------


def touch(site: Project, *patterns: str) -> None:
    later = time.time() + 60
    for path in (path for pattern in patterns for path in site.src.glob(pattern)):
        os.utime(path, (later, later))


def reformat(site: Project) -> None:
    """Every key in another place, with the braces and quotes of JSON, and remarks."""

    def turned(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: turned(value[key]) for key in reversed(value)}
        return [turned(item) for item in value] if isinstance(value, list) else value

    for path in (site.src / "catalog").iterdir():
        tree = turned(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader))
        path.write_text(f"# A remark.\n{json.dumps(tree, indent=3)}  # another\n", encoding="utf-8")


def kept(site: Project) -> dict[str, int]:
    """What is kept of the catalog, and when it was written."""
    return {
        path.name: path.stat().st_mtime_ns for path in (site.root / "kept-doctrees" / "modelcmp" / "catalog").iterdir()
    }


def test_what_is_said_in_other_words_is_not_read_again(tmp_path: Path) -> None:
    site = make(tmp_path)
    written, held = files(here(site)), kept(site)
    touch(site, "catalog/*")
    build = again(site)
    assert (build.read, build.wrote, differing(files(build), written), kept(site)) == ((), (), [], held)
    reformat(site)
    build = again(site)
    assert (build.read, build.wrote, kept(site).keys() & held.keys()) == ((), (), {"catalog.json"})
    assert_as_fresh(site, build)


def test_a_fresh_checkout_uses_what_is_kept_of_the_catalog(tmp_path: Path) -> None:
    """Sphinx reads every page whose time is later than before; what the catalog says is known by its content."""
    site = make(tmp_path)
    first, held = here(site), kept(site)
    touch(site, "*", "catalog/*")
    build = again(site)
    assert (build.read, kept(site)) == (ALL, held)
    assert (differing(files(build), files(first)), build.stderr) == ([], first.stderr)


# --- the configuration, and what is kept ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Build, dict[str, bytes]]:
    """A site, what came of its first build, and the files of that."""
    site = make(tmp_path_factory.mktemp("incremental"))
    first = here(site)
    return site, first, files(first)


@pytest.fixture
def site(shared: tuple[Project, Build, dict[str, bytes]]) -> Iterator[Project]:
    """That site, with nothing edited and all that is kept; to do with as one likes."""
    site, values = shared[0], dict(shared[0].values)
    catalog = {path: path.read_text("utf-8") for path in (site.src / "catalog").iterdir()}
    yield site
    site.values = values
    site.configure()
    for path, text in catalog.items():
        site.write(str(path), text)
    folder = site.root / "kept-doctrees" / "modelcmp" / "catalog"
    folder.unlink() if folder.is_file() else shutil.rmtree(folder, ignore_errors=True)
    here(site)


CHANGED: dict[str, Any] = {
    "catalog_roots": [".."],
    "traffic": "requests=10 input=10 output=10",
    "as_of": "2027-02-01",
    "stale_after": 3,
    "source_links": "none",
    "unknown_rows": True,
    "structured_data": [],
    "severity": {"unknown-key": "off"},
    "require_sources": {"prices": "warn"},
    "language": "de",
    "sections": ["specs"],
    "catalog": [f"catalog/{name}.yaml" for name in ("alfa", "charlie", "money", "words")],
}
"""Each shows on top of those before it."""


@pytest.mark.parametrize("is_whole", [False, pytest.param(True, marks=pytest.mark.full)], ids=["short", "whole"])
def test_a_changed_value_makes_the_site_as_fresh_and_so_does_changing_it_back(
    shared: tuple[Project, Build, dict[str, bytes]], site: Project, *, is_whole: bool
) -> None:
    """One value after the other; then all of them back at once. In short it is held against a fresh one once."""
    assert CHANGED.keys() == {*(item.name for item in fields(ModelcmpConfig)), "language"}
    values, (_, first, written) = dict(site.values), shared
    before = (written, said(first, *ALL))
    last = [*CHANGED][-1]
    for name, value in CHANGED.items():
        site.configure(**{name if name == "language" else PREFIX + name: value})
        # What a process has said in another language it mixes with this one.
        build = again(site) if is_whole or name == last else here(site)
        assert build.read == ALL, name
        if is_whole or name == last:
            assert_as_fresh(site, build, name)
        after = (files(build), said(build, *ALL))
        assert after != before, name
        before = after
    assert here(site).read == ()
    site.values = values
    site.configure()
    back = here(site)
    assert (back.read, differing(files(back), written), back.stderr) == (ALL, [], first.stderr)


def test_warnings_of_the_catalog_fail_every_build(
    shared: tuple[Project, Build, dict[str, bytes]], site: Project
) -> None:
    for _ in range(2):
        # Without --keep-going Sphinx ends at the first warning until 8.0.
        build = site.build_apart("html", "-W", "--keep-going", out="kept")
        assert (build.code, build.read, build.stderr) == (1, (), shared[1].stderr)


def test_another_day_of_the_environment_makes_the_site_as_fresh(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is no value of the configuration: Sphinx itself would read nothing again."""
    site.configure(modelcmp_as_of=None)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1798675200")
    here(site)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1798848000")
    build = again(site)
    assert (build.read, "shut down on 2026-12-31, before 2027-01-02" in build.stderr) == (COMPARING, True)
    assert_as_fresh(site, build)


BREAK_OFF = """
def setup(app):
    import os
    if event := os.environ.get("BREAK_OFF"):
        app.connect(event, lambda *_: os._exit(3))
"""


@pytest.mark.parametrize("event", ["source-read", "html-page-context"])
def test_after_a_build_that_was_broken_off_the_site_is_as_fresh(event: str, site: Project) -> None:
    """While it read, or while it wrote."""
    site.write("conf.py", (site.src / "conf.py").read_text(encoding="utf-8") + BREAK_OFF)
    site.edit("catalog/alfa.yaml", "max_output: 65536", "max_output: 65537")
    broken = site.build_apart("html", out="kept", BREAK_OFF=event)
    assert (broken.code, broken.read) == (3, ("ab", "ac"))
    assert_as_fresh(site, again(site))


def test_what_one_builder_has_read_again_another_one_writes_again(site: Project) -> None:
    """They share what was read, as those of ``make html text`` do."""
    for text in ("65536", "65537"):
        site.edit("catalog/alfa.yaml", "max_output: 65536", f"max_output: {text}")
        here(site)
        shared = site.build("text", out="text", doctrees="kept-doctrees")
    assert shared.text("ab.txt") == site.build("text", out="fresh").text("ab.txt")


def test_what_was_read_again_and_not_asked_for_is_written_by_the_next_build(site: Project) -> None:
    site.edit("catalog/alfa.yaml", "max_output: 65536", "max_output: 65537")
    build = site.build("html", out="kept", only=("ab.rst",))
    assert (build.read, build.wrote) == (("ab", "ac"), ("ab",))
    build = again(site)
    assert (build.read, build.wrote) == ((), ("ac",))
    assert_as_fresh(site, build)


def test_without_a_trace_of_what_was_written_all_that_compares_is_written_again(site: Project) -> None:
    """Nobody knows what stands there."""
    for record in (site.root / "kept-doctrees" / "modelcmp" / "outputs").iterdir():
        cut(record)
    build = again(site)
    assert (build.read, build.wrote) == ((), COMPARING)
    assert again(site).wrote == ()


def test_a_builder_that_writes_all_it_has_each_time_is_not_told_to(site: Project) -> None:
    for _ in range(2):
        build = site.build("singlehtml", out="single", doctrees="kept-doctrees")
    assert "pickling environment" not in build.stdout


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def fill_with_garbage(path: Path) -> None:
    path.write_bytes(os.urandom(path.stat().st_size))


def put_folder(path: Path) -> None:
    path.unlink()
    (path / "inner").mkdir(parents=True)


def keep_as_another_version(path: Path) -> None:
    written = json.dumps(Store(path.parent).get(path.stem)).replace("Bravo 2", "Bravo of another version")
    with patch("sphinx_modelcmp.catalog.cache.package_fingerprint", lambda: "another"):
        Store(path.parent).put(path.stem, json.loads(written) | {"problems": []})


def for_all(damage: Callable[[Path], object]) -> Callable[[Path], None]:
    def run(folder: Path) -> None:
        for path in list(folder.iterdir()):
            damage(path)

    return run


def put_file(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("Not a folder.\n", encoding="utf-8")


def lock(folder: Path) -> None:
    for_all(lambda path: path.chmod(0o444))(folder)
    folder.chmod(0o555)
    if os.access(folder, os.W_OK):
        pytest.skip("who runs this may write everywhere")


@pytest.mark.parametrize(
    "damage",
    [
        *map(for_all, (cut, keep_as_another_version)),
        lock,
        shutil.rmtree,
        *full(*map(for_all, (fill_with_garbage, put_folder)), put_file),
    ],
    ids=["cut", "version", "locked", "removed", "garbage", "folders", "file"],
)
def test_whatever_becomes_of_what_is_kept_the_site_is_as_fresh(damage: Callable[[Path], object], site: Project) -> None:
    folder = site.root / "kept-doctrees" / "modelcmp" / "catalog"
    assert len(list(folder.iterdir())) == len(PAGES) + 2  # a file each, and one of all
    try:
        damage(folder)
        site.edit("catalog/alfa.yaml", "max_output: 65536", "max_output: 65537")
        build = again(site)
    finally:
        if folder.is_dir():
            folder.chmod(0o755)
    assert build.read == ("ab", "ac")
    assert_as_fresh(site, build)
