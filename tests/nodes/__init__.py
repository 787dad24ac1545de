"""Blocks to docutils nodes."""
