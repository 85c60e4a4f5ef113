"""Reads of the device and connection survey."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from truongso.conditions import rules
from truongso.conditions.models import SurveyAnswer, SurveyRound
from truongso.people.models import Guardianship, Person, RoleAssignment, Unit
from truongso.people.roles import Role
from truongso.school.models import SchoolClass


def open_round(day: date) -> SurveyRound | None:
    return SurveyRound.objects.open_on(day).first()


def last_answer(round: SurveyRound, child_id: int) -> SurveyAnswer | None:
    return SurveyAnswer.objects.filter(round=round, child_id=child_id).select_related("by").first()


def answers(round: SurveyRound, children: Iterable[int] | None = None) -> dict[int, SurveyAnswer]:
    """By child, the last complete answer: what counts."""
    found = SurveyAnswer.objects.filter(round=round, complete=True).order_by("child_id", "-pk").distinct("child_id")
    if children is not None:
        found = found.filter(child_id__in=list(children))
    return {a.child_id: a for a in found.select_related("by")}


def pupils(day: date, unit: Unit | int | None = None) -> QuerySet[RoleAssignment]:
    found = RoleAssignment.objects.on(day).filter(role=Role.PUPIL).select_related("person", "unit")
    return (found.filter(unit=unit) if unit else found).order_by("unit__name", "person__sort_key", "person_id")


def silent_children(round: SurveyRound, day: date, unit: Unit | int | None = None) -> list[int]:
    done = SurveyAnswer.objects.filter(round=round, complete=True).values("child_id")
    return list(pupils(day, unit).exclude(person_id__in=done).values_list("person_id", flat=True))


def families(children: list[int], day: date) -> set[int]:
    """The children and the guardians who are informed about them."""
    care = Guardianship.objects.on(day).filter(child_id__in=children, informed=True)
    return set(children) | set(care.values_list("guardian_id", flat=True))


def as_of(round: SurveyRound, day: date) -> date:
    """Whose classes a round is shown by: today's while it runs, those of its last day afterwards."""
    first: date = round.during.lower
    return max(first, min(day, round.last_day))


@dataclass(frozen=True, slots=True)
class ClassCoverage:
    unit: Unit
    grade: int
    figures: rules.Coverage


def coverage(round: SurveyRound, day: date, only: frozenset[int] | None = None) -> list[ClassCoverage]:
    """Class by class, by grade and name: three queries, always. `only` limits to some classes."""
    on = as_of(round, day)
    given = {
        child: (device, sharing, line)
        for child, device, sharing, line in SurveyAnswer.objects.filter(round=round, complete=True)
        .order_by("child_id", "-pk")
        .distinct("child_id")
        .values_list("child_id", "device", "sharing", "connection")
    }
    rows: dict[int, list[tuple[str, str, str] | None]] = {}
    units: dict[int, Unit] = {}
    for role in pupils(on):
        if role.unit is not None and (only is None or role.unit.pk in only):
            units[role.unit.pk] = role.unit
            rows.setdefault(role.unit.pk, []).append(given.get(role.person_id))
    grades = dict(SchoolClass.objects.filter(unit_id__in=units).values_list("unit_id", "grade"))
    found = [
        ClassCoverage(unit, grades.get(pk) or _grade(unit.name), rules.coverage(rows[pk])) for pk, unit in units.items()
    ]
    return sorted(found, key=lambda c: (c.grade, c.unit.name))


def _grade(name: str) -> int:
    """6A1 is of grade 6, where the school has not said it."""
    digits = "".join(c for c in name[:2] if c.isdigit())
    return int(digits) if digits else 0


@dataclass(frozen=True, slots=True)
class PupilRow:
    person: Person
    answer: SurveyAnswer | None

    @property
    def state(self) -> rules.DeviceState:
        return rules.device_state(self.answer.device, self.answer.sharing) if self.answer else "silent"


def class_rows(round: SurveyRound, unit: Unit, day: date) -> list[PupilRow]:
    """The pupils of a class in list order, each with what counts of the answers: two queries."""
    people = [r.person for r in pupils(as_of(round, day), unit)]
    found = answers(round, [p.pk for p in people])
    return [PupilRow(p, found.get(p.pk)) for p in people]
