"""Editing a programme, and bringing a paste or a file into it."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import YEAR, Cast
from truongso.curriculum import queries
from truongso.curriculum.actions import outline
from truongso.curriculum.actions.drafts import apply_draft
from truongso.curriculum.annex import grid
from truongso.curriculum.annex.draft import Draft, DraftLesson, DraftTopic, read
from truongso.curriculum.compare import Present, compare, digest_of
from truongso.curriculum.models import Lesson, Outcome, Programme
from truongso.curriculum.tests.test_annex import annex_docx
from truongso.people.actor import Actor, actor_for
from truongso.school.models import SchoolYear, Subject


@pytest.fixture
def head(cast: Cast) -> Actor:
    return actor_for(cast.head)


@pytest.fixture
def programme(head: Actor) -> Programme:
    year = SchoolYear.objects.create(name="2026-2027", during=DateRange(YEAR.lower, YEAR.upper))
    toan, _ = Subject.objects.get_or_create(code="toan", defaults={"name": "Toán", "short_name": "Toán"})
    return outline.make_programme(by=head, subject=toan, grade=6, year=year)


def titles(programme: Programme) -> list[tuple[str, list[str]]]:
    return [(r.topic.title, [p.lesson.title for p, _ in r.lessons]) for r in queries.outline(programme)]


def test_a_file_twice_changes_nothing_and_ids_stay(head: Actor, programme: Programme) -> None:
    draft = read(grid.from_docx(annex_docx()))
    first = apply_draft(by=head, programme=programme, draft=draft)
    ids = list(Lesson.objects.values_list("pk", flat=True))
    outcomes = list(Outcome.objects.values_list("pk", flat=True))
    again = apply_draft(by=head, programme=programme, draft=draft)
    assert (first.new, again.new, again.changed, again.same) == (4, 0, 0, 4)
    assert list(Lesson.objects.values_list("pk", flat=True)) == ids
    assert list(Outcome.objects.values_list("pk", flat=True)) == outcomes
    assert programme.tests.count() == 2 and programme.resources.count() == 1


def test_what_was_edited_by_hand_is_not_overwritten_unless_asked(head: Actor, programme: Programme) -> None:
    draft = read(grid.from_docx(annex_docx()))
    apply_draft(by=head, programme=programme, draft=draft)
    lesson = Lesson.objects.get(title="Tập hợp")
    outline.change_lesson(
        by=head, lesson=lesson, title="Tập hợp", periods=3, kind="lesson", week_hint="", part=None, outcomes=["Của tổ"]
    )
    found = compare(draft, queries.present_lessons(programme))
    line = next(x for x in found.lines if x.lesson.title == "Tập hợp")
    assert line.edited and ("periods", "3", "2") in line.differences
    assert apply_draft(by=head, programme=programme, draft=draft).kept == 1
    lesson.refresh_from_db()
    assert lesson.periods == 3
    apply_draft(by=head, programme=programme, draft=draft, overwrite={line.key})
    lesson.refresh_from_db()
    assert lesson.periods == 2 and lesson.outcomes.filter(archived_at=None).count() == 2


def test_a_renamed_lesson_keeps_its_row(head: Actor, programme: Programme) -> None:
    apply_draft(by=head, programme=programme, draft=drafted([("Chương I", [("Số tự nhiên", 2), ("Ghi số", 1)])]))
    old = Lesson.objects.get(title="Ghi số").pk
    done = apply_draft(
        by=head, programme=programme, draft=drafted([("Chương I", [("Số tự nhiên", 2), ("Cách ghi số tự nhiên", 1)])])
    )
    assert (done.new, done.changed, done.same) == (0, 1, 1)
    assert Lesson.objects.get(pk=old).title == "Cách ghi số tự nhiên"


def test_lessons_move_within_and_between_topics(head: Actor, programme: Programme) -> None:
    apply_draft(by=head, programme=programme, draft=drafted([("I", [("a", 1), ("b", 1)]), ("II", [("c", 2)])]))
    b = Lesson.objects.get(title="b")
    outline.shift(by=head, row=b, down=False)
    assert titles(programme) == [("I", ["b", "a"]), ("II", ["c"])]
    outline.shift(by=head, row=b, down=True)
    outline.shift(by=head, row=b, down=True)
    assert titles(programme) == [("I", ["a"]), ("II", ["b", "c"])]
    outline.shift(by=head, row=programme.topics.get(title="I"), down=True)
    assert [t for t, _ in titles(programme)] == ["II", "I"]


def test_periods_are_numbered_through_the_year(head: Actor, programme: Programme) -> None:
    apply_draft(by=head, programme=programme, draft=drafted([("I", [("a", 2), ("b", 1)]), ("II", [("c", 3)])]))
    assert [p.numbers for p in queries.lessons_in_order(programme)] == ["1-2", "3", "4-6"]
    found = queries.lesson_at(programme, 5)
    assert found is not None and found.lesson.title == "c"
    assert queries.lesson_at(programme, 7) is None


def test_put_away_and_back(head: Actor, programme: Programme) -> None:
    apply_draft(by=head, programme=programme, draft=drafted([("I", [("a", 2), ("b", 1)])]))
    a = Lesson.objects.get(title="a")
    outline.drop_lesson(by=head, lesson=a)
    assert titles(programme) == [("I", ["b"])]
    outline.restore_lesson(by=head, lesson=a)
    assert titles(programme) == [("I", ["a", "b"])]


@pytest.mark.parametrize(("title", "periods", "field"), [(" ", 1, "title"), ("a", 0, "periods"), ("a", 61, "periods")])
def test_bad_lessons_are_refused_at_their_field(
    head: Actor, programme: Programme, title: str, periods: int, field: str
) -> None:
    topic = outline.add_topic(by=head, programme=programme, title="I")
    with pytest.raises(ValidationError) as no:
        outline.add_lesson(by=head, topic=topic, title=title, periods=periods)
    assert list(no.value.message_dict) == [field]


def test_the_next_year_begins_with_a_copy(head: Actor, programme: Programme) -> None:
    apply_draft(by=head, programme=programme, draft=read(grid.from_docx(annex_docx())))
    programme.year.during = DateRange(YEAR.lower, YEAR.lower.replace(year=2030))
    programme.year.save()
    year = SchoolYear.objects.create(name="2030-2031", during=DateRange(YEAR.lower.replace(year=2030), YEAR.upper))
    copy = outline.copy_programme(by=head, source=programme, year=year)
    assert titles(copy) == titles(programme)
    assert copy.tests.count() == 2
    with pytest.raises(ValidationError, match="đã có chương trình"):
        outline.copy_programme(by=head, source=programme, year=year)


def drafted(topics: list[tuple[str, list[tuple[str, int]]]]) -> Draft:
    return Draft(
        [DraftTopic(t, "", [DraftLesson(title, n, outcomes=[f"nêu {title}"]) for title, n in x]) for t, x in topics]
    )


words = st.text("abcde ", min_size=1, max_size=6).filter(str.strip)
lessons = st.lists(st.tuples(words, st.integers(1, 3)), max_size=4)


@given(st.lists(st.tuples(words, lessons), max_size=3), st.lists(st.tuples(words, lessons), max_size=3))
def test_every_line_meets_one_row_at_most(
    before: list[tuple[str, list[tuple[str, int]]]], after: list[tuple[str, list[tuple[str, int]]]]
) -> None:
    old = drafted(before)
    rows = [
        Present(i, id(t), t.title, x.title, x.periods, x.kind, x.week, "", tuple(x.outcomes), digest_of(x))
        for i, (t, x) in enumerate((t, x) for t in old.topics for x in t.lessons)
    ]
    found = compare(drafted(after), rows)
    met = [line.present.id for line in found.lines if line.present] + [p.id for p in found.left]
    assert sorted(met) == [r.id for r in rows]
    assert all(line.status == "same" for line in compare(old, rows).lines)
