"""A closed loop of keep-alive connections, as the front of a school sees it. Threads are enough for two cores."""

from __future__ import annotations

import http.client
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    requests: int
    seconds: float
    times: list[float]
    wrong: int

    @property
    def rate(self) -> float:
        return self.requests / self.seconds

    def percentile(self, share: float) -> float:
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]

    def line(self) -> str:
        median, last = statistics.median(self.times) * 1000, self.percentile(0.99) * 1000
        return f"{self.rate:.0f} req/s, median {median:.0f} ms, p99 {last:.0f} ms (p99/median {last / median:.1f}), {self.wrong} wrong of {self.requests}"


def hammer(
    port: int,
    path: str,
    cookie: str,
    *,
    connections: int,
    seconds: float,
    ok: Callable[[int], bool] = lambda s: s == 200,
) -> Result:
    times: list[float] = []
    wrong = [0]
    end = time.monotonic() + seconds

    def one() -> None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        mine = []
        while time.monotonic() < end:
            begin = time.monotonic()
            try:
                line.request("GET", path, headers={"Cookie": cookie, "Host": f"localhost:{port}"})
                answer = line.getresponse()
                answer.read()
                if not ok(answer.status):
                    wrong[0] += 1
            except OSError:
                wrong[0] += 1
                line.close()
            mine.append(time.monotonic() - begin)
        times.extend(mine)

    threads = [threading.Thread(target=one) for _ in range(connections)]
    begin = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Result(len(times), time.monotonic() - begin, times, wrong[0])
