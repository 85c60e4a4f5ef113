"""Whose progress an actor sees: the own classes', the homeroom's, the group's subjects', or the school's."""

from __future__ import annotations

from dataclasses import dataclass

from truongso.curriculum.access import headed
from truongso.people.actor import Actor
from truongso.people.roles import Role
from truongso.roster.models import TeachingAssignment
from truongso.timetable.queries.progress import Stream
from truongso.timetable.rules import LEADERS


@dataclass(frozen=True, slots=True)
class ProgressSight:
    all: bool = False
    subjects: frozenset[int] = frozenset()  # of the groups headed
    homeroom: frozenset[int] = frozenset()
    taught: frozenset[tuple[int, int]] = frozenset()  # class, subject

    def sees(self, stream: Stream) -> bool:
        return self.all or stream.subject.pk in self.subjects or stream.unit.pk in self.homeroom or self.own(stream)

    def own(self, stream: Stream) -> bool:
        return (stream.unit.pk, stream.subject.pk) in self.taught

    def bounds(self) -> dict[str, frozenset[int] | None]:
        """What of the periods has to be read at all."""
        if self.all or (self.subjects and (self.homeroom or self.taught)):
            return {"units": None, "subjects": None}
        if self.subjects:
            return {"units": None, "subjects": self.subjects}
        return {"units": self.homeroom | {unit for unit, _s in self.taught}, "subjects": None}


def sight(actor: Actor) -> ProgressSight:
    taught = TeachingAssignment.objects.on(actor.on).filter(person=actor.person_id).values_list("unit_id", "subject_id")
    return ProgressSight(
        all=actor.has(*LEADERS, Role.INSPECTOR), subjects=headed(actor), homeroom=actor.units(Role.HOMEROOM),
        taught=frozenset(taught),
    )  # fmt: skip
