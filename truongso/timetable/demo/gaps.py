"""What went otherwise than planned in the made-up school: a storm week, and a few periods moved, cancelled, made up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from truongso.people.actor import Actor, actor_for
from truongso.people.models import Account, Person, RoleAssignment
from truongso.people.roles import Role
from truongso.roster.models import TeachingAssignment
from truongso.school.models import SchoolYear, Shift, Week
from truongso.timetable.actions import modes, periods
from truongso.timetable.models import Mode, Period

STORM_WEEK = 4


def _head(today: date) -> Actor | None:
    held = RoleAssignment.objects.on(today).filter(role=Role.HEAD).values("person")
    account = Account.objects.filter(person__in=held).select_related("person").first()
    return actor_for(account, on=today) if account else None


def decide_storm_week(year: SchoolYear, today: date) -> None:
    """Before the periods are made, so that those of a past week follow it; none while that week has not come."""
    week = Week.objects.filter(year=year, number=STORM_WEEK, first_day__lt=today).first()
    head = _head(today)
    if week and head:
        modes.decide_mode(
            by=head, mode=Mode.ONLINE_REPLACE, first=week.first_day, last=week.last_day, units=(), shift="",
            reason=_("Bão số 9, đường đến trường ngập"), document=_("Quyết định số 41/QĐ-THCSBM"),
        )  # fmt: skip


def leave_gaps(today: date) -> None:
    """In each of the last past weeks one period was cancelled (some made up since), one moved, one given to another."""
    head = _head(today)
    past = list(Week.objects.filter(first_day__lt=today - timedelta(days=7)).order_by("-first_day")[:4])
    if head is None:
        return
    for turn, week in enumerate(past):
        ill, busy, moved = _some(week, turn)
        for lost in ill:
            periods.cancel_period(by=head, period=lost, reason=_("Cô giáo ốm, chưa xếp được người dạy thay"))
            if turn:  # the latest is still owed
                periods.add_period(
                    by=head, unit=lost.unit, subject=lost.subject, part=lost.part, person=lost.person,
                    day=lost.day + timedelta(days=7), shift=Shift.AFTERNOON, number=1, room=lost.room, makes_up=lost,
                    reason=_("Dạy bù tiết nghỉ tuần trước"),
                )  # fmt: skip
        for one in busy:
            other = _free_for(one)
            if other:
                periods.substitute(by=head, period=one, person=other, reason=_("Giáo viên đi tập huấn"))
        for one in moved:
            periods.move_period(
                by=head, period=one, day=one.day, shift=Shift.AFTERNOON, number=2, reason=_("Nhường giờ cho khám sức khoẻ")
            )  # fmt: skip


def _some(week: Week, turn: int) -> Iterable[list[Period]]:
    """Three periods of the week's Tuesday, Wednesday, Thursday: one each, or none on a day that was free."""
    found = Period.objects.filter(label="", kept=False).select_related("unit", "subject", "part", "person", "room")
    for offset in (1, 2, 3):
        of_day = found.filter(day=week.first_day + timedelta(days=offset)).order_by("number", "unit__name")
        yield list(of_day[turn * 5 : turn * 5 + 1])


def _free_for(period: Period) -> Person | None:
    """Another teacher of the subject who has no lesson at that time."""
    busy = Period.objects.filter(Q(span__overlap=period.span) & Q(person__isnull=False)).values("person")
    able = TeachingAssignment.objects.on(period.day).filter(subject=period.subject_id, part=period.part_id)
    return Person.objects.filter(pk__in=able.values("person")).exclude(pk__in=busy).order_by("sort_key", "pk").first()
