"""Tables of the school's structure; one noun a file."""

from .calendar import Holiday, HolidayKind, MakeUpDay, SchoolYear, Term, Week, YearState
from .campus import BellPeriod, BellSchedule, Campus, Shift
from .klass import GroupSubject, SchoolClass
from .profile import ManagingBody, SchoolProfile
from .subject import Subject, SubjectGrade, SubjectKind, SubjectPart

__all__ = [
    "BellPeriod",
    "BellSchedule",
    "Campus",
    "GroupSubject",
    "Holiday",
    "HolidayKind",
    "MakeUpDay",
    "ManagingBody",
    "SchoolClass",
    "SchoolProfile",
    "SchoolYear",
    "Shift",
    "Subject",
    "SubjectGrade",
    "SubjectKind",
    "SubjectPart",
    "Term",
    "Week",
    "YearState",
]
