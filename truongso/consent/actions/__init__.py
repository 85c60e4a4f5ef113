"""Verbs of consent; one noun a file."""
