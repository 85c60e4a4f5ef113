"""The year and the teaching of the demo school: every lesson has its teacher, and nobody has too many."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pytest
from django.utils import timezone

from truongso.lib.dates import school_year
from truongso.people.models import Unit
from truongso.people.roles import Role
from truongso.roster.models import TeachingAssignment
from truongso.school.models import Holiday, ManagingBody, SchoolClass, SchoolYear, Subject, SubjectGrade, Term, Week
from truongso.school.setup import progress

pytestmark = pytest.mark.usefixtures("school")
SHARED = {"khtn", "ls-dl", "nghe-thuat"}


def this_year() -> SchoolYear:
    return SchoolYear.objects.get(name=school_year(timezone.localdate()))


def test_the_year_of_today_is_open_with_its_terms_and_weeks() -> None:
    year = this_year()
    assert year.state == "open" and SchoolYear.objects.exclude(pk=year.pk).get().state == "closed"
    assert Term.objects.filter(year=year).count() == 2 and Week.objects.filter(year=year).count() == 35
    assert Holiday.objects.filter(year=year).exists()
    assert SchoolClass.objects.filter(year=year).count() == 16


def test_nothing_of_the_first_run_is_left_to_do() -> None:
    assert progress().left == 0
    assert set(SchoolClass.objects.values_list("campus__is_main", flat=True)) == {True, False}


def test_the_district_office_governed_before_july_2025_and_the_commune_since() -> None:
    assert "Phòng Giáo dục" in ManagingBody.objects.on(date(2025, 6, 30)).get().name
    assert "Ủy ban nhân dân xã" in ManagingBody.objects.on(date(2025, 7, 1)).get().name


def test_every_class_is_taught_every_subject_and_one_compiles_it() -> None:
    compulsory = set(Subject.objects.filter(optional=False).values_list("code", flat=True))
    assert len(compulsory) == 12
    taught: dict[int, dict[str, list[TeachingAssignment]]] = defaultdict(lambda: defaultdict(list))
    for row in TeachingAssignment.objects.on(timezone.localdate()).select_related("subject", "part"):
        taught[row.unit_id][row.subject.code].append(row)
    assert set(taught) == set(SchoolClass.objects.filter(year=this_year()).values_list("pk", flat=True))
    for subjects in taught.values():
        assert set(subjects) == compulsory
        for code, rows in subjects.items():
            assert sum(r.compiles for r in rows) == 1, code
            assert len({r.person_id for r in rows}) >= (2 if code in SHARED else 1)
            if code in SHARED:
                parts = set(Subject.objects.get(code=code).parts.values_list("pk", flat=True))
                assert {r.part_id for r in rows} == parts
            else:
                assert [r.part_id for r in rows] == [None]


def test_nobody_teaches_more_than_a_teacher_can() -> None:
    """The norm is 19 periods a week, the duties of homeroom and group heads taken off."""
    weekly = {(g.subject_id, g.grade): g.periods / 35 for g in SubjectGrade.objects.filter(year=this_year())}
    grade = dict(SchoolClass.objects.values_list("pk", "grade"))
    rows = list(TeachingAssignment.objects.on(timezone.localdate()))
    sharing: dict[tuple[int, int], int] = defaultdict(int)
    for row in rows:
        sharing[row.unit_id, row.subject_id] += 1
    loads: dict[int, float] = defaultdict(float)
    for row in rows:
        loads[row.person_id] += weekly[row.subject_id, grade[row.unit_id]] / sharing[row.unit_id, row.subject_id]
    most, teachers = max(loads.values()), [load for load in loads.values() if load > 6]
    assert most <= 21 and 13 <= sum(teachers) / len(teachers) <= 19


def test_a_homeroom_teacher_teaches_the_class() -> None:
    today = timezone.localdate()
    for unit in Unit.objects.filter(kind="class", school_year=this_year().name):
        homeroom = unit.roles.on(today).get(role=Role.HOMEROOM)
        assert (
            TeachingAssignment.objects.on(today)
            .filter(unit=unit, person=homeroom.person, subject__code="hdtn")
            .exists()
        )
