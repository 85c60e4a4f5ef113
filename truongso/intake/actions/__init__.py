"""Verbs of the intake: look at a file, correct it, write it, undo it."""
