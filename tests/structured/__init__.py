"""Tests of what pages give to machines."""
