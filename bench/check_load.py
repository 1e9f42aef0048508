"""The whole path under load: `POST /api/v1/check` with wrk on loopback, over the demo and over a larger library.

    python bench/check_load.py [--records N] [--seconds S] [--connections C] [--json]

Makes a home of its own in a temporary folder, starts `thuchu serve` with two workers, and drives it with wrk (Debian's
package `wrk`).  Prints requests a second and the 50th, 95th and 99th percentile of latency; any answer but 200 is an
error.
"""

import argparse
import json
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

WORKERS = 2
LUA = """
local messages = {}
for line in io.lines("MESSAGES") do messages[#messages + 1] = line end
local at = 0
local bad = 0
request = function()
  at = at % #messages + 1
  return wrk.format("POST", "/api/v1/check", {["Content-Type"] = "application/json"}, messages[at])
end
response = function(status) if status ~= 200 then bad = bad + 1 end end
done = function(summary, latency)
  io.write(string.format("FIGURES %d %d %d %d %d %d %d\\n", summary.requests, summary.duration,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write
    + summary.errors.timeout,
    latency:percentile(50), latency:percentile(95), latency:percentile(99), latency.max))
end
"""


def main() -> int:
    """Run both loads, or the one asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, help="fact-checks in the library; both 98 (demo) and 100000 unless said")
    parser.add_argument("--seconds", type=int, default=15)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    sizes = [0, 100_000] if options.records is None else [options.records]
    for size in sizes:
        with tempfile.TemporaryDirectory() as scratch:
            figures = run(Path(scratch), size, options.seconds, options.connections)
        print(json.dumps(figures) if options.json else "  ".join(f"{k}={v}" for k, v in figures.items()), flush=True)
    return 0


def run(scratch: Path, size: int, seconds: int, connections: int) -> dict[str, float | int | str]:
    """Figures of one load over a library of `size` synthetic fact-checks, the demo's when 0."""
    chance = random.Random(5)
    home = scratch / "home"
    port = free_port()
    command = [sys.executable, "-m", "thuchu.cli", "--home", str(home)]
    environment = {
        **os.environ,
        "THUCHU_WORKERS": str(WORKERS),
        "THUCHU_CHECKS_PER_MINUTE": "100000",
        "THUCHU_ADDRESS": f"http://127.0.0.1:{port}",
    }
    began = time.perf_counter()
    if size:
        records = scratch / "records.jsonl"
        write_records(records, size, chance)
        words = ["import", str(records), "--publisher", "Bench", "--host", "bench.example"]
        subprocess.run([*command, *words], env=environment, check=True, stdout=subprocess.DEVNULL)
    else:
        subprocess.run([*command, "demo", "--load-only"], env=environment, check=True, stdout=subprocess.DEVNULL)
    loading = time.perf_counter() - began
    write_messages(scratch / "messages.txt", chance)
    (scratch / "check.lua").write_text(LUA.replace("MESSAGES", str(scratch / "messages.txt")))
    server = subprocess.Popen([*command, "serve", "--port", str(port)], env=environment, stdout=subprocess.DEVNULL)
    try:
        wait_until_up(port, server)
        drive(scratch, port, 3, connections)
        figures = drive(scratch, port, seconds, connections)
        memory = memory_mb(server.pid)
    finally:
        server.terminate()
        server.wait(timeout=30)
    return {"library": size or "demo", "loading_s": round(loading, 1), **figures, "memory_mb": memory}


def drive(scratch: Path, port: int, seconds: int, connections: int) -> dict[str, float | int]:
    """One run of wrk: requests a second, milliseconds by percentile, errors."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "20s"]
    command += ["-s", str(scratch / "check.lua"), f"http://127.0.0.1:{port}"]
    out = subprocess.run(command, capture_output=True, text=True, check=True, timeout=seconds + 60).stdout
    found = re.search(r"FIGURES (\d+) (\d+) (\d+) (\d+) (\d+) (\d+) (\d+)", out)
    if found is None:
        raise SystemExit(f"wrk said nothing we understand:\n{out}")
    requests, duration, errors, *latencies = map(int, found.groups())
    p50, p95, p99, longest = (round(value / 1000, 1) for value in latencies)
    per_second = round(requests / (duration / 1e6), 1)
    return {"req_per_s": per_second, "p50_ms": p50, "p95_ms": p95, "p99_ms": p99, "max_ms": longest, "errors": errors}


def write_records(path: Path, size: int, chance: random.Random) -> None:
    """Synthetic Vietnamese fact-checks: syllables by Zipf's law, 12 to 40 a claim and body."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(size):
            record = {
                "@type": "ClaimReview",
                "url": f"https://bench.example/{number}",
                "claimReviewed": words(chance, 14),
                "reviewBody": words(chance, 40),
                "reviewRating": {"alternateName": "Sai"},
                "inLanguage": "vi",
            }
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def write_messages(path: Path, chance: random.Random) -> None:
    """Two thousand JSON bodies with messages of about thirty syllables."""
    bodies = (json.dumps({"text": words(chance, 30)}, ensure_ascii=False) for _ in range(2000))
    path.write_text("\n".join(bodies), "utf-8")


_ONSETS = tuple("bcdđghklmnpqrstvx")
_RIMES = tuple(
    "a,à,á,ạ,an,àn,át,ay,ây,ăn,âm,e,em,ê,êu,i,inh,in,o,ông,ong,ôi,ơi,u,ung,ưa,ương,ươi,uyên,iêu,oan,oang".split(",")
)
_SYLLABLES = [onset + rime for onset in _ONSETS for rime in _RIMES]
_WEIGHTS = [1 / (rank + 3) for rank in range(len(_SYLLABLES))]
random.Random(1).shuffle(_SYLLABLES)


def words(chance: random.Random, count: int) -> str:
    """`count` syllables, give or take a third."""
    return " ".join(chance.choices(_SYLLABLES, _WEIGHTS, k=chance.randint(2 * count // 3, 4 * count // 3)))


def free_port() -> int:
    """A port on loopback that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def wait_until_up(port: int, server: "subprocess.Popen[bytes]") -> None:
    """Return when the desk answers; at most a minute."""
    for _ in range(600):
        if server.poll() is not None:
            raise SystemExit("the server ended before it answered")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/fact-checks", timeout=5).close()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server did not answer within a minute")


def memory_mb(pid: int) -> int:
    """Resident memory of the server and its workers."""
    kilobytes = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            text = status.read_text()
        except OSError:
            continue
        fields = dict(re.findall(r"^(PPid|Pid|VmRSS):\s+(\d+)", text, re.MULTILINE))
        if str(pid) in (fields.get("PPid"), fields.get("Pid")):
            kilobytes += int(fields.get("VmRSS", 0))
    return kilobytes // 1024


if __name__ == "__main__":
    sys.exit(main())
