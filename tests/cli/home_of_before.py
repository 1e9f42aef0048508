"""A home as it was before the desk had claims, made in a process of its own: python home_of_before.py HOME.

Only the rooms of then are migrated, to where they stood; rows are written through the tables of then, and entries are
chained as they were.  Says as JSON the tokens of the private pages.
"""

import hashlib
import json
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOMS_OF_THEN = [("ledger", "0001_initial"), ("library", "0001_initial"), ("intake", "0001_initial")]
ASKED_AT = datetime.now(UTC) - timedelta(days=9)
SALT_WATER = "Nghe nói uống nước muối loãng mỗi sáng diệt được vi rút trong cổ họng, có đúng không mọi người"
POWER_CUT = "Ngày mai cả phường mình cúp điện từ bảy giờ sáng tới năm giờ chiều để sửa trạm biến áp phải không"
ANSWERED = "Ăn tỏi sống mỗi ngày chữa khỏi hẳn bệnh tiểu đường chỉ sau hai tuần lễ"
# (message, what its asker was told, days before ASKED_AT)
QUESTIONS = [
    (SALT_WATER, "none", 4),
    (POWER_CUT, "none", 3),
    (SALT_WATER, "none", 2),
    (ANSWERED, "answer", 1),
    ("Có ai nghe chuyện tỏi với bệnh tiểu đường chưa", "suggest", 1),
]


def main():
    home = Path(sys.argv[1])
    home.mkdir(mode=0o700)
    os.environ["THUCHU_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "thuchu.desk.settings"
    import django

    django.setup()
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from thuchu.desk.ledger.guards import install_guards

    executor = MigrationExecutor(connection)
    state = executor.migrate(ROOMS_OF_THEN)
    install_guards()
    tables = state.apps
    _publish(tables)
    sys.stdout.write(json.dumps([_ask(tables, number, *each) for number, each in enumerate(QUESTIONS, start=1)]))


def _publish(tables):
    times = {"imported_at": ASKED_AT, "updated_at": ASKED_AT}
    publisher = tables.get_model("library", "Publisher").objects.create(
        name="Báo Thử", name_key="bao thu", admitted_at=ASKED_AT, admitted_reason="Ngày đầu của bàn."
    )
    tables.get_model("library", "PublisherHost").objects.create(
        publisher=publisher, host="tin.example", added_at=ASKED_AT, admitted_at=ASKED_AT
    )
    for number, claim in enumerate([ANSWERED, "Bão số chín đổ bộ vào Huế trong đêm nay"], start=1):
        tables.get_model("library", "FactCheck").objects.create(
            public_id=f"cu-{number}",
            publisher=publisher,
            url=f"https://tin.example/{number}",
            url_key=f"tin.example/{number}",
            claim=claim,
            claim_digest=hashlib.sha256(claim.encode()).hexdigest(),
            verdict="false",
            verdict_words="Sai",
            explanation="Không có nghiên cứu nào nói vậy.",
            language="vi",
            content_digest=hashlib.sha256(str(number).encode()).hexdigest(),
            change=number,
            **times,
        )
    _append(tables, "publisher.added", "publisher:1", {"name": "Báo Thử"})
    _append(tables, "publisher.hosts_added", "publisher:1", {"hosts": ["tin.example"], "admitted": True})


def _append(tables, kind, subject, body):
    from thuchu.log import chain, entry

    rows = tables.get_model("ledger", "Entry").objects
    last = rows.order_by("-seq").first()
    head = chain.Head(last.seq, bytes(last.hash)) if last else chain.EMPTY
    fresh = entry.Entry(head.seq + 1, int(ASKED_AT.timestamp() * 1000), kind, subject, body)
    digest = chain.extend(head, fresh).hash
    text = entry.canonical_json(body).decode()
    rows.create(seq=fresh.seq, time_ms=fresh.time_ms, kind=kind, subject=subject, body=text, hash=digest)


def _ask(tables, number, message, told, days):
    from thuchu.desk.intake.status_link import digest, new_token

    token, at = new_token(), ASKED_AT - timedelta(days=days)
    said = [["cu-1", "false"]] if told != "none" else []
    row = tables.get_model("intake", "Submission").objects.create(
        token_digest=digest(token),
        text=message,
        language="vi",
        door="web",
        asked_at=at,
        told_at=at,
        told_kind=told,
        tellings=[[int(at.timestamp()), told, said]],
    )
    if number == 1:
        tables.get_model("intake", "FirstQuestion").objects.create(pk=1, asked_at=at)
    if told == "answer":
        tables.get_model("intake", "Feedback").objects.create(
            submission=row, fact_check="cu-1", says="is_it", said_at=at
        )
    return token


if __name__ == "__main__":
    main()
