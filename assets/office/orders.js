// orders.js - where is order X: search, progress by operation, due day, stops.
// texts: office.orders.*
import { csvHref } from './api.js';
import { Lights } from './gate.js';
import { useKeys } from './keys.js';
import { useList } from './lists.js';
import { Badge, Button, Chip, Empty, html, Key, Mark, PageHead, useFoot } from './parts.js';
import { isMade, progressOf, Strip } from './strip.js';
import { useSearch } from './search.js';
import { go, href, stay, store } from './store.js';
import { Table } from './table.js';
import { count, day, dayAdd, moment, sheet, t } from './words.js';

const daysTo = (due) => Math.round((new Date(due) - new Date(store.me.today)) / 86400000);

// "301", "3-101", "2603-0001", "0001": any way in which people say a number [R25].
export function isFound(row, q) {
  const text = q.trim().toLowerCase();
  if (!text) return true;
  return [row.id, sheet(row.id), row.customer, row.product].some((one) => (one || '').toLowerCase().includes(text));
}

export const Due = ({ due, isDone }) => {
  if (!due) return html`<i>—</i>`;
  const left = daysTo(due);
  const tone = isDone ? '' : left < 0 ? 'red' : left <= 1 ? 'amber' : '';
  return html`${day(due)} <${Badge} tone=${tone}>${isDone ? t('office.due.done') : left < 0 ? t('office.due.late', -left) : left === 0 ? t('office.due.today') : t('office.due.left', left)}</${Badge}>`;
};

// Before the floor: five stages. texts: office.order.stage.*
const stepsOf = (row) => [['quote', row.quote > 0], ['confirm', row.confirmed], ['sheet', row.released + row.drafts >= row.lines], ['review', row.drafts === 0 && row.released >= row.lines], ['plan', row.released >= row.lines]];
const stepOf = (row) => (stepsOf(row).find((one) => !one[1]) || ['plan'])[0];

function Stages({ row, isStopped }) {
  if (!row.id || row.imported) return html`<i>—</i>`;
  const steps = stepsOf(row);
  const now = steps.findIndex((one) => !one[1]);
  return html`<span class=${`progress stages${isStopped ? ' stopped' : ''}`}>${steps.map(([name, isDone], i) => html`<span key=${name} class=${`cell ${isDone ? 'done' : i === now ? 'now' : 'todo'}`}>${t(`office.order.stage.${name}`)}</span>`)}</span>`;
}

// Where it was scanned last, or how far it is on paper.
function seenOf(row) {
  if (row.wall) return `${row.op_name} ${moment(row.wall)} ${row.worker || ''}`;
  if (row.drafts) return t('office.order.signed', row.signed_n, row.drafts * 5);
  if (row.quote && !row.confirmed) return `${t('office.order.n', row.quote)} ${moment(row.sent)}`;
  return '';
}

// Orders that the server found by number, name, phone, product or initials, whether they are loaded or not.
export function Orders() {
  const { query } = store.route;
  const q = query.get('q') || '';
  const filter = query.get('show') || 'open';
  const list = useList('orders', { limit: 300 }, ['order', 'stop']);
  const ids = (list.rows || []).map((row) => row.id);
  const span = ids.length ? { from: `${ids[ids.length - 1]}`, to: `${ids[0]}` } : null;
  const progress = useList(span ? 'progress' : null, span && { from: span.from, to: `${span.to}-99`, limit: 2000 }, ['floor', 'order'], true);
  const stages = Object.fromEntries((useList(span ? 'order-stages' : null, span && { ...span, limit: 2000 }, ['floor', 'order']).rows || []).map((row) => [row.id, row]));
  const stageOf = (row) => stages[row.id] || {};
  const lights = Object.fromEntries((useList(span ? 'lights' : null, span && { ...span, limit: 2000 }, ['money']).rows || []).map((row) => [row.order, row]));
  const byOrder = {};
  (progress.rows || []).forEach((row) => (byOrder[row.line.slice(0, 9)] = byOrder[row.line.slice(0, 9)] || []).push(row));
  const ops = (row) => progressOf(byOrder[row.id] || []);
  const isDone = (row) => isMade(byOrder[row.id] || []);
  const filters = {
    open: (row) => !isDone(row),
    mine: (row) => stageOf(row).desk === store.me.user,
    week: (row) => row.due && row.due >= store.me.today && row.due <= dayAdd(store.me.today, 7) && !isDone(row),
    rush: (row) => row.rush,
    stopped: (row) => row.stops > 0,
    late: (row) => row.due && row.due < store.me.today && !isDone(row),
    all: () => true,
  };
  const found = useSearch(q);
  const known = new Set((list.rows || []).map((row) => row.id));
  const rows = q ? [...found.orders.filter((row) => !known.has(row.id) || !isFound(row, q)), ...(list.rows || []).filter((row) => isFound(row, q))] : (list.rows || []).filter((row) => filters[filter](row));
  const selected = query.get('at');
  const one = rows.find((row) => row.id === selected);
  const where = (row) => {
    const all = ops(row);
    const done = all.filter((op) => op.good + op.bad >= op.planned).length;
    const next = isDone(row) ? null : all.find((op) => op.good + op.bad < op.planned);
    if (!all.length) return t('office.orders.before', count(row.quantity), t(`office.order.stage.${stepOf(stageOf(row))}`));
    return t('office.orders.where', count(row.quantity), `${done}/${all.length}`, next ? `${next.name} ${next.good + next.bad}/${next.planned}` : t('office.due.done'));
  };
  const sentence = (row) => `${sheet(row.id)} ${row.customer} ${where(row)}`;
  useKeys({
    KeyN: () => (store.me.acts.includes('/api/act/order.place') ? go('orders/new') : false),
    KeyE: () => { location.href = csvHref('orders', {}); },
    KeyC: () => (one ? navigator.clipboard.writeText(sentence(one)) : false),
  });
  useFoot(one ? sentence(one) : t('office.orders.rule'), [['↑ ↓', t('office.key.row')], ['Enter', t('office.key.open')], ['C', t('office.key.copy')], ['E', t('office.key.csv')], ['?', t('office.key.all')]]);
  const columns = [
    { key: 'id', heading: t('office.col.order'), show: (row) => html`<b class="order">${sheet(row.id)}</b>${row.rush ? html`<${Mark} kind="rush" />` : null}${row.special ? html`<${Mark} kind="special" />` : null}${row.stops ? html`<${Mark} kind="stop" />` : null}${stageOf(row).project ? html` <${Badge}>${t('office.head.project')}</${Badge}>` : null}` },
    { key: 'customer', heading: t('office.col.customer'), show: (row) => row.customer, wide: true },
    { key: 'product', heading: t('office.col.product'), show: (row) => (row.lines > 1 ? t('office.orders.more', row.product, row.lines) : row.product), wide: true, narrow: true },
    { key: 'quantity', heading: t('office.doors'), right: true, show: (row) => count(row.quantity) },
    { key: 'progress', heading: t('office.orders.progress'), sorts: false, narrow: true, show: (row) => (ops(row).length ? html`<${Strip} ops=${ops(row)} isStopped=${row.stops > 0} isLate=${row.due && row.due < store.me.today && !isDone(row)} />` : html`<${Stages} row=${stageOf(row)} isStopped=${row.stops > 0} />`) },
    { key: 'money', heading: t('office.order.tab.money'), sorts: false, show: (row) => html`<${Lights} row=${lights[row.id]} isMade=${isDone(row)} isAsked=${!!stageOf(row).confirmed} />` },
    { key: 'seen', heading: t('office.orders.seen'), sorts: false, narrow: true, wide: true, show: (row) => seenOf(stageOf(row)) },
    { key: 'due', heading: t('office.col.due'), show: (row) => html`<${Due} due=${row.due} isDone=${isDone(row)} />` },
    { key: 'desk', heading: t('office.head.desk'), narrow: true, show: (row) => stageOf(row).desk_name || html`<i>—</i>` },
  ];
  return html`<${PageHead} title=${t('office.page.orders')} chips=${Object.keys(filters).map((name) => html`<${Chip} key=${name} on=${filter === name && !q} href=${href('orders', { show: name })}>${t(`office.orders.${name}`)}</${Chip}>`)}>
      <a class="button" href=${csvHref('orders', {})}>CSV <${Key} k="E" /></a>
      ${store.me.acts.includes('/api/import/*') ? html`<a class="button" href=${href('import', { kind: 'orders' })}>${t('office.page.import')}</a>` : null}
      ${store.me.acts.includes('/api/act/order.place') ? html`<${Button} main id="new" k="N" onClick=${() => go('orders/new')}>${t('office.neworder.title')}</${Button}>` : null}
    </${PageHead}>
    <section class="list">
      ${list.next ? html`<div class="note amber">${t('office.cut', list.rows.length)}</div>` : null}
      <${Table} name="orders" question=${`${q} ${filter}`} columns=${columns} rows=${rows} rowKey=${(row) => row.id} selected=${selected} onSelect=${(key) => stay({ at: key })} onOpen=${(row) => go(`orders/${row.id}`)}
        sort=${query.get('sort') || ''} onSort=${(s) => stay({ sort: s })}
        phone=${(row) => [html`${sheet(row.id)} ${row.customer}`, where(row), html`<${Due} due=${row.due} isDone=${isDone(row)} />`]}
        empty=${list.rows ? html`<${Empty}>${q ? t('office.notfound', q) : list.rows.length ? t('office.orders.none') : t('office.orders.empty')} ${!q && list.rows.length ? html`<a href=${href('orders', { show: 'all' })}>${t('office.orders.all')}</a>` : store.me.acts.includes('/api/import/*') ? html`<a href=${href('import', { kind: 'orders' })}>${t('office.orders.empty.next')}</a>` : null}</${Empty}>` : null} />
    </section>`;
}
