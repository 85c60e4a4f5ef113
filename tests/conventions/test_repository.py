"""What must never be committed, and what every text of the repository promises."""

from __future__ import annotations

import re
import subprocess

from tests.conventions.sources import ROOT


def tracked() -> list[str]:
    out = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return out.stdout.splitlines()


def test_lock_files_hold_hashes_and_no_address() -> None:
    locks = [name for name in tracked() if name.endswith(".lock") or name.endswith("package-lock.json")]
    assert {
        "requirements.lock",
        "requirements-dev.lock",
        "requirements-node.lock",
        "frontend/package-lock.json",
    } <= set(locks)
    for name in locks:
        text = (ROOT / name).read_text(encoding="utf-8")
        assert not re.search(
            r'"resolved"|--(extra-)?index-url|--find-links|\.whl|https?://(?!opencollective|github\.com/sponsors|[\w./-]*"\s*$)',
            strip_funding(text),
        ), name
        if name.endswith(".lock"):
            pins = re.findall(r"^[a-zA-Z0-9_.-]+==", text, re.M)
            assert pins
            assert text.count("--hash=sha256:") >= len(pins), f"{name}: a pin without a hash"
        else:
            assert text.count('"integrity"') > 3, name


def strip_funding(text: str) -> str:
    """npm copies funding links of packages into its lock; they are no registry address."""
    return re.sub(r'"(url|funding)": "https?://[^"]*"', "", text)


def test_no_registry_address_and_no_path_of_a_machine() -> None:
    needle = re.compile(r"registry\s*=\s*https?:|index-url|extra-index|/root/|/work/|/home/[a-z]+/", re.I)
    wrong = []
    for name in tracked():
        path = ROOT / name
        if (
            path.suffix in {".woff2", ".png", ".ttf", ".ico"}
            or name.startswith("tests/conventions/")
            or not path.is_file()
        ):
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        wrong += [f"{name}: {m[0]}" for m in needle.finditer(text)]
    assert not wrong, "\n".join(wrong)


def test_the_built_frontend_is_not_committed() -> None:
    assert not [name for name in tracked() if name.startswith("frontend/dist/") or "node_modules/" in name]


def test_no_two_behaviours_define_one_element() -> None:
    """A second definition throws, and with it stops every behaviour that is loaded after it."""
    named = [n for p in (ROOT / "frontend").glob("behaviours/*.ts") for n in re.findall(r'customElements\.define\("([^"]+)"', p.read_text(encoding="utf-8"))]  # fmt: skip
    assert sorted(named) == sorted(set(named))
