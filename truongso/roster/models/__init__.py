"""Tables of the people of the school; one noun a file."""

from .accounts import SlipBatch
from .contact import Contact
from .guard import CustodyNote, SensitiveRecord
from .merge import MergedPerson, NotDuplicate
from .pupil import Movement, MovementKind, PupilRecord
from .rollover import Outcome, PlanClass, PlanPupil, PlanState, RolloverPlan
from .staff import GroupMember, Position, StaffRecord
from .teaching import TeachingAssignment

__all__ = [
    "Contact",
    "CustodyNote",
    "GroupMember",
    "MergedPerson",
    "Movement",
    "MovementKind",
    "NotDuplicate",
    "Outcome",
    "PlanClass",
    "PlanPupil",
    "PlanState",
    "Position",
    "PupilRecord",
    "RolloverPlan",
    "SensitiveRecord",
    "SlipBatch",
    "StaffRecord",
    "TeachingAssignment",
]
