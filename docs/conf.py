import sys
from pathlib import Path

from sphinx_modelcmp import __version__

sys.path.append(str(Path(__file__).parent / "_ext"))

project = "sphinx-modelcmp"
author = "The sphinx-modelcmp authors"
copyright = "2026, the sphinx-modelcmp authors"
version = release = __version__

extensions = ["myst_parser", "sphinx_click", "sphinx_design", "sphinx_modelcmp", "selfdoc"]
exclude_patterns = ["_build"]
nitpicky = True
# Without -d the doctrees lie in the output, and the EPUB builder wonders what they are.
suppress_warnings = ["epub.unknown_project_files"]

# Models of the real catalog, and two worked examples with facts of their own.
modelcmp_catalog = ["../data", "examples/support-matrix.yaml", "examples/model-hub.yaml"]

myst_enable_extensions = ["attrs_inline", "colon_fence", "deflist"]
myst_heading_anchors = 3

html_theme = "furo"
# On all pages, for the reference tables are made like those of a comparison.
html_css_files = ["modelcmp.css"]
epub_css_files = ["modelcmp-book.css"]
html_title = f"sphinx-modelcmp {__version__}"
