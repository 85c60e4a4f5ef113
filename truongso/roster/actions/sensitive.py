"""What only very few may read: sensitive data, sealed and logged; and a child's custody notes."""

from __future__ import annotations

from dataclasses import dataclass, fields

from django.db import transaction
from django.utils import timezone

from truongso import audit
from truongso.people import sealed
from truongso.people.actor import Actor
from truongso.people.models import Person
from truongso.roster import queries, rules
from truongso.roster.actions.spans import insist
from truongso.roster.models import CustodyNote, SensitiveRecord


@dataclass(frozen=True, slots=True)
class Sensitive:
    health: str = ""
    disability: str = ""
    ethnicity: str = ""
    poverty: str = ""


NAMES = tuple(field.name for field in fields(Sensitive))


@transaction.atomic
def save_sensitive(*, by: Actor | None, person: Person, **values: str) -> SensitiveRecord:
    """Seal what is given (health, disability, ethnicity, poverty); an empty text takes it away; others stay."""
    if by is not None:
        insist(rules.may_write_sensitive(by, own=queries.is_own_pupil(by, person.pk)))
    row, _new = SensitiveRecord.objects.get_or_create(person=person)
    for name, text in values.items():
        if name not in NAMES:
            raise TypeError(name)
        setattr(row, f"{name}_sealed", sealed.seal(text, use=name) if text else None)
    row.save()
    audit.record(by, "roster.save_sensitive", obj=row, for_person=person.pk, detail={"fields": sorted(values)})
    return row


@transaction.atomic
def read_sensitive(*, by: Actor, person: Person) -> Sensitive:
    """In clear, for one look; the look is logged."""
    insist(rules.may_read_sensitive(by, own=queries.is_own_pupil(by, person.pk)))
    row = SensitiveRecord.objects.filter(person=person).first()
    audit.record(by, "roster.read_sensitive", obj=person, for_person=person.pk)
    if row is None:
        return Sensitive()
    stored = {name: getattr(row, f"{name}_sealed") for name in NAMES}
    return Sensitive(**{n: sealed.unseal(raw, use=n) for n, raw in stored.items() if raw})


@transaction.atomic
def add_custody_note(*, by: Actor, child: Person, text: str) -> CustodyNote:
    insist(rules.may_see_custody(by, own=queries.is_own_pupil(by, child.pk)))
    note = CustodyNote.objects.create(child=child, text=text, by_id=by.person_id)
    audit.record(by, "roster.add_custody_note", obj=note, for_person=child.pk)
    return note


@transaction.atomic
def end_custody_note(*, by: Actor, note: CustodyNote) -> None:
    """It no longer holds; it stays to be read by those who could."""
    insist(rules.may_see_custody(by, own=queries.is_own_pupil(by, note.child_id)))
    note = CustodyNote.objects.select_for_update().get(pk=note.pk)
    if note.ended_at is None:
        note.ended_at = timezone.now()
        note.save(update_fields=["ended_at"])
        audit.record(by, "roster.end_custody_note", obj=note, for_person=note.child_id)
