"""A programme written as Annex I and read back is the same programme, from Word and from Excel."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.db import transaction
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from truongso.curriculum.actions.drafts import apply_draft
from truongso.curriculum.actions.examples import load_example
from truongso.curriculum.actions.outline import make_programme
from truongso.curriculum.annex import grid
from truongso.curriculum.annex.document import annex_one
from truongso.curriculum.annex.draft import Draft, DraftLesson, DraftTopic, read
from truongso.curriculum.annex.to_docx import to_docx
from truongso.curriculum.annex.to_xlsx import tables
from truongso.curriculum.compare import compare
from truongso.curriculum.models import Programme
from truongso.curriculum.queries import present_lessons
from truongso.lib.sheets import read_workbook, workbook
from truongso.school.actions.subjects import seed_subjects
from truongso.school.actions.years import make_year
from truongso.school.models import Subject

DAY = date(2026, 11, 24)


@pytest.fixture
def programme(db: None) -> Programme:
    seed_subjects(by=None)
    year = make_year(by=None, name="2026-2027")
    return make_programme(by=None, subject=Subject.objects.get(code="khtn"), grade=8, year=year)


def both(programme: Programme) -> list[Draft]:
    annex = annex_one(programme, DAY)
    return [
        read(grid.from_docx(to_docx(annex))),
        read(grid.from_sheets(read_workbook(workbook(*tables(annex))))),
    ]


def test_the_example_comes_back_whole(programme: Programme) -> None:
    load_example(by=None, programme=programme)
    for draft in both(programme):
        assert draft.wrong == [] and draft.periods == 140
        assert (draft.grades, draft.year) == ((8,), "2026-2027") and draft.subject.lower() == "khoa học tự nhiên"
        assert {line.status for line in compare(draft, present_lessons(programme)).lines} == {"same"}
        assert [x.part for x in draft.lessons] == [p.part for p in present_lessons(programme)]
        assert len(draft.tests) == 4 and len(draft.resources) == programme.resources.count()
        done = apply_draft(by=None, programme=programme, draft=draft)
        assert (done.new, done.changed) == (0, 0)


def test_the_word_file_has_the_official_parts_in_order(programme: Programme) -> None:
    load_example(by=None, programme=programme)
    word = Document(io.BytesIO(to_docx(annex_one(programme, DAY))))
    text = "\n".join(p.text for p in word.paragraphs)
    places = [text.index(part) for part in (
        "KẾ HOẠCH DẠY HỌC CỦA TỔ CHUYÊN MÔN", "KHOA HỌC TỰ NHIÊN, KHỐI LỚP: 8", "2026 - 2027", "I. Đặc điểm tình hình",
        "3. Thiết bị dạy học", "4. Phòng học bộ môn", "II. Kế hoạch dạy học", "1. Phân phối chương trình: 140 tiết",
        "2. Kiểm tra, đánh giá định kì", "III. Các nội dung khác",
    )]  # fmt: skip
    assert places == sorted(places)
    assert [c.text for c in word.tables[3].rows[0].cells][:4] == [
        "STT", "Bài học\n(1)", "Số tiết\n(2)", "Yêu cầu cần đạt\n(3)"]  # fmt: skip
    section = word.sections[0]
    assert section.page_width > section.page_height
    assert "TỔ TRƯỞNG" in word.tables[-1].rows[0].cells[0].text
    assert "HIỆU TRƯỞNG" in word.tables[-1].rows[0].cells[1].text


def test_an_empty_programme_is_written_too(programme: Programme) -> None:
    for draft in both(programme):
        assert draft.topics == [] and draft.wrong == []


SOME = ["phân", "số", "đo", "đạc", "Ứng", "dụng", "bảng", "biểu", "tính", "Hình"]
words = st.lists(st.sampled_from(SOME), min_size=1, max_size=5).map(" ".join)
lessons = st.builds(
    DraftLesson,
    words, st.integers(1, 9), st.sampled_from(["lesson", "practice", "review", "test"]),
    st.lists(words.map(lambda w: w[0].upper() + w[1:]), max_size=3), st.sampled_from(["", "Tuần 3", "Tuần 5-6"]),
)  # fmt: skip
topics = st.lists(st.tuples(words, st.lists(lessons, min_size=1, max_size=4, unique_by=lambda x: x.title)),
                  min_size=1, max_size=3, unique_by=lambda t: t[0])  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(topics)
def test_whatever_it_holds_is_the_same_after_a_journey(
    programme: Programme, made: list[tuple[str, list[DraftLesson]]]
) -> None:
    point = transaction.savepoint()
    apply_draft(
        by=None,
        programme=programme,
        draft=Draft([DraftTopic(f"Chủ đề {i}: {t}", "", x) for i, (t, x) in enumerate(made, 1)]),
    )
    for draft in both(programme):
        assert draft.wrong == []
        found = compare(draft, present_lessons(programme))
        assert found.left == () and {line.status for line in found.lines} == {"same"}
    transaction.savepoint_rollback(point)
