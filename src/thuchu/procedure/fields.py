"""The closed list of fields that an event of a kind has: how, when and where, and whom to ask; nothing else (rule 10).

A field is a box to fill from an official source.  What stands in it is never here: dates, hours, ages and papers are
facts of one event, and change from one to the next.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One box: its code, its name on pages, and what a coordinator is asked to copy into it.

    is_local  differs from place to place as a rule, so that a fact for the whole event is the exception
    """

    code: str
    name_vi: str
    name_en: str
    prompt_vi: str
    prompt_en: str
    is_local: bool = False

    def name(self, language: str) -> str:
        """Its name in a page's language: English for "en", else Vietnamese."""
        return self.name_en if language == "en" else self.name_vi

    def prompt(self, language: str) -> str:
        """What is to be copied into it, in a page's language."""
        return self.prompt_en if language == "en" else self.prompt_vi


_ELECTION = (
    Field(
        code="election_day",
        name_vi="Ngày bầu cử",
        name_en="Election day",
        prompt_vi="Ngày bỏ phiếu theo văn bản chính thức, ghi cả thứ, ngày, tháng, năm.",
        prompt_en="The day of the vote as the official text has it: weekday, day, month, year.",
    ),
    Field(
        code="who_may_vote",
        name_vi="Ai được đi bầu",
        name_en="Who may vote",
        prompt_vi="Điều kiện để đi bầu: tuổi tính đến ngày nào, nơi cư trú, trường hợp không được ghi tên.",
        prompt_en="What one needs to be to vote: age on which day, where one lives, who isn't on the list.",
    ),
    Field(
        code="voters_list",
        name_vi="Danh sách cử tri",
        name_en="The list of voters",
        prompt_vi="Danh sách cử tri niêm yết ở đâu, từ ngày nào; thiếu tên hoặc sai tên thì báo ai, trong bao lâu.",
        prompt_en="Where and from when the list of voters is posted; whom to tell of a missing or wrong name, by when.",
        is_local=True,
    ),
    Field(
        code="polling_place",
        name_vi="Nơi bỏ phiếu",
        name_en="Polling place",
        prompt_vi="Địa chỉ các nơi bỏ phiếu của xã, phường, và mỗi nơi dành cho thôn, khu phố nào.",
        prompt_en="Addresses of the commune's polling places, and which hamlets or quarters vote at each.",
        is_local=True,
    ),
    Field(
        code="opening_hours",
        name_vi="Giờ bỏ phiếu",
        name_en="Voting hours",
        prompt_vi="Mở cửa lúc mấy giờ, kết thúc lúc mấy giờ; nơi nào được mở sớm hoặc đóng muộn hơn.",
        prompt_en="When voting begins and ends; which places may open earlier or close later.",
        is_local=True,
    ),
    Field(
        code="what_to_bring",
        name_vi="Mang theo gì",
        name_en="What to bring",
        prompt_vi="Giấy tờ cần mang khi đi bầu; quên hoặc mất thì làm thế nào.",
        prompt_en="Papers to bring when voting; what to do where one is forgotten or lost.",
    ),
    Field(
        code="early_or_mobile_box",
        name_vi="Bầu sớm, hòm phiếu phụ",
        name_en="Early voting and the mobile ballot box",
        prompt_vi="Ai được bầu sớm hoặc được mang hòm phiếu phụ đến tận nơi (ốm đau, ở xa), và báo với ai.",
        prompt_en="Who may vote early or have a ballot box brought to them (illness, distance), and whom to tell.",
        is_local=True,
    ),
    Field(
        code="valid_ballot",
        name_vi="Phiếu hợp lệ",
        name_en="A valid ballot",
        prompt_vi="Đánh dấu phiếu thế nào thì hợp lệ, thế nào thì không; viết hỏng thì đổi phiếu ra sao.",
        prompt_en="How a ballot is marked to be valid, and how not; how a spoilt one is exchanged.",
    ),
    Field(
        code="counting_and_results_when",
        name_vi="Kiểm phiếu và công bố",
        name_en="Counting and announcing",
        prompt_vi="Ai kiểm phiếu, kiểm lúc nào, ai công bố và chậm nhất khi nào. Không ghi con số hay tên người.",
        prompt_en="Who counts and when, who announces and by when at the latest. No numbers, nobody's name.",
    ),
    Field(
        code="official_phone",
        name_vi="Số điện thoại chính thức",
        name_en="Official phone",
        prompt_vi="Đường dây nóng chính thức (1800…, 1900…, 1022). Số riêng của một người thì không ghi.",
        prompt_en="The official hotline (1800…, 1900…, 1022). No number that is one person's own.",
    ),
)

_STORM = (
    Field(
        code="official_warnings",
        name_vi="Cảnh báo chính thức",
        name_en="Official warnings",
        prompt_vi="Cấp cảnh báo đang có hiệu lực, nơi nào, đến bao giờ, ai phát.",
        prompt_en="The warning in force, for where, until when, and who gave it.",
    ),
    Field(
        code="evacuation",
        name_vi="Sơ tán",
        name_en="Who has to leave",
        prompt_vi="Khu nào phải rời đi, trước giờ nào, đi bằng gì.",
        prompt_en="Which quarters have to leave, by when, and how.",
        is_local=True,
    ),
    Field(
        code="shelters",
        name_vi="Nơi trú",
        name_en="Shelters",
        prompt_vi="Địa chỉ các nơi trú, mở từ lúc nào, mang theo gì.",
        prompt_en="Addresses of shelters, open from when, what to bring.",
        is_local=True,
    ),
    Field(
        code="closed_roads",
        name_vi="Đường cấm, cầu đóng",
        name_en="Closed roads and bridges",
        prompt_vi="Đường, cầu, bến phà nào đóng, và đi lối nào thay.",
        prompt_en="Which roads, bridges and ferries are closed, and the way around.",
        is_local=True,
    ),
    Field(
        code="emergency_phone",
        name_vi="Số gọi khẩn cấp",
        name_en="Emergency phone",
        prompt_vi="Số gọi khi cần cứu (112, 113, 114, 115 hoặc đường dây nóng 1800…, 1900…, 1022).",
        prompt_en="The number to call for rescue (112, 113, 114, 115 or a hotline 1800…, 1900…, 1022).",
    ),
    Field(
        code="water",
        name_vi="Nước uống",
        name_en="Drinking water",
        prompt_vi="Nơi nhận nước sạch, lúc nào; nước máy có dùng được không, theo ai.",
        prompt_en="Where and when safe water is handed out; whether tap water can be drunk, and who says so.",
        is_local=True,
    ),
    Field(
        code="power",
        name_vi="Điện",
        name_en="Electricity",
        prompt_vi="Nơi nào bị cắt điện, dự kiến có lại khi nào, báo sự cố ở đâu.",
        prompt_en="Where power is off, when it is expected back, where to report a fault.",
        is_local=True,
    ),
)

_OUTBREAK = (
    Field(
        code="vaccination_places",
        name_vi="Nơi tiêm",
        name_en="Where to be vaccinated",
        prompt_vi="Địa chỉ các điểm tiêm của xã, phường.",
        prompt_en="Addresses of the commune's vaccination points.",
        is_local=True,
    ),
    Field(
        code="vaccination_hours",
        name_vi="Giờ tiêm",
        name_en="Vaccination hours",
        prompt_vi="Ngày và giờ các điểm tiêm mở.",
        prompt_en="Days and hours of the vaccination points.",
        is_local=True,
    ),
    Field(
        code="vaccination_who",
        name_vi="Ai được tiêm",
        name_en="Who is vaccinated",
        prompt_vi="Tuổi và nhóm người được tiêm đợt này, có mất tiền không.",
        prompt_en="Ages and groups vaccinated now, and whether it costs anything.",
    ),
    Field(
        code="vaccination_papers",
        name_vi="Giấy tờ khi đi tiêm",
        name_en="Papers for vaccination",
        prompt_vi="Giấy tờ cần mang khi đi tiêm.",
        prompt_en="Papers to bring to be vaccinated.",
    ),
    Field(
        code="testing_places",
        name_vi="Nơi xét nghiệm",
        name_en="Where to be tested",
        prompt_vi="Địa chỉ và giờ mở của các nơi xét nghiệm.",
        prompt_en="Addresses and hours of the places that test.",
        is_local=True,
    ),
    Field(
        code="isolation_rules",
        name_vi="Quy định cách ly",
        name_en="Isolation rules",
        prompt_vi="Ai phải cách ly, mấy ngày, ở đâu, khi nào được thôi, theo văn bản nào.",
        prompt_en="Who has to isolate, for how many days, where, when it ends, by which text.",
    ),
    Field(
        code="health_phone",
        name_vi="Số điện thoại y tế",
        name_en="Health phone",
        prompt_vi="Đường dây nóng y tế chính thức (1800…, 1900…, 115).",
        prompt_en="The official health hotline (1800…, 1900…, 115).",
    ),
)

_OF_KIND: Mapping[str, tuple[Field, ...]] = MappingProxyType(
    {
        "election": _ELECTION,
        "storm": _STORM,
        # A flood and other disasters leave people with the same questions as a storm.
        "flood": _STORM,
        "disaster": _STORM,
        "outbreak": _OUTBREAK,
    }
)
_BY_CODE = {field.code: field for fields in _OF_KIND.values() for field in fields}
# Kinds of events that have a list of fields at all.
FIELD_KINDS = tuple(_OF_KIND)


def fields_of(kind: str) -> tuple[Field, ...]:
    """The fields of a kind of event, in the order of a page; none for a kind without a list."""
    return _OF_KIND.get(kind, ())


def field_of(code: str) -> Field:
    """The field of that code; raises KeyError for what was never a field."""
    return _BY_CODE[code]
