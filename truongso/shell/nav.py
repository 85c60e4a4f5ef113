"""The one navigation: by role, only what exists. Apps of later issues add a line here."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from truongso.notify.access import TO_ALL
from truongso.people.actor import Actor
from truongso.people.roles import Role
from truongso.roster.views.directory import FINDERS
from truongso.school import hub
from truongso.school.access import KEEPERS
from truongso.ui.jinja import url

ON_PHONE = 3  # tabs before "Thêm"


@dataclass(frozen=True, slots=True)
class Item:
    name: str  # of the address
    label: str | Promise
    icon: str
    roles: frozenset[Role] = frozenset()  # none: everybody
    counts: bool = False  # shows how many notices wait
    others: bool = False  # for everybody who holds none of `roles`

    def is_for(self, actor: Actor) -> bool:
        return not self.roles or actor.has(*self.roles) != self.others


# Who has no way to the programmes by the page "Nhà trường".
PROGRAMME_READERS = (Role.TEACHER, Role.GROUP_HEAD, Role.HOMEROOM, Role.PUPIL, Role.GUARDIAN)

TEACHERS = frozenset({Role.TEACHER, Role.GROUP_HEAD, Role.HOMEROOM, Role.DEPUTY, Role.HEAD})

ITEMS = (
    Item("today", _("Hôm nay"), "house"),
    Item("week", _("Lịch dạy"), "calendar-days", TEACHERS),
    Item("week", _("Lịch học"), "calendar-days", TEACHERS, others=True),
    Item("notices", _("Thông báo"), "bell", counts=True),
    Item("classes", _("Lớp học"), "users", frozenset(FINDERS)),
    Item("people", _("Mọi người"), "user-check", frozenset(FINDERS)),
    Item("files", _("Tệp của tôi"), "folder"),
    Item("programmes", _("Chương trình"), "book-open", frozenset(PROGRAMME_READERS)),
    Item("notice_new", _("Soạn thông báo"), "send", frozenset(TO_ALL)),
    Item("school", _("Nhà trường"), "school", frozenset(hub.ALL_ROLES | KEEPERS)),
    Item("system", _("Hệ thống"), "server", frozenset({Role.IT_ADMIN})),
    Item("audit", _("Nhật kí"), "list-checks", frozenset({Role.HEAD, Role.IT_ADMIN})),
    Item("account", _("Tài khoản"), "key-round"),
    Item("settings", _("Cài đặt"), "settings"),
    Item("help", _("Trợ giúp"), "circle-help"),
)


@dataclass(frozen=True, slots=True)
class Link:
    href: str
    label: str
    icon: str
    current: bool
    wide: bool  # only on a laptop
    count: int


def links(request: HttpRequest, actor: Actor, unread: int) -> list[Link]:
    """What stands in the bar for this person, the present page marked."""
    found = []
    mine = [item for item in ITEMS if item.is_for(actor)]
    for place, item in enumerate(mine):
        href = url(item.name)
        here = request.path == href or (
            item.name != "today" and request.path.startswith(href) and not _nearer(request.path, href, mine)
        )
        found.append(Link(href, str(item.label), item.icon, here, place >= ON_PHONE, unread if item.counts else 0))
    return found


def _nearer(path: str, href: str, items: list[Item]) -> bool:
    return any(len(url(i.name)) > len(href) and path.startswith(url(i.name)) for i in items)
