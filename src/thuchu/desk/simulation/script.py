"""What a made-up community resolves and promises in the year that is played; all invented.

Written down so that each end a promise may come to is there: in time, late, moved, dropped, judged by a figure as met,
as not met and as neither, and still open when the year is over.
"""

from dataclasses import dataclass

# Organisations by a short name of the script's own.
ORGANISATIONS = {
    "library": ("Thư viện diễn Hoa Sen", "Lotus library of the play"),
    "school": ("Trường diễn Bến Lức", "Ben Luc school of the play"),
    "health": ("Trạm y tế diễn Đồng Nội", "Dong Noi health post of the play"),
    "power": ("Điện lực diễn Đồng Nội", "Dong Noi power company of the play"),
}
EVIDENCE = "https://thu-vien-dien.example/ket-qua"
SAID = "Cả phòng nghe đọc, hỏi hai câu, và thống nhất cách làm trong quý tới."
PUBLIC_PEOPLE = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """What a meeting resolves; `votes` are for, against, abstaining, none where nobody objects."""

    text: str
    votes: tuple[int, int, int] | None = None
    against: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A commitment, and what becomes of it; days are counted from the meeting that agrees on it.

    of          which of the meeting's resolutions says so, the first is 1
    owner       a role, or an organisation by its short name
    figure      what it is measured by, with its target as it is typed; else `evidence` is what shows it
    news        the day on which somebody says how far it is
    moved       the next meeting's resolution that moves its day, and to which
    dropped     the next meeting's resolution that ends it
    """

    of: int
    text: str
    owner: str
    due: int
    helpers: tuple[str, ...] = ()
    evidence: str = ""
    figure: str = ""
    target: str = ""
    reported: int | None = None
    confirmed: int | None = None
    news: int | None = None
    moved: tuple[int, int] | None = None
    dropped: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question to an organisation; `answer` is "" where none comes."""

    organisation: str
    office: str
    question: str
    answer: str = ""
    signed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarter:
    """A quarter, and the review that looks back on it; `by_hand` where coordinators are before the calendar."""

    proposal: str
    by_hand: bool
    resolved: tuple[Resolved, ...]
    promises: tuple[Promise, ...]
    asked: tuple[Asked, ...] = ()


YEAR = (
    Quarter(
        proposal="Mở lớp kiểm chứng tin ở nhà văn hoá",
        by_hand=True,
        resolved=(
            Resolved(text="Bàn mở lớp kiểm chứng tin cho người cao tuổi trong quý tới."),
            Resolved(
                text="Dán hướng dẫn cách gửi tin, và hỏi các đơn vị khi tin nói về họ.",
                votes=(9, 1, 2),
                against="Áp phích dán ngoài trời mau rách, nên phát tờ rơi.",
            ),
        ),
        promises=(
            Promise(
                of=1,
                text="Mở hai lớp kiểm chứng tin, mỗi lớp hai buổi",
                owner="library",
                helpers=("contributors",),
                due=60,
                evidence="Lịch lớp và số người dự, đăng ở trang của thư viện",
                reported=50,
                confirmed=52,
            ),
            Promise(
                of=2,
                text="Dán áp phích cách gửi tin ở mười hai nhà văn hoá",
                owner="duty",
                due=45,
                evidence="Danh sách nơi đã dán, có ngày",
                reported=58,
                confirmed=60,
            ),
            Promise(
                of=2,
                text="Trong quý hỏi ít nhất một đơn vị về tin nói về họ",
                owner="coordinators",
                due=70,
                figure="inquiries",
                target="1",
            ),
        ),
    ),
    Quarter(
        proposal="Sửa nhanh hơn khi bàn sai",
        by_hand=False,
        resolved=(
            Resolved(text="Lập danh sách nguồn chính thức của tỉnh để tra cứu."),
            Resolved(text="Khi có người báo bàn sai, sửa xong trong ba ngày."),
        ),
        promises=(
            Promise(
                of=1,
                text="Danh sách nguồn chính thức, ít nhất ba mươi nơi",
                owner="contributors",
                helpers=("school",),
                due=66,
                evidence="Trang danh sách, ai cũng mở được",
                news=30,
                dropped=1,
                why="Tỉnh đã có trang như vậy, bàn chỉ cần dẫn tới đó.",
            ),
            Promise(
                of=2,
                text="Một nửa số lỗi được báo thì sửa xong trong 72 giờ",
                owner="duty",
                due=70,
                figure="correction_time",
                target="72",
                moved=(2, 360),
                why="Trong quý không ai báo lỗi, nên chưa nói được gì; đo thêm một năm.",
            ),
        ),
        asked=(
            Asked(
                organisation="health",
                office="Văn thư",
                question="Trạm có mở đợt tiêm bù cho trẻ vào cuối tháng như tin đang chuyển không?",
                answer="Trạm không mở đợt tiêm bù vào cuối tháng. Lịch tiêm mỗi tháng vẫn vào ngày 10 và ngày 20.",
                signed="Văn thư Trạm y tế diễn Đồng Nội",
            ),
        ),
    ),
    Quarter(
        proposal="Dạy cách lưu bằng chứng",
        by_hand=True,
        resolved=(
            Resolved(text="Dừng cam kết lập danh sách nguồn; dẫn tới trang của tỉnh."),
            Resolved(text="Gia hạn cam kết sửa lỗi trong ba ngày; soạn bài hướng dẫn lưu bằng chứng."),
            Resolved(
                text="Hỏi ba đơn vị mỗi quý, và gửi báo cáo quý tới các trường.", votes=(8, 2, 1), against="Ít người."
            ),
        ),
        promises=(
            Promise(
                of=2,
                text="Bài hướng dẫn lưu bằng chứng, có hình",
                owner="school",
                helpers=("library",),
                due=64,
                evidence="Bài đăng ở trang của trường",
                news=40,
                moved=(1, 380),
                why="Người vẽ hình bận mùa thi, xin thêm thời gian.",
            ),
            Promise(
                of=3,
                text="Trong quý hỏi ít nhất ba đơn vị về tin nói về họ",
                owner="coordinators",
                due=70,
                figure="inquiries",
                target="3",
            ),
            Promise(
                of=3,
                text="Gửi báo cáo quý tới ba trường trong xã",
                owner="library",
                due=60,
                evidence="Thư nhận của ba trường",
                news=55,
            ),
        ),
    ),
    Quarter(
        proposal="Trực tối cuối tuần",
        by_hand=False,
        resolved=(
            Resolved(text="Gia hạn bài hướng dẫn lưu bằng chứng."),
            Resolved(
                text="Thử trực tối thứ bảy và chủ nhật.",
                votes=(7, 3, 1),
                against="Nhà xa, tối khó đi; đề nghị trực qua mạng.",
            ),
        ),
        promises=(
            Promise(
                of=2,
                text="Lịch trực tối cuối tuần, có hai người mỗi tối",
                owner="duty",
                helpers=("contributors",),
                due=20,
                evidence="Lịch trực dán ở phòng trực và ở trang này",
                reported=6,
                confirmed=8,
            ),
            Promise(
                of=2,
                text="Buổi nói chuyện với thầy cô về tin đồn trong nhóm lớp",
                owner="school",
                helpers=("library",),
                due=370,
                evidence="Giấy mời và số người dự",
            ),
        ),
        asked=(
            Asked(
                organisation="power",
                office="Phòng khách hàng",
                question="Có phải điện lực thu thêm tiền đổi công tơ qua điện thoại như tin đang chuyển không?",
            ),
        ),
    ),
)
QUARTERS_MAX = len(YEAR)
