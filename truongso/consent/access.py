"""The doors to answers, forms and requests."""

from __future__ import annotations

from django.http import Http404

from truongso.consent import rules
from truongso.consent.models import DataRequest, Deadline, Purpose, PurposeVersion
from truongso.people.actor import Actor, grants_on
from truongso.people.models import Guardianship, Person, Unit, UnitKind
from truongso.people.roles import Role

READERS = (*rules.KEEPERS, Role.INSPECTOR)


def class_for(actor: Actor, pk: int, *, write: bool = False) -> Unit:
    """A class's answers: for those who keep them and its homeroom teacher; an inspector reads."""
    unit = Unit.objects.filter(pk=pk, kind=UnitKind.CLASS).first()
    roles = rules.KEEPERS if write else READERS
    if unit is None or not (actor.has(*roles) or pk in actor.units(Role.HOMEROOM)):
        raise Http404
    return unit


def child_for(actor: Actor, pk: int) -> tuple[Person, Unit]:
    """A pupil's form: for the school as above, for the pupil and a legal guardian of today."""
    child = Person.objects.filter(pk=pk).first()
    grants, _children = grants_on(pk, actor.on)
    unit_id = next((g.unit_id for g in grants if g.role is Role.PUPIL), None)
    unit = Unit.objects.filter(pk=unit_id).first() if unit_id else None
    if child is None or unit is None:
        raise Http404
    school = actor.has(*READERS) or unit.pk in actor.units(Role.HOMEROOM)
    if not (school or pk == actor.person_id or is_legal(actor, pk)):
        raise Http404
    return child, unit


def is_legal(actor: Actor, child_id: int) -> bool:
    return Guardianship.objects.on(actor.on).filter(guardian_id=actor.person_id, child_id=child_id, legal=True).exists()


def purpose_for(code: str) -> Purpose:
    found = Purpose.objects.filter(code=code).first()
    if found is None:
        raise Http404
    return found


def version_on(actor: Actor, code: str) -> PurposeVersion:
    """What is asked today for a purpose."""
    found = PurposeVersion.objects.on(actor.on).filter(purpose__code=code).select_related("purpose").first()
    if found is None:
        raise Http404
    return found


def request_for(actor: Actor, pk: int) -> DataRequest:
    found = DataRequest.objects.filter(pk=pk).first()
    if found is None or not rules.keeps(actor):
        raise Http404
    return found


def deadline_for(pk: int) -> Deadline:
    found = Deadline.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
