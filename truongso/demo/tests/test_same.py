"""Two loads of the demo school are the same in everything but ids and times."""

from __future__ import annotations

from hashlib import sha256

import pytest
from django.db import transaction

from truongso.conditions.models import SurveyAnswer
from truongso.demo.load import load
from truongso.people.models import Account, Guardianship, Person, RoleAssignment
from truongso.roster.models import Contact, Movement, TeachingAssignment

pytestmark = pytest.mark.django_db


def digest() -> str:
    """What the rows say, without ids and times."""
    lines = [
        f"{p.full_name}|{p.birth_date}|{p.gender}|{bytes(p.sector_code_hash or b'').hex()}"
        for p in Person.objects.all()
    ]
    lines += [f"{a.login}|{a.person.full_name}|{a.is_active}" for a in Account.objects.select_related("person")]
    lines += [
        f"{r.person.full_name}|{r.role}|{r.unit}|{r.during}"
        for r in RoleAssignment.objects.select_related("person", "unit")
    ]
    lines += [
        f"{g.guardian.full_name}|{g.child.full_name}|{g.relation}|{g.during}|{g.legal}{g.informed}{g.first_contact}"
        for g in Guardianship.objects.select_related("guardian", "child")
    ]
    lines += [
        f"{m.person.full_name}|{m.kind}|{m.day}|{m.other_school}" for m in Movement.objects.select_related("person")
    ]
    lines += [
        f"{c.person.full_name}|{c.phone}|{c.address}|{c.occupation}" for c in Contact.objects.select_related("person")
    ]
    lines += [
        f"{t.unit}|{t.subject}|{t.part}|{t.person.full_name}|{t.compiles}"
        for t in TeachingAssignment.objects.select_related("unit", "subject", "part", "person")
    ]
    lines += [f"{a.child.full_name}|{a.device}|{a.connection}" for a in SurveyAnswer.objects.select_related("child")]
    return sha256("\n".join(sorted(lines)).encode()).hexdigest()


def test_two_loads_are_the_same() -> None:
    digests = []
    for _ in range(2):
        point = transaction.savepoint()
        assert load()
        digests.append(digest())
        transaction.savepoint_rollback(point)
    assert digests[0] == digests[1] and not Person.objects.exists()
