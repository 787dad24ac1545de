"""The sections of a page as blocks: one module a section; ``registry`` puts them together.

Nothing is imported here: a build that reads no page needs the names of the blocks and no more.
"""
