"""The sentence of a constraint that said no, for the place where the change was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

_SENTENCES = {
    "entry_one_a_slot": _("Lớp đã có tiết khác ở ô này."),
    "entry_teacher_once": _("Giáo viên đã có tiết ở lớp khác vào giờ này."),
    "entry_room_once": _("Phòng đã có lớp khác dùng vào giờ này."),
    "period_class_once": _("Lớp đã có tiết khác vào giờ này."),
    "period_teacher_once": _("Giáo viên đã có tiết khác vào giờ này."),
    "period_room_once": _("Phòng đã có lớp khác dùng vào giờ này."),
    "timetable_period_makes_up_id_key": _("Tiết này đã được dạy bù rồi."),
    "timetable_one_published_at_a_time": _("Trong những ngày ấy đã có thời khoá biểu khác áp dụng."),
    "timetable_named_once_a_year": _("Năm học này đã có thời khoá biểu mang tên ấy."),
}
_DEFERRED = (
    "entry_one_a_slot", "entry_teacher_once", "entry_room_once",
    "period_class_once", "period_teacher_once", "period_room_once",
)  # fmt: skip


@contextmanager
def told(field: str | None = None) -> Iterator[None]:
    """Do the writes inside, ask the deferred constraints at the end, and raise a ValidationError that says which clash."""
    names = ", ".join(_DEFERRED)
    try:
        with transaction.atomic():
            yield
            with connection.cursor() as cursor:
                cursor.execute(f"SET CONSTRAINTS {names} IMMEDIATE")
                cursor.execute(f"SET CONSTRAINTS {names} DEFERRED")
    except IntegrityError as error:
        text = str(error)
        for name, sentence in _SENTENCES.items():
            if name in text:
                raise ValidationError({field: str(sentence)} if field else str(sentence), code=name) from None
        raise
