"""The parts of a period's page. Each gives its template (timetable/period/_NAME.html) what it shows to this person."""
