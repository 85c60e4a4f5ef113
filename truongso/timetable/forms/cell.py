"""The form of one cell: what works on every phone and without script."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from truongso.conditions.models import Room
from truongso.people.models import Person, Unit
from truongso.people.roles import Role
from truongso.timetable.cells import Content, Held
from truongso.timetable.queries.tray import Wanted
from truongso.ui.forms import Form, TextField

MOST_TOGETHER = 12  # classes in one lesson


class CellForm(Form):
    what = forms.ChoiceField(label=gettext_lazy("Môn"), error_messages={"required": gettext_lazy("Chưa chọn môn.")})
    person = forms.ModelChoiceField(
        label=gettext_lazy("Người dạy"), queryset=Person.objects.none(), required=False,
        empty_label=gettext_lazy("theo phân công"),
    )  # fmt: skip
    room = forms.ModelChoiceField(
        label=gettext_lazy("Phòng"), queryset=Room.objects.none(), required=False, empty_label=gettext_lazy("phòng của lớp")
    )  # fmt: skip
    label = TextField(
        label=gettext_lazy("Tên gọi riêng"), max_length=40, required=False,
        help_text=gettext_lazy("Để trống nếu gọi theo môn; ví dụ Chào cờ, Sinh hoạt lớp"),
    )  # fmt: skip
    units = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Học ghép với lớp"), queryset=Unit.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple, help_text=gettext_lazy("Các lớp cùng một tiết, một thầy cô"),
    )  # fmt: skip
    everywhere = forms.BooleanField(
        label=gettext_lazy("Xếp như thế cho mọi lớp"), required=False,
        help_text=gettext_lazy("Chào cờ, sinh hoạt lớp: mỗi lớp với thầy cô của lớp mình; lớp đã có tiết ở ô này thì để nguyên"),
    )  # fmt: skip

    def __init__(
        self, *args: Any, unit: Unit, others: Sequence[Unit], wanted: Sequence[Wanted], now: Held | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.known = {c.code: c for w in wanted for c in w.choices}
        self.fields["what"].choices = _choices(wanted, now)  # type: ignore[attr-defined]
        teachers = Person.objects.filter(roles__role__in=_TEACH).distinct().order_by("sort_key")
        self.fields["person"].queryset = teachers  # type: ignore[attr-defined]
        self.fields["room"].queryset = Room.objects.in_use().order_by("name")  # type: ignore[attr-defined]
        together = Unit.objects.filter(pk__in=[u.pk for u in others if u.pk != unit.pk])
        self.fields["units"].queryset = together.order_by("name")  # type: ignore[attr-defined]

    def clean_units(self) -> Collection[Unit]:
        found: Collection[Unit] = self.cleaned_data["units"]
        if len(found) > MOST_TOGETHER:
            raise ValidationError(_("Một tiết ghép nhiều nhất 12 lớp."))
        return found

    def content(self) -> Content:
        """What the form says; a cell that stays keeps its key, and what was the old lesson's own goes with it."""
        data, now = self.cleaned_data, self.now.content if self.now else None
        chosen: Person | None = data["person"]
        room: Room | None = data["room"]
        choice = self.known.get(data["what"])
        if choice is None:
            if now is None:
                raise ValidationError({"what": _("Chưa chọn môn.")})
            person_id = chosen.pk if chosen else now.person_id
            return replace(now, person_id=person_id, room_id=room.pk if room else None, label=data["label"])
        old_label, old_person = (now.label, now.person_id) if now else ("", None)
        label = choice.label or ("" if data["label"] == old_label else data["label"])
        person_id = choice.person_id if chosen is None or chosen.pk == old_person else chosen.pk
        lesson = now.lesson if now else uuid4()
        return Content(choice.subject_id, choice.part_id, person_id, room.pk if room else None, label, lesson)


_TEACH = [Role.TEACHER.value, Role.HOMEROOM.value, Role.GROUP_HEAD.value, Role.HEAD.value, Role.DEPUTY.value]
KEEP = "now"


def _choices(wanted: Sequence[Wanted], now: Held | None) -> list[tuple[str, str]]:
    found = [(c.code, _line(w, c.short, c.teacher, c.label)) for w in wanted for c in w.choices]
    if now is not None:
        kept = " · ".join(part for part in (now.short, now.teacher) if part)
        return [(KEEP, _("%(what)s (như hiện nay)") % {"what": kept}), *found]
    return [("", _("(chọn môn)")), *found]


def _line(w: Wanted, short: str, teacher: str, label: str) -> str:
    named = short if label or short != w.subject.short_name else w.subject.name
    left = ngettext("còn %(num)d tiết", "còn %(num)d tiết", w.left) % {"num": w.left} if w.left > 0 else _("đã đủ")
    return " · ".join(part for part in (named, teacher, left) if part)
