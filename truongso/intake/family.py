"""The guardians whom a pupil's row names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from truongso.intake import cells
from truongso.intake.data import load
from truongso.intake.drafts import Draft
from truongso.intake.tables import Line
from truongso.intake.text import folded, shown

if TYPE_CHECKING:
    from truongso.intake.rows import Reader

OWNERS = {"father": "bố", "mother": "mẹ", "guardian": "người giám hộ", "parent": "phụ huynh"}
_NOBODY = {"", "khong", "khong co", "x", "da mat", "mat", "chet", "khong ro", "0", "k", "khong biet", "null", "none"}


def guardian(reader: Reader, line: Line, child: Draft, owner: str) -> Draft | None:
    from truongso.intake import rows

    draft = reader.start("guardians", line, owner)
    draft.of = child
    found, both = reader.cell(line, f"{owner}.name"), False
    if found is None and (phone := reader.cell(line, f"{owner}.phone")) and re.search(r"[^\W\d_]{2}", shown(phone[0])):
        found, both = phone, True  # one column for both: "Phạm Văn Dũng - 0912345678"
    if found is not None:
        raw, draft.spots["full_name"] = found
        text, numbers = _split_phone(shown(raw))
        if folded(text) not in _NOBODY:
            try:
                draft.values["full_name"] = cells.name(_without_prefix(text))
                if re.search(r",|;| và |&|/", text):
                    draft.wrong("full_name", _("Ô này có nhiều người. Xin ghi mỗi người một ô."))
                if numbers:
                    draft.values["phone"] = cells.phones(numbers)[0]
            except cells.Wrong as wrong:
                draft.wrong("full_name", wrong.why)
    if not both:
        reader.phones(draft, line, f"{owner}.phone", "phone", "other_phone")
    reader.take(
        draft,
        line,
        f"{owner}.national_number",
        "national_number",
        lambda c: cells.digits(c, length=12, name=_("Số định danh cá nhân")),
    )
    reader.take(draft, line, f"{owner}.birth_year", "birth_year", lambda c: cells.year(c, today=reader.today))
    reader.take(
        draft,
        line,
        f"{owner}.birth_date",
        "birth_date",
        lambda c: None if re.fullmatch(r"\d{4}", shown(c)) else cells.day(c, today=reader.today),
    )
    for name in ("occupation", "address", "relation"):
        reader.take(draft, line, f"{owner}.{name}", name, lambda c, n=name: rows.text_of(c, rows.LIMITS[n]))  # type: ignore[misc]
    reader.take(draft, line, f"{owner}.email", "email", cells.email)
    if not draft.values.get("full_name") and not draft.problems:
        if not draft.values.get("phone") and not draft.values.get("national_number"):
            return None
        draft.wrong("full_name", _("Có số điện thoại hoặc giấy tờ nhưng thiếu họ tên."))
    draft.values.setdefault("relation", OWNERS[owner])
    frame = load("ages")["guardians"]["any"]
    born = draft.values.get("birth_year") or int(str(draft.values.get("birth_date") or "0")[:4])
    if born and not frame[0] <= reader.today.year - int(born) <= frame[1]:
        draft.wrong(
            "birth_year" if "birth_year" in draft.values else "birth_date",
            _("Năm sinh %(year)s không hợp với tuổi của phụ huynh.") % {"year": born},
        )
    return draft


def names_somebody(reader: Reader, line: Line) -> bool:
    """Does "SĐT phụ huynh" say a name too ("Phạm Văn Dũng - 0912345678")?"""
    found = reader.cell(line, "parent.phone")
    text = _split_phone(cells.without_whose(shown(found[0])))[0] if found else ""
    return len(re.findall(r"[^\W\d_]{2,}", text)) >= 2


def _split_phone(text: str) -> tuple[str, str]:
    """ "Nguyễn Văn A - 0912345678" → name and number."""
    found = re.search(r"(?:\+?84|0)[\d][\d .]{7,12}\d|(?<!\d)[3-9]\d{8}(?!\d)", text)
    if not found:
        return re.sub(r"\((19|20)\d\d\)", "", text).strip(), ""
    rest = text[: found.start()] + text[found.end() :]
    return re.sub(r"\b(sđt|đt|sdt|dt|tel|điện thoại)\b\s*[.:]*", "", rest, flags=re.I).strip(" -–:;,.()"), found[0]


def _without_prefix(text: str) -> str:
    return re.sub(r"^(cha|bố|mẹ|ông|bà|anh|chị|ph)\s*[:.]\s*", "", text, flags=re.I)
