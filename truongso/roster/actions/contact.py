from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from truongso import audit
from truongso.people.actor import Actor
from truongso.people.models import Person
from truongso.roster import queries, rules
from truongso.roster.actions.spans import insist
from truongso.roster.models import Contact

FIELDS = ("phone", "other_phone", "email", "address", "occupation", "birth_year")


def clean_contact(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as they are stored; raises ValidationError keyed by field for a number that is none."""
    clean = dict(fields)
    for name in ("phone", "other_phone"):
        if name in clean:
            number = rules.phone(clean[name] or "")
            if number is None:
                raise ValidationError({name: _("Số điện thoại chưa đúng. Xin viết như 0912 345 678.")})
            clean[name] = number
    return clean


@transaction.atomic
def save_contact(*, by: Actor | None, person: Person, **fields: Any) -> Contact:
    """Enter or change how to reach a person (any of FIELDS; others keep what they hold)."""
    if by is not None:
        insist(rules.may_keep_contact(by, person.pk, own=queries.is_own_family(by, person.pk)))
    row, _new = Contact.objects.update_or_create(person=person, defaults=clean_contact(fields))
    audit.record(by, "roster.save_contact", obj=row, for_person=person.pk)
    return row


@transaction.atomic
def save_contacts(*, by: Actor | None, contacts: Iterable[tuple[int, Mapping[str, Any]]]) -> int:
    """Many at once, by person id, all with the same fields: one statement and one line in the log. Gives how many."""
    if by is not None:
        insist(rules.may_keep(by))
    rows = [Contact(person_id=pk, **clean_contact(fields)) for pk, fields in contacts]
    Contact.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["person"], update_fields=list(FIELDS), batch_size=500
    )
    audit.record(by, "roster.save_contact", detail={"count": len(rows)})
    return len(rows)
