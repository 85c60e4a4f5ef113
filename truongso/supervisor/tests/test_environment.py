"""Settings and the data folder."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from truongso.lib import env
from truongso.lib.datadir import KEY_BYTES, DataDir
from truongso.supervisor.cluster import Cluster
from truongso.supervisor.say import reason


@pytest.mark.parametrize(("value", "read"), [("", 8000), ("8443", 8443), (" 80 ", 80)])
def test_numbers(monkeypatch: pytest.MonkeyPatch, value: str, read: int) -> None:
    monkeypatch.setenv("TRUONGSO_PORT", value)
    assert env.integer("TRUONGSO_PORT", default=8000, low=1, high=65535) == read


@pytest.mark.parametrize("value", ["0", "65536", "8e3", "-1", "８０", "abc"])
def test_wrong_numbers_are_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("TRUONGSO_PORT", value)
    with pytest.raises(env.EnvError, match="TRUONGSO_PORT"):
        env.integer("TRUONGSO_PORT", default=8000, low=1, high=65535)


def test_a_misspelt_variable_is_named_with_what_was_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUONGSO_DTA", "/x")
    with pytest.raises(env.EnvError, match="có phải là TRUONGSO_DATA"):
        env.check_known()


def test_a_key_is_made_once_though_many_ask_at_once(tmp_path: Path) -> None:
    data = DataDir(tmp_path)
    data.create()
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: data.secret("field"), range(40)))
    assert len(keys) == 1 and len(keys.pop()) == KEY_BYTES
    assert oct((data.keys / "field").stat().st_mode)[-3:] == "600"
    assert [p.name for p in data.keys.iterdir()] == ["field"]


def test_a_broken_key_is_not_silently_replaced(tmp_path: Path) -> None:
    data = DataDir(tmp_path)
    data.create()
    (data.keys / "field").write_bytes(b"short")
    with pytest.raises(ValueError, match="this file has 5"):
        data.secret("field")


def test_sockets_stay_under_the_systems_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = DataDir(tmp_path / ("x" * 120))
    here = deep.socket("gateway")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert deep.socket("gateway") == here, "a part finds it whatever its temporary folder is"
    assert len(bytes(deep.socket("web"))) < 100
    assert len(bytes(deep.postgres_sockets)) + len("/.s.PGSQL.5432") < 107
    assert DataDir(Path("/srv/ts")).socket("web") == Path("/srv/ts/run/web.sock")


def test_the_cluster_is_sized_to_the_machine_and_silent_on_the_network(tmp_path: Path) -> None:
    settings = Cluster(tmp_path / "pg", tmp_path / "run").settings()
    assert settings["listen_addresses"] == ""
    assert 64 <= int(settings["shared_buffers"].removesuffix("MB")) <= 1024


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (PermissionError(13, "Permission denied"), "không có quyền"),
        (OSError(28, "No space left on device"), "ổ đĩa đã đầy"),
        (OSError(30, "Read-only file system"), "ổ đĩa chỉ cho đọc"),
        (OSError(99, "Something rare"), "Something rare"),
    ],
)
def test_the_systems_reasons_are_told_in_vietnamese(monkeypatch: pytest.MonkeyPatch, error: OSError, why: str) -> None:
    monkeypatch.setenv("TRUONGSO_LANG", "vi")
    assert reason(error) == why
    monkeypatch.setenv("TRUONGSO_LANG", "en")
    assert reason(error) == error.strerror
