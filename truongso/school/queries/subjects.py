from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import QuerySet

from truongso.school.models import SchoolYear, Subject, SubjectGrade, SubjectPart
from truongso.school.rules.subjects import Named, SubjectIndex


def subjects(*, all: bool = False) -> QuerySet[Subject]:
    """The subjects taught here in the programme's order, each with its strands in `parts`; `all`: also those put aside."""
    found = Subject.objects.prefetch_related("parts").order_by("order", "name")
    return found if all else found.filter(active=True)


@dataclass(frozen=True, slots=True)
class FoundSubject:
    """What a word means: "Sử" is the subject Lịch sử và Địa lí, part Lịch sử."""

    subject: Subject
    part: SubjectPart | None


class SubjectFinder:
    """Two queries, then any number of questions: for imports of many rows."""

    def __init__(self) -> None:
        found = list(subjects())
        self._subjects = {s.pk: s for s in found}
        self._parts = {p.pk: p for s in found for p in s.parts.all()}
        named = [Named(s.pk, None, (s.name, s.short_name, *s.aliases, s.code)) for s in found]
        named += [Named(p.subject_id, p.pk, (p.name, p.short_name, *p.aliases)) for p in self._parts.values()]
        self._index = SubjectIndex(named)

    def find(self, text: str) -> FoundSubject | None:
        """By name, short name or alias, without regard to accents, case and signs; None when nothing is called so."""
        hit = self._index.find(text) or self._in_brackets(text)
        if hit is None:
            return None
        return FoundSubject(self._subjects[hit.subject_id], self._parts[hit.part_id] if hit.part_id else None)

    def _in_brackets(self, text: str) -> Named | None:
        """ "KHTN (Lý)" is the strand, "Toán (4 tiết)" the subject; what is of another subject is neither."""
        found = re.fullmatch(r"\s*([^()]+?)\s*\(([^()]+)\)\s*", text)
        whole, inner = (self._index.find(found[1]), self._index.find(found[2])) if found else (None, None)
        if whole and inner and whole.subject_id == inner.subject_id:
            return inner
        return whole if whole and found and re.fullmatch(r"\d{1,2}\s*(t|tiết|tiet)?(/\w+)?", found[2], re.I) else None


def find_subject(text: str) -> FoundSubject | None:
    """One word; for many use a SubjectFinder."""
    return SubjectFinder().find(text)


def periods_of(year: SchoolYear) -> dict[tuple[int, int], SubjectGrade]:
    """{(subject_id, grade): row} of the periods table."""
    return {(row.subject_id, row.grade): row for row in SubjectGrade.objects.filter(year=year)}
