"""Who stands for a child, and with which rights, from a day to a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from truongso import audit
from truongso.lib import vi
from truongso.people.actions.persons import add_person
from truongso.people.actor import Actor
from truongso.people.models import Guardianship, Person
from truongso.roster import rules
from truongso.roster.actions.contact import clean_contact, save_contact
from truongso.roster.actions.spans import check_order, clash, close_with, insist, span, split

_CLASHES = {
    "guardianship_once_at_a_time": gettext_lazy("Trong những ngày ấy người này đã là người giám hộ của em."),
    "guardianship_not_of_oneself": gettext_lazy("Không ai là người giám hộ của chính mình."),
}


@transaction.atomic
def add_guardian(
    *, by: Actor | None, guardian: Person, child: Person, relation: str, first: date, last: date | None = None,
    legal: bool = True, informed: bool = True, first_contact: bool = False,
) -> Guardianship:  # fmt: skip
    """A guardian of a child from a day. The first contact is one at a time: the one before gives it up that day."""
    if by is not None:
        insist(rules.may_keep(by))
    check_order(first, last)
    _lock(child.pk)
    if first_contact:
        _give_up_first_contact(child.pk, first, last)
    try:
        with transaction.atomic():
            row = Guardianship.objects.create(
                guardian=guardian, child=child, relation=relation, during=span(first, last),
                legal=legal, informed=informed, first_contact=first_contact,
            )  # fmt: skip
    except IntegrityError as error:
        raise clash(error, _CLASHES) from None
    audit.record(by, "roster.add_guardian", obj=row, for_person=child.pk, detail=_rights(row))
    return row


@dataclass(frozen=True, slots=True)
class Standing:
    """A guardian of a child, by person ids: for many at once."""

    guardian: int
    child: int
    relation: str
    legal: bool = True
    informed: bool = True
    first_contact: bool = False


@transaction.atomic
def add_guardians(*, by: Actor | None, standings: Iterable[Standing], first: date) -> int:
    """Many at once, for children who have none of them yet: one statement, one line in the log. Gives how many."""
    if by is not None:
        insist(rules.may_keep(by))
    rows = [
        Guardianship(
            guardian_id=s.guardian, child_id=s.child, relation=s.relation, during=span(first, None), legal=s.legal,
            informed=s.informed, first_contact=s.first_contact,
        )
        for s in standings
    ]  # fmt: skip
    try:
        with transaction.atomic():
            Guardianship.objects.bulk_create(rows, batch_size=500)
    except IntegrityError as error:
        raise clash(error, _CLASHES) from None
    audit.record(by, "roster.add_guardian", detail={"count": len(rows)})
    return len(rows)


@transaction.atomic
def change_guardian(
    *, by: Actor | None, standing: Guardianship, first: date, relation: str, legal: bool, informed: bool,
    first_contact: bool,
) -> Guardianship:  # fmt: skip
    """Other rights from this day on; until the day before they stay as they were."""
    if by is not None:
        insist(rules.may_keep(by))
    _lock(standing.child_id)
    row = Guardianship.objects.select_for_update().get(pk=standing.pk)
    if row.during.upper is not None and first >= row.during.upper:
        raise ValidationError({"first": _("Ngày ấy người này không còn là người giám hộ của em.")})
    if first_contact and not row.first_contact:
        _give_up_first_contact(row.child_id, first, None)
    row = split(row, first)
    row.relation, row.legal, row.informed, row.first_contact = relation, legal, informed, first_contact
    row.save(update_fields=["relation", "legal", "informed", "first_contact"])
    audit.record(by, "roster.change_guardian", obj=row, for_person=row.child_id, detail=_rights(row))
    return row


@transaction.atomic
def end_guardian(*, by: Actor | None, standing: Guardianship, last: date) -> None:
    """This day is the last; the day after, nothing of the child is seen any more."""
    if by is not None:
        insist(rules.may_keep(by))
    row = Guardianship.objects.select_for_update().get(pk=standing.pk)
    audit.record(by, "roster.end_guardian", obj=row, for_person=row.child_id)
    close_with(row, last)


def _lock(child_id: int) -> None:
    Person.objects.select_for_update(no_key=True).get(pk=child_id)


def _give_up_first_contact(child_id: int, first: date, last: date | None) -> None:
    for row in Guardianship.objects.select_for_update().filter(
        child_id=child_id, first_contact=True, during__overlap=span(first, last)
    ):
        later = split(row, first)
        if last is not None:
            split(Guardianship.objects.get(pk=later.pk), last + timedelta(days=1))
        Guardianship.objects.filter(pk=later.pk).update(first_contact=False)


def _rights(row: Guardianship) -> dict[str, bool]:
    return {"legal": row.legal, "informed": row.informed, "first_contact": row.first_contact}


@transaction.atomic
def bring_guardian(
    *, by: Actor | None, child: Person, full_name: str, phone: str, relation: str, first: date, legal: bool,
    informed: bool, first_contact: bool,
) -> Guardianship:  # fmt: skip
    """A guardian by name and number: whoever has both already is the same person, so that one may stand for several."""
    number = clean_contact({"phone": phone})["phone"]
    known = None
    if number:
        known = Person.objects.filter(search_text=vi.fold(full_name), contact__phone=number).first()
    guardian = known or add_person(by=by, full_name=full_name)
    if number and known is None:
        save_contact(by=by, person=guardian, phone=number)
    return add_guardian(
        by=by, guardian=guardian, child=child, relation=relation, first=first, legal=legal, informed=informed,
        first_contact=first_contact,
    )  # fmt: skip
