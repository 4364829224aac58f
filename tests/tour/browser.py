"""browser.py - the office's page in a real Chromium: reads what stands there, decides by keys, takes pictures."""
import shutil
import tempfile

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.support.ui import WebDriverWait

from office import PASSWORD

FLAGS = """--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
    --disable-component-update --disable-sync --disable-dev-shm-usage --hide-scrollbars --ignore-certificate-errors
    --force-device-scale-factor=1 --lang=zh-CN""".split()
LIMIT_S = 60
EVER = "from=2020-01-01&to=2099-12-31"
# How many questions of the page nobody answered yet.
COUNTED = """window.open_asks = 0; const ask = window.fetch;
window.fetch = (...words) => { window.open_asks++; return ask(...words).finally(() => { window.open_asks--; }); };"""
CTRL, ENTER = "\ue009", "\ue007"


class Browser:
    def __init__(self, port):
        options = Options()
        self.profile = tempfile.mkdtemp(prefix="baogong-tour-")
        for flag in FLAGS + [f"--user-data-dir={self.profile}"]:
            options.add_argument(flag)
        self.driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
        self.base = f"https://127.0.0.1:{port}"
        self.size(1366, 768)

    def write(self, css, *text):
        """In place of what stands in the field, in one go: a page that is drawn anew meanwhile puts nothing back."""
        self.one(css).send_keys("\ue009a\ue000", *text)

    def log_in(self, name):
        """As somebody else, in a page of its own."""
        self.driver.get(f"{self.base}/")
        self.driver.delete_all_cookies()
        self.driver.get(f"{self.base}/?{name}")
        self.write("#name", name)
        self.one("#password").send_keys(PASSWORD)
        self.one("#login").click()
        self.one("nav")
        self.run(COUNTED)

    def close(self):
        self.driver.quit()
        shutil.rmtree(self.profile, ignore_errors=True)

    def size(self, width, height, mobile=False):
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": height, "deviceScaleFactor": 2 if mobile else 1, "mobile": mobile})

    def until(self, true, what):
        wait = WebDriverWait(self.driver, LIMIT_S, 0.05, [StaleElementReferenceException])
        return wait.until(lambda _: true(), f"not within {LIMIT_S} s: {what}")

    def all(self, css):
        return self.driver.find_elements("css selector", css)

    def one(self, css):
        return self.until(lambda: next((element for element in self.all(css) if element.is_displayed()), None), f"{css} shown")

    def text_of(self, css):
        return self.one(css).text

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def press(self, *keys):
        chain = ActionChains(self.driver)
        for key in keys:
            chain.send_keys(key)
        chain.perform()

    def chord(self, key):
        """With Ctrl held."""
        ActionChains(self.driver).key_down(CTRL).send_keys(key).key_up(CTRL).perform()

    def go(self, place):
        self.run("location.hash = arguments[0]", f"#/{place}")
        self.one(".head")
        self.settle()

    def settle(self):
        """Until nothing on the page is old or still being asked for."""
        self.run("window.quiet = performance.now()")
        self.until(lambda: not self.all(".old, .coming") and self.run(
            "return !window.open_asks && performance.now() - Math.max(window.quiet, ...performance.getEntriesByType('resource')"
            ".filter((e) => !e.name.includes('/api/live')).map((e) => e.responseEnd)) > 150"), "settled")

    def shot(self, path):
        self.settle()
        self.driver.save_screenshot(path)

    def language(self, lang):
        if self.all(f"html[lang={lang}]"):
            return
        self.all(".langs button")[0 if lang == "zh" else 1].click()
        self.until(lambda: self.all(f"html[lang={lang}]"), lang)

    # ---- what people do there

    def wages(self):
        """Worker -> fen, as it stands on the Pay page."""
        self.go(f"pay?{EVER}")
        self.one("#wages tbody tr[data-key]")
        rows = self.run("return [...document.querySelectorAll('#wages tbody tr[data-key]')].map((row) => "
                        "[row.dataset.key, row.querySelector('.lead').textContent])")
        return {int(key): fen_of(text) for key, text in rows}

    def decide(self, key, choice, why, picture, matter=None):
        """What waits in this row is decided: by keys. picture: gives the path of one, taken before it is sent."""
        self.go(f"held?at={key}" + ("" if matter is None else f"&matter={matter}"))
        self.one(f"#held tr[data-key='{key}']")
        self.run("document.activeElement.blur()")
        self.press(choice)
        self.one("#why").send_keys(why)
        self.shot(picture())
        self.chord(ENTER)
        self.until(lambda: not self.all(f"#held tr[data-key='{key}']"), "decided")


def fen_of(text):
    whole, _, cents = text.replace(",", "").strip().partition(".")
    return int(whole) * 100 + int(cents.ljust(2, "0"))
