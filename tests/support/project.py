"""Sphinx projects in a folder of their own, built the way that their authors build them."""

from __future__ import annotations

import contextlib
import io
import os
import pickle
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sphinx
from sphinx import locale
from sphinx.cmd.build import build_main

from tests.support.watch import WATCHED

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.environment import BuildEnvironment

_WORDS = ("read ", "wrote ")
HERE = Path(__file__).parent
DATA = HERE.parent.parent / "data"
DOCS = HERE.parent.parent / "docs"
EXTENSIONS = ("sphinx_modelcmp", "myst_parser", "tests.support.watch")
STRICT = ("-n", "-W", "--keep-going")
DEFAULTS: dict[str, Any] = {
    "project": "Demo",
    "author": "Nobody",
    "copyright": "2026, Nobody",
    "version": "1.0",
    "release": "1.0",
    "html_theme": "alabaster",
    "html_last_updated_fmt": None,
    "show_warning_types": True,  # the default since Sphinx 8.0, as is the next one
    "linkcheck_report_timeouts_as_broken": False,
    "exclude_patterns": ["_*"],
    "myst_enable_extensions": ["colon_fence"],
    "modelcmp_catalog": "catalog.yaml",
}


@dataclass(frozen=True, slots=True)
class Build:
    """What came of one build."""

    code: int
    stdout: str
    stderr: str
    out: Path
    doctrees: Path
    read: tuple[str, ...] = ()
    """The pages that were read, sorted."""
    wrote: tuple[str, ...] = ()
    """The pages that were written, sorted."""

    @property
    def warnings(self) -> list[str]:
        """The lines of standard error that warn."""
        return [line for line in self.stderr.splitlines() if "WARNING: " in line or "ERROR: " in line]

    def text(self, name: str) -> str:
        """A file of the output."""
        return (self.out / name).read_text(encoding="utf-8")

    def env(self) -> BuildEnvironment:
        """The environment as it was kept."""
        with (self.doctrees / "environment.pickle").open("rb") as stream:
            return pickle.load(stream)  # type: ignore[no-any-return]

    def doctree(self, docname: str) -> nodes.document:
        """A page as it was kept."""
        return read_doctree(self.doctrees / f"{docname}.doctree")


def read_doctree(path: Path) -> nodes.document:
    """A pickled doctree."""
    with path.open("rb") as stream:
        return pickle.load(stream)  # type: ignore[no-any-return]


class Project:
    """A Sphinx project below ``root``: sources in ``src``, outputs beside it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.src = root / "src"
        self.src.mkdir(parents=True, exist_ok=True)
        self.values: dict[str, Any] = {}
        self.configure()

    def configure(self, *extensions: str, **values: Any) -> Project:
        """Write ``conf.py``: these values, on top of those of earlier calls; these extensions beside the usual ones."""
        self.values |= values
        if extensions:
            self.values["extensions"] = [*EXTENSIONS, *extensions]
        held = {"extensions": list(EXTENSIONS)} | DEFAULTS | self.values
        self.write("conf.py", "".join(f"{name} = {value!r}\n" for name, value in held.items()))
        return self

    def write(self, name: str, text: str) -> Path:
        """Write a source file. Sphinx tells changed pages by their time: it always moves on."""
        path = self.src / name
        before = path.stat().st_mtime if path.exists() else 0.0
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        if before:
            later = max(time.time(), before + 2)
            os.utime(path, (later, later))
        return path

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a text that is there exactly once."""
        text = (self.src / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))

    def copy(self, folder: str) -> Project:
        """Take over the sources of a folder beside this module."""
        shutil.copytree(HERE / folder, self.src, dirs_exist_ok=True)
        return self

    def build(
        self, builder: str = "html", *options: str, out: str = "", doctrees: str = "", only: tuple[str, ...] = ()
    ) -> Build:
        """Run ``sphinx-build`` in this process, to write all or only some source files."""
        arguments, build = self._arguments(builder, options, out, doctrees)
        arguments += [str(self.src / name) for name in only]
        stdout, stderr = io.StringIO(), io.StringIO()
        # Sphinx adds the words of a build's language to those of the build before it in a process.
        locale.translators.clear()
        with contextlib.redirect_stdout(stdout), contextlib.redirect_stderr(stderr):
            code = build_main(arguments)
        return self._result(code, stdout.getvalue(), stderr.getvalue(), *build)

    def build_apart(
        self, builder: str = "html", *options: str, out: str = "", doctrees: str = "", **environment: str
    ) -> Build:
        """Run ``sphinx-build`` in a process of its own, for two minutes at most; an empty variable is not set."""
        arguments, build = self._arguments(builder, options, out, doctrees)
        done = subprocess.run(
            [sys.executable, "-m", "sphinx", *arguments],
            env={name: value for name, value in (os.environ | environment).items() if value},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return self._result(done.returncode, done.stdout, done.stderr, *build)

    def _arguments(
        self, builder: str, options: tuple[str, ...], out: str, doctrees: str
    ) -> tuple[list[str], tuple[Path, Path]]:
        target = self.root / (out or builder)
        trees = self.root / (doctrees or f"{out or builder}-doctrees")
        arguments = ["--no-color", *options, "-b", builder, "-d", str(trees), str(self.src), str(target)]
        (trees / WATCHED).unlink(missing_ok=True)
        return arguments, (target, trees)

    def _result(self, code: int, stdout: str, stderr: str, out: Path, doctrees: Path) -> Build:
        watched = doctrees / WATCHED
        lines = watched.read_text(encoding="utf-8").splitlines() if watched.exists() else []
        read, wrote = ({line.removeprefix(word) for line in lines if line.startswith(word)} for word in _WORDS)
        if sphinx.version_info < (8, 2) and "index" not in read:
            # Every build that writes a page writes the root page, too.
            wrote -= {"index"}
        return Build(code, stdout, stderr, out, doctrees, tuple(sorted(read)), tuple(sorted(wrote)))
