"""What the facts mean: rows, winners, costs, comparable results, claims and digests. No words for display."""

from sphinx_modelcmp.compare.comparison import Answer, Comparison, compare
from sphinx_modelcmp.compare.request import Request, Settings

__all__ = ["Answer", "Comparison", "Request", "Settings", "compare"]
