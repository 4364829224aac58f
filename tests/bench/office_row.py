"""office_row - 200,000 orders and 10 million events: what the office waits for, beside PostgreSQL on the same data.

PostgreSQL has the same rows, keys, indexes and summary tables, and is asked the same statements, prepared, over its own socket; it is
started here, in a folder of its own, and ended. Its figures hold no HTTP, no JSON and no rights; ours over HTTP hold all of it.
"""
import glob
import http.client
import json
import os
import shutil
import subprocess
import tempfile
import threading
import time
import uuid

PASSWORD = "correct horse battery staple"
KIOSKS = 200
PACE_MS = 1000   # of each kiosk: 200 scans a second, more than such a house ever makes
PACED_S = 20
REPORT_S = 0.25  # between one that was read and the next
REPORTS = ("report-wages", "report-orders", "report-ops", "report-dealers", "report-hands", "todo")


class Postgres:
    """PostgreSQL as the package has it, alone on a socket of its own; with settings for a server of this size. A plan made for the
    values at hand: its plans for any values walk whole tables for one order."""

    def __init__(self, place):
        self.bin = (sorted(glob.glob("/usr/lib/postgresql/*/bin")) or [""])[-1]
        self.socket = tempfile.mkdtemp(prefix="baogong-bench-")
        self.data = os.path.join(place, "postgres")
        self.user = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups"] if os.getuid() == 0 else []
        shutil.rmtree(self.data, ignore_errors=True)
        os.makedirs(self.data)
        if self.user:
            shutil.chown(self.data, "postgres")
            shutil.chown(self.socket, "postgres")
        name = "postgres" if self.user else os.environ.get("USER", "postgres")
        self.where = f"host={self.socket} user={name} dbname=postgres"
        self.run("initdb", "-D", self.data, "-U", name, "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust")

    def run(self, program, *words):
        done = subprocess.run([*self.user, os.path.join(self.bin, program), *words], capture_output=True, text=True, check=False, cwd="/")
        if done.returncode != 0:
            raise RuntimeError(f"{program}: {done.stdout[-800:]}{done.stderr[-800:]}")

    def start(self, *settings):
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 4 // 1048576
        base = ("listen_addresses=", f"unix_socket_directories={self.socket}", f"shared_buffers={memory}MB", f"effective_cache_size={memory * 2}MB",
                "random_page_cost=1.1", "jit=off", "plan_cache_mode=force_custom_plan", "wal_level=minimal", "max_wal_senders=0", "max_wal_size=8GB")
        self.run("pg_ctl", "-D", self.data, "-w", "-t", "120", "-l", os.path.join(self.data, "log"), "-o",
                 " ".join(f"-c {one}" for one in base + settings), "start")

    def stop(self):
        self.run("pg_ctl", "-D", self.data, "-w", "-t", "120", "-m", "fast", "stop")

    def end(self):
        if os.path.exists(os.path.join(self.data, "postmaster.pid")):
            self.stop()
        shutil.rmtree(self.data, ignore_errors=True)
        shutil.rmtree(self.socket, ignore_errors=True)


class Office:
    """A session of the real server, as a page has it."""

    def __init__(self, port, token):
        self.port, self.cookie, self.csrf = int(port), "", ""
        self.json("POST", "/api/login/password", {"token": token, "password": PASSWORD})
        self.csrf = self.json("GET", "/api/me")["csrf"]

    def ask(self, method, path, body=None):
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            link.request(method, path, body and json.dumps(body).encode(), {"Content-Type": "application/json", "Cookie": self.cookie, "Baogong-Csrf": self.csrf})
            answer = link.getresponse()
            if answer.headers.get("Set-Cookie"):
                self.cookie = answer.headers["Set-Cookie"].split(";")[0]
            return answer.status, answer.read()
        finally:
            link.close()

    def json(self, method, path, body=None):
        status, data = self.ask(method, path, body)
        if status != 200:
            raise RuntimeError(f"{method} {path}: {status} {data[:300].decode(errors='replace')}")
        return json.loads(data)

    def act(self, name, **body):
        """Until it is answered, with one id; how long that took."""
        began, body = time.monotonic(), {"id": uuid.uuid4().hex, **body}
        while True:
            status, data = self.ask("POST", f"/api/act/{name}", body)
            if status == 200:
                return time.monotonic() - began
            if status not in (202, 429, 503):
                raise RuntimeError(f"{name}: {status} {data[:300].decode(errors='replace')}")
            time.sleep(0.05)


class Busy:
    """A month is checked and the check taken back, again and again, and reports are read, four a second (at a rate of their own: else
    quicker reports would be a heavier load), while something else is measured."""

    def __init__(self, office, today):
        self.office, self.is_over = office, threading.Event()
        self.checks, self.reports, self.failed = [], 0, None
        self.open = next((row["to_day"] for row in office.json("GET", "/api/list/periods?limit=2000")["rows"] if row["state"] == 0 and row["to_day"] < today), None)
        self.threads = [threading.Thread(target=self.guard, args=(work,)) for work in (self.close, self.read)]

    def guard(self, work):
        try:
            work()
        except (RuntimeError, OSError) as error:
            self.failed = error

    def close(self):
        while self.open and not self.is_over.is_set():
            self.checks.append(self.office.act("period.check", to=self.open))
            self.office.act("period.reopen", to=self.open, why="bench")

    def read(self):
        while not self.is_over.is_set():
            for name in REPORTS:
                if not self.is_over.is_set():
                    self.office.json("GET", f"/api/list/{name}?limit=2000")
                    self.reports += 1
                    self.is_over.wait(REPORT_S)

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.is_over.set()
        for thread in self.threads:
            thread.join()


def asked(tool, *words):
    done = subprocess.run([tool, *words], check=False, text=True, capture_output=True)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(words)}: {done.stderr[-1500:]}")
    for line in done.stderr.splitlines():
        print("  " + line)
    return json.loads(done.stdout)


def ms(us):
    return f"{us / 1000:.3f} ms" if us < 10000 else f"{us / 1000:.1f} ms"


def beside(say, title, pair, target_us=None, is_http=False):
    """A figure of ours, PostgreSQL's, their ratio at p50 and p95."""
    own, peer = pair
    for part, at in (("p50", 0), ("p95", 1)):
        ratio = None if peer is None else peer[at] / max(own[at], 1)
        text = ms(own[at]) + ("" if ratio is None else f", PostgreSQL {ms(peer[at])}: {ratio:.1f} x")
        limit = target_us if part == "p50" else None
        say(f"{title} {part}{', over HTTP' if is_http else ''}", text, f"<= {ms(limit)}" if limit else "", own[at] <= limit if limit else None,
            value=own[at] / 1000, peer=None if peer is None else peer[at] / 1000, ratio=ratio)


def questions(tool, data, postgres, say):
    """Inside the server's rooms, and PostgreSQL's answers to the same."""
    if postgres:
        postgres.start("fsync=off", "maintenance_work_mem=512MB", "autovacuum=off")
        began = time.monotonic()
        asked(tool, "copy", "--data", data, "--peer", postgres.where)
        postgres.stop()
        postgres.start()
        print(f"  PostgreSQL has the same rows, keys and indexes after {time.monotonic() - began:.0f} s", flush=True)
    found = asked(tool, "ask", "--data", data, *(("--peer", postgres.where) if postgres else ()))
    if postgres:
        postgres.end()
    for name, title, target in (("status", "order status in the server", 20), ("today", "today by station in the server", 60),
                                ("wages", "a month's wages in the server", 2000), ("proof", "proof of a month by totals", 100000),
                                ("raw", "a month added up from its pay lines", None), ("day", "the day's report in the server", None),
                                ("todo", "what needs somebody, in the server", None), ("search", "search in the server", None),
                                ("page", "an order's page in the server", None)):
        if "own." + name in found:
            beside(say, title, (found["own." + name], found.get("peer." + name)), target)
    slow = sorted(((value[0], name[5:]) for name, value in found.items() if name.startswith("part.")), reverse=True)[:4]
    print("  an order's page, its slowest lists: " + ", ".join(f"{name} {ms(us)}" for us, name in slow), flush=True)
    return found


def over_http(tool, data, office, found, say):
    answers = asked(tool, "http", "--data", data, "--port", str(office.port), "--cookie", office.cookie)
    print(f"  an empty answer over HTTP: p50 {ms(answers['http.alive'][0])}; PostgreSQL's figures hold no HTTP and no JSON")
    for name, title in (("search", "search, a letter typed"), ("page", "an order's page, all its lists")):
        beside(say, title, (answers["http." + name], found.get("peer." + name)), is_http=True)


def read_mb(pid):
    """What the program had to read from the disk itself, since it began."""
    with open(f"/proc/{pid}/io", encoding="ascii") as file:
        return int(next(line for line in file if line.startswith("read_bytes")).split()[1]) / 1e6


def kiosks(load, office, past, say, fastify, pid):
    """Acknowledgements of kiosks at their usual pace: idle, then while a month closes and reports are read. pid: the server's."""
    requests = PACED_S * 1000 // PACE_MS
    epoch = int(time.time()) & 0x7FFFFFF

    def paced(number, turn):
        return load(requests, number, "baogong", epoch + turn)

    idle = paced(past, 0)
    before_mb = read_mb(pid)
    with Busy(office, office.json("GET", "/api/me")["today"]) as busy:
        time.sleep(0.5)
        close = paced(past + requests * KIOSKS, 1)
    from_disk_mb = read_mb(pid) - before_mb
    peer = fastify(requests)
    if busy.failed:
        raise RuntimeError(f"while kiosks sent: {busy.failed}")
    took = f"{min(busy.checks):.1f} s each" if busy.checks else "no whole month in these data"
    print(f"  the server read {from_disk_mb:.0f} MB from the disk while a month was checked: what the memory didn't hold")
    print(f"  {KIOSKS} kiosks, a scan each {PACE_MS} ms: idle p50 {idle['p50_ms']:.2f} p95 {idle['p95_ms']:.2f} p99 {idle['p99_ms']:.2f} ms; while a month"
          f" was checked {len(busy.checks)} times ({took}) and {busy.reports} reports read p50 {close['p50_ms']:.2f} p95 {close['p95_ms']:.2f}"
          f" p99 {close['p99_ms']:.2f} ms; Fastify idle p99 {peer['p99_ms']:.2f} ms", flush=True)
    for part, limit in (("p50", None), ("p95", 1.5), ("p99", 3)):
        ratio = close[part + "_ms"] / max(idle[part + "_ms"], 0.01)
        say(f"acknowledged while a month closes, {part} over idle", f"{ratio:.2f} x", f"<= {limit}" if limit else "", ratio <= limit if limit else None,
            value=close[part + "_ms"], peer=idle[part + "_ms"], ratio=ratio)
    ratio = close["p99_ms"] / max(peer["p99_ms"], 0.01)
    say("the same p99, of Fastify's p99 while idle", f"{ratio:.2f} x", "<= 1", ratio <= 1, value=close["p99_ms"], peer=peer["p99_ms"], ratio=ratio)


def rebuild(server, fill, data, say):
    """Everything computed again from the raw events, and compared."""
    events = 200_000
    subprocess.run([fill, "--data", data, "--events", str(events), "--ahead", "1000", "--plain"], check=True, capture_output=True)
    began = time.monotonic()
    done = subprocess.run([server, "rebuild", "--compare", "--data", data, "--lang", "en"], check=False, text=True, capture_output=True)
    rate = events / (time.monotonic() - began)
    shutil.rmtree(data, ignore_errors=True)
    if done.returncode != 0:
        raise RuntimeError("rebuild --compare: " + done.stdout[-500:] + done.stderr[-500:])
    say("rebuild --compare of everything, equal", f"{rate:,.0f}/s", ">= 20,000/s", rate >= 20000, value=rate)
