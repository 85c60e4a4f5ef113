"""What waits for a person, on Hôm nay. Each later app adds its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import ngettext

from truongso.conditions import waiting as survey
from truongso.consent import waiting as consent
from truongso.jobs.queries import failed
from truongso.notify.queries import failed_mail
from truongso.people import queries
from truongso.people.actor import Actor
from truongso.people.roles import Role
from truongso.roster.account_queries import never_in
from truongso.school import setup
from truongso.school.access import RULERS
from truongso.timetable.waiting import links, periods, register, roll
from truongso.ui.jinja import url


@dataclass(frozen=True, slots=True)
class Waiting:
    count: int
    text: str
    more: str
    href: str


def _never_signed_in(actor: Actor) -> Iterator[Waiting]:
    units = actor.units(Role.HOMEROOM)
    if units and (count := queries.never_signed_in(units, actor.on)):
        text = ngettext("em chưa vào lần nào", "em chưa vào lần nào", count)
        yield Waiting(count, text, "", url("classes"))


def _system(actor: Actor) -> Iterator[Waiting]:
    if not actor.has(Role.IT_ADMIN):
        return
    if count := never_in(actor.on):
        text = ngettext("người chưa vào lần nào", "người chưa vào lần nào", count)
        yield Waiting(count, text, "", url("accounts"))
    if count := failed().count():
        yield Waiting(
            count,
            ngettext("việc chạy nền không làm được", "việc chạy nền không làm được", count),
            "",
            url("jobs_failed"),
        )
    if count := failed_mail().count():
        yield Waiting(count, ngettext("thư chưa gửi được", "thư chưa gửi được", count), "", url("outbox"))


def _setup(actor: Actor) -> Iterator[Waiting]:
    if not actor.has(*RULERS):
        return
    if left := setup.progress().left:
        yield Waiting(left, ngettext("bước thiết lập trường", "bước thiết lập trường", left), "", url("school_setup"))


Lines = Callable[[Actor], Iterator[tuple[int, str, str, str]]]


def _of(lines: Lines) -> Callable[[Actor], Iterator[Waiting]]:
    """What an app below says, as (count, text, more, address)."""
    return lambda actor: (Waiting(*line) for line in lines(actor))


SOURCES: tuple[Callable[[Actor], Iterator[Waiting]], ...] = (
    _setup, _of(roll.lines), _of(register.lines), _of(links.lines), _of(periods.lines), _of(survey.lines), _of(consent.lines),
    _never_signed_in, _system,
)  # fmt: skip


def waiting_for(actor: Actor) -> list[Waiting]:
    return [item for source in SOURCES for item in source(actor)]
