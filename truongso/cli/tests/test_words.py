"""What the command says: in both languages, for every word."""

from __future__ import annotations

import pytest

from truongso.cli import main
from truongso.cli.commands import VERBS


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as left:
        main(list(words))
    told = capsys.readouterr()
    return int(str(left.value)), told.out + told.err


@pytest.fixture(autouse=True)
def _no_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUONGSO_LANG", "vi")


@pytest.mark.parametrize("verb", VERBS)
def test_every_word_explains_itself_in_both_languages(capsys: pytest.CaptureFixture[str], verb: str) -> None:
    code, vi = said(capsys, verb, "--help")
    assert code == 0 and "cách gọi:" in vi and "hiện lời chỉ dẫn này" in vi and "show this help" not in vi
    code, en = said(capsys, "--lang", "en", verb, "--help")
    assert code == 0 and "usage:" in en and not set("ạảấầậắềệịọốồộớờợụứừữựỳ") & set(en)


def test_the_language_asked_for_beats_the_machines(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRUONGSO_LANG", "en")
    assert "chạy tất cả các phần" in said(capsys, "--lang", "vi", "--help")[1]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "còn thiếu: LỆNH"),
        (["bakup"], "không có 'bakup' (chọn một trong: 'up'"),
        (["restore"], "còn thiếu: TỆP"),
        (["up", "--lang", "fr"], "không hiểu"),
        (["--lang", "fr", "up"], "không có 'fr'"),
    ],
)
def test_wrong_words_are_named_and_end_with_2(
    capsys: pytest.CaptureFixture[str], words: list[str], sentence: str
) -> None:
    code, told = said(capsys, *words)
    assert code == 2 and sentence in told and "Xin xem: truongso --help" in told
