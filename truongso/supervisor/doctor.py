"""`truongso doctor`: is this machine fit, and what to do where it is not."""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from truongso.lib import env
from truongso.lib.certificate import fingerprint
from truongso.lib.datadir import DataDir
from truongso.supervisor import binaries, caddyfile, lock
from truongso.supervisor.parts import address, private_cluster
from truongso.supervisor.probe import ask
from truongso.supervisor.say import Stop, reason, say
from truongso.supervisor.up import check_port

State = Literal["ok", "warn", "fail"]
GB = 2**30
FONTS = Path(__file__).resolve().parents[1] / "documents" / "fonts"
DIST = caddyfile.CHECKOUT / "frontend" / "dist" / "manifest.json"


@dataclass(frozen=True, slots=True)
class Finding:
    name: str
    state: State
    said: str
    do: str = ""  # what to do, when something is to be done


def _data(data: DataDir) -> Finding:
    name = say("thư mục dữ liệu", "data folder")
    try:
        data.create()
        (data.tmp / ".doctor").write_text("")
        (data.tmp / ".doctor").unlink()
        cluster = private_cluster(data)
        if cluster is not None:
            cluster.check_reachable()
    except OSError as error:
        return Finding(
            name,
            "fail",
            f"{data.root}: {reason(error)}",
            say("Đặt TRUONGSO_DATA sang thư mục ghi được.", "Set TRUONGSO_DATA to a folder you may write to."),
        )
    except Stop as stop:
        return Finding(name, "fail", str(data.root), stop.sentence)
    return Finding(name, "ok", str(data.root))


def _port(data: DataDir) -> Finding:
    name = say("cổng", "port")
    port = env.integer("TRUONGSO_PORT", default=8000, low=1, high=65535)
    if lock.is_held(data):
        return Finding(name, "ok", say(f"{port}, Trường Số đang chạy", f"{port}, Trường Số is running"))
    try:
        check_port(port)
    except Stop as stop:
        return Finding(name, "fail", str(port), stop.sentence)
    return Finding(name, "ok", str(port))


def _disk(data: DataDir) -> Finding:
    name, free = say("ổ đĩa", "disk"), shutil.disk_usage(data.root if data.root.exists() else "/").free
    said = say(f"còn {free / GB:.1f} GB".replace(".", ","), f"{free / GB:.1f} GB free")
    if free < GB:
        return Finding(
            name, "fail", said, say("Dọn bớt hoặc thêm ổ đĩa: cần ít nhất 1 GB.", "Make room: at least 1 GB.")
        )
    if free < 20 * GB:
        return Finding(
            name,
            "warn",
            said,
            say("Nên có 20 GB trở lên cho bản ghi tiết học.", "20 GB or more are wise for recordings."),
        )
    return Finding(name, "ok", said)


def _memory(data: DataDir) -> Finding:
    name = say("bộ nhớ", "memory")
    pages = {
        line.split(":")[0]: int(line.split()[1])
        for line in Path("/proc/meminfo").read_text().splitlines()
        if line.split()[1].isdigit()
    }
    free = pages.get("MemAvailable", 0) / 2**20
    said = say(f"còn {free:.1f} GB".replace(".", ","), f"{free:.1f} GB available")
    if free < 1 and not lock.is_held(data):
        return Finding(name, "warn", said, say("Nên còn trống ít nhất 1 GB.", "At least 1 GB should be free."))
    return Finding(name, "ok", said)


def _clock(data: DataDir) -> Finding:
    name, now = say("đồng hồ", "clock"), datetime.now(UTC)
    said = now.astimezone().strftime("%H:%M %d/%m/%Y")
    newest = max((p.stat().st_mtime for p in (DIST, Path(__file__)) if p.exists()), default=0)
    if now.year < 2026 or time.time() + 86400 < newest:
        return Finding(
            name,
            "fail",
            said,
            say(
                "Đồng hồ máy sai. Bật đồng bộ giờ: timedatectl set-ntp true",
                "The clock is wrong: timedatectl set-ntp true",
            ),
        )
    if shutil.which("timedatectl") is None:
        return Finding(
            name,
            "warn",
            said,
            say(
                "Không rõ máy có tự chỉnh giờ không; mã lớp hai cần giờ đúng.",
                "Unknown whether the clock is kept; second factors need it right.",
            ),
        )
    return Finding(name, "ok", said)


def _database(data: DataDir) -> Finding:
    name = say("cơ sở dữ liệu", "database")
    url = os.environ.get("DATABASE_URL", "").strip()
    try:
        if url:
            import psycopg

            with psycopg.connect(url, connect_timeout=5) as connection:
                row = connection.execute("SHOW server_version").fetchone()
            return Finding(name, "ok", f"PostgreSQL {row[0] if row else '?'} (DATABASE_URL)")
        folder = binaries.postgres_bin()
        return Finding(name, "ok", say(f"cụm riêng, {folder}", f"private cluster, {folder}"))
    except Stop as stop:
        return Finding(name, "fail", say("chưa có", "missing"), stop.sentence)
    except Exception as error:
        return Finding(name, "fail", str(error).splitlines()[0], say("Kiểm tra DATABASE_URL.", "Check DATABASE_URL."))


def _parts(data: DataDir) -> Finding:
    name = say("các phần", "parts")
    if not lock.is_held(data):
        return Finding(name, "warn", say("chưa chạy", "not running"), say("Chạy: truongso up", "Run: truongso up"))
    status, body = ask(data)
    bad = [part for part, told in body.get("parts", {}).items() if not told["ok"]]
    if status != 200:
        return Finding(
            name,
            "fail",
            ", ".join(bad) or say("không trả lời", "no answer"),
            say(f"Xem {data.logs}.", f"See {data.logs}."),
        )
    return Finding(name, "ok", ", ".join(body["parts"]))


def _fonts(data: DataDir) -> Finding:
    name = say("phông chữ văn bản", "document fonts")
    found = sorted(FONTS.glob("*.ttf"))
    if len(found) < 4:
        return Finding(
            name,
            "fail",
            str(len(found)),
            say("Thiếu phông Tinos. Xin tải lại chương trình.", "Tinos is missing. Fetch the program again."),
        )
    return Finding(name, "ok", "Tinos")


def _media(data: DataDir) -> Finding:
    name = say("máy chủ tiếng và hình", "media engine")
    missing = [
        package for package, program in (("janus", "janus"), ("coturn", "turnserver")) if not shutil.which(program)
    ]
    if missing:
        return Finding(
            name,
            "warn",
            say("chưa cài: ", "missing: ") + ", ".join(missing),
            say(
                f"Cần cho lớp học trực tiếp: apt-get install {' '.join(missing)}",
                f"Needed for live lessons: apt-get install {' '.join(missing)}",
            ),
        )
    return Finding(name, "ok", "janus, coturn")


def _mark(data: DataDir) -> str:
    """The fingerprint to compare with what a device shows; nothing before the first start."""
    return f"; SHA-256 {fingerprint(data.authority)}" if data.authority.exists() else ""


def _tls(data: DataDir) -> Finding:
    mode = env.choice("TRUONGSO_TLS", ["localhost", "lan", "domain"], default="localhost")
    if mode == "localhost":
        return Finding(
            "TLS",
            "warn",
            address(),
            say(
                "Chỉ máy này mở được, và chỉ máy này dùng được mic, camera. Cho cả trường: TRUONGSO_TLS=lan hoặc domain.",
                "Only this machine can open it and use microphone and camera. For the school: TRUONGSO_TLS=lan or domain.",
            ),
        )
    try:
        caddyfile.site(env.integer("TRUONGSO_PORT", default=8000, low=1, high=65535))
    except Stop as stop:
        return Finding("TLS", "fail", mode, stop.sentence)
    if mode == "lan":
        page = f"{address()}/certificate/"
        return Finding(
            "TLS",
            "ok",
            address(),
            say(
                f"Mỗi máy, điện thoại của trường cài chứng chỉ một lần, theo trang {page} ({data.authority})"
                + _mark(data),
                f"Each device of the school installs the certificate once, see {page} ({data.authority})" + _mark(data),
            ),
        )
    return Finding("TLS", "ok", address())


def _programs(data: DataDir) -> Finding:
    name = say("chương trình", "programs")
    try:
        caddy = binaries.caddy()
    except Stop as stop:
        return Finding(name, "fail", f"Python {platform.python_version()}", stop.sentence)
    if not DIST.exists():
        return Finding(
            name,
            "fail",
            say("giao diện chưa dựng", "the frontend is not built"),
            say("Chạy: make build", "Run: make build"),
        )
    return Finding(name, "ok", f"Python {platform.python_version()}, {Path(caddy).name}")


def _backup(data: DataDir) -> Finding:
    name, path = say("sao lưu", "backup"), data.root / "last-backup"
    todo = say("Sao lưu mỗi tối: truongso backup TỆP", "Back up every evening: truongso backup FILE")
    if not path.exists():
        return Finding(name, "warn", say("chưa có lần nào", "never"), todo)
    days = (datetime.now(UTC) - datetime.fromisoformat(path.read_text().strip())).days
    said = say(f"{days} ngày trước", f"{days} days ago")
    return Finding(name, "warn" if days > 2 else "ok", said, todo if days > 2 else "")


CHECKS: tuple[Callable[[DataDir], Finding], ...] = (
    _data, _port, _disk, _memory, _clock, _database, _parts, _fonts, _media, _tls, _programs, _backup,
)  # fmt: skip


def doctor(*, as_json: bool) -> int:
    """Print what was found; 1 when something fails."""
    data = DataDir.from_env()
    found = [check(data) for check in CHECKS]
    if as_json:
        sys.stdout.write(json.dumps([asdict(f) for f in found], ensure_ascii=False, indent=1) + "\n")
    else:
        marks = {"ok": "✓", "warn": "!", "fail": "✗"}
        for finding in found:
            sys.stdout.write(f" {marks[finding.state]} {finding.name}: {finding.said}\n")
            if finding.do:
                sys.stdout.write(f"     → {finding.do}\n")
    return int(any(f.state == "fail" for f in found))
