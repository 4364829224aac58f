// wages.js - what the pages of wages share: a worker's number, who is found by what was typed, the bars of the days, and what
// hinders pay that can be trusted.
import { useEffect, useState } from 'preact/hooks';
import { get } from './api.js';
import { useList } from './lists.js';
import { useChanged } from './live.js';
import { Figure, html } from './parts.js';
import { href, store } from './store.js';
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

// What stands between these figures and pay that can be trusted, in a column of its own.
// more: rows of its own of the page that stands; isOver: the period stands still, nothing hinders it any more; sum: what
// the total is called.
export function Hinders({ total, more, isOver, sum, children }) {
  const held = useList('held', { limit: 200 }, ['pay', 'exception']);
  const kiosks = useList('kiosks', {}, ['kiosk', 'floor']);
  const exceptions = useList('exceptions', { limit: 200 }, ['exception']);
  const now = Date.now() + store.clockOff;
  const oldest = held.rows && held.rows.length ? Math.min(...held.rows.map((row) => row.taken)) : 0;
  const waiting = (kiosks.rows || []).filter((row) => row.state === 1);
  const silent = (kiosks.rows || []).filter((row) => row.state === 0 && (!row.taken || now - row.taken > 36 * 3600000));
  const item = (isOpen, title, text, n, to) => html`<a class="hinder" href=${to}><span class=${isOpen ? 'tick half' : 'tick done'}>${isOpen ? '' : '✓'}</span><span class="grow"><b>${title}</b><small>${text}</small></span><span class=${isOpen ? 'n' : 'n none'}>${n}</span></a>`;
  return html`${isOver ? null : html`<h2>${t('office.pay.hinders')}</h2>`}
    ${isOver ? null : html`${(more || []).map((one) => item(...one))}
    ${held.total ? item(held.total.rows > 0, t('office.pay.held'), held.total.rows ? t('office.pay.held.text', count(held.total.held), fen(held.total.waits_fen), age(now - oldest)) : t('office.pay.held.none'), held.total.rows, href('held')) : null}
    ${exceptions.rows ? item(exceptions.rows.length > 0, t('office.page.exceptions'), exceptions.rows.length ? t('office.pay.exceptions') : t('office.pay.exceptions.none'), exceptions.next ? `${exceptions.rows.length}+` : exceptions.rows.length, href('exceptions')) : null}
    ${kiosks.rows ? item(waiting.length > 0, t('office.pay.waiting'), waiting.length ? waiting.map((row) => row.name).join(' ') : t('office.pay.waiting.none'), waiting.length, href('kiosks')) : null}
    ${kiosks.rows ? item(silent.length > 0, t('office.pay.silent'), silent.length ? silent.map((row) => row.name).join(' ') : t('office.pay.silent.none'), silent.length, href('kiosks')) : null}`}
    ${total ? html`<div class="sumup"><small>${sum || t('office.pay.sum')}</small><strong id="total-fen"><${Figure} value=${total.fen} show=${fen} /></strong></div>` : null}
    ${children}`;
}
