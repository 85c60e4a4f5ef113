from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from truongso.people.http import Request
from truongso.people.policy import allow
from truongso.people.roles import Role
from truongso.school import actions, queries
from truongso.school.forms import ProfileForm


@allow(Role.HEAD, Role.IT_ADMIN, Role.CLERK)
def school(request: Request) -> HttpResponse:
    """The school's own data: name, who governs it, where it is."""
    now = queries.profile()
    form = ProfileForm(request.POST or None, initial={name: getattr(now, name) for name in ProfileForm.base_fields})
    if request.method == "POST" and form.is_valid():
        actions.save_profile(by=request.actor, **form.cleaned_data)
        messages.success(request, _("Đã lưu."))
        return redirect("school")
    return render(request, "school/school.html", {"form": form}, status=422 if form.errors else 200)
