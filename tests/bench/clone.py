"""From a clean clone to the first page: everything downloaded, built and started, as on a new machine with its packages in place."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.process.instance import ROOT, Instance, environment


def report(say: Callable[[str, str], None]) -> None:
    folder = Path(tempfile.mkdtemp(prefix="tsclone-"))
    folder.chmod(0o711)
    school = Instance(folder / "data")
    begin = time.monotonic()
    subprocess.run(["git", "clone", "-q", str(ROOT), str(folder / "checkout")], check=True)
    log = (folder / "log").open("w")
    make = subprocess.Popen(
        ["make", "run"],
        cwd=folder / "checkout",
        env=environment(school.data, school.port),
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    try:
        while school.health()[0] != 200 and make.poll() is None:
            time.sleep(0.2)
        say(
            "clean clone to the first page",
            f"{time.monotonic() - begin:.0f} s" if make.poll() is None else "make run failed",
        )
    finally:
        os.killpg(make.pid, signal.SIGTERM)
        make.wait(60)
        shutil.rmtree(folder, ignore_errors=True)
