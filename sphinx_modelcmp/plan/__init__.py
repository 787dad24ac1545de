"""What is worth saying on a page, and in which order. Its claims are those of ``compare``, its words are not here."""
