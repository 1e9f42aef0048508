"""One thing, several everyday names: a message about a `nhà băng` finds the fact-check about an `ngân hàng`.

Written for this project from general knowledge of Vietnamese and of what rumours are about; no text of any collection
stands behind it.  Keys are folded, so that a message typed without accents means the same; a single syllable stands
here only where folding leaves it one meaning.
"""

from collections.abc import Sequence

# What no word begins with: marks a concept among the terms of a text.
CONCEPT_MARK = "§"
# Syllables of the longest name below.
_SYLLABLES_MAX = 5

# A line a concept; names parted by bars.
_CONCEPTS = """
ngan hang | nha bang | bank | banking
chuyen khoan | chuyen tien | gui tien | ban tien | nap tien
lua dao | lua ga | bi lua | lua tien | chiem doat | scam | sap bay | chieu tro
cong an | canh sat
dien thoai | smartphone | di dong | may di dong
truc tuyen | online | tren mang | qua mang | internet
bac si | thay thuoc
benh vien | nha thuong | co so y te
tre em | em be | con nit | tre nho | tre con | dua be | be nho | dua tre | tre so sinh
nguoi gia | nguoi cao tuoi | nguoi lon tuoi | cu gia | ong ba gia
ung thu | khoi u | buou ac | cancer
tieu duong | dai thao duong | duong huyet | duong trong mau
huyet ap cao | tang huyet ap | cao huyet ap | len mau
dot quy | tai bien | nhoi mau nao | mach mau nao
nhoi mau co tim | truy tim | dau tim | con dau tim
vaccine | tiem chung | tiem phong | chich ngua | mui tiem | tiem ngua
dong y | thuoc nam | thuoc ta | thuoc bac | thao duoc
chua benh | tri benh | dieu tri | chua khoi | tri khoi | khoi benh | dut diem | chua duoc | tri duoc
tu vong | qua doi | thiet mang | chet nguoi | mat mang | chet
mang thai | co bau | ba bau | mang bau | thai phu | bau bi
sinh con | de con | sinh de | sanh de
hoc sinh | hoc tro
giao vien | thay co | co giao | thay giao
nghi hoc | dong cua truong | tam nghi
bau cu | bo phieu | di bau | la phieu | phieu bau
can cuoc | chung minh nhan dan | chung minh thu
giay phep lai xe | bang lai | bang lai xe
o to | xe hoi | oto
xe may | xe gan may | xe hai banh
phat tien | xu phat | phat nguoi | nop phat | bi phat
tien dien | hoa don dien | gia dien
tang gia | len gia | doi gia
mien phi | khong mat tien | free | cho khong | khong dong
trung thuong | nhan thuong | trung giai | qua tang | nhan qua | tang qua
viec lam | tuyen dung | lam them | cong tac vien | tim viec
vay tien | cho vay | vay nong | tin dung den
dau tu | gop von | sinh loi | loi nhuan | lai cao
otp | ma xac thuc | ma xac nhan
mat khau | password | pass
link | duong dan | lien ket
app | ung dung | phan mem
bi hack | hack | chiem quyen | mat nick | mat tai khoan
lo vi song | lo vi ba
buc xa | phong xa | song dien tu | tia xa
nuoc ngot | nuoc co gas | nuoc giai khat
hoa chat | chat doc | doc hai | doc to | thuoc tru sau | chat bao quan
hang gia | hang nhai | do gia
con bao | sieu bao | ap thap nhiet doi | bao so
lu lut | ngap lut | ngap nuoc | lut loi | mua lu
dong dat | rung chan | dia chan
song than | tsunami
mat dien | cup dien | cat dien
mat nuoc | cup nuoc | cat nuoc
bat coc | bat con nit | bat tre em | me min
noi tang | lay noi tang | lay than
ma tuy | chat cam | chat gay nghien
ruou bia | bia ruou | nong do con | uong ruou
thuoc la | hut thuoc | vape | thuoc la dien tu
nguyet thuc | trang mau
thien thach | tieu hanh tinh | sao choi
trai dat | dia cau | qua dat
nguoi ngoai hanh tinh | ufo | vat the bay la
benh dai | cho dai | cho can
sot xuat huyet | muoi dot | muoi can
giam can | giam beo | dot mo | om nhanh
covid | corona | sars cov 2
dong thue | nop thue | thue thu nhap
tang luong | luong toi thieu | luong co so
dat dai | so do | so hong
nghia vu quan su | nhap ngu | di linh | di bo doi
tu thien | quyen gop | ung ho | cuu tro
tin don | don thoi | tin gia | fake news
tri tue nhan tao | deepfake | ghep mat
tivi | ti vi | truyen hinh
binh gas | bep gas | no gas
da day | bao tu
cam cum | cam lanh | cum mua
xuong khop | dau khop | thoai hoa khop
mat ngu | kho ngu | khong ngu duoc
tieu chay | dau bung | roi loan tieu hoa
trung ga | hot ga | trung vit | hot vit
thit lon | thit heo
beo phi | thua can
huu tri | luong huu | ve huu
bao hiem xa hoi | so bao hiem
nuoc mam | mam
khang sinh | thuoc khang sinh
giai doc | thai doc | loc mau | thanh loc
mien dich | suc de khang | de khang
viec lam | job | part time | full time | tuyen dung
tai khoan | account | acc
dien thoai | phone | mobile
tin nhan | message | sms | mess
theo doi | follow | subscribe
chia se | share
gia mao | fake | gia danh | mao danh
dang nhap | login | log in
xac minh | verify | xac thuc
giao hang | ship | shipper | delivery
dat hang | order
giam gia | sale | discount
thanh toan | payment | pay
hoan tien | refund
khach hang | customer
tre em | kids | baby | children
cha me | phu huynh | parents | bo me
bac si | doctor
benh vien | hospital
suc khoe | health
thuc pham | food | do an | thuc an
chinh phu | government | nha nuoc
canh bao | warning | alert
tin tuc | news
kiem tra | check
cap nhat | update
tai xuong | download
cuoi tuan | weekend
ky thi | exam | thi cu
lop hoc | class
truong hoc | school
dai hoc | university
sinh vien | student
cong ty | company
gia dinh | family
ban be | friend | friends
am nhac | music
may tinh | laptop | computer
tien gia | tien am phu
may bay | chuyen bay | phi co
nuoc ngoai | ngoai quoc
"""


def _table() -> dict[str, str]:
    lines = [line.split(" | ") for line in _CONCEPTS.strip().splitlines()]
    return {name: f"{CONCEPT_MARK}{names[0].replace(' ', '')}" for names in lines for name in names}


_CONCEPT_OF = _table()
# Whatever a name may begin with, so that reading on stops as soon as nothing can come of it.
_BEGINNINGS = frozenset(
    " ".join(name.split()[:length]) for name in _CONCEPT_OF for length in range(1, _SYLLABLES_MAX + 1)
)


def concepts(folded: Sequence[str]) -> list[str]:
    """The marks of all concepts that a Vietnamese text of these folded syllables names, each once, in order."""
    found: dict[str, None] = {}
    for start, first in enumerate(folded):
        if first not in _BEGINNINGS:
            continue
        name = first
        for syllable in (*folded[start + 1 : start + _SYLLABLES_MAX], ""):
            concept = _CONCEPT_OF.get(name)
            if concept is not None:
                found[concept] = None
            name = f"{name} {syllable}"
            if name not in _BEGINNINGS:
                break
    return list(found)


def is_concept(term: str) -> bool:
    return term.startswith(CONCEPT_MARK)
