"""What waits on Hôm nay while a survey is open: (count, text, more, address). One query: everybody's home asks it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from truongso.people.actor import Actor
from truongso.people.roles import Role
from truongso.ui.jinja import url

# Written out: every pupil's and parent's home asks it.
_UNANSWERED = """
    SELECT c.id, c.full_name FROM people_person c
     WHERE c.id = ANY(%(mine)s)
       AND EXISTS (SELECT 1 FROM conditions_surveyround r WHERE r.during @> %(day)s::date)
       AND NOT EXISTS (SELECT 1 FROM conditions_surveyanswer a JOIN conditions_surveyround r ON r.id = a.round_id
                        WHERE a.child_id = c.id AND a.complete AND r.during @> %(day)s::date)
     ORDER BY c.sort_key, c.id
"""
# The pupils of `survey_queries.silent_children`, counted for all own classes.
_SILENT = """
    SELECT r.id, count(*) FROM conditions_surveyround r
      JOIN people_roleassignment p ON p.role = 'pupil' AND p.unit_id = ANY(%(own)s) AND p.during @> %(day)s::date
     WHERE r.during @> %(day)s::date
       AND NOT EXISTS (SELECT 1 FROM conditions_surveyanswer a
                        WHERE a.round_id = r.id AND a.child_id = p.person_id AND a.complete)
     GROUP BY r.id
"""


def lines(actor: Actor) -> Iterator[tuple[int, str, str, str]]:
    """Pupils and guardians: one line a child that has no answer yet; homeroom teachers: how many of the class."""
    own = actor.units(Role.HOMEROOM)
    mine = [*actor.children, *([actor.person_id] if actor.has(Role.PUPIL) else [])]
    if mine:
        with connection.cursor() as cursor:
            cursor.execute(_UNANSWERED, {"mine": mine, "day": actor.on})
            unanswered = cursor.fetchall()
        for child, name in unanswered:
            yield 1, _("khảo sát thiết bị và mạng, một phút"), name, url("survey", child)
    if own:
        with connection.cursor() as cursor:
            cursor.execute(_SILENT, {"own": list(own), "day": actor.on})
            silent = cursor.fetchall()
        for round, count in silent:  # one, or none
            text = ngettext("em chưa trả lời khảo sát thiết bị", "em chưa trả lời khảo sát thiết bị", count)
            yield count, text, "", url("survey_round", round)
