"""Checking the links of the coming day, and telling the right teacher once."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from truongso.notify.actions import send_notice
from truongso.notify.audience import Audience
from truongso.roster.models import TeachingAssignment
from truongso.timetable import words
from truongso.timetable.link_health import Seen, look
from truongso.timetable.models import Health, LinkKind, Period, PeriodLink, PeriodState, StandingLink
from truongso.timetable.queries.links import WayIn, ways_of
from truongso.ui.jinja import url

AHEAD = timedelta(hours=24)
AGAIN = timedelta(hours=3)  # one that answered is not asked more often; one that did not, at each run
POLITE = 1.0  # seconds between two questions to one host
AT_ONCE = 4  # hosts
WITNESSES = ("https://www.youtube.com/", "https://zalo.me/")

Look = Callable[[str], Seen]
Row = PeriodLink | StandingLink


def check_links(*, look: Look = look, witnesses: Iterable[str] = WITNESSES, polite: float = POLITE) -> int:
    """Look at what the periods of the next day need; returns how many were looked at. Without internet nothing changes:
    a silent page counts as broken only when some other server of the internet answered in the same minutes."""
    coming = _coming()
    rows = {address: [w.row for _p, w in ways if w.row] for address, ways in _by_address(coming).items()}
    now = timezone.now()
    due = [
        a for a, of in rows.items() if any(r.broken or r.checked_at is None or r.checked_at < now - AGAIN for r in of)
    ]
    seen = _ask(due, look, polite)
    online = any(s.answered for s in seen.values()) or (bool(due) and any(look(w).answered for w in witnesses))
    if not online:
        return 0
    known = {a: s for a, s in seen.items() if s.answered or s.wrong}
    for address, what in known.items():
        _note(rows[address], what)
    _tell(coming, known)
    return len(known)


def _coming() -> list[Period]:
    now = timezone.now()
    found = Period.objects.filter(
        span__startswith__gt=now, span__startswith__lte=now + AHEAD, state=PeriodState.PLANNED
    )
    return list(found.select_related("unit", "subject", "part").order_by("span"))


def _by_address(periods: list[Period]) -> dict[str, list[tuple[Period, WayIn]]]:
    found: dict[str, list[tuple[Period, WayIn]]] = defaultdict(list)
    offered = ways_of(periods)
    for period in periods:
        for way in offered[period.pk]:
            if way.row is not None:
                found[way.row.url].append((period, way))
    return found


def _ask(addresses: list[str], look: Look, polite: float) -> dict[str, Seen]:
    """Each address once; hosts side by side, the addresses of one host one after another with a pause."""
    hosts: dict[str, list[str]] = defaultdict(list)
    for address in addresses:
        hosts[urlsplit(address).netloc].append(address)

    def of_host(own: list[str]) -> dict[str, Seen]:
        found = {}
        for n, address in enumerate(own):
            time.sleep(polite if n else 0)
            found[address] = look(address)
        return found

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return {address: s for part in pool.map(of_host, hosts.values()) for address, s in part.items()}


@transaction.atomic
def _note(rows: list[Row], seen: Seen) -> None:
    """One that works again may be told of again, should it break once more. A video's own name replaces our word for it."""
    for row in rows:
        row.checked_at, row.broken = timezone.now(), seen.wrong
        if not seen.wrong:
            row.told_at = None
        if seen.title and row.kind == LinkKind.VIDEO and row.title == _("Video bài giảng"):
            row.title = seen.title[:120]
        row.save(update_fields=["checked_at", "broken", "told_at", "title"])


def _tell(periods: list[Period], seen: Mapping[str, Seen]) -> None:
    told: set[tuple[type, int]] = set()
    for ways in _by_address(periods).values():
        for period, way in ways:  # the soonest period first
            row = way.row
            if row is None or not row.broken or row.told_at or row.url not in seen or (type(row), row.pk) in told:
                continue
            told.add((type(row), row.pk))
            if people := teachers_of(period):
                _send(period, way, row, people)


@transaction.atomic
def _send(period: Period, way: WayIn, row: Row, people: frozenset[int]) -> None:
    send_notice(
        by=None, to=Audience(persons=people), link=url("period", period.pk) + "#links",
        title=_("Đường dẫn %(name)s của tiết %(lesson)s không mở được") % {"name": way.name, "lesson": words.title(period)},
        body=_("%(when)s, %(hours)s. Máy chủ của trường thấy: %(why)s. Xin mở thử và sửa trước giờ học.") % {
            "when": words.when(period), "hours": words.hours(period), "why": Health(row.broken).label,
        },
    )  # fmt: skip
    row.told_at = timezone.now()
    row.save(update_fields=["told_at"])


def teachers_of(period: Period) -> frozenset[int]:
    """Who is to know: who teaches this period, else who teaches the class that subject on that day."""
    if period.person_id:
        return frozenset({period.person_id})
    assigned = TeachingAssignment.objects.on(period.day).filter(unit=period.unit_id, subject=period.subject_id)
    return frozenset(assigned.values_list("person_id", flat=True))
