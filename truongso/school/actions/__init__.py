"""The verbs of the school's structure, by noun. `by` is None for the system itself (command line, demo)."""

from .classes import change_class, make_class, make_classes, remove_class
from .groups import change_group, make_group, remove_group, seed_groups
from .profile import change_managing_body, record_step, remove_managing_body, save_profile, set_managing_body
from .subjects import remove_part, remove_subject, save_part, save_periods, save_subject, seed_subjects
from .weeks import make_weeks
from .years import change_year, close_year, make_year, open_year, plan_year, remove_year

__all__ = [
    "change_class",
    "change_group",
    "change_managing_body",
    "change_year",
    "close_year",
    "make_class",
    "make_classes",
    "make_group",
    "make_weeks",
    "make_year",
    "open_year",
    "plan_year",
    "record_step",
    "remove_class",
    "remove_group",
    "remove_managing_body",
    "remove_part",
    "remove_subject",
    "remove_year",
    "save_part",
    "save_periods",
    "save_profile",
    "save_subject",
    "seed_groups",
    "seed_subjects",
    "set_managing_body",
]
