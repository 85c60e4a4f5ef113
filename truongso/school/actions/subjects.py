from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from truongso import audit
from truongso.lib import vi
from truongso.people.actor import Actor
from truongso.school.access import insist
from truongso.school.data import load
from truongso.school.models import SchoolYear, Subject, SubjectGrade, SubjectPart
from truongso.school.rules.subjects import key, spread


@transaction.atomic
def seed_subjects(*, by: Actor | None) -> int:
    """Enter the subjects of THCS that are missing, with strands and aliases, and their periods in every year without
    any. Returns how many subjects are new; a second time does nothing."""
    insist(by, "subjects")
    have = set(Subject.objects.values_list("code", flat=True)) | set(Subject.objects.values_list("name", flat=True))
    new = 0
    for order, line in enumerate(load("subjects")["subjects"], start=1):
        if line["code"] in have or line["name"] in have:
            continue
        subject = Subject.objects.create(
            code=line["code"], name=line["name"], short_name=line["short"], aliases=line["aliases"],
            kind=line["kind"], optional=line.get("optional", False), active=not line.get("optional", False), order=order,
        )  # fmt: skip
        SubjectPart.objects.bulk_create(
            SubjectPart(subject=subject, name=p["name"], short_name=p["short"], aliases=p["aliases"], order=n)
            for n, p in enumerate(line.get("parts", ()), start=1)
        )
        new += 1
    for year in SchoolYear.objects.filter(subject_grades=None):
        copy_periods(year)
    if new:
        audit.record(by, "school.seed_subjects", detail={"new": new})
    return new


def copy_periods(year: SchoolYear) -> None:
    """The periods of a new year: those of the year before, else those of the programme. In the caller's transaction."""
    before = SchoolYear.objects.filter(name__lt=year.name).exclude(subject_grades=None).order_by("-name").first()
    rows: list[SubjectGrade] = []
    if before is not None:
        rows = list(SubjectGrade.objects.filter(year=before, subject__active=True))
        for row in rows:
            row.pk, row.year, row._state.adding = None, year, True
    else:
        subjects = {s.code: s for s in Subject.objects.filter(active=True)}
        for line in load("subjects")["subjects"]:
            for grade, periods in line["periods"].items() if line["code"] in subjects else ():
                one, two = spread(periods)
                rows.append(
                    SubjectGrade(
                        year=year, subject=subjects[line["code"]], grade=int(grade), periods=periods,
                        weekly_term_1=one, weekly_term_2=two,
                    )
                )  # fmt: skip
    SubjectGrade.objects.bulk_create(rows)


@transaction.atomic
def save_subject(*, by: Actor | None, subject: Subject | None = None, **fields: Any) -> Subject:
    """Enter or change a subject: name, short_name, aliases, kind, optional, active. Names are unique without accents."""
    insist(by, "subjects")
    pk = subject.pk if subject else None
    for other in Subject.objects.exclude(pk=pk or 0):
        if key(other.name) == key(fields["name"]):
            raise ValidationError({"name": _("Đã có môn tên như vậy.")})
    if subject is None:
        order = (Subject.objects.aggregate(most=Max("order"))["most"] or 0) + 1
        subject = Subject(code=_free_code(fields["name"]), order=order)
    for name, value in fields.items():
        setattr(subject, name, value)
    subject.save()
    audit.record(by, "school.save_subject", obj=subject, detail={"name": subject.name})
    return subject


def _free_code(name: str) -> str:
    base = slugify(vi.fold(name))[:16] or "mon"
    taken = set(Subject.objects.filter(code__startswith=base).values_list("code", flat=True))
    return next(code for n in range(1, 1000) if (code := base if n == 1 else f"{base}-{n}") not in taken)


@transaction.atomic
def remove_subject(*, by: Actor | None, subject: Subject) -> None:
    """A subject that nothing uses; else ValidationError: it can be put aside instead (active=False)."""
    insist(by, "subjects")
    audit.record(by, "school.remove_subject", obj=subject, detail={"name": subject.name})
    SubjectGrade.objects.filter(subject=subject, periods=0).delete()
    try:
        with transaction.atomic():
            subject.delete()
    except ProtectedError:
        raise ValidationError(
            _("Môn %(name)s đang có số tiết hoặc phân công, nên không xoá được. Xin bỏ dấu “đang dạy” để cất đi.")
            % {"name": subject.name}
        ) from None


@transaction.atomic
def save_part(*, by: Actor | None, subject: Subject, part: SubjectPart | None = None, **fields: Any) -> SubjectPart:
    insist(by, "subjects")
    for other in SubjectPart.objects.filter(subject=subject).exclude(pk=part.pk if part else 0):
        if key(other.name) == key(fields["name"]):
            raise ValidationError({"name": _("Môn này đã có phần tên như vậy.")})
    if part is None:
        part = SubjectPart(subject=subject, order=subject.parts.count() + 1)
    for name, value in fields.items():
        setattr(part, name, value)
    part.save()
    audit.record(by, "school.save_subject", obj=subject, detail={"part": part.name})
    return part


@transaction.atomic
def remove_part(*, by: Actor | None, part: SubjectPart) -> None:
    insist(by, "subjects")
    audit.record(by, "school.save_subject", obj=part.subject, detail={"removed_part": part.name})
    try:
        with transaction.atomic():
            part.delete()
    except ProtectedError:
        raise ValidationError(_("Phần này đang có thầy cô được phân công, nên không xoá được.")) from None


@transaction.atomic
def save_periods(
    *, by: Actor | None, year: SchoolYear, table: Mapping[tuple[int, int], tuple[int, int | None, int | None]]
) -> int:
    """The whole table at once: {(subject_id, grade): (periods, weekly in term I, in term II)}; weekly None: spread them.

    No periods: the row goes. Returns how many rows are different now."""
    insist(by, "subjects")
    rows = {(r.subject_id, r.grade): r for r in SubjectGrade.objects.select_for_update().filter(year=year)}
    changed = 0
    for (subject_id, grade), (periods, *weekly) in table.items():
        row = rows.get((subject_id, grade))
        if periods == 0:
            if row is not None:
                row.delete()
                changed += 1
            continue
        one, two = spread(periods)
        want = (periods, weekly[0] if weekly[0] is not None else one, weekly[1] if weekly[1] is not None else two)
        row = row or SubjectGrade(year=year, subject_id=subject_id, grade=grade)
        if (row.periods, row.weekly_term_1, row.weekly_term_2) != want:
            row.periods, row.weekly_term_1, row.weekly_term_2 = want
            row.save()
            changed += 1
    if changed:
        audit.record(by, "school.save_periods", obj=year, detail={"rows": changed})
    return changed
