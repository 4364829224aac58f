"""proxy.py - the network between kiosks and server, as bad as it comes.

Stands where the kiosks believe the server to be, with the server's own certificate, and passes each request on. `mode`
says what happens to the next requests of events or feed:

    pass   as it should be                      away   nobody answers at all
    lost   the server took it, the answer dies  cut    half of the answer comes
    late   the answer comes after the kiosk gave up
    twice  the request reaches the server twice on two connections; the second answer comes back
    html   a login page with status 200         401, 500   such an answer, unsigned
    wrong  another certificate                  

`hits` counts how often each was done to a request (for away and wrong: to a connection).
"""
import collections
import http.client
import socket
import ssl
import threading
import time

LOGIN_PAGE = b"<!DOCTYPE html><html><title>Wi-Fi login</title><body>Please log in to the guest network.</body></html>"


class Proxy:
    def __init__(self, server_port, certificate, key, ca, wrong_certificate=None, wrong_key=None, late_s=40):
        self.server_port, self.late_s = server_port, late_s
        self.mode, self.hits = "pass", collections.Counter()
        self.good, self.wrong = self._context(certificate, key), None
        if wrong_certificate:
            self.wrong = self._context(wrong_certificate, wrong_key)
        self.upstream = ssl.create_default_context(cafile=ca)
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.listener.getsockname()[1]
        self.open = set()
        threading.Thread(target=self._accept, daemon=True).start()

    @staticmethod
    def _context(certificate, key):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        return context

    def set(self, mode):
        """Changes the weather; connections that are open are cut, so that it is felt at once."""
        self.mode = mode
        for client in list(self.open):
            try:
                client.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def _accept(self):
        while True:
            client, _ = self.listener.accept()
            threading.Thread(target=self._client, args=(client,), daemon=True).start()

    def _client(self, client):
        self.open.add(client)
        try:
            if self.mode == "away":
                self.hits["away"] += 1
                return
            if self.mode == "wrong":
                self.hits["wrong"] += 1
                client = self.wrong.wrap_socket(client, server_side=True)
                client.recv(1)
                return
            client.settimeout(120)
            client = self.good.wrap_socket(client, server_side=True)
            self.open.add(client)
            stream = client.makefile("rb")
            while self._request(client, stream):
                pass
        except (OSError, ValueError, http.client.HTTPException):
            pass  # either side hung up: that is what this is for
        finally:
            self.open.discard(client)
            client.close()

    def _request(self, client, stream):
        """One request: True where the connection stays."""
        first = stream.readline().decode("latin-1").split()
        if len(first) < 2:
            return False
        headers = {}
        while (line := stream.readline().decode("latin-1").strip()):
            name, _, value = line.partition(":")
            headers[name] = value.strip()
        if headers.get("Expect"):
            client.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        body = stream.read(int({k.lower(): v for k, v in headers.items()}.get("content-length", 0)))
        mode = self.mode if first[1].startswith(("/kiosk/1/events", "/kiosk/1/feed")) else "pass"
        if mode == "away":
            self.hits["away"] += 1
            return False
        return self._answer(client, mode, first[0], first[1], headers, body)

    def _answer(self, client, mode, method, path, headers, body):
        if mode in ("html", "401", "500"):
            self.hits[mode] += 1
            status = {"html": "200 OK", "401": "401 Unauthorized", "500": "500 Internal Server Error"}[mode]
            client.sendall(f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {len(LOGIN_PAGE)}\r\n\r\n"
                           .encode() + LOGIN_PAGE)
            return True
        answer = self._pass_on(method, path, headers, body)
        if mode == "twice":
            self.hits["twice"] += 1
            answer = self._pass_on(method, path, headers, body)
        if mode == "lost":
            self.hits["lost"] += 1
            return False
        if mode == "late":
            self.hits["late"] += 1
            time.sleep(self.late_s)
        if mode == "cut":
            self.hits["cut"] += 1
            client.sendall(answer[:max(1, len(answer) // 2)])
            return False
        client.sendall(answer)
        return True

    def _pass_on(self, method, path, headers, body):
        """The server's whole answer as bytes."""
        server = http.client.HTTPSConnection("127.0.0.1", self.server_port, context=self.upstream, timeout=60)
        try:
            server.request(method, path, body, {k: v for k, v in headers.items()
                                                if k.lower() not in ("host", "content-length", "expect", "connection")})
            answer = server.getresponse()
            content = answer.read()
            lines = [f"HTTP/1.1 {answer.status} {answer.reason}"]
            lines += [f"{k}: {v}" for k, v in answer.getheaders()
                      if k.lower() not in ("content-length", "transfer-encoding", "connection")]
            lines.append(f"Content-Length: {len(content)}")
            return "\r\n".join(lines).encode() + b"\r\n\r\n" + content
        finally:
            server.close()
