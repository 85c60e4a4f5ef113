"""What may be said to `truongso`, and its help."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence

from truongso.cli.argparse_vi import speak_english, speak_vietnamese
from truongso.demo.size import Size, size_of
from truongso.supervisor.say import english, say


def parser(arguments: Sequence[str]) -> argparse.ArgumentParser:  # noqa: PLR0915 (a line a word)
    """The parser in the language asked for; `--lang` is read first, so that the help itself follows it."""
    early = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    early.add_argument("--lang", choices=["vi", "en"])
    try:
        lang = early.parse_known_args(arguments)[0].lang
    except argparse.ArgumentError:
        lang = None  # the real parser says what is wrong with it
    if lang:
        os.environ["TRUONGSO_LANG"] = lang
    if english():
        speak_english()
    else:
        speak_vietnamese()
    made = argparse.ArgumentParser(
        prog="truongso",
        description=say(
            "Trường Số: dạy học trực tuyến của một trường, trên máy của trường.",
            "Trường Số: one school's online teaching, on the school's own computer.",
        ),
        epilog=say("Mã thoát: 0 xong, 1 không làm được, 2 gọi sai.", "Exit codes: 0 done, 1 could not, 2 wrong use."),
    )
    made.add_argument("--lang", choices=["vi", "en"], help=say("ngôn ngữ của lời nhắn", "language of messages"))
    verbs = made.add_subparsers(dest="verb", required=True, metavar=say("LỆNH", "COMMAND"))

    def verb(name: str, vi: str, en: str) -> argparse.ArgumentParser:
        return verbs.add_parser(name, help=say(vi, en), description=say(vi, en))

    up = verb("up", "chạy tất cả các phần", "run all parts")
    up.add_argument(
        "--demo", action="store_true", help=say("tạo trường mẫu ở lần đầu", "make the demo school the first time")
    )
    verb("web", "chỉ chạy phần trang web", "run the web part only")
    verb("gateway", "chỉ chạy phần cập nhật tức thì", "run the gateway only")
    worker = verb("worker", "chỉ chạy phần việc nền", "run the worker only")
    worker.add_argument(
        "--queues", help=say("chỉ các hàng này, cách nhau bằng dấu phẩy", "these queues only, comma separated")
    )
    migrate = verb("migrate", "đưa cơ sở dữ liệu lên bản này", "bring the database to this version")
    migrate.add_argument("--quiet", action="store_true", help=say("không nói gì khi xong", "say nothing when done"))
    demo = verb(
        "demo",
        "tạo trường mẫu; --accounts liệt kê cách đăng nhập",
        "make the demo school; --accounts lists the sign-ins",
    )
    demo.add_argument(
        "--accounts", action="store_true", help=say("liệt kê cách đăng nhập theo vai trò", "list the sign-ins by role")
    )
    demo.add_argument(
        "--classes",
        type=size_of,
        default=Size(),
        help=say("số lớp, từ 8 đến 60 (16)", "number of classes, 8 to 60 (16)"),
    )
    demo.add_argument(
        "--files",
        metavar=say("THƯ_MỤC", "FOLDER"),
        help=say("ghi các tệp Excel mẫu để thử nhập dữ liệu", "write sample Excel files to try the import with"),
    )
    demo.add_argument("--json", action="store_true", help=say("liệt kê dạng JSON", "list as JSON"))
    demo.add_argument("--quiet", action="store_true", help=say("không nói gì khi xong", "say nothing when done"))
    admin = verb("create-admin", "tạo người quản trị đầu tiên", "make the first administrator")
    admin.add_argument("name", nargs="?", help=say("họ và tên", "full name"))
    doctor = verb("doctor", "xem máy này có đủ điều kiện không", "see whether this machine is fit")
    doctor.add_argument("--json", action="store_true", help=say("kết quả dạng JSON", "the findings as JSON"))
    backup = verb("backup", "sao lưu vào một tệp có mã hoá", "back up into one encrypted file")
    backup.add_argument("file", metavar=say("TỆP", "FILE"), help=say("tệp sẽ ghi", "the file to write"))
    passphrase = say(
        "tệp có mật khẩu ở dòng đầu; cũng có thể đặt TRUONGSO_BACKUP_PASSPHRASE",
        "a file with the passphrase in its first line; or set TRUONGSO_BACKUP_PASSPHRASE",
    )
    backup.add_argument("--passphrase-file", metavar=say("TỆP", "FILE"), help=passphrase)
    restore = verb("restore", "khôi phục từ tệp sao lưu", "restore from a backup file")
    restore.add_argument("file", metavar=say("TỆP", "FILE"), help=say("tệp sao lưu", "the backup file"))
    restore.add_argument("--passphrase-file", metavar=say("TỆP", "FILE"), help=passphrase)
    restore.add_argument(
        "--replace",
        action="store_true",
        help=say("cất dữ liệu đang có sang bên rồi khôi phục", "put the present data aside, then restore"),
    )
    audit = verb("audit", "nhật kí hệ thống", "the audit log")
    audit.add_argument(
        "what",
        choices=["verify"],
        help=say("soát chuỗi nhật kí, nêu dòng đầu tiên bị sửa", "walk the chain, name the first altered row"),
    )
    bring = verb(
        "import",
        "nhập danh sách (people), Phụ lục I của tổ (programme) hoặc thời khoá biểu (timetable); chạy thử nếu không có --commit",
        "import lists (people), a group's Annex I (programme) or a timetable; a dry run without --commit",
    )
    bring.add_argument("what", choices=["people", "programme", "timetable"])
    bring.add_argument("file", metavar=say("TỆP", "FILE"))
    bring.add_argument(
        "more", nargs="?", metavar=say("TỆP_2", "FILE_2"),
        help=say("kết quả của FET, hoặc tệp của buổi kia (timetable)", "FET's solution, or the file of the other half of the day (timetable)"),
    )  # fmt: skip
    bring.add_argument("--commit", action="store_true", help=say("ghi thật", "really write"))
    bring.add_argument("--json", action="store_true", help=say("kể lại dạng JSON", "report as JSON"))
    bring.add_argument("--sheet", metavar=say("TRANG", "SHEET"), help=say("chỉ trang tính này", "this sheet only"))
    bring.add_argument(
        "--year", metavar=say("NĂM_HỌC", "YEAR"), help=say("năm học, như 2026-2027", "school year, such as 2026-2027")
    )
    bring.add_argument(
        "--subject", metavar=say("MÔN", "SUBJECT"), help=say("môn của chương trình, như toan", "the programme's subject, such as toan")
    )  # fmt: skip
    bring.add_argument(
        "--grade", type=int, choices=range(1, 13), metavar=say("KHỐI", "GRADE"), help=say("khối của chương trình", "the programme's grade")
    )  # fmt: skip
    bring.add_argument(
        "--version", metavar=say("TÊN", "NAME"), help=say("tên thời khoá biểu sẽ lập", "what the timetable is called")
    )
    bring.add_argument(
        "--first",
        metavar=say("NGÀY", "DAY"),
        help=say("áp dụng từ ngày, như 05/09/2026", "from this day on, as 05/09/2026"),
    )
    bring.add_argument(
        "--keep",
        action="store_true",
        help=say("giữ các buổi mà tệp không nói tới", "keep the half days that the file does not show"),
    )
    bring.add_argument(
        "--publish",
        action="store_true",
        help=say("cho áp dụng ngay (cùng --commit)", "put it in force (with --commit)"),
    )
    out = verb("export", "xuất danh sách ra tệp Excel", "export lists to Excel")
    out.add_argument("what", choices=["people"])
    out.add_argument("file", metavar=say("TỆP", "FILE"))
    out.add_argument(
        "--layout", choices=["sector", "smas", "vnedu", "simple"], default="simple",
        help=say("theo mẫu của CSDL ngành, SMAS, vnEdu hay mẫu gọn", "in the layout of the sector database, SMAS, vnEdu, or a simple one"),
    )  # fmt: skip
    out.add_argument(
        "--class", dest="class_name", metavar=say("LỚP", "CLASS"), help=say("chỉ lớp này", "this class only")
    )
    out.add_argument("--staff", action="store_true", help=say("danh sách cán bộ, giáo viên", "the staff list"))
    manage = verb("manage", "lệnh của Django, cho người phát triển", "Django's own commands, for developers")
    manage.add_argument("rest", nargs=argparse.REMAINDER)
    return made
