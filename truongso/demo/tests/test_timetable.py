"""The demo school's year of periods: a valid week for every class, and what went otherwise."""

from __future__ import annotations

from collections import Counter, defaultdict

from django.utils import timezone

from truongso.roster.models import TeachingAssignment
from truongso.school.models import SchoolYear, SubjectGrade, Week
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
from truongso.timetable.queries.periods import owed


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
    for entry in Entry.objects.all():
        a_day[entry.version_id, entry.unit_id, entry.weekday, entry.subject_id] += 1
        numbers[entry.version_id, entry.unit_id, entry.weekday].add(entry.number)
    activity = set(Entry.objects.exclude(label="").values_list("subject_id", flat=True))
    assert all(n <= 2 for key, n in a_day.items() if key[3] not in activity)
    assert all(found == set(range(1, len(found) + 1)) for found in numbers.values())
    assert all(len(found) in {4, 5} for found in numbers.values())


def test_the_week_opens_and_closes_with_the_homeroom_teacher(school: None) -> None:
    fixed = Entry.objects.exclude(label="")
    assert {(e.weekday, e.number) for e in fixed} == {(1, 1), (6, 5)} and fixed.count() == 2 * 2 * 16


def test_who_teaches_is_who_is_assigned(school: None) -> None:
    assigned = set(TeachingAssignment.objects.on(timezone.localdate()).values_list("unit", "subject", "part", "person"))
    assert set(Entry.objects.values_list("unit", "subject", "part", "person")) == assigned


def test_the_whole_year_has_its_periods_and_some_went_otherwise(school: None) -> None:
    weeks = Week.objects.filter(year=year()).count()
    assert 16 * 28 * weeks * 0.9 < Period.objects.count() <= 16 * 30 * weeks + 10
    past = Week.objects.filter(first_day__lt=timezone.localdate()).count()
    if past < 6:  # early in the year nothing has gone wrong yet
        return
    kinds = set(PeriodChange.objects.values_list("kind", flat=True))
    assert {ChangeKind.CANCELLED, ChangeKind.MADE_UP, ChangeKind.MOVED, ChangeKind.SUBSTITUTED} <= kinds
    assert owed().exists() and Period.objects.filter(origin=Origin.MAKE_UP, state=PeriodState.PLANNED).exists()
    decision = ModeDecision.objects.get()
    assert Period.objects.filter(mode=Mode.ONLINE_REPLACE, day__gte=decision.during.lower).count() > 16 * 20
