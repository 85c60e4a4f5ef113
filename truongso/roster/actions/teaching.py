"""Who teaches what where, from when to when. A handover cuts one row and starts the next: the past stays readable."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from truongso import audit
from truongso.lib.dates import show
from truongso.people.actor import Actor
from truongso.people.models import Person, RoleAssignment, Unit, UnitKind
from truongso.people.roles import STAFF, Role
from truongso.roster import rules
from truongso.roster.actions.spans import check_order, clash, close_with, insist, span, split
from truongso.roster.models import TeachingAssignment
from truongso.school.models import Subject, SubjectPart

_CLASHES = {
    "teaching_not_twice_at_a_time": gettext_lazy("Trong những ngày ấy người này đã dạy môn này ở lớp."),
    "teaching_one_compiles": gettext_lazy("Trong những ngày ấy môn này ở lớp đã có người tổng hợp."),
}


@dataclass(frozen=True, slots=True)
class Teaching:
    """One assignment, for many at once."""

    unit: Unit
    subject: Subject
    person: Person
    first: date
    part: SubjectPart | None = None
    last: date | None = None
    compiles: bool | None = None
    reason: str = ""


@transaction.atomic
def assign_teaching(
    *, by: Actor | None, unit: Unit, subject: Subject, person: Person, first: date, part: SubjectPart | None = None,
    last: date | None = None, compiles: bool | None = None, reason: str = "",
) -> TeachingAssignment:  # fmt: skip
    """Give a class's subject (or a strand of it) to a teacher. `compiles` None: the first of several compiles.

    Raises ValidationError keyed by field: the same teacher twice at one time; a second teacher of an undivided subject.
    """
    if by is not None:
        insist(rules.may_keep(by))
    check_order(first, last)
    if unit.kind != UnitKind.CLASS:
        raise ValidationError({"unit": _("Xin chọn một lớp.")})
    if part is not None and part.subject_id != subject.pk:
        raise ValidationError({"part": _("Phần này không thuộc môn ấy.")})
    during = span(first, last)
    if not RoleAssignment.objects.filter(
        person=person, role__in=[role.value for role in STAFF], during__overlap=during
    ).exists():
        raise ValidationError({"person": _("Trong những ngày ấy người này không làm việc ở trường.")})
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    beside = list(
        TeachingAssignment.objects.filter(unit=unit, subject=subject, during__overlap=during).select_related("person")
    )
    _check_beside(beside, unit, subject, part, person)
    if compiles is None:
        compiles = not any(row.compiles for row in beside)
    try:
        with transaction.atomic():
            row = TeachingAssignment.objects.create(
                unit=unit, subject=subject, part=part, person=person, compiles=compiles, during=during, reason=reason
            )
    except IntegrityError as error:
        raise clash(error, _CLASHES, "compiles" if "compiles" in str(error) else "person") from None
    audit.record(by, "roster.assign_teaching", obj=row, for_person=person.pk, detail=_about(row))
    return row


def _check_beside(
    beside: list[TeachingAssignment], unit: Unit, subject: Subject, part: SubjectPart | None, person: Person
) -> None:
    words = {"subject": subject.name, "class": unit.name}
    for row in beside:
        same_part = part is None or row.part_id is None or row.part_id == part.pk
        if row.person_id == person.pk and same_part:
            raise ValidationError({"person": _("%(name)s đã dạy %(subject)s ở lớp %(class)s từ ngày %(day)s.") % {
                **words, "name": person.full_name, "day": show(row.during.lower)}})  # fmt: skip
    if beside and part is None and not subject.parts.exists():
        raise ValidationError({"person": _(
            "%(subject)s ở lớp %(class)s đã có %(name)s dạy. Môn không chia phần chỉ có một người dạy: xin mở “Thay đổi” của người ấy."
        ) % {**words, "name": beside[0].person.full_name}})  # fmt: skip


@transaction.atomic
def assign_many(*, by: Actor | None, items: Iterable[Teaching]) -> list[TeachingAssignment]:
    """All or nothing; the first that clashes raises."""
    return [
        assign_teaching(
            by=by, unit=i.unit, subject=i.subject, person=i.person, first=i.first, part=i.part, last=i.last,
            compiles=i.compiles, reason=i.reason,
        )
        for i in items
    ]  # fmt: skip


@transaction.atomic
def hand_over(
    *, by: Actor | None, assignment: TeachingAssignment, to: Person, first: date, reason: str = ""
) -> TeachingAssignment:
    """From this day somebody else teaches it; compiling goes along. The day before is the last of the one before."""
    if by is not None:
        insist(rules.may_keep(by))
    row = _locked(assignment)
    if row.person_id == to.pk:
        raise ValidationError({"person": _("Người này đang dạy rồi. Xin chọn một người khác.")})
    if row.during.upper is not None and first >= row.during.upper:
        raise ValidationError({"first": _("Phân công này hết trước ngày ấy.")})
    upper, begin = row.during.upper, max(first, row.during.lower)
    close_with(row, begin - timedelta(days=1))
    return assign_teaching(
        by=by, unit=row.unit, subject=row.subject, part=row.part, person=to, first=begin,
        last=upper - timedelta(days=1) if upper else None, compiles=row.compiles, reason=reason,
    )  # fmt: skip


@transaction.atomic
def end_teaching(*, by: Actor | None, assignment: TeachingAssignment, last: date) -> None:
    """This day is the last; an assignment that had not begun is taken back whole."""
    if by is not None:
        insist(rules.may_keep(by))
    row = _locked(assignment)
    audit.record(by, "roster.end_teaching", obj=row, for_person=row.person_id, detail=_about(row))
    close_with(row, last)


@transaction.atomic
def let_compile(*, by: Actor | None, assignment: TeachingAssignment, first: date) -> TeachingAssignment:
    """From this day this teacher compiles the results of the class's subject; whoever did before no longer does."""
    if by is not None:
        insist(rules.may_keep(by))
    row = _locked(assignment)
    begin = max(first, row.during.lower)
    for other in TeachingAssignment.objects.select_for_update().filter(
        unit=row.unit, subject=row.subject, compiles=True, during__overlap=span(begin, None)
    ).exclude(pk=row.pk):  # fmt: skip
        later = split(other, begin)
        TeachingAssignment.objects.filter(pk=later.pk).update(compiles=False)
    if not row.compiles:
        row = split(row, begin)
        row.compiles = True
        row.save(update_fields=["compiles"])
    audit.record(by, "roster.let_compile", obj=row, for_person=row.person_id, detail=_about(row))
    return row


def _locked(assignment: TeachingAssignment) -> TeachingAssignment:
    Unit.objects.select_for_update(no_key=True).get(pk=assignment.unit_id)
    return TeachingAssignment.objects.select_related("unit", "subject", "part", "person").get(pk=assignment.pk)


def _about(row: TeachingAssignment) -> dict[str, object]:
    return {"class": row.unit_id, "subject": row.subject_id, "part": row.part_id}


@transaction.atomic
def set_homeroom(*, by: Actor | None, unit: Unit, person: Person, first: date, reason: str = "") -> RoleAssignment:
    """The class's homeroom teacher from this day; the one before ends the day before, with all that was lent."""
    if by is not None:
        insist(rules.may_keep(by))
    if unit.kind != UnitKind.CLASS:
        raise ValidationError({"unit": _("Xin chọn một lớp.")})
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    holding = RoleAssignment.objects.filter(unit=unit, role=Role.HOMEROOM.value, during__overlap=span(first, None))
    mine = holding.filter(person=person, delegated_from=None, during__contains=first).first()
    if mine is not None:
        return mine
    for row in (*holding.exclude(delegated_from=None), *holding.filter(delegated_from=None)):
        close_with(row, first - timedelta(days=1))
    made = RoleAssignment.objects.create(
        person=person, role=Role.HOMEROOM.value, unit=unit, during=span(first, None), reason=reason
    )
    audit.record(by, "roster.set_homeroom", obj=made, for_person=person.pk, detail={"class": unit.pk})
    return made
