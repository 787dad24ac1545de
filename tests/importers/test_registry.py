"""Importers of other packages, found by their entry points."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_modelcmp.importers import litellm
from sphinx_modelcmp.importers.installed import GROUP, NoImporterError, find_importer, importers, package_of
from tests.cli.running import run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MODULE = r"""
from dataclasses import replace
from decimal import Decimal

from sphinx_modelcmp.importers.importer import Foreign, Importer, Listing

IMPORTER = Importer(
    name="acme", read=lambda path, asked, loss: Foreign(listings=[]), title="Acme"
)
NOT_ONE = "text"
UNTITLED = replace(IMPORTER, name="acme-untitled", title=None)
KIND = replace(IMPORTER, name="acme-kind", kind="boss")
UNREAD = replace(IMPORTER, name="acme-unread", read=None)


def answer(what):
    # A reader that gives something, or raises it.
    def read(path, asked, loss):
        if isinstance(what, BaseException):
            raise what
        if callable(what):
            return what(loss)
        return what

    return read


def spoilt(loss):
    loss.entries = None
    return Foreign(listings=[])


ONE = Listing(model="a-1", provider="p", facts={"name": "A"})
ANSWERS = {
    "a-dict": {"models": {}},
    "nothing": None,
    "a-dict-of-listings": Foreign(listings={"a": 1}),
    "a-text-as-listing": Foreign(listings=["a"]),
    "a-number-as-provider": Foreign(listings=[replace(ONE, provider=5)]),
    "no-name-of-a-model": Foreign(listings=[replace(ONE, model="")]),
    "a-float": Foreign(listings=[replace(ONE, prices=[{"input": 0.1}])]),
    "none-as-fact": Foreign(listings=[replace(ONE, facts={"context_window": None})]),
    "a-list-as-name": Foreign(listings=[replace(ONE, facts={"name": ["A"]})]),
    "half-a-character": Foreign(listings=[replace(ONE, note="\ud800")]),
    "a-result-without-score": Foreign(listings=[replace(ONE, results=[{"benchmark": "b"}])]),
    "a-text-as-table": Foreign(listings=[ONE], providers="p"),
    "a-text-as-entry": Foreign(listings=[ONE], providers={"p": "P"}),
    "a-sentence-as-model": Foreign(listings=[replace(ONE, model="Bad Id!")]),
    "a-sentence-as-provider": Foreign(listings=[replace(ONE, provider="Our House")]),
    "no-number-as-price": Foreign(listings=[replace(ONE, prices=[{"input": Decimal("NaN")}])]),
    "two-lines-as-comment": Foreign(listings=[replace(ONE, remark="one\ntwo")]),
    "no-number-of-entries": spoilt,
    "a-key-error": KeyError("x"),
    "an-end": SystemExit(0),
    "a-long-story": ValueError("one\ntwo " + "x" * 1000),
    "a-set-of-conditions": Foreign(
        listings=[replace(ONE, prices=[{"input": 1, "when": "always"}])], providers={"p": {"name": "P"}}
    ),
}
globals().update({
    name.replace("-", "_"): Importer(name=name, read=answer(what), title=name) for name, what in ANSWERS.items()
})
"""
ENTRY_POINTS = f"""
[{GROUP}]
acme = acme_models_of_a_test:IMPORTER
acme-text = acme_models_of_a_test:NOT_ONE
acme-gone = acme_models_of_a_test:GONE
acme-absent = acme_models_that_are_absent:IMPORTER
acme-other = acme_models_of_a_test:IMPORTER
acme-untitled = acme_models_of_a_test:UNTITLED
acme-kind = acme_models_of_a_test:KIND
acme-unread = acme_models_of_a_test:UNREAD
acme-quits = acme_models_that_quit:IMPORTER
litellm = acme_models_of_a_test:IMPORTER
twice = acme_models_of_a_test:IMPORTER
"""
WRONG = {
    "a-dict": "a Foreign is expected, not a dict",
    "nothing": "a Foreign is expected, not nothing",
    "a-dict-of-listings": "`listings` is a list, not a dict",
    "a-text-as-listing": "`listings[0]` is a Listing, not a str",
    "a-number-as-provider": "`listings[0].provider` is a text, not an int",
    "no-name-of-a-model": "`listings[0].model` is empty",
    "a-float": "`listings[0].prices[0].input` cannot be a float",
    "none-as-fact": "`listings[0].facts.context_window` cannot be nothing",
    "a-list-as-name": "`listings[0].facts.name` is a text, not a list",
    "half-a-character": "`listings[0].note` holds half a character",
    "a-result-without-score": "`listings[0].results` need `benchmark` and `score`",
    "a-text-as-table": "`providers` is a mapping, not a str",
    "a-text-as-entry": "`providers.p` is a mapping, not a str",
    "a-sentence-as-model": "`listings[0]`: “Bad Id!” cannot be an id",
    "a-sentence-as-provider": "`listings[0]`: “Our House” cannot be an id",
    "no-number-as-price": "`listings[0].prices[0].input` is a number, not NaN",
    "two-lines-as-comment": "`listings[0].remark` is a comment: it has one line",
    "no-number-of-entries": "`loss.entries` is a number, not “None”",
    "a-key-error": "failed on",
    "an-end": "failed on",
    "a-long-story": "ValueError: one two xxx",
    "a-set-of-conditions": "expected a mapping",
}
ENTRY_POINTS += "".join(f"{name} = acme_models_of_a_test:{name.replace('-', '_')}\n" for name in WRONG)


@pytest.fixture
def acme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A package that adds importers, as if it were installed."""
    (tmp_path / "acme_models_of_a_test.py").write_text(MODULE, "utf-8")
    (tmp_path / "acme_models_that_quit.py").write_text("raise SystemExit(3)", "utf-8")
    twice = f"[{GROUP}]\ntwice = acme_models_of_a_test:IMPORTER\n"
    for name, entries in (("acme", ENTRY_POINTS), ("zeta", twice)):
        about = tmp_path / f"{name}_models-1.0.dist-info"
        about.mkdir()
        (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}-models\nVersion: 1.0\n", "utf-8")
        (about / "entry_points.txt").write_text(entries, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    importers.cache_clear()
    yield
    importers.cache_clear()


@pytest.mark.usefixtures("acme")
def test_an_importer_of_another_package_is_found_beside_ours() -> None:
    assert find_importer("acme").title == "Acme"
    assert find_importer("litellm") is litellm.IMPORTER
    assert list(importers()) == sorted(importers())


@pytest.mark.usefixtures("acme")
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("acme-text", "“acme-text” of the package acme-models is no Importer but a str"),
        ("acme-other", "calls itself “acme”"),
        ("acme-untitled", "has a title or an address that is no text"),
        ("acme-kind", "has a kind that no source has: boss"),
        ("acme-unread", "has nothing that reads"),
        ("acme-quits", "cannot be loaded from acme_models_that_quit:IMPORTER: SystemExit: 3"),
        ("twice", "several packages have an importer “twice”: acme-models, zeta-models; keep one of them"),
        ("acme-gone", "cannot be loaded from acme_models_of_a_test:GONE"),
        ("acme-absent", "No module named 'acme_models_that_are_absent'"),
        ("litelm", "did you mean litellm?"),
    ],
)
def test_what_is_no_importer_is_told(name: str, told: str) -> None:
    with pytest.raises(NoImporterError) as error:
        find_importer(name)
    assert told in str(error.value)


def test_each_of_ours_has_the_name_that_it_is_registered_under() -> None:
    ours = [name for name, entries in importers().items() if package_of(entries[0]) == "sphinx-modelcmp"]
    assert len(ours) == 6
    assert [find_importer(name).name for name in ours] == ours


@pytest.mark.usefixtures("acme")
@pytest.mark.parametrize("name", WRONG)
@pytest.mark.parametrize("call", ["import", "diff"])
def test_a_reader_that_gives_nonsense_or_fails_is_told_in_a_sentence(tmp_path: Path, name: str, call: str) -> None:
    (tmp_path / "file.json").write_text("{}")
    (tmp_path / "ours.yaml").write_text("models: {a-1: {name: A}}\n")
    if call == "import":
        found = run("import", name, tmp_path / "file.json", "-o", tmp_path / "data", "--snapshot", "2026-05-01")
    else:
        found = run("diff", tmp_path / "ours.yaml", f"{name}:{tmp_path / 'file.json'}")
    if name == "a-set-of-conditions":  # what is only wrong in a catalog is a finding of its checks
        assert found.exit_code == 0
        assert call == "diff" or WRONG[name] in found.output
        return
    assert found.exit_code == 1
    assert f"the importer “{name}” of the package acme-models" in found.output
    assert WRONG[name] in found.output
    assert len(found.output) < 600
    assert not (tmp_path / "data").exists()


@pytest.mark.usefixtures("acme")
def test_a_package_does_not_take_the_name_of_an_importer_that_is_built_in(tmp_path: Path) -> None:
    (tmp_path / "file.json").write_text('{"openai/x-1": {"litellm_provider": "openai"}}')
    found = run("import", "litellm", tmp_path / "file.json", "-o", tmp_path / "data", "--snapshot", "2026-05-01")
    assert "The package acme-models has an importer “litellm”, too; the one that is built in is used." in found.output
    assert "LiteLLM" in (tmp_path / "data" / "catalog.yaml").read_text()
