"""Sign-in slips at once: for one person, a family, a class. Many are a job (slips)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from truongso.people import access, queries
from truongso.people.actions.accounts import Slip, issue_account, issue_slip
from truongso.people.actor import Actor
from truongso.people.models import Account, Person, Unit
from truongso.roster.account_queries import AccountRow, Kind


@transaction.atomic
def slips_for_class(*, by: Actor, unit: Unit, everybody: bool) -> list[Slip]:
    """New slips for a class's pupils: for those who never came in, or for everybody. Accounts are made where missing."""
    made = []
    for row in queries.members(unit, by.on):
        account = row.account or issue_account(by=by, person=row.person, class_name=unit.name)
        if everybody or account.first_signed_in_at is None:
            made.append(issue_slip(by=by, account=account, class_name=unit.name))
    return made


@transaction.atomic
def slip_for_person(*, by: Actor, account: Account) -> Slip:
    name = queries.class_name_of(account.person_id, by.on)
    return issue_slip(by=by, account=account, class_name=name)


@transaction.atomic
def slips_for_family(*, by: Actor, guardian: Person) -> list[Slip]:
    """One sheet for a family: the guardian and the children here whose sign-in this actor may renew."""
    people = [
        guardian,
        *Person.objects.filter(guarded_by__guardian=guardian, guarded_by__during__contains=by.on).order_by("sort_key"),
    ]
    made = []
    for person in people:
        account = Account.objects.filter(person=person).first()
        if account is not None and access.renew_verdict(by, person.pk):
            made.append(slip_for_person(by=by, account=account))
    return made


@transaction.atomic
def issue_accounts(*, by: Actor, rows: Sequence[AccountRow]) -> int:
    """Accounts for those of them who have none; the slips are printed apart. Returns how many were made."""
    persons = Person.objects.in_bulk([r.person_id for r in rows if not r.login])
    for row in rows:
        if row.person_id in persons:
            issue_account(by=by, person=persons[row.person_id], class_name=class_of(row))
    return len(persons)


def class_of(row: AccountRow) -> str:
    return row.class_name if row.kind is Kind.PUPIL else ""
