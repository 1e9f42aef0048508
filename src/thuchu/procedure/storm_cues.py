"""What people say when they ask what to do in a storm or a flood."""

from thuchu.procedure.cues import Concept, Cues, rules

_CONCEPTS = {
    "storm": Concept("""
        con bao | bao (so|lu|lut|do bo|vao|manh|ve|den|to|tan) | mua bao
        (sau|truoc|trong|tranh|chong|tru|mua|tin|sieu|tam|dau) bao | ap thap | lu | lut | lu lut | lu quet | ngap
        ngap lut | sat lo | so tan | di doi | trieu cuong | vo de | xa lu | dong dat | chay rung | storm | typhoon
        flood | flooded | flooding | floods | cyclone | hurricane | landslide | evacuate | evacuation | evacuated
        earthquake | wildfire
    """),
    "where": Concept("""
        o dau | cho nao | noi nao | dia diem | dia chi | diem nao | (?<! bat )(?<! lan )den dau | chay di dau
        di dau | nha van hoa | truong nao | where | which (school|place|hall|shelter|building) | address | location
        nearest
    """),
    "state": Concept("""
        co ~ khong | chua | bi | da | bao gio | khi nao | may gio | con ~ khong | the nao | duoc khong | nao | is
        are | when | can | how | which | was | were | still | has | have
    """),
    "warning": Concept(r"""
        canh bao | cap (bao|gio|do|rui ro|may) | cap \d+ | tin bao | du bao | bao dong (do|cap|so|mot|hai|ba)
        lenh (cam bien|khan cap) | cam bien | tinh trang khan cap | khi nao ~ (bao|lu) ~ (vao|do bo|den|ve)
        warning | warnings | alert | category | forecast | alarm level | state of emergency | landfall
    """),
    "leave": Concept("""
        so tan | di doi | di tan | phai (roi|di|chay) | roi (nha|khoi) | don di | bat buoc di | evacuate
        evacuation | evacuated | leave (my |our |their |the )?(home|house|homes|houses|area) | have to leave
        must leave | ordered out
    """),
    "shelter": Concept("""
        noi (tru|tranh|tam tru|so tan|tru an|lanh nan) | diem (tru|tranh|so tan)
        cho (tru|tranh|o tam|tranh bao|tru bao) | nha (tru|tranh) (bao|an) | tru bao | tranh bao | tranh tru
        tru an | lanh nan | tru tam | shelter | shelters | refuge | safe place | take cover
        evacuation (centre|center|point|site)s?
    """),
    "road": Concept(r"""
        (duong|cau|quoc lo|tinh lo|cao toc|deo|pha|ham|tuyen|ql\d*) ~ (cam|dong|chan|ngap|sat|sap|gay|troi|di duoc|
            thong|mo|tac|hong|bi|nguy hiem)
        (cam|chan|dong) (duong|cau|xe) | duong nao | cau nao | duong vong | (qua|di) duoc (cau|pha|duong)
        di loi nao | cam xe | thong xe | road | roads | bridge | bridges | highway | ferry | tunnel | detour
        pass closed | way around
    """),
    "phone": Concept("""
        so dien thoai | duong day nong | so nao | goi (ai|so|cho ai|dau|cuu) | cuu ho | cuu nan | cap cuu
        so khan cap | lien he ai | tong dai | so may | phone number | hotline | number to call
        call for (help|rescue) | emergency (number|phone|line) | rescue | who (do|can|should) (i|we) call | helpline
    """),
    "water": Concept("""
        nuoc (sach|uong|may|sinh hoat|dong chai|ngot) | cap nuoc | mat nuoc | cup nuoc | co nuoc | nhan nuoc
        het nuoc | phat nuoc | drinking water | clean water | tap water | safe water | water supply | bottled water
        water (cut|off|back|safe|handed|distributed) | drink ~ water
    """),
    "power": Concept("""
        mat dien | cup dien | cat dien | co dien | dien ~ (lai|cat|cup|mat) | dong dien | het dien | su co dien
        power | electricity | blackout | outage
    """),
    "opinion": Concept("""
        tai sao | vi sao | do ai | loi cua ai | quyen gop | ung ho tien | tu thien | chuyen khoan | chuyen tien
        sao ke | lanh dao | chinh quyen ~ (kem|cham|toi) | thiet hai | bao nhieu nguoi (chet|mat tich) | nguoi chet
        chet | mat tich | bao hiem | thien tai | trung quoc | philippines | my | o my | nhat ban | dai loan | why
        whose fault | donate | donation | donations | charity | blame | government | corrupt | deaths | dead
        killed | missing | insurance | damage | florida | texas | taiwan | japan | china | america | indonesia
        in the us | bi thu | chu tich | bau cu | ung cu
    """),
    "off_water": Concept("""
        uong nuoc (muoi|chanh|gung|la) | nuoc (mam|ngoai|nha) | loc nuoc | salt water | lemon water | water damage
    """),
}

STORM = Cues(
    concepts=_CONCEPTS,
    context=("storm",),
    off=("opinion",),
    rules=(
        *rules("official_warnings", (5, "storm warning", "phone shelter water power road")),
        *rules(
            "evacuation", (5, "leave state", "shelter where phone water power road"), (5, "leave warning", "shelter")
        ),
        *rules("shelters", (6, "storm shelter where"), (5, "leave where", "road water"), (5, "storm shelter", "phone")),
        *rules("closed_roads", (6, "storm road", "phone shelter")),
        *rules("emergency_phone", (6, "storm phone")),
        *rules("water", (6, "storm water", "off_water phone")),
        *rules("power", (6, "storm power", "phone water")),
    ),
)
