"""The doors to rooms, bookings and survey answers."""

from __future__ import annotations

from typing import Literal

from django.core.exceptions import PermissionDenied
from django.http import Http404

from truongso.conditions import rules
from truongso.conditions.models import Booking, Equipment, Fault, Room, SurveyRound
from truongso.conditions.models.survey import Capacity
from truongso.people.actor import Actor, grants_on
from truongso.people.models import Person, Unit, UnitKind
from truongso.people.roles import Role
from truongso.people.rules import Verdict

READERS = (Role.HEAD, Role.DEPUTY, Role.CLERK, Role.IT_ADMIN, Role.INSPECTOR)  # of all classes' answers


def insist(verdict: Verdict) -> None:
    if not verdict:
        raise PermissionDenied(str(verdict.why))


def room_for(actor: Actor, pk: int, *, need: Literal["see", "keep", "book"] = "see") -> Room:
    room = Room.objects.select_related("campus").filter(pk=pk).first()
    if room is None or not (actor.is_staff or actor.has(Role.INSPECTOR)):
        raise Http404
    if need == "keep":
        insist(rules.may_keep(actor))
    if need == "book" and not (room.active and room.bookable):
        raise Http404
    return room


def equipment_for(actor: Actor, pk: int) -> Equipment:
    found = Equipment.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    insist(rules.may_keep(actor))
    return found


def fault_for(actor: Actor, pk: int) -> Fault:
    found = Fault.objects.select_related("room").filter(pk=pk).first()
    if found is None:
        raise Http404
    insist(rules.may_keep(actor))
    return found


def booking_for(actor: Actor, pk: int) -> Booking:
    found = Booking.objects.standing().select_related("room").filter(pk=pk).first()
    if found is None or not actor.is_staff:
        raise Http404
    insist(rules.may_cancel(actor, found.person_id))
    return found


def round_for(pk: int) -> SurveyRound:
    found = SurveyRound.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def reads_class(actor: Actor, unit_id: int) -> bool:
    return actor.has(*READERS) or unit_id in actor.units(Role.HOMEROOM)


def survey_class_for(actor: Actor, pk: int) -> Unit:
    """A class whose single answers one may read: the homeroom teacher's own, or any for those who manage."""
    unit = Unit.objects.filter(pk=pk, kind=UnitKind.CLASS).first()
    if unit is None or not reads_class(actor, pk):
        raise Http404
    return unit


def child_to_answer(actor: Actor, pk: int) -> tuple[Person, Capacity]:
    """For whom one answers, and as what: oneself, a child in one's care, a pupil of one's own class."""
    child = Person.objects.filter(pk=pk).first()
    if child is None:
        raise Http404
    if pk == actor.person_id and actor.has(Role.PUPIL):
        return child, Capacity.PUPIL
    grants, _children = grants_on(pk, actor.on)
    classes = {g.unit_id for g in grants if g.role is Role.PUPIL}
    if pk in actor.children and classes:
        return child, Capacity.GUARDIAN
    if classes & actor.units(Role.HOMEROOM):
        return child, Capacity.SCHOOL
    raise Http404


def class_of(child_id: int, actor: Actor) -> int | None:
    grants, _children = grants_on(child_id, actor.on)
    return next((g.unit_id for g in grants if g.role is Role.PUPIL), None)
