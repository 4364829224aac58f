"""office.py - the office's side over HTTP, as a page or another program has it: a session, lists, CSV files, acts.

Patient like the page: what was not answered is asked again with the same id, so a server that is killed in between
changes nothing twice.
"""
import csv
import http.client
import io
import json
import ssl
import time
import uuid

PASSWORD = "correct horse battery staple"
PATIENCE_S = 180
TRY_AGAIN = (202, 429, 503)


class Refused(Exception):
    """The server said no: its status and its sentence."""


class Office:
    def __init__(self, server):
        self.server, self.user, self.cookie, self.csrf = server, "admin", None, None

    def ask(self, method, path, body=None):
        """One request, until there is an answer: status and bytes."""
        until = time.monotonic() + PATIENCE_S
        while True:
            try:
                status, data = self._once(method, path, body)
            except (OSError, http.client.HTTPException):
                status, data = 503, b"no answer"
            if status not in TRY_AGAIN or time.monotonic() > until:
                return status, data
            time.sleep(0.1)

    def _sent(self, method, path, data, kind):
        self.json("GET", "/api/me")  # a session that has ended is opened again
        status, answer = self._once(method, path, data, kind)
        if status != 200:
            raise Refused(f"{method} {path}: {status} {answer.decode(errors='replace')[:500]}")
        return answer

    def _once(self, method, path, body, kind="application/json"):
        context = ssl.create_default_context(cafile=self.server.file("ca.pem"))
        link = http.client.HTTPSConnection("127.0.0.1", self.server.port, timeout=60, context=context)
        headers = {"Accept-Language": "zh", "Content-Type": kind}
        if self.cookie:
            headers["Cookie"] = self.cookie
        if self.csrf:
            headers["Baogong-Csrf"] = self.csrf
        try:
            link.request(method, path, body if body is None or isinstance(body, bytes) else json.dumps(body).encode(), headers)
            answer = link.getresponse()
            if answer.headers.get("Set-Cookie"):
                self.cookie = answer.headers["Set-Cookie"].split(";")[0]
            return answer.status, answer.read()
        finally:
            link.close()

    def json(self, method, path, body=None):
        """As somebody logged in: a session that has ended is opened again by the password."""
        status, data = self.ask(method, path, body)
        if status == 401 and self.cookie:
            self.log_in("/api/login", {"name": self.user, "password": PASSWORD})
            status, data = self.ask(method, path, body)
        if status != 200:
            raise Refused(f"{method} {path}: {status} {data.decode(errors='replace')[:500]}")
        return json.loads(data)

    def log_in(self, path, body):
        self.cookie = self.csrf = None
        status, data = self.ask("POST", path, body)
        if status != 200:
            raise Refused(f"{path}: {status} {data.decode(errors='replace')[:300]}")
        self.csrf = json.loads(self.ask("GET", "/api/me")[1])["csrf"]

    def by_first_link(self):
        self.log_in("/api/login/password", {"token": self.server.link.rsplit("/", 1)[1], "password": PASSWORD})

    def act(self, name, /, **body):
        return self.json("POST", f"/api/act/{name}", {"id": uuid.uuid4().hex, **body})

    def upload(self, path, data):
        """A file, as the page sends one; its answer names the hash."""
        return json.loads(self._sent("POST", f"{path}?id={uuid.uuid4().hex}", data, "application/octet-stream"))

    def rows(self, name, query=""):
        return self.json("GET", f"/api/list/{name}?limit=2000&{query}")["rows"]

    def csv(self, name, query=""):
        status, data = self.ask("GET", f"/api/csv/{name}?{query}")
        assert status == 200, (name, status, data[:300])
        return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))

    def until_booked(self):
        """All that was taken is in the books."""
        until = time.monotonic() + PATIENCE_S
        while True:
            health = self.json("GET", "/api/health")
            if health["inbox"] == health["booked"]:
                return health
            assert time.monotonic() < until, f"not booked within {PATIENCE_S} s: {health}"
            time.sleep(0.05)
