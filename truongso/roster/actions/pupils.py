"""A pupil's way through the school. Each step keeps two things in one piece: the dated class and the Movement that tells it.

A Movement's day is the first day in the class it leads to, or the last day in the class it leads out of.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from truongso import audit
from truongso.lib import vi
from truongso.people.actions.persons import add_person
from truongso.people.actor import Actor
from truongso.people.models import Person, RoleAssignment, Unit, UnitKind
from truongso.people.roles import Role
from truongso.roster import rules
from truongso.roster.actions.spans import clash, close_with, insist, span
from truongso.roster.models import Movement, MovementKind, PupilRecord

_CLASHES = {"role_one_class_a_pupil": gettext_lazy("Trong những ngày ấy em đã ở một lớp."),
            "role_not_twice_in_a_unit": gettext_lazy("Trong những ngày ấy em đã ở lớp này.")}  # fmt: skip
INWARD = frozenset({MovementKind.ENROLLED, MovementKind.TRANSFER_IN, MovementKind.RETURN})


def _place(person_id: int, unit: Unit, first: date) -> RoleAssignment:
    if unit.kind != UnitKind.CLASS:
        raise ValidationError({"unit": _("Xin chọn một lớp.")})
    try:
        with transaction.atomic():
            return RoleAssignment.objects.create(
                person_id=person_id, role=Role.PUPIL.value, unit=unit, during=span(first, None)
            )
    except IntegrityError as error:
        raise clash(error, _CLASHES, "unit") from None


def _present(person: Person, day: date) -> RoleAssignment:
    """The pupil's class on a day, the pupil locked so that two steps cannot cross."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    found = RoleAssignment.objects.on(day).filter(person=person, role=Role.PUPIL).select_related("unit").first()
    if found is None:
        raise ValidationError({"first": _("Ngày ấy em không ở lớp nào.")})
    return found


def _moved(by: Actor | None, movement: Movement) -> Movement:
    movement.by_id = by.person_id if by else None
    movement.save()
    audit.record(by, f"roster.{MovementKind(movement.kind).name.lower()}", obj=movement, for_person=movement.person_id)
    return movement


@transaction.atomic
def enrol(
    *, by: Actor | None, person: Person, unit: Unit, first: date, kind: MovementKind = MovementKind.ENROLLED,
    other_school: str = "", document: str = "", reason: str = "",
) -> Movement:  # fmt: skip
    """Bring a pupil into a class: newly enrolled, from another school (TRANSFER_IN), or back again (RETURN)."""
    if by is not None:
        insist(rules.may_keep(by))
    if kind not in INWARD:
        raise ValueError(kind)
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    _place(person.pk, unit, first)
    PupilRecord.objects.get_or_create(person=person)
    return _moved(by, Movement(
        person=person, kind=kind, day=first, to_unit=unit, other_school=other_school, document=document, reason=reason,
    ))  # fmt: skip


@transaction.atomic
def enrol_many(
    *, by: Actor | None, unit: Unit, persons: Sequence[int], first: date, kind: MovementKind = MovementKind.ENROLLED
) -> None:
    """A whole class at once, by person ids: the same rows as `enrol` in four statements, and one line in the log."""
    if by is not None:
        insist(rules.may_keep(by))
    during, who = span(first, None), by.person_id if by else None
    try:
        with transaction.atomic():
            RoleAssignment.objects.bulk_create(
                RoleAssignment(person_id=pk, role=Role.PUPIL.value, unit=unit, during=during) for pk in persons
            )
    except IntegrityError as error:
        raise clash(error, _CLASHES, "unit") from None
    PupilRecord.objects.bulk_create([PupilRecord(person_id=pk) for pk in persons], ignore_conflicts=True)
    Movement.objects.bulk_create(
        Movement(person_id=pk, kind=kind, day=first, to_unit=unit, by_id=who) for pk in persons
    )
    audit.record(by, "roster.enrolled", obj=unit, detail={"count": len(persons)})


@transaction.atomic
def change_class(
    *, by: Actor | None, person: Person, unit: Unit, first: date, document: str = "", reason: str = ""
) -> Movement:
    """From this day in another class; the day before is the last in the old one."""
    if by is not None:
        insist(rules.may_keep(by))
    present = _present(person, first)
    if present.unit_id == unit.pk:
        raise ValidationError({"unit": _("Em đang học ở lớp này rồi.")})
    close_with(present, first - timedelta(days=1))
    _place(person.pk, unit, first)
    return _moved(by, Movement(
        person=person, kind=MovementKind.CLASS_CHANGE, day=first, from_unit=present.unit, to_unit=unit,
        document=document, reason=reason,
    ))  # fmt: skip


@transaction.atomic
def take_out(
    *, by: Actor | None, person: Person, last: date, kind: MovementKind, other_school: str = "", document: str = "",
    reason: str = "",
) -> Movement:  # fmt: skip
    """The pupil's last day in class here: to another school (TRANSFER_OUT), away (LEAVE), or done (COMPLETED)."""
    if by is not None:
        insist(rules.may_keep(by))
    if kind not in {MovementKind.TRANSFER_OUT, MovementKind.LEAVE, MovementKind.COMPLETED}:
        raise ValueError(kind)
    if kind == MovementKind.TRANSFER_OUT and not other_school:
        raise ValidationError({"other_school": _("Xin ghi trường mà em chuyển đến.")})
    try:
        present = _present(person, last)
    except ValidationError:
        raise ValidationError({"last": _("Ngày ấy em không ở lớp nào.")}) from None
    close_with(present, last)
    return _moved(by, Movement(
        person=person, kind=kind, day=last, from_unit=present.unit, other_school=other_school, document=document,
        reason=reason,
    ))  # fmt: skip


@transaction.atomic
def save_pupil_record(*, by: Actor | None, person: Person, **fields: str | None) -> PupilRecord:
    """The register's other fields: local_code, birth_place, home_town, residence."""
    if by is not None:
        insist(rules.may_keep(by))
    if "local_code" in fields:
        fields["local_code"] = fields["local_code"] or None
    try:
        with transaction.atomic():
            row, _new = PupilRecord.objects.update_or_create(person=person, defaults=fields)
    except IntegrityError as error:
        raise clash(error, {"local_code": _("Mã học sinh này đã thuộc về một em khác.")}, "local_code") from None
    audit.record(by, "roster.save_pupil", obj=row, for_person=person.pk)
    return row


@transaction.atomic
def bring_pupil(
    *, by: Actor, unit: Unit, full_name: str, birth_date: date | None, gender: str, kind: str, first: date,
    other_school: str, document: str,
) -> Person:  # fmt: skip
    """Enter a new person and enrol: refused when somebody of that name and birth date is here already."""
    if birth_date is not None:
        if not (5 <= first.year - birth_date.year <= 25):
            raise ValidationError({"birth_date": _("Theo ngày sinh này, em không ở tuổi đi học. Xin xem lại.")})
        if Person.objects.filter(search_text=vi.fold(full_name), birth_date=birth_date).exists():
            raise ValidationError({"full_name": _(
                "Đã có người cùng tên và ngày sinh. Xin tìm ở “Mọi người”; nếu là em ấy thì chọn “Nhận học lại”."
            )})  # fmt: skip
    person = add_person(by=by, full_name=full_name, birth_date=birth_date, gender=gender)
    enrol(
        by=by, person=person, unit=unit, first=first, kind=MovementKind(kind), other_school=other_school,
        document=document,
    )  # fmt: skip
    return person
