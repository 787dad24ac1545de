"""Meaning of the facts: rows, winners, costs, comparable results, claims and digests. No words for display."""
