"""Vietnamese as it is typed in chats: shortened words spelt out, everyday variants brought to one spelling.

Written for this project from general knowledge of the language.  Only forms with one usual reading stand here: a single
letter that is also an initial (a, c, e, m, t), or a word with a meaning of its own, is left as it is; so is a word that
would be another one without its accents (bông, bong), because half of all messages are typed without.
"""

import re

# Shortened or playful words spelt out: "key meaning", rows parted by a middle dot.  Keys are lower case and NFC.
_SHORTENED = """
    k không · ko không · kh không · hok không · hong không · hem không · kô không · kog không · khum không · j gì ·
    zì gì · dc được · đc được · đk được · đx được · r rồi · rùi rồi · ròi rồi · gòi rồi · rầu rồi · v vậy · z vậy ·
    zậy vậy · vại vậy · zị vậy · vs với · zs với · ms mới · mn mọi người · mng mọi người · mk mình · mik mình · ngta
    người ta · nta người ta · nyc người yêu cũ · ny người yêu · bnh bao nhiêu · bnhiu bao nhiêu · bnhieu bao nhiêu ·
    nhìu nhiều · nhiu nhiều · nhju nhiều · ntn như thế nào · ntnao như thế nào · nvay như vậy · ntr như trên · cx
    cũng · cg cũng · cug cũng · cũg cũng · cungx cũng · lm làm · trc trước · trk trước · trướk trước · nc nước · nch
    nói chuyện · ntin nhắn tin · ib nhắn tin · inb nhắn tin · inbox nhắn tin · cmt bình luận · rep trả lời · sđt số
    điện thoại · sdt số điện thoại · đt điện thoại · đthoại điện thoại · dthoai điện thoại · tk tài khoản · stk số
    tài khoản · ck chuyển khoản · nhg nhưng · nhưg nhưng · nhma nhưng mà · nma nhưng mà · qtrong quan trọng · qtâm
    quan tâm · qtam quan tâm · bs bác sĩ · bsi bác sĩ · bsĩ bác sĩ · bv bệnh viện · bviện bệnh viện · bvien bệnh
    viện · xn xét nghiệm · sv sinh viên · gv giáo viên · gvcn giáo viên chủ nhiệm · cty công ty · gđình gia đình ·
    gdinh gia đình · ae anh em · ace anh chị em · ce chị em · cbn các bạn · vn việt nam · vnam việt nam · hn hà nội
    · hnoi hà nội · hcm hồ chí minh · tphcm thành phố hồ chí minh · tp thành phố · fb facebook · phây facebook ·
    fbook facebook · yt youtube · gg google · zl zalo · bhyt bảo hiểm y tế · bhxh bảo hiểm xã hội · bhtn bảo hiểm
    thất nghiệp · cccd căn cước công dân · cmnd chứng minh nhân dân · csgt cảnh sát giao thông · gplx giấy phép lái
    xe · ubnd ủy ban nhân dân · hđnd hội đồng nhân dân · thpt trung học phổ thông · thcs trung học cơ sở · ktx ký
    túc xá · nxb nhà xuất bản · atvstp an toàn vệ sinh thực phẩm · tphẩm thực phẩm · bik biết · bít biết · bjk biết
    · bjt biết · êu yêu · wa quá · wá quá · qá quá · wen quen · wên quên · wê quê · thik thích · thix thích · thíc
    thích · hỉu hiểu · hjc hic · đag đang · dag đang · đg đang · zui vui · dzui vui · dui vui · zợ vợ · dzợ vợ · zề
    về · dề về · dzề về · zô vào · dô vào · dzô vào · vk vợ · chx chưa · xl xin lỗi · xloi xin lỗi · cảmơn cảm ơn ·
    camon cảm ơn · tks cảm ơn · cmon cảm ơn · oke ok · okie ok · uk ừ · uh ừ · uhm ừ · ukm ừ · hqua hôm qua · hnay
    hôm nay · hnai hôm nay · bjo bây giờ · bh bây giờ · bgio bây giờ · bgiờ bây giờ · mjh mình · tn tin nhắn · đky
    đăng ký · dky đăng ký · đkí đăng ký · đki đăng ký · ksoat kiểm soát · ktra kiểm tra · sp sản phẩm · qc quảng cáo
    · kqua kết quả · lquan liên quan · lhe liên hệ · lhệ liên hệ · lh liên hệ · gủi gửi · gởi gửi · trlai trở lại ·
    ptich phân tích · thg thằng · thag tháng · thág tháng · tưởg tưởng · đúg đúng · đung đúng · chug chung · khôg
    không · tróg trong · trog trong · trg trong · cuộcsống cuộc sống · vde vấn đề · vđề vấn đề · pải phải · fải phải
    · fai phải · fòng phòng · chòy trời · trùi trời · chời trời · cgai con gái · ctrai con trai · đêy đây · dới với
    · dứi với · nek này · nhen nhé · nghen nhé · nhaa nhé · ạk ạ · ak à · ah à · hs học sinh · dt điện thoại · hdnd
    hội đồng nhân dân · ng người · iu yêu
"""

# Southern words and spellings of loan words, brought to the word that is written most.
_VARIANTS = """
    heo lợn · xài dùng · ghiền nghiện · coi xem · kovid covid · ncov covid · covi covid · xai dùng · ghien nghiện
"""


# Loan words that are written as one word or two.
_VACCINE = re.compile(r"\bv[ắá]?a?c+[ -]?xin\b|\bvacc?ines?\b|\bvacc?in\b")
_VIRUS = re.compile(r"\bvi[ -]?r[uú]t\b|\bvi[ -]rus\b")


def _rows(table: str) -> dict[str, tuple[str, ...]]:
    rows = [row.split() for row in table.split("·")]
    return {row[0]: tuple(row[1:]) for row in rows}


_SPELT_OUT = _rows(_SHORTENED) | _rows(_VARIANTS)


def join_loan_words(text: str) -> str:
    """Lower-case NFC `text` with the spellings of vaccine and virus brought to one word each; idempotent."""
    return _VIRUS.sub("virus", _VACCINE.sub("vaccine", text))


def spell_out(word: str) -> tuple[str, ...]:
    """The words that a lower-case NFC word of a Vietnamese chat stands for; itself when it is no known short form."""
    return _SPELT_OUT.get(word, (word,))
