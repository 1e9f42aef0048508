"""What never reaches a log: what people wrote, and where they wrote from (rule 2)."""

import logging
import re

# Anything after a question mark may be a message somebody typed into an address; a status link is a secret too.
_QUERY = re.compile(r"\?[^\s\"']*")
_STATUS_LINK = re.compile(r"(/q/)[A-Za-z0-9_-]{8,}")


class NoMessages(logging.Filter):
    """Keeps a record's place and kind, takes out query strings, secret links, and exception texts."""

    def filter(self, record: logging.LogRecord) -> bool:
        line = _STATUS_LINK.sub(r"\1…", _QUERY.sub("?…", record.getMessage()))
        record.msg, record.args = line, ()
        if record.exc_info and record.exc_info[0] is not None:
            record.msg = f"{line} ({_place(record)})"
            record.exc_info, record.exc_text = None, None
        record.__dict__.pop("request", None)
        return True


def _place(record: logging.LogRecord) -> str:
    """Where an exception arose, by type, file and line: its text may quote a message, so it stays out."""
    assert record.exc_info is not None
    kind, _, trace = record.exc_info
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    name = kind.__name__ if kind is not None else "error"
    return f"{name} at {' < '.join(reversed(places[-6:]))}"
