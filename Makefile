# Everything goes through a virtual environment in .venv, made on first use: `make docs` needs Python 3.11+ only.
#
#   PYTHON   the interpreter to make it with, e.g. PYTHON=python3.13; another version makes it anew
#   SPHINX   the versions to install: 7.4, 8.0, 8.1, 8.2, "lowest" (of all that pyproject.toml promises), or "newest"
#            (whatever was released today); without it those of constraints.txt
#   BENCH    options of the benchmark in place of --write, e.g. BENCH='--quick' (see tests/bench/__main__.py)

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# Two targets may both want to install into .venv; and pytest's closing line has to come last.
.NOTPARALLEL:

PYTHON ?= python3
# Pinned, so that a release of somebody else's library changes nothing here.
pinned := $(if $(SPHINX),$(wildcard constraints/$(SPHINX).txt constraints/sphinx-$(SPHINX).txt),constraints.txt)
ifeq ($(pinned)$(filter newest,$(SPHINX)),)
$(error SPHINX=$(SPHINX): there are $(patsubst constraints/%.txt,%,$(subst sphinx-,,$(wildcard constraints/*.txt))) and newest)
endif

venv := .venv
bin := $(venv)/bin
html := docs/_build/html
template := sphinx_modelcmp/locale/sphinx_modelcmp.pot

# --fresh-env, for pages that were read before are not warned about again: without it a failed build passes
# the second time.
sphinx-build := $(bin)/sphinx-build -n -W --keep-going --fresh-env -j auto -b html docs $(html)

define where-to-look
@printf '%s\n' '' 'Where to look:' \
    '  $(html)/index.html                    the documentation' \
    '  $(html)/codex-1-vs-qwen3.5-4b.html    the flagship comparison' ''
endef

.PHONY: help docs check size test test-all bench gallery messages constraints system-packages clean FORCE

help:  ## Say what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-16s %s\n", $$1, $$2 }' Makefile

docs: $(venv)/.installed-docs  ## Build the documentation
	$(sphinx-build)
	$(where-to-look)

# Imports are the same whatever is installed, and the linter that knows circles does not go with the lowest rich.
check: $(venv)/.installed-test  ## Lint, format and type checks, import contracts, documentation without warnings
	$(bin)/ruff check .
	$(bin)/ruff format --check .
	$(bin)/mypy
	$(if $(SPHINX),,$(bin)/lint-imports)
	$(bin)/sphinx-modelcmp schema --check
	$(bin)/python .ci/size
	$(sphinx-build)
	$(where-to-look)

size: $(venv)/.installed-test  ## Count what the package has, and hold it against size.toml
	@$(bin)/python .ci/size

# A file stays in one process: its tests share the sites that they build; and the files in the order of
# tests/conftest.py, the longest early.
pytest := $(bin)/pytest -n auto --dist loadfile --no-loadscope-reorder

# pytest stays the last thing to run, so that its closing line is the last one printed.
test: $(venv)/.installed-test check  ## All checks, then the tests that protect a change
	$(pytest) -m 'not full'

# The layers that know no Sphinx, then what looks at everything: their coverage together. A build in a process of its own
# is not counted.
pure := $(addprefix tests/,catalog compare query plan sections structured importers cli nodes)
coverage := --cov --cov-branch

test-all: $(venv)/.installed-test system-packages  ## What `make test` leaves out: every theme, TeX, whole oracles, coverage
	$(pytest) -q -m 'not full' $(coverage) --cov-report= $(pure)
	$(pytest) -m full $(coverage) --cov-append --cov-report=term --cov-fail-under=92

bench: $(venv)/.installed-bench  ## Measure what a page costs, and write that into the documentation (BENCH=--quick)
	$(bin)/python -m tests.bench $(or $(BENCH),--write)

gallery: $(venv)/.installed-test system-packages  ## Take the pictures of the documentation's gallery anew
	$(bin)/python -m tests.gallery

# A date, a line number or the version of Babel would change the files with every run, and a guess at a phrase that has
# changed a little would have to be found again: the translator is shown it as new.
messages: $(venv)/.installed-test  ## Write the phrases that translators are shown, and bring their catalogs up to date
	$(bin)/pybabel -q extract -o $(template) --no-default-keywords -k say -k mark -k count:1,2 -k mark_plural:1,2 \
	    --add-location=file --add-comments=Translators: --strip-comments --no-wrap \
	    --header-comment='# The phrases of the pages that sphinx-modelcmp writes. Written by "make messages".' \
	    sphinx_modelcmp/sections
	$(bin)/pybabel -q update -D sphinx_modelcmp -i $(template) -d sphinx_modelcmp/locale \
	    --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap
	sed -i -E '/^"(Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|Generated-By):/d' \
	    $(template) sphinx_modelcmp/locale/*/LC_MESSAGES/*.po

# uv, for one file that fits every version of Python: pip-compile writes one for the version that it runs on.
constraints: $(venv)/pyvenv.cfg  ## Pin the newest versions of everything, for each version of Sphinx
	$(bin)/python -m pip install --quiet --disable-pip-version-check --upgrade uv
	@.ci/constraints $(bin)/uv

system-packages:  ## Install the programs that the tests run: a browser, TeX, epubcheck, ...
	@.ci/system-packages

clean:  ## Remove all that the targets above make, the virtual environment too
	rm -rf $(venv) docs/_build dist .coverage .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamp of an extra. An editable install sees changes of the code by itself, those of the requirements not.
# Two variables, for newer versions of pip read the first one no longer for what builds a package.
$(venv)/.installed-%: $(venv)/pyvenv.cfg $(venv)/.pinned $(pinned) pyproject.toml
	$(if $(pinned),PIP_CONSTRAINT=$(pinned) PIP_BUILD_CONSTRAINT=$(pinned)) $(bin)/python -m pip install --quiet \
	    --disable-pip-version-check $(if $(pinned),,--upgrade --upgrade-strategy eager) --editable '.[$*]'
	@touch $@

# The two rules below run every time but touch their file only if it has to change, so that the stamps go stale
# just then.
$(venv)/.pinned: $(venv)/pyvenv.cfg FORCE
	@[ "$$(cat $@ 2>/dev/null)" = '$(or $(pinned),newest)' ] || echo '$(or $(pinned),newest)' >$@

version-of = -c 'import sys; print("%d.%d" % sys.version_info[:2])'

# --clear takes the stamps away with the old packages. A system's upgrade of Python lands here, too: it leaves
# .venv with an interpreter that is gone.
$(venv)/pyvenv.cfg: FORCE
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "Python 3.11 or newer is needed, and $(PYTHON) is not: give one as PYTHON=..." >&2; exit 1; }
	@wanted=$$($(PYTHON) $(version-of)); found=$$($(bin)/python $(version-of) 2>/dev/null || true); \
	if [ ! -f $@ ] || [ "$$found" != "$$wanted" ]; then \
	    echo "Making $(venv) with Python $$wanted"; \
	    $(PYTHON) -m venv --clear $(venv); \
	fi
