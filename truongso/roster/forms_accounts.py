from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from truongso.people import queries
from truongso.people.actor import Actor
from truongso.roster.account_queries import Kind, Scope, State, grade_of
from truongso.ui.forms import Form


class ScopeForm(Form):
    """Whom the page is about. What makes no sense counts as "all", so that any address shows a page."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Ai"), required=False, choices=[("", gettext_lazy("mọi người")), *Kind.choices]
    )
    grade = forms.TypedChoiceField(label=gettext_lazy("Khối"), required=False, coerce=int, empty_value=None)
    unit = forms.TypedChoiceField(label=gettext_lazy("Lớp"), required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(
        label=gettext_lazy("Tình trạng"), required=False, choices=[("", gettext_lazy("tất cả")), *State.choices]
    )

    def __init__(self, *args: Any, actor: Actor, within: frozenset[int] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = list(queries.classes(actor.on) if within is None else queries.units_of(within))
        self.names = {unit.pk: unit.name for unit in units}
        grades = sorted({g for unit in units if (g := grade_of(unit.name, None))})
        self.fields["grade"].choices = [("", _("mọi khối")), *((g, str(g)) for g in grades)]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [("", _("mọi lớp")), *self.names.items()]  # type: ignore[attr-defined]

    def scope(self) -> Scope:
        if not self.is_bound:
            return Scope()
        self.full_clean()
        got = self.cleaned_data
        return Scope(got.get("kind", ""), got.get("grade"), got.get("unit"), got.get("state", ""))

    def query(self) -> str:
        """The scope as the end of an address."""
        scope = self.scope()
        pairs = {"kind": scope.kind, "grade": scope.grade, "unit": scope.unit_id, "state": scope.state}
        said = urlencode({name: value for name, value in pairs.items() if value})
        return f"?{said}" if said else ""

    def title(self) -> str:
        scope = self.scope()
        who = str(Kind(scope.kind).label) if scope.kind else _("mọi người")
        if scope.unit_id:
            return _("%(who)s lớp %(name)s") % {"who": who, "name": self.names[scope.unit_id]}
        if scope.grade:
            return _("%(who)s khối %(grade)s") % {"who": who, "grade": scope.grade}
        return who


class PrintForm(Form):
    who = forms.ChoiceField(
        label=gettext_lazy("In cho ai"), widget=forms.RadioSelect,
        choices=[
            ("waiting", gettext_lazy("Chỉ người chưa vào lần nào")),
            ("all", gettext_lazy("Cả người đang dùng: mật khẩu của họ hết tác dụng ngay")),
        ],
    )  # fmt: skip
    families = forms.BooleanField(
        label=gettext_lazy("Xếp phiếu của một gia đình cạnh nhau"), required=False,
        help_text=gettext_lazy("Nếu không, phiếu theo thứ tự danh sách lớp."),
    )  # fmt: skip
