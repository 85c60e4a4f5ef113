"""`truongso import programme FILE`: a group's Annex I from the command line, a dry run unless told to write."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from truongso.curriculum.actions.drafts import apply_draft
from truongso.curriculum.actions.outline import make_programme
from truongso.curriculum.annex import reasons
from truongso.curriculum.annex.opened import MOST_BYTES, Refused, open_file
from truongso.curriculum.proposals import Proposal, propose
from truongso.school.models import SchoolYear, Subject
from truongso.school.queries import find_subject
from truongso.supervisor.given import content_of
from truongso.supervisor.say import Stop, english, say


def import_programme(
    file: str, *, subject: str | None, grade: int | None, year: str | None, write: bool, as_json: bool
) -> int:
    """0 when something could be imported, also when all is there already."""
    translation.activate("en" if english() else "vi")
    refused: str | None = None
    found: list[Proposal] = []
    try:
        found = propose(
            open_file(content_of(Path(file), MOST_BYTES)), today=timezone.localdate(), subject=_subject(subject), grade=grade,
            year=_year(year),
        )  # fmt: skip
        refused = next((p.missing for p in found if p.missing), None)
    except Refused as error:
        refused = error.why
    except Stop as stop:
        refused = stop.sentence
    good = refused is None and any(p.draft.lessons for p in found)
    if write and good:
        _write(found)
    said = _report(Path(file).name, found, committed=write and good, refused=refused)
    if as_json:
        sys.stdout.write(json.dumps(said, ensure_ascii=False, indent=1) + "\n")
    else:
        _tell(said)
    return 0 if good else 1


def _subject(said: str | None) -> Subject | None:
    if said is None:
        return None
    hit = find_subject(said)
    if hit is None:
        codes = ", ".join(Subject.objects.filter(active=True).values_list("code", flat=True))
        raise Stop(
            f"Không có môn “{said}”. Các môn đang có: {codes or 'chưa có môn nào'}.",
            f"There is no subject “{said}”. The subjects are: {codes or 'none yet'}.",
        )
    return hit.subject


def _year(said: str | None) -> SchoolYear | None:
    found = SchoolYear.objects.filter(name=said).first() if said else None
    if said and found is None:
        raise Stop(f"Trường chưa có năm học {said}.", f"The school has no year {said}.")
    return found


@transaction.atomic
def _write(found: list[Proposal]) -> None:
    """All the programmes of the file or none; rows that are wrong are left out, as the report says."""
    for one in found:
        if one.draft.lessons and one.subject and one.grade and one.year:
            programme = make_programme(by=None, subject=one.subject, grade=one.grade, year=one.year)
            apply_draft(by=None, programme=programme, draft=one.draft)


def _report(name: str, found: list[Proposal], *, committed: bool, refused: str | None) -> dict[str, Any]:
    counts = dict.fromkeys(("new", "changed", "same", "wrong", "asked"), 0)
    for one in found:
        for status, n in one.counts().items():
            counts[status] += n
    return {
        "file": name, "kind": "programme", "committed": committed, "counts": {"lessons": counts},
        "programmes": [_programme(one) for one in found],
        "created": [f"{p.subject} {p.grade}" for p in found if p.programme is None and not p.missing],
        "wrong": [
            {"kind": "lessons", "sheet": w.place, "row": w.row, "column": reasons.column(w), "cell": None, "value": w.value,
             "reason": reasons.sentence(w), "field": w.reason}
            for one in found for w in one.draft.wrong
        ],
        "changed": [
            {"kind": "lessons", "sheet": line.lesson.place, "row": line.lesson.row, "name": line.lesson.title,
             "kept": line.edited, "changes": [list(d) for d in line.differences]}
            for one in found for line in one.found.lines if line.status == "changed"
        ],
        "notes": [note for one in found for note in _notes(one)], "refused": refused,
    }  # fmt: skip


def _programme(one: Proposal) -> dict[str, Any]:
    return {
        "subject": one.subject.code if one.subject else None, "grade": one.grade, "year": one.year.name if one.year else None,
        "topics": len(one.draft.topics), "lessons": len(one.draft.lessons), "periods": one.draft.periods,
        "planned": one.planned, "tests": len(one.draft.tests), "resources": len(one.draft.resources), "counts": one.counts(),
    }  # fmt: skip


def _notes(one: Proposal) -> list[str]:
    found = []
    if one.planned is not None and one.draft.periods != one.planned:
        n, m = one.draft.periods, one.planned
        found.append(
            say(
                f"{one.subject} {one.grade}: tệp có {n} tiết, chương trình cả năm {m} tiết.",
                f"{one.subject} {one.grade}: the file holds {n} periods, the year has {m}.",
            )
        )
    if one.edited:
        found.append(
            say(
                f"{one.edited} bài đã được sửa tay sau lần nhập trước, nên giữ nguyên.",
                f"{one.edited} lessons were edited by hand since the last import and are left as they are.",
            )
        )
    if one.found.left:
        left = len(one.found.left)
        found.append(
            say(f"{left} bài đang có mà tệp không nêu, vẫn giữ.", f"{left} lessons are not in the file; they stay.")
        )
    return found


def _tell(said: dict[str, Any]) -> None:
    out = sys.stdout.write
    if said["refused"]:
        sys.stderr.write(f"{said['refused']}\n")
        return
    done = say("Đã ghi", "Imported") if said["committed"] else say("Chạy thử, chưa ghi gì", "Dry run, nothing was written")  # fmt: skip
    out(f"{said['file']}: {done}.\n")
    for one in said["programmes"]:
        c = one["counts"]
        out(
            f"  {one['subject']} {one['grade']} ({one['year']}): {one['periods']} {say('tiết', 'periods')}; {say('mới', 'new')} {c['new']}, "
            f"{say('thay đổi', 'changed')} {c['changed']}, {say('như cũ', 'same')} {c['same']}, {say('sai', 'wrong')} {c['wrong']}\n"
        )
    for wrong in said["wrong"]:
        out(f"  {wrong['sheet']} {say('dòng', 'row')} {wrong['row']}, {wrong['column']}: “{wrong['value']}”. {wrong['reason']}\n")  # fmt: skip
    for note in said["notes"]:
        out(f"  {note}\n")
