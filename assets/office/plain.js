// plain.js - any list of the server as a page, by its own columns: those that need no page of their own.
import { csvHref, useList } from './api.js';
import { Fact } from './fact.js';
import { useKeys } from './keys.js';
import { Empty, Failed, html, Key, PageHead, useFoot } from './parts.js';
import { stay, store } from './store.js';
import { Table } from './table.js';
import { count, day, fen, moment, rate, sheet, t, who, word } from './words.js';

// Where a word's texts stand, by column. To add one: a row.
const WORDS = { role: 'worker', part: 'part', state: 'kiosk_state', verdict: 'verdict', what: 'exception' };

export function shown(column, value) {
  if (value == null || value === '') return html`<i>—</i>`;
  switch (column.type) {
    case 'fen': return fen(value);
    case 'rate': return rate(value);
    case 'int': return count(value);
    case 'day': return day(value);
    case 'time': return moment(value);
    case 'bool': return value ? t('office.yes') : html`<i>—</i>`;
    case 'line': return html`<b>${sheet(value)}</b>`;
    case 'hash': return html`<span class="code" title=${value}>${value.slice(0, 8)}</span>`;
    case 'word': return WORDS[column.key] ? word(WORDS[column.key], value) : value;
    case 'say': return value.text;
    case 'who': return who(value);
    default: return value;
  }
}

const RIGHT = ['fen', 'rate', 'int'];
const HIDDEN = ['version', 'sign', 'colour'];
const WIDE = ['old_value', 'new_value', 'reason', 'remarks', 'why'];

export function Plain({ name, list: source }) {
  const { query } = store.route;
  const q = (query.get('q') || '').trim().toLowerCase();
  const list = useList(source, { limit: 500, ...(query.get('after') ? { after: query.get('after') } : {}) }, ['exception', 'master', 'user', 'kiosk', 'order', 'stop']);
  const columns = (list.columns || []).filter((column) => !HIDDEN.includes(column.key));
  const text = (row) => columns.map((column) => (row[column.key] && row[column.key].text) || row[column.key]).join(' ').toLowerCase();
  const rows = (list.rows || []).filter((row) => !q || text(row).includes(q));
  const first = columns[0] && columns[0].key;
  const key = (row) => `${row[first]}${row.what || ''}`;
  const hasEvents = columns.some((column) => column.key === 'event') && store.me.lists.includes('fact');
  useKeys({ KeyE: () => { location.href = csvHref(source, {}); }, Escape: () => stay({ at: '' }) });
  useFoot('', [['↑ ↓', t('office.key.row')], ['E', t('office.key.csv')], ['?', t('office.key.all')]]);
  return html`<${PageHead} title=${t(`office.page.${name}`)} text=${list.rows ? t('office.rows', `${rows.length}${list.next ? '+' : ''}`) : ''}>
      ${list.next ? html`<a class="button" href="#" onClick=${(e) => { e.preventDefault(); stay({ after: list.next }); }}>${t('office.next')}</a>` : null}
      <a class="button" href=${csvHref(source, {})}>CSV <${Key} k="E" /></a>
    </${PageHead}>
    <section class="list"><${Failed} list=${list} />
      <${Table} name=${source} question=${`${source} ${q}`} rows=${rows} rowKey=${key} selected=${query.get('at')} onSelect=${(at) => stay({ at: at === query.get('at') ? '' : at })} isOld=${list.isStale}
        columns=${columns.map((column) => ({ key: column.key, heading: column.heading, right: RIGHT.includes(column.type), wide: WIDE.includes(column.key), show: (row) => shown(column, row[column.key]), value: (row) => (row[column.key] && row[column.key].text) || row[column.key] }))}
        sort=${query.get('sort') || ''} onSort=${(s) => stay({ sort: s })}
        below=${(row) => (hasEvents && row.event ? html`<${Fact} event=${row.event} />` : html`<dl class="pairs">${columns.map((column) => html`<dt>${column.heading}</dt><dd>${column.type === 'hash' ? html`<span class="code">${row[column.key]}</span>` : shown(column, row[column.key])}</dd>`)}</dl>`)}
        phone=${(row) => [columns.slice(1, 2).map((column) => shown(column, row[column.key])), columns.slice(2, 4).map((column) => html`${shown(column, row[column.key])} `), columns.slice(0, 1).map((column) => shown(column, row[column.key]))]}
        empty=${list.rows ? html`<${Empty}>${q ? t('office.notfound', q) : t('office.empty')}</${Empty}>` : null} />
    </section>`;
}
