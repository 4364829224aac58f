// masters.js - what the factory is made of, by kind: a table, and beside it the form of the row under the cursor.
import { useEffect, useState } from 'preact/hooks';
import { act, csvHref, get, useList } from './api.js';
import { faultsOf, FormField, textOf, useForm } from './form.js';
import { useKeys } from './keys.js';
import { Button, Empty, Failed, html, Key, Note, PageHead, useFoot } from './parts.js';
import { shown } from './plain.js';
import { href, stay, store } from './store.js';
import { Table } from './table.js';
import { count, moment, t } from './words.js';

// To add a kind: a row. act: saves one; id: the row's key, of which those in fixed can't change; noun: in the audit.
// texts: office.import.kind.*, office.col.*, office.part.*
const KINDS = [
  { list: 'customers', act: 'customer.save', noun: 'customer', id: (row) => `${row.customer}`, send: (row) => ({ customer: row ? row.customer : 0 }), fixed: [], finds: true, start: { new: true } },
  { list: 'products', act: 'product.save', noun: 'product', id: (row) => row.code, fixed: ['code'] },
  { list: 'prices', act: 'price.save', noun: 'price', id: (row) => `${row.product}/${row.item}/${row.from}`, fixed: ['product', 'item', 'from'] },
  { list: 'leads', act: 'lead.save', noun: 'lead', id: (row) => row.family, fixed: ['family'] },
  { list: 'holidays', act: 'holiday.save', noun: 'holiday', id: (row) => row.day, fixed: ['day'] },
  { list: 'routings', id: (row) => `${row.family}/${row.op}` },
  { list: 'operations', id: (row) => row.code },
  { list: 'stations', id: (row) => row.id },
  { list: 'rates', id: (row) => `${row.code}/${row.family}/${row.from}` },
  { list: 'reasons', id: (row) => `${row.number}` },
  { list: 'crews', id: (row) => row.crew },
  { list: 'settings', id: (row) => row.name },
];
const HIDDEN = ['version'];
const RIGHT = ['fen', 'rate', 'int'];
const WIDE = ['address', 'remarks', 'materials', 'styles', 'colours', 'name', 'value'];
const FIRST = { customers: ['name', 'phone', 'address', 'region', 'class', 'dealer', 'new', 'price_list_day', 'off'] };

const mayOpen = (kind) => store.me.lists.includes(kind.list);

// Who changed the row last: asked when two did.
function useLast(kind, key, asked) {
  const [last, setLast] = useState(null);
  useEffect(() => {
    setLast(null);
    if (asked && kind.noun) get('/api/list/history', { noun: kind.noun, key, limit: 1 }).then((answer) => setLast(answer.rows[0]), () => null);
  }, [key, asked]);
  return last;
}

function Form({ kind, row, fields, headings, then }) {
  const key = row ? kind.id(row) : 'new';
  const values = Object.fromEntries(fields.map((one) => [one.name, row ? textOf(one.type, row[one.name]) : one.type === 'bool' ? !!(kind.start || {})[one.name] : '']));
  const form = useForm(`${kind.list}.${key}`, values);
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const clashes = Object.keys(form.clash).length;
  const last = useLast(kind, key, clashes > 0);
  const faults = faultsOf(error);
  const missing = fields.filter((one) => one.needed && !String(form.value[one.name]).trim());
  const why = busy ? t('office.wait') : missing.length ? t('office.masters.needed', missing.map((one) => headings[one.name]).join(' ')) : '';
  const save = async () => {
    setBusy(true);
    setError(null);
    try {
      await act(kind.act, { ...form.value, ...(kind.send ? kind.send(row) : {}), base: row ? row.version : 0 });
      form.drop();
      then(form.value);
    } catch (e) {
      setError(e);
      if (e.status === 409) then(null);
    }
    setBusy(false);
  };
  useKeys({ 'Ctrl+Enter': () => (why ? false : save()) });
  const title = row ? row.name || key : t('office.masters.new');
  return html`<h2>${title}</h2>
    ${clashes ? html`<${Note} tone="red">${t('office.masters.conflict', last ? last.who : '', last ? moment(last.at) : '')}</${Note}>` : null}
    ${error && !(clashes && error.status === 409) ? html`<${Note} tone="red">${error.message}</${Note}>` : null}
    <div class="fields">${fields.map((one) => html`<${FormField} key=${one.name} column=${one} label=${headings[one.name] || one.name} form=${form} fault=${faults[one.name]} id=${`field-${one.name}`} disabled=${!!row && kind.fixed.includes(one.name)} wide=${one.type === 'text' || one.type === 'phone'} />`)}</div>
    <div class="acts"><${Button} main id="save" k="Ctrl Enter" why=${why} onClick=${save}>${t('office.masters.save', String(form.value.name || form.value.code || form.value.product || form.value.family || form.value.day || ''))}</${Button}>
      ${form.isTyped ? html`<${Button} id="drop" onClick=${() => { form.drop(); setError(null); }}>${t('office.masters.drop')}</${Button}>` : null}</div>
    ${why ? html`<small class="why">${why}</small>` : null}`;
}

export function Masters() {
  const { query, path } = store.route;
  const kinds = KINDS.filter(mayOpen);
  const kind = kinds.find((one) => one.list === path[0]) || kinds[0];
  const q = (query.get('q') || '').trim().toLowerCase();
  const list = useList(kind.list, { limit: 1000, ...(kind.finds && q ? { find: q } : {}) }, ['master']);
  const [tables, setTables] = useState([]);
  useEffect(() => {
    get('/api/kinds').then((answer) => setTables(answer.kinds), () => null);
  }, []);
  const fields = (tables.find((one) => one.name === kind.list) || { columns: [] }).columns;
  const columns = (list.columns || []).filter((one) => !HIDDEN.includes(one.key));
  const headings = Object.fromEntries(columns.map((one) => [one.key, one.heading]));
  const text = (row) => columns.map((one) => row[one.key]).join(' ').toLowerCase();
  const rows = (list.rows || []).filter((row) => kind.finds || !q || text(row).includes(q));
  const at = query.get('at');
  const row = rows.find((one) => kind.id(one) === at);
  const may = kind.act && store.me.acts.includes(`/api/act/${kind.act}`);
  const fresh = () => {
    stay({ at: '' });
    setTimeout(() => { const first = document.querySelector('.side .fields input'); if (first) first.focus(); }, 0);
  };
  const move = (by) => {
    const next = kinds[kinds.indexOf(kind) + by];
    if (next) location.hash = href(`masters/${next.list}`);
    return !!next;
  };
  useKeys({ KeyN: () => (may ? fresh() : false), KeyE: () => { location.href = csvHref(kind.list, {}); }, Escape: () => (at ? stay({ at: '' }) : false), BracketLeft: () => move(-1), BracketRight: () => move(1) });
  useFoot(may ? t('office.masters.rule') : t('office.masters.view'), [['↑ ↓', t('office.key.row')], ['[ ]', t('office.key.kind')], ...(may ? [['N', t('office.masters.new')], ['Ctrl+Enter', t('office.key.commit')]] : []), ['E', t('office.key.csv')], ['?', t('office.key.all')]]);
  const first = FIRST[kind.list];
  const table = columns.filter((one) => !first || first.includes(one.key)).map((one) => ({ key: one.key, heading: one.heading, right: RIGHT.includes(one.type), wide: WIDE.includes(one.key), show: (r) => shown(one, r[one.key]), value: (r) => r[one.key] }));
  const done = (value) => {
    list.load();
    if (value) stay({ at: kind.fixed.length ? kind.fixed.map((one) => value[one]).join('/') : at || '' });
  };
  return html`<${PageHead} title=${t('office.page.masters')} text=${list.rows ? t('office.rows', `${count(rows.length)}${list.next ? '+' : ''}`) : ''}>
      <a class="button" href=${csvHref(kind.list, {})}>CSV <${Key} k="E" /></a>
      ${store.me.acts.includes('/api/import/*') ? html`<a class="button" href=${href('import', { kind: kind.list })}>${t('office.page.import')}</a>` : null}
      ${may ? html`<${Button} id="new" k="N" onClick=${fresh}>${t('office.masters.new')}</${Button}>` : null}
    </${PageHead}>
    <nav class="tabs">${kinds.map((one) => html`<a key=${one.list} class=${one === kind ? 'on' : ''} href=${href(`masters/${one.list}`)}>${t(`office.import.kind.${one.list}`)}</a>`)}</nav>
    <div class="columns">
      <section class="list"><${Failed} list=${list} />
        <${Table} name=${kind.list} question=${`${kind.list} ${q}`} columns=${table} rows=${rows} rowKey=${kind.id} selected=${at} onSelect=${(one) => stay({ at: one })} sort=${query.get('sort') || ''} onSort=${(s) => stay({ sort: s })} isOld=${list.isStale}
          phone=${(r) => [r.name || kind.id(r), table.slice(1, 4).map((one) => html`${one.show(r)} `), '']} empty=${list.rows ? html`<${Empty}>${q ? t('office.notfound', q) : t('office.empty')}</${Empty}>` : null} />
      </section>
      ${may && fields.length ? html`<aside class="side wide"><${Form} key=${`${kind.list}.${at || ''}`} kind=${kind} row=${row} fields=${fields} headings=${headings} then=${done} /></aside>` : null}
    </div>`;
}
