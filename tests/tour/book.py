"""book.py - the tour as a story to read: chapters by the hour, steps with a sentence, pictures and what was proved.

In: chapters, steps, the names of pictures as they are taken. Out: numbered paths for those pictures, and at the end
index.html beside them, in both languages, without a script.
"""
import html
import os

STYLE = """
:root { --ink: #14181c; --note: #5c6670; --line: #d7dde2; --ground: #f4f6f7; --green: #17804a; --blue: #1a5cc8; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", sans-serif; }
header, main, footer { max-width: 1180px; margin: 0 auto; padding: 24px; }
h1 { font-size: 32px; margin: 8px 0 0; } h2 { font-size: 24px; margin: 0; } h2 small, h1 small { color: var(--note); font-weight: 400; font-size: 60%; }
nav { position: sticky; top: 0; background: #fff; border-bottom: 1px solid var(--line); z-index: 1; }
nav div { max-width: 1180px; margin: 0 auto; padding: 8px 24px; display: flex; flex-wrap: wrap; gap: 4px 18px; }
a { color: var(--blue); text-decoration: none; }
.chapter { display: flex; align-items: baseline; gap: 16px; margin: 40px 0 12px; scroll-margin-top: 60px; }
.chapter time { font-size: 28px; font-weight: 700; color: var(--blue); min-width: 92px; font-variant-numeric: tabular-nums; }
.step { background: #fff; border: 1px solid var(--line); border-radius: 6px; padding: 16px 20px; margin: 12px 0; }
.step p { margin: 0; } .step .zh { font-size: 18px; } .en { color: var(--note); }
.proved { border-left: 4px solid var(--green); padding-left: 12px; margin-top: 12px !important; }
.proved b { color: var(--green); }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(320px, 1fr)); gap: 12px; margin-top: 12px; align-items: start; }
.pictures.few { grid-template-columns: repeat(auto-fill, minmax(480px, 1fr)); }
figure { margin: 0; } figure img { width: 100%; max-height: 460px; object-fit: contain; object-position: left top; border: 1px solid var(--line); display: block; background: #fff; }
figcaption { color: var(--note); font-size: 12px; }
table { border-collapse: collapse; background: #fff; margin: 12px 0 28px; } td, th { border: 1px solid var(--line); padding: 4px 12px; text-align: right; font-variant-numeric: tabular-nums; }
td:first-child, th:first-child { text-align: left; } summary { cursor: pointer; color: var(--blue); margin-top: 8px; }
@media (max-width: 560px) { .pictures, .pictures.few { grid-template-columns: 1fr; } header, main, footer { padding: 16px; } }
"""
MANY = 12  # pictures of a step; more are folded


class Step:
    def __init__(self, zh, en):
        self.zh, self.en, self.proved, self.pictures = zh, en, None, []


class Chapter:
    def __init__(self, hour, zh, en):
        self.hour, self.zh, self.en, self.steps = hour, zh, en, []


class Book:
    def __init__(self, folder):
        self.folder, self.chapters, self.count, self.named = folder, [], 0, {}

    def chapter(self, hour, zh, en):
        self.chapters.append(Chapter(hour, zh, en))

    def step(self, zh, en):
        self.chapters[-1].steps.append(Step(zh, en))

    def proved(self, zh, en):
        self.chapters[-1].steps[-1].proved = (zh, en)

    def picture(self, name):
        """Where the next picture goes; it belongs to the step that is being told. A name comes back as the newest of it."""
        self.count += 1
        file = f"{self.count:03d}-{name}.png"
        self.chapters[-1].steps[-1].pictures.append(file)
        self.named[name] = os.path.join(self.folder, file)
        return self.named[name]

    def write(self, summary):
        with open(os.path.join(self.folder, "index.html"), "w", encoding="utf-8") as file:
            file.write(page(self.chapters, summary))


def page(chapters, summary):
    links = "".join(f'<a href="#c{n}">{html.escape(one.hour)} {html.escape(one.zh)}</a>' for n, one in enumerate(chapters))
    body = "".join(chapter_html(n, one) for n, one in enumerate(chapters))
    return ('<!DOCTYPE html><html lang="zh"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>报工的一天 · A day with Baogong</title>'
            f"<style>{STYLE}</style><header><h1>报工的一天 <small>A day with Baogong</small></h1><p>程序都是真的：服务器、工位机、浏览器、印出来再读回的条码。每一步都证明了才写在这里。</p>"
            '<p class="en">Real programs: a server, kiosks, a browser, codes printed and read back. Each step stands here because it was proved.</p></header>'
            f"<nav><div>{links}<a href='#sums'>合计 · sums</a></div></nav><main>{body}{sums(summary)}</main></html>\n")


def chapter_html(n, chapter):
    return (f'<section><div class="chapter" id="c{n}"><time>{html.escape(chapter.hour)}</time><h2>{html.escape(chapter.zh)} <small>{html.escape(chapter.en)}</small></h2></div>'
            + "".join(step_html(step) for step in chapter.steps) + "</section>")


def step_html(step):
    pictures = "".join(f'<figure><a href="{file}"><img src="{file}" loading="lazy" alt="{html.escape(file[4:-4])}"></a><figcaption>{file[:3]}</figcaption></figure>'
                       for file in step.pictures)
    if pictures:
        pictures = f'<div class="pictures{" few" if len(step.pictures) < 3 else ""}">{pictures}</div>'
    if len(step.pictures) > MANY:
        pictures = f"<details><summary>{len(step.pictures)} 张图 · pictures</summary>{pictures}</details>"
    proved = ""
    if step.proved:
        zh, en = (html.escape(text) for text in step.proved)
        proved = f'<p class="proved"><b>✓</b> {zh}<br><span class="en">{en}</span></p>'
    return f'<div class="step"><p class="zh">{html.escape(step.zh)}</p><p class="en">{html.escape(step.en)}</p>{pictures}{proved}</div>'


def table(heads, rows):
    cells = lambda row, tag: "".join(f"<{tag}>{html.escape(str(cell))}</{tag}>" for cell in row)  # pylint: disable=unnecessary-lambda-assignment
    return f"<table><tr>{cells(heads, 'th')}</tr>" + "".join(f"<tr>{cells(row, 'td')}</tr>" for row in rows) + "</table>"


def sums(summary):
    """What summary.json says, as tables."""
    events, yuan = summary["events"], lambda fen: f"{fen / 100:.2f}"
    return ('<section id="sums"><h2>合计 <small>Sums</small></h2>'
            + table(["记录 · entries", "个 · n"], [[zh, events[key]] for key, zh in
                    (("made", "看到绿色的 · seen as saved"), ("inbox", "服务器有的 · at the server"), ("counted", "计件的 · counted"), ("held", "待核的 · held"), ("lost", "丢的 · lost"), ("doubled", "重的 · doubled"))])
            + table(["坏了什么 · what broke", "次 · times", "丢 · lost", "重 · doubled"], [[row["what"], row["hits"], row["lost"], row["doubled"]] for row in summary["faults"]])
            + table(["工号 · worker", "工位机 · kiosk", "页面 · page", "接口 · API", "CSV", "原始记录 · events"],
                    [[row["worker"]] + [yuan(row[key]) for key in ("kiosk_fen", "page_fen", "api_fen", "csv_fen", "events_fen")] for row in summary["wages"]]) + "</section>")
