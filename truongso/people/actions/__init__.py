"""Verbs on people, a file per noun."""
