"""Days and years in cells: date cells, serial numbers, and every way of writing them here."""

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


def day(cell: Cell, *, today: date, epoch_1904: bool = False) -> date | None:  # noqa: PLR0911 (a line a shape)
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
            raise Wrong(
                _("Không có tháng %(month)s: có lẽ tháng đứng trước ngày. Xin viết ngày trước, như 05/09/2014.")
                % {"month": int(month)}
            ) from None
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
