"""What never reaches a log: what people wrote, and where they wrote from (rule 2)."""

import logging
import re
from types import TracebackType

# Lines that go on with what somebody sent: a path, a header, a request that was none, the address it came from.
_QUOTING = re.compile(
    r"(Invalid request|Error handling request|Invalid HTTP_HOST header|Forbidden|Not Found|Bad Request)\b.*", re.DOTALL
)
# Anything after a question mark may be a message somebody typed into an address; a status link, an invitation and a
# link that confirms an address or stops mail to it are secrets too.
_QUERY = re.compile(r"\?[^\s\"']*")
_STATUS_LINK = re.compile(r"(/(?:q|join|email)/)[A-Za-z0-9_-]{8,}")


class NoMessages(logging.Filter):
    """Keeps a record's place and kind, takes out what was sent, query strings, secret links, and exception texts."""

    def filter(self, record: logging.LogRecord) -> bool:
        line = _STATUS_LINK.sub(r"\1…", _QUERY.sub("?…", _QUOTING.sub(r"\1", _line(record))))
        record.msg, record.args = line, ()
        if record.exc_info and record.exc_info[0] is not None:
            record.msg = f"{line} ({place_of(record.exc_info[0], record.exc_info[2])})"
            record.exc_info, record.exc_text = None, None
        record.__dict__.pop("request", None)
        return True


def _line(record: logging.LogRecord) -> str:
    """What a record says; of a request only its status and which of our addresses it went to."""
    if isinstance(record.msg, BaseException):
        return type(record.msg).__name__
    request, status = getattr(record, "request", None), getattr(record, "status_code", None)
    if request is None or status is None:
        return record.getMessage()
    match = getattr(request, "resolver_match", None)
    return f"{status} at {'/' + match.route if match else 'an unknown address'}"


def place_of(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Where an exception arose, by type, file and line: its text may quote a message, so it stays out."""
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return f"{kind.__name__} at {' < '.join(reversed(places[-6:]))}"
