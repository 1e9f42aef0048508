"""Addresses that must never be asked.  `{port}` is where a listener on loopback counts who knocks."""

import ipaddress

# Each is loopback, and would reach the listener if its notation were taken at its word.
LOOPBACK = [
    "http://127.0.0.1:{port}/",
    "http://127.0.0.2:{port}/",
    "http://127.255.255.254:{port}/",
    "http://127.1:{port}/",
    "http://127.0.1:{port}/",
    "http://2130706433:{port}/",
    "http://0x7f000001:{port}/",
    "http://0x7F.0.0.1:{port}/",
    "http://0x7f.1:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://0177.0.0.01:{port}/",
    "http://00000177.1:{port}/",
    "http://017700000001:{port}/",
    "http://127.0.0.0x1:{port}/",
    "http://127.0.0.1.:{port}/",
    "http://%31%32%37.0.0.1:{port}/",
    "http://127%2e0%2E0%2e1:{port}/",
    "http://１２７.0.0.1:{port}/",
    "http://①②⑦.⓪.⓪.①:{port}/",
    "http://127。0。0。1:{port}/",
    "http://127．0｡0．1:{port}/",
    "http://%EF%BC%91%EF%BC%92%EF%BC%97.0.0.1:{port}/",
    "http://0:{port}/",
    "http://0.0.0.0:{port}/",
    "http://[::]:{port}/",
    "http://[::1]:{port}/",
    "http://[0:0:0:0:0:0:0:1]:{port}/",
    "http://[::1%25lo]:{port}/",
    "http://[::1%lo]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://[0:0:0:0:0:ffff:7f00:0001]:{port}/",
    "http://[::127.0.0.1]:{port}/",
    "http://[::ffff:0:127.0.0.1]:{port}/",
    "http://[64:ff9b::127.0.0.1]:{port}/",
    "http://[64:ff9b:1::7f00:1]:{port}/",
    "http://[2002:7f00:1::]:{port}/",
    "http://[2001:0:7f00:1::]:{port}/",
    "http://[2001:0:1:1:0:0:80ff:fffe]:{port}/",
    "http://[2606:4700::5efe:127.0.0.1]:{port}/",
    "http://[2606:4700::200:5efe:7f00:1]:{port}/",
    "http://localhost:{port}/",
    "http://LOCALHOST.:{port}/",
    "http://ｌｏｃａｌｈｏｓｔ:{port}/",
    "http://%6cocalhost:{port}/",
    "http://localhost.localdomain:{port}/",
    "http://an.localhost:{port}/",
    "http://ip6-localhost:{port}/",
    "http://an@127.0.0.1:{port}/",
    "http://an:matkhau@127.0.0.1:{port}/",
    "http://bao.example:80@127.0.0.1:{port}/",
    "http://bao.example%40127.0.0.1:{port}/",
    "http://bao.example＠127.0.0.1:{port}/",
    "http://127.0.0.1:{port}\\@bao.example/",
    "http://bao.example\\@127.0.0.1:{port}/",
    "http:\\\\127.0.0.1:{port}\\",
    "http:/127.0.0.1:{port}/",
    "http:127.0.0.1:{port}/",
    "//127.0.0.1:{port}/",
    "127.0.0.1:{port}",
    "http:///127.0.0.1:{port}/",
    "http://127.0.0.1:{port}#@bao.example/",
    "http://127.0.0.1:{port}?@bao.example/",
    "http://127.0.0.1:{port}/ HTTP/1.1\r\nHost: bao.example\r\n\r\n",
    "http://127.0.0.1\t:{port}/",
    "http://127.0.0.1\u200b:{port}/",
    "http://127.0.0.1%00.bao.example:{port}/",
    "http://127.0.0.1 .bao.example:{port}/",
    "http://bao.example:{port}/",
    "https://127.0.0.1:{port}/",
    "file://127.0.0.1:{port}/etc/passwd",
    "gopher://127.0.0.1:{port}/_GET",
    "ftp://127.0.0.1:{port}/",
    "dict://127.0.0.1:{port}/",
    "ws://127.0.0.1:{port}/",
    "jar:http://127.0.0.1:{port}/!/",
    "view-source:http://127.0.0.1:{port}/",
]

# Other insides; the usual port, so that only the place can be the reason.
INSIDES = [
    "http://10.0.0.1/",
    "http://10.255.255.255/",
    "http://172.16.0.1/",
    "http://172.31.255.254/",
    "http://192.168.1.1/",
    "http://3232235777/",
    "http://0300.0250.1.1/",
    "http://192.168.257/",
    "http://169.254.169.254/latest/meta-data/",
    "http://0xA9FEA9FE/",
    "http://2852039166/",
    "http://0251.0376.0251.0376/",
    "http://169.254.170.2/v2/credentials",
    "http://100.100.100.200/latest/meta-data/",
    "http://168.63.129.16/metadata",
    "http://192.0.0.192/opc/v1/",
    "http://metadata.google.internal/computeMetadata/v1/",
    "http://metadata/",
    "http://[fd00:ec2::254]/latest/meta-data/",
    "http://[::ffff:169.254.169.254]/",
    "http://[64:ff9b::a9fe:a9fe]/",
    "http://[2002:a9fe:a9fe::1]/",
    "http://100.64.0.1/",
    "http://100.127.255.254/",
    "http://198.18.0.1/",
    "http://198.19.255.254/",
    "http://192.0.2.1/",
    "http://198.51.100.7/",
    "http://203.0.113.9/",
    "http://224.0.0.1/",
    "http://239.255.255.250/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    "http://4294967295/",
    "http://[fe80::1]/",
    "http://[fec0::1]/",
    "http://[fc00::1]/",
    "http://[fdff::1]/",
    "http://[ff02::1]/",
    "http://[2001:db8::1]/",
    "http://[3fff::1]/",
    "http://[2001:10::1]/",
    "http://[2001:20::1]/",
    "http://[100::1]/",
    "http://[5f00::1]/",
    "http://router.lan/",
    "http://may-in.local/",
    "http://intranet/",
    "http://mang.home.arpa/",
    "http://abcdefghijklmnop.onion/",
]

# What no reader can agree on, or no web address at all.
UNREADABLE = [
    "",
    "http://",
    "http://./",
    "http://../",
    "http://a..b/",
    "http://.bao.example/",
    "http://bao.example../",
    "http://256.1.1.1/",
    "http://1.2.3.4.5/",
    "http://4294967296/",
    "http://0x100000000/",
    "http://08.1.1.1/",
    "http://1.2.3.0xg/",
    "http://[::1/",
    "http://::1/",
    "http://[::g]/",
    "http://[127.0.0.1]/",
    "http://[v1.a]/",
    "http://bao.example:99999/",
    "http://bao.example:22/",
    "http://bao.example:6379/",
    "http://bao.example:-1/",
    "http://bao.example:８０/",
    "http://bao℀.example/",
    "http://bao／.example/",
    "http://bao？.example/",
    "http://ba%2fo.example/",
    "http://b%25ao.example/",
    "http://%ff%fe.example/",
    "http://bao .example/",
    "http://-bao.example/",
    "http://bao.example\x00/",
    "http://" + "a" * 64 + ".example/",
    "http://" + "a." * 130 + "example/",
    "http://bao.example/" + "a" * 9000,
    "file:///etc/passwd",
    "javascript:alert(1)",
    "data:text/html,tin",
    "blob:http://bao.example/1",
    "mailto:an@bao.example",
]

ALL = [*LOOPBACK, *INSIDES, *UNREADABLE]


def number_notations(plain: str) -> list[str]:
    """One IPv4 address in the notations that browsers read as the same numbers."""
    ip = ipaddress.IPv4Address(plain)
    value, parts = int(ip), plain.split(".")
    wide = "".join(chr(ord(char) + 0xFEE0) if char.isdigit() else char for char in plain)
    return [
        plain,
        plain + ".",
        str(value),
        hex(value),
        f"0{value:o}",
        ".".join(hex(int(part)) for part in parts),
        ".".join(f"0{int(part):o}" if int(part) else "0" for part in parts),
        f"{parts[0]}.{value & 0xFFFFFF}",
        f"{parts[0]}.{parts[1]}.{value & 0xFFFF}",
        wide,
        plain.replace(".", "。"),
        "".join(f"%{ord(char):02x}" for char in plain),
    ]


def hiding_notations(plain: str) -> list[str]:
    """One IPv4 address inside IPv6 ones."""
    value = int(ipaddress.IPv4Address(plain))
    flipped = value ^ 0xFFFFFFFF
    numbers = [
        0xFFFF << 32 | value,  # mapped
        value,  # compatible
        0xFFFF << 48 | value,  # translated
        0x0064_FF9B << 96 | value,  # NAT64
        0x0064_FF9B_0001 << 80 | value,  # local NAT64
        0x2002 << 112 | value << 80 | 1,  # 6to4
        0x2001 << 112 | value << 64 | 1,  # Teredo, the server
        0x2001 << 112 | 1 << 64 | flipped,  # Teredo, the client
        0x2606_4700 << 96 | 0x5EFE << 32 | value,  # ISATAP
        0x2606_4700 << 96 | 0x0200_5EFE << 32 | value,
    ]
    return [str(ipaddress.IPv6Address(number)) for number in numbers]
