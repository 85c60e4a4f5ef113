from .directory import SearchForm
from .person import (
    ContactForm,
    CustodyForm,
    EndForm,
    GuardianForm,
    MembershipForm,
    PositionForm,
    PupilForm,
    PupilRecordForm,
    SensitiveForm,
    StaffForm,
    StandingForm,
)

__all__ = [
    "ContactForm",
    "CustodyForm",
    "EndForm",
    "GuardianForm",
    "MembershipForm",
    "PositionForm",
    "PupilForm",
    "PupilRecordForm",
    "SearchForm",
    "SensitiveForm",
    "StaffForm",
    "StandingForm",
]
