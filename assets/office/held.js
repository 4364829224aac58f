// held.js - what waits for a decision, in one list: pieces held, bad pieces whose fault is open, objections to pay, day work;
// the list left, the evidence and the answers right.
import { csvHref } from './api.js';
import { Bind } from './bind.js';
import { CaseOfReport } from './cases.js';
import { Decide, hours } from './decide.js';
import { Fact } from './fact.js';
import { useList, Whole } from './lists.js';
import { OpenRemake } from './remake.js';
import { useKeys } from './keys.js';
import { Badge, Chip, Empty, html, Key, PageHead, useFoot } from './parts.js';
import { href, stay, store } from './store.js';
import { Table } from './table.js';
import { age, count, fen, moment, sheet, t, word } from './words.js';

export function Held() {
  const { query } = store.route;
  const q = (query.get('q') || '').trim().toLowerCase();
  const list = useList('held', { limit: 2000 }, ['pay', 'exception', 'floor']);
  const workers = useList('workers', { limit: 2000 }, ['master']);
  const names = Object.fromEntries((workers.rows || []).map((row) => [row.worker, row.name]));
  const people = (row) => (row.workers || '').split(' ').filter(Boolean).map((one) => names[Number(one.split(':')[0])] || (one.startsWith('0') ? t('office.nobody') : one)).join(' ');
  const only = query.get('matter') || '';
  const idOf = (one) => `${one.event}${one.matter ? `-${one.matter}` : ''}`;
  const what = (one) => (one.matter === 3 ? t('office.kind.daywork') : one.op_name || one.op || word('kind', one.kind));
  const amount = (one) => (one.matter === 3 ? hours(one.most) : one.matter === 2 ? '' : count(one.held));
  const rows = (list.rows || []).filter((row) => !only || String(row.matter) === only).filter((row) => !q || [people(row), row.note, row.line, sheet(row.line), row.product, row.op_name].some((text) => (text || '').toLowerCase().includes(q)));
  const selected = query.get('at');
  const row = rows.find((one) => idOf(one) === selected || one.event === selected) || rows[0];
  const now = Date.now() + store.clockOff;
  const tone = (one) => (now - one.taken > 72 * 3600000 ? 'red' : now - one.taken > 24 * 3600000 ? 'amber' : '');
  useKeys({ KeyE: () => { location.href = csvHref('held', {}); } });
  useFoot(t('office.held.rule'), [['↑ ↓', t('office.key.row')], ['1 2 3', t('office.key.decide')], ['Ctrl+Enter', t('office.key.commit')], ['E', t('office.key.csv')], ['?', t('office.key.all')]]);
  const reason = (one) => (one.matter === 1 ? t('office.held.bad', one.most) : one.matter === 2 ? one.note || t('office.held.object') : one.reason ? one.reason.text : '');
  const columns = [
    { key: 'taken', heading: t('office.col.taken'), show: (one) => moment(one.taken) },
    { key: 'age', heading: t('office.age'), sorts: false, show: (one) => html`<${Badge} tone=${tone(one)}>${age(now - one.taken)}</${Badge}>` },
    { key: 'matter', heading: t('office.col.matter'), show: (one) => (one.matter ? html`<b class=${one.matter === 2 ? 'red' : 'amber'}>${word('matter', one.matter)}</b>` : word('matter', 0)) },
    { key: 'line', heading: t('office.col.line'), show: (one) => html`<b>${sheet(one.line)}</b>` },
    { key: 'op_name', heading: t('office.col.op_name'), show: what, value: what },
    { key: 'workers', heading: t('office.col.name'), show: people, value: people, wide: true },
    { key: 'held', heading: t('office.col.held'), right: true, show: (one) => html`<b class="amber">${amount(one)}</b>` },
    { key: 'waits_fen', heading: t('office.col.waits_fen'), right: true, show: (one) => (one.waits_fen ? fen(one.waits_fen) : html`<i>—</i>`) },
    { key: 'reason', heading: t('office.col.reason'), value: (one) => reason(one), show: (one) => reason(one) || '—', wide: true, narrow: true },
  ];
  const total = list.total || {};
  return html`<${PageHead} title=${t('office.page.held')} text=${list.rows ? t('office.held.about', total.rows, count(total.held), fen(total.waits_fen)) : ''}>
      ${[0, 1, 2, 3].filter((n) => (list.rows || []).some((one) => one.matter === n)).map((n) => html`<${Chip} key=${n} on=${only === String(n)} href=${href('held', { q, matter: only === String(n) ? '' : n })}>${word('matter', n)} ${(list.rows || []).filter((one) => one.matter === n).length}</${Chip}>`)}
      <a class="button" href=${csvHref('held', {})}>CSV <${Key} k="E" /></a>
    </${PageHead}>
    <div class="columns">
      <section class="list">
        <${Table} name="held" question=${`${q} ${only}`} columns=${columns} rows=${rows} rowKey=${idOf} selected=${row ? idOf(row) : null} onSelect=${(key) => stay({ at: key })}
          sort=${query.get('sort') || 'taken'} onSort=${(s) => stay({ sort: s })}
          sums=${rows.length ? { taken: t('office.sum'), held: count(rows.reduce((n, one) => n + one.held, 0)), waits_fen: fen(rows.reduce((n, one) => n + one.waits_fen, 0)) } : null}
          phone=${(one) => [`${sheet(one.line)} ${what(one)} · ${people(one)}`, reason(one), `${amount(one)} · ${age(now - one.taken)}`]}
          empty=${list.rows ? html`<${Empty}>${t('office.held.empty')}</${Empty}>` : null} />
      </section>
      ${row ? html`<${Whole} as="aside" name="side wide">
        <h2>${row.line ? sheet(row.line) : ''} ${what(row)} <small>${people(row)}</small></h2>
        ${reason(row) ? html`<div class=${`note ${row.matter === 2 ? 'red' : 'amber'}`}>${reason(row)}</div>` : null}
        <${Bind} key=${`bind ${idOf(row)}`} row=${row} then=${list.load} />
        <${Decide} key=${idOf(row)} row=${row} then=${list.load} />
        ${row.matter === 1 && row.line && store.me.acts.includes('/api/act/remake.open') ? html`<${OpenRemake} key=${`remake ${idOf(row)}`} line=${row.line} event=${row.event} pieces=${row.most} op=${row.op} then=${list.load} />` : null}
        ${row.matter === 1 && row.line ? html`<${CaseOfReport} key=${`case ${idOf(row)}`} event=${row.event} />` : null}
        <${Fact} event=${row.matter === 2 && row.refers ? row.refers : row.event} />
      </${Whole}>` : null}
    </div>`;
}
