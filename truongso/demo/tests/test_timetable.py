"""The demo school's year of periods: a valid week for every class, and what went otherwise."""

from __future__ import annotations

from collections import Counter, defaultdict

from django.db import connection
from django.utils import timezone

from truongso.roster.models import TeachingAssignment
from truongso.school.models import SchoolYear, Shift, SubjectGrade, Week
from truongso.timetable.models import (
    ChangeKind,
    Entry,
    Mode,
    ModeDecision,
    Origin,
    Period,
    PeriodChange,
    PeriodState,
    TimetableVersion,
)
from truongso.timetable.queries.ledger import filters


def year() -> SchoolYear:
    found = SchoolYear.objects.on(timezone.localdate()).first()
    assert found
    return found


def test_each_class_has_each_subject_as_often_as_the_programme_says(school: None) -> None:
    planned = {
        (g.grade, g.subject_id): (g.weekly_term_1, g.weekly_term_2) for g in SubjectGrade.objects.filter(year=year())
    }
    versions = TimetableVersion.objects.filter(year=year()).order_by("during")
    assert [v.state for v in versions] == ["published", "published"]
    for term, version in enumerate(versions):
        rows = version.entries.values_list("unit__school_class__grade", "unit_id", "subject_id")
        counts = Counter(rows)
        assert len({unit for _g, unit, _s in counts}) == 16
        assert all(count == planned[grade, subject][term] for (grade, _unit, subject), count in counts.items())


def test_a_subject_comes_at_most_twice_a_day_and_mornings_have_no_hole(school: None) -> None:
    a_day: Counter[tuple[int, ...]] = Counter()
    numbers: dict[tuple[int, ...], set[int]] = defaultdict(set)
    for entry in Entry.objects.filter(shift=Shift.MORNING):
        a_day[entry.version_id, entry.unit_id, entry.weekday, entry.subject_id] += 1
        numbers[entry.version_id, entry.unit_id, entry.weekday].add(entry.number)
    activity = set(Entry.objects.exclude(label="").values_list("subject_id", flat=True))
    assert all(n <= 2 for key, n in a_day.items() if key[3] not in activity)
    assert all(found == set(range(1, len(found) + 1)) for found in numbers.values())
    assert all(len(found) in {4, 5} for found in numbers.values())


def test_the_upper_grades_learn_two_periods_a_week_online_in_the_afternoon(school: None) -> None:
    """One of Toán, one of Tiếng Anh, on two days; no teacher or class twice at a time (the database would refuse it)."""
    found = Entry.objects.filter(shift=Shift.AFTERNOON)
    by_class = defaultdict(list)
    for version, unit, grade, code, day in found.values_list(
        "version", "unit", "unit__school_class__grade", "subject__code", "weekday"
    ):
        assert grade in {8, 9} and day <= 5
        by_class[version, unit].append((code, day))
    assert len(by_class) == 2 * 8
    assert all({code for code, _ in rows} == {"toan", "tieng-anh"} and len(rows) == 2 for rows in by_class.values())
    assert all(len({day for _, day in rows}) == 2 for rows in by_class.values())
    of_them = Period.objects.filter(entry__shift=Shift.AFTERNOON, origin=Origin.TIMETABLE, kept=False)
    assert set(of_them.values_list("mode", flat=True)) <= {Mode.ONLINE_SUPPORT, Mode.ONLINE_REPLACE}


def test_the_week_opens_and_closes_with_the_homeroom_teacher(school: None) -> None:
    fixed = Entry.objects.exclude(label="")
    assert {(e.weekday, e.number) for e in fixed} == {(1, 1), (6, 5)} and fixed.count() == 2 * 2 * 16


def test_who_teaches_is_who_is_assigned(school: None) -> None:
    assigned = set(TeachingAssignment.objects.on(timezone.localdate()).values_list("unit", "subject", "part", "person"))
    assert set(Entry.objects.values_list("unit", "subject", "part", "person")) == assigned


def test_the_whole_year_has_its_periods_and_some_went_otherwise(school: None) -> None:
    weeks = Week.objects.filter(year=year()).count()
    assert 16 * 28 * weeks * 0.9 < Period.objects.count() <= 16 * 31 * weeks
    past = Week.objects.filter(year=year(), first_day__lt=timezone.localdate()).count()
    if past < 6:  # early in the year little has gone wrong yet
        return
    kinds = set(PeriodChange.objects.values_list("kind", flat=True))
    assert {ChangeKind.CANCELLED, ChangeKind.MADE_UP, ChangeKind.SUBSTITUTED} <= kinds
    assert (
        Period.objects.filter(filters(timezone.now())["owed"]).exists()
        and Period.objects.filter(origin=Origin.MAKE_UP, state=PeriodState.PLANNED).exists()
    )
    assert Period.objects.filter(makes_up__isnull=False).exclude(makes_up__state=PeriodState.CANCELLED).count() == 0
    decision = ModeDecision.objects.get(mode=Mode.ONLINE_REPLACE)
    assert Period.objects.filter(mode=Mode.ONLINE_REPLACE, day__gte=decision.during.lower).count() > 16 * 12


def test_nothing_clashes(school: None) -> None:
    """What a commit would ask: this load is rolled back, so nobody has asked yet."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_every_change_was_told_before_its_period_and_none_in_the_future(school: None) -> None:
    now = timezone.now()
    for change in PeriodChange.objects.select_related("period"):
        assert change.at <= now and change.reason
        assert change.at < change.period.span.lower
