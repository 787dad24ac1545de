"""Whole processes, and what they cost. Nothing large is imported here: see ``sites``."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO

from tests.bench.figures import Sample
from tests.bench.phases import PHASES

ROOT = Path(__file__).parents[2]
KIBIBYTE = 1 if sys.platform == "darwin" else 1024
"""What ``ru_maxrss`` counts in."""
EDITS = "edits.json"
"""The file of a site that tells which facts can be edited, and how many pages show each."""
_UPDATING = re.compile(r"updating environment: .*?(\d+) added, (\d+) changed")


class BenchmarkError(Exception):
    """The benchmark cannot go on."""


def run(*arguments: str) -> tuple[Sample, str]:
    """Run Python on a module; what it cost, and what it wrote. It must neither fail nor warn."""
    with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
        begun = time.perf_counter()
        process = subprocess.Popen([sys.executable, "-m", *arguments], stdout=stdout, stderr=stderr, cwd=ROOT)
        # Not process.wait(), which tells nothing of what the process has used.
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        written, complaints = _text(stdout), _text(stderr)
    if process.returncode or complaints:
        message = f"{' '.join(arguments)} ended with {process.returncode}:\n{complaints[-2000:] or written[-2000:]}"
        raise BenchmarkError(message)
    return Sample(used.ru_utime + used.ru_stime, wall, used.ru_maxrss * KIBIBYTE), written


def _text(stream: IO[bytes]) -> str:
    stream.seek(0)
    return stream.read().decode()


def build(site: Path, *options: str, fresh: bool = False) -> Sample:
    """Build a variant's HTML, anew if ``fresh``.

    The details are ``reading``: seconds of processor time of the phase in which pages are read, and ``read``: pages.
    """
    out, trees = site / "out", site / "trees"
    if fresh:
        for folder in (out, trees):
            shutil.rmtree(folder, ignore_errors=True)
    sample, text = run("sphinx", "--no-color", "-b", "html", "-d", str(trees), *options, str(site / "src"), str(out))
    phases = json.loads((trees / PHASES).read_text(encoding="utf-8"))
    found = _UPDATING.search(text)
    if not found:
        message = f"Sphinx does not say how many pages it has read:\n{text[-500:]}"
        raise BenchmarkError(message)
    reading = phases["env-updated"] - phases["builder-inited"]
    return sample.with_details(reading=reading, read=sum(map(int, found.groups())))


def touch(site: Path, docname: str) -> Sample:
    """Build a variant after a page was touched. A detail more is ``expected``: pages that have to be read."""
    os.utime(site / "src" / f"{docname}.rst")
    return build(site).with_details(expected=1)


def edit(folder: Path, which: str) -> Sample:
    """Build our variant of a site after one fact has changed, to and fro. The details are those of ``touch``."""
    fact = json.loads((folder / EDITS).read_text(encoding="utf-8"))[which]
    values = (str(fact["value"]), str(fact["value"] + 1))
    for path in (folder / "ours" / "src" / "catalog").rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        if old := next((value for value in values if value in text), None):
            new = values[1 - values.index(old)]
            path.write_text(text.replace(old, new), encoding="utf-8")
    return build(folder / "ours").with_details(expected=fact["pages"])


def read_catalog(way: str, folder: Path) -> Sample:
    """Read a catalog. The details are ``importing`` and ``reading``, in seconds of processor time."""
    sample, text = run("tests.bench.loading", way, str(folder))
    return sample.with_details(**json.loads(text))
