"""The gallery of the documentation: how comparisons look in every theme, at every width, light and dark."""
