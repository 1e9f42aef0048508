"""A made-up review of a made-up commune: what every document's test is written from, and what one may look at."""

from datetime import UTC, date, datetime, timedelta, timezone

from thuchu.documents.review import (
    AgendaPaper,
    AmendmentPaper,
    AttendancePaper,
    ChartPaper,
    CommitmentPaper,
    CorrectionPaper,
    DataTable,
    FigurePaper,
    InquiryPaper,
    ObjectionPaper,
    ResolutionPaper,
    ReviewPaper,
    Wording,
)

VIET_NAM = timezone(timedelta(hours=7))
DATED = datetime(2026, 4, 17, 2, 0, tzinfo=UTC).astimezone(VIET_NAM)

PRESENT = Wording(vi="có mặt", en="present")
AWAY = Wording(vi="vắng, có lý do", en="excused")

TIMELINESS = [
    Wording(vi="Hoàn thành đúng hạn", en="Done on time"),
    Wording(vi="Quá hạn 12 ngày", en="12 days overdue"),
    Wording(vi="Sắp đến hạn", en="Due soon"),
    Wording(vi="Chưa đến hạn", en="Not due yet"),
    Wording(vi="Hoàn thành quá hạn 3 ngày", en="Done 3 days late"),
    Wording(vi="Đã dừng", en="Dropped"),
]
OWNERS = [
    Wording(vi="Nhóm trực", en="Duty group"),
    Wording(vi="Điều phối", en="Coordinators"),
    Wording(vi="Trạm Y tế xã Hướng Dương", en="Hướng Dương health station"),
    Wording(vi="Hội Phụ nữ xã"),
]
TEXTS = [
    Wording(vi="Trả lời trong 24 giờ ít nhất 80 % câu hỏi về thuốc và dịch bệnh"),
    Wording(vi="Viết lại trang “Trước khi chuyển tiền” bằng lời của người bán hàng ở chợ, có hình chụp màn hình"),
    Wording(vi="Kiểm tra lại toàn bộ 312 nguồn đã dẫn trong năm 2025, thay những nguồn không còn mở được"),
    Wording(vi="Mở buổi tập “Nguồn tin đầu tiên” cho 15 người ở thôn Đông và thôn Thượng"),
    Wording(
        vi="Dịch bảng hướng dẫn sang tiếng Bru-Vân Kiều và in 200 bản", en="Translate the guide into Bru and print it"
    ),
]


def commitment(place: int) -> CommitmentPaper:
    """The commitment at a place, from 1; states, owners and languages of words take turns."""
    first = date(2026, 3, 2) + timedelta(days=5 * place)
    moved = place % 7 == 3
    done = place % 6 in (0, 4)
    return CommitmentPaper(
        number=f"CK-2026-{place:03}",
        text=TEXTS[place % len(TEXTS)],
        owner=OWNERS[place % len(OWNERS)],
        helpers=(OWNERS[(place + 1) % 4],) if place % 3 else (),
        original_due=first,
        due=first + timedelta(days=30) if moved else first,
        measure=Wording(vi="số liệu “trả lời trong 24 giờ” ≥ 80 %", en="figure “answered within 24 hours” ≥ 80 %"),
        state=Wording(vi="đang làm", en="under way"),
        timeliness=TIMELINESS[place % len(TIMELINESS)],
        evidence=Wording(vi=f"https://huong-duong.example/ra-soat/2026-q1/bang-chung-{place}.pdf")
        if done
        else Wording(),
        last_update=Wording(vi="đã gửi danh sách nguồn cho Điều phối") if done else Wording(),
        updated_on=date(2026, 4, 2) if done else None,
        carried_over=place % 2 == 0,
    )


def bars(words: tuple[str, ...]) -> str:
    """Weekly bars with one word a bar, whole in itself."""
    heights = (22, 35, 30, 61, 44, 52, 38, 70, 41, 33, 29, 47, 55)
    drawn = "".join(
        f'<rect x="{20 + 46 * place}" y="{100 - height}" width="30" height="{height}" fill="#3d5a80"/>'
        f'<text x="{35 + 46 * place}" y="118" font-size="12" text-anchor="middle">{words[place]}</text>'
        f'<text x="{35 + 46 * place}" y="{94 - height}" font-size="12" text-anchor="middle">{height}</text>'
        for place, height in enumerate(heights)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="128" viewBox="0 0 640 128" fill="#1a1a1a" '
        f'font-family="Liberation Serif, serif">{drawn}<path d="M12 100H628" stroke="#1a1a1a"/></svg>'
    )


ASKED = FigurePaper(
    key="asked",
    label=Wording(vi="Có bao nhiêu câu hỏi", en="How many questions came"),
    value=Wording(vi="3.418 câu hỏi", en="3,418 questions"),
    sees=Wording(
        vi="Tuần thứ tám nhiều nhất: một tin giả mạo về lịch cúp điện.",
        en="Week eight had most: a forged message about power cuts.",
    ),
    method=Wording(
        vi="Đếm câu hỏi nhận từ 1/1/2026 đến hết 31/3/2026, theo cửa vào; không kể luyện tập và câu đã rút.",
        en="Questions received from 1 January to 31 March 2026, by door; without practice and withdrawn ones.",
    ),
    figure_class="attested",
    last_quarter=Wording(vi="3.102 câu hỏi", en="3,102 questions"),
    chart=ChartPaper(
        svg=Wording(vi=bars(tuple(f"T{n}" for n in range(1, 14))), en=bars(tuple(f"W{n}" for n in range(1, 14)))),
        alt=Wording(
            vi="Cột theo tuần: từ 22 ở tuần 1 lên cao nhất 70 ở tuần 8, còn 55 ở tuần 13.",
            en="Bars by week: from 22 in week 1 up to 70 in week 8, and 55 in week 13.",
        ),
        table=DataTable(
            caption=Wording(vi="Câu hỏi theo cửa vào", en="Questions by door"),
            columns=(
                Wording(vi="Cửa vào", en="Door"),
                Wording(vi="Quý này", en="This quarter"),
                Wording(vi="Quý trước", en="Last quarter"),
            ),
            rows=(
                (Wording(vi="trang web", en="web"), 2640, 2391),
                (Wording(vi="chương trình khác", en="programs"), 702, 644),
                (Wording(vi="dòng lệnh", en="command line"), 76, 67),
            ),
            widths=(3, 1, 1),
        ),
    ),
)
ANSWERED = FigurePaper(
    key="answered_share",
    label=Wording(vi="Trả lời được bao nhiêu", en="What share was answered"),
    value=Wording(vi="71 %", en="71 %"),
    interval=Wording(
        vi="từ 61 đến 79 trên 100, tương đương khoảng 96 điều khác nhau",
        en="between 61 and 79 of 100, as if of some 96 different things",
    ),
    numerator=1873,
    denominator=2640,
    last_quarter=Wording(vi="68 %", en="68 %"),
    change=Wording(vi="không thấy khác biệt rõ", en="no clear difference"),
    sees=Wording(
        vi="Bảy trong mười câu hỏi có câu trả lời trước khi hết quý.",
        en="Seven of ten questions had an answer before the quarter's end.",
    ),
    method=Wording(
        vi="Wilson 95 % trên số hiệu dụng của Kish; bản định nghĩa 2026-01.",
        en="Wilson at 95 % on Kish's effective number; definitions 2026-01.",
    ),
    figure_class="attested",
)
WAITED = FigurePaper(
    key="wait_median",
    label=Wording(vi="Chờ bao lâu", en="How long people waited"),
    value=Wording(vi="26 giờ", en="26 hours"),
    interval=Wording(vi="từ 22 đến 31 giờ", en="between 22 and 31 hours"),
    sees=Wording(
        vi="Một nửa số điều phải chờ có câu trả lời trong 26 giờ; 57 điều chưa có khi hết quý.",
        en="Half of what had to wait was answered within 26 hours; 57 were still open at the end.",
    ),
    method=Wording(
        vi="Trung vị Kaplan–Meier, khoảng log-log 95 %; điều chưa trả lời được tính là còn chờ.",
        en="Kaplan–Meier median, log-log interval at 95 %; what is open counts as still waiting.",
    ),
    figure_class="public",
)

REVIEW = ReviewPaper(
    slug="2026-q1",
    desk=Wording(vi="Bàn Thực Hư xã Hướng Dương", en="Thực Hư desk of Hướng Dương"),
    area=Wording(vi="xã Hướng Dương", en="Hướng Dương commune"),
    seat=Wording(vi="Hướng Dương", en="Hướng Dương"),
    quarter=Wording(vi="Quý 1/2026", en="First quarter of 2026"),
    period=(date(2026, 1, 1), date(2026, 3, 31)),
    address="https://huong-duong.example/ra-soat/2026-q1/",
    register_csv="https://huong-duong.example/cam-ket.csv",
    dated=DATED,
    as_of=date(2026, 4, 17),
    began=datetime(2026, 4, 14, 8, 30, tzinfo=VIET_NAM),
    ended=datetime(2026, 4, 14, 11, 5, tzinfo=VIET_NAM),
    place=Wording(vi="nhà văn hóa thôn Đông và qua mạng", en="Đông hamlet's culture house and online"),
    ledger_number=184_220,
    ledger_hash="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    snapshot_hash="60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
    definitions="2026-01",
    code="0.4.0",
    chair=AttendancePaper(
        role=Wording(vi="chủ trì", en="chair"),
        organisation=Wording(vi="Hội Khuyến học xã", en="Learning Encouragement Association"),
        name_shown="Bà Nguyễn Thị Ngữ",
        presence=PRESENT,
    ),
    secretary=AttendancePaper(role=Wording(vi="thư ký", en="secretary"), presence=PRESENT),
    phase="out",
    corrections_until=date(2026, 4, 24),
    attendance=(
        AttendancePaper(role=Wording(vi="Điều phối", en="Coordinator"), name_shown="Bình", presence=PRESENT),
        AttendancePaper(role=Wording(vi="Người đóng góp", en="Contributors"), people=7, presence=PRESENT),
        AttendancePaper(
            role=Wording(vi="Đối tác", en="Partner"),
            organisation=Wording(vi="Trạm Y tế xã Hướng Dương", en="Hướng Dương health station"),
            presence=AWAY,
        ),
        AttendancePaper(role=Wording(vi="Người dân", en="Public"), people=23, presence=PRESENT),
    ),
    summary=(
        Wording(vi="Nhận 3.418 câu hỏi, trả lời 71 % (từ 61 đến 79 trên 100).", en="3,418 questions; 71 % answered."),
        Wording(vi="Một nửa số điều phải chờ có câu trả lời trong 26 giờ.", en="Half of what waited took 26 hours."),
        Wording(vi="Hai câu trả lời sai đã được đính chính; 41 người được báo lại.", en="Two errors were corrected."),
        Wording(vi="Trong 20 cam kết đến hạn, 11 xong đúng hạn.", en="Of 20 commitments due, 11 were done on time."),
        Wording(vi="Hỏi ba cơ quan: hai nơi đã trả lời, một nơi chưa.", en="Three organisations asked, two answered."),
    ),
    figures=(ASKED, ANSWERED, WAITED),
    difficulties=(
        Wording(vi="Tết kéo dài: chín ngày chỉ có một người trực."),
        Wording(vi="Nhiều tin là ảnh chụp màn hình, bàn chưa đọc được chữ trong ảnh."),
    ),
    next_quarter=(Wording(vi="Trực đủ hai người mỗi ngày, kể cả ngày lễ."),),
    assessment=(
        Wording(
            vi="Bàn làm việc đều, trả lời nhanh hơn ý muốn của kỳ trước ở phần y tế, chậm hơn ở phần đất đai. "
            "Cuộc họp ghi nhận hai sai sót và cách đã sửa."
        ),
    ),
    follow_up=(Wording(vi="Điều phối cập nhật trang cam kết mỗi hai tuần; kỳ họp sau xem lại từng cam kết."),),
    agenda=(
        AgendaPaper(
            title=Wording(vi="Số liệu của quý", en="Figures of the quarter"),
            minutes=(
                Wording(vi="Thư ký đọc năm dòng tóm tắt. Có người hỏi vì sao số người chờ tăng sau Tết."),
                Wording(vi="Nhóm trực trả lời: chín ngày chỉ có một người, từ mùng 6 mới đủ ba."),
            ),
        ),
        AgendaPaper(
            title=Wording(vi="Cam kết kỳ trước", en="Commitments carried over"),
            minutes=(Wording(vi="Xem từng cam kết quá hạn; hai cam kết được dời hạn."),),
            resolutions=("01/2026-q1",),
        ),
        AgendaPaper(
            title=Wording(vi="Ai trực ngày lễ?"),
            proposed_by=Wording(vi="người đóng góp", en="contributor"),
            minutes=(Wording(vi="Bàn 20 phút. Hai ý: chia phiên theo thôn, hoặc nhờ đơn vị bạn."),),
            resolutions=("02/2026-q1",),
        ),
    ),
    resolutions=(
        ResolutionPaper(
            number="01/2026-q1",
            text=Wording(vi="Dời hạn cam kết CK-2026-003 và CK-2026-010 thêm 30 ngày vì nguồn của sở chưa có."),
            method="consent",
            outcome=Wording(vi="thông qua", en="agreed"),
        ),
        ResolutionPaper(
            number="02/2026-q1",
            text=Wording(vi="Mỗi ngày lễ có hai người trực, chia phiên theo thôn."),
            method="show_of_hands",
            votes=(8, 2, 1),
            outcome=Wording(vi="thông qua", en="agreed"),
            reasons_against=(Wording(vi="Thôn Thượng chỉ có ba người, phiên sẽ quá dày."),),
            takes_effect=date(2026, 4, 30),
        ),
    ),
    commitments=tuple(commitment(place) for place in range(1, 41)),
    objections=(
        ObjectionPaper(
            text=Wording(vi="Mục 3.2 nên ghi rõ hạn mới là ngày nào, không chỉ “thêm 30 ngày”."),
            by_role=Wording(vi="người đóng góp", en="contributor"),
            on=date(2026, 4, 16),
        ),
    ),
    corrections=(
        CorrectionPaper(
            about=Wording(vi="“Uống nước muối loãng diệt được vi-rút”"),
            before=Wording(vi="Gây hiểu lầm", en="Misleading"),
            after=Wording(vi="Sai", en="False"),
            on=date(2026, 2, 12),
            told=28,
        ),
    ),
    inquiries=(
        InquiryPaper(
            number="H-2026-004",
            organisation=Wording(vi="Công ty Điện lực huyện"),
            question=Wording(vi="Lịch cúp điện ngày 20/2/2026 có phải của công ty không?"),
            sent_on=date(2026, 2, 18),
            due_on=date(2026, 2, 25),
            state=Wording(vi="Trả lời đúng hạn", en="Answered on time"),
            answer=Wording(vi="Công ty không ban hành lịch này. Lịch của công ty chỉ có trên trang của công ty."),
            source=Wording(vi="Công văn số 12, ngày 20/2/2026"),
        ),
        InquiryPaper(
            number="H-2026-005",
            organisation=Wording(vi="Văn phòng Đăng ký đất đai"),
            question=Wording(vi="Phí cấp đổi sổ trong quý 1/2026 là bao nhiêu?"),
            sent_on=date(2026, 3, 2),
            due_on=date(2026, 3, 9),
            state=Wording(vi="Chưa trả lời (hỏi ngày 2/3/2026, 46 ngày)", en="No answer yet (asked 46 days ago)"),
        ),
    ),
)

AMENDMENT = AmendmentPaper(
    what=Wording(vi="Thành phần", en="Attendance"),
    before=Wording(vi="22 người dân", en="public: 22"),
    after=Wording(vi="23 người dân", en="public: 23"),
    why=Wording(vi="Đếm sót một người đến muộn."),
    on=date(2026, 4, 20),
    entry=184_377,
)
