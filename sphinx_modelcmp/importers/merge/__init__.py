"""Merges imported records into a catalog: what comes of it is decided first, as data, and written afterwards."""
