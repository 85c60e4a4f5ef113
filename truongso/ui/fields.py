"""How one field of a Django form becomes a control with its label, hint and error wired for everybody."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString


def described_by(bound: BoundField) -> str:
    ids = []
    if bound.help_text:
        ids.append(f"{bound.auto_id}_hint")
    if bound.errors:
        ids.append(f"{bound.auto_id}_error")
    return " ".join(ids)


def control(bound: BoundField, **more: Any) -> SafeString:
    """The bare control, with aria-describedby and aria-invalid."""
    attrs: dict[str, Any] = {key.replace("_", "-"): value for key, value in more.items()}
    if described := described_by(bound):
        attrs["aria-describedby"] = described
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return bound.as_widget(attrs=attrs)


def is_check(bound: BoundField) -> bool:
    """One box to tick: its label stands after it."""
    return isinstance(bound.field.widget, forms.CheckboxInput)


def is_wide(bound: BoundField) -> bool:
    """A set of choices: a fieldset with a legend."""
    return isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
