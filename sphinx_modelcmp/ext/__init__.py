"""The wiring into Sphinx: directives, configuration, incremental builds, and what depends on the builder."""
