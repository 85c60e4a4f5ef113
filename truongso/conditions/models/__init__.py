"""Tables of the conditions for teaching; one noun a file."""

from .booking import Booking
from .equipment import Equipment, Fault, Repair
from .room import Condition, Display, Internet, Room, RoomKind
from .survey import Capacity, Connection, Device, Helper, SurveyAnswer, SurveyRound, YesNo

__all__ = [
    "Booking",
    "Capacity",
    "Condition",
    "Connection",
    "Device",
    "Display",
    "Equipment",
    "Fault",
    "Helper",
    "Internet",
    "Repair",
    "Room",
    "RoomKind",
    "SurveyAnswer",
    "SurveyRound",
    "YesNo",
]
