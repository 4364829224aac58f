// register.js - the order register: what came in which writing, what isn't placed yet, and until when it has to be [R24].
// texts: office.register.none.*, office.register.*
import { csvHref } from './api.js';
import { useKeys } from './keys.js';
import { useList } from './lists.js';
import { Badge, Button, Chip, Empty, html, Key, PageHead, useFoot } from './parts.js';
import { go, href, stay, store } from './store.js';
import { Table } from './table.js';
import { age, moment, sheet, t, who, word } from './words.js';

export function Register() {
  const { query } = store.route;
  const q = (query.get('q') || '').trim().toLowerCase();
  const filter = query.get('show') || 'open';
  const list = useList('register', { open: filter === 'open' ? 1 : 0, limit: 500 }, ['order']);
  const may = store.me.acts.includes('/api/act/order.place');
  const rows = (list.rows || []).filter((row) => (!q || `${row.who} ${row.phone} ${row.note} ${row.order ? sheet(row.order) : ''}`.toLowerCase().includes(q)) && (filter !== 'late' || row.late));
  const now = Date.now() + store.clockOff;
  const open = (row) => (row.order ? go(`orders/${row.order}`) : may && go('orders/new', { receipt: row.receipt }));
  useKeys({ KeyN: () => (may ? go('orders/new') : false), KeyE: () => { location.href = csvHref('register', {}); }, Escape: () => stay({ at: '' }) });
  useFoot(t('office.register.rule'), [['↑ ↓', t('office.key.row')], ['Enter', t('office.key.open')], ...(may ? [['N', t('office.neworder.title')]] : []), ['E', t('office.key.csv')], ['?', t('office.key.all')]]);
  const state = (row) => {
    if (row.order) return html`<b class="order">${sheet(row.order)}</b>${row.late ? html` <${Badge} tone="red">${t('office.register.late')}</${Badge}>` : null}`;
    const left = row.until - now;
    return html`<${Badge} tone=${left < 0 ? 'red' : left < 7200000 ? 'amber' : ''}>${left < 0 ? t('office.register.over', age(-left)) : t('office.register.left', age(left))}</${Badge}>`;
  };
  const columns = [
    { key: 'receipt', heading: t('office.col.number'), show: (row) => row.receipt },
    { key: 'received', heading: t('office.col.received'), show: (row) => moment(row.received) },
    { key: 'who', heading: t('office.col.customer'), show: (row) => row.who, wide: true },
    { key: 'source', heading: t('office.col.source'), show: (row) => `${word('source', row.source)}${row.signed ? ` ${row.signed}` : ''}${row.files ? ` · ${t('office.register.files', row.files)}` : ''}` },
    { key: 'note', heading: t('office.col.note'), show: (row) => row.note, wide: true, narrow: true },
    { key: 'taken_by', heading: t('office.col.taken_by'), show: (row) => who(row.taken_by), value: (row) => who(row.taken_by), narrow: true },
    { key: 'until', heading: t('office.col.until'), show: (row) => moment(row.until) },
    { key: 'order', heading: t('office.col.order'), show: state },
  ];
  return html`<${PageHead} title=${t('office.page.register')} chips=${['open', 'late', 'all'].map((name) => html`<${Chip} key=${name} on=${filter === name} href=${href('register', { show: name })}>${t(`office.register.${name}`)}</${Chip}>`)}>
      <a class="button" href=${csvHref('register', {})}>CSV <${Key} k="E" /></a>
      ${may ? html`<${Button} main id="new" k="N" onClick=${() => go('orders/new')}>${t('office.neworder.title')}</${Button}>` : null}
    </${PageHead}>
    <section class="list">
      <${Table} name="register" question=${`${filter} ${q}`} columns=${columns} rows=${rows} rowKey=${(row) => `${row.receipt}`} selected=${query.get('at')} onSelect=${(at) => stay({ at })} onOpen=${open} sort=${query.get('sort') || ''} onSort=${(s) => stay({ sort: s })}
        phone=${(row) => [row.who, `${moment(row.received)} ${word('source', row.source)} ${row.note}`, state(row)]}
        empty=${list.rows ? html`<${Empty}>${q ? t('office.notfound', q) : t(`office.register.none.${filter}`)}</${Empty}>` : null} />
    </section>`;
}
