"""1,000 sign-ins as fast as the machine takes them, while somebody else reads Hôm nay."""

from __future__ import annotations

import http.client
import statistics
import threading
import time
import urllib.parse
from collections.abc import Callable

from tests.process.instance import PASSWORD, Browser, Instance

COUNT, CLIENTS = 1000, 32


def report(school: Instance, say: Callable[[str, str], None]) -> None:
    reader = Browser(school.url).sign_in("hoa.pt")
    page = reader.get("/settings/")[2].decode()
    assert page
    visitor = Browser(school.url)
    form = visitor.get("/sign-in/")[2].decode()
    token = form.split('csrfmiddlewaretoken" value="')[1].split('"')[0]
    cookie = visitor.cookie()
    body = urllib.parse.urlencode({"login": "an.nk.8a2", "password": PASSWORD, "csrfmiddlewaretoken": token})
    left, good, lock = [COUNT], [0], threading.Lock()

    def one() -> None:
        line = http.client.HTTPConnection("127.0.0.1", school.port, timeout=120)
        while True:
            with lock:
                if left[0] == 0:
                    return
                left[0] -= 1
            headers = {
                "Cookie": cookie, "Host": f"localhost:{school.port}", "Referer": school.url + "/sign-in/",
                "Content-Type": "application/x-www-form-urlencoded",
            }  # fmt: skip
            line.request("POST", "/sign-in/", body, headers)
            answer = line.getresponse()
            answer.read()
            with lock:
                good[0] += answer.status == 302

    threads = [threading.Thread(target=one) for _ in range(CLIENTS)]
    begin = time.monotonic()
    for thread in threads:
        thread.start()
    times = []
    while any(t.is_alive() for t in threads):
        start = time.monotonic()
        assert reader.get("/")[0] == 200
        times.append(time.monotonic() - start)
    seconds = time.monotonic() - begin
    say(
        "1,000 sign-ins",
        f"{seconds:.0f} s ({good[0] / seconds:.0f}/s, {good[0]} good); a minute holds {60 / seconds * COUNT:.0f}",
    )
    say(
        "Hôm nay during the sign-ins",
        f"median {statistics.median(times) * 1000:.0f} ms, worst {max(times) * 1000:.0f} ms",
    )
