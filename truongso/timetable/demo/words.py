"""What stands in the made-up school's books: lessons, remarks, homework, reasons; in our own words."""

from __future__ import annotations

# By subject and strand (its short name; "" where there is none), in the order in which a year would teach them.
LESSONS: dict[tuple[str, str], tuple[str, ...]] = {
    ("toan", ""): (
        "Ôn tập đầu năm: phép tính và thứ tự thực hiện", "Biểu thức và cách rút gọn", "Luyện tập rút gọn biểu thức",
        "Hình vẽ và cách chứng minh", "Góc, đường thẳng song song", "Luyện tập chứng minh hình", "Đọc bảng số liệu, vẽ biểu đồ",
        "Bài toán thực tế về tỉ lệ", "Ôn tập và chữa bài kiểm tra", "Phương trình đơn giản", "Bài toán có lời văn", "Ôn tập cuối năm",
    ),
    ("ngu-van", ""): (
        "Đọc: truyện kể về quê hương", "Đọc: nhân vật và lời kể", "Thực hành tiếng Việt: từ và nghĩa của từ",
        "Viết: kể lại một trải nghiệm", "Đọc: thơ về gia đình", "Đọc: nhịp và hình ảnh trong thơ", "Viết: đoạn văn nêu cảm nghĩ",
        "Nói và nghe: trình bày ý kiến", "Đọc: văn bản thông tin", "Thực hành tiếng Việt: dấu câu", "Viết: bài văn nghị luận ngắn",
        "Ôn tập và trả bài",
    ),
    ("tieng-anh", ""): (
        "Unit 1: Getting started", "Unit 1: A closer look", "Unit 1: Skills", "Unit 2: Getting started", "Unit 2: A closer look",
        "Unit 2: Skills", "Review 1", "Unit 3: Getting started", "Unit 3: Communication", "Unit 3: Skills", "Unit 4: Getting started",
        "Review 2",
    ),
    ("gdcd", ""): (
        "Tự hào về quê hương", "Quan tâm, chia sẻ với người khác", "Giữ chữ tín", "Tự giác học tập", "Phòng tránh bạo lực học đường",
        "Chi tiêu hợp lí", "Quyền trẻ em", "Ứng xử trên mạng",
    ),
    ("ls-dl", "Sử"): (
        "Vì sao phải học lịch sử", "Nguồn sử liệu và cách đọc", "Xã hội cổ trên đất nước ta", "Các cuộc khởi nghĩa giành độc lập",
        "Đời sống và văn hoá qua các triều đại", "Kinh thành và làng xã", "Ôn tập lịch sử",
    ),
    ("ls-dl", "Địa"): (
        "Bản đồ và tỉ lệ bản đồ", "Đọc bản đồ quê em", "Khí hậu và đời sống", "Sông ngòi nước ta", "Dân cư và nơi ở", "Thiên tai và cách phòng tránh",
        "Ôn tập địa lí",
    ),
    ("khtn", "Lí"): (
        "Đo độ dài, khối lượng, thời gian", "Thực hành: dùng dụng cụ đo", "Chuyển động và tốc độ", "Lực và cách biểu diễn lực",
        "Âm thanh quanh ta", "Ánh sáng và bóng", "Ôn tập phần Vật lí",
    ),
    ("khtn", "Hoá"): (
        "An toàn trong phòng thực hành", "Chất và sự đa dạng của chất", "Tách chất ra khỏi hỗn hợp", "Không khí và sự cháy",
        "Thực hành: nhận biết biến đổi của chất", "Ôn tập phần Hoá học",
    ),
    ("khtn", "Sinh"): (
        "Tế bào và kính hiển vi", "Thực hành: quan sát tế bào", "Từ tế bào đến cơ thể", "Phân loại thế giới sống", "Cây xanh quanh trường",
        "Cơ thể người và sức khoẻ", "Ôn tập phần Sinh học",
    ),
    ("khtn", ""): ("Trái Đất quay quanh Mặt Trời", "Ngày, đêm và bốn mùa", "Mặt Trăng và các pha", "Ôn tập chủ đề bầu trời"),
    ("cong-nghe", ""): (
        "Bản vẽ và vật thể", "Thực hành: đọc bản vẽ đơn giản", "Vật liệu trong gia đình", "Đồ dùng điện và an toàn điện", "Trồng và chăm cây",
        "Dự án nhỏ: góc học tập",
    ),
    ("tin-hoc", ""): (
        "Thông tin và dữ liệu", "Tổ chức thư mục, đặt tên tệp", "Tìm thông tin trên mạng", "An toàn tài khoản", "Soạn thảo văn bản",
        "Bảng tính: nhập và tính", "Thuật toán quanh em",
    ),
    ("gdtc", ""): (
        "Chạy ngắn: tư thế xuất phát", "Chạy ngắn: bổ trợ và thi tổ", "Bài thể dục liên hoàn", "Đá cầu: tâng cầu", "Bóng rổ: dẫn bóng",
        "Chạy bền", "Kiểm tra, đánh giá",
    ),
    ("nghe-thuat", "Nhạc"): ("Hát: bài ca mái trường", "Đọc nhạc và gõ nhịp", "Nghe nhạc, kể cảm nhận", "Sáo recorder: bài tập ngón", "Biểu diễn theo nhóm"),
    ("nghe-thuat", "MT"): ("Màu sắc và hoà sắc", "Vẽ tranh sinh hoạt trường em", "Thiết kế tấm thiệp", "Nặn dáng người", "Trưng bày sản phẩm"),
    ("hdtn", ""): (
        "Em và lớp học mới", "Xây dựng tình bạn", "An toàn trên đường đến trường", "Giúp việc gia đình", "Biết ơn thầy cô", "Nghề ở quê em",
        "Tiết kiệm điện, nước",
    ),
    ("gddp", ""): ("Quê em trên bản đồ", "Lễ hội và làng nghề", "Nhân vật tiêu biểu của địa phương", "Món ăn quê em", "Giữ sạch dòng sông quê"),
}  # fmt: skip
SALUTE = (
    "Chào cờ: phát động thi đua đầu năm", "Chào cờ: an toàn giao thông", "Chào cờ: phòng tránh đuối nước", "Chào cờ: tuần lễ đọc sách",
    "Chào cờ: chào mừng 20/11", "Chào cờ: phòng cúm mùa", "Chào cờ: sơ kết thi đua",
)  # fmt: skip
CLASS_HOUR = (
    "Sinh hoạt lớp: nền nếp tuần qua", "Sinh hoạt lớp: chia tổ, phân công trực nhật", "Sinh hoạt lớp: chuẩn bị báo tường",
    "Sinh hoạt lớp: giúp bạn học Toán", "Sinh hoạt lớp: tổng kết thi đua tổ", "Sinh hoạt lớp: kế hoạch tuần tới",
)  # fmt: skip
RATINGS = ("Tốt", "Khá", "Đạt", "Chưa đạt")
REMARKS: dict[str, tuple[str, ...]] = {
    "Tốt": (
        "Lớp sôi nổi, phát biểu nhiều",
        "Chuẩn bị bài chu đáo",
        "Các nhóm trình bày tốt",
        "Lớp trật tự, ghi bài đủ",
    ),
    "Khá": ("Còn vài em chưa thuộc bài cũ", "Một số em nói chuyện riêng", "Hoạt động nhóm còn chậm"),
    "Đạt": ("Nhiều em chưa làm bài tập về nhà", "Lớp vào muộn sau giờ ra chơi"),
    "Chưa đạt": ("Lớp mất trật tự, phải nhắc nhiều lần",),
}
HOMEWORK = (
    "Làm bài tập trong vở bài tập", "Đọc trước bài sau", "Học thuộc phần ghi nhớ", "Hoàn thành phiếu học tập", "Chuẩn bị sản phẩm nhóm",
    "Làm 3 bài cuối trang", "Ôn lại bài, tiết sau kiểm tra 15 phút",
)  # fmt: skip
WEEK_REMARKS = (
    "Lớp giữ nền nếp tốt", "Cần nhắc việc chuẩn bị bài", "Tiến bộ so với tuần trước", "Vệ sinh lớp sạch sẽ", "Còn em đi muộn, đã trao đổi với gia đình",
)  # fmt: skip
ILL, BUSY = "Giáo viên ốm", "Giáo viên đi tập huấn ở phòng"
REASONS = {ILL: 50, BUSY: 30, "Giáo viên có việc gia đình": 20}
MADE_UP = "Dạy bù tiết nghỉ ngày %(day)s"
MOVED = ("Nhường giờ cho lớp khám sức khoẻ", "Lớp tập văn nghệ chào mừng 20/11", "Phòng học sửa điện")
SWAPPED = ("Hai giáo viên xin đổi tiết cho nhau", "Đổi để lớp học liền hai tiết thực hành")
AWAY: dict[str, int] = {
    "Cháu bị sốt, gia đình xin cho cháu nghỉ học": 34, "Cháu đau bụng, xin phép thầy cô cho cháu nghỉ": 16,
    "Gia đình có việc hiếu, xin cho cháu nghỉ": 12, "Cháu đi khám răng ở bệnh viện huyện": 14, "Cháu bị cảm, ho nhiều": 24,
}  # fmt: skip
FLU = "Cháu bị cúm, bác sĩ dặn nghỉ ở nhà"
TROUBLE = ("Mất mạng giữa giờ", "Không nghe được tiếng", "Máy hết pin", "Mất điện")
WATCH_FOR = (
    "Xem cách trình bày lời giải",
    "Ghi lại ba ý chính",
    "Chú ý phần thí nghiệm",
    "Trả lời câu hỏi ở cuối đoạn",
)
