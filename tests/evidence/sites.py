"""Small sites on loopback for the tests, and fakes of what stands between them and the wire."""

import contextlib
import datetime
import socket
import socketserver
import ssl
import subprocess
import threading
import time
from collections.abc import Callable

import httpcore2


class Site:
    """Answers each path with what `pages` holds: bytes as they go over the wire, or a function of the socket."""

    def __init__(self, *, tls: ssl.SSLContext | None = None) -> None:
        self.pages: dict[str, bytes | Callable[[socket.socket], None]] = {}
        self.asked: list[bytes] = []
        site = self

        class Visit(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                with contextlib.suppress(OSError):
                    site.answer(self.request, tls)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Visit)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self.port: int = self._server.server_address[1]
        self.address = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def answer(self, connection: socket.socket, tls: ssl.SSLContext | None) -> None:
        connection.settimeout(5)
        if tls:
            connection = tls.wrap_socket(connection, server_side=True)
        head = b""
        while b"\r\n\r\n" not in head and len(head) < 65_536:
            received = connection.recv(4096)
            if not received:
                return
            head += received
        self.asked.append(head)
        page = self.pages.get(head.split()[1].decode(), answer(b"", status="404 Not Found"))
        if callable(page):
            page(connection)
        else:
            connection.sendall(page)
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def answer(body: bytes, *headers: str, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> bytes:
    """A whole answer as bytes."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


def redirect(location: str, status: str = "302 Found") -> bytes:
    return answer(b"", f"Location: {location}", status=status)


def drip(beginning: bytes, piece: bytes, pause: float, times: int = 200) -> Callable[[socket.socket], None]:
    """A site that sends `piece` again and again, `pause` seconds apart."""

    def send(connection: socket.socket) -> None:
        connection.sendall(beginning)
        for _ in range(times):
            connection.sendall(piece)
            time.sleep(pause)

    return send


class Listener:
    """A socket on loopback that counts who connects."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=512)
        self._socket.setblocking(False)
        self.port: int = self._socket.getsockname()[1]

    def knocks(self) -> int:
        count = 0
        for _ in range(1000):
            try:
                connection, _place = self._socket.accept()
            except BlockingIOError:
                break
            connection.close()
            count += 1
        return count

    def close(self) -> None:
        self._socket.close()


class Dialler(httpcore2.SyncBackend):
    """Notes what it is asked to connect to, and connects to a site on loopback instead (or to nothing)."""

    def __init__(self, site: Site | None = None) -> None:
        self.dialled: list[str] = []
        self._site = site

    def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
        self.dialled.append(host)
        if self._site is None:
            raise httpcore2.ConnectError("nobody is there")
        return super().connect_tcp("127.0.0.1", self._site.port, timeout, local_address, socket_options)


class Names:
    """A name service: each question about a name takes its next answer, the last one stays."""

    def __init__(self, **answers: list[list[str]]) -> None:
        self._answers = {name.replace("_", "."): list(turns) for name, turns in answers.items()}
        self.asked: list[str] = []

    def __call__(self, host: str, _port: int, _seconds: float) -> list[str]:
        self.asked.append(host)
        turns = self._answers.get(host, [[]])
        return turns.pop(0) if len(turns) > 1 else turns[0]


def make_certificates(folder, *names: str) -> tuple[str, str, str]:
    """A test authority and a certificate for `names`, valid for a day: paths of authority, certificate and key."""
    serial = str(int(datetime.datetime.now(datetime.UTC).timestamp()))
    alt = ",".join(f"DNS:{name}" for name in names)
    (folder / "san").write_text(f"subjectAltName={alt}\nbasicConstraints=CA:FALSE\n")

    def openssl(*words: str) -> None:
        subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True, timeout=60)

    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    openssl("req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-days", "1", "-subj", "/CN=Test authority")
    openssl("req", "-new", *key, "-keyout", "site.key", "-out", "site.csr", "-subj", f"/CN={names[0]}")
    signing = ("-CA", "ca.pem", "-CAkey", "ca.key", "-set_serial", serial, "-days", "1", "-extfile", "san")
    openssl("x509", "-req", "-in", "site.csr", *signing, "-out", "site.pem")
    return str(folder / "ca.pem"), str(folder / "site.pem"), str(folder / "site.key")
