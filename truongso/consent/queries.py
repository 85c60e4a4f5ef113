"""Does consent hold? Later apps ask `allows` before they record, show or publish anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from truongso.consent import rules
from truongso.consent.models import Capacity, ConsentAnswer, PurposeVersion
from truongso.people.models import Guardianship, Person, RoleAssignment, Unit
from truongso.people.roles import Role


def versions(day: date) -> list[PurposeVersion]:
    """What is asked on a day, in order."""
    return list(PurposeVersion.objects.on(day).select_related("purpose").order_by("purpose__order"))


def legal_guardians(children: Iterable[int], day: date) -> dict[int, list[Guardianship]]:
    found: dict[int, list[Guardianship]] = {}
    rows = Guardianship.objects.on(day).filter(child_id__in=list(children), legal=True).select_related("guardian")
    for row in rows.order_by("-first_contact", "guardian__sort_key"):
        found.setdefault(row.child_id, []).append(row)
    return found


@dataclass(slots=True)
class Said:
    """The last answers about one child and one version: by person."""

    guardians: dict[int, ConsentAnswer] = field(default_factory=dict)
    pupil: ConsentAnswer | None = None

    def counting(self, present: Iterable[int]) -> list[bool]:
        """Those of the present legal guardians; what a former one gave stands until one of them says otherwise."""
        now = [self.guardians[p].agrees for p in present if p in self.guardians]
        return now or [a.agrees for a in self.guardians.values()]


def said(children: Iterable[int], asked: Iterable[PurposeVersion], day: date) -> dict[tuple[int, int], Said]:
    """By (child, version); an answer counts from the day it was given, the latest of a person wins. One query."""
    rows = (
        ConsentAnswer.objects.filter(child_id__in=list(children), version__in=[v.pk for v in asked], day__lte=day)
        .order_by("child_id", "version_id", "by_id", "-day", "-pk")
        .distinct("child_id", "version_id", "by_id")
        .select_related("by")
    )
    found: dict[tuple[int, int], Said] = {}
    for row in rows:
        here = found.setdefault((row.child_id, row.version_id), Said())
        if row.capacity == Capacity.PUPIL:
            here.pupil = row
        else:
            here.guardians[row.by_id] = row
    return found


@dataclass(frozen=True, slots=True)
class Sheet:
    """Children and what is asked about them, with what was said and what follows: three queries, always."""

    asked: tuple[PurposeVersion, ...]
    guardians: Mapping[int, list[Guardianship]]
    answers: Mapping[tuple[int, int], Said]
    day: date

    def verdict(self, child: Person, version: PurposeVersion) -> rules.Consent:
        here = self.answers.get((child.pk, version.pk), Said())
        present = [g.guardian_id for g in self.guardians.get(child.pk, ())]
        pupil = here.pupil.agrees if here.pupil else None
        return rules.decide(
            version.discloses, rules.age_on(child.birth_date, self.day), here.counting(present), pupil
        )  # fmt: skip

    def said(self, child: Person, version: PurposeVersion) -> Said:
        return self.answers.get((child.pk, version.pk), Said())


def sheet(children: Iterable[int], day: date, asked: Iterable[PurposeVersion] | None = None) -> Sheet:
    ids = list(children)
    what = tuple(versions(day) if asked is None else asked)
    return Sheet(what, legal_guardians(ids, day), said(ids, what, day), day)


def allows_many(child_ids: Iterable[int], purpose_code: str, on: date) -> dict[int, bool]:
    """By child: does consent for this purpose hold on this day? Unknown purposes and silence are no. Four queries."""
    ids = list(child_ids)
    asked = [v for v in versions(on) if v.purpose.code == purpose_code]
    if not asked:
        return dict.fromkeys(ids, False)
    found = sheet(ids, on, asked)
    children = Person.objects.in_bulk(ids)
    return {pk: bool(pk in children and found.verdict(children[pk], asked[0])) for pk in ids}


def allows(child_id: int, purpose_code: str, on: date) -> bool:
    """Does consent hold for this child, this purpose, this day? The default of everything is no."""
    return allows_many([child_id], purpose_code, on)[child_id]


def pupils(unit: Unit, day: date) -> list[Person]:
    """A class in the order of its list."""
    found = Person.objects.filter(roles__role=Role.PUPIL, roles__unit=unit, roles__during__contains=day)
    return list(found.order_by("sort_key", "pk"))


@dataclass(frozen=True, slots=True)
class Count:
    yes: int = 0
    no: int = 0
    missing: int = 0
    conflicts: int = 0


def by_class(day: date, only: frozenset[int] | None) -> tuple[list[PurposeVersion], list[tuple[Unit, list[Count]]]]:
    """Class by class, how each purpose stands: four queries, whatever the school's size."""
    roles = RoleAssignment.objects.on(day).filter(role=Role.PUPIL).select_related("person", "unit")
    if only is not None:
        roles = roles.filter(unit_id__in=only)
    classes: dict[Unit, list[Person]] = {}
    for role in roles.order_by("unit__name"):
        if role.unit is not None:
            classes.setdefault(role.unit, []).append(role.person)
    found = sheet([p.pk for people in classes.values() for p in people], day)
    return list(found.asked), [
        (unit, [_count(found, people, v) for v in found.asked]) for unit, people in classes.items()
    ]


def _count(found: Sheet, people: list[Person], version: PurposeVersion) -> Count:
    verdicts = [found.verdict(p, version) for p in people]
    states = [v.state for v in verdicts]
    return Count(
        states.count(rules.State.YES), states.count(rules.State.NO), states.count(rules.State.MISSING),
        sum(v.conflict for v in verdicts),
    )  # fmt: skip
