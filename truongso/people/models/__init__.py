"""Tables of people; one noun a file."""

from .account import Account
from .person import Gender, Guardianship, Person
from .role import Role, RoleAssignment, role_label
from .session import LoginSession
from .slip import SignInSlip
from .support import SupportSession
from .unit import Unit, UnitKind

__all__ = [
    "Account",
    "Gender",
    "Guardianship",
    "LoginSession",
    "Person",
    "Role",
    "RoleAssignment",
    "SignInSlip",
    "SupportSession",
    "Unit",
    "UnitKind",
    "role_label",
]
