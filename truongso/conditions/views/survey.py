"""The survey as pupils, guardians and homeroom teachers answer it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from truongso.conditions import access, survey_queries
from truongso.conditions.actions import survey as verbs
from truongso.conditions.forms import SurveyForm
from truongso.conditions.models import Capacity
from truongso.conditions.rules import QUESTIONS
from truongso.people.http import Request
from truongso.people.models import Person
from truongso.people.policy import allow, signed_in
from truongso.people.roles import Role


@allow(Role.PUPIL, Role.GUARDIAN)
def my_survey(request: Request) -> HttpResponse:
    """For whom one may answer: oneself, or each child; straight to the questions when there is one."""
    actor = request.actor
    ids = [*actor.children, *([actor.person_id] if actor.has(Role.PUPIL) else [])]
    round = survey_queries.open_round(actor.on)
    if round is None:
        return render(request, "conditions/survey_closed.html", {})
    if len(ids) == 1:
        return redirect("survey", ids[0])
    done = survey_queries.answers(round, ids)
    page = {"round": round, "children": list(Person.objects.filter(pk__in=ids)), "done": done}
    return render(request, "conditions/survey_children.html", page)


@signed_in
def survey(request: Request, pk: int) -> HttpResponse:
    """Six questions on one page. A tap sends the form as it stands; without script the button does."""
    child, capacity = access.child_to_answer(request.actor, pk)
    round = survey_queries.open_round(request.actor.on)
    if round is None:
        return render(request, "conditions/survey_closed.html", {})
    last = survey_queries.last_answer(round, pk)
    form = SurveyForm(request.POST or None, initial={q: getattr(last, q) for q in QUESTIONS} if last else {})
    if request.method == "POST" and form.is_valid():
        try:
            last = verbs.answer(
                by=request.actor, round=round, child=child, capacity=capacity, answers=form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            if "X-Tap" in request.headers:
                return HttpResponse(status=204, headers={"X-Complete": "yes" if last.complete else "no"})
            if last.complete:
                return redirect("survey_thanks", pk)
            messages.info(request, _("Đã lưu. Còn câu chưa chọn, xin chọn nốt rồi bấm Gửi."))
            return redirect("survey", pk)
    page = {"child": child, "round": round, "form": form, "on_behalf": capacity == Capacity.SCHOOL,
            "own": capacity == Capacity.PUPIL, "last": last}  # fmt: skip
    return render(request, "conditions/survey.html", page, status=422 if form.errors else 200)


@signed_in
def survey_thanks(request: Request, pk: int) -> HttpResponse:
    child, capacity = access.child_to_answer(request.actor, pk)
    round = survey_queries.open_round(request.actor.on)
    last = survey_queries.last_answer(round, pk) if round else None
    if round is None or last is None:
        return redirect("survey", pk)
    others = [c for c in request.actor.children if c != pk]
    done = survey_queries.answers(round, others)
    page = {"child": child, "round": round, "last": last, "on_behalf": capacity == Capacity.SCHOOL,
            "unit": access.class_of(child.pk, request.actor), "more": [c for c in others if c not in done]}  # fmt: skip
    return render(request, "conditions/survey_thanks.html", page)
