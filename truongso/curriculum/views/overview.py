from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from truongso.curriculum import access, examples, queries, rules
from truongso.curriculum.actions.examples import load_example
from truongso.curriculum.actions.outline import copy_programme, make_programme
from truongso.curriculum.models import Programme
from truongso.people.actor import Actor
from truongso.people.http import Request
from truongso.people.policy import signed_in
from truongso.school.models import SchoolYear, Subject
from truongso.school.queries import year_named, years


@signed_in
def programmes(request: Request) -> HttpResponse:
    """Subjects × grades: what each has, and whether its periods add up to the year's."""
    year = year_named(request.GET.get("year", "")) or queries.year_for(request.actor.on)
    seen, headed = access.sight(request.actor), access.headed(request.actor)
    found = queries.overview_for(year, seen) if year else []
    page = {
        "year": year, "years": [(y.name, f"?year={y.name}", year is not None and y.pk == year.pk) for y in years()[:4]],
        "grades": sorted({r.grade for r in found}), "subjects": queries.by_subject(found),
        "edits": {r.subject.pk for r in found if rules.may_edit(request.actor, headed, r.subject.pk)},
        "wrong": sum(r.programme is not None and not r.fits for r in found), "family": bool(seen.grades) and not seen.all and not seen.subjects,
    }  # fmt: skip
    return render(request, "curriculum/programmes.html", page)


@signed_in
def start(request: Request, year: int, subject: int, grade: int) -> HttpResponse:
    """Begin a programme: empty, from the shipped example, or as it was in the year before."""
    found_subject, found_year = access.start_for(request.actor, subject, year)
    if not 1 <= grade <= 12:
        raise Http404
    there = queries.programme_for(found_subject, grade, found_year)
    if there is not None:
        return redirect("programme", there.pk)
    before = queries.programme_before(found_subject, grade, found_year)
    if request.method == "POST":
        how = request.POST.get("how", "")
        made = _begin(request.actor, found_subject, grade, found_year, how=how, before=before)
        messages.success(request, _("Đã lập chương trình %(name)s.") % {"name": made})
        return redirect("bring" if how == "bring" else "programme", made.pk)
    page = {"subject": found_subject, "grade": grade, "year": found_year, "before": before,
            "example": (found_subject.code, grade) in examples.known()}  # fmt: skip
    return render(request, "curriculum/start.html", page)


def _begin(
    by: Actor, subject: Subject, grade: int, year: SchoolYear, *, how: str, before: Programme | None
) -> Programme:
    try:
        if how == "copy" and before is not None:
            return copy_programme(by=by, source=before, year=year)
        made = make_programme(by=by, subject=subject, grade=grade, year=year)
        if how == "example":
            load_example(by=by, programme=made)
    except ValidationError:  # somebody was quicker
        made = make_programme(by=by, subject=subject, grade=grade, year=year)
    return made
