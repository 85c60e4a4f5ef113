"""What argparse itself says, in Vietnamese: it asks gettext's `_` for every word, and has no Vietnamese of its own."""

from __future__ import annotations

import argparse

WORDS = {
    "usage: ": "cách gọi: ",
    "positional arguments": "lệnh và tên",
    "options": "tuỳ chọn",
    "show this help message and exit": "hiện lời chỉ dẫn này",
    "%(prog)s: error: %(message)s\n": "%(prog)s: %(message)s. Xin xem: truongso --help\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "the following arguments are required: %s": "còn thiếu: %s",
    "unrecognized arguments: %s": "không hiểu: %s",
    "invalid choice: %(value)r (choose from %(choices)s)": "không có %(value)r (chọn một trong: %(choices)s)",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s chưa rõ, có thể là %(matches)s",
    "expected one argument": "cần một giá trị",
    "ignored explicit argument %r": "không nhận giá trị %r",
}


def speak_vietnamese() -> None:
    argparse._ = lambda text: WORDS.get(text, text)  # type: ignore[attr-defined]


def speak_english() -> None:
    argparse._ = lambda text: text  # type: ignore[attr-defined]
