"""How to get into a period and what to watch for it; for its teacher also keeping that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from truongso.people.actor import Actor
from truongso.timetable import rules
from truongso.timetable.link_kinds import spoken
from truongso.timetable.models import Health, LinkKind, Mode, Period, PeriodState
from truongso.timetable.queries import links as queries
from truongso.timetable.queries.links import WayIn
from truongso.timetable.rules import PeriodTies

ICONS = {LinkKind.ROOM: "video", LinkKind.VIDEO: "monitor", LinkKind.OTHER: "globe", LinkKind.ZALO: "message-circle"}


@dataclass(frozen=True, slots=True)
class Row:
    """A way as the page shows it."""

    way: WayIn
    icon: str
    deed: str  # what the button says
    text: str
    broken: str
    first: bool
    last: bool


def panel(actor: Actor, period: Period, mine: PeriodTies) -> dict[str, Any] | None:
    """None: nothing to show to this person."""
    may = bool(rules.may_teach(actor, mine))
    sees_who = bool(rules.may_take_roll(actor, mine))
    held = period.state == PeriodState.PLANNED
    ways = queries.ways_of([period])[period.pk] if held else []
    if not (ways or may):
        return None
    people = queries.visitors(period) if sees_who else []
    return {
        "rows": rows_of(ways, may=may), "may": may and held, "over": period.span.upper <= timezone.now(), "people": people, "sees_who": sees_who and bool(ways or people),
        "lacks": period.mode == Mode.SELF_STUDY and not ways, "online": period.mode in queries.ONLINE,
        "main": next((w.address for w in ways if w.live), None), "came": mine.in_class and queries.came(period, actor.person_id),
        "family": mine.family and not mine.in_class,
    }  # fmt: skip


def rows_of(ways: list[WayIn], *, may: bool) -> list[Row]:
    own = {live: [w.link.pk for w in ways if w.link and w.live == live] for live in (True, False)}
    rows = []
    for way in ways:
        group = own[way.live]
        at = group.index(way.link.pk) if way.link else -1
        broken = str(Health(way.row.broken).label) if way.row and way.row.broken and may else ""
        rows.append(
            Row(
                way,
                ICONS.get(LinkKind(way.kind), "link"),
                _deed(way),
                _text(way),
                broken,
                at == 0,
                at == len(group) - 1,
            )
        )
    return rows


def _deed(way: WayIn) -> str:
    if way.kind == LinkKind.ROOM:
        return _("Vào phòng chờ")
    if way.live:
        return _("Vào %(tool)s") % {"tool": LinkKind(way.kind).label}
    return _("Xem") if way.kind == LinkKind.VIDEO else _("Mở")


def _text(way: WayIn) -> str:
    if way.kind == LinkKind.ROOM:
        return _("Vào đây là được ghi nhận; hình và tiếng sẽ có ở bản sau.")
    said = (
        [spoken(way.link.start_second, way.link.end_second)]
        if way.link and not way.link.standing_id
        else [_("Dùng cho mọi tiết")]
    )
    said.append(way.row.watch_for if way.row else "")
    return ". ".join(part.rstrip(".") for part in said if part)
