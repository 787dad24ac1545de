"""What is known: records, the strict reader of YAML, and what is wrong with a file.

Nothing is imported here: a build that reads no page needs the words of this layer, and not its records.
"""
