"""Queries: conditions on the models of a catalog, exact and three-valued.

``compile_query(text, facts)`` in ``language`` gives a ``Query``, or the ``Problem`` of its text. ``answer`` in
``answers`` gives the models that match for certain, and those of which the catalog cannot say it, each with the facts
that are lacking. ``find_term`` in ``language`` finds what a name stands for, also for the column of a table.
"""
