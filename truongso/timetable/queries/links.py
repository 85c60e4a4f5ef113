"""Ways into periods, and who went by them. Every function costs the same number of queries for one row and for many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Max, Min, Q, Sum
from django.utils import timezone

from truongso.timetable import arrivals
from truongso.timetable.models import LIVE, LinkKind, LinkVisit, Mode, Period, PeriodLink, PeriodState, StandingLink
from truongso.ui.jinja import url

ONLINE = frozenset({Mode.ONLINE_SUPPORT, Mode.ONLINE_REPLACE})


def visits_of(period: Period) -> dict[int, datetime]:
    """Person id of each pupil who came into this period by a link → when first.

    A meeting counts only around its hour (arrivals.counts); what is watched counts in a self-study period only.
    """
    found = LinkVisit.objects.filter(link__period=period)
    if period.mode != Mode.SELF_STUDY:
        found = found.filter(link__kind__in=LIVE)
    return dict(found.values("person_id").annotate(first=Min("first_at")).values_list("person_id", "first"))


@dataclass(frozen=True, slots=True)
class Visitor:
    person_id: int
    name: str
    first_at: datetime
    last_at: datetime
    times: int
    late: int  # minutes


def visitors(period: Period) -> list[Visitor]:
    """Everybody who came in or opened something, the first comer first."""
    rows = (
        LinkVisit.objects.filter(link__period=period)
        .values("person_id", name=F("person__full_name"))
        .annotate(first=Min("first_at"), last=Max("last_at"), sum=Sum("times"),
                  came=Min("first_at", filter=Q(link__kind__in=LIVE)))
        .order_by("first", "person__sort_key")
    )  # fmt: skip
    return [
        Visitor(
            r["person_id"], r["name"], r["first"], r["last"], r["sum"],
            arrivals.late(r["came"], period.span.lower) if r["came"] else 0,
        )
        for r in rows
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class WayIn:
    """One way as it is offered for a period: its own link, a standing one, or the school's room."""

    kind: str
    address: str  # our own
    title: str
    link: PeriodLink | None = None
    standing: StandingLink | None = None

    @property
    def name(self) -> str:
        """How it is called on a button: its title, else its tool."""
        label = str(LinkKind(self.kind).label)
        return self.title or label[:1].upper() + label[1:]

    @property
    def live(self) -> bool:
        return self.kind in LIVE

    @property
    def key(self) -> str:
        """How the address of its share page calls it."""
        if self.link:
            return f"l{self.link.pk}"
        return f"s{self.standing.pk}" if self.standing else "room"

    @property
    def row(self) -> PeriodLink | StandingLink | None:
        return self.link or self.standing


def ways_of(periods: Sequence[Period]) -> dict[int, list[WayIn]]:
    """The ways of each period in the order they are offered: live ones first, then what to watch. Two queries.

    A period's own link hides the standing one of its kind, if people meet there. A period that is over shows what was used, not what was
    set for the class since. Online periods have the school's room, after a live link of their teacher's choice.
    """
    own: dict[int, list[PeriodLink]] = {p.pk: [] for p in periods}
    for link in PeriodLink.objects.filter(period__in=own).exclude(kind=LinkKind.ROOM).select_related("standing"):
        own[link.period_id].append(link)
    standing = _standing(periods)
    return {p.pk: _offered(p, own[p.pk], standing) for p in periods}


def _standing(periods: Iterable[Period]) -> list[StandingLink]:
    now = timezone.now()
    units = {p.unit_id for p in periods if p.span.upper > now}
    return list(StandingLink.objects.filter(unit__in=units, removed_at=None)) if units else []


def applies(standing: StandingLink, period: Period) -> bool:
    """Is a standing link one of this period's?"""
    return (
        standing.removed_at is None
        and standing.unit_id == period.unit_id
        and standing.subject_id in {None, period.subject_id}
        and (standing.until is None or period.day <= standing.until)
    )


def _offered(period: Period, own: list[PeriodLink], standing: list[StandingLink]) -> list[WayIn]:
    shown = [link for link in own if link.removed_at is None]
    ways = [WayIn(link.kind, url("way", link.token), link.title, link=link) for link in shown]
    if period.span.upper > timezone.now():
        # One that was taken away from this period only stays known by its row.
        taken = {link.kind for link in shown if link.live} | {link.standing_id for link in own}
        ways += [
            WayIn(s.kind, url("way_standing", period.pk, s.pk), s.title, standing=s)
            for s in sorted(standing, key=lambda s: s.subject_id is None)
            if applies(s, period) and s.kind not in taken and s.pk not in taken
        ]
    ways.sort(key=_place)  # stable: the period's own links keep their order
    live = [w for w in ways if w.live]
    if period.mode in ONLINE:
        live.append(WayIn(LinkKind.ROOM, url("waiting_room", period.pk), ""))
    return live + [w for w in ways if not w.live]


def _place(way: WayIn) -> int:
    """The period's own first, then the standing ones of its subject, then those of the class; a standing link has its
    place whether or not somebody has gone by it yet."""
    standing = way.standing or (way.link.standing if way.link and way.link.standing_id else None)
    return 0 if standing is None else 1 if standing.subject_id else 2


def ways_in(periods: Sequence[Period]) -> dict[int, WayIn]:
    """The one way that a button on a list offers: to meet, in an online period; the first thing to open, in self-study."""
    found: dict[int, WayIn] = {}
    offered = ways_of(periods)
    for period in periods:
        pk, ways = period.pk, offered[period.pk]
        if period.state != PeriodState.PLANNED or not ways:
            continue
        if period.mode in ONLINE:
            found[pk] = ways[0]
        elif period.mode == Mode.SELF_STUDY:
            found[pk] = next((w for w in ways if not w.live), ways[0])
    return found


def arrived(period: Period) -> int:
    """How many pupils are in the waiting room or went by a live link."""
    came = LinkVisit.objects.filter(link__period=period, link__kind__in=LIVE)
    return came.aggregate(n=Count("person_id", distinct=True))["n"] or 0


def came(period: Period, person_id: int) -> datetime | None:
    """When this pupil first came into the period by a live way."""
    mine = LinkVisit.objects.filter(link__period=period, link__kind__in=LIVE, person=person_id)
    first: datetime | None = mine.aggregate(first=Min("first_at"))["first"]
    return first


def by_token(token: str) -> PeriodLink | StandingLink | None:
    """What an address /l/TOKEN/ names, with what its page needs; two queries at most."""
    own = PeriodLink.objects.select_related("period__unit", "period__subject", "period__part").filter(token=token)
    standing = StandingLink.objects.select_related("unit", "subject").filter(token=token)
    return own.first() or standing.first()


def period_at(standing: StandingLink) -> Period | None:
    """The period that a standing link leads to now: the one going on, else the next, else the last."""
    found = Period.objects.select_related("unit", "subject", "part").filter(
        unit=standing.unit_id, state=PeriodState.PLANNED
    )
    if standing.subject_id:
        found = found.filter(subject=standing.subject_id)
    coming = found.filter(span__endswith__gt=timezone.now()).order_by("span").first()
    return coming or found.order_by("-span").first()


def standing_of(period: Period, pk: int) -> StandingLink | None:
    """A standing link of the period's class, for its subject or for the class as a whole; also one no longer offered."""
    subject = Q(subject=period.subject_id) | Q(subject=None)
    return StandingLink.objects.filter(subject, pk=pk, unit=period.unit_id).first()
