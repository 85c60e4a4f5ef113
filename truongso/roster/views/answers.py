"""The one way our small forms work: shown, refused with what was typed kept (422), or done and back to the person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from truongso.people.forms import add_errors
from truongso.people.http import Request
from truongso.people.models import Person
from truongso.ui.forms import Form


def form_page(
    request: Request,
    person: Person,
    form: Form,
    heading: str,
    do: Callable[[dict[str, Any]], object],
    *,
    done: str = "",
    save: str = "",
    said: str = "",
    more: tuple[str, str] | None = None,
) -> HttpResponse:
    """`do` is the verb; its ValidationError goes to the field. `done` is what the toast says, `said` a note above the form,
    `more` another way out of the page (label, address)."""
    if request.method == "POST" and form.is_valid():
        try:
            do(form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, done or _("Đã lưu."))
            return redirect("person", person.pk)
    page = {"form": form, "person": person, "heading": heading, "save": save, "said": said, "more": more}
    return render(request, "roster/person_form.html", page, status=422 if form.errors else 200)
