"""Every builder really runs, and what it writes is looked into by the programs that read it."""
