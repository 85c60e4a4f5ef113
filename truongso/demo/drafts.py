"""The school on paper: plain values, thought out before anything is written. `store` makes rows of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from truongso.demo.contacts import Contacts
from truongso.demo.names import Names
from truongso.people.roles import Role


@dataclass(eq=False, slots=True)
class Human:
    """A person to be. Told apart by identity, since two may share a name."""

    name: str
    gender: str
    born: date | None = None
    birth_year: int | None = None
    sector_code: str = ""
    national_number: str = ""
    account: str = ""  # "used", "new" (never signed in), "closed", or none
    login_class: str = ""
    contact: dict[str, str] = field(default_factory=dict)
    pupil: dict[str, str] | None = None  # fields of the pupil's record
    staff: dict[str, str] | None = None  # fields of the staff record
    sensitive: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """A class of a school year, or (year empty) a subject group."""

    name: str
    year: str = ""

    @property
    def grade(self) -> int:
        return int(self.name[0])


@dataclass(frozen=True, slots=True)
class Hold:
    who: Human
    role: Role
    place: Place | None
    first: date
    until: date | None = None  # the first day on which it no longer holds


@dataclass(frozen=True, slots=True)
class Standing:
    guardian: Human
    child: Human
    relation: str
    first: date
    legal: bool = True
    informed: bool = True
    first_contact: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A movement of a pupil."""

    who: Human
    kind: str
    day: date
    come_from: Place | None = None
    go_to: Place | None = None
    other_school: str = ""
    document: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """A position, or (place given) a membership of a group."""

    who: Human
    title: str
    first: date
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Lesson:
    """Who teaches a subject, or a strand of it, in a class."""

    place: Place
    subject: str
    part: str
    who: Human
    compiles: bool = False


@dataclass(slots=True)
class Plan:
    year: str
    start: date
    names: Names
    contacts: Contacts
    seed: str = ""  # another word, other people
    classes: list[Place] = field(default_factory=list)
    old_classes: list[Place] = field(default_factory=list)
    groups: list[Place] = field(default_factory=list)
    people: list[Human] = field(default_factory=list)
    holds: list[Hold] = field(default_factory=list)
    standings: list[Standing] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    lessons: list[Lesson] = field(default_factory=list)
    custody: list[tuple[Human, str]] = field(default_factory=list)

    def now(self, place: Place) -> list[Human]:
        """The pupils of a class of this year, in the order in which they were thought of."""
        return [h.who for h in self.holds if h.role is Role.PUPIL and h.place == place and h.until is None]
