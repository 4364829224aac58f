// strip.js - how far an order is: one cell an operation, as far as its slowest line.
import { html } from './parts.js';
import { store } from './store.js';
import { count, t } from './words.js';

// Rows of the list `progress` -> [{op, name, planned, good, bad, held}], lines of an order added up.
export function progressOf(rows) {
  const byOp = new Map();
  rows.forEach((row) => {
    const key = `${row.op}/${row.code}`;
    const one = byOp.get(key) || { op: row.op, code: row.code, name: row.op_name, planned: 0, good: 0, bad: 0, held: 0 };
    ['planned', 'good', 'bad', 'held'].forEach((field) => (one[field] += row[field]));
    byOp.set(key, one);
  });
  return [...byOp.values()].sort((a, b) => a.op - b.op);
}

// What came through its last operation is made, whatever scan is missing before it. rows: of progress.
export function isMade(rows) {
  const last = {};
  rows.forEach((row) => { if (!last[row.line] || row.op > last[row.line].op) last[row.line] = row; });
  return rows.length > 0 && Object.values(last).every((row) => row.good + row.bad >= row.planned);
}

export function Strip({ ops, isLate, isStopped }) {
  if (!ops.length) return html`<i>—</i>`;
  const letters = store.lang === 'en' ? 2 : 1;
  return html`<span class=${`progress${isStopped ? ' stopped' : ''}`}>${ops.map((one) => {
    const part = one.planned ? Math.min(1, (one.good + one.bad) / one.planned) : 0;
    const kind = part >= 1 ? 'done' : part > 0 ? 'begun' : 'todo';
    return html`<span class=${`cell ${kind}${isLate && part < 1 ? ' late' : ''}${one.held ? ' held' : ''}`} title=${`${one.name} ${count(one.good)}/${count(one.planned)}${one.held ? ` · ${t('office.col.held')} ${count(one.held)}` : ''}`}
      style=${kind === 'begun' ? { backgroundSize: `${Math.round(part * 100)}% 100%` } : null}>${[...one.name].slice(0, letters).join('')}</span>`;
  })}</span>`;
}
