"""proxy.py - the network between kiosks and server, as bad as it comes.

Stands where a kiosk believes the server to be, with the server's own certificate, and passes each request on. `mode`
says what happens to requests of events and the feed; to add one, a row of ANSWERS or a branch of _answer:

    pass   as it should be                      away   nobody answers at all
    lost   the server took it, the answer dies  cut    half of the answer comes
    late   the answer comes after the kiosk gave up
    twice  the request reaches the server twice on two connections; the second answer comes back
    html   a login page with status 200         401, 500   such an answer, unsigned
    wrong  another server's certificate

`set(mode)` holds until the next set; `arm(mode, n)` strikes the next n requests of events and then passes by itself.
`hits` counts how often each was done (away and wrong: to a connection).
"""
import collections
import http.client
import socket
import ssl
import threading
import time

LOGIN_PAGE = b"<!DOCTYPE html><html><title>Wi-Fi login</title><body>Please log in to the guest network.</body></html>"
ANSWERS = {"html": "200 OK", "401": "401 Unauthorized", "500": "500 Internal Server Error"}
EVENTS, FEED = "/kiosk/1/events", "/kiosk/1/feed"


class Proxy:
    def __init__(self, server, late_s=21):
        self.mode, self.armed, self.hits, self.late_s = "pass", [], collections.Counter(), late_s
        self.open, self.lock, self.struck, self.wrong = set(), threading.Lock(), threading.Condition(), None
        self.aim(server)
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def aim(self, server):
        """From now on this server stands behind it, with that server's certificate."""
        self.server_port, self.good = server.port, self._context(server)
        self.upstream = ssl.create_default_context(cafile=server.file("ca.pem"))
        self.cut_off()

    def pretend(self, server):
        """Whose certificate `wrong` shows."""
        self.wrong = self._context(server)

    @staticmethod
    def _context(server):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(server.file("server.pem"), server.file("server.key"))
        return context

    def set(self, mode):
        """Changes the weather; connections that are open are cut, so that it is felt at once."""
        self.mode = mode
        self.cut_off()

    def arm(self, mode, times=1):
        with self.lock:
            self.armed += [mode] * times

    def wait_hits(self, mode, count, limit_s=60):
        """Until it was done so often since the start; an error where it wasn't in time."""
        with self.struck:
            if not self.struck.wait_for(lambda: self.hits[mode] >= count, limit_s):
                raise TimeoutError(f"{mode}: {self.hits[mode]} of {count} in {limit_s} s")

    def cut_off(self):
        for client in list(self.open):
            try:
                client.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def _hit(self, mode):
        with self.struck:
            self.hits[mode] += 1
            self.struck.notify_all()

    def _accept(self):
        while True:
            client, _ = self.listener.accept()
            threading.Thread(target=self._client, args=(client,), daemon=True).start()

    def _client(self, client):
        self.open.add(client)
        try:
            if self.mode == "away":
                self._hit("away")
                return
            if self.mode == "wrong":
                self._hit("wrong")
                client = self.wrong.wrap_socket(client, server_side=True)
                client.recv(1)
                return
            client.settimeout(120)
            self.open.discard(client)
            client = self.good.wrap_socket(client, server_side=True)
            self.open.add(client)
            with client.makefile("rb") as stream:
                while self._request(client, stream):
                    pass
        except (OSError, ValueError, http.client.HTTPException):
            pass  # either side hung up: that is what this is for
        finally:
            self.open.discard(client)
            client.close()

    def _mode_of(self, path):
        with self.lock:
            if path == EVENTS and self.armed and self.mode == "pass":
                return self.armed.pop(0)
        return self.mode if path in (EVENTS, FEED) or self.mode == "away" else "pass"

    def _request(self, client, stream):
        """One request: True where the connection stays."""
        first = stream.readline().decode("latin-1").split()
        if len(first) < 2:
            return False
        headers = {}
        while (line := stream.readline().decode("latin-1").strip()):
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        if headers.get("expect"):
            client.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        body = stream.read(int(headers.get("content-length", 0)))
        mode = self._mode_of(first[1])
        if mode == "away":
            self._hit("away")
            return False
        return self._answer(client, mode, first[0], first[1], headers, body)

    def _answer(self, client, mode, method, path, headers, body):
        if mode in ANSWERS:
            client.sendall(f"HTTP/1.1 {ANSWERS[mode]}\r\nContent-Type: text/html\r\nContent-Length: {len(LOGIN_PAGE)}\r\n\r\n"
                           .encode() + LOGIN_PAGE)
            self._hit(mode)
            return True
        answer = self._pass_on(method, path, headers, body)
        if mode == "twice":
            answer = self._pass_on(method, path, headers, body)
        if mode == "late":
            time.sleep(self.late_s)
        if mode != "pass":
            self._hit(mode)
        if mode == "lost":
            return False
        if mode == "cut":
            client.sendall(answer[:max(1, len(answer) // 2)])
            return False
        client.sendall(answer)
        return True

    def _pass_on(self, method, path, headers, body):
        """The server's whole answer as bytes."""
        server = http.client.HTTPSConnection("127.0.0.1", self.server_port, context=self.upstream, timeout=60)
        try:
            server.request(method, path, body, {k: v for k, v in headers.items()
                                                if k not in ("host", "content-length", "expect", "connection")})
            answer = server.getresponse()
            content = answer.read()
            lines = [f"HTTP/1.1 {answer.status} {answer.reason}"]
            lines += [f"{k}: {v}" for k, v in answer.getheaders()
                      if k.lower() not in ("content-length", "transfer-encoding", "connection")]
            lines.append(f"Content-Length: {len(content)}")
            return "\r\n".join(lines).encode() + b"\r\n\r\n" + content
        finally:
            server.close()
