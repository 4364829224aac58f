"""screens.py - the demo's kiosks on a page, where there is no display: their pictures as they are, touched by a click, scanned by a card.

In: kiosks that run by --drive, cards to scan. Out: a page on this machine alone. A click on a picture is a finger at that place.
"""
import html
import http.server
import json
import os
import tempfile
import threading
import time

PAGE = """<!doctype html><html lang="zh"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>工位机 · kiosks</title><style>
body{margin:0;background:#23272b;color:#e8eaec;font:16px/1.45 system-ui,"Noto Sans CJK SC",sans-serif}
header{padding:14px 18px 0}header p{margin:0 0 4px;color:#c9d0d6}ol{margin:0;padding-left:1.4em}
main{display:flex;flex-wrap:wrap;gap:22px;padding:14px 18px 24px}section{width:min(100%,620px)}
h2{font-size:17px;margin:0 0 6px}img{width:100%;aspect-ratio:1024/600;display:block;cursor:pointer;border-radius:4px;background:#000;touch-action:manipulation}
section.lost img{opacity:.35}.lost h2::after{content:" · 没有应答 no answer";color:#ffb61f}
.cards{display:flex;flex-wrap:wrap;gap:8px;margin:10px 0}button,b{border:2px solid #7a828a;border-radius:4px;background:#2f353a;color:#fff}
button{font:inherit;min-height:44px;padding:4px 10px;cursor:pointer}button:active{background:#fff;color:#12171b}b{font-weight:400;padding:1px 6px}
.badge{border-color:#5c97ff}.sheet{border-color:#ffb61f}.note{border-color:#3fc97a}
@media(max-width:640px){header{padding:10px 12px 0}main{padding:10px 12px 20px}}
</style></head><body><header><p>三台工位机的真画面。点画面就是手指按在那里，点一张卡就是扫它。<br>Three kiosks as they are. A click on a picture is a finger, a click on a card is a scan of it.</p>
<ol><li>扫一张<b class="badge">工牌</b>，看对名字 · scan a <b class="badge">badge</b></li><li>扫一张<b class="sheet">流程单</b> · scan a <b class="sheet">sheet</b></li>
<li>在画面上点数量，保存；绿了就是记上了 · touch how many, then save: green is kept</li></ol></header><main>SCREENS</main><script>
const post=(n,body)=>fetch('/'+n,{method:'POST',body:JSON.stringify(body)}).catch(()=>0).then(()=>look(n,true));
const seen={};
async function look(n,now){const img=document.getElementById('k'+n);try{const a=await (await fetch('/'+n+'.json')).text();if(a!==seen[n]||now){seen[n]=a;img.src='/'+n+'.png?'+Date.now();}img.parentNode.className='';}catch(e){img.parentNode.className='lost';}}
document.querySelectorAll('img').forEach((img,n)=>{img.onclick=(e)=>{const r=img.getBoundingClientRect();
post(n,{touch:[Math.round((e.clientX-r.left)*img.naturalWidth/r.width),Math.round((e.clientY-r.top)*img.naturalHeight/r.height)]});};look(n);setInterval(()=>look(n),900);});
document.querySelectorAll('button').forEach((one)=>{one.onclick=()=>post(Number(one.dataset.n),{scan:one.dataset.code});});
</script></body></html>"""
BODY_MOST = 4096


class Screen:
    """One kiosk: its program takes one command at a time."""

    def __init__(self, kiosk, title, cards):
        self.kiosk, self.title, self.cards, self.lock, self.at_s = kiosk, title, cards, threading.Lock(), time.monotonic()

    def say(self, command):
        """With --drive a screen's own time goes on only when it is told."""
        with self.lock:
            passed_ms = int((time.monotonic() - self.at_s) * 1000)
            self.at_s += passed_ms / 1000
            self.kiosk.say(f"pass {passed_ms}")
            return self.kiosk.say(command)

    def picture(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "screen.png")
            self.say(f"shot {path}")
            with open(path, "rb") as file:
                return file.read()

    def markup(self, n):
        cards = "".join(f'<button class="{kind}" data-n="{n}" data-code="{code}">{html.escape(text)}</button>' for kind, text, code in self.cards())
        return f'<section><h2>{html.escape(self.title)}</h2><img id="k{n}" alt="{html.escape(self.title)}"><div class="cards">{cards}</div></section>'


class Handler(http.server.BaseHTTPRequestHandler):
    screens = ()

    def log_message(self, *words):  # pylint: disable=arguments-differ
        pass

    def answer(self, kind, data, status=200):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Length", str(len(data)))
        try:
            self.end_headers()
            self.wfile.write(data)
        except ConnectionError:  # the page was closed meanwhile
            self.close_connection = True  # pylint: disable=attribute-defined-outside-init

    def screen(self, name):
        return self.screens[int(name)] if name.isdigit() and int(name) < len(self.screens) else None

    def do_GET(self):  # pylint: disable=invalid-name
        name, _, kind = self.path.split("?")[0].strip("/").partition(".")
        screen = self.screen(name)
        if self.path == "/":
            self.answer("text/html; charset=utf-8", PAGE.replace("SCREENS", "".join(one.markup(n) for n, one in enumerate(self.screens))).encode())
        elif screen and kind == "png":
            self.answer("image/png", screen.picture())
        elif screen and kind == "json":
            self.answer("application/json", json.dumps(screen.say("state")).encode())
        else:
            self.answer("text/plain", b"no such page", 404)

    def do_POST(self):  # pylint: disable=invalid-name
        screen, length = self.screen(self.path.strip("/")), int(self.headers.get("Content-Length") or 0)
        # Another site's page can't send this: the browser names where it comes from.
        if screen is None or length > BODY_MOST or self.headers.get("Origin") != f"http://{self.headers.get('Host')}":
            self.answer("text/plain", b"no", 403)
            return
        body = json.loads(self.rfile.read(length))
        if "touch" in body:
            screen.say("touch {},{}".format(*(int(one) for one in body["touch"])))
        elif str(body.get("scan", "")).isdigit():
            screen.say(f"scan {body['scan']}")
        self.answer("text/plain", b"done")


def serve(screens, port=0):
    """Until the program ends; gives the page's address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), type("Screens", (Handler,), {"screens": screens}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}/"
