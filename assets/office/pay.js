// pay.js - who earned what in a span of days: by worker, down to the scans; held pieces stay outside the sum.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { csvHref, get, useList } from './api.js';
import { useKeys } from './keys.js';
import { useChanged } from './live.js';
import { Badge, Button, Count, Empty, Failed, Figure, html, Key, PageHead, useFoot } from './parts.js';
import { Period } from './period.js';
import { Sign } from './sign.js';
import { Span, spanOf } from './span.js';
import { go, href, stay, store } from './store.js';
import { Table } from './table.js';
import { age, count, fen, t } from './words.js';

export const number3 = (n) => String(n).padStart(3, '0');

// Found by number, or by any part of the name.
export function found(row, q) {
  const text = q.trim().toLowerCase();
  return !text || String(row.worker).includes(text.replace(/^0+(?=\d)/, '')) || row.name.toLowerCase().includes(text) || row.crew.toLowerCase().includes(text);
}

// Money of each day as small bars; all days of all workers come in one list, where that is not too long.
export function useBars(span) {
  const [bars, setBars] = useState(null);
  const load = () =>
    get('/api/list/worker-days', { worker: 0, ...span, limit: 2000 }).then(
      (answer) => {
        const byWorker = {};
        if (!answer.next) answer.rows.forEach((row) => ((byWorker[row.worker] = byWorker[row.worker] || {})[row.day] = row.fen));
        setBars(answer.next ? null : byWorker);
      },
      () => setBars(null),
    );
  useEffect(() => {
    load();
  }, [span.from, span.to]);
  useChanged(['pay'], load);
  return bars;
}

export function Bars({ days, byDay }) {
  if (!byDay) return null;
  const most = Math.max(1, ...Object.values(byDay));
  return html`<svg class="bars" width=${days.length * 3} height="14" aria-hidden="true">${days.map((one, i) => {
    const high = byDay[one] ? Math.max(1, Math.round((12 * byDay[one]) / most)) : 0;
    return high ? html`<rect x=${i * 3} y=${13 - high} width="2" height=${high} />` : null;
  })}</svg>`;
}

export function daysOf(span) {
  const days = [];
  for (let at = new Date(`${span.from}T00:00:00Z`); days.length < 62 && at.toISOString().slice(0, 10) <= span.to; at.setUTCDate(at.getUTCDate() + 1)) days.push(at.toISOString().slice(0, 10));
  return days;
}

// What stands between these figures and pay that can be trusted.
// more: rows of its own of the page that stands; isOver: the period stands still, nothing hinders it any more; sum: what
// the total is called.
export function Hinders({ total, more, isOver, sum, children }) {
  const held = useList(store.me.lists.includes('held') ? 'held' : null, { limit: 200 }, ['pay', 'exception']);
  const kiosks = useList('kiosks', {}, ['kiosk', 'floor']);
  const exceptions = useList('exceptions', { limit: 200 }, ['exception']);
  const now = Date.now() + store.clockOff;
  const oldest = held.rows && held.rows.length ? Math.min(...held.rows.map((row) => row.taken)) : 0;
  const waiting = (kiosks.rows || []).filter((row) => row.state === 1);
  const silent = (kiosks.rows || []).filter((row) => row.state === 0 && (!row.taken || now - row.taken > 36 * 3600000));
  const item = (isOpen, title, text, n, to) => html`<a class="hinder" href=${to}><span class=${isOpen ? 'tick half' : 'tick done'}>${isOpen ? '' : '✓'}</span><span class="grow"><b>${title}</b><small>${text}</small></span><span class=${isOpen ? 'n' : 'n none'}>${n}</span></a>`;
  return html`<aside class="side">
    ${isOver ? null : html`<h2>${t('office.pay.hinders')}</h2>`}
    ${isOver ? null : html`${(more || []).map((one) => item(...one))}
    ${held.total ? item(held.total.rows > 0, t('office.pay.held'), held.total.rows ? t('office.pay.held.text', count(held.total.held), fen(held.total.waits_fen), age(now - oldest)) : t('office.pay.held.none'), held.total.rows, href('held')) : null}
    ${exceptions.rows ? item(exceptions.rows.length > 0, t('office.page.exceptions'), exceptions.rows.length ? t('office.pay.exceptions') : t('office.pay.exceptions.none'), exceptions.next ? `${exceptions.rows.length}+` : exceptions.rows.length, href('exceptions')) : null}
    ${kiosks.rows ? item(waiting.length > 0, t('office.pay.waiting'), waiting.length ? waiting.map((row) => row.name).join(' ') : t('office.pay.waiting.none'), waiting.length, href('kiosks')) : null}
    ${kiosks.rows ? item(silent.length > 0, t('office.pay.silent'), silent.length ? silent.map((row) => row.name).join(' ') : t('office.pay.silent.none'), silent.length, href('kiosks')) : null}`}
    ${total ? html`<div class="sumup"><small>${sum || t('office.pay.sum')}</small><strong id="total-fen"><${Figure} value=${total.fen} show=${fen} /></strong></div>` : null}
    ${children}
  </aside>`;
}

// Without a span of its own the page is that of the pay period.
export function Pay() {
  return store.route.query.get('from') ? html`<${PaySpan} />` : html`<${Period} />`;
}

function PaySpan() {
  const { query } = store.route;
  const span = spanOf(query);
  const q = query.get('q') || '';
  const sort = query.get('sort') || 'worker';
  const list = useList('wages', span, ['pay', 'master']);
  const bars = useBars(span);
  const days = useMemo(() => daysOf(span), [span.from, span.to]);
  const onlyHeld = query.get('held') === '1';
  const rows = (list.rows || []).filter((row) => found(row, q) && (!onlyHeld || row.held > 0));
  const isAll = list.rows && rows.length === list.rows.length && !list.next;
  const sum = (key) => (isAll ? list.total[key] : rows.reduce((n, row) => n + row[key], 0));
  const selected = query.get('at') ? Number(query.get('at')) : null;
  const open = (row) => go(`pay/${row.worker}`, span);
  useKeys({
    KeyE: () => { location.href = csvHref('wages', span); },
    KeyH: () => stay({ held: onlyHeld ? '' : '1' }),
    KeyP: () => print(),
  });
  useFoot(t('office.pay.rule'), [['↑ ↓', t('office.key.row')], ['Enter', t('office.key.scans')], ['H', t('office.key.held')], ['E', t('office.key.csv')], ['?', t('office.key.all')]]);
  const columns = [
    { key: 'worker', heading: t('office.col.worker'), width: 64, show: (row) => (row.worker ? number3(row.worker) : '—') },
    { key: 'name', heading: t('office.col.name'), show: (row) => html`<a class="name" href=${href(`pay/${row.worker}`, span)} tabindex="-1"><${Sign} animal=${row.sign} colour=${row.colour} /><span>${row.name || t('office.nobody')}</span></a>`, value: (row) => row.name },
    { key: 'crew', heading: t('office.col.crew'), show: (row) => row.crew, narrow: true },
    { key: 'bars', heading: t('office.pay.bars'), sorts: false, narrow: true, show: (row) => html`<${Bars} days=${days} byDay=${bars && bars[row.worker]} />` },
    { key: 'days', heading: t('office.col.days'), right: true, show: (row) => html`<${Count} value=${row.days} />`, narrow: true },
    { key: 'facts', heading: t('office.col.facts'), right: true, show: (row) => html`<${Count} value=${row.facts} />` },
    { key: 'pieces', heading: t('office.col.pieces'), right: true, show: (row) => html`<${Count} value=${row.pieces} />` },
    { key: 'held', heading: t('office.col.held'), right: true, show: (row) => (row.held ? html`<b class="amber">${count(row.held)}</b>` : html`<i>—</i>`) },
    { key: 'fen', heading: t('office.col.fen'), right: true, show: (row) => html`<b class="lead"><${Figure} value=${row.fen} show=${fen} /></b>` },
  ];
  const sums = list.rows && {
    worker: t('office.sum'), name: t('office.people', rows.length), days: '', facts: count(sum('facts')), pieces: count(sum('pieces')),
    held: sum('held') ? html`<b class="amber">${count(sum('held'))}</b>` : '—', fen: fen(sum('fen')), phone: [t('office.people', rows.length), fen(sum('fen'))],
  };
  return html`<${PageHead} title=${t('office.page.pay')} text=${list.rows ? t('office.people', list.rows.length) : ''}>
      <${Span} page="pay" keep=${{ sort: query.get('sort') || '', q }} />
      <a class="button" href=${href('pay')} id="to-period">${t('office.period.back')}</a>
      <a class="button" id="csv" href=${csvHref('wages', span)}>CSV <${Key} k="E" /></a>
    </${PageHead}>
    <div class="columns">
      <section class="list">
        <${Failed} list=${list} />
        ${list.next ? html`<div class="note amber">${t('office.cut', list.rows.length)}</div>` : null}
        <${Table} name="wages" question=${`${span.from} ${span.to} ${q} ${onlyHeld}`} columns=${columns} rows=${rows} rowKey=${(row) => row.worker} row=${29} sort=${sort} onSort=${(s) => stay({ sort: s })}
          selected=${selected} onSelect=${(key) => stay({ at: key })} onOpen=${open} sums=${sums} isOld=${list.isStale}
          phone=${(row) => [row.name || t('office.nobody'), t('office.pay.phone', number3(row.worker), count(row.pieces), count(row.held)), fen(row.fen)]}
          empty=${list.rows ? html`<${Empty}>${q ? t('office.notfound', q) : t('office.pay.empty')} ${q ? null : html`<a href=${href('import')}>${t('office.pay.empty.next')}</a>`}</${Empty}>` : null} />
      </section>
      <${Hinders} total=${list.total} />
    </div>`;
}
