"""The digest moves when, and only when, what a page shows moves."""

from __future__ import annotations

import copy
import random
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_modelcmp.compare.comparison import Request, Settings
from sphinx_modelcmp.compare.digest import digest
from sphinx_modelcmp.sections.registry import write
from tests.compare.making import RICH, Tree, catalog_of, compared, loaded, tree_of

if TYPE_CHECKING:
    from collections.abc import Callable


PAIR = ("alpha", "beta")
REQUEST = Request(models=PAIR)


def digest_of(tree: Tree, request: Request = REQUEST, settings: Settings | None = None) -> str:
    return digest(loaded(tree).catalog, request, settings or Settings())


def edited(edit: Callable[[Tree], Any]) -> Tree:
    tree = copy.deepcopy(tree_of(RICH))
    edit(tree)
    return tree


RESULT = {"benchmark": "quiz", "score": "1"}
SAME: list[Callable[[Tree], Any]] = [
    lambda t: t["models"]["gamma"].update(name="Other", released="2020", results=[RESULT]),
    lambda t: t["models"].update(delta={"name": "Delta"}),
    lambda t: t["models"].pop("gamma"),
    lambda t: t["sources"]["gamma-card"].update(title="Other", checked="2020-01-01"),
    lambda t: t["sources"].update(more={"title": "More"}),
    lambda t: t["licenses"]["research"].update(name="Other"),
    lambda t: t["organizations"]["core"].update(name="Other"),
    lambda t: t["benchmarks"].update(more={"name": "More", "scale": "points"}),
    lambda t: t["traffic"].update(more={"label": "More", "requests": "1", "input": "1", "output": "1"}),
    lambda t: t["catalog"].update(title="Other"),
]
OTHER: list[Callable[[Tree], Any]] = [
    lambda t: t["models"]["alpha"].update(name="Other"),
    lambda t: t["models"]["alpha"].update(context_window="1"),
    lambda t: t["models"]["alpha"].pop("released"),
    lambda t: t["models"]["alpha"]["capabilities"].update(vision="partial"),
    lambda t: t["models"]["alpha"].update(min_gpu="1"),
    lambda t: t["models"]["alpha"]["routes"][0]["prices"][0].update(input="0.12"),
    lambda t: t["models"]["alpha"]["results"][0].update(score="1"),
    lambda t: t["models"]["alpha"]["lifecycle"].update(status="active"),
    lambda t: t["models"]["beta"].update(name="Other"),
    lambda t: t["sources"]["alpha-card"].update(title="Other"),
    lambda t: t["sources"]["alpha-card"].update(checked="2020-01-01"),
    lambda t: t["organizations"]["acme"].update(name="Other"),
    lambda t: t["organizations"]["acme"].update(lang="de"),
    lambda t: t["models"]["alpha"].update(lang="de"),
    lambda t: t["providers"]["north"].update(name="Other"),
    lambda t: t["licenses"]["mit"].update(osi_approved="false"),
    lambda t: t["benchmarks"]["quiz"].update(better="lower"),
    lambda t: t["fields"]["min_gpu"].update(unit="GiB"),
    lambda t: t["fields"]["kv_int8"].update(label="Other"),
    lambda t: t["traffic"]["desk"].update(requests="1"),
    lambda t: t["catalog"].update(as_of="2026-06-16"),
    lambda t: t["catalog"].update(currency="EUR"),
]


@pytest.mark.parametrize("edit", SAME)
def test_what_a_page_does_not_show_moves_nothing(edit: Callable[[Tree], Any]) -> None:
    assert digest_of(edited(edit)) == digest_of(tree_of(RICH))


@pytest.mark.parametrize("edit", OTHER)
def test_what_a_page_shows_moves_the_digest(edit: Callable[[Tree], Any]) -> None:
    assert digest_of(edited(edit)) != digest_of(tree_of(RICH))


def test_the_name_of_a_successor_is_shown() -> None:
    request = Request(models=("alpha", "gamma"))
    changed = edited(lambda t: t["models"]["beta"].update(name="Beta Deux"))
    assert digest_of(changed, request) != digest_of(tree_of(RICH), request)
    changed = edited(lambda t: t["models"]["beta"].update(lang="fr"))
    assert digest_of(changed, request) != digest_of(tree_of(RICH), request)
    changed = edited(lambda t: t["models"]["beta"].update(released="2020"))
    assert digest_of(changed, request) == digest_of(tree_of(RICH), request)


REQUESTS = [
    Request(models=("beta", "alpha")),
    Request(models=PAIR, sections=("specs",)),
    Request(models=PAIR, exclude=("specs",)),
    Request(models=PAIR, benchmarks=("quiz",)),
    Request(models=PAIR, fields=("released",)),
    Request(models=PAIR, traffic="requests=1 input=1 output=1"),
    Request(models=PAIR, only_differences=True),
    Request(models=PAIR, unknown_rows=True),
    Request(models=PAIR, transpose=True),
    Request(models=(*PAIR, "gamma")),
    Request(models=(*PAIR, "nobody")),
]


def test_every_request_has_its_own() -> None:
    found = [digest_of(tree_of(RICH), request) for request in (REQUEST, *REQUESTS)]
    assert len(set(found)) == len(found)
    assert digest_of(tree_of(RICH), settings=Settings(stale_after=30)) != found[0]
    assert digest_of(tree_of(RICH), settings=Settings(unknown_rows=True)) == digest_of(tree_of(RICH), REQUESTS[7])
    assert digest_of(tree_of(RICH), Request(models=("acme/alpha", "Beta"))) == found[0]


def shuffled(value: Any, dice: random.Random) -> Any:
    """The same tree, its keys in another order, but for those of ``fields``, whose order is that of the rows."""
    if isinstance(value, dict):
        keys = dice.sample(list(value), len(value))
        return {key: value[key] if key == "fields" else shuffled(value[key], dice) for key in keys}
    return [shuffled(item, dice) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_keys_moves_neither_digest_nor_page(seed: int) -> None:
    other = shuffled(tree_of(RICH), random.Random(seed))
    assert digest_of(other) == digest_of(tree_of(RICH))
    assert write(compared(catalog_of(other), *PAIR), "en") == write(compared(catalog_of(tree_of(RICH)), *PAIR), "en")


def test_the_order_of_the_house_rows_is_shown() -> None:
    flag = {"label": "More", "group": "capabilities", "type": "flag"}
    tree = edited(lambda t: (t["fields"].update(more=flag), t["models"]["beta"]["capabilities"].update(more="true")))
    for pair in (("kv_int8", "more"), ("min_gpu", "audited")):
        turned = {**tree, "fields": {name: tree["fields"][name] for name in reversed(pair)} | tree["fields"]}
        assert digest_of(turned) != digest_of(tree)


def test_the_label_of_a_built_in_row_is_shown_where_no_model_has_it() -> None:
    def labelled(label: str) -> Tree:
        return {"fields": {"architecture": {"label": label, "group": "specs", "type": "text"}}, "models": models}

    models = {name: {"name": name} for name in PAIR}
    assert digest_of(labelled("Build")) != digest_of(labelled("Design"))


def test_a_page_rests_on_what_it_says_that_nobody_states() -> None:
    silent = {"models": {name: {"name": name} for name in PAIR}}
    stated = {"models": {**silent["models"], "alpha": {"name": "alpha", "architecture": "dense"}}}
    pages = [write(compared(catalog_of(tree), *PAIR, sections=("specs",)), "en") for tree in (silent, stated)]
    assert pages[0] != pages[1]
    assert digest_of(silent) != digest_of(stated)


def test_comments_and_forms_move_nothing() -> None:
    text = RICH.read_text(encoding="utf-8")
    commented = "".join(f"{line}  # said\n" if line.endswith("}") else f"{line}\n" for line in text.splitlines())
    assert commented != text
    assert digest(loaded(commented).catalog, REQUEST, Settings()) == digest(loaded(text).catalog, REQUEST, Settings())


def test_a_page_without_an_answer_has_one_too() -> None:
    request = Request(models=("alpha", "betta"))
    assert digest_of(tree_of(RICH), request) == digest_of(edited(SAME[0]), request)
    healed = edited(lambda t: t["models"].update(betta={"name": "B"}))
    assert digest_of(healed, request) != digest_of(tree_of(RICH), request)
