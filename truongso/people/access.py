"""The doors to people. Not visible looks missing; visible but not allowed says why."""

from __future__ import annotations

from typing import Literal

from django.core.exceptions import PermissionDenied
from django.http import Http404

from truongso.people import queries, rules
from truongso.people.actor import Actor, grants_on
from truongso.people.models import Account, Person, RoleAssignment, Unit, UnitKind
from truongso.people.roles import Role
from truongso.people.rules import Verdict


def sees(actor: Actor, person_id: int) -> bool:
    """Whose page may be opened: one's own, one's children's; the own class's people; everybody's by those who manage."""
    if person_id == actor.person_id or person_id in actor.children:
        return True
    if actor.has(Role.HEAD, Role.DEPUTY, Role.IT_ADMIN, Role.CLERK, Role.INSPECTOR):
        return True
    own = actor.units(Role.HOMEROOM)
    if not own:
        return False
    grants, _ = grants_on(person_id, actor.on)
    if any(g.role is Role.PUPIL and g.unit_id in own for g in grants):
        return True
    return bool(queries.children_classes(person_id, actor.on) & own)


def person_for(actor: Actor, pk: int, *, need: Literal["see", "manage"] = "see") -> Person:
    person = Person.objects.select_related("account").filter(pk=pk).first()
    if person is None or not sees(actor, pk):
        raise Http404
    if need == "manage":
        _insist(rules.may_manage_people(actor))
    return person


def renew_verdict(actor: Actor, person_id: int) -> Verdict:
    grants, _ = grants_on(person_id, actor.on)
    return rules.may_renew_sign_in(actor, person_id, grants, queries.children_classes(person_id, actor.on))


def account_for(actor: Actor, person_pk: int, *, need: Literal["renew", "manage"]) -> Account:
    """The account of a person, to give it a new first password ("renew") or to open, close, unlock it ("manage")."""
    person = person_for(actor, person_pk)
    _insist(renew_verdict(actor, person_pk) if need == "renew" else rules.may_manage_people(actor))
    account = Account.objects.select_related("person").filter(person=person).first()
    if account is None:
        raise Http404
    return account


def class_for(actor: Actor, pk: int) -> Unit:
    """A class's list: its homeroom teacher's, and that of those who manage people."""
    unit = Unit.objects.filter(pk=pk, kind=UnitKind.CLASS).first()
    managers = (Role.HEAD, Role.DEPUTY, Role.IT_ADMIN, Role.CLERK, Role.INSPECTOR)
    if unit is None or not (pk in actor.units(Role.HOMEROOM) or actor.has(*managers)):
        raise Http404
    return unit


def role_for(actor: Actor, pk: int) -> RoleAssignment:
    """An assignment one may end or lend: one's own, or anybody's for those who give roles."""
    found = RoleAssignment.objects.select_related("person", "unit", "delegated_from").filter(pk=pk).first()
    if found is None:
        raise Http404
    mine = found.person_id == actor.person_id
    lent_by_me = found.delegated_from is not None and found.delegated_from.person_id == actor.person_id
    if not (mine or lent_by_me or actor.has(Role.HEAD, Role.IT_ADMIN)):
        raise Http404
    return found


def _insist(verdict: Verdict) -> None:
    if not verdict:
        raise PermissionDenied(str(verdict.why))
