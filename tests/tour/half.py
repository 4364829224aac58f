"""half.py - does a page say anything while its lists are on their way that it doesn't say at last?

Each list's answer, and what kiosks said, is held back, and handed over one by one. What can be read meanwhile must stand there
as often when all have come: a page that joins what it has says "nothing is attached" or "not paid" of what it only doesn't know.
"""
import re

HOLD = """
window.held = [], window.holds = false;
const asked = window.fetch;
window.fetch = (address, more) => {
  const answer = asked(address, more);
  if (!window.holds || !/.api.(list|kiosks.heard)/.test(String(address))) return answer;
  return new Promise((go, no) => window.held.push({ address: String(address), is: answer.catch(() => 0), go: () => answer.then(go, no) }));
};
"""
LOOK = """
const [place, isLastFirst, done] = arguments;
const words = () => {
  const seen = [];
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) seen.push(...[node.textContent.trim()].filter(Boolean));
    if (node.nodeType !== Node.ELEMENT_NODE || node.tagName === 'OPTION') return;
    if (!node.matches('main') && !node.checkVisibility({ opacityProperty: true })) return;
    if (node.matches('.wait') || (node.parentElement.matches('.old') && !node.matches('.note, .strip'))) return; // pale: what was
    node.childNodes.forEach(walk);
  };
  const main = document.querySelector('main.page');
  if (main) walk(main);
  return seen;
};
const pause = () => new Promise((then) => { setTimeout(then, 12); });
const still = async () => {
  for (let same = 0, before = null; same < 2; same += 1) {
    await pause();
    const now = `${window.held.length} ${words().join()}`;
    if (now !== before) same = -1;
    before = now;
  }
};
(async () => {
  const said = [];
  window.holds = true;
  location.hash = `#/${place}`;
  while (!window.held.length) await pause(); // each page has lists
  for (await still(); window.held.length; await still()) {
    said.push([window.held.map((one) => one.address.replace(/.*api.(list.)?|[?].*/g, '')).join(' '), words()]);
    const one = isLastFirst ? window.held.pop() : window.held.shift();
    await one.is;
    one.go();
  }
  window.holds = false;
  do await still(); while (document.querySelector('.coming, .old'));
  done([said, words()]);
})();
"""
TICKS = re.compile(r"^\d\d:\d\d(:\d\d)?$|\d+ ?(s|秒)")  # what changes by itself


def hold(page):
    """From the next document on the answers can be held."""
    page.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": HOLD})
    page.driver.refresh()
    page.one("nav")
    page.settle()


def half_said(page, place, is_last_first):
    """How many lists were waited for, and [(what was said too early, what was waited for)]. The page is another than the one that stands."""
    page.driver.set_script_timeout(60)
    said, at_last = page.driver.execute_async_script(LOOK, place, is_last_first)
    wrong = {}
    for waits, words in said:
        for word in set(words):
            if words.count(word) > at_last.count(word) and not TICKS.search(word):
                wrong.setdefault(word, waits)
    return len(said), sorted(wrong.items())
