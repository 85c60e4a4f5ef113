"""Years: made from the national frame, opened, closed. Roll-over (roster) calls plan_year, open_year and close_year."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from truongso import audit
from truongso.people.actor import Actor
from truongso.school.access import insist
from truongso.school.actions.subjects import copy_periods
from truongso.school.actions.weeks import write_weeks
from truongso.school.data import load
from truongso.school.models import Holiday, SchoolYear, Term, YearState
from truongso.school.rules.calendar import Span
from truongso.school.rules.frames import Frame, frame, years_of


def as_range(span: Span) -> DateRange:
    return DateRange(span.first, span.last + timedelta(days=1))


def frame_of(name: str) -> Frame:
    """What a year of this name would begin with. Raises ValidationError at "name" when it is no year's name."""
    found = years_of(name)
    if found is None:
        raise ValidationError({"name": _("Tên năm học viết như 2026-2027.")})
    return frame(found[0], load("years"), load("holidays"))


@transaction.atomic
def make_year(*, by: Actor | None, name: str, during: Span | None = None, basis: str = "") -> SchoolYear:
    """Make a year with its two terms, days off, 35 weeks and the periods of each subject, from the data of its dates.

    A school's first year is open at once (there is nothing to roll over); any other waits as planned. Raises
    ValidationError at "name" when it exists or is no year's name, at "first" when its days meet another year's.
    """
    insist(by, "year")
    plan = frame_of(name)
    SchoolYear.objects.select_for_update().count()
    if SchoolYear.objects.filter(name=plan.name).exists():
        raise ValidationError({"name": _("Năm học %(name)s đã có rồi.") % {"name": plan.name}})
    span = as_range(during or plan.during)
    if other := SchoolYear.objects.filter(during__overlap=span).first():
        raise ValidationError({"first": _("Những ngày này trùng với năm học %(name)s.") % {"name": other.name}})
    state = YearState.PLANNED if SchoolYear.objects.exists() else YearState.OPEN
    year = SchoolYear.objects.create(name=plan.name, during=span, basis=basis or plan.basis, state=state)
    terms = [
        Term(year=year, number=t.number, during=as_range(t.span), weeks=w)
        for t, w in zip(plan.terms, plan.weeks, strict=True)
    ]
    Term.objects.bulk_create(terms)
    Holiday.objects.bulk_create(
        Holiday(year=year, name=d.name, kind=d.kind, during=as_range(d.span)) for d in plan.off if _inside(span, d.span)
    )
    write_weeks(year)
    copy_periods(year)
    audit.record(by, "school.make_year", obj=year, detail={"name": year.name})
    return year


def _inside(during: DateRange, span: Span) -> bool:
    return bool(during.lower <= span.first and span.last < during.upper)


def plan_year(*, by: Actor | None, name: str) -> SchoolYear:
    """Next year, kept as planned until it is opened; the one that exists already when it was planned before."""
    found = SchoolYear.objects.filter(name=frame_of(name).name).first()
    return found or make_year(by=by, name=name)


@transaction.atomic
def open_year(*, by: Actor | None, year: SchoolYear) -> None:
    """Let teaching begin in it. One year is open at a time: another open one has to be closed first."""
    insist(by, "year")
    year.refresh_from_db(from_queryset=SchoolYear.objects.select_for_update())
    other = SchoolYear.objects.filter(state=YearState.OPEN).exclude(pk=year.pk).first()
    if other is not None:
        raise ValidationError(_("Năm học %(name)s đang mở. Xin kết thúc năm ấy trước.") % {"name": other.name})
    _move(by, year, YearState.OPEN, "school.open_year")


@transaction.atomic
def close_year(*, by: Actor | None, year: SchoolYear) -> None:
    """Teaching of this year is over; it can be opened again until another year is."""
    insist(by, "year")
    year.refresh_from_db(from_queryset=SchoolYear.objects.select_for_update())
    if year.state != YearState.OPEN:
        raise ValidationError(_("Năm học này không mở, nên không có gì để kết thúc."))
    _move(by, year, YearState.CLOSED, "school.close_year")


def _move(by: Actor | None, year: SchoolYear, state: YearState, verb: str) -> None:
    if year.state != state:
        year.state = state
        year.save(update_fields=["state"])
        audit.record(by, verb, obj=year, detail={"name": year.name})


@transaction.atomic
def change_year(*, by: Actor | None, year: SchoolYear, first: date, last: date, basis: str) -> None:
    """Its first and last day and the decision they come from; terms and days off have to stay inside."""
    insist(by, "year")
    if last <= first:
        raise ValidationError({"last": _("Ngày cuối đứng trước ngày đầu. Xin xem lại.")})
    span = DateRange(first, last + timedelta(days=1))
    if other := SchoolYear.objects.filter(during__overlap=span).exclude(pk=year.pk).first():
        raise ValidationError({"first": _("Những ngày này trùng với năm học %(name)s.") % {"name": other.name}})
    for term in year.terms.all():
        if term.during.lower < first:
            raise ValidationError({"first": _("Học kì %(n)s bắt đầu trước ngày này.") % {"n": term}})
        if term.during.upper - timedelta(days=1) > last:
            raise ValidationError({"last": _("Học kì %(n)s còn kéo dài quá ngày này.") % {"n": term}})
    year.during, year.basis = span, basis
    year.save(update_fields=["during", "basis"])
    audit.record(by, "school.change_year", obj=year)


@transaction.atomic
def remove_year(*, by: Actor | None, year: SchoolYear) -> None:
    """A year made by mistake, with its calendar: only while it is planned and no class is in it."""
    insist(by, "year")
    if year.state != YearState.PLANNED:
        raise ValidationError(_("Chỉ xoá được năm học đang chuẩn bị."))
    if year.classes.exists():
        raise ValidationError(_("Năm học này đã có lớp, nên không xoá được."))
    audit.record(by, "school.remove_year", obj=year, detail={"name": year.name})
    year.delete()
