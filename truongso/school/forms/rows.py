from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from truongso.people.actor import Actor
from truongso.people.models import Person, RoleAssignment
from truongso.people.roles import STAFF
from truongso.ui.forms import Form


class RowForm(Form):
    """The form of one row of a list: knows what the list belongs to (`scope`: a year, a subject) and who edits."""

    def __init__(self, *args: Any, scope: Any = None, by: Actor | None = None, **kwargs: Any) -> None:
        self.scope, self.by = scope, by
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Choices that depend on scope or actor."""


class StaffField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody who works here today; nobody is a choice too."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Person.objects.none(), required=False, empty_label=_("(chưa có)"), **kwargs)

    def of(self, by: Actor) -> None:
        working = RoleAssignment.objects.on(by.on).filter(role__in=[r.value for r in STAFF])
        self.queryset = Person.objects.filter(pk__in=working.values("person_id")).order_by("sort_key", "pk")


def words(text: str) -> list[str]:
    """ "KHTN, Khoa học" → its pieces, each once."""
    return list(dict.fromkeys(" ".join(piece.split()) for piece in text.replace(";", ",").split(",") if piece.strip()))
