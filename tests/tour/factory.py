"""factory.py - real programs for the tour, the demo and tests: a server, its office, kiosks.

Nothing here knows how the programs work inside: it starts them, speaks through their doors (docs/protocol.md, the
office's HTTP API, --drive) and kills them.
"""
import json
import os
import random
import re
import selectors
import signal
import socket
import subprocess
import time

BIN = os.environ.get("BIN", "build/bin")
READY_S = 60


# ---- barcodes (docs/protocol.md)

PRINTED = None  # tests/tour/printed.py, where nothing is scanned that doesn't stand on paper


def on_paper(digits):
    return PRINTED.code(digits) if PRINTED else digits


def code(kind, body):
    """18 digits: kind, 15 digits, check (ISO 7064 MOD 97-10)."""
    digits = f"{kind}{body}"
    assert len(digits) == 16, digits
    return digits + f"{98 - int(digits + '00') % 97:02d}"


def badge_code(badge):
    return on_paper(code(3, f"{badge:015d}"))


def sheet_code(sheet, rev=1, copy=1):
    """sheet as 2603-0001-01."""
    yymm, serial, line = sheet.split("-")
    return on_paper(code(1, f"{yymm}{serial}{line}{rev:02d}{copy:03d}"))


def command_code(action, argument=0):
    return on_paper(code(4, f"{action:03d}{argument:012d}"))


def enrol_elsewhere(digits, port):
    """The same enrolment through another port: the bad network's."""
    changed = digits[:13] + f"{port:05d}" + digits[18:118]
    return changed + f"{98 - int(changed + '00') % 97:02d}"


class Clock:
    """The tour's time: the world's, put forward by jumps. A program takes it as it is when it starts."""

    def __init__(self, start_s=None):
        self.ahead_s = 0 if start_s is None else start_s - time.time()

    def now(self):
        return time.time() + self.ahead_s

    def jump(self, seconds):
        self.ahead_s += seconds

    def option(self):
        return f"{int(self.now())},1"


def free_port():
    """One that the system hands out to nobody: it stays ours while the server that has it is away for a moment."""
    with open("/proc/sys/net/ipv4/ip_local_port_range", encoding="ascii") as file:
        handed_out = int(file.read().split()[0])
    while True:
        port = random.SystemRandom().randrange(10000, max(handed_out, 12000))
        try:
            with socket.create_server(("127.0.0.1", port)):
                return port
        except OSError:
            pass


class Program:
    """A child process whose lines we read with a time limit."""

    def __init__(self, command, log, env=None):
        self.log = open(log, "ab")  # pylint: disable=consider-using-with
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log, env=env)
        self.waiter = selectors.DefaultSelector()
        self.waiter.register(self.process.stdout, selectors.EVENT_READ)
        self.rest = b""

    def line(self, limit_s):
        """The next line of its output; an error where none comes in time or it ended."""
        until = time.monotonic() + limit_s
        while b"\n" not in self.rest:
            if not self.waiter.select(max(0, until - time.monotonic())):
                raise TimeoutError(f"{self.process.args[0]} said nothing for {limit_s} s")
            some = os.read(self.process.stdout.fileno(), 1 << 20)
            if not some:
                raise EOFError(f"{self.process.args[0]} ended with {self.process.wait()}")
            self.rest += some
        line, _, self.rest = self.rest.partition(b"\n")
        return line.decode()

    def end(self, how):
        """Sends the signal and waits; gives the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        result = self.process.wait(READY_S)
        self.waiter.close()
        for stream in (self.process.stdin, self.process.stdout, self.log):
            try:
                stream.close()
            except BrokenPipeError:
                pass
        return result


# ---- the server

class Server:
    """baogong-server on a data directory; a port of its own that stays the same over restarts."""

    def __init__(self, data, clock=None, options=()):
        self.data, self.clock, self.options = data, clock, list(options)
        self.port, self.program, self.kills, self.link, self.env = free_port(), None, 0, "", None
        self.binary = os.path.join(BIN, "baogong-server")
        os.makedirs(data, exist_ok=True)

    def command(self, *words):
        clock = ["--clock", self.clock.option()] if self.clock else []
        return [self.binary, *words, "--data", self.data, *clock]

    def start(self):
        """Until its ready line; gives that line."""
        self.program = Program(self.command("run") + ["--address", "127.0.0.1", "--port", str(self.port), *self.options],
                               self.data + ".log", self.env)
        while True:
            line = self.program.line(READY_S)
            link = re.search(r"https?://\S*/login/\S+", line)
            if link:
                self.link = link.group()
            if line.startswith("ready"):
                return line

    def kill(self):
        self.program.end(signal.SIGKILL)
        self.kills += 1

    def stop(self):
        result = self.program.end(signal.SIGTERM)
        assert result == 0, f"the server ended with {result}, see {self.data}.log"

    def run(self, *words, check=True):
        """A command of the server's program, on its data; gives what it printed."""
        done = subprocess.run(self.command(*words), capture_output=True, text=True, timeout=600, check=False)
        if check and done.returncode != 0:
            raise RuntimeError(f"{' '.join(words)}: exit {done.returncode}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done.stdout

    def file(self, name):
        return os.path.join(self.data, name)


# ---- a kiosk

class Kiosk:
    """baogong-kiosk --drive on a data directory. clock: a Clock, or the words of --clock."""

    def __init__(self, data, clock=None, size="1024x600"):
        self.data, self.clock, self.size = data, clock, size
        self.program, self.kills, self.env = None, 0, None
        os.makedirs(data, exist_ok=True)

    def start(self, *options):
        clock = self.clock.option() if isinstance(self.clock, Clock) else self.clock
        clock = ["--clock", clock] if clock else []
        self.program = Program([os.path.join(BIN, "baogong-kiosk"), "--drive", "--offscreen", "--data", self.data,
                                "--size", self.size, *clock, *options], self.data + ".log", self.env)
        return self.say("state")

    def tell(self, command):
        """A command whose answer nobody waits for."""
        self.program.process.stdin.write(command.encode() + b"\n")
        self.program.process.stdin.flush()

    def say(self, command, limit_s=90):
        """One command; its answer as a dict."""
        self.tell(command)
        return json.loads(self.program.line(limit_s))

    def say_and_die(self, command, after_s):
        """Killed so long after the command; its answer where it still came out, else None."""
        self.tell(command)
        time.sleep(after_s)
        self.kills += 1
        self.program.process.kill()
        try:
            return json.loads(self.program.line(READY_S))
        except EOFError:
            return None
        finally:
            self.program.end(signal.SIGKILL)

    def scan(self, text):
        return self.say(f"scan {text}")

    def tap(self, button):
        return self.say(f"tap {button}")

    def state(self):
        return self.say("state")

    def sync(self, limit_s=60):
        """Until nothing waits to be sent and the feed is current."""
        return self.say(f"sync {int(limit_s * 1000)}", limit_s + 30)

    def shot(self, path):
        return self.say(f"shot {path}")

    def kill(self):
        self.program.end(signal.SIGKILL)
        self.kills += 1

    def stop(self):
        result = self.program.end(signal.SIGTERM)
        assert result == 0, f"the kiosk ended with {result}, see {self.data}.log"
