"""``show``: what a page says, in the lines of a terminal or of a file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text as Line

from sphinx_modelcmp.catalog.load import load_catalog
from sphinx_modelcmp.cli.show import command
from sphinx_modelcmp.cli.terminal import Terminal, clean, parts, wrapped
from sphinx_modelcmp.compare.claims import coverage
from sphinx_modelcmp.compare.comparison import Request, Settings, compare
from sphinx_modelcmp.sections.blocks import Table, TableRow, cell
from sphinx_modelcmp.sections.labels import signs_of
from sphinx_modelcmp.sections.language import language_of
from sphinx_modelcmp.sections.registry import statements, write
from tests.compare.making import DATA, RICH
from tests.support.hostile import ACTING, acting_in

if TYPE_CHECKING:
    from pathlib import Path


PAIR = ("codex-1", "qwen3.5-4b")
SIX = ("gpt-5.4", "claude-opus-4-6", "gemini-3.1-pro-preview", "deepseek-v4-pro", "grok-4.3", "glm-5.1")
COMPARING = (
    "This page sets",
    "these models",
    "No other model",
    "not comparable",
    "Shared benchmarks",
    "under the same conditions",
    "A difference can be given",
    "in common",
    "against",
    "Choose ",
)
"""What can only be said of several models."""

ODD = """
catalog: {schema: 1, as_of: 2026-06-15, currency: USD}
sources: {s: {title: "[bold]List[/bold]", url: "https://example.org/list", kind: vendor, checked: 2026-06-01}}
source: s
models:
  a:
    name: "[red]A[/red]"
    note: "Look here, &amp; [there](https://example.org/there)"
    context_window: 1000
  b: {name: "B\\n:smile:", context_window: 2000}
"""


def shown(*arguments: str, catalog: object = DATA) -> Result:
    return CliRunner().invoke(command, [*arguments, "-c", str(catalog)])


def text_of(*arguments: str, catalog: object = DATA) -> str:
    result = shown(*arguments, catalog=catalog)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def joined(text: str) -> str:
    """Lines put together again."""
    return " ".join(text.split())


def test_says_what_the_page_says() -> None:
    answer = compare(load_catalog([DATA]).catalog, Request(models=PAIR), Settings())
    assert answer.comparison
    text = joined(text_of(*PAIR))
    said = [joined(found.text) for found in statements(answer.comparison, "en")]
    assert len(said) > 20
    assert [sentence for sentence in said if sentence not in text] == []
    rows = [
        row
        for section in write(answer.comparison, "en")
        for block in section.blocks
        if isinstance(block, Table)
        for row in block.rows
    ]
    lost = {word for row in rows for held in (row.head, *row.cells) for word in held.text.split()} - {
        word.replace("*", "") for word in text.split()
    }
    assert lost == set()


@pytest.mark.parametrize("width", [30, 60, 80, 120])
def test_keeps_to_its_width_in_a_file(width: int) -> None:
    lines = text_of(*SIX, "--width", str(width), "--all-routes").splitlines()
    # A word that is longer than a line stays whole.
    assert [line for line in lines if cell_len(line) > width and " " in line.strip()] == []
    assert [line for line in lines if line != line.rstrip() or "\x1b" in line] == []
    assert max(map(len, lines)) > width * 0.8


def test_a_file_is_80_characters_wide_whatever_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    assert text_of(*PAIR) == text_of(*PAIR, "--width", "80") != text_of(*PAIR, "--width", "40")


def test_one_model_is_set_against_nothing() -> None:
    catalog = load_catalog([DATA]).catalog
    for name, model in catalog.models.items():
        answer = compare(catalog, Request(models=(name,), traffic="support-bot"), Settings(), alone=True)
        assert answer.comparison
        assert answer.problems == ()
        sections = write(answer.comparison, "en")
        assert not {section.name for section in sections} & {"tradeoffs", "switching", "faq", "related"}
        text = joined(
            "\n".join(line.plain for line in Terminal(Console(), sections, language_of("en")).page(model.name, 80))
        )
        assert [phrase for phrase in COMPARING if phrase in text] == []
        assert f"the catalog states {coverage(answer.comparison)[0].known} for {model.name}." in text


def test_one_model_has_its_facts_and_scores() -> None:
    text = joined(text_of("alpha", catalog=RICH))
    assert "API model, Acme Labs, 11B parameters, released Jan 11, 2026" in text
    assert "Benchmark results of Alpha One" in text
    assert "61.1% (self-reported)" in text
    assert "! Alpha One has been deprecated since Mar 13, 2026 and stops answering on Mar 13, 2027." in text


def test_one_model_without_results_says_so_of_itself(tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text(ODD, encoding="utf-8")
    text = joined(text_of("b", catalog=tmp_path))
    assert "The catalog holds no benchmark result of B :smile:." in text
    assert "No total: no route is known" in text


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["gpt-5.4", "qwen3.5-4bb"], 1, "no model “qwen3.5-4bb” in the catalog; did you mean qwen3.5-4b"),
        (["gpt-5.4", "GPT-5.4"], 1, "named twice"),
        ([*PAIR, "--sections", "summary scorecrd"], 2, "no section “scorecrd”; did you mean scorecard?"),
        ([*PAIR, "--exclude", "related"], 2, "no section “related”; there are summary, tradeoffs"),
        ([*PAIR, "--fields", "contxt_window"], 2, "no row “contxt_window”; did you mean context_window?"),
        ([*PAIR, "--benchmarks", "gpqa-diamnd"], 2, "'--benchmarks'"),
        ([*PAIR, "--traffic", "suport-bot"], 2, "did you mean support-bot?"),
        (["gpt-5.4", "--sections", "switching"], 2, "the section “switching” compares models; name two"),
        (["gpt-5.4", "--only-differences"], 2, "one model alone differs from nothing"),
        ([*PAIR, "--language", "tlh"], 2, "'tlh'"),
    ],
)
def test_what_is_wrong_is_said(arguments: list[str], status: int, message: str) -> None:
    result = shown(*arguments)
    assert (result.exit_code, result.stdout) == (status, "")
    assert message in joined(result.stderr)


def test_options_are_those_of_the_directive() -> None:
    text = text_of(*PAIR, "--sections", "specs,scorecard", "--fields", "context_window license")
    assert text.index("Specifications") < text.index("Decision scorecard")
    assert "Released" not in text
    left_out = joined(text_of(*PAIR, "--sections", "capabilities", "--only-differences"))
    assert "rows without a known difference are left out" in left_out
    assert "7 requests a month" in joined(text_of(*PAIR, "--traffic", "requests=7 input=3 output=1"))
    german = text_of(*PAIR, "--language", "de")
    assert "Spezifikationen" in german
    assert signs_of(language_of("de")).key["modelcmp-best"] in joined(german)
    assert "Specifications" not in german


def test_text_of_a_catalog_is_only_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "c.yaml").write_text(ODD, encoding="utf-8")
    plain = text_of("a", "b", catalog=tmp_path)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    coloured = text_of("a", "b", catalog=tmp_path)
    linked = "\x1b]8;"
    assert linked in coloured
    assert "https://example.org/there" in plain
    assert "https://example.org/there" not in re.sub(r"\x1b\]8;[^\x1b]*\x1b\\", "", coloured)
    for text in (plain, re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\", "", coloured)):
        assert [name for name in ("[red]A[/red]", "B :smile:", "[bold]List[/bold]") if name not in text] == []
        assert "Look here, & there" in text
        assert acting_in(text) == set()


def test_a_line_does_nothing_to_a_terminal() -> None:
    assert clean("a\tb\n\u2028c") == "a b c"
    assert acting_in(clean(ACTING.replace("\u200f", ""))) == set()


def test_a_wide_table_is_split_between_models() -> None:
    names = [f"Model {letter}" for letter in "ABCDEF"]
    rows = tuple(TableRow(cell(head), tuple(cell(f"{head} of {name}") for name in names)) for head in ("One", "Two"))
    table = Table("Facts", (cell("Fact"), *(cell(name) for name in names)), rows, across=True)

    def columns(part: Table) -> list[list[str]]:
        lines = [part.header, *((row.head, *row.cells) for row in part.rows)]
        return [[line[i].text for line in lines] for i in range(len(part.header))]

    assert parts(table, 100, columns) == [table]
    found = parts(table, 18, columns)
    assert [part.caption for part in found] == ["Facts (1/3)", "Facts (2/3)", "Facts (3/3)"]
    assert [head.text for part in found for head in part.header[1:]] == names
    assert [columns(part)[2] for part in found] == [
        [f"{start}{name}" for start in ("", "One of ", "Two of ")] for name in names[1::2]
    ]
    assert all(columns(part)[0] == ["Fact", "One", "Two"] for part in found)
    assert parts(table, 12, columns) == []


def test_a_model_has_a_price_list_of_its_own() -> None:
    text = text_of("gpt-5.4", "claude-opus-4-6", "--sections", "pricing", "--width", "90")
    _, *lists = re.split("Price list of ", joined(text))
    first, second = ("".join(said for said in lists if said.startswith(name)) for name in ("GPT-5.4", "Claude"))
    # Only one of them has prices for writing to the cache.
    assert ("write" in first, "write" in second) == (False, True)


def test_lines_break_between_words() -> None:
    address = "https://example.org/" + "a" * 30
    assert [line.plain for line in wrapped(Line(f"see {address} there"), 20)] == ["see", address, "there"]
    assert [line.plain for line in wrapped(Line("日本語です。（例）"), 8)] == ["日本語で", "す。", "（例）"]
    assert [line.plain for line in wrapped(Line(""), 8)] == [""]
