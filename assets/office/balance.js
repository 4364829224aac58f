// balance.js - the balance of pieces: what was released, done, held and paid of each line and operation, and what is
// missing: a later step proves that it was done, and nobody is paid for it.
import { csvHref } from './api.js';
import { useKeys } from './keys.js';
import { useList } from './lists.js';
import { Chip, Empty, html, Key, PageHead, useFoot } from './parts.js';
import { go, href, stay, store } from './store.js';
import { Table } from './table.js';
import { count, day, sheet, t } from './words.js';

export function Balance() {
  const { query } = store.route;
  const q = (query.get('q') || '').trim().toLowerCase();
  const span = { from: query.get('from') || store.me.period[0], to: query.get('to') || store.me.period[1] };
  const all = query.get('all') === '1';
  const list = useList('balance', { ...span, all: all ? 1 : 0, limit: 2000 }, ['floor', 'pay']);
  const rows = (list.rows || []).filter((row) => !q || `${row.line} ${sheet(row.line)} ${row.op_name}`.toLowerCase().includes(q));
  const key = (row) => `${row.line}/${row.rev}/${row.op}`;
  useKeys({ KeyE: () => { location.href = csvHref('balance', { ...span, all: all ? 1 : 0 }); }, KeyA: () => stay({ all: all ? '' : '1' }) });
  useFoot(t('office.balance.rule'), [['↑ ↓', t('office.key.row')], ['Enter', t('office.key.order')], ['A', t('office.balance.all')], ['E', t('office.key.csv')], ['?', t('office.key.all')]]);
  const figure = (name, tone) => ({ key: name, heading: t(`office.col.${name}`), right: true, show: (row) => (row[name] ? (tone ? html`<b class=${tone}>${count(row[name])}</b>` : count(row[name])) : html`<i>—</i>`) });
  const columns = [
    { key: 'line', heading: t('office.col.line'), show: (row) => html`<b>${sheet(row.line)}</b>` },
    { key: 'rev', heading: t('office.col.rev'), show: (row) => row.rev, narrow: true },
    { key: 'op', heading: t('office.col.op_name'), show: (row) => `${row.op} ${row.op_name}`, value: (row) => row.op, wide: true },
    figure('planned'), figure('good'), figure('bad'), figure('held', 'amber'), { ...figure('paid'), title: t('office.balance.paid') }, figure('missing', 'red'),
  ];
  const sums = rows.length ? Object.fromEntries(columns.map(({ key: name }) => [name, ['planned', 'good', 'bad', 'held', 'paid', 'missing'].includes(name) ? count(rows.reduce((n, row) => n + row[name], 0)) : ''])) : null;
  if (sums) sums.line = t('office.sum');
  return html`<${PageHead} title=${t('office.page.balance')} text=${`${day(span.from)} – ${day(span.to)}`}>
      <${Chip} on=${!all} href=${href('balance', { ...span, q })}>${t('office.balance.differences')}</${Chip}><${Chip} on=${all} href=${href('balance', { ...span, q, all: 1 })}>${t('office.balance.all')}</${Chip}>
      <a class="button" href=${csvHref('balance', { ...span, all: all ? 1 : 0 })}>CSV <${Key} k="E" /></a></${PageHead}>
    <section class="list">
      ${list.next ? html`<div class="note amber">${t('office.cut', list.rows.length)}</div>` : null}
      <${Table} name="balance" question=${`${q} ${all}`} columns=${columns} rows=${rows} rowKey=${key} selected=${query.get('at')} onSelect=${(at) => stay({ at })} onOpen=${(row) => go(`orders/${row.line.slice(0, 9)}`)} sort=${query.get('sort') || ''} onSort=${(s) => stay({ sort: s })} sums=${sums}
        phone=${(row) => [`${sheet(row.line)} ${row.op_name}`, `${t('office.col.good')} ${count(row.good)} / ${count(row.planned)} · ${t('office.col.held')} ${count(row.held)} · ${t('office.col.paid')} ${count(row.paid)}`, row.missing ? html`<b class="red">${count(row.missing)}</b>` : '']}
        empty=${list.rows ? html`<${Empty}>${q ? t('office.notfound', q) : t('office.balance.empty')}</${Empty}>` : null} />
    </section>`;
}
