"""Reads of the school's structure."""

from .calendar import current_year, is_teaching_day, spans_of, term_on, week_on, year_named, years
from .classes import bells, campuses, classes_of, groups, in_charge, in_charge_of
from .profile import forget, managing_bodies, managing_body, profile
from .sheet import CalendarSheet, calendar_sheet
from .subjects import FoundSubject, SubjectFinder, find_subject, periods_of, subjects

__all__ = [
    "CalendarSheet",
    "FoundSubject",
    "SubjectFinder",
    "bells",
    "calendar_sheet",
    "campuses",
    "classes_of",
    "current_year",
    "find_subject",
    "forget",
    "groups",
    "in_charge",
    "in_charge_of",
    "is_teaching_day",
    "managing_bodies",
    "managing_body",
    "periods_of",
    "profile",
    "spans_of",
    "subjects",
    "term_on",
    "week_on",
    "year_named",
    "years",
]
