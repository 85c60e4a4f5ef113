"""Staff: what the list keeps of them, positions and membership of groups, each from a day to a day."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from truongso import audit
from truongso.people.actor import Actor
from truongso.people.models import Person, Unit, UnitKind
from truongso.roster import rules
from truongso.roster.actions.spans import check_order, clash, close_with, insist, span
from truongso.roster.models import GroupMember, Position, StaffRecord


@transaction.atomic
def save_staff_record(*, by: Actor | None, person: Person, **fields: str | None) -> StaffRecord:
    """Enter or change a line of the staff list: local_code, contract, qualification, standard, teaches."""
    if by is not None:
        insist(rules.may_keep(by))
    if "local_code" in fields:
        fields["local_code"] = fields["local_code"] or None
    try:
        with transaction.atomic():
            row, _new = StaffRecord.objects.update_or_create(person=person, defaults=fields)
    except IntegrityError as error:
        raise clash(error, {"local_code": _("Mã cán bộ này đã thuộc về một người khác.")}, "local_code") from None
    audit.record(by, "roster.save_staff", obj=row, for_person=person.pk)
    return row


@transaction.atomic
def start_position(*, by: Actor | None, person: Person, title: str, first: date, last: date | None = None) -> Position:
    """A position from a day (None: until it is ended). It gives no right: roles do."""
    if by is not None:
        insist(rules.may_keep(by))
    check_order(first, last)
    try:
        with transaction.atomic():
            row = Position.objects.create(person=person, title=title, during=span(first, last))
    except IntegrityError as error:
        sentence = gettext_lazy("Trong những ngày ấy người này đã giữ vị trí ấy.")
        raise clash(error, {"position_once_at_a_time": sentence}, "title") from None
    audit.record(by, "roster.start_position", obj=row, for_person=person.pk, detail={"title": title})
    return row


@transaction.atomic
def end_position(*, by: Actor | None, position: Position, last: date) -> None:
    if by is not None:
        insist(rules.may_keep(by))
    position = Position.objects.select_for_update().get(pk=position.pk)
    audit.record(by, "roster.end_position", obj=position, for_person=position.person_id)
    close_with(position, last)


@transaction.atomic
def join_group(*, by: Actor | None, person: Person, group: Unit, first: date, last: date | None = None) -> GroupMember:
    """Membership of a subject group (tổ) from a day."""
    if by is not None:
        insist(rules.may_keep(by))
    check_order(first, last)
    if group.kind != UnitKind.GROUP:
        raise ValidationError({"group": _("Xin chọn một tổ chuyên môn.")})
    try:
        with transaction.atomic():
            row = GroupMember.objects.create(person=person, unit=group, during=span(first, last))
    except IntegrityError as error:
        sentence = gettext_lazy("Trong những ngày ấy người này đã ở tổ ấy.")
        raise clash(error, {"group_member_once_at_a_time": sentence}, "group") from None
    audit.record(by, "roster.join_group", obj=row, for_person=person.pk)
    return row


@transaction.atomic
def leave_group(*, by: Actor | None, member: GroupMember, last: date) -> None:
    if by is not None:
        insist(rules.may_keep(by))
    member = GroupMember.objects.select_for_update().get(pk=member.pk)
    audit.record(by, "roster.leave_group", obj=member, for_person=member.person_id)
    close_with(member, last)
