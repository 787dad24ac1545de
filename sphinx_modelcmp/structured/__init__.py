"""Machine-readable content of a page: the record of a comparison, linked data, a description. No words of its own.

Nothing is imported here, as in ``sections``.
"""
