"""What people say when they ask how, when and where to vote."""

from thuchu.procedure.cues import Concept, Cues, rules

_CONCEPTS = {
    # The event itself.
    "vote": Concept(r"""
        (?<! ba )(?<! mang )(?<! co )(?<! cai )(?<! qua )(?<! dang )(?<! quy )(?<! chau )(?<! me )bau(?! (troi|
            khong|sua|bi|vat|dao|da|hien|thang|an|uong))
        co bau (duoc|cu|cho) | bau cu | bo phieu | bo la phieu | di bau | duoc bau | bau duoc
        bau ~ (dai bieu|quoc hoi|hoi dong nhan dan) | cho bau | noi bau | gio bau | lich bau | ngay bau | hom bau
        diem bau | bau tai | bau o | bau som | bau truoc | bau ho | den bau | ra bau | toi bau | bau the nao
        bau nhu the nao | khi bau | luc bau | de bau | cach bau | cu tri | la phieu | phieu bau | to phieu
        hom phieu | thung phieu | phong phieu | kiem phieu | dem phieu | phieu bi | phieu hong | phieu hop le
        phieu khong hop le | gach phieu | ghi phieu | to bau cu | ngay hoi (non song|toan dan)
        bau (may|luc|vao|xong|khong|duoc|thi|ngay|hom|cu|o|bang|kieu|sao|ra sao|cach|bua|chua|chieu|sang|toi|den|
            dau|som|lam sao|gi)
        (chung nao|bao gio|khi nao|hom nao|bua nao|ngay nao|dau|may gio|kip) (thi |toi |minh |la |duoc |moi |
            ma )?(di )?bau(?! troi)
        phieu (khong|co|thieu) (dau|dong dau) | phieu ~ (gach|khoanh|danh dau) | dem o dau | dbp
        cast (a|my|your|our) (vote|ballot) | (the|of|start) (vote )?count(ing)? | counting (start|begin|end|of)
        (election|vote|poll) results | results ~ (announced|published|declared|official|come out)
        cross(ed|ing)? out | phieu (nay |do |bau |co |la |bi |thi |nhu the nao |the nao ){0,3}(khong |bat )?hop le
        phieu trang | dau phieu | gach ten | danh dau ~ (ten|phieu|nguoi) | (tren|vao|len) (la )?phieu | gach ~ but
        phieu ~ co dau | vote | votes | voting | voted | voter | voters | ballot | ballots | polling | polls | poll
        election | elections | electoral | mark(ed|ing)? ~ names
        (mark|marked|tick|choose) ~ (too many|more than) ~ names
        (dong|mo|niem phong|khoa|ve|vao|bo vao|len|cho|mang|dua|giam sat|canh) (cac |chiec |cai |cua )?hom(?! (qua|
            nay|nao|do|ay|sau|truoc|may|toi|sang|chieu|thu))
        (con|cho|di|duoc|kip|van|ra|nghi) bau khong | bau ban(?! (an|ghe|la))
        bau (ba|hai|bon|nam|\d+) (nguoi|vi|dai bieu|trong)
        co bau (cung|som|truoc|tre|muon|vao|ngay|o|chung) | trung (hoi dong|dai bieu|hdnd)
        (gach|khoanh|danh dau|xoa) ~ hop le
        (khong|chi) gach (ai|ten|mot|hai) | (ten|sai|chu lot) ~ (danh sach|bang) niem yet
        (ghi|lap) (ten|danh sach) ~ o ~ hay (o )?(que|nha|truong)
        to dan pho lap so | lap so ~ cu tri | bo not | dem sai ~ dem lai | (den|di) bo (giup|ho|thay|not) | ballot paper
        polling (card|officer|clerk|staff|agent)s?
        mark ~ (paper|names?|form) | (cong bo|biet|thong bao) ~ trung cu | quyen cong dan cua (minh|toi|chau)
        doan vien bau(?! truong)
        (chung minh|cap|co|mat) the cu | phat phieu | nhan phieu bau | gach phieu | vote early
        ngay hoi (lon )?cua (toan )?dan
    """),
    "ballot": Concept("""
        la phieu | phieu bau | to phieu | phieu | ballot | ballots | ballot paper
        phieu cua (toi|minh|em|me|bo) | my paper | voting paper
    """),
    # What is asked.
    "hour": Concept("""
        may gio | gio nao | gio may | gio giac | khung gio | _hour | gio mo cua | gio dong cua | gio bo phieu
        gio bau | gio bau cu | thoi gian (bo phieu|bau cu|mo cua|dong cua|bau) | gio hanh chinh | gio nghi trua
        nghi trua | buoi trua | buoi toi | buoi chieu | buoi sang | chieu toi | sang som | trua | nua dem
        toi khuya | what time | what hours | which hours | hours | how late | how early | until when | till when
        opening time | closing time | o clock | oclock | noon | midnight | what times | time of day | lunch
        in the (morning|evening) | last minute | after work
        (nam|sau|bay|tam|chin|muoi|bon|ba|hai|mot) (gio|ruoi|ruoi gio)(?! (sau|nua))
        (sang|toi|chieu|khuya|trua) con ~ bau | gan trua
        tang ca | tan ca | het ca | xong ca | ca (dem|sang|chieu|toi|ba|mot|hai|1|2|3) | lam (dem|ca) | tan (lam|so|tam)
        truc dem
        (night|late|day|morning|evening|my) shift | shift work(er)? | finish(es)? work | get(s)? off work
        after (my |his |her )?shift
        xep hang | dang (cho|doi) ~ (het gio|dong cua) | queue | queueing | queuing | in line | qua gio | sat gio
        sau gio | dung gio
        sang som | tu sang | den toi | toi muon | gio chot | gio cuoi | gio giac | khung gio | after dark | at night
        before dawn
    """),
    "when": Concept("""
        bao gio | khi nao | chung nao | luc nao | bao lau | may ngay | hom nao | ngay nao | bua nao | han chot
        truoc ngay | tu ngay | den ngay | when | how soon | how long | by when | deadline
        bao lau nua | mat bao lau | may hom | may bua | may ngay sau | sau may ngay | ngay sau | hom sau | how many days
        same night | how quickly
    """),
    "day": Concept("""
        ngay nao | ngay may | hom nao | bua nao | bao gio | khi nao | chung nao | thu may | ngay bao nhieu
        chu nhat nao | thang may | thang nao | mung may | ngay gi | hom may | vao thu | lich (bau cu|bo phieu|bau)
        may ngay nua | bao nhieu ngay nua | bao lau nua | khi mo | ngay bn | which day | what day | when | what date
        which date | the date of | date | weekday | which sunday
        con may (ngay|hom|tuan|bua) | may tuan nua | may hom nua | (thu bay|thu hai) hay (la )?chu nhat
        chu nhat (nay|toi|sau|tuan nay|tuan sau|thang)
    """),
    "date": Concept(r"""
        _day | ngay \d{1,2}( thang \d{1,2})? | \d{1,2} thang \d{1,2} | thang (sau|toi) | tuan (sau|toi) | chu nhat
        (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{1,2}(st|nd|rd|th)? | \d{1,2}(st|nd|rd|th)
        \d{1,2} (of )?(january|february|march|april|may|june|july|august|september|october|november|december)
        next (week|month|sunday|saturday) | this sunday | sunday | mai | ngay mai | tomorrow
    """),
    "moved": Concept("""
        doi sang | doi lai | doi ngay | doi lich | doi den | doi qua | doi ve | bi doi | da doi | doi roi | hoan
        hoan lai | lui | lui lai | lui ngay | dinh chi | huy | huy bo | chuyen sang | chuyen den | chuyen qua
        chuyen ve | chuyen ra | day len | day som | keo sang | hoan den | rut lai | som hon | muon hon | tre hon
        thay doi | da chuyen | dia diem moi | doi (cho|diem|dia diem|noi) | (sang|qua|den) (cho|noi) khac
        postponed | moved | move | delayed | rescheduled | cancelled | canceled | called off | put off
        brought forward | changed | shifted | pushed | relocated | switched | change
        doi (di )?(cho|diem|dia diem|noi) | (di|sang|qua|den) (cho|noi) khac | doi (di|ra|vao)
    """),
    "where": Concept(r"""
        o dau | cho nao | noi nao | dia diem | dia chi | diem nao | dang nao | truong nao | nha van hoa
        khu vuc nao | (thuoc|so) ~ (diem|khu vuc) ~ nao | cho mo | o mo | noi ~ gan | gan nha | thon nao
        khu vuc ~ so may | hay ra | ra ~ hay | phong nao | duong nao | o truong | tai truong | tru so | hoi truong
        san van dong | where | which (polling )?(station|place|school|hall|building) | location | address
        how do i find | how can i find | whereabouts | nearest | (is|was|are) (now )?(at|in) the | now at | now in
        what place | directions
        (?<! bat )(?<! danh )(?<! con )(?<! lan )(?<! ban )(?<! dan )(?<! dong )(?<! khong co )dau(?! (tien|do|
            phieu|x|tich)\b)
        loi vao | cong nao | cong (truoc|sau|chinh|phu) | duong cho xe lan | loi (di )?cho xe lan | lan xe lan | ramp
        entrance | which gate | step free
        (duoi|o) sanh | tang (nao|may|tret)
        (truong|nha van hoa|dinh|hoi truong|ubnd|uy ban) ~ hay ~ (truong|nha van hoa|dinh|hoi truong|uy ban|cho)
        duong (nao|den|toi|di) ~ (diem|noi) | di loi nao | di duong nao | ban do | map | how far | cach ~ bao xa
        bao nhieu (met|cay|km)
    """),
    "voting_place": Concept("""
        diem (bau cu|bau|bo phieu) | phong (bo phieu|bau cu|phieu)
        noi (bo phieu|bau cu|bau) (o dau|cua|gan|la|tai|dau|moi|thon|xa|da|bi|co|cho) | cho (bo phieu|bau cu|bau)
        dia diem (bo phieu|bau cu|bau) | khu vuc (bo phieu|bau cu) | tru so bau cu | hom phieu
        polling (place|station|site|location|booth)s? | voting (place|station|site|location|booth|centre|center)s?
        where ~ vote | place to vote | station | polls
        diem ghi tren (the|phieu|giay) | (dung|khac|diem) diem (bau|bo phieu|khac|ghi)
        diem (nay|do|khac|moi|cu) (bau|bo phieu)
        (loi vao|duong den|duong toi|cong) ~ (bau|bo phieu)
        (dat|bo tri|co|lap) ~ (phong|diem|noi|cho|hom) (bo phieu|bau|phieu)
    """),
    "open": Concept("""
        mo cua | dong cua | dong hom | bat dau | ket thuc | khai mac | be mac | mo hom | dong thung | mo ~ dong
        het gio | khai hoi | con ~ kip | kip | den muon | di muon | di som | di tre | tre gio | muon nhat
        cham nhat | som nhat | open | opens | opening | opened | close | closes | closing | closed | shut | shuts
        begin | begins | start | starts | end | ends | too late | earliest | latest
        con (bau|bo) | vao bo not | co muon khong | muon qua | tre qua | kip gio | con cho vao | duoc vao nua | nghi luc
        cho den (khi|luc) | still open | still vote | cut off | last entry
    """),
    "who": Concept("""
        ai | nhung ai | nguoi nao | doi tuong nao | who | whom | anyone
    """),
    "may": Concept("""
        ai (duoc|co quyen|du|co the) | (co|khong|chua) duoc (di )?(bau|bo phieu|tham gia)
        quyen (bau cu|bo phieu|di bau|bau) | co ~ quyen ~ (bau|bo phieu) | duoc (phep )?(di )?(bau|bo phieu)
        (di )?bau (cu )?duoc khong | dieu kien | du dieu kien | duoc tham gia | co bau duoc | co (di )?bo phieu duoc
        bo phieu duoc khong | duoc bo la phieu | (moi|chi) duoc (di )?(bau|bo phieu) | bi tuoc | du tuoi
        (khong|chua) du tuoi | chi ~ moi duoc | deu duoc | phai co ho khau | who may
        who is (allowed|eligible|able|entitled) | eligible | eligibility | entitled | allowed to vote
        right to vote
        (can|may|could) (i|we|he|she|they|you|someone|anyone|a|an|my|people|students|foreigners) ~ vote
        able to vote | qualify | qualified to vote | (can|may) (still )?vote | cannot vote | cant vote
        only ~ (can|may) vote | who gets to vote | gets? to vote | (will|do) they let | let (me|us|him|her) vote
        minimum age | voting age | old enough | who can (still )?vote | who can (take part|participate)
        (bau|bo phieu|bau cu|di bau|bo) (thi )?duoc (chua|khong|hay khong) | duoc (di )?bau chua
        (da|chua) duoc (di )?(bau|bo phieu)
        cho (di )?(bau|bo phieu) | (bi )?(cam|loai|gat|tuoc|truat) ~ (bau|quyen|bo phieu) | take part
        allowed to (take part|join|vote)
        have a vote | get a vote | a say in the election | right to (a )?vote
    """),
    "age": Concept(r"""
        bao nhieu tuoi | may tuoi | du tuoi | tuoi | sinh nam | du 18 | how old | age | aged | years old | year old
        old enough | birthday | born in | turn(s|ed|ing)? \d\d | teenager
        sinh (nam )?(19|20)\d\d | 2k\d | sinh 0\d | (1[5-9]|muoi bay|muoi tam|17|18) tuoi | hoc lop (11|12) | lop 12
        turn eighteen | eighteen | seventeen
        tron 18 | moi 17 | gan 18 | sap 18 | sinh nhat | chua tron | vi thanh nien | underage | minor
    """),
    "household": Concept("""
        ho khau | household registration | registered address
    """),
    "standing": Concept("""
        tam tru | tam vang | thuong tru | ho khau | ho tich | nhap hoc | sinh vien | cong nhan | nguoi nuoc ngoai
        viet kieu | quoc tich | tam giam | tam giu | di tu | tu nhan | an treo | pham nhan | mat nang luc | tam than
        bo doi | nghia vu | o tro | thue tro | o nha thue | moi chuyen (den|ve|toi) | dang ky o | temporary
        residence | resident | registered address | foreigner | foreigners | citizen | citizens | citizenship
        nationality | prison | prisoner | prisoners | detention | detained | jail | student | students | dorms?
        renting | renter | tenants? | just moved | migrant | workers? | soldiers? | convicted | residents
        newcomers | new here | immigrants?
        cam diec | khuyet tat | nguoi diec | nguoi mu | cai nghien | tien an | tien su | an tich | ra tu | man han tu
        ra trai | tai ngoai
        bi (khoi to|dieu tra|quan thuc|tuoc) | lu lan | sa sut tri tue | (theo|co) dao | dan toc thieu so
        hai quoc tich | song tich | nhap tich | nguoi viet o nuoc ngoai
        lay (chong|vo) (nguoi )?(nuoc ngoai|tay|han|dai loan) | no (thue|phi|tien|ngan hang)
        (chua|khong) (dong|nop) (phi|quy|tien|thue) | khong biet chu | mu chu
        vo gia cu | lang thang | ngoai dang | nguoi nuoc ngoai | o tu | an tu | di tu ve | dang o trai | co an
        thi hanh an
        deaf | mute | rehab | addict | criminal record | ex convict | on bail | probation
        dual (citizen|citizenship|nationality) | dementia | illiterate | homeless
        debt | unpaid | owe | owes | did not pay | didnt pay | married to | green card | residence card
        ethnic minority | suspended sentence
    """),
    # Things.
    "list": Concept("""
        danh sach (cu tri|bau cu|di bau|bo phieu|nguoi di bau) | danh sach ~ (niem yet|dan)
        (niem yet|dan) ~ danh sach | (co|khong co|sot|thieu|sai|mat|chua co|ghi) ten
        ten ~ (trong|tren) ~ danh sach | ten ~ (bi sai|bi thieu|bi sot|sai) | ghi sai ~ (ten|nam sinh|ngay sinh)
        niem yet | dang ky ~ cu tri | danh sach cu | bo sung ~ danh sach | danh sach ~ bau
        ten (toi|minh|em|chau|me|bo|ba|ong) ~ (danh sach|cu tri) | xem ten | tra ten | kiem tra ten
        (voters?|voting|electoral|polling) (list|roll|rolls|register|registration|lists) | list of voters
        roll of voters
        (my|his|her|our|their|the) names? ~ (list|roll|missing|wrong|misspelled|spelled|spelt|not on|isnt on|posted)
        on the (list|roll|register) | registered to vote | register to vote | registration | not listed | left off
        names? (is|are|was) (missing|not) | register of electors | electoral register
        (so|bang|danh) (sach )?cu tri | lap (so|danh sach)
        (ten|gach ten|xoa ten|them ten|bo sung ten|ghi ten|cat ten) ~ (so cu|so bo|so theo|danh sach|bang niem)
        (bo sung|xoa|rut) ten (?!(tren|trong|o) (la |to )?phieu) | gach ten (khoi|ra khoi|trong so|o dau)
        (them|cat) ten (toi|chau|minh|em|con|me|bo|ong|ba|vo|chong) | in sai ~ (ten|dau|ho|chu)
        sai (ten|chu lot|chu dem|ho|ngay sinh|nam sinh|dau|dia chi|gioi tinh) ~ (danh sach|niem yet|bang|so)
        (ghi|chuyen|dua) ten (toi|minh|em|vao (danh|so)|o|ve|sang|ra|chau)
        ten ~ (hai noi|2 noi|hai cho|ca hai|cho cu|noi cu) | trung ten | ten ~ (sai|nham) ~ (niem yet|danh sach|bang)
        ghi sai ~ niem yet
        (van|con|da) (con |co )?ten | bang niem yet | (da )?(mat|chet|qua doi) ~ (van|con) ~ (ten|danh sach)
        cap nhat danh sach
        (still|twice|dead) ~ on the (list|roll|register|voters)
        my names? ~ (spelled|spelt|misspelt|wrong|twice|missing|listed) | not on it | name ~ posted list
        listed (twice|in two|at my old|wrongly) | add (my|her|his|our|a) names? | remove ~ names?
        correct (my|the|her|his) (name|entry|birth)
    """),
    "candidates_list": Concept("""
        danh sach (nguoi |nhung nguoi )?(ung cu|ung vien|dai bieu) | tieu su | list of candidates | candidates? list
    """),
    "bring": Concept("""
        mang theo | mang gi | can mang | phai mang | co mang
        mang ~ (can cuoc|chung minh|giay to|giay moi|the cu|ho chieu|bang lai|vneid|theo|so ho)
        (dem|cam) ~ (can cuoc|chung minh|giay to|the cu|ho chieu|vneid|so ho) | (dem|cam) (gi|theo) | can gi
        can nhung gi | can ~ giay | giay to | loai giay | giay gi | giay nao | xuat trinh
        thay (cho )?(the cu|can cuoc) | chuan bi (gi|nhung gi|giay|san) | khong mang
        (can|phai|dua) (co )?(trinh )?(can cuoc|the cu tri|the can|chung minh|vneid|ho chieu|giay)
        trinh ~ (can cuoc|giay|the) | phai co (gi|nhung gi) | chi can | mang ~ di bau | quen mang
        quen (the cu|can cuoc|giay|chung minh) | de quen | bring | carry | take with me | what do i need
        should (i|we|people) take | (which|what) (papers|documents|id|ids) | show ~ (id|card|passport)
        need ~ (id|card|passport|papers|documents) | forgot | forgotten | forget | produce ~ (id|card)
        asks? (me |us |you )?for ~ (id|card|papers|passport) | check ~ id | want to see | asked to show | hoi giay
        doi giay | kiem tra (giay|can cuoc)
        (cam|dem|mang|xach) ~ (but|giay|the|gi|nhung gi|theo) | phai co (du|the|can cuoc|giay|vneid)
        bang (cai gi|gi)(?! (nhi|vay khong)) | dung (gi|cai gi) (de )?thay | but rieng | mang but
        (bat|doi|yeu cau|bat buoc|hoi) ~ (co|phai co|xuat trinh|trinh|mang|can cuoc|vneid|the) (moi|can cuoc|vneid|
            giay|the|so) | (giay|the|can cuoc|vneid) ~ moi (cho|duoc) (bau|vao|bo|phat)
        turn(ed)? (me |us |you |people )?away without | without (a |the |my )?(paper|card|id|voter) | my own pen
        what documents | which document | on me | hand over ~ (id|card)
    """),
    "paper": Concept("""
        can cuoc | chung minh (thu|nhan dan) | the cu tri | ho chieu | bang lai | giay phep lai | vneid | dinh danh
        giay to | tuy than | giay moi | so ho khau | giay khai sinh | the dang vien | bao hiem y te | the sinh vien
        the can | mat the | quen the | the bau | id | ids | id card | identity | passport | voter card | voters card
        voting card | driving licence | driver license | drivers license | licence | license | document | documents
        papers | paperwork | identification | digital id | giay xac nhan | giay uy quyen | giay ra vien | giay cu tri
        so dinh danh | the can cuoc | cccd | chip | giay bao | voter id | voters? card | polling card | cu tri dien tu
        can cuoc dien tu | giay xac nhan
    """),
    "lost": Concept("""
        mat | bi mat | lam mat | that lac | quen | chua (co|nhan|lam|kip lam) | khong (co|mang|nhan duoc) | het han
        hong | rach | chua duoc (cap|phat|nhan) | bang anh | ban chup | anh chup | photo | ban sao | thay
        du (chua|khong|roi) | dung (de )?(bau|bo|di|duoc) | co dung | dien tu | chi can | thoi la du | khong kip
        lost | without | no | expired | forgot | didnt (get|receive) | not received | havent received | photocopy
        copy | instead of | on my phone | enough | dont have | doesnt have | needed | necessary | required | must
        okay | ok | accepted | accept | as id | ban goc | thoi duoc | duoc chua | con dung | fine | good enough
        works? | valid | suffice | sufficient | usable | allowed | duoc chap nhan | chap nhan | co dung duoc
        dung duoc
        uot | nhoe | chay | lu cuon | nuoc cuon | troi | mo het | bay mau | bi (giu|thu|cam|trom|cuop|giat)
        cam (do|co) | dang (lam|cho|doi) | chua lay | chua ve | hen tra | cu roi | loai cu
        can cu | sai (ten|ngay|so) | nham ten | soaked | burned | burnt | washed away | stolen | damaged | unreadable
        torn | renewing | being renewed | wet | old one | thieu mot
    """),
    "card_issue": Concept("""
        (nhan|cap|phat|lay|lam|xin) ~ the cu tri ~ (o dau|khi nao|bao gio|cho nao)
        (khi nao|bao gio|o dau|chung nao) ~ (phat|cap|nhan|lay|co) ~ the cu tri
        the cu tri ~ (phat|cap|nhan|lay|lam lai) ~ (o dau|khi nao|bao gio)
        (get|receive|collect|pick up) ~ (voter|voters|voting) card
    """),
    "box": Concept("""
        (hom|thung) (phieu )?(phu|luu dong|di dong) | hom phieu ~ (den tan|tan nha|den nha|toi nha|ve nha)
        thung phieu ~ (den tan|tan nha|den nha|toi nha|tai nha)
        (bau|bo phieu|bau cu|phieu) ~ (tai nha|o nha|tan nha)(?! van hoa) | mang (hom|thung)
        (dua|mang|dem|cho) ~ (hom|thung) ~ (den|toi|ra|ve|vao) | den tan nha | tan giuong | tai giuong
        hom phieu rieng | mang phieu (den|toi|ve)
        (mobile|auxiliary|portable|travelling|traveling|extra|second|home) (ballot|voting|polling)?( ?box| station|
            voting)
        box ~ (home|house|bed|hospital|door|ward) | ballot box ~ (come|brought|bring|sent)
        vote (from|at) (home|hospital|bed) | home voting | (bring|brought|send|carry) ~ box
        (come|comes) to (the |my |our )?(house|home|hospital) | at home
        vote at (his|her|their|the|my) (bedside|home|hospital)
        (hom|thung) ~ (vao|den|toi|ra|sang) ~ (trai|vien|thon|benh|nha|giuong|khu|dao|ban) | (cheo|cho) thuyen ~ hom
        to bau cu ~ (den|toi|qua|vao) ~ (nha|tan|benh)
        (khoi|khong|mien) (phai )?(den|ra|di) tan noi | den tan (noi|nha|giuong|cho) | tan nha ~ (bau|phieu)
        (bo phieu|bau) ~ (tai|ngay tai|trong) (benh vien|giuong|tram xa|khu cach ly|trai)
        (ballot|voting) box ~ (to|into|inside|visit|round) ~ (home|house|hospital|camp|prison|ward|patients|island|
            village) | (officials|someone|they|staff) ~ (come|visit) ~ (home|house|hospital|us|her|him)
    """),
    "early": Concept("""
        (bau|bo phieu|bau cu|di bau) (cu )?(duoc |cho |tu )?(som(?! hon)|truoc(?! (khi|gio|_hour)))
        (bau|bo phieu|bau cu) ~ (truoc ngay|truoc duoc|truoc khong|truoc han) | (bau|bau cu|bo phieu) som(?! (hon|nhat))
        bau truoc(?! (khi|gio|_hour)) | xin bau truoc | early voting | vote early | voting early | advance voting
        vote in advance
        early vote | vote before | cast ~ (early|before|ahead) | vote ahead | advance poll | early ballot
    """),
    "unable": Concept(r"""
        om | benh | dau om | bi benh | nam vien | benh vien | benh nhan | gia yeu | gia ca | gia qua | cu gia
        nguoi gia | (ong|ba|me|bo|cha|ma) ~ gia | [6-9]\d tuoi ~ (di|khong) | khuyet tat | tan tat
        khong (di|den|ra|toi) (noi|duoc) | khong the (di|den|ra) | khong (ra khoi|roi) | khong di lai duoc
        di lai kho khan | kho di lai | cach ly | xe lan | liet | nam mot cho | nam giuong | gay chan | sap sinh
        moi sinh | vua sinh | mo xong | cap cuu | dieu tri | mu(?! chu) | khiem thi | sick | ill | bedridden
        hospital | hospitals | disabled | disability | wheelchair | cannot (walk|leave|go|come|get|travel)
        cant (walk|leave|go|come|get|travel) | unable to | too old | elderly | frail | quarantine | isolation
        isolated | housebound | pregnant | labour | blind | broken leg | patient | patients | immobile | paralysed
        paralyzed
        tai bien | chay than | loc than | dot quy | ung thu | phau thuat | mo (ruot|tim|mat|de) | song tam | lu lan
        chan (yeu|dau|bi) | yeu (qua|lam|chan) | khong (leo|buoc|ngoi|day) (duoc|noi|noi)
        moi (de|sinh|mo) | sap de | dang (de|o cu|nam|dieu tri) | o cu | thai san | bau bi
        cham (nguoi|me|bo|con) ~ (om|benh|vien) | nuoi (me|bo|con|nguoi) ~ vien | bo bot | bi nga | gay (tay|xuong)
        truyen nuoc
        co lap | ngap ~ (khong|het) | lu ~ (khong|chia cat) | trong trai | nha duong lao | vien duong lao | stroke
        dialysis | surgery | operation | newborn | gave birth | giving birth | maternity | nursing home
        crutches | cant (stand|climb|get out) | confined | intensive care | flooded (in|out)? | cut off by
        too (weak|ill|sick) | caring for
    """),
    "far": Concept("""
        di bien | ngoai bien | tren tau | hai dao | ngoai dao | di cong tac | cong tac xa | xa nha | di xa
        vung sau | di lam xa | lam an xa | ngoai khoi | tau ca | dao xa | di du lich | xa xoi | xa qua | at sea
        offshore | fishing (boat|trip) | island | remote | far away | far from | business trip | on duty | away
        o (rat|qua|kha) xa | o xa (nha|qua|tit|lam)
        (khong|chua|chang) (the )?ve (kip|duoc|noi|que|nha) | ve khong kip | thuc tap | di lam an | lam an xa | hoc xa
        di hoc xa | (o|di|dang o|lam o) (tinh|thanh pho|nuoc) (khac|ngoai)
        xuat khau lao dong | duong dai | tai xe | lai xe (tai|khach|duong) | cong trinh | gian khoan | linh dao
        linh (o )?dao | bien phong | truc (24|chien|dao|ca ngay|vien|benh) | hom do ~ (vang|ban|di vang)
        (vang|di vang|di khoi|khong co) (mat |nha )?(hom|ngay|dip) (do|ay|bau) | ra khoi | chuyen bien | truck driver
        long haul | abroad | out of town | another province | away (that|on) | internship
        cant (get|come|be) (back|home)
        travelling | traveling | overseas | posted to | border guard | oil rig | will be (at|on|in|out)
    """),
    "paper_valid": Concept("""
        (giay to|can cuoc|the cu tri|giay) ~ hop le
        valid (id|ids|passport|papers|document|documents|identification) | (id|passport) ~ valid
    """),
    "valid": Concept(r"""
        (?<! giay to )hop le | phieu (bi )?hong | phieu trang
        (gach|khoanh|xoa|tay) ~ (ten|phieu|nguoi|ung cu|het|bo|dau)
        (gach|khoanh) ~ (the nao|nhu the nao|sao|duoc khong) | danh dau | dau (x|tich|nhan) | tay xoa
        bau (qua|thua|thieu) | (viet|ghi) them | (khong|thieu|chua) (co |dong )?dau | tich (vao|x|chon)
        (chon|bau|gach|de lai) ~ (may nguoi|bao nhieu nguoi|toi da|du so)
        (viet|ghi|gach|dien) ~ (sai|nham|hong|them) | viet ~ (vao|len|tren) ~ phieu | cach (ghi|gach|dien|viet)
        (ghi|dien|viet|gach) phieu | but (chi|bi|muc|do|long) | muc do | doi ~ (to|la|phieu) ~ (khac|moi)
        doi (phieu|la phieu|to phieu) | phieu ~ (bi loai|khong tinh|khong duoc tinh)
        (phieu|to phieu) ~ (rach|ban|nhau|ky ten) | ky ten ~ phieu | dong dau | con dau(?! moi) | lam hong | bo trong
        de trong | gach cheo | gach ngang | phieu ~ (con dau|do mo|dau do) | valid | invalid | spoil | spoilt
        spoiled | spoiling | cross(ed|ing)? (out|off) | strike (out|off|through)
        mark(ed|ing|s)? ~ (ballot|paper|name|names) | fill(ed|ing)? (in|out) | tick(ed|ing)?
        how many (names|people|candidates|boxes) | blank ballot | leave ~ blank | pencil | pen | red ink | ink
        stamp | stamped | new ballot | another ballot | replacement ballot | replace ~ ballot | exchange ~ ballot
        made a mistake | wrong ~ ballot | ballot ~ (count|counted|rejected|void|torn|signed|mistake) | sign ~ ballot
        write ~ on ~ ballot | tear | torn | circle | rejected | count(s)? as valid | ruined | void | mess(ed)? up
        (viet|ghi|ve|ky) ~ (vao|len|tren) ~ phieu | phieu ~ bi (huy|loai|bo) | (vao|len|tren) phieu ~ bi (huy|loai)
        phieu ~ hong | phieu ~ (coi la|xem la|tinh la|bi huy|bi loai)
        (mark|marked|tick|cross|choose|pick) ~ (too many|more than)
        de nguyen | khong gach (ai|ten|nguoi) | (chi |moi )(chon|bau|gach|de) (mot|hai|ba|\d)
        (chon|bau) (it|thieu|du|nhieu|ca) ~ (nguoi|so) | bau (ba|hai|bon|nam|\d+) ~ (trong|chon|de lai|gach|ma)
        (danh dau|viet|gach|doc|cam but) (giup|ho|gium|thay) | nho ~ (danh dau|viet|gach)
        (phieu|gach|khoanh|bau) ~ (co )?tinh (khong|la|sao|the nao) | phieu ~ bi (hong|rach|nhau|uot|ban)
        lo (tay|gach|viet|danh) | xin ~ (phieu|to) (khac|moi|lai) | xin lai phieu | nguyen (to|phieu)
        viet (sai|nham|hong) | phieu (khong|bi|nao|the nao) ~ (tinh|loai|hong)
        (help|assist)(ing|s)? ~ (mark|fill|write) | (mark|fill|write) ~ for (him|her|them|my|me) | too (few|many) names
        fewer names | smudge[d]? | crumpled | thrown out | second ballot | fresh ballot
    """),
    "count": Concept("""
        kiem phieu | dem phieu | dem ~ phieu | phieu ~ dem | (ai|nguoi) dem(?! (hom|thung|phieu phu|den|toi))
        kiem dem | kiem ~ phieu | mo hom | chung kien | count ~ (votes|ballots|vote) | counting | counted
        counts ~ (votes|ballots) | tally | tallied | tallying | tabulat(ed|ion|e) | vote count | the (ballot )?count
        start counting
        mo (cac )?hom(?! (qua|nay)) | niem phong | lam chung | giam sat ~ (kiem|dem|hom|phieu)
        (dem|kiem) (lai|tay|sai|bang may) | hom phieu ~ (cho|dua|chuyen) (ve|len|thang)
        (cho|dua|chuyen) ~ hom ~ ve (huyen|tinh|xa|tru so)
        (phong vien|nha bao|nguoi dan|dan|cu tri|quan sat vien) ~ (xem|chung kien|giam sat|quan sat|co mat) ~ (dem|
            kiem|mo|hom)? | bien ban kiem | recount | recounted | observe ~ (count|ballots|boxes) | observers?
        witness(es)? | unsealed | seal(ed)? | who empties
    """),
    "results": Concept("""
        ket qua | result | results | outcome
        (biet|cong bo|thong bao|co|ra|niem yet|xac nhan|cong nhan) ~ (ai trung|nguoi trung|trung cu|trung hoi dong|
            danh sach trung|dac cu) | kqua | (who|know) ~ elected
    """),
    "announce": Concept("""
        cong bo | thong bao | loan bao | tuyen bo | dua tin | niem yet | biet ket qua | co ket qua | ra ket qua
        xem ket qua | announce | announces | announced | announcing | announcement | declare | declares | declared
        publish | published | publishes | release | released | come out | known | out | official | made public
        cong nhan | xac nhan | (moi|bao gio|khi nao|bao lau) ~ biet | dan (o|len|ket|bien) | bao ket | ra lo | xem o dau
        chinh thuc | posted | find out | learn
    """),
    "phone": Concept("""
        so dien thoai | duong day nong | so (hotline|nong|may ban|lien he|tong dai) | tong dai
        dien thoai (cua )?(uy ban|to bau|ban bau|phuong|xa|bau cu|chinh thuc|lien he|so may)
        goi (den |toi |vao )?so | so may (cua|to|uy|ban) | so nao ~ (goi|hoi) | goi ~ so nao | so de (goi|hoi)
        so lien he | (xin|cho) ~ so | so nao ~ (lien he|hoi|bao) | phone number | telephone | hotline | helpline
        number (to|for) (call|dial) | phone line | (which|what) number | official (number|phone)
        phone ~ (committee|commission|office) | number of the | dial | call centre | call center | contact number
        quay so | so (truc|that|chinh thuc|khac|nao khac|nao that|cua to|cua uy|cua ban) | dau moi
        so (dien thoai )?(la )?(so )?(nao|may|bao nhieu)(?! (tuoi|nguoi|phieu|nha|tien)) ~ (goi|lien|bau|hoi|that|chinh)
        (goi|hoi|nhac may|bat may|goi dien|lien lac|alo) ~ (so nao|so may|may so|so khac|dau moi|gap ai)
        (so nao|so may|so khac|con so) ~ (goi|hoi|khac|that|chinh thuc)
        the phone (of|for|number) | phone (of|for)
        (real|right|correct|genuine|fake|another|official) (number|phone|hotline|line)
        number (for|of) (the |our |my )?(election|commune|ward|voting|polling|committee)
        so (zalo|di dong) ~ (chinh thuc|that) | co so (nao|de|dt)? ~ (hoi|goi|lien)
    """),
    "contact": Concept("""
        lien he | lien lac | goi (cho )?(ai|dau) | goi dien | hoi ai | hoi dau | bao (cho )?ai | hoi o dau | goi hoi
        goi dien thoai | thac mac ~ (hoi|goi) | get in touch | who do i (ask|call) | whom ~ (ask|call)
        who (do|can|should|to|may|could) (i |we |one |you )?(call|contact|ring|ask|reach|phone)
        how (do|can|could|to) (i |we )?(contact|reach|call|phone) | contact (number|details|person)
        (call|contact|ring|phone|reach) ~ (committee|commission|office|board|officials?)
        gap ai | keu ai | goi ai | noi voi ai | bao voi ai | phan anh (voi|cho|den|o|toi|vao)? ?(ai|dau)
        lien (he|lac) (voi |vao |o |den )?(ai|dau|cho nao) | to cao (voi|o|cho) (ai|dau) | ai giai dap | ai tra loi
        who (is|will|would) (able to )?(answer|help)
        whom (do|should|can|to) (i |we |one )?(call|tell|contact|ring|ask|report|phone)
        where (do|can|should) (i|we) (report|complain|call) | speak to (someone|somebody) | someone to talk to
    """),
    "barred": Concept("""
        (bi|khong|het|co) ~ (mat|tuoc|loai|cam|con) ~ (quyen|bau|bo phieu)
        (mat|tuoc|het|khong con|khong co) quyen (di )?(bau|bo phieu|cu tri|cong dan)
        bi (loai|gat|cam|tuoc) (khoi|ra khoi) (bau cu|danh sach) | lose (their|the|my|your|his|her) (vote|right|voting)
        losing (their|the|my|your) (vote|right)
        (barred|banned|disqualified|excluded|prevented) from (voting|the vote) | stripped of ~ (vote|right)
    """),
    "report": Concept(r"""
        phan anh | to cao | to giac | bao cao | khieu nai | mao danh | gia danh | lua dao | de doa | ep | bi ep
        mua phieu | report | complain | threatened | threaten | scam | scammer | impersonat\w+ | pretending
    """),
    "same_day": Concept("""
        cung (mot )?ngay | cung luc voi ca nuoc | (som|tre|muon) hon (noi|cho|xa|ca|mot|1|hai|2|ca nuoc)
        ca nuoc ~ ngay | (bau|bo phieu) ~ khac ngay | rieng (mot )?ngay
        hom toan dan | tuc la (hom|ngay) nao | thu bay hay (la )?chu nhat
        chu nhat (nay|tuan nay|tuan sau|tuan toi) ~ (bau|bo phieu)
        (bau|bo phieu|di bau) ~ chu nhat (nay|tuan nay|tuan sau|tuan toi)
        same day (as|across|every|for|nation) | on the same day | (saturday|weekday) or (a )?sunday
        is it (this|next) (sunday|week|weekend|month) | a week (early|earlier|later|late)
    """),
    "which_place": Concept(r"""
        diem ghi tren | (dung|phai dung) (diem|noi|cho) | (diem|cho|noi) (nao|khac) cung
        (bat ky|bat cu) (diem|noi|cho) | (diem|noi|cho) (bau|bo phieu) (khac|nao|gan|moi|ngay)
        (to|thon|khu|ap|to dan pho|xom|khu pho) \d+ ~ (bau|bo phieu|ra|o) (o )?(dau|truong|nha|hay|cho nao)
        (dat|bo tri|lap|to chuc) ~ (diem|phong|noi|cho|hom) (bo phieu|bau|phieu)
        (sang|qua|den|ra) (diem|cho|noi) ~ (gan|khac|tien) | any (polling|voting) (place|station)
        (different|other|another) (polling|voting) (place|station) | which of the two | nearest (polling|station)
    """),
    "place_asked": Concept(r"""
        (khu vuc|diem|to) (bau |bo phieu )?(so )?\d+ ~ (o dau|cho nao|dau|la cho) | khong biet ~ (cho nao|o dau)
        ghi (khu vuc|diem)
        o (cho nao|dau) (thi |de )?(bau|bo phieu) | loi vao | cong nao | duong cho xe lan
    """),
    "pen": Concept("""
        but rieng | mang but | (cam|dem|mang) ~ but | my own pen | bring ~ pen
    """),
    "cannot_return": Concept("""
        (khong|chua|chang) (the )?ve (kip|duoc|noi|que|nha) | ve khong kip | khong ve bau
        bau ~ (cho|noi|diem) khac duoc | di lam xa
    """),
    "recount": Concept("""
        dem lai | kiem lai | yeu cau ~ (dem|kiem) | khieu nai | recount | quy trinh | thuc te | thuc su | that su
        thuc ra | dung ra | the nao moi dung | actually | really how
    """),
    # What is no field, or another's.
    "vote_how": Concept(r"""
        vote (at|with|by|from|without|using|online|twice|again|instead)
        (bau|bo phieu) (cu )?(bang|qua|truc tuyen|tren|online|ho|thay|cung|lai|hai lan|may lan|dien tu)
        (bau|bo phieu) (cu )?(o|tai)(?! (xa|phuong|p|thi|day|khu|thon|ap|tinh)\b)
    """),
    "need": Concept(r"""
        do (you|i|we|they|people) (need|have) | need to be | must (i|you|we|they|one) be | have to be | phai la
        can phai | phai co
    """),
    "day_of_vote": Concept(r"""
        (bau cu|bo phieu|di bau|ngay bau|bau) ~ (ngay nao|hom nao|bao gio|khi nao|ngay may|thu may|bua nao|hom may|
            chung nao)
        (bau cu|bo phieu|di bau|bau) (ngay nao|hom nao|bao gio|khi nao|ngay may|thu may|bua nao|hom may|chung nao|
            thang may)
        ngay (bau cu|bo phieu|bau|hoi) ~ (ngay|hom|thu|bao gio|khi nao) | lich (bau cu|bo phieu|bau)
        (when|what day|which day|what date|which date|which sunday) (is |are |do |does |will |exactly |we |you |
            the |it |next |be |of |people |i |on |our |they |go |and |to |s ){0,6}(election|elections|vote|voting|
            polling|poll)
        (election|voting|polling|elections) (day|date) ~ (when|what|which|date)
        (date|day) of (the )?(election|vote|poll) | (election|voting|polling) date
        (election|vote|voting) (day )?(is |on ){0,2}(when|what day|which day)
        (bao gio|khi nao|chung nao|hom nao|bua nao|ngay nao|may ngay nua|bao lau nua|bao nhieu ngay nua) (thi |la |
            den |toi |moi |minh |ca |nuoc |nguoi |dan |se |dien |ra |to |chuc |nha |chung |ta |tui |xa |ngay |cuoc |
            co |di ){0,6}(bau cu|di bau|bo phieu|ngay bau|bau|ngay hoi|ngay bo phieu)
        (date|day) for (the |this )?(election|vote|poll)
    """),
    "day_named": Concept(r"""
        ngay nao | ngay may | hom nao | bua nao | thu may | ngay bao nhieu | chu nhat nao | thang may | mung may
        hom may | which day | what day | what date | which date | which sunday | chu nhat
    """),
    "election_moved": Concept(r"""
        (bau cu|bo phieu|di bau|ngay bau|lich bau|ngay hoi) ~ (doi|hoan|lui|huy|dinh chi|chuyen|day len|day som|
            day lui|keo sang|thay doi)
        (bau cu|bo phieu|di bau|ngay bau|ngay bau cu|ngay bo phieu) (doi|hoan|lui|huy|dinh chi|chuyen|day len|
            day som|day lui|keo sang|thay doi)
        (election|elections|vote|voting|polling|election day|poll) ~ (postponed|moved|move|delayed|rescheduled|
            cancelled|canceled|called off|put off|brought forward|changed|shifted|pushed|switched)
        (postpone|move|delay|reschedule|cancel|postponing|cancelling|moving|postponed|cancelled) (the |this |
            our ){0,2}(election|vote|voting|poll)
        (hoan|lui|doi|huy|dinh chi|day|day som|rut) (lai |lich |ngay |cuoc |bo |den |ca ){0,3}(bau cu|bau|bo phieu)
    """),
    "fetch": Concept(r"""
        complain | report | read | buy | get | register | apply | learn | study
        (nhan|lay|mua|xin|doc|tim hieu|khieu nai|to cao|phan anh|nop|gui don)
    """),
    "incident": Concept(r"""
        danh nhau | no sung | bao dong | bieu tinh | chay no | bom | bat giu | au da | khung bo | tai nan
        chet nguoi | cuop | pha hoai | fight | fighting | shooting | bomb | arrest | arrested | protest | riot
        attack | attacked | violence | killed
    """),
    "vote_open": Concept(r"""
        (bau cu|bo phieu|di bau|phong phieu|hom phieu|bau) (la |thi |se |da |duoc |chua |co ){0,3}(bat dau|ket thuc|
            mo cua|dong cua|dong hom|khai mac|be mac|het gio|het|xong)
        (voting|polling|the vote|the poll|polls) (will |day )?(starts?|begins?|ends?|opens?|closes?|open|close|
            start|end|stop|stops|finish|finishes)
        (start|begin|end|stop|finish|open|close|opens|closes) (the |to |of ){0,2}(vote|voting|polls|polling)
        (con |co ){0,2}kip (di )?(bau|bo phieu) | (bau|bo phieu) (con |co |thi ){0,2}kip | too late to vote
        earliest ~ vote | latest ~ vote | early can ~ vote
        (bat dau|ket thuc|mo cua|dong cua|het gio|khai mac|be mac|gio) (di |cho |de |viec |duoc |buoi |diem |noi |
            cho |cuoc |moi ){0,3}(bau cu|bau|bo phieu|hom phieu|thung phieu)
        (mo|dong) (diem|noi|phong|hom|thung) (bau|bo phieu|phieu)
    """),
    "merits": Concept("""
        nen bau | bau cho (ai|ong|ba|anh|chi) | bau ai | chon ai | ung ho | thang cu
        ai thang | ai se lam | ai len | ai lam (chu tich|bi thu|dai bieu) | duoc bau lam | bau lam | xung dang
        gioi hon | tot hon | chuong trinh hanh dong | hua hen | loi hua | van dong tranh cu | van dong bau cu | phe
        dang nao | bao dang | da dang | doc dang | tham nhung | ly lich | tieu su | phieu cao | phieu thap
        nhieu phieu | bao nhieu phieu | may phieu | who (should|will|would) (i|we|you)? ?(vote for|win|choose)
        vote for (whom|him|her|them|this|that|mr|ms|mrs) | who (won|wins|will win|is winning|is leading|got elected)
        best candidate | which candidate | better candidate | elected as | winner | winners | winning | landslide
        which party | party | parties | manifesto | campaign | campaigns | promise | promises | corrupt | corruption
        polls? (say|show|suggest) | opinion poll | endorse | support ~ candidate | lead(s|ing)? in | duoc bau vao
        (gets?|got|be|been|was) elected | elected to | bau vao (hoi dong|quoc hoi|chuc|ghe)
    """),
    # Who was elected; when that is announced is a field, so these have a way out.
    "elected": Concept("""
        trung cu | dac cu | that cu | ai trung | trung hoi dong | (who|know) ~ elected
    """),
    "elected_when": Concept("""
        (bao gio|khi nao|bao lau|bao lau nua|chung nao|hom nao|ngay nao|may ngay|ngay sau|may ngay sau|
            luc nao) ~ (biet|cong bo|
            thong bao|niem yet|cong nhan|co|ra) ~ (trung cu|ai trung|dac cu|trung hoi dong)
        (biet|cong bo|thong bao|niem yet|cong nhan|xac nhan) ~ (trung cu|ai trung|dac cu) ~ (bao gio|khi nao|bao lau|bao
            lau nua|chung nao|hom nao|ngay nao|may ngay|luc nao)
        when ~ (know|announce|learn|find out|declare|publish) ~ elected
    """),
    "turnout": Concept("""
        ty le | ti le | phan tram | bao nhieu (cu tri|nguoi) (di bau|da|bo phieu|di bo|tham gia)
        (dat|duoc) ~ phan tram | dong cu tri | tong so cu tri | may nguoi di bau | turnout | per ?cent | percentage
        how many (people|voters) (voted|vote|turned|have|are|showed|came|went) | share of
    """),
    "fraud": Concept("""
        gian lan | gian doi | trao phieu | doi trang | sua ket qua | bau ho | bo phieu ho | bau thay | bo phieu thay
        bau giup | bo phieu giup | mua phieu | mua chuoc | ep | bat ep | dan xep | dinh san
        chi la hinh thuc | gia tao | nhet phieu | nhoi phieu | fraud | rigged | rig | stolen | steal | cheat
        cheating | cheated | fake (ballots?|votes?) | bought | buy(ing)? votes | forced | fixed | stuffing | proxy
        on (his|her|their|my|someones) behalf | for (my|someone) (wife|husband|mother|father|else|parents) | sham
        multiple times | vote twice | sai sot | dem sai | kiem sai | mat phieu | thieu phieu | miscount(ed)?
        (lost|missing|stolen|extra) (ballots?|votes?) | farce | illegal votes?
        vote for (me|us|my (wife|husband|mother|father|parents)) | instead of me
    """),
    "money": Concept(r"""
        chuyen tien | chuyen khoan | nop (phi|tien) | mat phi | le phi | dong tien | thu phi | ma otp | otp
        trung thuong | boi duong | phong bi | duoc tien
        (?<! gan )cho tien(?! (khong|hon|duong|loi|viec|di|hay|a|nhe|cong|dien)\b) | tang (qua|tien|gao) | nhan qua
        (nghin|ngan|trieu) dong | trieu | link | duong link | bam vao | quet ma | ung dung la | tai app | cai app
        pay | fee | fees | money | transfer | gift | gifts | paid | cash | prize | download | click | qr | free
    """),
    "duty": Concept("""
        bi phat | phat tien | phat bao nhieu | co phat | xu phat | (bau|bau cu|bo phieu|di bau) (la |co |phai )?bat buoc
        bat buoc (phai |di )?(di )?(bau|bo phieu|tham gia) | tay chay | khong di bau (thi|co|bi)
        khong bau (thi|co) | nghi lam | nghi hoc | nghi le | duoc nghi | nghi bu | thoi tiet | tac duong | ket xe
        gui xe | do xe | an mac | mac gi | quan ao | ao dai | chup anh ~ phieu | livestream | selfie | fined
        penalty | punish | punished | punishment | compulsory | mandatory | boycott | day off | holiday | weather
        parking | traffic | dress | wear | mining | alcohol | beer | ruou | bia | y nghia | lich su | tai sao phai
        de lam gi | bao nhieu dai bieu | may dai bieu | nhiem ky | luong dai bieu | quyen han | nhiem vu cua
        meaning of | history | why (should|do) | how many (seats|deputies|members|representatives|terms) | seats
        term of office | salary | a fine | fines
    """),
    "elsewhere": Concept(r"""
        (nuoc|bau cu|ben|cua nguoi) (my|anh|phap|duc|nga|uc|nhat|han|thai)(?! \w+ (xa|phuong))
        (o|tai) (my|anh|phap|duc|nga|uc|nhat|han) (thi|co|ngay|khi|bao|bau|bo|nguoi|la|nam|cu|duoc)
        (nuoc|bau cu|o|ben|tai|cua|dan) (hoa ky|han quoc|nhat ban|thai lan|dai loan|an do|indonesia|philippines|
            campuchia|lao|trung quoc|myanmar|ukraine|canada|brazil|argentina|ba lan|singapore|malaysia)
        hoa ky | tong thong | thu tuong | trump | biden | harris | putin | thuong vien | ha vien | nghi vien
        han quoc | thai lan | dai loan | ukraine
        in (america|the us|the usa|usa|us|france|germany|japan|korea|thailand|taiwan|india|britain|the uk|uk|canada|
            australia|indonesia|the philippines|cambodia|russia|ukraine|brazil|texas|california|london|new york)
        us election | american | british | french | german | indian | korean | thai | president | presidential
        senate | senator | congress | prime minister | mayor | midterm | midterms | brexit | eu | european
        (quoc hoi|nghi vien|thong doc|thi truong) (nhat|my|anh|phap|han|duc|nga|thai|uc)
        (nguoi|dan|ben|bau cu) (nhat|my|anh|phap|duc|nga|uc|han|thai|an do|trung quoc)(?! (viet|em|chi|toi|minh|xa|
            phuong|o|da|con)\b) | nuoc (lang gieng|ban|ngoai) ~ bau | nguoi nuoc (ay|do|ho)
        britain | england | france | germany | japan | korea | thailand | taiwan | america | americans | russia
        the french | the germans | the british | next door | neighbouring country | neighboring country
        other countries | (o|tai|ben) (duc|phap|nhat|uc|han)(?= )
    """),
    "other_election": Concept("""
        lop truong | hoa hau | binh chon | bau chon | co dong | hoi dong quan tri | ban quan tri | cong doan
        (bau|chon|lam|chuc|bau lai|bau chon) (truong thon|truong ap|truong ban|to truong|to pho|truong khu) | chi doan
        chi bo | ban chap hanh
        phu huynh | giao hoang | doan thanh nien | ban giam doc | chu tich hoi | hoi dong hoc sinh | qua bong vang
        nguoi dep | ca si | thi sinh | bai hat | giai thuong | bau dai hoi | clb | cau lac bo | bau truong
        (bau|chon) ~ (chung cu|toa nha) | hop tac xa | thi (tot nghiep|dai hoc|lop|tuyen|chuyen) | diem thi | xo so
        xet nghiem | bong da
        tran dau | phieu (giam gia|mua|kham|luong|thu|qua) | game | truong phong | lien doi
        class (president|monitor|representative) | homeowners | student (council|union) | trade union | union
        miss (universe|world|vietnam|teen) | pope | talent | award | awards | best player | shareholder
        shareholders | board of directors | (condo|apartment) ~ (committee|board|manager) | golden ball | contest
        singer | songs | idol | club
        youth union | village head | cooperative | condominium | exams? | test | lottery | match | football | coupon
        voucher | (?<! tong )dai hoi
        tiep xuc cu tri | bo phieu (tin nhiem|thong qua|bat tin|chon|loai|online)
        (quoc hoi|hoi dong) (hop|thong qua|bo phieu|chat van) | chat van | cap uy | bi thu | chu nhiem | ban can su
        hoi (nong dan|phu nu|cuu chien binh|nguoi cao tuoi|phu huynh) ~ bau
        bau (chu tich|hoi truong|doi truong|chu nhiem|bi thu|cap uy|ban|lop) | nhan vien xuat sac
        ung cu ~ (ho so|giay|nop|dang ky) | tu ung cu | stand as | run for
        (school|student|building|parents) (board|council|manager|committee) | contestant | gameshow | tieu su
        (phieu|ve) (kham|be ngoan|qua|xet nghiem|xe|bao hanh|nhap|xuat|gui xe) | hoa don
        giay khai sinh ~ (sai|sua|tay|lam|cap)
        (danh sach|ten) ~ (ho ngheo|can ngheo|nhan (gao|qua|ho tro|tien)|ho tro|cuu tro|hoc bong|trung tuyen|hoc sinh|
            thi sinh|vao lop|tuyen sinh)
        (scholarship|admitted) ~ (students?|list)? | list of ~ (students|winners|households) | (exam|test) results
        trung tuyen | ung dung hen ho
    """),
    "past": Concept(r"""
        lan truoc | khoa truoc | (?<! tu )nam ngoai(?! (o|thi|bau o|con|minh|nha|toi|van)\b)
        (?<! tu )nam truoc(?! (o|thi|bau o|con|minh|nha|toi|van)\b) | hoi nam | ky truoc | dot truoc | nhiem ky truoc
        ngay xua
        dau tien | nam 19\d\d | nam 1946 | last (time|election|year) | previous | the first election | in 19\d\d
        history of | years ago
        khoa cu | ky bau truoc | lan bau truoc | last term | nhiem ky cu | 2021 | 2016
    """),
    "other_place": Concept("""
        sieu thi | ngan hang | quan an | nha hang | cua hang | buu dien | tiem | quan cafe | ca phe | rap
        benh vien mo | chuyen bay | tau hoa | xe buyt | xe khach | truong hoc nghi | hoc sinh | supermarket
        supermarkets | bank | banks | shop | shops | store | stores | restaurant | restaurants | post office | mall
        cafe | bar | bars | cinema | flight | bus | buses | train | trains
        quan (pho|com|nhau|bun|nuoc|nhac|ca phe|cafe|an) | hang quan | hieu thuoc | nha thuoc | tram xang | cay xang
        benh xa | pharmacy | gas station | petrol station | gym | library | libraries | church
    """),
    "opinion": Concept("""
        co nen | theo ban | ban nghi | nghi sao | co dang | cong bang khong | dan chu khong | tin duoc khong
        do you think | in your opinion | what do you think | is it fair | democratic | worth voting
        should i bother | opinion
    """),
}

# Days, and places, of other things than the vote.
_NOT_THE_DAY = "list count results announce early box phone bring valid candidates_list card_issue paper"
_NOT_A_PLACE = "list count results announce valid card_issue candidates_list fetch paper election_moved"
_ELECTION_RULES = (
    *rules(
        "election_day",
        (5, "vote day_of_vote", f"{_NOT_THE_DAY} hour where open voting_place"),
        (4, "vote day_named", f"{_NOT_THE_DAY} hour where open voting_place"),
        (
            5,
            "vote election_moved",
            "may standing voting_place hour open list count results bring early box valid phone",
        ),
        (4, "vote date", f"{_NOT_THE_DAY} may age voting_place hour open where"),
        (5, "vote same_day", "list count results bring box phone valid hour voting_place"),
    ),
    *rules(
        "who_may_vote",
        (5, "vote may age", "list box early bring"),
        (5, "vote may household"),
        (5, "vote may standing", "list box early bring unable far"),
        (5, "vote need standing", "list box early bring unable far valid"),
        (4, "vote age", "list box early unable bring"),
        (4, "vote may", "list box early unable far bring paper valid hour where vote_how contact voting_place"),
        (4, "vote standing who", "list"),
        (5, "vote barred", "box list valid"),
        (6, "vote standing barred", "box list"),
        (6, "vote age barred", "box list"),
        (4, "vote may standing", "list box early bring"),
    ),
    *rules(
        "voters_list",
        (6, "list", "candidates_list results household"),
        (4, "list", "candidates_list results"),
    ),
    *rules(
        "polling_place",
        (5, "voting_place where", "list count results announce hour bring early box phone valid may"),
        (5, "voting_place moved", "list hour open count results bring early box"),
        (6, "vote place_asked", "list count results hour early phone"),
        (5, "vote which_place", f"{_NOT_A_PLACE} hour box early phone may age"),
        (6, "vote which_place voting_place", "list count results announce hour box early phone age"),
        (6, "vote voting_place where", "list count results announce hour bring box early phone valid may moved lost"),
        (4, "vote where", f"{_NOT_A_PLACE} hour bring early box phone contact may age"),
    ),
    *rules(
        "opening_hours",
        (5, "vote hour", "count results announce list early box"),
        (5, "voting_place open", "count results announce list"),
        (4, "vote vote_open", "count results announce list day_named date election_moved valid box"),
        (5, "vote vote_open when", "count results announce list valid box bring early"),
    ),
    *rules(
        "what_to_bring",
        (6, "vote pen bring", "list"),
        (6, "vote bring paper", "card_issue box list"),
        (5, "vote bring", "card_issue box list valid"),
        (5, "vote paper lost", "card_issue box list valid where barred"),
        (5, "vote paper lost where", "card_issue box list valid barred voting_place which_place place_asked"),
        (4, "vote paper may", "card_issue box list barred"),
    ),
    *rules(
        "early_or_mobile_box",
        (6, "vote box", "list"),
        (6, "vote early", "list same_day"),
        (5, "vote unable", "list place_asked barred"),
        (6, "vote far cannot_return", "list hour same_day"),
        (5, "vote far", "list where bring hour same_day"),
        (4, "vote far", "list where same_day"),
    ),
    *rules(
        "valid_ballot",
        (6, "vote valid", "list paper_valid"),
        (6, "ballot valid", "list paper_valid"),
    ),
    *rules(
        "counting_and_results_when",
        (6, "vote count"),
        (6, "vote results when"),
        (6, "vote results hour"),
        (6, "vote results day"),
        (6, "vote results announce"),
        (6, "vote results who announce"),
    ),
    *rules(
        "official_phone",
        (6, "vote phone"),
        (7, "vote phone contact"),
        (7, "vote phone report"),
        (5, "vote report contact", "list bring box early valid"),
        (5, "vote contact", "list bring box early unable valid may where"),
    ),
)

ELECTION = Cues(
    concepts=_CONCEPTS,
    context=("vote",),
    off=(
        "merits",
        "elected",
        "turnout",
        "fraud",
        "money",
        "duty",
        "elsewhere",
        "incident",
        "other_election",
        "past",
        "other_place",
        "opinion",
    ),
    excused={
        "elected": ("elected_when",),
        "fraud": ("phone", "contact", "recount"),
        "money": ("phone",),
        "duty": ("phone",),
    },
    rules=_ELECTION_RULES,
)
