"""Pure decisions of the school's structure: weeks, spreads, names. No database, no clock."""
