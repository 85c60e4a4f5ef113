"""The small timetable of the timetable's own tests: Toán of 8A2 Mondays and Wednesdays, Văn of 7A1 Mondays, all by Mai."""

from truongso.timetable.tests.conftest import head, published, year

__all__ = ["head", "published", "year"]
