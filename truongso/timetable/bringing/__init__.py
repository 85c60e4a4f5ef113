"""Timetables out of files: readers (bytes → what the file says), the school known in a few queries, the plan, the report."""
