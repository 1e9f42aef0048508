"""What people say when they ask where and how to be vaccinated or tested, and who has to isolate."""

from thuchu.procedure.cues import Concept, Cues, rules

_CONCEPTS = {
    "vaccination": Concept("""
        tiem | tiem chung | tiem phong | tiem ngua | vaccine | mui (1|2|3|nhac|mot|hai|ba) | chich ngua | chich
        vaccinated | vaccination | vaccinate | jab | jabs | shot | shots | booster | vaccines
    """),
    "test": Concept("""
        xet nghiem | test nhanh | test | lay mau | tested | testing | tests
    """),
    "isolate": Concept("""
        cach ly | f0 | f1 | phong toa | isolate | isolation | isolating | quarantine
    """),
    "outbreak": Concept("""
        dich | dich benh | o dich | sot xuat huyet | soi | covid | cum | bach hau | tay chan mieng | epidemic
        outbreak | measles | dengue | diphtheria | pandemic | tiem (chung|phong|ngua) | vaccine | vaccinated
        vaccination | vaccinate | cach ly | quarantine | isolation | isolate | booster | xet nghiem | test nhanh
    """),
    "where": Concept("""
        o dau | cho nao | noi nao | dia diem | dia chi | diem tiem | diem nao | tram y te nao | den dau | where
        which (clinic|place|school|hall|hospital|point) | address | location | nearest
    """),
    "hour": Concept("""
        may gio | gio nao | _hour | khung gio | khi nao | bao gio | ngay nao | hom nao | lich tiem | mo cua
        dong cua | what time | when | opening hours | hours | open | close | which day | schedule
    """),
    "who": Concept("""
        ai (duoc|phai|can) | doi tuong | may tuoi | bao nhieu tuoi | du tuoi | tre (em)? ~ (duoc|tiem)
        duoc tiem (khong|chua|mien phi) | mien phi | mat tien | tra tien | nguoi gia ~ duoc | ba bau ~ duoc
        who (can|may|should|is|gets|must) | eligible | how old | what age | free | cost | allowed
        can (children|kids|pregnant|elderly|i|my)
    """),
    "papers": Concept("""
        mang (theo|gi) | giay to | can cuoc | so tiem | bhyt | bao hiem y te | the bao hiem | can gi | bring
        papers | documents | id card | insurance card | vaccination book
    """),
    "rule": Concept("""
        may ngay | bao nhieu ngay | bao lau | phai | quy dinh | o nha | tai nha | co can | khi nao | duoc ra | het
        how long | how many days | must | have to | rules | at home | when | need to | required
    """),
    "phone": Concept("""
        so dien thoai | duong day nong | goi (ai|so|dau|cho ai) | so nao | lien he | tong dai | hotline
        phone number | number to call | who (do|should|can) i call | helpline | contact
    """),
    "off": Concept("""
        tac dung phu | co hai | nguy hiem | chet | vo sinh | dau don | chip | am muu | bai thuoc | uong gi | an gi
        chua khoi | phong benh bang | toi | gung | nuoc muoi | trieu chung | hieu qua | cho meo | thu cung | lon
        ga | tieu ly | side effect | side effects | harmful | dangerous | dead | die | died | infertile
        infertility | microchip | cure | cures | remedy | symptoms | effective | does it work | dogs? | cats?
        pets? | pigs? | chickens? | autism | why | conspiracy | thi bang lai | driving | trong thai | pregnancy test
        exam | bai kiem tra | tho nuoc | xet nghiem (adn|dna|ma tuy) | bau cu | ung cu
    """),
}

OUTBREAK = Cues(
    concepts=_CONCEPTS,
    context=("outbreak",),
    off=("off",),
    rules=(
        *rules("vaccination_places", (5, "vaccination where", "test isolate phone papers")),
        *rules("vaccination_hours", (5, "vaccination hour", "test isolate phone papers where")),
        *rules("vaccination_who", (5, "vaccination who", "test isolate phone papers where hour")),
        *rules("vaccination_papers", (6, "vaccination papers", "test isolate")),
        *rules("testing_places", (5, "test where", "isolate phone"), (5, "test hour", "isolate phone vaccination")),
        *rules("isolation_rules", (6, "isolate rule", "phone")),
        *rules("health_phone", (6, "outbreak phone")),
    ),
)
