"""A cell as a value: dates, codes, telephone numbers, gender. What cannot be known is wrong, with a reason, never guessed."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from truongso.intake.days import Wrong, day, year
from truongso.intake.text import folded, plain, shown
from truongso.lib.sheets import Cell

__all__ = ["Wrong", "code", "day", "digits", "email", "gender", "mark", "name", "phones", "year"]


def code(cell: Cell) -> str:
    """A code as text: no ".0", no spaces; a number that Excel has shortened (1,23E+11) is damaged. Raises Wrong."""
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, int | float):
        if not float(cell).is_integer() or abs(cell) >= 1e15:
            raise Wrong(_("Excel đã làm hỏng mã này (dạng 1,23E+11). Xin định dạng cột là Văn bản rồi nhập lại mã."))
        return str(int(cell))
    text = plain(str(cell)).lstrip("'’`").strip()
    if re.fullmatch(r"\d+[.,]\d+\s*[eE]\s*\+?\d+", text):
        raise Wrong(_("Excel đã làm hỏng mã này (dạng 1,23E+11). Xin định dạng cột là Văn bản rồi nhập lại mã."))
    text = re.sub(r"\.0+$", "", text) if re.fullmatch(r"\d+\.0+", text) else text
    return "" if text in {"-", "–", "."} else re.sub(r"\s+", "", text)


def digits(cell: Cell, *, length: int, name: str) -> str:
    """A code of exactly this many digits. A lost zero at the front is said, not put back. Raises Wrong."""
    text = code(cell)
    if not text:
        return ""
    bare = re.sub(r"[.\-]", "", text)
    if bare.isascii() and bare.isdigit() and len(bare) == length:
        return bare
    if not (bare.isascii() and bare.isdigit()):
        raise Wrong(_("%(name)s chỉ gồm %(length)s chữ số.") % {"name": name, "length": length})
    if len(bare) == length - 1 and isinstance(cell, int | float):
        raise Wrong(
            _(
                "%(name)s có %(length)s chữ số, ở đây chỉ có %(found)s: có lẽ Excel đã bỏ số 0 ở đầu (0%(text)s). Xin nhập lại."
            )
            % {"name": name, "length": length, "found": len(bare), "text": bare}
        )
    raise Wrong(
        _("%(name)s có %(length)s chữ số, ở đây có %(found)s.") % {"name": name, "length": length, "found": len(bare)}
    )


# What people write beside a number: whose it is, and that it is one.
_WHOSE = re.compile(
    r"\(?\b(?:bố|cha|ba|mẹ|má|ông|bà|anh|chị|cô|chú|bác|nhà riêng|nhà|phhs|ph|số|đt|sđt|đtdđ|dđ|sdt|dt|tel|zalo|di động|cố định|điện thoại)\b\s*[:.]?\s*\)?\s*:?",
    re.I,
)


def without_whose(text: str) -> str:
    return _WHOSE.sub(" ", text)


def phones(cell: Cell) -> list[str]:
    """The numbers in a cell, most wanted first: 0 and nine or ten digits; +84 and a zero lost to Excel are put right. Raises Wrong."""
    text = code(cell) if isinstance(cell, int | float) else plain(str(cell or "")).lstrip("'’`")
    if not text or text in {"-", "0", "x", "không", "Không", "Không có"}:
        return []
    found = []
    text = re.sub(r"\b(0\d{9})\s+(?=0\d{9}\b)", r"\1;", _WHOSE.sub(" ", text))
    for part in re.split(r"[;,/|]|\s-\s|\n| hoặc ", text):
        bare = re.sub(r"[\s.()\-]", "", part)
        if not bare:
            continue
        bare = "0" + bare[3:] if bare.startswith("+84") else "0" + bare[2:] if re.fullmatch(r"84\d{9}", bare) else bare
        if re.fullmatch(r"[235789]\d{8}", bare):
            bare = "0" + bare
        if not re.fullmatch(r"0\d{9,10}", bare):
            raise Wrong(_("Số điện thoại “%(text)s” chưa đúng. Xin viết như 0912345678.") % {"text": part.strip()[:30]})
        found.append(bare)
    return list(dict.fromkeys(found))


_FEMALE = {"nu", "gai", "f", "female", "x nu", "ba", "n", "girl", "women", "woman"}
_MALE = {"nam", "trai", "m", "male", "ong", "boy", "man"}


def gender(cell: Cell) -> str:
    """ "f", "m", or "" for an empty cell. Raises Wrong."""
    word = folded(shown(cell))
    if not word:
        return ""
    if word in _FEMALE:
        return "f"
    if word in _MALE:
        return "m"
    raise Wrong(_("Giới tính ghi Nam hoặc Nữ."))


def mark(cell: Cell) -> bool | None:
    """Is the column "Nữ" marked (x, 1, Nữ, √)? None when the sign is unknown."""
    word = shown(cell).strip().lower()
    if word in {"", "0", "-"}:
        return False
    return True if word in {"x", "1", "nữ", "nu", "√", "v", "✓", "+", "có", "true", "*", "ü"} else None


def name(cell: Cell) -> str:
    """A person's name: letters only; all capitals and all small letters are written as names are. Raises Wrong."""
    text = shown(cell).strip(" .,;-–*")
    if not text:
        return ""
    if any(c.isdigit() for c in text) or re.search(r"[@#$%^&+=<>?{}|\\_]", text):
        raise Wrong(_("Họ tên không có chữ số hay kí hiệu lạ."))
    if len(text) > 120:
        raise Wrong(_("Họ tên dài quá."))
    if text.isupper() or text.islower():
        text = " ".join(word[:1].upper() + word[1:].lower() for word in text.lower().split())
    return text


def email(cell: Cell) -> str:
    text = shown(cell)
    if text and not re.fullmatch(r"[^\s@]+@[^\s@]+\.[^\s@]+", text):
        raise Wrong(_("Thư điện tử chưa đúng, xin viết như ten@truong.edu.vn."))
    return text.lower()
