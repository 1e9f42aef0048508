"""A made-up election on a desk with two people, and a made-up notice that says how it goes; nothing of it is law."""

from datetime import timedelta

from django.conf import settings

from fake_wire import FakeWire
from thuchu.desk.claims.areas import VIET_NAM, load_areas
from thuchu.desk.claims.events import open_event
from thuchu.desk.evidence.capture import capture_address
from thuchu.desk.evidence.quoting import quote_again
from thuchu.desk.facts.pinning import Holds, Wanted, confirm, pin
from thuchu.privacy import scrub

COMMUNES = (
    ("mau-an-binh", "Xã An Bình", "An Binh Commune"),
    ("mau-hoa-lac", "Phường Hòa Lạc", "Hoa Lac Ward"),
    ("mau-dong-son", "Xã Đông Sơn", "Dong Son Commune"),
    ("mau-tan-phu", "Phường Tân Phú", "Tan Phu Ward"),
)
SAID = {
    "election_day": "Ngày bầu cử của cuộc bầu cử mẫu là Chủ nhật, ngày 13 tháng 12 năm 2026.",
    "who_may_vote": "Người đủ tuổi theo thông báo mẫu và có tên trong danh sách thì được bỏ phiếu.",
    "voters_list": "Danh sách cử tri dán tại nhà văn hóa thôn từ ngày 1 tháng 12.",
    "polling_place": "Nơi bỏ phiếu đặt tại nhà văn hóa thôn Một.",
    "opening_hours": "Nơi bỏ phiếu mở cửa lúc 7 giờ và kết thúc lúc 19 giờ.",
    "what_to_bring": "Cử tri mang theo thẻ cử tri và một giấy tờ có ảnh.",
    "early_or_mobile_box": "Người ốm được mang hòm phiếu phụ đến nhà khi báo trước.",
    "valid_ballot": "Phiếu hợp lệ là phiếu theo mẫu, có dấu của tổ bầu cử.",
    "counting_and_results_when": "Tổ bầu cử kiểm phiếu ngay sau khi kết thúc bỏ phiếu.",
    "official_phone": "Đường dây nóng của cuộc bầu cử mẫu là 1900 0000.",
}
OTHER_HOURS = "Riêng phường Hòa Lạc mở cửa lúc 6 giờ và kết thúc lúc 20 giờ."
LATER_HOURS = "Thông báo lại: nơi bỏ phiếu mở cửa lúc 8 giờ và kết thúc lúc 21 giờ."
ADDRESS = "https://thongbao.example/bau-cu-mau"
PAGE = "<html><head><title>Thông báo mẫu</title></head><body>{}</body></html>".format(
    "".join(f"<p>{words}</p>" for words in (*SAID.values(), OTHER_HOURS, LATER_HOURS))
).encode()
AN, BINH = 901, 902


class ElectionDesk:
    """The desk, its event, and the two people who keep its facts: An pins, Bình reads again."""

    def __init__(self, now, folder, *, ends=timedelta(days=20), kind="election"):
        self.now, self.home = now, settings.THUCHU_HOME
        load_areas(VIET_NAM, now=now)
        path = folder / "communes.csv"
        rows = "".join(f"{code},commune,{vi},{en},vn-ha-noi,2025-07-01,\n" for code, vi, en in COMMUNES)
        path.write_text(f"code,kind,name_vi,name_en,parent,valid_from,valid_to\n{rows}", "utf-8")
        load_areas(path, now=now)
        self.event = open_event(
            kind,
            names=(scrub("Bầu cử mẫu"), scrub("Sample election")),
            times=(now - timedelta(days=1), now + ends),
            areas=["vn-ha-noi"],
            by=AN,
            now=now,
        )
        self.source = self.capture(next(iter(SAID.values())))

    def capture(self, words):
        wire = FakeWire({ADDRESS: PAGE})
        return capture_address(ADDRESS, scrub(words), by=AN, now=self.now, wire=wire, home=self.home)

    def quote(self, words):
        return quote_again(self.source, scrub(words), now=self.now, home=self.home)

    def pin(self, field, area="", *, words="", value="", now=None, by=AN, **holds):
        words = words or SAID[field]
        wanted = Wanted(field=field, value_vi=scrub(value or words), evidence=self.quote(words))
        return pin(self.event, [wanted], holds=Holds(area=area, **holds), by=by, now=now or self.now)[0]

    def fact(self, field, area="", **more):
        """A fact that two people vouch for."""
        number = self.pin(field, area, **more)
        confirm([number], by=BINH, now=more.get("now") or self.now)
        return number
