"""Pages of the school's people, a file per noun."""
