"""What the Sphinx-side tests share: projects to build, pages to look into, programs to check outputs with."""
