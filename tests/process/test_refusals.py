"""What is wrong is said in one sentence, before anything starts."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from tests.process.instance import free_port, run

pytestmark = pytest.mark.process


def test_a_taken_port(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        answer = run("up", data=tmp_path / "d", port=port)
    assert answer.returncode == 1 and f"Cổng {port} đang có chương trình khác dùng" in answer.stderr
    assert len(answer.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("TRUONGSO_PORT", "abc", "không phải là số nguyên"),
        ("TRUONGSO_PORT", "70000", "từ 1 đến 65535"),
        ("TRUONGSO_TLS", "maybe", "localhost, lan, domain"),
        ("TRUONGSO_DEBUG", "có", "1 hoặc 0"),
        ("TRUONGSO_POTR", "8000", "có phải là TRUONGSO_PORT"),
        ("TRUONGSO_OIDC_GOOGLE", "abc", "mã_ứng_dụng:khoá_bí_mật"),
        ("TRUONGSO_EMAIL_URL", "abc", "smtp://"),
    ],
)
def test_wrong_settings_are_named(tmp_path: Path, name: str, value: str, sentence: str) -> None:
    answer = run("migrate", data=tmp_path / "d", port=free_port(), **{name: value})
    assert answer.returncode == 2, answer.stderr
    assert answer.stderr.startswith(name) and sentence in answer.stderr and "Traceback" not in answer.stderr


def test_english_when_asked(tmp_path: Path) -> None:
    answer = run("migrate", data=tmp_path / "d", TRUONGSO_TLS="maybe", TRUONGSO_LANG="en")
    assert "is not one of" in answer.stderr
    assert "run all parts" in run("--help", data=tmp_path / "d", TRUONGSO_LANG="en").stdout


def test_a_domain_without_a_name(tmp_path: Path) -> None:
    answer = run("doctor", data=tmp_path / "d", TRUONGSO_TLS="domain")
    assert answer.returncode == 1 and "TRUONGSO_DOMAIN" in answer.stdout
    refused = run("up", data=tmp_path / "d", port=free_port(), TRUONGSO_TLS="domain")
    assert refused.returncode == 1 and "TRUONGSO_DOMAIN" in refused.stderr
    assert not (tmp_path / "d" / "postgres").exists(), "told before anything is made"


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    answer = run("up", data=tmp_path / "file" / "d", port=free_port())
    assert answer.returncode == 1 and "Xin đặt TRUONGSO_DATA=" in answer.stderr
    assert "đi qua một tệp" in answer.stderr, "the system's reason is in Vietnamese too"


def test_a_backup_needs_a_place(tmp_path: Path) -> None:
    secret = {"TRUONGSO_BACKUP_PASSPHRASE": "mot-hai-ba-bon"}
    folder = run("backup", str(tmp_path), data=tmp_path / "d", **secret)
    assert folder.returncode == 1 and "là một thư mục" in folder.stderr
    nowhere = run("backup", str(tmp_path / "khong" / "b"), data=tmp_path / "d", **secret)
    assert nowhere.returncode == 1 and "Không có thư mục" in nowhere.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's cluster belongs to another user")
def test_a_folder_that_the_clusters_owner_cannot_reach(tmp_path: Path) -> None:
    closed = tmp_path / "home"
    closed.mkdir(mode=0o700)
    answer = run("up", data=closed / "d", port=free_port())
    assert answer.returncode == 1 and "/var/lib/truongso" in answer.stderr and "không vào được" in answer.stderr


def test_a_database_that_does_not_answer(tmp_path: Path) -> None:
    answer = run("migrate", data=tmp_path / "d", DATABASE_URL="postgresql:///nowhere?host=/nowhere")
    assert answer.returncode == 1 and "không trả lời" in answer.stderr and "Traceback" not in answer.stderr


def test_the_doctor_says_what_to_do(tmp_path: Path) -> None:
    import json

    answer = run("doctor", "--json", data=tmp_path / "d", port=free_port())
    found = {line["name"]: line for line in json.loads(answer.stdout)}
    assert answer.returncode == 0, answer.stdout
    assert {
        "thư mục dữ liệu",
        "cổng",
        "ổ đĩa",
        "bộ nhớ",
        "đồng hồ",
        "cơ sở dữ liệu",
        "phông chữ văn bản",
        "TLS",
        "sao lưu",
    } <= set(found)
    assert all(line["do"] for line in found.values() if line["state"] != "ok")
