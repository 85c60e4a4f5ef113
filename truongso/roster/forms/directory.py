from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from truongso.lib import vi
from truongso.people.actor import Actor
from truongso.people.models import Unit, UnitKind
from truongso.people.roles import Role
from truongso.roster import classes
from truongso.roster.directory import Search
from truongso.roster.models import Position
from truongso.roster.rules import READERS
from truongso.ui.forms import Form, TextField


class SearchForm(Form):
    """A search never fails: what is not understood is not asked for."""

    q = TextField(
        label=gettext_lazy("Tìm người"), required=False, max_length=60,
        help_text=gettext_lazy("Không cần gõ dấu, không cần đúng thứ tự: lan ng tìm ra Nguyễn Thị Lan"),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )  # fmt: skip
    role = forms.ChoiceField(label=gettext_lazy("Vai trò"), required=False)
    unit = forms.TypedChoiceField(label=gettext_lazy("Lớp"), required=False, coerce=int, empty_value=None)
    grade = forms.TypedChoiceField(label=gettext_lazy("Khối"), required=False, coerce=int, empty_value=None)
    group = forms.TypedChoiceField(label=gettext_lazy("Tổ"), required=False, coerce=int, empty_value=None)
    position = forms.ChoiceField(label=gettext_lazy("Vị trí việc làm"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = list(classes.visible(actor))
        grades = sorted({g for u in units if (g := classes.grade_of(u))})
        self._choices("unit", _("mọi lớp"), [(u.pk, u.name) for u in sorted(units, key=lambda u: vi.collate(u.name))])
        self._choices("grade", _("mọi khối"), [(g, str(g)) for g in grades])
        if actor.has(*READERS):
            groups = Unit.objects.on(actor.on).filter(kind=UnitKind.GROUP).values_list("pk", "name")
            titles = (
                Position.objects.filter(during__contains=actor.on).order_by("title").values_list("title", flat=True)
            )
            self._choices("role", _("mọi vai trò"), [("staff", _("người làm việc ở trường")), *_roles(Role)])
            self._choices("group", _("mọi tổ"), list(groups))
            self._choices("position", _("mọi vị trí"), [(t, t) for t in titles.distinct()])
        else:
            self._choices("role", _("mọi vai trò"), _roles([Role.PUPIL, Role.GUARDIAN]))
            del self.fields["group"], self.fields["position"]
        for name in ("unit", "grade", "group", "position"):
            if name in self.fields and len(self.fields[name].choices) < 2:  # type: ignore[attr-defined]
                del self.fields[name]

    def _choices(self, name: str, everything: str, choices: list[Any]) -> None:
        self.fields[name].choices = [("", everything), *choices]  # type: ignore[attr-defined]

    def asked(self) -> dict[str, Any]:
        self.is_valid()
        return self.cleaned_data

    def search(self) -> Search:
        asked = self.asked()
        return Search(
            text=asked.get("q") or "", role=asked.get("role") or "", unit=asked.get("unit"), grade=asked.get("grade"),
            group=asked.get("group"), position=asked.get("position") or "",
        )  # fmt: skip


def _roles(roles: Any) -> list[tuple[str, str]]:
    return [(role.value, str(role.label)) for role in roles]
