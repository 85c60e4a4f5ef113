"""`truongso create-admin`"""

from __future__ import annotations

import sys

from django.db import transaction
from django.utils import timezone

from truongso.people.actions.accounts import Slip, issue_account, issue_slip
from truongso.people.actions.persons import add_person
from truongso.people.actions.roles import assign_role
from truongso.people.models import Account, Person
from truongso.people.roles import Role
from truongso.supervisor.say import say


@transaction.atomic
def make_admin(full_name: str) -> Slip:
    """An IT administrator with a fresh slip; the same name gets a fresh slip for the same account."""
    account = (
        Account.objects.select_related("person")
        .filter(person__full_name=full_name, person__roles__role=Role.IT_ADMIN)
        .first()
    )
    if account is None:
        person: Person = add_person(by=None, full_name=full_name)
        assign_role(by=None, person=person, role=Role.IT_ADMIN, first=timezone.localdate())
        account = issue_account(by=None, person=person)
    return issue_slip(by=None, account=account)


def create_admin(full_name: str, address: str) -> int:
    """Print the sign-in of the (first) administrator: once, here."""
    slip = make_admin(full_name)
    sys.stdout.write(
        say(
            f"Người quản trị: {slip.person_name}\nTên đăng nhập: {slip.login}\nMật khẩu lần đầu: {slip.first_password}\n"
            f"Hoặc mở: {address}{slip.path}\n",
            f"Administrator: {slip.person_name}\nLogin: {slip.login}\nFirst password: {slip.first_password}\n"
            f"Or open: {address}{slip.path}\n",
        )
    )
    return 0
