from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from truongso import audit
from truongso.people import rules
from truongso.people.actor import Actor
from truongso.people.models import Guardianship, Person, RoleAssignment, Unit
from truongso.people.roles import NEEDS_UNIT, Role

_CLASHES = {
    "role_one_head_at_a_time": gettext_lazy("Trong những ngày ấy trường đã có hiệu trưởng."),
    "role_one_homeroom_teacher_a_class": gettext_lazy("Trong những ngày ấy lớp đã có giáo viên chủ nhiệm."),
    "role_one_class_a_pupil": gettext_lazy("Trong những ngày ấy em đã ở một lớp."),
    "role_not_twice": gettext_lazy("Người này đã có vai trò ấy trong những ngày ấy."),
    "guardianship_once": gettext_lazy("Người này đã là người giám hộ của em."),
}


def _clash(error: IntegrityError) -> ValidationError:
    """The sentence of the constraint that said no."""
    text = str(error)
    for name, sentence in _CLASHES.items():
        if name in text:
            return ValidationError(str(sentence))
    raise error


def span(first: date, last: date | None) -> DateRange:
    """From a day to a day, both included; open when `last` is None."""
    return DateRange(first, last + timedelta(days=1) if last else None)


@transaction.atomic
def assign_role(
    *,
    by: Actor | None,
    person: Person,
    role: Role,
    unit: Unit | None = None,
    first: date,
    last: date | None = None,
    reason: str = "",
) -> RoleAssignment:
    """Give a role from a day to a day (None: until it is ended). Raises ValidationError when it clashes."""
    if by is not None:
        verdict = rules.may_assign(by, role)
        if not verdict:
            raise PermissionDenied(str(verdict.why))
    if last is not None and last < first:
        raise ValidationError({"last": _("Ngày cuối đứng trước ngày đầu. Xin xem lại.")})
    if (unit is None) == (role in NEEDS_UNIT):
        raise ValidationError(
            {
                "unit": _("Vai trò này cần chọn lớp hoặc tổ.")
                if unit is None
                else _("Vai trò này không gắn với lớp hay tổ nào.")
            }
        )
    try:
        with transaction.atomic():
            made = RoleAssignment.objects.create(
                person=person, role=role.value, unit=unit, during=span(first, last), reason=reason
            )
    except IntegrityError as error:
        raise _clash(error) from None
    audit.record(by, "people.assign_role", obj=made, for_person=person.pk, detail={"role": role.value})
    return made


@transaction.atomic
def end_role(*, by: Actor, assignment: RoleAssignment, last: date) -> None:
    """Let a role end with this day; what was lent from it ends too. A role that never held is taken back whole."""
    assignment = RoleAssignment.objects.select_for_update(no_key=True).get(pk=assignment.pk)
    verdict = rules.may_assign(by, Role(assignment.role))
    if not verdict and not (assignment.delegated_from and assignment.delegated_from.person_id == by.person_id):
        raise PermissionDenied(str(verdict.why))
    lent = RoleAssignment.objects.filter(delegated_from=assignment)
    first = assignment.during.lower
    if first is not None and last < first:
        lent.delete()
        assignment.delete()
    else:
        for row in (assignment, *lent):
            if row.during.lower <= last:
                row.during = DateRange(row.during.lower, min(last + timedelta(days=1), row.during.upper or date.max))
                row.save(update_fields=["during"])
            else:
                row.delete()
    audit.record(
        by, "people.end_role", obj=assignment, for_person=assignment.person_id, detail={"role": assignment.role}
    )


@transaction.atomic
def delegate(
    *, by: Actor, assignment: RoleAssignment, to: Person, first: date, last: date, reason: str
) -> RoleAssignment:
    """Lend one's own role to somebody, from a day to a day. It ends with its dates, or with the role itself."""
    role = Role(assignment.role)
    verdict = rules.may_delegate(by, assignment.person_id, assignment.delegated_from_id is not None, role)
    if not verdict or by.acting_account_id is not None:
        raise PermissionDenied(str(verdict.why))
    dates = rules.check_span(first, last, (assignment.during.lower, assignment.during.upper))
    if not dates:
        raise ValidationError({"last": str(dates.why)})
    if first < timezone.localdate():
        raise ValidationError({"first": _("Uỷ quyền bắt đầu sớm nhất từ hôm nay.")})
    if to.pk == by.person_id:
        raise ValidationError({"to": _("Xin chọn một người khác.")})
    try:
        with transaction.atomic():
            made = RoleAssignment.objects.create(
                person=to, role=role.value, unit=assignment.unit, during=span(first, last),
                delegated_from=assignment, reason=reason,
            )  # fmt: skip
    except IntegrityError as error:
        raise _clash(error) from None
    audit.record(by, "people.delegate", obj=made, for_person=to.pk, detail={"role": role.value})
    return made


@transaction.atomic
def add_guardian(
    *, by: Actor | None, guardian: Person, child: Person, relation: str, first: date, last: date | None = None
) -> Guardianship:
    try:
        with transaction.atomic():
            made = Guardianship.objects.create(
                guardian=guardian, child=child, relation=relation, during=span(first, last)
            )
    except IntegrityError as error:
        raise _clash(error) from None
    audit.record(by, "people.add_guardian", obj=made, for_person=child.pk)
    return made
