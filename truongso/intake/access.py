"""The door to runs: keepers of the lists see them; head, clerk and IT admin write."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404

from truongso.intake import rules
from truongso.intake.models import ImportRun
from truongso.people.actor import Actor


def run_for(actor: Actor, pk: int, *, need: str = "see") -> ImportRun:
    run = ImportRun.objects.select_related("by").filter(pk=pk).first()
    if run is None or not actor.has(*rules.READERS):
        raise Http404
    if need == "write":
        verdict = rules.may_import(actor)
        if not verdict:
            raise PermissionDenied(str(verdict.why))
    return run
