"""The benchmark: the same pages made in five ways. ``python -m tests.bench --help`` says how to run it."""
