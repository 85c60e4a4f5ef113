"""Tables of the timetable, the periods and what hangs on them; one noun a file."""

from .bring import BringState, TimetableFile
from .link import LIVE, Health, LinkKind, LinkVisit, PeriodLink, StandingLink, new_token
from .period import ChangeKind, Mode, ModeDecision, Origin, Period, PeriodChange, PeriodState
from .register import (
    RATINGS,
    CalendarFeed,
    RegisterChange,
    RegisterNote,
    RegisterScale,
    RegisterUnlock,
    RegisterWeek,
    SignedAs,
)
from .roll import AbsenceNote, AbsencePolicy, MarkSource, Presence, RollChange, RollMark, RollSheet
from .version import Entry, TimetableVersion, VersionState

__all__ = [
    "LIVE",
    "RATINGS",
    "AbsenceNote",
    "AbsencePolicy",
    "BringState",
    "CalendarFeed",
    "ChangeKind",
    "Entry",
    "Health",
    "LinkKind",
    "LinkVisit",
    "MarkSource",
    "Mode",
    "ModeDecision",
    "Origin",
    "Period",
    "PeriodChange",
    "PeriodLink",
    "PeriodState",
    "Presence",
    "RegisterChange",
    "RegisterNote",
    "RegisterScale",
    "RegisterUnlock",
    "RegisterWeek",
    "RollChange",
    "RollMark",
    "RollSheet",
    "SignedAs",
    "StandingLink",
    "TimetableFile",
    "TimetableVersion",
    "VersionState",
    "new_token",
]
