"""The wiring into Sphinx: what authors write, what is warned about, what is read again."""
