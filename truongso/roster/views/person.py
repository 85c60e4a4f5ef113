"""The page of one person, by right: parts that one may not see are not there."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from truongso.people import access as people_access
from truongso.people import queries as people
from truongso.people import rules as people_rules
from truongso.people.actor import grants_on
from truongso.people.http import Request
from truongso.people.policy import signed_in
from truongso.people.roles import STAFF, Role
from truongso.roster import access, profile, queries
from truongso.roster.actions.contact import save_contact
from truongso.roster.forms import ContactForm
from truongso.roster.views.answers import form_page


@signed_in
def person(request: Request, pk: int) -> HttpResponse:
    found, seen = access.person_for(request.actor, pk)
    day = request.actor.on
    account = getattr(found, "account", None) if seen.account else None
    classes = list(profile.classes_held(found))
    grants = grants_on(pk, day)[0]
    page = {
        "person": found,
        "seen": seen,
        "account": account,
        "roles": [r for r in people.roles_of(found) if r.role != Role.PUPIL or not seen.way] if seen.account else [],
        "slip": people.last_slip(account) if account else None,
        "class_name": people.class_name_of(pk, day),
        "class_pk": queries.class_of(pk, day),
        "is_pupil": bool(classes),
        "way": profile.way(found) if seen.way else [],
        "classes": classes if seen.way else [],
        "guardians": profile.guardians(found, day) if seen.family and classes else [],
        "children": profile.children(request.actor, found) if seen.family else [],
        "staff": profile.staff(found, day) if seen.account else None,
        "contact": getattr(found, "contact", None) if seen.contact else None,
        "notes": profile.custody_notes(found, seen) if classes else [],
        "manage": people_rules.may_manage_people(request.actor),
        "renew": people_access.renew_verdict(request.actor, pk) if seen.account else None,
        "may_support": people_rules.may_support(request.actor, pk, frozenset(g.role for g in grants)),
        "may_contact": access.may_keep_contact(request.actor, pk),
        "works_here": any(g.role in STAFF for g in grants),
        "now": timezone.now(),
        "has_children": bool(people.children_classes(pk, day)),
    }
    return render(request, "roster/person.html", page)


@signed_in
def contact(request: Request, pk: int) -> HttpResponse:
    """How to reach a person: written by keepers, the homeroom teacher, or oneself."""
    found = access.contact_for(request.actor, pk)
    now = getattr(found, "contact", None)
    form = ContactForm(
        request.POST or None, initial={f: getattr(now, f) for f in ContactForm.base_fields} if now else {}
    )
    return form_page(
        request, found, form, _("Liên hệ"), lambda data: save_contact(by=request.actor, person=found, **data)
    )
