"""people.py - the office of the demo factory: who works there, with which roles; each as a session over HTTP, as the page has one.

In the demo alone everybody's password is the same, so that a newcomer may look at the page with each one's eyes.
"""
import os
import sys
import uuid

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests/tour"))
from office import PASSWORD, Office, Refused  # pylint: disable=unused-import

HOUR_MS = 3600 * 1000
PEOPLE = [  # name, as it is written, roles
    ("chen", "陈洁", "taker"), ("he", "何琳", "quoter"), ("liu", "刘洋", "payroll"), ("wang", "王强", "manager"), ("zhou", "周工", "technical"),
    ("luo", "罗班长", "supervisor"), ("li", "李敏", "desk"), ("sun", "孙丽", "finance"), ("gao", "高远", "shipping"), ("qin", "秦质检", "qc"),
    ("ma", "马总", "owner")]


class People:
    """admin first; the others by one-time links that he makes. who["liu"] is a session."""

    def __init__(self, server):
        self.server = server
        self.admin = Office(server)
        self.admin.by_first_link()
        self.who = {"admin": self.admin}
        for name, full, roles in PEOPLE:
            token = uuid.uuid4().hex + uuid.uuid4().hex
            self.admin.act("user.add", name=name, full=full, roles=roles, base=0)
            self.admin.act("user.link", user=name, token=token, until_ms=int(server.clock.now() * 1000) + HOUR_MS)
            self.who[name] = Office(server)
            self.who[name].user = name
            self.who[name].log_in("/api/login/password", {"token": token, "password": PASSWORD})

    def __getitem__(self, name):
        return self.who[name]

    def together(self, first, second, what, **body):
        """An act of two: the second types his password at the first one's machine."""
        session, act = self.who[first], uuid.uuid4().hex
        session.json("GET", "/api/me")  # logs in anew where the day is over
        word = session.json("POST", "/api/second", {"name": second, "password": PASSWORD, "act": act})["second"]
        return session.json("POST", f"/api/act/{what}", {"id": act, "second": word, **body})
