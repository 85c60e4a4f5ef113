"""The doors to programmes. Not visible looks missing; visible but not to be changed says why."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404

from truongso.curriculum import rules
from truongso.curriculum.models import Lesson, Programme, ProgrammeState, Topic
from truongso.curriculum.rules import Sight
from truongso.people import queries as people
from truongso.people.actor import Actor
from truongso.people.roles import Role
from truongso.people.rules import Verdict
from truongso.roster.models import GroupMember, TeachingAssignment
from truongso.school.models import GroupSubject, SchoolClass, SchoolYear, Subject


def headed(actor: Actor) -> frozenset[int]:
    """The subjects of the groups that the actor heads today."""
    units = actor.units(Role.GROUP_HEAD)
    return frozenset(GroupSubject.objects.filter(group__in=units).values_list("subject_id", flat=True) if units else ())


def sight(actor: Actor) -> Sight:
    if actor.has(*rules.READERS):
        return Sight(all=True)
    taught = TeachingAssignment.objects.on(actor.on).filter(person_id=actor.person_id)
    groups = {*actor.units(Role.GROUP_HEAD)}
    groups |= {*GroupMember.objects.filter(person_id=actor.person_id, during__contains=actor.on).values_list("unit_id", flat=True)}  # fmt: skip
    subjects = {*taught.values_list("subject_id", flat=True)}
    subjects |= {*GroupSubject.objects.filter(group__in=groups).values_list("subject_id", flat=True)}
    return Sight(subjects=frozenset(subjects), grades=_grades(actor))


def _grades(actor: Actor) -> frozenset[int]:
    classes = actor.units(Role.PUPIL)
    if actor.children:
        classes |= people.children_classes(actor.person_id, actor.on)
    found = SchoolClass.objects.filter(unit__in=classes) if classes else SchoolClass.objects.none()
    return frozenset(found.values_list("grade", flat=True))


def edit_verdict(actor: Actor, subject_id: int) -> Verdict:
    return rules.may_edit(actor, headed(actor), subject_id)


def programme_for(actor: Actor, pk: int, *, edit: bool = False) -> Programme:
    found = Programme.objects.select_related("subject", "year").filter(pk=pk).first()
    in_use = found is not None and found.state == ProgrammeState.IN_USE
    if found is None or not sight(actor).sees(found.subject_id, found.grade, in_use=in_use):
        raise Http404
    if edit:
        insist(edit_verdict(actor, found.subject_id))
    return found


def start_for(actor: Actor, subject_pk: int, year_pk: int) -> tuple[Subject, SchoolYear]:
    """Subject and year of a programme that the actor may begin."""
    subject = Subject.objects.filter(pk=subject_pk, active=True).first()
    year = SchoolYear.objects.filter(pk=year_pk).first()
    if subject is None or year is None or not sight(actor).sees(subject.pk, 0, in_use=False):
        raise Http404
    insist(edit_verdict(actor, subject.pk))
    return subject, year


def topic_in(programme: Programme, pk: int) -> Topic:
    found = Topic.objects.filter(pk=pk, programme=programme).first()
    if found is None:
        raise Http404
    return found


def lesson_in(programme: Programme, pk: int) -> Lesson:
    found = Lesson.objects.select_related("topic").filter(pk=pk, topic__programme=programme).first()
    if found is None:
        raise Http404
    return found


def insist(verdict: Verdict) -> None:
    if not verdict:
        raise PermissionDenied(str(verdict.why))
