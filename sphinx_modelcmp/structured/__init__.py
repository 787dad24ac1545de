"""What a page gives to machines: the record of a comparison, linked data, a description. No words of its own.

Nothing is imported here, as in ``sections``.
"""
