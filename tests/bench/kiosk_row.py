"""kiosk_row - the kiosk beside Chromium in kiosk mode: from start to the first usable frame, memory, processor while idle.

Both stand on a display of their own (Xvfb), 1024 x 600. The kiosk's data are those of a shop that an earlier run learnt.
Chromium shows the same screen, made of the kiosk's own texts and keys, which its page reads from IndexedDB and can be
touched; its profile is warm, its frame counts once it was painted. Memory is what the processes alone account for (PSS).
"""
import glob
import http.server
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time

SIZE = (1024, 600)
IDLE_S = 20
SETTLE_S = 8
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = """<!doctype html><meta charset="utf-8"><style>body{margin:0;font:20px sans-serif;background:#f2f4f5}
div,button{position:absolute;box-sizing:border-box}button{border:2px solid #1a56b0;border-radius:8px;background:#fff}</style><script>
const ask = indexedDB.open('kiosk', 1);
ask.onupgradeneeded = () => ask.result.createObjectStore('screen');
ask.onsuccess = async () => {
  const db = ask.result;
  const read = () => new Promise((done) => { const get = db.transaction('screen').objectStore('screen').get(1); get.onsuccess = () => done(get.result); });
  let screen = await read();
  if (!screen) {
    const body = await (await fetch('/screen')).json();
    await new Promise((done) => { const put = db.transaction('screen', 'readwrite'); put.objectStore('screen').put(body, 1); put.oncomplete = done; });
    screen = await read();
  }
  screen.texts.forEach((text, i) => { const one = document.createElement('div'); one.textContent = text; one.style.left = `${20 + (i % 4) * 250}px`; one.style.top = `${10 + Math.floor(i / 4) * 34}px`; document.body.append(one); });
  for (const key of screen.buttons) { const one = document.createElement('button'); one.textContent = key.id; [one.style.left, one.style.top, one.style.width, one.style.height] = key.rect.map((n) => `${n}px`); one.onclick = () => {}; document.body.append(one); }
  requestAnimationFrame(() => requestAnimationFrame(() => fetch('/painted', { method: 'POST' })));
};
</script>"""


def processes(leader):
    """The process and all its children that still run."""
    found, waiting = [], [leader]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        for path in glob.glob(f"/proc/{pid}/task/*/children"):
            try:
                with open(path, encoding="ascii") as file:
                    waiting += [int(child) for child in file.read().split()]
            except OSError:
                pass  # it has ended meanwhile
    return found


def memory_mb(leader):
    total = 0
    for pid in processes(leader):
        try:
            with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
                total += sum(int(line.split()[1]) for line in file if line.startswith("Pss:"))
        except OSError:
            pass
    return total / 1024


def ticks(leader):
    total = 0
    for pid in processes(leader):
        try:
            with open(f"/proc/{pid}/stat", encoding="ascii") as file:
                fields = file.read().rsplit(")", 1)[1].split()
            total += int(fields[11]) + int(fields[12])
        except OSError:
            pass
    return total


def at_rest(process):
    """Memory, and the processor's share in percent over IDLE_S; both after it has settled."""
    time.sleep(SETTLE_S)
    before, began = ticks(process.pid), time.monotonic()
    time.sleep(IDLE_S)
    share = (ticks(process.pid) - before) / TICKS / (time.monotonic() - began) * 100
    return {"memory_mb": memory_mb(process.pid), "idle_percent": share}


class Display:
    """An Xvfb of its own; gives the environment for those who show something on it."""

    def __enter__(self):
        read, write = os.pipe()
        self.process = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24", "-nolisten", "tcp"],
                                        pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as file:
            number = file.readline().strip()
        return {**os.environ, "DISPLAY": f":{number}", "SDL_VIDEODRIVER": "x11", "SDL_AUDIODRIVER": "dummy"}

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(10)


def end(process):
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)


def baogong(program, data, env, rests):
    """first_ms: from the start of the program to READY=1, which it tells after its first frame stands."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "notify")
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
            heard.bind(path)
            heard.settimeout(60)
            began = time.monotonic()
            process = subprocess.Popen([program, "--data", data], env={**env, "NOTIFY_SOCKET": path}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                while b"READY=1" not in heard.recv(4096):
                    pass
                result = {"first_ms": (time.monotonic() - began) * 1000}
                return {**result, **at_rest(process)} if rests else result
            finally:
                end(process)


def serve(screen):
    """The page and its data; painted is set when the page says that it stands."""
    painted = threading.Event()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            body = json.dumps(screen).encode() if self.path == "/screen" else PAGE.encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json" if self.path == "/screen" else "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self):
            painted.set()
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, painted


def chromium(profile, server, painted, env, rests):
    painted.clear()
    began = time.monotonic()
    process = subprocess.Popen(["chromium", "--kiosk", "--no-sandbox", "--no-first-run", "--disable-extensions", "--disable-gpu",
                                f"--user-data-dir={profile}", f"--window-size={SIZE[0]},{SIZE[1]}", f"http://127.0.0.1:{server.server_port}/"],
                               env={**env, "TMPDIR": profile}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        if not painted.wait(60):
            raise RuntimeError("chromium painted nothing within a minute")
        result = {"first_ms": (time.monotonic() - began) * 1000}
        return {**result, **at_rest(process)} if rests else result
    finally:
        end(process)


def learnt_screen(program, data):
    """What the kiosk's own idle screen says: texts and keys."""
    done = subprocess.run([program, "--data", data, "--drive", "--offscreen"], input="state\nquit\n", text=True, capture_output=True, check=True)
    screen = json.loads(done.stdout.split("\n")[0])
    return {"texts": screen["texts"], "buttons": screen["buttons"]}


def cells(program, data, rounds):
    """{"own": [runs], "peer": [runs]}; the last round of each also rests."""
    screen = learnt_screen(program, data)
    profile = tempfile.mkdtemp()
    server, painted = serve(screen)
    runs = {"own": [], "peer": []}
    try:
        with Display() as env:
            chromium(profile, server, painted, env, False)  # the profile is made, IndexedDB filled
            for n in range(rounds):
                runs["own"].append(baogong(program, data, env, n == rounds - 1))
                runs["peer"].append(chromium(profile, server, painted, env, n == rounds - 1))
    finally:
        server.shutdown()
        shutil.rmtree(profile, ignore_errors=True)
    return runs
