"""The classes of our nodes that other layers look for. Of two of them an attribute has the name, too."""

TABLE = "modelcmp-table"
RELATED = "modelcmp-related"
"""The paragraph that stands in for links to other pages; its attribute holds the ids of the models."""
COMPARISON = "modelcmp-comparison"
"""A text that becomes a link where the documentation compares the models of its attribute."""
