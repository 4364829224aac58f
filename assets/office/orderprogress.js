// orderprogress.js - how far each line is, by part and operation, who and when, down to the scan; what is missing for the set.
import { Fact } from './fact.js';
import { useKeys } from './keys.js';
import { useList } from './lists.js';
import { Empty, html, Mark } from './parts.js';
import { setOf } from './status.js';
import { stay, store } from './store.js';
import { Table } from './table.js';
import { clock, count, day, moment, sheet, t, word } from './words.js';

const doneOf = (row) => row.good + row.bad;
const PARTS = ['leaf', 'frame', 'architrave'];

// Parts run side by side and meet in cells over all rows where the whole door is worked on.
function Matrix({ rows, due, last, quantity, at }) {
  const parts = PARTS.filter((part) => rows.some((row) => row.part === part));
  const ops = [...rows].sort((a, b) => a.op - b.op);
  if (!ops.length) return html`<p class="ink3">${t('office.order.unreleased')}</p>`;
  const height = Math.max(1, parts.length);
  const cell = (row, i) => {
    const key = `${row.line}/${row.op}`;
    const part = Math.min(1, row.planned ? doneOf(row) / row.planned : 0);
    const isLate = part < 1 && due[key] && due[key] < store.me.today;
    const who = last[key];
    const place = row.part === 'door' || !parts.length ? { gridColumn: i + 2, gridRow: `2 / span ${height}` } : { gridColumn: i + 2, gridRow: parts.indexOf(row.part) + 2 };
    const state = part >= 1 ? 'done' : part > 0 ? 'begun' : '';
    return html`<a href="#" key=${key} class=${`mcell ${state}${isLate ? ' late' : ''}${row.held ? ' held' : ''}${at === key ? ' on' : ''}`} style=${{ ...place, ...(state === 'begun' ? { backgroundSize: `${Math.round(part * 100)}% 100%` } : {}) }} title=${`${row.op} ${row.op_name}`}
      onClick=${(e) => { e.preventDefault(); e.stopPropagation(); stay({ line: row.line, op: row.op, scan: '' }); }}>
      <span><b>${count(doneOf(row))}/${count(row.planned)}</b> ${who ? who.when : due[key] ? day(due[key]) : ''}</span>
      <small>${row.bad ? html`<span class="red">${t('office.col.bad')} ${row.bad} </span>` : null}${row.held ? html`<span class="amber">${t('office.col.held')} ${row.held} </span>` : null}${who ? who.name : isLate ? t('office.order.overdue') : ''}</small></a>`;
  };
  return html`<div class="parts" style=${{ gridTemplateColumns: `52px repeat(${ops.length}, minmax(64px, 1fr))` }}>
    ${ops.map((row, i) => html`<small key=${row.op} title=${row.op_name} style=${{ gridColumn: i + 2, gridRow: 1 }}>${row.op_name}</small>`)}
    ${parts.map((part, i) => html`<span key=${part} class="partname" style=${{ gridColumn: 1, gridRow: i + 2 }}>${t(`office.part.${part}`)}</span>`)}
    ${ops.map(cell)}</div>`;
}

export function Progress({ all }) {
  const { query } = store.route;
  const lines = all.lines.rows || [];
  const at = query.get('line') || (lines[0] && lines[0].line);
  const op = Number(query.get('op') || 0);
  const facts = useList(at ? 'line-facts' : null, at && { line: at, limit: 500 }, ['floor', 'order']);
  const workers = useList('workers', { limit: 2000 }, ['master']);
  const names = Object.fromEntries((workers.rows || []).map((row) => [row.worker, row.name]));
  const people = (row) => (row.workers || '').split(' ').filter(Boolean).map((one) => names[Number(one.split(':')[0])] || one).join(' ');
  const due = Object.fromEntries((all.due.rows || []).map((row) => [`${row.line}/${row.op}`, row.due]));
  const last = Object.fromEntries((all.last.rows || []).map((row) => [`${row.line}/${row.op}`, { name: people(row), when: new Date(row.wall + store.me.offset_min * 60000).toISOString().slice(0, 10) === store.me.today ? clock(row.wall) : moment(row.wall).split(' ')[0] }]));
  const index = lines.findIndex((row) => row.line === at);
  const mayFacts = store.me.lists.includes('fact');
  useKeys({
    BracketLeft: () => (index > 0 ? stay({ line: lines[index - 1].line, op: '' }) : false),
    BracketRight: () => (lines[index + 1] ? stay({ line: lines[index + 1].line, op: '' }) : false),
  });
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
  const section = (row) => {
    const own = (all.progress.rows || []).filter((one) => one.line === row.line);
    const set = own.length ? setOf(own, row.quantity) : null;
    return html`<section key=${row.line} class=${`orderline${row.line === at ? ' on' : ''}`} onClick=${() => stay({ line: row.line, op: '', scan: '' })}>
      <h2>${sheet(row.line)} ${row.product} ×${count(row.quantity)} ${row.special ? html`<${Mark} kind="special" />` : null} <small>${[row.size, row.opening, row.paint, row.remarks].filter(Boolean).join(' · ')}</small>
        <span class="right"><small>${row.rev ? t('office.order.rev', row.rev) : ''} ${set ? html`${t('office.order.set', set.ready, row.quantity)}${set.missing.length ? ` · ${t('office.order.lacks', set.missing.map(([part, n]) => `${t(`office.part.${part}`)} ${n}`).join(' '))}` : ''}` : null}</small></span></h2>
      <${Matrix} rows=${own} due=${due} last=${last} quantity=${row.quantity} at=${op ? `${at}/${op}` : ''} /></section>`;
  };
  const rows = (facts.rows || []).filter((row) => !op || row.op === op);
  return html`${lines.map(section)}
    ${at ? html`<div class="subhead"><h2>${t('office.order.scans', sheet(at))}${op ? ` · ${op}` : ''}</h2>${op ? html`<a href="#" onClick=${(e) => { e.preventDefault(); stay({ op: '' }); }}>${t('office.order.allops')}</a>` : null}</div>
      <${Table} name="line-facts" question=${`${at} ${op}`} columns=${columns} rows=${rows} rowKey=${(row) => row.event} selected=${query.get('scan')} onSelect=${(key) => stay({ scan: key === query.get('scan') ? '' : key })}
        below=${mayFacts ? (row) => html`<${Fact} event=${row.event} />` : null}
        phone=${(row) => [`${moment(row.wall)} ${row.op_name}`, people(row), count(row.good)]}
        empty=${facts.rows ? html`<${Empty}>${t('office.order.empty')}</${Empty}>` : null} />` : null}`;
}
