"""A backup is really made and really restored; whatever is wrong with it is said before anything is touched."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.process.instance import reachable, run

pytestmark = pytest.mark.process
SECRET = {"TRUONGSO_BACKUP_PASSPHRASE": "mot-mat-khau-dai-cho-sao-luu"}
FILL = """
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from truongso.documents.models import StoredFile
path = default_storage.save('ab/tep', ContentFile(b'noi dung cua tep' * 9999))
StoredFile.objects.create(owner_id=1, purpose='own', name='a.pdf', kind='pdf', size=5, sha256=b'x', path=path)
"""
TELL = """
import json, hashlib
from django.apps import apps
from django.core.files.storage import default_storage
from truongso.people.models import Account, Person
from truongso.people import sealed
counts = {m._meta.label: m.objects.count() for m in apps.get_models() if m._meta.managed and m._meta.app_label != 'procrastinate'}
codes = sorted(sealed.unseal(p.sector_code_sealed, use='sector_code') for p in Person.objects.exclude(sector_code_sealed=None))
data = hashlib.sha256(default_storage.open('ab/tep').read()).hexdigest()
ok = Account.objects.get(login='an.nk.8a2').check_password('binh-minh-2026')
print(json.dumps([counts, codes, data, ok]))
"""


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """(the school's folder, its backup)"""
    folder = reachable(tmp_path_factory.mktemp("backup"))
    data, file = folder / "school", folder / "school.tsb"
    made = run("demo", "--classes", "8", data=data)
    assert made.returncode == 0, made.stderr
    assert run("manage", "shell", "-v0", "-c", FILL, data=data).returncode == 0
    made = run("backup", str(file), data=data, **SECRET)
    assert made.returncode == 0, made.stderr
    yield data, file


def tell(data: Path) -> list[object]:
    done = run("manage", "shell", "-v0", "-c", TELL, data=data)
    assert done.returncode == 0, done.stderr
    found: list[object] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def test_the_restored_school_is_the_same(backup: tuple[Path, Path], tmp_path: Path) -> None:
    data, file = backup
    there = reachable(tmp_path) / ("mot-duong-dan-dai-" * 4) / "restored"
    done = run("restore", str(file), data=there, **SECRET)
    assert done.returncode == 0, done.stderr
    before, after = tell(data), tell(there)
    assert before == after and after[3] is True
    assert len(after[1]) > 20, "codes, unsealed with the keys of the backup"  # type: ignore[arg-type]
    assert run("audit", "verify", data=there).returncode == 0
    assert (there / "keys" / "field").read_bytes() == (data / "keys" / "field").read_bytes()
    assert oct((there / "keys" / "field").stat().st_mode)[-3:] == "600"


def test_nothing_readable_lies_in_the_file(backup: tuple[Path, Path]) -> None:
    _, file = backup
    raw = file.read_bytes()
    assert b"noi dung cua tep" not in raw and b"PGDMP" not in raw and b"binh" not in raw
    assert not file.with_name(file.name + ".part").exists()


def refused(file: Path, there: Path, **env: str) -> str:
    done = run("restore", str(file), data=there, **(SECRET | env))
    assert done.returncode == 1 and "Traceback" not in done.stderr, done.stderr
    assert not (there / "postgres").exists() and not (there / "restoring").exists()
    return done.stderr


def test_broken_backups_are_refused_and_nothing_is_touched(backup: tuple[Path, Path], tmp_path: Path) -> None:
    _, file = backup
    there, raw = reachable(tmp_path) / "there", file.read_bytes()
    bad = tmp_path / "bad.tsb"
    for broken in (
        raw[: len(raw) // 2],
        raw[:-1],
        raw[: len(raw) // 2] + bytes([raw[len(raw) // 2] ^ 1]) + raw[len(raw) // 2 + 1 :],
    ):
        bad.write_bytes(broken)
        assert "không nguyên vẹn" in refused(bad, there)
    bad.write_bytes(b"mot tep nao do")
    assert "không phải là tệp sao lưu" in refused(bad, there)
    bad.write_bytes(b"TRUONGSO-BACKUP 9\n" + raw[18:])
    assert "bản mới hơn" in refused(bad, there)
    assert "chưa đúng" in refused(file, there, TRUONGSO_BACKUP_PASSPHRASE="mat-khau-khac-han")
    assert "Không có tệp" in refused(tmp_path / "khong-co", there)


def test_a_folder_with_a_school_is_not_overwritten_unless_told(backup: tuple[Path, Path], tmp_path: Path) -> None:
    data, file = backup
    there = reachable(tmp_path) / "there"
    assert run("demo", data=there).returncode == 0
    done = run("restore", str(file), data=there, **SECRET)
    assert done.returncode == 1 and "--replace" in done.stderr
    done = run("restore", str(file), "--replace", data=there, **SECRET)
    assert done.returncode == 0, done.stderr
    assert tell(there) == tell(data)
    aside = next(there.glob("before-restore-*"))
    assert (aside / "postgres" / "PG_VERSION").exists() and (aside / "keys").is_dir()


def test_a_short_or_missing_passphrase_is_refused(backup: tuple[Path, Path], tmp_path: Path) -> None:
    data, _ = backup
    short = run("backup", str(tmp_path / "x"), data=data, TRUONGSO_BACKUP_PASSPHRASE="ngan")
    assert short.returncode == 1 and "ít nhất 10 kí tự" in short.stderr
    asked = run("backup", str(tmp_path / "x"), data=data)
    assert asked.returncode == 1 and "TRUONGSO_BACKUP_PASSPHRASE" in asked.stderr
    nowhere = run("backup", str(tmp_path / "no" / "x"), data=data, **SECRET)
    assert nowhere.returncode == 1 and "Không có thư mục" in nowhere.stderr
