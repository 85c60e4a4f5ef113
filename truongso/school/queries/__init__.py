"""Reads of the school's structure."""

from .calendar import current_year, is_teaching_day, spans_of, term_on, week_on, year_named, years
from .classes import bells, campuses, classes_of, groups
from .profile import forget, managing_bodies, managing_body, profile
from .subjects import FoundSubject, SubjectFinder, find_subject, periods_of, subjects

__all__ = [
    "FoundSubject",
    "SubjectFinder",
    "bells",
    "campuses",
    "classes_of",
    "current_year",
    "find_subject",
    "forget",
    "groups",
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
