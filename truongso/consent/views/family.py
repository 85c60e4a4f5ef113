"""Consent as guardians and pupils give it: all children on one screen, one purpose at a time."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from truongso.consent import access, asked
from truongso.consent import request_queries as requests
from truongso.consent.actions import answers as verbs
from truongso.consent.actions.requests import receive
from truongso.consent.forms import AnswerForm, RequestForm
from truongso.consent.models import PurposeVersion, RequestKind
from truongso.people.forms import add_errors
from truongso.people.http import Request
from truongso.people.models import Guardianship, Person
from truongso.people.policy import allow
from truongso.people.queries import device_name
from truongso.people.roles import Role

FAMILY = (Role.PUPIL, Role.GUARDIAN)


@allow(*FAMILY)
def my_consent(request: Request) -> HttpResponse:
    """What is asked, what was said, purpose by purpose."""
    asks = asked.asks(request.actor)
    groups: dict[PurposeVersion, list[asked.Ask]] = {}
    for ask in asks:
        groups.setdefault(ask.version, []).append(ask)
    open_codes = [a.version.purpose.code for a in asks if a.given is None]
    page = {
        "groups": groups, "next": open_codes[0] if open_codes else None,
        "requests": requests.rows(requests.of_person(request.actor.person_id))[:5],
        "children": {a.child for a in asks},
    }  # fmt: skip
    return render(request, "consent/mine.html", page)


@allow(*FAMILY)
def my_consent_purpose(request: Request, code: str) -> HttpResponse:
    """One question in plain words, with yes and no of equal weight for each child."""
    version = access.version_on(request.actor, code)
    everything = asked.asks(request.actor)
    asks = [a for a in everything if a.version == version]
    if not asks:
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None, asks=asks)
    if request.method == "POST" and form.is_valid():
        device = device_name(request.headers.get("User-Agent", ""))
        said = form.said()
        for ask, agrees in said:
            verbs.answer(by=request.actor, child=ask.child, version=version, agrees=agrees, device=device)
        messages.success(
            request, _("Đã ghi nhận. Đổi ý lúc nào cũng được.") if said else _("Chưa chọn nên chưa ghi gì.")
        )
        waiting = [a for a in everything if a.given is None and a.version != version]
        codes = [a.version.purpose.code for a in waiting]
        return redirect("my_consent_purpose", codes[0]) if codes and said else redirect("my_consent")
    codes = list(dict.fromkeys(a.version.purpose.code for a in everything))
    page = {"version": version, "form": form, "place": codes.index(code) + 1, "of": len(codes),
            "pupil_too": version.discloses, "own": request.actor.person_id in {a.child.pk for a in asks}}  # fmt: skip
    return render(request, "consent/purpose.html", page, status=422 if form.errors else 200)


@allow(*FAMILY)
def my_request(request: Request) -> HttpResponse:
    """Ask the school to show, correct, delete … data of oneself or of a child one stands for by law."""
    actor = request.actor
    legal = Guardianship.objects.on(actor.on).filter(guardian_id=actor.person_id, legal=True).values("child_id")
    subjects = Person.objects.filter(pk__in=legal) | Person.objects.filter(pk=actor.person_id)
    form = RequestForm(request.POST or None, subjects=subjects)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        me = request.user.person
        try:
            receive(by=actor, subject=given["subject"], asked_by=me, kind=RequestKind(given["kind"]), text=given["text"],
                    received_on=actor.on)  # fmt: skip
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Nhà trường đã nhận yêu cầu và sẽ báo lại đúng hạn."))
            return redirect("my_consent")
    return render(request, "consent/my_request.html", {"form": form}, status=422 if form.errors else 200)
