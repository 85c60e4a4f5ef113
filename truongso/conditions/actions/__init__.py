"""Verbs of the conditions; one noun a file."""
