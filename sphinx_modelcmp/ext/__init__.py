"""The wiring into Sphinx: directives, configuration, what is re-read, and what only HTML gets."""
