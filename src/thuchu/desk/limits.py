"""How fast one address may go on: buckets in a worker's memory, under a key that dies within a day (rule 2).

No address is kept: a bucket is named by a keyed hash, the key is made at random, never stored, and made anew every
day, when all buckets are forgotten with it.  Each server process holds its share of the limit.
"""

import hashlib
import ipaddress
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings

KEY_SECONDS = 86_400.0
# A full table is emptied rather than grown: 100,000 buckets are about 20 MB.
BUCKETS_MAX = 100_000
# The smallest network that a line is given (RFC 6177): 2^64 addresses, all of one subscriber.
IPV6_NETWORK_BITS = 64


@dataclass(slots=True)
class Limiter:
    """Token buckets: `per_minute` tokens a minute, in bursts of at most as many. Threads may share one."""

    per_minute: float
    _key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    _key_since: float = -1.0
    _buckets: dict[bytes, tuple[float, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait_seconds(self, address: str, now_s: float) -> float:
        """0.0 when `address` may go ahead (and one token is taken), else the seconds until it may.

        now_s  a monotonic clock in seconds
        """
        with self._lock:
            self._renew(now_s)
            name = hashlib.blake2b(address.encode("utf-8", "replace"), key=self._key, digest_size=16).digest()
            full = max(1.0, self.per_minute)
            tokens, since = self._buckets.get(name, (full, now_s))
            tokens = min(full, tokens + (now_s - since) * self.per_minute / 60)
            if tokens < 1:
                self._buckets[name] = (tokens, now_s)
                return (1 - tokens) * 60 / self.per_minute
            if len(self._buckets) >= BUCKETS_MAX:
                self._buckets.clear()
            self._buckets[name] = (tokens - 1, now_s)
            return 0.0

    def _renew(self, now_s: float) -> None:
        if self._key_since < 0:
            self._key_since = now_s
        elif now_s - self._key_since >= KEY_SECONDS:
            self._key, self._key_since = secrets.token_bytes(32), now_s
            self._buckets.clear()


def client_address(meta: Mapping[str, object]) -> str:
    """Which line a request comes from: the connection's address, or what our own proxies say stands before them.

    meta  the request's WSGI environment; a forged X-Forwarded-For adds names on the left and changes nothing
    """
    proxies: int = settings.THUCHU_TRUSTED_PROXIES
    chain = [part.strip() for part in str(meta.get("HTTP_X_FORWARDED_FOR", "")).split(",") if part.strip()]
    address = chain[-proxies] if proxies and len(chain) >= proxies else str(meta.get("REMOTE_ADDR", ""))
    return _line_of(address)


def _line_of(address: str) -> str:
    """What one line has: an IPv4 address without a port, or an IPv6 network of which its owner picks any address."""
    bare = address[1:].partition("]")[0] if address.startswith("[") else address
    if bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        read = ipaddress.ip_address(bare)
    except ValueError:
        return address
    if isinstance(read, ipaddress.IPv4Address):
        return str(read)
    return str(read.ipv4_mapped or ipaddress.ip_network((int(read), IPV6_NETWORK_BITS), strict=False))
