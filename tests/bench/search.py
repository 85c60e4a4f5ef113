"""The directory's search as a clerk uses it, in a school of more than 5,000 persons: the page with its rows, no network."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from tests.bench.database import school_of

SEARCHES = 400


def report(say: Callable[[str, str], None]) -> None:
    with school_of(16):
        small = queries()
    with school_of(45):
        from truongso.people.models import Person

        large, count = queries(), Person.objects.count()
        times = sorted(timed(text) for text in asked())
    say("directory page", f"{small} queries with a school of 16 classes, {large} with {count:,} persons")
    median, last = statistics.median(times) * 1000, times[int(len(times) * 0.99)] * 1000
    say(
        f"search, {count:,} persons",
        f"median {median:.0f} ms, p99 {last:.0f} ms, worst {times[-1] * 1000:.0f} ms of {len(times)} searches",
    )


def asked() -> list[str]:
    """What people type: the given name and a letter, two words turned round, without accents, a login, a number."""
    from truongso.lib import vi
    from truongso.people.models import Person

    names = list(Person.objects.order_by("pk").values_list("full_name", flat=True))
    step = max(1, len(names) // (SEARCHES // 4))
    found: list[str] = []
    for number, name in enumerate(names[::step]):
        words = vi.fold(name).split()
        found += [f"{words[-1]} {words[0][:2]}", name.lower(), words[-1][:2], f"0500{number:06d}"]
    return found[:SEARCHES]


def timed(text: str) -> float:
    begin = time.perf_counter()
    answer = _client().get("/people/", {"q": text})
    taken = time.perf_counter() - begin
    assert answer.status_code == 200
    return taken


def found(text: str) -> float:
    from truongso.people.actor import actor_for
    from truongso.people.models import Account
    from truongso.roster.directory import PAGE, Search, find

    people = find(actor_for(Account.objects.select_related("person").get(login="hoa.pt")), Search(text))
    begin = time.perf_counter()
    people.count()
    list(people[:PAGE].values_list("pk"))
    return time.perf_counter() - begin


def queries() -> int:
    """The queries of the directory's first page."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    _clients.clear()
    client = _client()
    client.get("/people/")
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/people/").status_code == 200
    return len(captured)


_clients: list[object] = []


def _client():  # type: ignore[no-untyped-def]
    if not _clients:
        from django.test import Client

        from truongso.people.models import Account

        client = Client()
        client.force_login(Account.objects.get(login="hoa.pt"))
        _clients.append(client)
    return _clients[0]
