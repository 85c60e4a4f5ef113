"""Verbs of the programme: `outline` edits it piece by piece, `drafts` applies a paste or a file."""
