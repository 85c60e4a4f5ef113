"""What the set-up script reads of the machine."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scripts import bootstrap, system
from scripts.system import candidate_in

FRESH = """chromium:
  Installed: (none)
  Candidate: 156.0.8078.79-1~deb12u1
  Version table:
"""
UNKNOWN = "chromium:\n  Installed: (none)\n  Candidate: (none)\n"
SNAP = "chromium-browser:\n  Installed: (none)\n  Candidate: 2:1snap1-0ubuntu2\n"


@pytest.mark.parametrize(
    ("policy", "candidate"),
    [(FRESH, "156.0.8078.79-1~deb12u1"), (UNKNOWN, None), ("", None), (SNAP, "2:1snap1-0ubuntu2")],
)
def test_a_package_that_is_not_installed_yet_may_still_be_had(policy: str, candidate: str | None) -> None:
    assert candidate_in(policy) == candidate


def program(folder: Path, name: str, text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)
    (folder / name).chmod(0o755)


@pytest.mark.parametrize(
    ("starter", "usable"),
    [
        ('#!/bin/sh\nexec /usr/lib/chromium/chromium "$@"\n', True),
        ('#!/bin/sh\nexec /snap/bin/chromium "$@"\n', False),
    ],
)
def test_a_browser_that_only_points_to_snap_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, starter: str, usable: bool
) -> None:
    program(tmp_path, "chromium-browser", starter)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert bool(system.own_chromium()) is usable


def test_a_link_to_snap_is_none_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path / "usr", "snap", "")
    (tmp_path / "chromium").symlink_to(tmp_path / "usr" / "snap")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert system.own_chromium() is None


def test_packages_that_were_cut_off_are_finished_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C in the middle of apt: dpkg then refuses everything until it has been told to go on."""
    said = tmp_path / "said"
    for name in ("apt-get", "dpkg", "sudo"):
        program(tmp_path / "bin", name, f'#!/bin/sh\necho "{name} $*" >> {said}\n')
    program(tmp_path / "bin", "sudo", '#!/bin/sh\nexec "$@"\n')
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}/usr/bin{os.pathsep}/bin")
    monkeypatch.setattr(system, "_updated", False)
    system.apt("postgresql")
    lines = said.read_text().splitlines()
    assert [line.split()[0] for line in lines] == ["apt-get", "dpkg", "apt-get"]
    assert "--configure -a" in lines[1] and "--fix-broken" in lines[2] and lines[2].endswith("postgresql")


def test_an_environment_that_was_cut_off_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path / "bin", "python", "#!/bin/sh\nexit 0\n")
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    monkeypatch.setattr(bootstrap, "PYTHON", tmp_path / "bin" / "python")
    package = tmp_path / "lib" / "python3.11" / "site-packages" / "django-5.2.dist-info"
    package.mkdir(parents=True)
    (package / "METADATA").write_text("")
    assert not bootstrap.whole_environment(), "pip would take it for installed"
    (package / "RECORD").write_text("")
    assert bootstrap.whole_environment()
    program(tmp_path / "bin", "python", "#!/bin/sh\nexit 1\n")
    assert not bootstrap.whole_environment(), "no pip"


def test_a_step_is_done_again_until_it_has_succeeded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "STAMPS", tmp_path / "stamps")
    done: list[str] = []

    def cut_off() -> None:
        done.append("cut")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bootstrap.step("npm", "key", cut_off)
    bootstrap.step("npm", "key", lambda: done.append("whole"))
    bootstrap.step("npm", "key", lambda: done.append("not again"))
    bootstrap.step("npm", "other key", lambda: done.append("changed"))
    bootstrap.step("npm", "other key", lambda: done.append("missing"), made=tmp_path / "gone")
    assert done == ["cut", "whole", "changed", "missing"]


@pytest.mark.parametrize(
    ("told", "taken"),
    [
        ("v20.20.1\n", True),
        ("v22.12.0\n", True),
        ("v24.1.0", True),
        ("v18.19.1", False),
        ("v21.7.3", False),
        ("v22.5.0", False),
        ("", False),
    ],
)
def test_a_node_that_vite_does_not_know_is_not_taken(told: str, taken: bool) -> None:
    assert bootstrap.new_enough(told) is taken
