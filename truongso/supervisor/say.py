"""One sentence to the person at the keyboard, in Vietnamese or English by TRUONGSO_LANG, else LANG."""

from __future__ import annotations

import errno
import os


def english() -> bool:
    return (os.environ.get("TRUONGSO_LANG") or os.environ.get("LANG", "")).lower().startswith("en")


def say(vi: str, en: str) -> str:
    return en if english() else vi


_REASONS = {
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.ENOENT: "không có đường dẫn này",
    errno.ENOTDIR: "đường dẫn đi qua một tệp, không phải thư mục",
    errno.EEXIST: "đã có một tệp mang tên ấy",
    errno.EISDIR: "đó là một thư mục",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.EDQUOT: "đã hết phần ổ đĩa được dùng",
    errno.EIO: "ổ đĩa có lỗi",
    errno.ENAMETOOLONG: "tên dài quá",
}


def reason(error: OSError) -> str:
    """Why the system refused, to stand in the middle of a sentence."""
    own = error.strerror or str(error)
    return say(_REASONS.get(error.errno or 0, own), own)


class Stop(Exception):
    """The command cannot go on; the sentence says what to do. Exit code 1."""

    def __init__(self, vi: str, en: str) -> None:
        self.sentence = say(vi, en)
        super().__init__(self.sentence)
