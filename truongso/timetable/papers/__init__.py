"""A timetable on paper and in sheets: read once into `Sheets`, then set as weeks, as the school's sheet, as .xlsx."""
