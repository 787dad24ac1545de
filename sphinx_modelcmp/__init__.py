"""Comparison pages of language models in Sphinx, written from a sourced YAML catalog."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = "0.1.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension. Imported late, so that the catalog and the claims can be used without Sphinx."""
    from sphinx_modelcmp.ext.register import env_version, register  # noqa: PLC0415 - see above

    register(app)
    return {
        "version": __version__,
        "env_version": env_version(),
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
