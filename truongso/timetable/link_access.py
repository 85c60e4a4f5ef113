"""The doors to links: by their period, or by the class and subject that they stand for."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from truongso.people.actor import Actor
from truongso.people.models import Unit, UnitKind
from truongso.people.roles import Role
from truongso.people.rules import YES, Verdict
from truongso.roster.models import TeachingAssignment
from truongso.school.models import Subject, Term
from truongso.timetable import access
from truongso.timetable.models import LinkKind, PeriodLink, StandingLink
from truongso.timetable.rules import LEADERS


def link_for(actor: Actor, pk: int) -> PeriodLink:
    """A period's own link that the actor may change; our room is nobody's to change."""
    link = PeriodLink.objects.exclude(kind=LinkKind.ROOM).filter(pk=pk).first()
    if link is None:
        raise Http404
    link.period = access.period_for(actor, link.period_id, need="teach")
    return link


def class_subject_for(actor: Actor, unit_pk: int, subject_pk: int) -> tuple[Unit, Subject | None]:
    """A class and a subject (0: the class as a whole) whose standing links the actor keeps."""
    unit = Unit.objects.filter(pk=unit_pk, kind=UnitKind.CLASS).first()
    subject = Subject.objects.filter(pk=subject_pk).first() if subject_pk else None
    if unit is None or (subject_pk and subject is None) or not actor.is_staff:
        raise Http404
    access.insist(may_keep(actor, unit_pk, subject_pk or None))
    return unit, subject


def standing_for(actor: Actor, pk: int) -> StandingLink:
    standing = StandingLink.objects.select_related("unit", "subject").filter(pk=pk).first()
    if standing is None or not actor.is_staff:
        raise Http404
    access.insist(may_keep(actor, standing.unit_id, standing.subject_id))
    return standing


def may_keep(actor: Actor, unit_id: int, subject_id: int | None) -> Verdict:
    """Who teaches the class the subject; the class's own: its homeroom teacher; the leaders all."""
    if actor.acting_account_id is not None:
        return Verdict(False, _("Đang xem thay thì không ghi được."))
    if actor.has(*LEADERS) or (unit_id in actor.units(Role.HOMEROOM) and subject_id is None):
        return YES
    if subject_id and (unit_id, subject_id) in taught_by(actor):
        return YES
    return Verdict(False, _("Đường dẫn của lớp do giáo viên dạy môn ấy giữ."))


def taught_by(actor: Actor) -> set[tuple[int, int]]:
    """(class, subject) that the actor teaches today."""
    found = TeachingAssignment.objects.on(actor.on).filter(person=actor.person_id)
    return set(found.values_list("unit_id", "subject_id"))


def end_of_term(day: date) -> date | None:
    """The last day of the term of a day."""
    term = Term.objects.filter(Q(during__contains=day)).first()
    return term.last_day if term else None
