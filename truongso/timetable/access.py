"""The doors to timetables and periods. Not visible looks missing; visible but not allowed says why."""

from __future__ import annotations

from typing import Literal

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from truongso.people.actor import Actor
from truongso.people.models import Guardianship, Person, RoleAssignment, Unit, UnitKind
from truongso.people.roles import Role
from truongso.people.rules import Verdict
from truongso.roster.models import TeachingAssignment
from truongso.timetable import rules
from truongso.timetable.models import Period, PeriodChange, TimetableVersion, VersionState
from truongso.timetable.rules import PeriodTies

Need = Literal["see", "teach", "roll", "rearrange"]


def ties(actor: Actor, period: Period) -> PeriodTies:
    """Two queries, only for those whose roles could matter."""
    subjects: set[int] = set()
    if actor.has(Role.TEACHER, Role.HOMEROOM, Role.GROUP_HEAD, Role.HEAD, Role.DEPUTY):
        teaching = TeachingAssignment.objects.on(actor.on).filter(unit=period.unit_id, person=actor.person_id)
        subjects = set(teaching.values_list("subject_id", flat=True))
    return PeriodTies(
        teaches_it=period.person_id == actor.person_id,
        teaches_subject=period.subject_id in subjects,
        teaches_class=bool(subjects),
        homeroom=period.unit_id in actor.units(Role.HOMEROOM),
        in_class=period.unit_id in actor.units(Role.PUPIL),
        family=period.unit_id in classes_of_children(actor),
    )


def classes_of_children(actor: Actor) -> frozenset[int]:
    """The classes of the children on whose study this guardian is kept informed."""
    if not actor.children:
        return frozenset()
    informed = Guardianship.objects.on(actor.on).filter(guardian=actor.person_id, informed=True).values("child_id")
    found = RoleAssignment.objects.on(actor.on).filter(role=Role.PUPIL, person_id__in=informed)
    return frozenset(found.values_list("unit_id", flat=True))


def period_for(actor: Actor, pk: int, *, need: Need = "see") -> Period:
    """A period that the actor may see; and teach in, take the roll of, or rearrange."""
    period = Period.objects.select_related("unit", "subject", "part", "person", "room").filter(pk=pk).first()
    if period is None:
        raise Http404
    mine = ties(actor, period)
    if not rules.may_see(actor, mine):
        raise Http404
    if need != "see":
        insist(period_verdict(actor, mine, need))
    return period


def period_verdict(actor: Actor, mine: PeriodTies, need: Need) -> Verdict:
    if need == "rearrange":
        return rules.may_rearrange(actor)
    return rules.may_take_roll(actor, mine) if need == "roll" else rules.may_teach(actor, mine)


def class_for(actor: Actor, pk: int) -> Unit:
    """A class whose timetable the actor may see: the published one is no secret inside the school."""
    unit = Unit.objects.filter(pk=pk, kind=UnitKind.CLASS).first()
    if unit is None:
        raise Http404
    own = actor.units(Role.PUPIL, Role.HOMEROOM) | classes_of_children(actor)
    if not (actor.is_staff or actor.has(Role.INSPECTOR) or pk in own):
        raise Http404
    return unit


def register_class_for(actor: Actor, pk: int) -> Unit:
    """A class whose register the actor reads: leaders and inspectors all, teachers the classes they teach or lead."""
    unit = Unit.objects.filter(pk=pk, kind=UnitKind.CLASS).first()
    if unit is None or not (actor.has(*rules.LEADERS, Role.INSPECTOR) or pk in register_classes(actor)):
        raise Http404
    return unit


def register_classes(actor: Actor) -> frozenset[int]:
    """The classes that somebody leads or teaches, by assignment or (once as a substitute) in a period."""
    if not actor.has(Role.TEACHER, Role.HOMEROOM, Role.GROUP_HEAD):
        return frozenset()
    teaching = TeachingAssignment.objects.on(actor.on).filter(person=actor.person_id).values_list("unit_id", flat=True)
    held = Period.objects.filter(person=actor.person_id).order_by().values_list("unit_id", flat=True).distinct()
    return actor.units(Role.HOMEROOM) | frozenset(teaching) | frozenset(held)


def version_for(actor: Actor, pk: int, *, need: Literal["see", "plan", "publish"] = "see") -> TimetableVersion:
    """A version: drafts are seen by those who plan, published ones by staff."""
    version = TimetableVersion.objects.select_related("year").filter(pk=pk).first()
    if version is None or not (actor.is_staff or actor.has(Role.INSPECTOR)):
        raise Http404
    if version.state == VersionState.DRAFT and not rules.may_plan(actor):
        raise Http404
    if need != "see":
        insist(rules.may_plan(actor) if need == "plan" else rules.may_publish(actor))
    return version


def insist(verdict: Verdict) -> None:
    if not verdict:
        raise PermissionDenied(str(verdict.why))


def change_for(actor: Actor, pk: int) -> PeriodChange:
    """A change that the actor made and may take back."""
    found = PeriodChange.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    found.period = period_for(actor, found.period_id, need="rearrange")
    if found.by_id != actor.person_id:
        raise PermissionDenied(_("Chỉ người vừa sửa mới hoàn tác được."))
    return found


def teacher_for(actor: Actor, pk: int) -> Person:
    """Somebody who teaches, whose week the actor may see: one's own, and by staff everybody's."""
    if not (pk == actor.person_id or actor.is_staff or actor.has(Role.INSPECTOR)):
        raise Http404
    person = Person.objects.filter(pk=pk).first()
    if person is None or not Period.objects.filter(person=person).exists():
        raise Http404
    return person


def child_for(actor: Actor, pk: int) -> Person:
    """A child about whom this guardian is kept informed today."""
    informed = Guardianship.objects.on(actor.on).filter(guardian=actor.person_id, child=pk, informed=True)
    found = informed.select_related("child").first()
    if found is None:
        raise Http404
    return found.child
