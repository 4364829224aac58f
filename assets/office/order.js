// order.js - one order: its lines, how far each operation is, and every scan with who and when.
import { useList } from './api.js';
import { Fact } from './fact.js';
import { useKeys } from './keys.js';
import { Empty, Failed, html, Mark, useFoot } from './parts.js';
import { Due } from './orders.js';
import { Stops } from './stop.js';
import { go, href, stay, store } from './store.js';
import { Table } from './table.js';
import { count, moment, sheet, t, word } from './words.js';

function Matrix({ rows }) {
  const done = (row) => Math.min(1, row.planned ? (row.good + row.bad) / row.planned : 0);
  return html`<div class="matrix">${rows.map((row) => html`<div key=${row.op} class=${`step ${done(row) >= 1 ? 'done' : done(row) > 0 ? 'begun' : ''}${row.held ? ' held' : ''}`}>
    <small>${row.op} ${row.op_name}</small><b>${count(row.good + row.bad)}/${count(row.planned)}</b>${row.bad ? html`<span class="red">${t('office.col.bad')} ${count(row.bad)}</span>` : null}${row.held ? html`<span class="amber">${t('office.col.held')} ${count(row.held)}</span>` : null}</div>`)}</div>`;
}

export function Order() {
  const { path, query } = store.route;
  const id = path[0];
  const lines = useList('lines', { order: id }, ['order']);
  const orders = useList('orders', { from: id, to: id }, ['order', 'stop']);
  const order = (orders.rows && orders.rows[0]) || null;
  const at = query.get('line') || (lines.rows && lines.rows[0] && lines.rows[0].line);
  const progress = useList('progress', { from: `${id}-01`, to: `${id}-99`, limit: 2000 }, ['floor', 'order']);
  const facts = useList(at ? 'line-facts' : null, at && { line: at, limit: 500 }, ['floor', 'order']);
  const workers = useList('workers', { limit: 2000 }, ['master']);
  const names = Object.fromEntries((workers.rows || []).map((row) => [row.worker, row.name]));
  const people = (row) => (row.workers || '').split(' ').filter(Boolean).map((one) => names[Number(one.split(':')[0])] || one).join(' ');
  const index = (lines.rows || []).findIndex((row) => row.line === at);
  const mayFacts = store.me.lists.includes('fact');
  useKeys({
    Escape: () => (query.get('scan') ? stay({ scan: '' }) : go('orders', { at: id })),
    BracketLeft: () => (index > 0 ? stay({ line: lines.rows[index - 1].line }) : false),
    BracketRight: () => (lines.rows && lines.rows[index + 1] ? stay({ line: lines.rows[index + 1].line }) : false),
  });
  useFoot(t('office.order.rule'), [['↑ ↓', t('office.key.row')], ['[ ]', t('office.key.line')], ['Esc', t('office.key.back')], ['?', t('office.key.all')]]);
  const columns = [
    { key: 'wall', heading: t('office.col.wall'), show: (row) => moment(row.wall) },
    { key: 'op_name', heading: t('office.col.op_name'), show: (row) => `${row.op || ''} ${row.op_name}` },
    { key: 'kind', heading: t('office.col.kind'), show: (row) => (row.kind ? word('kind', row.kind) : '—'), narrow: true },
    { key: 'workers', heading: t('office.col.name'), show: people, wide: true },
    { key: 'good', heading: t('office.col.good'), right: true, show: (row) => count(row.good) },
    { key: 'bad', heading: t('office.col.bad'), right: true, show: (row) => (row.bad ? html`<b class="red">${count(row.bad)}</b>` : html`<i>—</i>`) },
    { key: 'held', heading: t('office.col.held'), right: true, show: (row) => (row.held ? html`<b class="amber">${count(row.held)}</b>` : html`<i>—</i>`) },
    { key: 'reason', heading: t('office.col.verdict'), show: (row) => `${word('verdict', row.verdict)}${row.reason ? ` · ${row.reason.text}` : ''}`, wide: true, narrow: true },
  ];
  return html`<div class="head"><a class="back" href=${href('orders', { at: id })} aria-label=${t('office.key.back')}>‹</a><h1>${sheet(id)}</h1><span class="about">${id} · ${order ? order.customer : ''}</span>
      ${order && order.rush ? html`<${Mark} kind="rush" />` : null}${order && order.stops ? html`<${Mark} kind="stop" />` : null}<span class="grow" />${order ? html`<span><${Due} due=${order.due} /></span>` : null}</div>
    <div class="scroll">
      <${Failed} list=${lines} />
      ${order ? html`<${Stops} order=${id} lines=${lines.rows || []} />` : null}
      ${(lines.rows || []).map((row) => html`<section key=${row.line} class=${`orderline${row.line === at ? ' on' : ''}`} onClick=${() => stay({ line: row.line, scan: '' })}>
        <h2>${sheet(row.line)} <small>${row.product} ${row.size} ${row.paint} · ${t('office.doors.n', count(row.quantity))}${row.remarks ? ` · ${row.remarks}` : ''}</small></h2>
        <${Matrix} rows=${(progress.rows || []).filter((one) => one.line === row.line)} />
      </section>`)}
      ${lines.rows && !lines.rows.length ? html`<${Empty}>${t('office.notfound', id)} <a href=${href('orders')}>${t('office.page.orders')}</a></${Empty}>` : null}
      ${at ? html`<div class="subhead"><h2>${t('office.order.scans', sheet(at))}</h2></div>
        <${Failed} list=${facts} />
        <${Table} name="line-facts" question=${at} columns=${columns} rows=${facts.rows || []} rowKey=${(row) => row.event} selected=${query.get('scan')} onSelect=${(key) => stay({ scan: key === query.get('scan') ? '' : key })}
          below=${mayFacts ? (row) => html`<${Fact} event=${row.event} />` : null} isOld=${facts.isStale}
          phone=${(row) => [`${moment(row.wall)} ${row.op_name}`, people(row), count(row.good)]}
          empty=${facts.rows ? html`<${Empty}>${t('office.order.empty')}</${Empty}>` : null} />` : null}
    </div>`;
}
