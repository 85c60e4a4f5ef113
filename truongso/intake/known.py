"""What is stored for a person, field by field, and what a row would change. A blank cell never takes anything away."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from truongso.intake.drafts import Draft
from truongso.intake.world import World, lookup
from truongso.people import sealed

PERSON = ("full_name", "birth_date", "gender")
CODES = ("sector_code", "national_number")
CONTACT = ("phone", "other_phone", "email", "address", "occupation", "birth_year")
PUPIL = ("local_code", "birth_place", "home_town", "residence")
STAFF = ("local_code", "contract", "qualification", "standard", "teaches")
SENSITIVE = ("ethnicity", "disability", "health", "poverty")
OF = {
    "pupils": (*PERSON, *CODES, *PUPIL, "phone", "other_phone", "email", "address", *SENSITIVE),
    "staff": (*PERSON, *CODES, *STAFF, "phone", "other_phone", "email", "address", "birth_year", "ethnicity"),
    "guardians": ("full_name", "birth_date", "national_number", *CONTACT),
}
HIDDEN = "•••"


def _stored(kind: str, name: str, pk: int, world: World) -> Any:
    if name in PERSON:
        value = getattr(world.people[pk], name)
        return value.isoformat() if hasattr(value, "isoformat") else value
    if name in CONTACT:
        return getattr(world.contacts.get(pk), name, "")
    return getattr(world.pupils.get(pk) if kind == "pupils" else world.staff.get(pk), name, "")


def diff(draft: Draft, pk: int, world: World) -> None:
    """Write into the draft what it changes of this person."""
    for name in OF[draft.kind]:
        new = draft.values.get(name)
        if new in (None, ""):
            continue
        if name in CODES:
            _code(draft, name, str(new), pk, world)
        elif name in SENSITIVE:
            raw = getattr(world.sensitive.get(pk), f"{name}_sealed", None)
            if raw is None or sealed.unseal(raw, use=f"{name}:{pk}") != new:
                draft.changes.append({"field": name, "old": HIDDEN if raw is not None else "", "new": str(new)})
        else:
            old = _stored(draft.kind, name, pk, world)
            if (old or "") != new:
                draft.changes.append({"field": name, "old": str(old or ""), "new": str(new)})


def _code(draft: Draft, name: str, new: str, pk: int, world: World) -> None:
    person = world.people[pk]
    known = getattr(person, f"{name}_hash")
    if known is None:
        draft.changes.append({"field": name, "old": "", "new": new})
    elif bytes(known) != lookup(new, name):
        old = sealed.unseal(getattr(person, f"{name}_sealed"), use=name)
        draft.changes.append({"field": name, "old": f"…{old[-4:]}", "new": new})


def labels() -> dict[str, str]:
    """What the page and the file of wrong rows call a field."""
    return {
        "full_name": _("Họ và tên"), "birth_date": _("Ngày sinh"), "gender": _("Giới tính"), "sector_code": _("Mã định danh"),
        "national_number": _("Số định danh cá nhân"), "local_code": _("Mã của trường"), "birth_place": _("Nơi sinh"),
        "home_town": _("Quê quán"), "residence": _("Hộ khẩu thường trú"), "phone": _("Điện thoại"),
        "other_phone": _("Điện thoại khác"), "email": _("Thư điện tử"), "address": _("Chỗ ở"), "occupation": _("Nghề nghiệp"),
        "birth_year": _("Năm sinh"), "ethnicity": _("Dân tộc"), "disability": _("Khuyết tật"), "health": _("Sức khoẻ"),
        "poverty": _("Diện chính sách"), "contract": _("Hợp đồng"), "qualification": _("Trình độ"),
        "standard": _("Chuẩn nghề nghiệp"), "teaches": _("Môn dạy"), "position": _("Vị trí việc làm"), "group": _("Tổ"),
        "class_name": _("Lớp"), "grade": _("Khối"), "status": _("Trạng thái"), "subject": _("Môn"), "relation": _("Quan hệ"),
        "homeroom": _("Chủ nhiệm"), "homeroom_teacher": _("Giáo viên chủ nhiệm"), "text": _("Phân công"),
    }  # fmt: skip
