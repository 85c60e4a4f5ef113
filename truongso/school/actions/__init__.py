"""The verbs of the school's structure, by noun. `by` is None for the system itself (command line, demo)."""

from .bells import remove_bells, save_bells, seed_bells
from .calendar import change_term, move_week, remove_holiday, remove_make_up_day, save_holiday, save_make_up_day
from .campuses import remove_campus, save_campus
from .charge import put_in_charge
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
    "change_term",
    "change_year",
    "close_year",
    "make_class",
    "make_classes",
    "make_group",
    "make_weeks",
    "make_year",
    "move_week",
    "open_year",
    "plan_year",
    "put_in_charge",
    "record_step",
    "remove_bells",
    "remove_campus",
    "remove_class",
    "remove_group",
    "remove_holiday",
    "remove_make_up_day",
    "remove_managing_body",
    "remove_part",
    "remove_subject",
    "remove_year",
    "save_bells",
    "save_campus",
    "save_holiday",
    "save_make_up_day",
    "save_part",
    "save_periods",
    "save_profile",
    "save_subject",
    "seed_bells",
    "seed_groups",
    "seed_subjects",
    "set_managing_body",
]
