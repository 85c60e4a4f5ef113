"""The shipped examples hold what they promise: every period of the year, terms of 72 and 68, tests, strands."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from truongso.curriculum import demo, examples, queries
from truongso.curriculum.actions.examples import load_example
from truongso.curriculum.actions.outline import make_programme
from truongso.curriculum.models import Lesson, Programme, ProgrammeState
from truongso.school.actions.subjects import seed_subjects
from truongso.school.actions.years import make_year
from truongso.school.models import SchoolYear, Subject, SubjectGrade

SHIPPED = [("toan", 6), ("khtn", 8)]


@pytest.fixture
def year(db: None) -> SchoolYear:
    seed_subjects(by=None)
    return make_year(by=None, name="2026-2027")


def test_what_is_shipped() -> None:
    assert examples.known() == set(SHIPPED)
    assert examples.example("toan", 7) is None


@pytest.mark.parametrize(("code", "grade"), SHIPPED)
def test_periods_terms_and_tests_fit_the_year(code: str, grade: int) -> None:
    draft = examples.example(code, grade)
    assert draft is not None and draft.periods == 140
    first = next(i for i, x in enumerate(draft.lessons) if x.title == "Kiểm tra cuối học kì I") + 1
    assert sum(x.periods for x in draft.lessons[:first]) == 72  # 18 weeks of 4
    assert [x.title for x in draft.lessons if x.kind == "test"] == [
        f"Kiểm tra {which} học kì {term}" for term in ("I", "II") for which in ("giữa", "cuối")
    ]
    assert {(t.term, t.final) for t in draft.tests} == {(1, False), (1, True), (2, False), (2, True)}
    assert {r.kind for r in draft.resources} == {"device", "room"}


@pytest.mark.parametrize(("code", "grade"), SHIPPED)
def test_each_lesson_says_what_pupils_can_do_afterwards(code: str, grade: int) -> None:
    draft = examples.example(code, grade)
    assert draft is not None
    titles = [x.title for x in draft.lessons]
    assert len(set(titles)) == len(titles)
    assert all(x.outcomes for x in draft.lessons)
    assert all(o == o.strip(" ;.") and o[0].isupper() for x in draft.lessons for o in x.outcomes)


@pytest.mark.parametrize(("code", "grade"), SHIPPED)
def test_an_empty_programme_is_filled_once(year: SchoolYear, code: str, grade: int) -> None:
    subject = Subject.objects.get(code=code)
    programme = make_programme(by=None, subject=subject, grade=grade, year=year)
    done = load_example(by=None, programme=programme)
    assert done.new == Lesson.objects.count() > 60
    placed = queries.lessons_in_order(programme)
    assert placed[-1].last == queries.planned_periods(programme) == 140
    parts = set(subject.parts.values_list("name", flat=True))
    assert {p.lesson.part.name for p in placed if p.lesson.part} == parts
    with pytest.raises(ValidationError, match="đã có bài học"):
        load_example(by=None, programme=programme)


def test_there_is_no_example_for_every_subject(year: SchoolYear) -> None:
    programme = make_programme(by=None, subject=Subject.objects.get(code="tin-hoc"), grade=6, year=year)
    with pytest.raises(ValidationError, match="Chưa có bài mẫu"):
        load_example(by=None, programme=programme)


def test_the_made_up_school_has_them_in_use(year: SchoolYear) -> None:
    assert SubjectGrade.objects.filter(year=year).exists()
    for _again in range(2):
        demo.load(date(2026, 11, 24))
        assert list(Programme.objects.values_list("subject__code", "grade", "state")) == [
            ("toan", 6, ProgrammeState.IN_USE), ("khtn", 8, ProgrammeState.IN_USE),
        ]  # fmt: skip
