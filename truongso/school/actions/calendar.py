"""Terms, days off, make-up days, single weeks. Whatever changes days shows on the calendar's page what it does to the
weeks; they are numbered again only by `make_weeks`, so that nothing moves under people's plans unseen."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from truongso import audit
from truongso.lib import dates
from truongso.people.actor import Actor
from truongso.school import after
from truongso.school.access import insist
from truongso.school.models import Holiday, MakeUpDay, SchoolYear, Term, Week
from truongso.school.rules.calendar import monday

DAY = timedelta(days=1)


def _order(first: date, last: date) -> None:
    if last < first:
        raise ValidationError({"last": _("Ngày cuối đứng trước ngày đầu. Xin xem lại.")})


def _inside(year: SchoolYear, **days: date) -> None:
    for field, day in days.items():
        if not year.during.lower <= day < year.during.upper:
            said = {
                "name": year.name,
                "first": dates.show(year.during.lower),
                "last": dates.show(year.during.upper - DAY),
            }
            raise ValidationError({field: _("Ngày này nằm ngoài năm học %(name)s (%(first)s đến %(last)s).") % said})


@transaction.atomic
def change_term(*, by: Actor | None, term: Term, first: date, last: date, weeks: int) -> None:
    """First and last day of a term and how many teaching weeks it should have."""
    insist(by, "calendar")
    _order(first, last)
    _inside(term.year, first=first, last=last)
    span = DateRange(first, last + DAY)
    if other := Term.objects.filter(during__overlap=span).exclude(pk=term.pk).first():
        raise ValidationError({"first": _("Những ngày này trùng với học kì %(term)s.") % {"term": other}})
    for other in Term.objects.filter(year=term.year).exclude(pk=term.pk):
        if (other.number > term.number) != (other.during.lower > last):
            raise ValidationError({"first": _("Học kì I phải đứng trước học kì II.")})
    before = after.of(term.during)
    term.during, term.weeks = span, weeks
    term.save(update_fields=["during", "weeks"])
    audit.record(by, "school.change_term", obj=term)
    after.days_changed(by, before ^ after.between(first, last))


@transaction.atomic
def save_holiday(
    *, by: Actor | None, year: SchoolYear, holiday: Holiday | None = None, name: str, kind: str, first: date, last: date
) -> Holiday:
    """Days without teaching, inside the year, apart from each other."""
    insist(by, "calendar")
    _order(first, last)
    _inside(year, first=first, last=last)
    span = DateRange(first, last + DAY)
    if other := Holiday.objects.filter(during__overlap=span).exclude(pk=holiday.pk if holiday else 0).first():
        said = {
            "name": other.name,
            "first": dates.show(other.during.lower),
            "last": dates.show(other.during.upper - DAY),
        }
        raise ValidationError({"first": _("Trùng với “%(name)s” (%(first)s đến %(last)s).") % said})
    before = after.of(holiday.during) if holiday else set()
    holiday = holiday or Holiday(year=year)
    holiday.name, holiday.kind, holiday.during = name, kind, span
    holiday.save()
    audit.record(by, "school.save_holiday", obj=holiday, detail={"name": name})
    after.days_changed(by, before ^ after.between(first, last))
    return holiday


@transaction.atomic
def remove_holiday(*, by: Actor | None, holiday: Holiday) -> None:
    insist(by, "calendar")
    audit.record(by, "school.remove_holiday", obj=holiday, detail={"name": holiday.name})
    holiday.delete()
    after.days_changed(by, after.of(holiday.during))


@transaction.atomic
def save_make_up_day(
    *, by: Actor | None, year: SchoolYear, row: MakeUpDay | None = None, day: date, instead_of: date
) -> MakeUpDay:
    """On `day` the school teaches the lessons of `instead_of`."""
    insist(by, "calendar")
    _inside(year, day=day, instead_of=instead_of)
    if day == instead_of:
        raise ValidationError({"instead_of": _("Ngày dạy bù và ngày được bù phải khác nhau.")})
    if MakeUpDay.objects.filter(day=day).exclude(pk=row.pk if row else 0).exists():
        raise ValidationError({"day": _("Ngày này đã là ngày dạy bù.")})
    days = {day, row.day} if row else {day}
    row = row or MakeUpDay(year=year)
    row.day, row.instead_of = day, instead_of
    row.save()
    audit.record(by, "school.save_make_up_day", obj=row)
    after.days_changed(by, days)
    return row


@transaction.atomic
def remove_make_up_day(*, by: Actor | None, row: MakeUpDay) -> None:
    insist(by, "calendar")
    audit.record(by, "school.remove_make_up_day", obj=row)
    row.delete()
    after.days_changed(by, {row.day})


@transaction.atomic
def move_week(*, by: Actor | None, week: Week, first_day: date) -> None:
    """Let a teaching week begin on another Monday, between its neighbours: so numbers never leave a gap."""
    insist(by, "calendar")
    if first_day != monday(first_day):
        raise ValidationError({"first_day": _("Tuần học bắt đầu vào thứ Hai.")})
    _inside(week.year, first_day=first_day)
    for other in Week.objects.filter(year=week.year).exclude(pk=week.pk):
        if (other.number > week.number) != (other.first_day > first_day) or other.first_day == first_day:
            raise ValidationError(
                {"first_day": _("Tuần %(n)d phải đứng đúng thứ tự; ngày này vướng tuần %(other)d.") % {"n": week.number, "other": other.number}}
            )  # fmt: skip
    before, week.first_day = week.first_day, first_day
    term = Term.objects.filter(year=week.year, during__overlap=DateRange(first_day, first_day + 7 * DAY)).first()
    if term is None:
        raise ValidationError({"first_day": _("Tuần này nằm ngoài cả hai học kì.")})
    week.term = term
    week.save(update_fields=["first_day", "term"])
    audit.record(by, "school.move_week", obj=week)
    after.days_changed(by, after.between(before, before + 6 * DAY) ^ after.between(first_day, first_day + 6 * DAY))
