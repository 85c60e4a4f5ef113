"""The doors to the plan for the next year: there is one draft, and its classes and pupils are its own."""

from __future__ import annotations

from django.http import Http404

from truongso.people.actor import Actor
from truongso.people.models import Unit
from truongso.roster import rollover_queries as queries
from truongso.roster import rollover_rules as rules
from truongso.roster.models import PlanClass, RolloverPlan


def plan_for(actor: Actor) -> RolloverPlan:
    plan = queries.draft() if rules.may_prepare(actor) else None
    if plan is None:
        raise Http404
    return plan


def class_for(actor: Actor, pk: int) -> PlanClass:
    found = queries.plan_classes(plan_for(actor)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def unit_for(actor: Actor, pk: int) -> tuple[RolloverPlan, Unit]:
    """A class of the running year that the plan carries on."""
    plan = plan_for(actor)
    unit = Unit.objects.filter(pk=pk, school_class__year=plan.from_year).select_related("school_class").first()
    if unit is None:
        raise Http404
    return plan, unit
