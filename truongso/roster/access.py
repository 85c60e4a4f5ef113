"""The doors to people and classes. Not visible looks missing; visible but not allowed says why."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404

from truongso.people.actor import Actor
from truongso.people.models import Guardianship, Person, Unit, UnitKind
from truongso.people.roles import Role
from truongso.people.rules import Verdict
from truongso.roster import queries, rules
from truongso.roster.actions.spans import insist
from truongso.roster.models import CustodyNote, GroupMember, Position, TeachingAssignment
from truongso.roster.rules import Sight, Ties
from truongso.school.models import Subject


def ties(actor: Actor, person_id: int) -> Ties:
    return Ties(
        own_pupil=queries.is_own_pupil(actor, person_id),
        own_family=queries.is_own_family(actor, person_id),
        taught=queries.is_taught(actor, person_id),
        child=queries.is_child(actor, person_id),
    )


def person_for(actor: Actor, pk: int) -> tuple[Person, Sight]:
    """A person and which parts of the page the actor sees."""
    person = Person.objects.select_related("account", "contact", "pupil_record", "staff_record").filter(pk=pk).first()
    seen = rules.sight(actor, pk, ties(actor, pk)) if person else Sight()
    if person is None or not seen.open:
        raise Http404
    return person, seen


def kept_person(actor: Actor, pk: int) -> Person:
    """A person whose lines in the lists the actor keeps."""
    person, seen = person_for(actor, pk)
    if not seen.keep:
        insist(rules.may_keep(actor))
    return person


def sensitive_for(actor: Actor, pk: int) -> Person:
    person, seen = person_for(actor, pk)
    if not seen.sensitive:
        raise Http404
    return person


def custody_for(actor: Actor, pk: int) -> Person:
    """The child whose custody notes the actor reads and writes; to everybody else there is no such page."""
    person, seen = person_for(actor, pk)
    if not seen.custody or queries.class_of(pk, actor.on) is None:
        raise Http404
    return person


def note_for(actor: Actor, pk: int) -> CustodyNote:
    note = CustodyNote.objects.select_related("child").filter(pk=pk).first()
    if note is None or not rules.may_see_custody(actor, own=queries.is_own_pupil(actor, note.child_id)):
        raise Http404
    return note


@dataclass(frozen=True, slots=True)
class ClassSight:
    own: bool = False
    reads: bool = False
    keeps: bool = False
    teaches: bool = False

    @property
    def open(self) -> bool:
        return self.own or self.reads or self.teaches

    @property
    def family(self) -> bool:
        return self.own or self.reads

    @property
    def contact(self) -> bool:
        return self.own or self.keeps


def class_for(actor: Actor, pk: int) -> tuple[Unit, ClassSight]:
    """A class: whole for its homeroom teacher and those who keep the lists, names only for who teaches in it."""
    unit = Unit.objects.select_related("school_class__year", "school_class__campus").filter(
        pk=pk, kind=UnitKind.CLASS
    ).first()  # fmt: skip
    seen = ClassSight(
        own=pk in actor.units(Role.HOMEROOM),
        reads=actor.has(*rules.READERS),
        keeps=actor.has(*rules.KEEPERS),
        teaches=pk in queries.taught_by(actor.person_id, actor.on),
    )
    if unit is None or not seen.open:
        raise Http404
    return unit, seen


def kept_class(actor: Actor, pk: int) -> Unit:
    unit, seen = class_for(actor, pk)
    if not seen.keeps:
        insist(rules.may_keep(actor))
    return unit


def standing_for(actor: Actor, pk: int) -> Guardianship:
    """A guardian's standing that the actor may change."""
    row = Guardianship.objects.select_related("guardian", "child").filter(pk=pk).first()
    if row is None or not rules.may_keep(actor):
        raise Http404
    return row


def position_for(actor: Actor, pk: int) -> Position:
    row = Position.objects.select_related("person").filter(pk=pk).first()
    if row is None or not rules.may_keep(actor):
        raise Http404
    return row


def member_for(actor: Actor, pk: int) -> GroupMember:
    row = GroupMember.objects.select_related("person", "unit").filter(pk=pk).first()
    if row is None or not rules.may_keep(actor):
        raise Http404
    return row


def teaching_for(actor: Actor, pk: int) -> TeachingAssignment:
    row = TeachingAssignment.objects.select_related("unit", "subject", "part", "person").filter(pk=pk).first()
    if row is None or not rules.may_keep(actor):
        raise Http404
    return row


def subject_for(pk: int) -> Subject:
    found = Subject.objects.filter(pk=pk, active=True).first()
    if found is None:
        raise Http404
    return found


def may_keep_contact(actor: Actor, person_id: int) -> Verdict:
    return rules.may_keep_contact(actor, person_id, own=queries.is_own_family(actor, person_id))


def contact_for(actor: Actor, pk: int) -> Person:
    person, seen = person_for(actor, pk)
    if not seen.contact:
        raise Http404
    insist(may_keep_contact(actor, pk))
    return person
