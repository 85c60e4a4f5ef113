"""A cell as a value: dates, codes, telephone numbers, gender. What cannot be known is wrong, with a reason, never guessed."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from truongso.intake.text import folded, plain, shown
from truongso.lib.sheets import Cell


class Wrong(ValueError):
    """The cell cannot be taken; the sentence says why."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


_SERIAL_LOW, _SERIAL_HIGH = 7000, 80000  # 1919 to 2119
_DATE = re.compile(r"(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{4}|\d{2})(?:[\sT]+\d{1,2}:\d{2}.*)?")
_ISO = re.compile(r"(\d{4})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{1,2})(?:[\sT]+\d{1,2}:\d{2}.*)?")
_WORDS = re.compile(r"(?:ngay\s+)?(\d{1,2})\s+thang\s+(\d{1,2})\s+nam\s+(\d{4})")


def day(cell: Cell, *, today: date, epoch_1904: bool = False) -> date | None:
    """A date cell, a serial number, or text; day before month. Raises Wrong."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, bool):
        raise Wrong(_("Đây không phải là một ngày. Xin viết như 05/09/2014."))
    if isinstance(cell, int | float):
        return _serial(float(cell), epoch_1904)
    text = plain(str(cell)).lstrip("'’`").strip()
    if not text or text in {"-", "–", "x"}:
        return None
    if text.isascii() and text.isdigit():
        if len(text) == 8:  # 05092014
            return _made(text[4:], text[2:4], text[:2], today)
        return _serial(float(text), epoch_1904)
    if found := _ISO.fullmatch(text):
        return _made(found[1], found[2], found[3], today)
    if found := _DATE.fullmatch(text):
        return _made(found[3], found[2], found[1], today)
    if found := _WORDS.fullmatch(folded(text)):
        return _made(found[3], found[2], found[1], today)
    raise Wrong(_("“%(text)s” không phải là một ngày. Xin viết như 05/09/2014.") % {"text": text[:40]})


def _serial(number: float, epoch_1904: bool) -> date:
    if 1900 <= number <= 2100:
        raise Wrong(_("Chỉ có năm, thiếu ngày và tháng. Xin viết đủ như 05/09/2014."))
    if not _SERIAL_LOW <= number <= _SERIAL_HIGH:
        raise Wrong(_("Đây không phải là một ngày. Xin viết như 05/09/2014."))
    return (date(1904, 1, 1) if epoch_1904 else date(1899, 12, 30)) + timedelta(days=int(number))


def _made(year: str, month: str, number: str, today: date) -> date:
    full = int(year)
    if len(year) == 2:
        full += 2000 if full <= today.year % 100 else 1900
    try:
        return date(full, int(month), int(number))
    except ValueError:
        if int(number) <= 12 < int(month):
            raise Wrong(_("Không có tháng %(month)s: có lẽ tháng đứng trước ngày. Xin viết ngày trước, như 05/09/2014.") % {"month": int(month)}) from None
        raise Wrong(_("Lịch không có ngày này. Xin xem lại ngày, tháng, năm.")) from None


def year(cell: Cell, *, today: date) -> int | None:
    """A year of birth; a whole date gives its year. Raises Wrong."""
    text = shown(cell)
    if not text or text in {"-", "0"}:
        return None
    if re.fullmatch(r"(19|20)\d\d", text) and int(text) <= today.year:
        return int(text)
    try:
        found = day(cell, today=today)
    except Wrong:
        raise Wrong(_("Năm sinh gồm bốn chữ số, như 1982.")) from None
    return found.year if found else None


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
            _("%(name)s có %(length)s chữ số, ở đây chỉ có %(found)s: có lẽ Excel đã bỏ số 0 ở đầu (0%(text)s). Xin nhập lại.")
            % {"name": name, "length": length, "found": len(bare), "text": bare}
        )
    raise Wrong(_("%(name)s có %(length)s chữ số, ở đây có %(found)s.") % {"name": name, "length": length, "found": len(bare)})


def phones(cell: Cell) -> list[str]:
    """The numbers in a cell, most wanted first: 0 and nine or ten digits; +84 and a zero lost to Excel are put right. Raises Wrong."""
    text = code(cell) if isinstance(cell, int | float) else plain(str(cell or "")).lstrip("'’`")
    if not text or text in {"-", "0", "x", "không", "Không", "Không có"}:
        return []
    found = []
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
