"""What a teacher writes in the register, and how the school rates."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from truongso.curriculum.models import Lesson
from truongso.timetable.actions.register import Line
from truongso.timetable.models import Period, RegisterNote
from truongso.timetable.queries.lessons import programmes
from truongso.timetable.queries.register import Proposed
from truongso.timetable.register_rules import Planned
from truongso.ui.forms import DateField, Form, TextField

OFF = "off"  # a period off the programme


class NoteForm(Form):
    """The line of one period. The lesson list is there only where the class has a programme of the subject."""

    lesson = forms.ChoiceField(label=gettext_lazy("Bài dạy"))
    content = TextField(
        label=gettext_lazy("Nội dung cụ thể"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    remarks = TextField(
        label=gettext_lazy("Nhận xét lớp"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    rating = forms.ChoiceField(label=gettext_lazy("Xếp loại tiết học"), required=False)
    homework = TextField(label=gettext_lazy("Bài về nhà"), required=False, max_length=500)
    homework_due = DateField(
        label=gettext_lazy("Hạn nộp"), required=False, help_text=gettext_lazy("không bắt buộc, ví dụ 24/11")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(
        self, *args: Any, period: Period, lessons: tuple[Planned, ...], ratings: list[str],
        note: RegisterNote | None = None, proposed: Proposed | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        kwargs.setdefault("initial", _initial(period, note, proposed, ratings))
        super().__init__(*args, **kwargs)
        self.period = period
        rating, lesson = self.fields["rating"], self.fields["lesson"]
        assert isinstance(rating, forms.ChoiceField) and isinstance(lesson, forms.ChoiceField)
        kept = [note.rating] if note and note.rating and note.rating not in ratings else []
        rating.choices = [("", _("chưa xếp loại")), *((r, r) for r in [*ratings, *kept])]
        if lessons:
            listed = [(str(x.id), f"{_numbers(x)}. {x.title}") for x in lessons]
            if note and note.lesson and note.lesson_id not in {x.id for x in lessons}:
                listed.append((str(note.lesson_id), note.lesson.title))  # put away since
            lesson.choices = [*listed, (OFF, _("Ngoài chương trình"))]
            self.fields["content"].widget.attrs["placeholder"] = _("để trống nếu dạy trọn bài đã chọn")
        else:
            del self.fields["lesson"]

    def clean_homework_due(self) -> Any:
        due = self.cleaned_data.get("homework_due")
        if due and due < self.period.day:
            raise ValidationError(_("Hạn nộp đứng trước ngày dạy. Xin xem lại."))
        return due

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("lesson", OFF) == OFF and "lesson" not in self.errors and not cleaned.get("content"):
            self.add_error("content", _("Xin ghi nội dung đã dạy."))
        return cleaned

    def line(self) -> Line:
        data = self.cleaned_data
        chosen = data.get("lesson", OFF)
        lesson = Lesson.objects.select_related("topic__programme").get(pk=int(chosen)) if chosen != OFF else None
        return Line(lesson, data["content"], data["remarks"], data["rating"], data["homework"], data["homework_due"])


def _numbers(lesson: Planned) -> str:
    last = lesson.first + lesson.periods - 1
    return str(lesson.first) if last == lesson.first else f"{lesson.first}-{last}"


def _initial(
    period: Period, note: RegisterNote | None, proposed: Proposed | None, ratings: list[str]
) -> dict[str, Any]:
    if note is None:
        text = "" if proposed else period.label
        return {
            "lesson": str(proposed.lesson) if proposed else OFF,
            "content": text,
            "rating": ratings[0],
            "version": 0,
        }
    return {
        "lesson": str(note.lesson_id or OFF), "content": note.content if note.lesson_id else note.lesson_text,
        "remarks": note.remarks, "rating": note.rating, "homework": note.homework, "homework_due": note.homework_due,
        "version": note.version,
    }  # fmt: skip


def lessons_for(period: Period) -> tuple[Planned, ...]:
    """The whole programme of the class's subject: any strand's lesson may have been taught."""
    found = programmes([(period.unit_id, period.subject_id)]).get((period.unit_id, period.subject_id))
    return found.lessons if found else ()


class WeekForm(Form):
    remarks = TextField(
        label=gettext_lazy("Nhận xét của tuần"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class UnlockForm(Form):
    reason = TextField(label=gettext_lazy("Lí do mở lại"), max_length=200)


class ScaleForm(Form):
    """One rating a line, best first."""

    ratings = forms.CharField(
        label=gettext_lazy("Các mức, tốt nhất ở trên"), widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy("mỗi dòng một mức, nhiều nhất 10 chữ; thang điểm thì ghi 10, 9, 8 …"),
    )  # fmt: skip

    def clean_ratings(self) -> list[str]:
        listed = list(dict.fromkeys(" ".join(line.split()) for line in self.cleaned_data["ratings"].splitlines()))
        found = [line for line in listed if line]
        if len(found) < 2:
            raise ValidationError(_("Xin ghi ít nhất hai mức."))
        if long := next((r for r in found if len(r) > 10), ""):
            raise ValidationError(_("“%(word)s” dài quá 10 chữ. Xin viết ngắn hơn.") % {"word": long})
        if len(found) > 20:
            raise ValidationError(_("Nhiều nhất 20 mức."))
        return found
