"""YAML as authors write it: read strictly, with places; written; and edited with all else left as it was."""
