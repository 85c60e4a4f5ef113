"""Worker, enqueuer and database are killed again and again in the middle of their work; nothing is lost or doubled."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.process.instance import ROOT
from truongso.supervisor.cluster import Cluster, stop

pytestmark = pytest.mark.process
JOBS = 60
WORK = "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'truongso.settings'; import django; django.setup(); import tests.process.effects as e; "
ENQUEUE = WORK + (
    "from truongso import jobs\n"
    "import sys\n"
    "for n in range(int(sys.argv[1]), int(sys.argv[2])):\n"
    "    jobs.enqueue(e.leave_a_row, owner=None, label='x', number=n)\n"
    "    print(n, flush=True)\n"
)


class Database:
    """A cluster of the test's own that can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.cluster = Cluster(folder / "postgres", folder / "run", durable=False)
        self.cluster.create()
        self.start()
        self.cluster.ensure_database()

    def start(self) -> None:
        self.process = self.cluster.spawn(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.cluster.wait_ready(self.process)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        time.sleep(0.3)  # the killed postmaster's children leave by themselves
        self.start()


@pytest.fixture
def database() -> Iterator[Database]:
    folder = Path(tempfile.mkdtemp(prefix="tsjobs-"))
    folder.chmod(0o711)
    found = Database(folder)
    yield found
    stop(found.process)


def spawn(code: str, url: str, *words: str) -> subprocess.Popen[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("TRUONGSO_")}
    env = kept | {"DATABASE_URL": url, "TRUONGSO_DATA": tempfile.mkdtemp(prefix="tsjobs-data-")}
    return subprocess.Popen(
        [sys.executable, "-c", code, *words],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def test_nothing_is_lost_or_doubled(database: Database) -> None:
    url, luck = database.cluster.url, random.Random(7)
    assert spawn("from truongso.cli import main; main(['migrate', '--quiet'])", url).wait(60) == 0
    with psycopg.connect(url, autocommit=True) as line:
        line.execute("CREATE TABLE effect (number int)")
    enqueuer = spawn(ENQUEUE, url, "0", str(JOBS))
    promised = set()
    assert enqueuer.stdout is not None
    for text in enqueuer.stdout:
        promised.add(int(text))
        if len(promised) == JOBS // 2:
            enqueuer.send_signal(signal.SIGKILL)  # the one who queues dies as well
            break
    enqueuer.wait()
    rest = spawn(ENQUEUE, url, str(JOBS), str(JOBS + JOBS // 2))
    promised |= set(range(JOBS, JOBS + JOBS // 2))
    rest.wait(60)
    for turn in range(4):
        worker = spawn(WORK + "e.work()", url)
        time.sleep(2.2 + luck.random())
        if turn == 2:
            database.kill()
            time.sleep(0.5)
        worker.kill()
        worker.wait()
    worker = spawn(WORK + "e.work()", url)
    try:
        done: list[int] = []
        for _ in range(120):
            time.sleep(0.5)
            with psycopg.connect(url) as line:
                done = [row[0] for row in line.execute("SELECT number FROM effect ORDER BY number").fetchall()]
                open_jobs = line.execute("SELECT count(*) FROM jobs_job WHERE state <> 'done'").fetchone()
            if promised <= set(done) and open_jobs == (0,):
                break
    finally:
        worker.terminate()
        worker.wait(30)
    assert len(done) == len(set(done)), "doubled"
    assert promised <= set(done), "lost"
    assert len(set(done) - promised) <= 1, "at most the one whose promise was cut off"
    assert open_jobs == (0,)
