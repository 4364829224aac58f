// audit.js - who changed what when: filtered by person, record and day, each change field by field; and whether the chain of
// all of them is whole [R38]. texts: office.noun.*, office.act.*
import { useState } from 'preact/hooks';
import { csvHref, get } from './api.js';
import { Changes, changesOf, kioskOf, refOf } from './changes.js';
import { useKeys } from './keys.js';
import { useList } from './lists.js';
import { Button, Empty, html, Key, Note, PageHead, useFoot } from './parts.js';
import { href, stay, store } from './store.js';
import { Table } from './table.js';
import { count, moment, sheet, stamp, t, who, word } from './words.js';

// Where a record of a noun has its page. To add one: a row.
const ORDER = (key) => href(`orders/${refOf(key).slice(0, 9)}`);
const master = (kind) => (key) => href(`masters/${kind}`, { at: key });
const PAGES = {
  customer: master('customers'), product: master('products'), price: master('prices'), lead: master('leads'), holiday: master('holidays'),
  operation: master('operations'), station: master('stations'), reason: master('reasons'), crew: master('crews'), crew_split: master('crew-splits'), crew_coefficient: master('coefficients'), routing: master('routings'), setting: master('settings'),
  worker: (key) => href('workers', { at: key }), user: (key) => href('users', { at: key }),
  order: ORDER, head: ORDER, line: ORDER, spec: ORDER, draft: ORDER, stop: null,
};
const REFS = ['order', 'head', 'line', 'spec', 'draft', 'sheet', 'plan', 'quoted'];
const keyOf = (row) => keyText(row).replace(/^"|"$/g, '');
const keyText = (row) => (REFS.includes(row.noun) && /^\d{9,10}/.test(row.which) ? sheet(refOf(row.which.split('/')[0])) : row.noun === 'kiosk' && /^-?\d{16,}$/.test(row.which) ? kioskOf(row.which) : row.which.length > 24 ? `${row.which.slice(0, 8)}…` : row.which);

function Row({ row }) {
  const page = PAGES[row.noun];
  return html`<div class="audit-row">
    <table class="plain"><thead><tr><th></th><th>${t('office.col.old_value')}</th><th>${t('office.col.new_value')}</th></tr></thead>
      <tbody>${changesOf(row.old_value, row.new_value).map((one) => html`<tr key=${one.key}><td>${one.label}</td><td class="whole">${one.old === undefined ? '—' : one.old}</td><td class="whole"><b>${one.now}</b></td></tr>`)}</tbody></table>
    <p class="about">${t('office.audit.row', count(row.number), stamp(row.at))} <span class="code" title=${row.hash}>${row.hash.slice(0, 16)}</span>
      ${page ? html` <a href=${page(row.which)}>${t('office.audit.record')}</a> · ` : null}<a href="#" onClick=${(e) => { e.preventDefault(); stay({ noun: row.noun, key: row.which, at: '' }); }}>${t('office.audit.history')}</a></p></div>`;
}

function Filters({ query, nouns }) {
  const people = useList('people', { limit: 500 }, ['user']);
  const who = query.get('who') || '';
  const names = [...(people.rows || []).map((one) => [one.name, one.full_name || one.name]), ['console', t('office.audit.console')], ['kiosk', t('office.col.kiosk')]];
  if (who && !names.some(([name]) => name === who)) names.push([who, who]);
  const noun = query.get('noun') || '';
  const put = (change) => stay({ ...change, after: '', at: '' });
  return html`<div class="filters">
    <select id="audit-who" value=${who} aria-label=${t('office.col.who')} onChange=${(e) => put({ who: e.target.value })}><option value="">${t('office.audit.everybody')}</option>${names.map(([name, text]) => html`<option value=${name} selected=${name === who}>${text}</option>`)}</select>
    <select id="audit-noun" value=${noun} aria-label=${t('office.col.noun')} onChange=${(e) => put({ noun: e.target.value, key: '' })}><option value="">${t('office.audit.everything')}</option>${nouns.map((one) => html`<option value=${one} selected=${one === noun}>${word('noun', one)}</option>`)}</select>
    <input id="audit-key" placeholder=${t('office.col.which')} value=${query.get('key') || ''} spellcheck="false" autocomplete="off" onChange=${(e) => put({ key: e.target.value.trim() })} />
    <input id="audit-from" type="date" aria-label=${t('office.span.from')} value=${query.get('from') || ''} onChange=${(e) => put({ from: e.target.value })} />
    <input id="audit-to" type="date" aria-label=${t('office.span.to')} value=${query.get('to') || ''} onChange=${(e) => put({ to: e.target.value })} />
    ${['who', 'noun', 'key', 'from', 'to'].some((one) => query.get(one)) ? html`<a href="#" id="audit-clear" onClick=${(e) => { e.preventDefault(); put({ who: '', noun: '', key: '', from: '', to: '' }); }}>${t('office.audit.clear')}</a>` : null}</div>`;
}

// All nouns that have words, by their words.
const nounsOf = () => Object.keys(store.texts).filter((id) => id.startsWith('office.noun.')).map((id) => id.slice(12)).sort((a, b) => word('noun', a).localeCompare(word('noun', b), 'zh'));

export function Audit() {
  const { query } = store.route;
  const q = (query.get('q') || '').trim().toLowerCase();
  const [chain, setChain] = useState(null);
  const ask = { who: query.get('who') || '', noun: query.get('noun') || '', key: query.get('key') || '', ...Object.fromEntries(['from', 'to'].filter((one) => query.get(one)).map((one) => [one, query.get(one)])) };
  const list = useList('audit', { limit: 300, ...ask, ...(query.get('after') ? { after: query.get('after') } : {}) }, ['master', 'user', 'order', 'kiosk', 'stop', 'pay']);
  const text = (row) => `${row.who} ${who(row.who)} ${word('act', row.did)} ${word('noun', row.noun)} ${row.which} ${keyOf(row)} ${row.old_value} ${row.new_value}`.toLowerCase();
  const rows = (list.rows || []).filter((row) => !q || text(row).includes(q));
  const at = query.get('at');
  const verify = async () => {
    setChain({ busy: true });
    try {
      setChain(await get('/api/audit/verify'));
    } catch (error) {
      setChain({ error });
    }
  };
  useKeys({ KeyE: () => { location.href = csvHref('audit', ask); }, KeyV: verify, Escape: () => (at ? stay({ at: '' }) : false) });
  useFoot(t('office.audit.rule'), [['↑ ↓', t('office.key.row')], ['V', t('office.audit.verify')], ['E', t('office.key.csv')], ['?', t('office.key.all')]]);
  const columns = [
    { key: 'at', heading: t('office.col.at'), show: (row) => moment(row.at), width: 96 },
    { key: 'who', heading: t('office.col.who'), show: (row) => html`<b title=${row.who}>${who(row.who)}</b>`, value: (row) => who(row.who), width: 96 },
    { key: 'did', heading: t('office.col.did'), show: (row) => (row.did ? word('act', row.did) : html`<i>—</i>`), value: (row) => word('act', row.did), width: 130 },
    { key: 'noun', heading: t('office.col.noun'), show: (row) => html`${word('noun', row.noun)} <b class="lead">${keyOf(row)}</b>`, value: (row) => `${word('noun', row.noun)} ${row.which}`, width: 170 },
    { key: 'new_value', heading: t('office.audit.change'), show: (row) => html`<${Changes} row=${row} most=${6} />`, wide: true, sorts: false },
  ];
  const toneOf = (one) => (one.error || one.bad ? 'red' : one.busy ? 'blue' : 'green');
  const saysOf = (one) => (one.error ? one.error.message : one.busy ? t('office.wait') : one.bad ? t('office.audit.bad', count(one.bad)) : t('office.audit.good', count(one.rows), one.hash.slice(0, 16)));
  return html`<${PageHead} title=${t('office.page.audit')} text=${list.rows ? t('office.rows', `${count(rows.length)}${list.next ? '+' : ''}`) : ''}>
      <${Button} id="verify" k="V" why=${chain && chain.busy ? t('office.wait') : ''} onClick=${verify}>${t('office.audit.verify')}</${Button}>
      <a class="button" href=${csvHref('audit', ask)}>CSV <${Key} k="E" /></a>
    </${PageHead}>
    <${Filters} query=${query} nouns=${nounsOf()} />
    ${chain ? html`<${Note} tone=${toneOf(chain)}><span id="chain">${saysOf(chain)}</span></${Note}>` : null}
    <section class="list">
      <${Table} name="audit" question=${JSON.stringify([q, ask])} columns=${columns} rows=${rows} rowKey=${(row) => String(row.number)} selected=${at} onSelect=${(key) => stay({ at: key === at ? '' : key })} sort=${query.get('sort') || ''} onSort=${(s) => stay({ sort: s })}
        below=${(row) => html`<${Row} row=${row} />`}
        phone=${(row) => [html`${word('noun', row.noun)} ${keyOf(row)}`, html`${who(row.who)} · ${row.did ? word('act', row.did) : ''} <${Changes} row=${row} most=${2} />`, moment(row.at)]}
        empty=${list.rows ? html`<${Empty}>${q ? t('office.notfound', q) : t('office.audit.none')}</${Empty}>` : null} />
      ${list.next ? html`<div class="acts"><a class="button" id="older" href="#" onClick=${(e) => { e.preventDefault(); stay({ after: list.next, at: '' }); }}>${t('office.audit.older')}</a></div>` : null}
    </section>`;
}
