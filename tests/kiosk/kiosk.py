#!/usr/bin/env python3
"""kiosk.py - a kiosk in 200 lines, written from docs/protocol.md alone: what that page says is enough.

kiosk.py --state FILE enrol DIGITS                     the 120 digits of the office's QR
kiosk.py --state FILE report SHEETCODE OP COUNT BADGE[:NUMBER]...     NUMBER: of the worker, where no feed was read
kiosk.py --state FILE send [--lose-answer]             all that waits; or one batch, as if its answer had been lost
kiosk.py --state FILE feed                             what changed, learnt and printed. Exit code 1: nothing is lost
"""
import datetime, hashlib, http.client, json, os, pathlib, random, secrets, ssl, sys, time

MOST_EVENTS, MOST_BYTES, TRIES, NONE, ZEROS, DAY_MIN = 500, 256 * 1024, 6, "-", "0" * 16, 1440
NETWORK = (OSError, http.client.HTTPException)
BOOT = pathlib.Path("/proc/sys/kernel/random/boot_id").read_text().replace("-", "")[:16]

class Refused(Exception): """A sentence for whoever stands before the kiosk."""
def now_ms(): return time.time_ns() // 1000000
def hash_of(text, key=b""):
    return hashlib.blake2b(text if isinstance(text, bytes) else text.encode(), digest_size=32, key=key).hexdigest()

def code_read(text, kind, count=18):
    digits = "".join(text.split())
    is_code = len(digits) == count and not set(digits) - set("0123456789") and digits[0] == str(kind)
    if not is_code or int(digits) % 97 != 1 or not 2 <= int(digits[-2:]) <= 98:
        raise Refused(f"{text[:40]} isn't {count} digits, the first {kind}, with right check digits. Scan it again.")
    return digits

class Kiosk:
    def __init__(self, path):
        self.path = pathlib.Path(path)
        self.state = {"kiosk": secrets.token_hex(8), "key": secrets.token_hex(32), "station": "", "host": "", "port": 0,
                      "ca": "", "server": NONE, "run": ZEROS, "feed": 0, "offset": 0, "heard": "", "parted": False,
                      "epochs": [], "rows": {}}
        self.state.update(json.loads(self.path.read_text(encoding="utf-8")) if self.path.exists() else {})

    def save(self):
        """The old state or the new one, and on the disk before anything is called saved."""
        with open(f"{self.path}.new", "wb", buffering=0) as file:
            os.chmod(file.fileno(), 0o600)
            file.write(json.dumps(self.state).encode())
            os.fsync(file.fileno())
        os.replace(f"{self.path}.new", self.path)
        folder = os.open(self.path.absolute().parent, os.O_RDONLY)
        os.close(os.fsync(folder) or folder)

    def name_of(self, epoch, seq):
        return hash_of(epoch["lines"][seq - 1] if seq else f"{self.state['kiosk']} {epoch['name']}")

    def row(self, topic, key):
        return self.state["rows"].get(f"{topic} {key}") or {}

    def day_of(self, wall_ms):
        """Shift date and shift: the shift that covers the time, else the nearest that began before it."""
        offset_min, start_min, shifts = (self.row("setting", name).get("value", otherwise) for name, otherwise in
                                         (("offset_min", 480), ("day_start_min", 360), ("shifts", [])))
        minute = wall_ms // 60000 + offset_min
        begun = [(minute < day * DAY_MIN + end, day * DAY_MIN + start, day, name) for name, start, end in shifts
                 for day in (minute // DAY_MIN - 1, minute // DAY_MIN) if day * DAY_MIN + start <= minute]
        *_, day, shift = max(begun, default=((minute - start_min) // DAY_MIN, ""))
        return (datetime.date(1970, 1, 1) + datetime.timedelta(day)).isoformat(), shift

    def tone_of(self, key, rev, badges):
        """Green, or amber: saved and held. What is stopped, void or old isn't saved."""
        sheet = self.row("sheet", key)
        stop = any(row and not row.get("pieces") for row in (self.row("stop", key), self.row("stop", key[:9])))
        is_known = all(self.row("badge", badge[1:16]).keys() == {"worker"} for badge in badges)
        if stop or rev < sheet.get("rev", 0) or rev in sheet.get("void", []):
            raise Refused(f"Sheet {key}, revision {rev}: stopped, void or old. Not saved; ask for the new sheet.")
        return "green" if sheet.get("rev") == rev and is_known else "amber"

    def report(self, sheetcode, op, count, *words):
        state, code, op, count = self.state, code_read(sheetcode, 1), int(op), int(count)
        scanned = {code_read(word.partition(":")[0], 3): word.partition(":")[2] for word in words}  # code: number
        workers = [[int(number or self.row("badge", badge[1:16]).get("worker", 0)), int(badge[1:16]), 1]
                   for badge, number in scanned.items()]
        if not 1 <= count <= 1000000 or op < 1 or not 1 <= len(scanned) <= 7:
            raise Refused("1 to 1,000,000 pieces, an operation, 1 to 7 badges. Enter it again.")
        key, rev = f"{code[1:5]}-{code[5:9]}-{code[9:11]}", int(code[11:13])
        tone = self.tone_of(key, rev, scanned)
        if not state["epochs"] or state["parted"]:
            name, state["parted"] = f"{len(state['epochs']) + 1}-{secrets.token_hex(8)}", False
            state["epochs"].append({"name": name, "lines": [], "acked": 0, "ask": False})
        epoch, wall = state["epochs"][-1], now_ms() + state["offset"]
        seq, (day, shift) = len(epoch["lines"]) + 1, self.day_of(wall)
        event = {
            "v": 1, "kiosk": state["kiosk"], "epoch": epoch["name"], "seq": seq, "prev": self.name_of(epoch, seq - 1),
            "seen": state["feed"] and [state["server"], state["run"], state["feed"]], "kind": "report",
            "station": state["station"], "codes": [code, *scanned], "workers": workers, "sheet": key, "rev": rev,
            "copy": int(code[13:16]), "op": op, "count": count, "tone": tone, "day": day, "shift": shift, "wall": wall,
            "offset": state["offset"], "doubt": state["heard"] != BOOT, "mono": time.monotonic_ns() // 1000000,
            "boot": BOOT, "program": "kiosk.py 1"}
        event = {field: value for field, value in event.items() if value}  # what holds nothing is left out
        epoch["lines"].append(json.dumps(event, ensure_ascii=False, separators=(",", ":")))
        self.save()
        print(f"saved {tone} {epoch['name']} {seq} {self.name_of(epoch, seq)}")

    def ask(self, method, path, body="", headers=None):
        """Status, headers and bytes of one request. While there is no CA nobody is verified."""
        context = ssl.create_default_context(cadata=self.state["ca"] or None)
        context.check_hostname = False  # that CA signs for one server alone
        context.verify_mode = ssl.CERT_REQUIRED if self.state["ca"] else ssl.CERT_NONE
        link = http.client.HTTPSConnection(self.state["host"], self.state["port"], timeout=30, context=context)
        link.request(method, path, body.encode(), headers or {})
        answer = link.getresponse()
        return answer.status, answer.headers, answer.read()

    def signed(self, path, body):
        """The bytes of an answer of status 200 whose mac fits; anything else is none: wait and ask again."""
        key, why = bytes.fromhex(self.state["key"]), "not enrolled"
        for tried in range(TRIES if self.state["ca"] else 0):
            time.sleep(random.uniform(0, min(60, 2 ** (tried - 1))) if tried else 0)
            nonce = secrets.token_hex(16)
            mac = hash_of(f"POST\n{path}\n{nonce}\n{body}", key)
            try:
                status, headers, answer = self.ask("POST", path, body, {
                    "Baogong-Kiosk": self.state["kiosk"], "Baogong-Nonce": nonce, "Baogong-Mac": mac})
                if headers.get("Baogong-Mac") == hash_of(mac.encode() + b"\n" + answer, key) and status == 200:
                    return answer
                why = f"status {status}: {answer[:200]}"
            except NETWORK as error:
                why = repr(error)
        raise Refused(f"No answer that counts ({why}). Everything is kept; send again later.")

    def heard(self, answer):
        """Another server: nothing counts as acknowledged or learnt until that one says so."""
        if self.state["server"] not in (NONE, answer["server"]):
            self.state.update(rows={}, feed=0, run=ZEROS)
            for epoch in self.state["epochs"]:
                epoch.update(acked=0, ask=True)
        self.state.update(server=answer["server"], offset=answer["time"] - now_ms(), heard=BOOT)

    def enrol(self, digits):
        digits, state = code_read(digits, 7, 120), self.state
        state.update(host=".".join(str(int(digits[i:i + 3])) for i in (1, 4, 7, 10)), port=int(digits[13:18]), ca="")
        ca = self.ask("GET", "/kiosk/1/ca")[2].decode()
        if int(hashlib.sha256(ssl.PEM_cert_to_DER_cert(ca)).hexdigest(), 16) != int(digits[18:96]):
            raise Refused("Another computer answers at this address. Nothing was sent; ask the office.")
        state["ca"] = ca
        self.save()  # the same kiosk and key when it has to be tried again
        acked = state["epochs"][-1]["acked"] if state["epochs"] else 0
        body = f"enrol 1 {digits[96:118]} {state['kiosk']} {state['key']} {state['server']} {acked}\n"
        status, _, answer = self.ask("POST", "/kiosk/1/enrol", body)
        if status != 200:
            raise Refused(f"The server says: {answer.decode(errors='replace')}")
        self.heard(json.loads(answer))
        state["station"] = json.loads(answer)["station"]
        self.save()
        print(f"enrolled {state['kiosk']} {answer.decode()}")

    def batch(self, epoch, first):
        """The body with the events from first on; behind the last one it only asks."""
        state, acked, lines = self.state, epoch["acked"], epoch["lines"][first - 1:first - 1 + MOST_EVENTS]
        while sum(len(line.encode()) + 1 for line in lines) > MOST_BYTES:
            lines.pop()
        words = f"events 1 {state['kiosk']} {epoch['name']} {first} {len(lines)} {self.name_of(epoch, first - 1)} " \
                f"{state['server']} {acked} {self.name_of(epoch, acked)} {state['run']} {state['feed']} {now_ms()}"
        return "\n".join([words] + lines + [""])

    def send(self, lose_answer=""):
        first = 0
        while epoch := next((e for e in self.state["epochs"] if e["ask"] or e["acked"] < len(e["lines"])), None):
            asked = first or (len(epoch["lines"]) if epoch["ask"] else epoch["acked"]) + 1
            answer = json.loads(self.signed("/kiosk/1/events", self.batch(epoch, asked)))
            if lose_answer:
                return print(f"lost the answer: {answer['state']}")
            self.heard(answer)
            if answer["state"] == "wait":
                raise Refused("This server has never seen this kiosk: the office confirms it. Everything is kept.")
            (name, seq, mark), is_asking = answer["mark"], epoch["ask"]
            self.state["parted"] |= answer.get("fork", False)
            if name == epoch["name"] and seq <= len(epoch["lines"]) and self.name_of(epoch, seq) == mark:
                epoch.update(acked=seq, ask=False)
                first = seq + 1 if seq < len(epoch["lines"]) else 0
            else:  # the histories parted: back until an answer is taken, everything from there, then a new epoch
                self.state["parted"], epoch["ask"], first = True, False, max(1, asked - MOST_EVENTS)
            self.save()
            if answer["state"] == "from" and first == asked and not is_asking:
                raise Refused("The server asks again for what it was just sent. Everything is kept; ask the office.")
            print(f"{answer['state']} {epoch['name']} {epoch['acked']}{' fork' * answer.get('fork', False)}")

    def feed(self):
        head = {"more": True}
        while head["more"]:
            body = f"feed 1 {self.state['kiosk']} {self.state['server']} {self.state['run']} {self.state['feed']} 0\n"
            head, *rows = map(json.loads, self.signed("/kiosk/1/feed", body).splitlines())
            self.heard(head)
            for row in rows:
                self.state["rows"][f"{row['t']} {row['k']}"] = row.get("o")
                print(json.dumps(row, ensure_ascii=False))
            self.state.update(run=head["run"], feed=head["upto"])
            self.save()

def main(words):
    if len(words) < 3 or words[0] != "--state" or words[2] not in ("enrol", "report", "send", "feed"):
        sys.exit(print(__doc__, file=sys.stderr) or 2)
    try:
        getattr(Kiosk(words[1]), words[2])(*words[3:])
    except (Refused, ValueError, KeyError, TypeError) + NETWORK as error:
        sys.exit(f"kiosk.py: {error}")

if __name__ == "__main__":
    main(sys.argv[1:])
