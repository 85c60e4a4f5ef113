"""CPU and queries of one page, in this process: steadier than requests a second where other work shares the cores.

From the server's door (WSGI) to the last byte, without network. The database's own work is not in the CPU figure.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from tests.bench.database import school_of

RUNS = 150
# Who asks for what; {unit} is the class 8A2 of the demo school.
PAGES = (
    ("Hôm nay, pupil", "an.nk.8a2", "/"),
    ("Hôm nay, homeroom teacher", "huong.dt", "/"),
    ("Hôm nay, head", "minh.tv", "/"),
    ("directory", "hoa.pt", "/people/"),
    ("directory search", "hoa.pt", "/people/?q=lan+ng"),
    ("class list", "hoa.pt", "/classes/"),
    ("class page", "hoa.pt", "/classes/{unit}/"),
)


def report(say: Callable[[str, str], None]) -> None:
    with school_of(16):
        for name, login, path in PAGES:
            page = Page(login, path)
            page.times(20)  # templates compiled, caches filled
            say(f"CPU of {name}", f"median {statistics.median(page.times(RUNS)):.2f} ms, {page.queries()} queries")


class Page:
    """One signed-in person asking for one address."""

    def __init__(self, login: str, path: str) -> None:
        from django.core.signals import request_finished, request_started
        from django.db import close_old_connections
        from django.test import Client

        from truongso.people.models import Account

        for signal in (request_started, request_finished):  # the school stands in a transaction of ours
            signal.disconnect(close_old_connections)
        client = Client()
        client.force_login(Account.objects.get(login=login))
        session = client.session
        session["second_factor"] = True
        session.save()
        self.cookie = "; ".join(f"{key}={value.value}" for key, value in client.cookies.items()) + "; lang=vi"
        self.path = path.format(unit=_unit())

    def times(self, runs: int) -> list[float]:
        """Milliseconds of this process for each of so many requests."""
        found = []
        for _ in range(runs):
            begin = time.process_time()
            self.get()
            found.append((time.process_time() - begin) * 1000)
        return found

    def get(self) -> bytes:
        from django.test import RequestFactory

        from truongso.wsgi import application

        environ = RequestFactory().get(self.path, headers={"cookie": self.cookie}).environ
        status: list[str] = []
        answer = application(environ, lambda line, *_rest: status.append(line))  # type: ignore[arg-type]
        body = b"".join(answer)
        answer.close()
        assert status == ["200 OK"], (self.path, status)
        return body

    def queries(self) -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as captured:
            self.get()
        return len(captured)


def _unit() -> int:
    from django.utils import timezone

    from truongso.people.models import Unit

    return Unit.objects.on(timezone.localdate()).get(name="8A2").pk
