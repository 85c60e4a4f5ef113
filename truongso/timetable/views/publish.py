"""Looking over a timetable: its counts and warnings, what differs from another, and applying it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from truongso.people.forms import add_errors
from truongso.people.http import Request
from truongso.people.policy import allow
from truongso.timetable import access, rules
from truongso.timetable.actions import publishing as verbs
from truongso.timetable.cells import slot_said
from truongso.timetable.differences import by_class, by_person, differences
from truongso.timetable.forms.versions import PublishForm
from truongso.timetable.models import TimetableVersion, VersionState
from truongso.timetable.queries import drafts as queries
from truongso.timetable.queries import grid, publishing
from truongso.timetable.views.grid import SEERS, place


@allow(*rules.PLANNERS)
def timetable_check(request: Request, pk: int) -> HttpResponse:
    """Weekly counts of every class and subject, loads of teachers, and what to look at."""
    version = access.version_for(request.actor, pk, need="plan")
    found = publishing.review(version)
    units = grid.classes(version)
    subjects = {w.subject.pk: w.subject for row in found.counts.values() for w in row}
    page = {
        "version": version, "review": found, "units": units, "place": place, "term": grid.term_of(version),
        "subjects": sorted(subjects.values(), key=lambda s: (s.order, s.name)),
        "rows": {unit: {w.subject.pk: w for w in row} for unit, row in found.counts.items()},
    }  # fmt: skip
    return render(request, "timetable/grid_check.html", page)


@allow(*SEERS)
def timetable_compare(request: Request, pk: int) -> HttpResponse:
    """What is not the same in another timetable, per class or per teacher."""
    version = access.version_for(request.actor, pk)
    others = [v for v in queries.versions(drafts=bool(rules.may_plan(request.actor))) if _comparable(version, v)]
    wanted = request.GET.get("with", "")
    standing = publishing.in_force(version, version.during.lower)
    default = standing.pk if standing else (others[0].pk if others else 0)
    other = next((v for v in others if str(v.pk) == wanted), next((v for v in others if v.pk == default), None))
    found = differences(grid.held(other), grid.held(version)) if other else []
    teachers = request.GET.get("by") == "teacher"
    page = {
        "version": version, "others": others, "other": other, "found": found, "teachers": teachers, "slot_said": slot_said,
        "groups": _grouped(found, teachers), "kinds": {k: sum(d.kind == k for d in found) for k in KINDS},
        "classes": len(by_class(found)), "persons": len(by_person(found)),
    }  # fmt: skip
    return render(request, "timetable/compare.html", page)


KINDS = ("moved", "changed", "added", "removed")


def _comparable(version: TimetableVersion, other: TimetableVersion) -> bool:
    return other.pk != version.pk and other.year_id == version.year_id


def _grouped(found: list[Any], teachers: bool) -> list[tuple[str, list[Any]]]:
    """(name, differences) in order of names."""
    if not teachers:
        return [(rows[0].unit, rows) for rows in by_class(found).values()]
    names = {h.content.person_id: h.teacher for d in found for h in (d.before, d.after) if h is not None}
    groups = by_person(found)
    return sorted(((names[person], rows) for person, rows in groups.items()), key=lambda g: g[0].split()[::-1])


@allow(*SEERS)
def timetable_publish(request: Request, pk: int) -> HttpResponse:
    """From which day, whom it changes, what stops it; then the job's progress; then what was done."""
    version = access.version_for(request.actor, pk, need="publish" if request.method == "POST" else "see")
    job = publishing.job_of(version)
    if version.state != VersionState.DRAFT or (job is not None and not job.is_over):
        request.streams = [job.stream] if job is not None and not job.is_over else []
        return render(request, "timetable/publish_done.html", {"version": version, "job": job, "day": _day})
    access.insist(rules.may_plan(request.actor))
    form = PublishForm(request.POST if request.method == "POST" else None, initial={"first": version.during.lower})
    review = publishing.review(version)
    if request.method == "POST" and form.is_valid() and _asked(request, version, form, review):
        return redirect("timetable_publish", pk)
    page = _page(request, version, form, review)
    return render(request, "timetable/publish.html", page, status=422 if form.errors else 200)


def _asked(request: Request, version: TimetableVersion, form: PublishForm, review: publishing.Review) -> bool:
    if review.blocks:
        form.add_error(None, _("Xin sửa những điều phải sửa trước."))
        return False
    if review.unplaced and "anyway" not in request.POST:
        form.add_error(None, _("Còn tiết chưa xếp. Xin xếp cho đủ, hoặc đánh dấu vào ô đồng ý áp dụng."))
        return False
    try:
        verbs.ask_to_publish(by=request.actor, version=version, first=form.cleaned_data["first"])
    except ValidationError as error:
        add_errors(form, error)
        return False
    return True


def _page(request: Request, version: TimetableVersion, form: PublishForm, review: publishing.Review) -> dict[str, Any]:
    first = form.cleaned_data.get("first") if form.is_bound else None
    day: date = first or version.during.lower
    return {
        "version": version, "form": form, "review": review, "impact": publishing.impact(version, day), "first": day,
        "kept": publishing.kept_from(day), "may": rules.may_publish(request.actor), "place": place,
        "past": day < request.actor.on, "anyway": "anyway" in request.POST,
    }  # fmt: skip


def _day(text: str) -> date:
    return date.fromisoformat(text)
