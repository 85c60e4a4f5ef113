"""Words that Vietnamese names are made of, by generation: how families of the Red River delta name their children, with
a few that came from the south. Weights are rough shares; single weights of given names are left equal on purpose."""

from __future__ import annotations

FAMILY = {
    "Nguyễn": 310, "Trần": 115, "Lê": 95, "Phạm": 75, "Hoàng": 50, "Vũ": 45, "Phan": 35, "Bùi": 30, "Đặng": 28, "Đỗ": 28,
    "Ngô": 20, "Đinh": 16, "Dương": 14, "Đào": 14, "Trịnh": 12, "Đoàn": 11, "Lương": 10, "Cao": 9, "Mai": 9, "Hà": 9,
    "Tạ": 8, "Phùng": 7, "Lưu": 7, "Lý": 6, "Tô": 6, "Chu": 5, "Quách": 4, "Kiều": 3, "Vương": 3, "Triệu": 3, "Hồ": 3,
    "Huỳnh": 6, "Võ": 5,
}  # fmt: skip
SOUTHERN = frozenset({"Huỳnh", "Võ"})


def words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


BOY_MIDDLE = words(
    "Minh Gia Đức Quang Anh Tuấn Hoàng Bảo Hải Duy Quốc Mạnh Việt Tiến Thành Xuân Ngọc Nhật Đình Hữu Văn Trung Khánh"
    " Công Thế Chí Đăng Trọng Thanh Nam Huy Tùng"
)
BOY_GIVEN = words(
    "Anh Minh Huy Hùng Dũng Đức Nam Quân Khang Khôi Bảo Long Phúc Tuấn Hiếu Đạt Sơn Hoàng Phong Thành Kiên Duy Lâm Tùng"
    " Việt Trung Hải Khánh Kiệt Nhật Thịnh Cường Mạnh Vinh Tiến Quang Bách Dương Đăng An Nguyên Toàn Thắng Trường Lộc Quý"
)
GIRL_MIDDLE = words(
    "Ngọc Bảo Khánh Phương Minh Thu Hà Thuỳ Mai Quỳnh Diệu Thanh Gia Hoài Kim Thảo Lan Hồng Yến Ánh Hải Vân Linh Tường"
    " Cẩm Trà Như Tú"
)
GIRL_GIVEN = words(
    "Anh Linh Ngọc Chi Nhi Trang Hà Hân My Mai Vy Ngân Thảo Hương Giang Phương Quỳnh Yến Châu Diệp Thư Hiền Lan Nhung"
    " Huyền Ánh Dương Uyên Vân Tâm Nguyên Khuê An Duyên Trà Như Hằng Thuỷ Loan"
)
MAN_MIDDLE = words("Đức Xuân Quang Hữu Đình Mạnh Ngọc Minh Công Thanh Trọng Tiến Quốc Duy Hồng Thế Bá Khắc Huy Doãn")
MAN_GIVEN = words(
    "Hùng Dũng Tuấn Cường Hải Sơn Thắng Nam Long Hoà Tùng Tú Quân Thành Trung Kiên Hưng Toàn Chiến Thuận Hiếu Phương Bình"
    " Lâm Linh Khánh Đông Tâm Hậu Vinh Thái Quyết Quý Đại Hiệp Hoàn Lực Mạnh Nghĩa Phong Phú Tân Thọ Tiến Trường Việt"
    " Vượng Điệp Đoàn Khải Luân Ninh Oánh Sáng Tiệp Trình Tuyên Ước"
)
WOMAN_MIDDLE = ("Thanh", "Thu", "Hồng", "Bích", "Minh", "Ngọc", "Kim", "Phương", "Thuý", "Hải", "Mai", "Lan",
                "Thị Thu", "Thị Thanh", "Thị Hồng", "Thị Minh", "Thị Ngọc", "Thị Bích", "Thị Kim", "Thị Phương")  # fmt: skip
WOMAN_GIVEN = words(
    "Hương Lan Hoa Nga Hằng Huyền Hà Thuỷ Thu Trang Yến Hiền Loan Nhung Phương Liên Vân Dung Oanh Hạnh Hường Ngân Thảo"
    " Tuyết Hồng Quyên Thơm Mai Nguyệt Xuân Duyên Luyến Ngọc Nhàn Lụa Tâm Bình Chinh Cúc Đào Gấm Huế Huệ Lý Lệ Mến Miền"
    " Mơ Ngoan Nhạn Nụ Phượng Quế Sen Thắm Thoa Tươi Vui Xuyến Yên Ánh Hảo"
)
OLD_MAN_MIDDLE = words("Xuân Đình Hữu Quang Ngọc Trọng Huy Bá")
OLD_MAN_GIVEN = words(
    "Bình Thắng Lợi Tiến Hoà Bính Canh Chung Dần Đạo Định Đông Hiển Khoa Lân Mão Ngọ Nhâm Ninh Phúc Quyền Sửu Thìn Thuấn"
    " Tuất Vinh Bảng Khoát Khiêm Đỉnh"
)
OLD_WOMAN_GIVEN = words(
    "Bưởi Chín Dậu Đào Lài Lành Mận Mây Mùi Ngát Nhài Nhẫn Nhớn Ổn Sáu Tám Tâm Thìn Thơm Tuất Vân Xoan Xuân Hiên Hảo Hoan"
    " Khuyên Lịch Nghĩa Phấn"
)
SOUTHERN_MAN_GIVEN = words("Phước Lộc Tài Nhân Tâm Thiện Hậu Nghĩa Lành Út")
SOUTHERN_WOMAN_GIVEN = words("Diễm Kiều Trúc Phượng Xuân Tuyền Bé Thắm Hoà Nguyên")
SOUTHERN_BOY = ("Hoàng Phúc", "Minh Nhựt", "Thiên Phước", "Trọng Nhân", "Thanh Tài", "Quốc Thịnh", "Hữu Nghĩa")
SOUTHERN_GIRL = ("Ngọc Hân", "Kim Ngân", "Mỹ Duyên", "Trúc Linh", "Như Quỳnh", "Thuý Vy", "Bích Trâm", "Ngọc Trâm")

# Chance must not give a pupil or a parent here the name of somebody whom everybody knows.
FAMOUS = frozenset(
    name.strip()
    for name in """
    Nguyễn Trãi, Nguyễn Du, Nguyễn Huệ, Nguyễn Thị Bình, Nguyễn Thị Minh Khai, Nguyễn Thị Định, Nguyễn Văn Cừ,
    Nguyễn Văn Linh, Nguyễn Văn Trỗi, Nguyễn Văn Thiệu, Nguyễn Cao Kỳ, Nguyễn Phú Trọng, Nguyễn Xuân Phúc,
    Nguyễn Tấn Dũng, Nguyễn Minh Triết, Nguyễn Sinh Hùng, Nguyễn Thị Kim Ngân, Nguyễn Hoà Bình, Nguyễn Mạnh Hùng,
    Nguyễn Quang Hải, Nguyễn Công Phượng, Nguyễn Tiến Linh, Nguyễn Văn Toàn, Nguyễn Văn Quyết, Nguyễn Tuấn Anh,
    Nguyễn Hoàng Đức, Nguyễn Xuân Son, Nguyễn Huy Hoàng, Nguyễn Thuỳ Linh, Nguyễn Thị Oanh, Nguyễn Thị Ánh Viên,
    Nguyễn Nhật Ánh, Nguyễn Đình Thi, Nguyễn Huy Thiệp, Nguyễn Minh Châu, Nguyễn Thành Long, Nguyễn Quang Sáng,
    Nguyễn Thanh Tùng, Nguyễn Thành Trung, Nguyễn Ngọc Ngạn, Nguyễn Hồng Nhung, Nguyễn Đức Cảnh, Nguyễn Tuân,
    Trần Phú, Trần Quốc Tuấn, Trần Hưng Đạo, Trần Quang Khải, Trần Nhật Duật, Trần Đại Quang, Trần Đức Lương,
    Trần Thanh Mẫn, Trần Đăng Khoa, Trần Đại Nghĩa, Trần Lập, Trần Tiểu Vy, Trần Quyết Chiến, Trần Thành, Trần Trọng Kim,
    Lê Lợi, Lê Duẩn, Lê Hoàn, Lê Hồng Phong, Lê Đức Thọ, Lê Đức Anh, Lê Khả Phiêu, Lê Văn Tám, Lê Văn Duyệt,
    Lê Quang Liêm, Lê Công Vinh, Lê Minh Hưng, Lê Huỳnh Đức, Lê Thánh Tông, Lê Anh Xuân, Lê Minh Khuê, Lê Bảo Bình,
    Phạm Minh Chính, Phạm Văn Đồng, Phạm Hùng, Phạm Tuân, Phạm Nhật Vượng, Phạm Ngũ Lão, Phạm Hương, Phạm Quỳnh,
    Phạm Tiến Duật, Phạm Thanh Thảo, Phạm Anh Khoa, Hoàng Văn Thụ, Hoàng Hoa Thám, Hoàng Xuân Vinh, Hoàng Trung Hải,
    Hoàng Thuỳ Linh, Hoàng Đức, Hoàng Việt, Vũ Đức Đam, Vũ Trọng Phụng, Vũ Quần Phương, Vũ Văn Thanh, Vũ Khoan,
    Phan Bội Châu, Phan Châu Trinh, Phan Đình Phùng, Phan Đình Giót, Phan Văn Khải, Phan Văn Giang, Phan Văn Đức,
    Phan Mạnh Quỳnh, Phan Huy Chú, Bùi Tiến Dũng, Bùi Thị Xuân, Bùi Xuân Phái, Bùi Hoàng Việt Anh, Bùi Bích Phương,
    Đặng Thuỳ Trâm, Đặng Thai Mai, Đặng Văn Lâm, Đặng Thái Sơn, Đặng Lê Nguyên Vũ, Đặng Tiến Đông, Đỗ Mười,
    Đỗ Mỹ Linh, Đỗ Duy Mạnh, Đỗ Hùng Dũng, Đỗ Nhuận, Ngô Quyền, Ngô Bảo Châu, Ngô Gia Tự, Ngô Xuân Lịch, Ngô Thanh Vân,
    Đinh Bộ Lĩnh, Đinh Tiên Hoàng, Đinh Thế Huynh, Đinh La Thăng, Dương Văn Minh, Dương Hồng Loan, Đào Duy Từ,
    Đào Duy Anh, Trịnh Công Sơn, Trịnh Đình Dũng, Trịnh Văn Quyết, Đoàn Văn Hậu, Đoàn Thị Điểm, Đoàn Giỏi,
    Lương Cường, Lương Thế Vinh, Lương Ngọc Quyến, Lương Xuân Trường, Cao Bá Quát, Mai Thúc Loan, Mai Phương,
    Mai Phương Thuý, Mai Tiến Thành, Hà Anh Tuấn, Hà Huy Tập, Hà Hồ, Tạ Quang Bửu, Tạ Bích Loan, Phùng Hưng,
    Phùng Quang Thanh, Phùng Xuân Nhạ, Lưu Hữu Phước, Lưu Quang Vũ, Lý Thường Kiệt, Lý Tự Trọng, Lý Nam Đế, Lý Hùng,
    Tô Lâm, Tô Hoài, Tô Hữu, Tô Hiến Thành, Tô Vĩnh Diện, Chu Văn An, Vương Đình Huệ, Triệu Thị Trinh, Hồ Chí Minh,
    Hồ Xuân Hương, Hồ Ngọc Hà, Hồ Tùng Mậu, Huỳnh Thúc Kháng, Huỳnh Tấn Phát, Võ Nguyên Giáp, Võ Văn Kiệt,
    Võ Văn Thưởng, Võ Thị Sáu, Võ Thị Ánh Xuân, Võ Hoàng Yến
    """.replace("\n", " ").split(",")
)
