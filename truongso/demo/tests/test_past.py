"""The demo school's past: rolls, notes of families, registers and links until now, and nothing of the days to come."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from truongso.notify.models import Notice
from truongso.people.models import RoleAssignment
from truongso.people.roles import Role
from truongso.school.models import SchoolYear, Week
from truongso.timetable.demo import changes, held, register, rolls
from truongso.timetable.layout import monday
from truongso.timetable.models import (
    AbsenceNote,
    ChangeKind,
    LinkVisit,
    Mode,
    Period,
    PeriodChange,
    PeriodLink,
    PeriodState,
    Presence,
    RegisterNote,
    RegisterWeek,
    RollMark,
    RollSheet,
    SignedAs,
    StandingLink,
)


@pytest.fixture
def past(school: None) -> int:
    """How many teaching weeks are over; in a new year's first weeks there is nothing to see yet."""
    today = timezone.localdate()
    over = Week.objects.filter(year__in=SchoolYear.objects.on(today), first_day__lt=today - timedelta(days=6)).count()
    if over < 9:
        pytest.skip("the school year has only begun")
    return over


def held_periods() -> int:
    return Period.objects.filter(state=PeriodState.PLANNED, span__endswith__lte=timezone.now()).count()


def test_nothing_to_come_has_a_roll_or_a_signed_line(school: None) -> None:
    now = timezone.now()
    assert not RollSheet.objects.filter(period__span__endswith__gt=now).exists()
    assert not RollSheet.objects.filter(day__gt=timezone.localdate()).exists()
    assert not RegisterNote.objects.filter(period__span__endswith__gt=now).exists()
    assert not RegisterNote.objects.filter(signed_at__gt=now).exists()
    assert not RegisterWeek.objects.filter(monday__gt=timezone.localdate() - timedelta(days=7)).exists()
    assert not LinkVisit.objects.filter(first_at__gt=now).exists()
    assert not RollSheet.objects.filter(period__state=PeriodState.CANCELLED).exists()
    assert not RegisterNote.objects.filter(period__state=PeriodState.CANCELLED).exists()


def test_nearly_every_period_of_the_past_has_its_roll_and_its_line(past: int) -> None:
    every = held_periods()
    assert 0.95 < RollSheet.objects.filter(period__isnull=False).count() / every < 0.99
    assert 0.93 < RegisterNote.objects.count() / every < 0.98
    days = Period.objects.filter(state=PeriodState.PLANNED, shift="am", span__endswith__lte=timezone.now())
    sessions = days.values_list("unit", "day").distinct().count()
    assert RollSheet.objects.filter(period__isnull=True).count() == sessions


def test_most_are_there_each_class_differs_and_one_pupil_nears_the_limit(past: int) -> None:
    away = RollMark.objects.filter(sheet__period__isnull=True, state__in=[Presence.EXCUSED, Presence.ABSENT])
    by_pupil = Counter(away.values_list("pupil", flat=True))
    by_class = Counter(away.values_list("sheet__unit", flat=True))
    sessions = RollSheet.objects.filter(period__isnull=True).count()
    assert 0.006 < away.count() / (sessions * 40) < 0.03
    assert len(set(by_class.values())) > 8, "not the same number in every class"
    (most, days), (_next, less) = by_pupil.most_common(2)
    assert 30 <= days <= 45 and less < 20
    assert RoleAssignment.objects.on(timezone.localdate()).get(person=most, role=Role.PUPIL).unit.name == "8A2"
    flu = Week.objects.get(year__in=SchoolYear.objects.on(timezone.localdate()), number=rolls.FLU_WEEK).first_day
    weekly = Counter(monday(day) for day in away.values_list("sheet__day", flat=True))
    assert weekly[flu] == max(weekly.values())


def test_trouble_with_the_network_is_of_lessons_online(past: int) -> None:
    found = RollMark.objects.filter(state=Presence.TROUBLE)
    assert found.exists()
    assert set(found.values_list("sheet__period__mode", flat=True)) <= {Mode.ONLINE_REPLACE, Mode.ONLINE_SUPPORT}


def test_families_wrote_notes_and_one_for_the_next_school_day(past: int) -> None:
    excused = RollMark.objects.filter(excuse__isnull=False).select_related("excuse", "sheet")
    assert excused.exists()
    for mark in excused:
        note = mark.excuse
        assert (
            note and mark.state == Presence.EXCUSED and note.child_id == mark.pupil_id and mark.sheet.day in note.during
        )
    coming = AbsenceNote.objects.filter(during__startswith__gt=timezone.localdate())
    if Period.objects.filter(day__gt=timezone.localdate(), day__lt=timezone.localdate() + held.AHEAD).exists():
        assert coming.exists() and not coming.exclude(seen_at=None).exists()


def test_the_register_follows_the_programme_where_there_is_one(past: int) -> None:
    notes = RegisterNote.objects.filter(
        period__subject__code="toan", period__unit__school_class__grade=6, period__label=""
    )
    assert notes.exists() and not notes.filter(lesson=None).exists()
    for unit in set(notes.values_list("period__unit", flat=True)):
        ordinals = list(notes.filter(period__unit=unit).order_by("period__span").values_list("ordinal", flat=True))
        assert ordinals == sorted(set(ordinals)), "each period of the programme once, in order"
    assert RegisterNote.objects.exclude(lesson_text="").count() == RegisterNote.objects.count()
    assert set(RegisterNote.objects.values_list("rating", flat=True)) <= {"Tốt", "Khá", "Đạt", "Chưa đạt"}
    assert RegisterNote.objects.exclude(homework="").exists() and RegisterNote.objects.exclude(remarks="").exists()


def test_who_stood_in_signed_as_such_and_homework_has_its_day(past: int) -> None:
    stood_in = set(PeriodChange.objects.filter(kind=ChangeKind.SUBSTITUTED).values_list("period", flat=True))
    signed = RegisterNote.objects.filter(signed_as=SignedAs.SUBSTITUTE)
    assert signed.exists() and set(signed.values_list("period", flat=True)) <= stood_in
    assert RegisterNote.objects.filter(homework_due__isnull=False).exists()
    assert not RegisterNote.objects.filter(homework_due__lte=F("period__day")).exists()
    assert not RegisterNote.objects.exclude(homework_due=None).filter(homework="").exists()


def test_nobody_was_written_to_about_what_is_long_over(school: None) -> None:
    assert not Notice.objects.filter(title__contains="Bão").exists()
    assert Notice.objects.count() < 12, "what the demo school tells on purpose"


def test_weeks_are_signed_but_for_the_last_two(past: int) -> None:
    over = sorted(
        set(map(monday, RollSheet.objects.filter(day__lt=monday(timezone.localdate())).values_list("day", flat=True)))
    )
    by_head = set(RegisterWeek.objects.filter(head_at__isnull=False).values_list("monday", flat=True))
    assert by_head == set(over[:-2])
    signed = Counter(RegisterWeek.objects.filter(homeroom_at__isnull=False).values_list("monday", flat=True))
    assert all(signed[first] == 16 for first in over[:-2]) and 0 < signed[over[-2]] < 16 and not signed[over[-1]]


def test_ways_in_lead_to_example_domains_and_pupils_went_by_them(past: int) -> None:
    urls = [*StandingLink.objects.values_list("url", flat=True), *PeriodLink.objects.values_list("url", flat=True)]
    assert urls and all(".example.com/" in url for url in urls)
    assert LinkVisit.objects.count() > 500
    assert PeriodLink.objects.filter(period__span__startswith__gt=timezone.now(), kind="video").exists()
    assert not PeriodLink.objects.filter(period__span__startswith__gt=timezone.now(), period__kept=False).exists()
    away = RollMark.objects.filter(state__in=[Presence.EXCUSED, Presence.ABSENT], sheet__period__isnull=False)
    pairs = set(away.values_list("sheet__period", "pupil"))
    assert not pairs & set(LinkVisit.objects.values_list("link__period", "person")), "who was away went by no link"


def test_something_changed_since_yesterday(school: None) -> None:
    today = timezone.localdate()
    if (
        Period.objects.filter(day__in=[today, today + timedelta(days=1)], span__startswith__gt=timezone.now()).count()
        < 50
    ):
        pytest.skip("no school now")
    assert PeriodChange.objects.filter(at__date__gte=today - timedelta(days=1), period__day__gte=today).exists()


def test_the_same_day_tells_the_same_past(school: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Thought out twice from what was laid out, whatever the keys: the words, the days, the names are the same."""
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    first, second = (tell(timezone.localdate()) for _ in range(2))
    assert first == second


def tell(today: date) -> list[object]:
    school = held.read(SchoolYear.objects.on(today).get(), today)
    told = changes.think(school)
    taken = rolls.think(school)
    return [
        [(c.row.id, c.kind, c.reason, c.at) for c in told.changes],
        [(s.unit, s.day, s.period, sorted(s.marks.items())) for s in taken.sheets],
        taken.notes,
        [(n.row.id, n.text, n.rating, n.remarks) for n in register.lines(school)],
        list(register.weeks(school)),
    ]
