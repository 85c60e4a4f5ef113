from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from truongso import audit
from truongso.conditions import rules
from truongso.conditions.access import insist
from truongso.conditions.models import Equipment, Fault, Repair, Room
from truongso.people.actor import Actor


@transaction.atomic
def save_room(*, by: Actor, room: Room | None, **fields: Any) -> Room:
    """Enter or change a room. Raises ValidationError keyed by field."""
    insist(rules.may_keep(by))
    speed = fields.get("mbps_down") is not None or fields.get("mbps_up") is not None
    if speed and not fields.get("measured_on"):
        raise ValidationError({"measured_on": _("Đã ghi tốc độ thì xin ghi cả ngày đo.")})
    if speed and fields.get("internet") == "none":
        raise ValidationError({"internet": _("Phòng không có mạng thì không có tốc độ. Xin xem lại một trong hai ô.")})
    target = room or Room()
    for name, value in fields.items():
        setattr(target, name, value)
    try:
        with transaction.atomic():
            target.save()
    except IntegrityError as error:
        if "room_named_once" not in str(error):
            raise
        raise ValidationError({"name": _("Điểm trường này đã có phòng cùng tên. Xin đặt tên khác.")}) from None
    audit.record(by, "conditions.save_room", obj=target)
    return target


@transaction.atomic
def save_equipment(*, by: Actor, equipment: Equipment | None, **fields: Any) -> Equipment:
    insist(rules.may_keep(by))
    target = equipment or Equipment()
    for name, value in fields.items():
        setattr(target, name, value)
    target.save()
    audit.record(by, "conditions.save_equipment", obj=target)
    return target


@transaction.atomic
def report_fault(*, by: Actor, room: Room, text: str) -> Fault:
    """Somebody of the staff says what does not work."""
    made = Fault.objects.create(room=room, by_id=by.person_id, text=text)
    audit.record(by, "conditions.report_fault", obj=made)
    return made


@transaction.atomic
def repair(*, by: Actor, fault: Fault, note: str = "") -> None:
    """It works again; saying so twice does no harm."""
    insist(rules.may_keep(by))
    _made, new = Repair.objects.get_or_create(fault=fault, defaults={"by_id": by.person_id, "note": note})
    if new:
        audit.record(by, "conditions.repair", obj=fault)
