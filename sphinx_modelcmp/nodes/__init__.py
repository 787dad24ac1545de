"""Blocks to stock docutils nodes. Nothing here knows Sphinx, a builder or what a model is.

Nothing is imported here: a build that reads no page needs the names of the nodes' classes and no more.
"""
