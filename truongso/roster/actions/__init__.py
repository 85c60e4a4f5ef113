"""The verbs of the school's people; a file a noun. `by` is None for the system itself (first fill, demo)."""
