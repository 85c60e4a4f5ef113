"""How a person at school says days, periods and teachers: thứ Ba 24/11, tiết 2 chiều, cô Hương."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from truongso.school.models import Shift
from truongso.timetable import words
from truongso.timetable.models import Mode, Presence

document = words.document
weekday_inside = words.weekday_inside


def day_inside(day: date) -> str:
    """thứ Ba 24/11"""
    return f"{weekday_inside(day)} {day:%d/%m}"


def slot(number: int, shift: str) -> str:
    """tiết 2 chiều"""
    return words.number(shift, number)


def teacher(full_name: str, gender: str) -> str:
    """cô Hương: by the given name, as pupils and colleagues say."""
    return _addressed(full_name.rsplit(maxsplit=1)[-1] if full_name else "", gender)


def teacher_in_full(full_name: str, gender: str) -> str:
    """cô Đặng Thu Hương"""
    return _addressed(full_name, gender)


def _addressed(name: str, gender: str) -> str:
    if not name:
        return ""
    text = {"f": _("cô %(name)s"), "m": _("thầy %(name)s")}.get(gender, _("thầy cô %(name)s"))
    return text % {"name": name}


def begun(text: str) -> str:
    """The same with a capital, at the beginning of a line."""
    return text[:1].upper() + text[1:]


def length(minutes: int) -> str:
    """12 phút; 2 giờ 5 phút"""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(n)d phút") % {"n": rest}
    if not rest:
        return _("%(n)d giờ") % {"n": hours}
    return _("%(hours)d giờ %(minutes)d phút") % {"hours": hours, "minutes": rest}


def slot_short(number: int) -> str:
    """tiết 2"""
    return _("tiết %(n)d") % {"n": number}


def mode(value: str) -> str:
    """Trực tuyến hỗ trợ"""
    return begun(str(Mode(value).label))


def soon(day: date, today: date) -> str:
    """ngày mai; else the weekday and date"""
    return _("ngày mai") if (day - today).days == 1 else day_inside(day)


def days(first: date, after: date) -> str:
    """Thứ Ba 24/11; Từ thứ Ba 24/11 đến thứ Năm 26/11. `after` is the first day that no longer counts."""
    last = after - timedelta(days=1)
    if first == last:
        return begun(day_inside(first))
    return _("Từ %(first)s đến %(last)s") % {"first": day_inside(first), "last": day_inside(last)}


def two_names(full_name: str) -> str:
    """Khánh An, as a family calls its child."""
    return " ".join(full_name.split()[-2:])


def presence(state: str, number: int | None, shift: str) -> str:
    """Vào muộn tiết 1 sáng; Vắng có phép buổi sáng"""
    where = slot(number, shift) if number else _("buổi %(shift)s") % {"shift": Shift(shift).label}
    return f"{begun(str(Presence(state).label))} {where}"


def away(state: str, note: str) -> str:
    """Vắng có phép · Sốt; what the family wrote alone while no roll says anything."""
    return " · ".join(
        part for part in (begun(str(Presence(state).label)) if state else _("Gia đình xin nghỉ"), note) if part
    )


def listed(counted: Sequence[tuple[str, int]]) -> str:
    """Toán, Ngữ văn (2 tiết), Tin học"""
    two = _("%(subject)s (%(n)d tiết)")
    return ", ".join(two % {"subject": name, "n": n} if n > 1 else name for name, n in counted)
