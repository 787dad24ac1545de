"""The command line, as ``python -m sphinx_modelcmp``."""

from sphinx_modelcmp.cli.main import main

main(prog_name="sphinx-modelcmp")
