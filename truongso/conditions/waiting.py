"""What waits on Hôm nay while a survey is open: (count, text, more, address). One query: everybody's home asks it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from truongso.conditions import survey_queries
from truongso.conditions.models import SurveyAnswer, SurveyRound
from truongso.people.actor import Actor
from truongso.people.models import Person
from truongso.people.roles import Role
from truongso.ui.jinja import url


def lines(actor: Actor) -> Iterator[tuple[int, str, str, str]]:
    """Pupils and guardians: one line a child that has no answer yet; homeroom teachers: how many of the class."""
    own = actor.units(Role.HOMEROOM)
    mine = [*actor.children, *([actor.person_id] if actor.has(Role.PUPIL) else [])]
    if mine:
        running = SurveyRound.objects.open_on(actor.on)
        answered = SurveyAnswer.objects.filter(round__in=running, child=OuterRef("pk"), complete=True)
        for child in Person.objects.filter(Exists(running), ~Exists(answered), pk__in=mine).order_by("sort_key", "pk"):
            yield 1, _("khảo sát thiết bị và mạng, một phút"), child.full_name, url("survey", child.pk)
    if own and (round := survey_queries.open_round(actor.on)):
        count = sum(len(survey_queries.silent_children(round, actor.on, unit)) for unit in own)
        if count:
            text = ngettext("em chưa trả lời khảo sát thiết bị", "em chưa trả lời khảo sát thiết bị", count)
            yield count, text, "", url("survey_round", round.pk)
