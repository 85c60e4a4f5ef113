"""What a file or a paste would do: which programme each of its parts means, and how it compares. Writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from truongso.curriculum import queries
from truongso.curriculum.annex.draft import Draft, read_each
from truongso.curriculum.annex.grid import Source
from truongso.curriculum.compare import Comparison, compare
from truongso.curriculum.models import Programme
from truongso.school.models import SchoolYear, Subject, SubjectGrade
from truongso.school.queries import find_subject


def nothing_found() -> str:
    return _("Không tìm thấy bảng phân phối chương trình. Bảng cần có dòng tiêu đề với cột Bài học và cột Số tiết.")


@dataclass(frozen=True, slots=True)
class Proposal:
    """One programme of a file. `missing` says what must be named before it can be taken; "" when nothing is."""

    draft: Draft
    subject: Subject | None
    grade: int | None
    year: SchoolYear | None
    programme: Programme | None  # None: it will be made
    planned: int | None  # periods a year by the school's table
    found: Comparison
    missing: str = ""

    def counts(self) -> dict[str, int]:
        return {**self.found.counts(), "wrong": len(self.draft.wrong), "asked": 0}

    @property
    def edited(self) -> int:
        """Lessons changed by hand since they were last imported: they stay unless somebody decides otherwise."""
        return sum(line.edited for line in self.found.lines)


def propose(
    source: Source, *, today: date, subject: Subject | None = None, grade: int | None = None, year: SchoolYear | None = None
) -> list[Proposal]:  # fmt: skip
    """One proposal a grade that the file holds; what the caller names goes before what the file says."""
    drafts = read_each(source)
    if grade is not None and len(drafts) > 1:
        drafts = [d for d in drafts if grade in d.grades] or drafts[:1]
    return [of_draft(d, today, subject, grade, year) for d in drafts]


def of_draft(
    draft: Draft, today: date, subject: Subject | None, grade: int | None, year: SchoolYear | None
) -> Proposal:
    if subject is None and draft.subject:
        hit = find_subject(draft.subject)
        subject = hit.subject if hit else None
    if grade is None and len(draft.grades) == 1:
        grade = draft.grades[0]
    if year is None:
        year = SchoolYear.objects.filter(name=draft.year).first() if draft.year else queries.year_for(today)
    programme = planned = None
    if subject and grade and year:
        programme = queries.programme_for(subject, grade, year)
        table = SubjectGrade.objects.filter(subject=subject, grade=grade, year=year)
        planned = table.values_list("periods", flat=True).first()
    present = queries.present_lessons(programme) if programme else []
    missing = _missing(draft, subject, grade, year)
    return Proposal(draft, subject, grade, year, programme, planned, compare(draft, present), missing)


def _missing(draft: Draft, subject: Subject | None, grade: int | None, year: SchoolYear | None) -> str:
    if not draft.lessons and not draft.wrong:
        return nothing_found()
    if subject is None:
        return _("Chưa rõ tệp của môn nào. Xin chọn môn.")
    if grade is None:
        return _("Chưa rõ tệp của khối nào. Xin chọn khối.")
    if year is None:
        named = draft.year
        return _("Trường chưa có năm học %(year)s.") % {"year": named} if named else _("Trường chưa có năm học nào.")
    return ""
