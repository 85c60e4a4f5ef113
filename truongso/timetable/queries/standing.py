"""The standing links that somebody keeps."""

from __future__ import annotations

from dataclasses import dataclass, field

from truongso.people.actor import Actor
from truongso.people.models import Unit
from truongso.people.roles import Role
from truongso.roster.models import TeachingAssignment
from truongso.school.models import Subject
from truongso.timetable.models import StandingLink


@dataclass(slots=True)
class Kept:
    """A class and a subject (none: the class as a whole) with the links that stand for it."""

    unit: Unit
    subject: Subject | None
    links: list[StandingLink] = field(default_factory=list)


def kept_by(actor: Actor) -> list[Kept]:
    """Three queries, however many classes: own homeroom classes first, then class by class what the actor teaches."""
    rows: dict[tuple[int, int | None], Kept] = {}
    for unit in Unit.objects.filter(pk__in=actor.units(Role.HOMEROOM)).order_by("name"):
        rows[unit.pk, None] = Kept(unit, None)
    taught = TeachingAssignment.objects.on(actor.on).filter(person=actor.person_id).select_related("unit", "subject")
    for one in taught.order_by("unit__name", "subject__order"):
        rows.setdefault((one.unit_id, one.subject_id), Kept(one.unit, one.subject))
    units = {unit for unit, _subject in rows}
    for link in StandingLink.objects.filter(unit__in=units, removed_at=None).order_by("pk"):
        if kept := rows.get((link.unit_id, link.subject_id)):
            kept.links.append(link)
    return list(rows.values())
