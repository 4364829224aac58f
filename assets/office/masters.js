// masters.js - what the factory is made of, by kind: a table, and beside it the form of the row under the cursor. Nothing is
// deleted: a row is retired, and found again by a touch.
import { csvHref, xlsxHref } from './api.js';
import { useKeys } from './keys.js';
import { useList, Whole } from './lists.js';
import { headingsOf, MasterForm, useKinds } from './masterform.js';
import { Button, Empty, html, Key, PageHead, Tabs, useFoot } from './parts.js';
import { Settings } from './setting.js';
import { shown } from './shown.js';
import { href, stay, store } from './store.js';
import { Table } from './table.js';
import { count, fen, t, word } from './words.js';

const dayNumber = (day) => Date.parse(`${day}T00:00:00Z`) / 86400000;

// To add a kind: a row. act: saves one; id: the row's key, of which those in fixed can't change; noun, key: in the audit; of:
// the list's names of fields that the form calls
// otherwise; called: what the form calls an import's id; without: fields that have a tab of their own; fields: of a kind that
// isn't imported by itself. texts: office.import.kind.*, office.col.*, office.part.*, office.split.*
const KINDS = [
  { list: 'customers', act: 'customer.save', noun: 'customer', id: (row) => `${row.customer}`, send: (row) => ({ customer: row ? row.customer : 0 }), fixed: [], finds: true, start: { new: true } },
  { list: 'products', act: 'product.save', noun: 'product', id: (row) => row.code, fixed: ['code'] },
  { list: 'prices', act: 'price.save', noun: 'price', id: (row) => `${row.product}/${row.item}/${row.from}`, key: (row) => `${row.product}/${row.item}/${dayNumber(row.from)}`, fixed: ['product', 'item', 'from'] },
  { list: 'leads', act: 'lead.save', noun: 'lead', id: (row) => row.family, fixed: ['family'] },
  { list: 'holidays', act: 'holiday.save', noun: 'holiday', id: (row) => row.day, key: (row) => `${dayNumber(row.day)}`, fixed: ['day'] },
  { list: 'routings', act: 'routing.save', noun: 'routing', id: (row) => `${row.family}/${row.op}`, fixed: ['family', 'op'], of: { operation: 'code' } },
  { list: 'operations', act: 'operation.save', noun: 'operation', id: (row) => row.code, fixed: ['code'] },
  { list: 'stations', act: 'station.save', noun: 'station', id: (row) => row.id, fixed: ['station'], called: 'station', of: { station: 'id', operations: 'ops' }, hidden: ['name_zh', 'name_en'] },
  { list: 'rates', act: 'rate.save', noun: 'rate', id: (row) => `${row.code}/${row.family}/${row.from}`, key: (row) => `${row.code}/${row.family}/${dayNumber(row.from)}`, fixed: ['operation', 'family', 'from'], of: { operation: 'code' } },
  { list: 'reasons', act: 'reason.save', noun: 'reason', id: (row) => `${row.number}`, fixed: ['number'] },
  { list: 'crews', act: 'crew.save', noun: 'crew', id: (row) => row.crew, fixed: ['crew'], called: 'crew', without: ['split', 'from'] },
  { list: 'crew-splits', act: 'crew.split', noun: 'crew_split', id: (row) => `${row.crew}/${row.from_day}`, key: (row) => `${row.crew}/${dayNumber(row.from_day)}`, fixed: ['crew', 'from'], of: { from: 'from_day' }, fields: [{ name: 'crew', type: 'text', needed: true }, { name: 'from', type: 'day', needed: true }, { name: 'split', type: 'text', needed: true }] },
  { list: 'coefficients', act: 'crew.coefficient', noun: 'crew_coefficient', id: (row) => `${row.crew}/${row.worker}/${row.from_day}`, key: (row) => `${row.crew}/${row.worker}/${dayNumber(row.from_day)}`, fixed: ['crew', 'worker', 'from'], of: { from: 'from_day' }, typed: ['coefficient'], send: (row, value) => ({ worker: Number(value.worker) }) },
  { list: 'settings', id: (row) => row.name },
];
const HIDDEN = ['version'];
const RIGHT = ['fen', 'rate', 'int'];
const WIDE = ['address', 'remarks', 'materials', 'styles', 'colours', 'value'];
const FIRST = {
  customers: ['name', 'phone', 'address', 'region', 'class', 'dealer', 'new', 'price_list_day', 'off'],
  products: ['code', 'name', 'family', 'brand', 'leaf', 'frame', 'architrave', 'materials', 'off'],
};
// What a row is called on a phone, by the first that it has in the language of the page.
const TITLES = { zh: ['name', 'name_zh', 'op_name', 'code'], en: ['name', 'name_en', 'name_zh', 'op_name', 'code'] };
const NAMES = ['name', 'name_zh', 'name_en', 'op_name'];
const SPLITS = ['equal', 'coefficient', 'hours', 'both'];
const PARTS = ['door', 'leaf', 'frame', 'architrave'];

const mayOpen = (kind) => store.me.lists.includes(kind.list);

// What may be chosen, and what is known already: asked where a field of the kind needs it.
function useChoices(kind) {
  const needs = ['routings', 'stations', 'rates'].includes(kind.list);
  const family = ['products', 'leads', 'routings', 'rates'].includes(kind.list);
  const operations = useList(needs ? 'operations' : null, { limit: 500 }, ['master']);
  const products = useList(kind.list === 'prices' || family ? 'products' : null, { limit: 1000 }, ['master']);
  const shares = ['crew-splits', 'coefficients'].includes(kind.list);
  const crews = useList(shares ? 'crews' : null, { limit: 500 }, ['master']);
  const crewsOf = (crews.rows || []).filter((one) => !one.off).map((one) => [one.crew, `${one.name} ${one.crew}`]);
  const codes = (operations.rows || []).filter((one) => !one.off).map((one) => [one.code, `${store.lang === 'zh' ? one.name_zh : one.name_en} ${one.code}`]);
  const families = [...new Set((products.rows || []).map((one) => one.family))].filter(Boolean).sort();
  const choices = { part: PARTS.map((one) => [one, word('part', one)]), ...(kind.list === 'stations' ? { kind: [['', '—'], ['dock', t('office.station_kind.dock')]] } : {}), ...(shares ? { crew: crewsOf, split: SPLITS.map((one) => [one, word('split', one)]) } : {}), ...(needs ? { operation: codes, operations: codes } : {}) };
  const suggests = { ...(family ? { family: families } : {}), ...(kind.list === 'prices' ? { product: (products.rows || []).map((one) => one.code) } : {}) };
  return { choices, suggests };
}

function Kind({ kind, kinds, tables }) {
  const titleOf = (row) => TITLES[store.lang].map((one) => row[one]).find(Boolean) || kind.id(row);
  const isSaid = (one, row) => row[one.key] !== '' && row[one.key] != null && row[one.key] !== false && !NAMES.includes(one.key) && row[one.key] !== titleOf(row);
  const said = (one, row) => (row[one.key] === true ? one.heading : RIGHT.includes(one.type) || one.type === 'day' ? html`<span class="ink3">${one.heading}</span> ${one.show(row)}` : one.show(row));
  const { query } = store.route;
  const q = (query.get('q') || '').trim().toLowerCase();
  const list = useList(kind.list, { limit: 1000, ...(kind.finds && q ? { find: q } : {}) }, ['master']);
  const { choices, suggests } = useChoices(kind);
  const fields = (kind.fields || (tables.kinds.find((one) => one.name === kind.list) || { columns: [] }).columns).filter((one) => !(kind.without || []).includes(one.name))
    .map((one) => (one.name === 'operations' ? { ...one, type: 'codes' } : one.name === 'id' ? { ...one, name: kind.called } : one));
  const columns = (list.columns || []).filter((one) => !HIDDEN.includes(one.key) && !(kind.hidden || []).includes(one.key));
  const headings = headingsOf(kind, fields, list.columns);
  const text = (row) => columns.map((one) => row[one.key]).join(' ').toLowerCase();
  const found = (list.rows || []).filter((row) => kind.finds || !q || text(row).includes(q));
  const retired = found.filter((row) => row.off).length;
  const isAll = query.get('off') === '1' || !!q;
  const at = query.get('at');
  const rows = isAll ? found : found.filter((row) => !row.off || kind.id(row) === at);
  const row = found.find((one) => kind.id(one) === at);
  const may = kind.act && store.me.acts.includes(`/api/act/${kind.act}`);
  const fresh = () => {
    stay({ at: '' });
    setTimeout(() => { const first = document.querySelector('.side .fields input, .side .fields select'); if (first) first.focus(); }, 0);
  };
  useKeys({ KeyN: () => (may ? fresh() : false), KeyE: () => { location.href = csvHref(kind.list, {}); }, Escape: () => (at ? stay({ at: '' }) : false) });
  useFoot(may ? t('office.masters.rule') : t('office.masters.view'), [['↑ ↓', t('office.key.row')], ['[ ]', t('office.key.kind')], ...(may ? [['N', t('office.masters.new')], ['Ctrl+Enter', t('office.key.commit')]] : []), ['E', t('office.key.csv')], ['?', t('office.key.all')]]);
  const first = FIRST[kind.list];
  const cell = (one, r) => (one.key === 'part' ? word('part', r.part) : one.key === 'split' ? word('split', r.split) : one.key === 'coefficient' ? fen(r.coefficient) : shown(one, r[one.key]));
  const table = columns.filter((one) => !first || first.includes(one.key)).map((one) => ({ key: one.key, type: one.type, heading: one.heading, right: RIGHT.includes(one.type), wide: WIDE.includes(one.key), show: (r) => (r.off ? html`<span class="ink3">${cell(one, r)}</span>` : cell(one, r)), value: (r) => r[one.key] }));
  const idOf = (value) => kind.id({ ...value, ...Object.fromEntries(Object.entries(kind.of || {}).map(([name, key]) => [key, value[name]])) });
  const done = (value) => {
    list.load();
    const isHere = store.route.page === 'masters' && (store.route.path[0] || kinds[0].list) === kind.list && (store.route.query.get('at') || '') === (at || ''); // nobody went on meanwhile
    if (value && isHere) stay({ at: kind.fixed.length ? idOf(value) : at || '' });
  };
  return html`<${PageHead} title=${t('office.page.masters')} text=${list.rows ? t('office.rows', `${count(rows.length)}${list.next ? '+' : ''}`) : ''}>
      ${retired && !q ? html`<a class=${`chip${isAll ? ' on' : ''}`} id="retired" href="#" onClick=${(e) => { e.preventDefault(); stay({ off: isAll ? '' : '1' }); }}>${t('office.masters.off', count(retired))}</a>` : null}
      <a class="button" href=${csvHref(kind.list, {})}>CSV <${Key} k="E" /></a><a class="button" href=${xlsxHref(kind.list, {})}>XLSX</a>
      ${store.me.acts.includes('/api/import/*') && !kind.fields ? html`<a class="button" href=${href('import', { kind: kind.list })}>${t('office.page.import')}</a>` : null}
      ${may ? html`<${Button} id="new" k="N" onClick=${fresh}>${t('office.masters.new')}</${Button}>` : null}
    </${PageHead}>
    <${Kinds} kinds=${kinds} kind=${kind} />
    <div class="columns">
      <section class="list">
        <${Table} name=${kind.list} question=${`${kind.list} ${q}`} columns=${table} rows=${rows} rowKey=${kind.id} selected=${at} onSelect=${(one) => stay({ at: one })} sort=${query.get('sort') || ''} onSort=${(s) => stay({ sort: s })}
          phone=${(r) => [titleOf(r), table.filter((one) => isSaid(one, r)).slice(0, 4).map((one, i) => html`${i ? ' · ' : ''}${said(one, r)}`), '']} empty=${list.rows ? html`<${Empty}>${q ? t('office.notfound', q) : t('office.empty')}</${Empty}>` : null} />
      </section>
      ${may && fields.length ? html`<${Whole} as="aside" name="side wide"><${MasterForm} key=${`${kind.list}.${row ? at : ''}`} kind=${kind} row=${row} fields=${fields} headings=${headings} choices=${choices} suggests=${suggests} then=${done} /></${Whole}>` : null}
    </div>`;
}

const Kinds = ({ kinds, kind }) => html`<${Tabs}>${kinds.map((one) => html`<a key=${one.list} class=${one === kind ? 'on' : ''} href=${href(`masters/${one.list}`)}>${t(`office.import.kind.${one.list}`)}</a>`)}</${Tabs}>`;

export function Masters() {
  const kinds = KINDS.filter(mayOpen);
  const kind = kinds.find((one) => one.list === store.route.path[0]) || kinds[0];
  const tables = useKinds();
  const move = (by) => {
    const next = kinds[kinds.indexOf(kind) + by];
    if (next) location.hash = href(`masters/${next.list}`);
    return !!next;
  };
  useKeys({ BracketLeft: () => move(-1), BracketRight: () => move(1) });
  if (kind.list !== 'settings') return html`<${Kind} key=${kind.list} kind=${kind} kinds=${kinds} tables=${tables} />`;
  return html`<${PageHead} title=${t('office.page.masters')}><a class="button" href=${csvHref('settings', {})}>CSV</a></${PageHead}>
    <${Kinds} kinds=${kinds} kind=${kind} /><${Settings} known=${tables.settings || []} />`;
}
