"""What the facts mean: rows, winners, costs, comparable results, claims and digests. No words for display."""
