// held.js - pieces that wait for a decision: the list left, the evidence and the answers right.
import { csvHref, useList } from './api.js';
import { Decide } from './decide.js';
import { Fact } from './fact.js';
import { useKeys } from './keys.js';
import { Badge, Empty, Failed, html, Key, PageHead, useFoot } from './parts.js';
import { stay, store } from './store.js';
import { Table } from './table.js';
import { age, count, fen, moment, sheet, t } from './words.js';

export function Held() {
  const { query } = store.route;
  const q = (query.get('q') || '').trim().toLowerCase();
  const list = useList('held', { limit: 2000 }, ['pay', 'exception', 'floor']);
  const workers = useList('workers', { limit: 2000 }, ['master']);
  const names = Object.fromEntries((workers.rows || []).map((row) => [row.worker, row.name]));
  const people = (row) => (row.workers || '').split(' ').filter(Boolean).map((one) => names[Number(one.split(':')[0])] || (one.startsWith('0') ? t('office.nobody') : one)).join(' ');
  const rows = (list.rows || []).filter((row) => !q || [people(row), row.line, sheet(row.line), row.product, row.op_name].some((text) => (text || '').toLowerCase().includes(q)));
  const selected = query.get('at');
  const row = rows.find((one) => one.event === selected) || rows[0];
  const now = Date.now() + store.clockOff;
  const tone = (one) => (now - one.taken > 72 * 3600000 ? 'red' : now - one.taken > 24 * 3600000 ? 'amber' : '');
  useKeys({ KeyE: () => { location.href = csvHref('held', {}); } });
  useFoot(t('office.held.rule'), [['↑ ↓', t('office.key.row')], ['1 2 3', t('office.key.decide')], ['Ctrl+Enter', t('office.key.commit')], ['E', t('office.key.csv')], ['?', t('office.key.all')]]);
  const columns = [
    { key: 'taken', heading: t('office.col.taken'), show: (one) => moment(one.taken) },
    { key: 'age', heading: t('office.age'), sorts: false, show: (one) => html`<${Badge} tone=${tone(one)}>${age(now - one.taken)}</${Badge}>` },
    { key: 'line', heading: t('office.col.line'), show: (one) => html`<b>${sheet(one.line)}</b>` },
    { key: 'op_name', heading: t('office.col.op_name'), show: (one) => one.op_name || one.op || '—' },
    { key: 'workers', heading: t('office.col.name'), show: people, value: people, wide: true },
    { key: 'held', heading: t('office.col.held'), right: true, show: (one) => html`<b class="amber">${count(one.held)}</b>` },
    { key: 'waits_fen', heading: t('office.col.waits_fen'), right: true, show: (one) => fen(one.waits_fen) },
    { key: 'reason', heading: t('office.col.reason'), value: (one) => (one.reason ? one.reason.text : ''), show: (one) => (one.reason ? one.reason.text : '—'), wide: true, narrow: true },
  ];
  const total = list.total || {};
  return html`<${PageHead} title=${t('office.page.held')} text=${list.rows ? t('office.held.about', total.rows, count(total.held), fen(total.waits_fen)) : ''}>
      <a class="button" href=${csvHref('held', {})}>CSV <${Key} k="E" /></a>
    </${PageHead}>
    <div class="columns">
      <section class="list">
        <${Failed} list=${list} />
        <${Table} name="held" question=${q} columns=${columns} rows=${rows} rowKey=${(one) => one.event} selected=${row ? row.event : null} onSelect=${(key) => stay({ at: key })}
          sort=${query.get('sort') || 'taken'} onSort=${(s) => stay({ sort: s })} isOld=${list.isStale}
          sums=${rows.length ? { taken: t('office.sum'), held: count(rows.reduce((n, one) => n + one.held, 0)), waits_fen: fen(rows.reduce((n, one) => n + one.waits_fen, 0)) } : null}
          phone=${(one) => [`${sheet(one.line)} ${one.op_name} · ${people(one)}`, one.reason ? one.reason.text : '', `${count(one.held)} · ${age(now - one.taken)}`]}
          empty=${list.rows ? html`<${Empty}>${t('office.held.empty')}</${Empty}>` : null} />
      </section>
      ${row ? html`<aside class="side wide">
        <h2>${sheet(row.line)} ${row.op_name} <small>${people(row)}</small></h2>
        ${row.reason ? html`<div class="note amber">${row.reason.text}</div>` : null}
        <${Decide} key=${row.event} row=${row} then=${list.load} />
        <${Fact} event=${row.event} />
      </aside>` : null}
    </div>`;
}
