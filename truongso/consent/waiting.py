"""What waits on Hôm nay: (count, text, more, address)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from truongso.consent import asked, request_queries, rules
from truongso.people.actor import Actor
from truongso.people.roles import Role
from truongso.ui.jinja import url


def lines(actor: Actor) -> Iterator[tuple[int, str, str, str]]:
    """Families: what they have not answered. The office: requests whose deadline is near or past."""
    if actor.has(Role.PUPIL, Role.GUARDIAN):
        count = asked.count_open(actor)
        if count:
            text = ngettext("câu hỏi về dữ liệu, xin cho ý kiến", "câu hỏi về dữ liệu, xin cho ý kiến", count)
            yield count, text, _("đồng ý hay không đều được"), url("my_consent")
    if rules.keeps(actor):
        limit = actor.on + timedelta(days=rules.DUE_SOON)
        rows = request_queries.rows(request_queries.open_requests())
        count = sum(r.next_due is not None and r.next_due <= limit for r in rows)
        if count:
            text = ngettext("yêu cầu về dữ liệu đến hạn", "yêu cầu về dữ liệu đến hạn", count)
            yield count, text, "", url("data_requests")
