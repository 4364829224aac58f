// today.js - what needs me now: one list, red first, then by time; a tile a kind. Late before it is late [R31], rush [R30].
import { useState } from 'preact/hooks';
import { useKeys } from './keys.js';
import { useList, Whole } from './lists.js';
import { Badge, Button, Chip, Empty, Field, html, PageHead, useFoot, Note } from './parts.js';
import { EnquiryAside, leftOf, useTick } from './enquiry.js';
import { HBars } from './hbar.js';
import { useKiosks } from './health.js';
import { useAct } from './orderdata.js';
import { go, href, stay, store } from './store.js';
import { Table } from './table.js';
import { age, count, day, dayTitle, moment, sheet, t } from './words.js';

const RED = ['stop', 'change', 'stays', 'late', 'cause', 'returned'];
const may = (name) => store.me.acts.includes(`/api/act/${name}`);
const isLine = (text) => text && !text.startsWith('0000');
// One a line, as their tiles stand. texts: office.todo.*
const KINDS = [
  'stop',
  'change',
  'stays',
  'enquiry',
  'cause',
  'late',
  'remake',
  'rush',
  'soon',
  'receipt',
  'question',
  'quote',
  'deposit',
  'money',
  'returned',
  'review',
  'loss',
  'left',
  'tell',
  'arrival',
];

const noteOf = (n) => `${Math.floor(n / 100000)}-${String(n % 100000).padStart(5, '0')}`;

// What one row asks for; the act that answers it.
const ACTS = {
  enquiry: (row) => [`orders/${row.order}`, { tab: 'asked' }],
  stop: (row) => `orders/${row.order}`,
  change: (row) => `changes/${row.line}`,
  stays: (row) => `changes/${row.line}`,
  loss: () => ['changes', { show: 'losses' }],
  review: (row) => `review/${row.line}`,
  remake: (row) => [`orders/${row.order}`, { tab: 'remake' }],
  returned: (row) => [`orders/${row.order}`, { tab: 'sheet' }],
  question: (row) => [`orders/${row.order}`, { tab: 'data' }],
  quote: (row) => [`orders/${row.order}`, { tab: 'quote' }],
  left: () => ['shipping', { tab: 'left' }],
  tell: (row) => ['shipping', { at: noteOf(row.n), edit: 'told' }],
  arrival: (row) => ['shipping', { tab: 'receipts', at: noteOf(row.n) }],
  receipt: (row) => ['orders/new', { receipt: row.n }],
  money: (row) => ['finance', { at: row.n }],
  deposit: (row) => [`orders/${row.order}`, { tab: 'money' }],
};

function textOf(row) {
  if (row.kind === 'late' || row.kind === 'cause') return t(`office.todo.${row.kind}.text`, day(row.day), row.n); // texts: office.todo.late.text, office.todo.cause.text
  if (row.kind === 'stop' && row.n) return `${t('office.change.doors', row.n)} ${row.text}`;
  if (row.kind === 'rush') return t('office.todo.rush.text', day(row.day));
  if (row.kind === 'enquiry') return row.text || t('office.asked.where');
  if (row.kind === 'soon') return t('office.todo.soon.text', day(row.day), row.n);
  if (row.kind === 'quote') return t('office.todo.quote.text', row.n, moment(row.since));
  if (row.kind === 'review') return t('office.todo.review.text', sheet(row.line), row.n);
  if (row.kind === 'remake') return t('office.todo.remake.text', sheet(row.line), row.n, row.text);
  if (row.kind === 'deposit') return t('office.todo.deposit.text', moment(row.since));
  if (row.kind === 'money') return t('office.todo.money.text', row.text);
  if (row.kind === 'left') return t('office.todo.left.text', row.n);
  if (row.kind === 'tell') return t('office.todo.tell.text', noteOf(row.n));
  if (row.kind === 'arrival') return t('office.todo.arrival.text', noteOf(row.n), row.text);
  return row.text;
}

function limitOf(row, now) {
  if (row.kind === 'late' || row.kind === 'cause') return ['red', t('office.due.late', row.n)];
  if (row.kind === 'soon') return ['amber', t('office.todo.behind', row.n)];
  if (row.kind === 'enquiry') return leftOf(row.since, now);
  if (row.kind === 'rush') return ['amber', row.n === 0 ? t('office.due.today') : t('office.due.left', row.n)];
  if (row.kind === 'receipt') return row.since < now ? ['red', t('office.register.over', age(now - row.since))] : ['', t('office.register.left', age(row.since - now))];
  return [RED.includes(row.kind) ? 'red' : '', age(now - row.since)];
}

// The order desk answers here: seen, a new date with who told the customer, the cause.
function Follow({ row, then }) {
  const [draft, setDraft] = useState({ day: '', told: '', responsible: '', cause: '' });
  const { run, error, busy, faults } = useAct();
  const put = (name) => (e) => setDraft({ ...draft, [name]: e.target.value });
  const send = (kind, body) => run('order.follow', { order: row.order, kind, ...body }, then);
  if (!may('order.follow')) return html`<p class="ink3">${t('office.todo.desk')}</p>`;
  return html`<h2>${sheet(row.order)} ${row.customer}</h2><p>${textOf(row)}</p>
    ${row.kind === 'rush' ? html`<div class="acts"><${Button} main id="seen" why=${busy ? t('office.wait') : ''} onClick=${() => send('seen', {})}>${t('office.todo.seen')}</${Button}></div>` : null}
    ${['late', 'soon', 'rush'].includes(row.kind) ? html`<${Field} label=${t('office.col.new_day')} error=${faults.day}><input type="date" id="new-day" min=${store.me.today} value=${draft.day} onInput=${put('day')} /></${Field}>
      <${Field} label=${t('office.todo.told')} error=${faults.told}><input id="told" value=${draft.told} maxlength="20" onInput=${put('told')} /></${Field}>
      <div class="acts"><${Button} main=${row.kind !== 'rush'} id="new-day-do" why=${busy ? t('office.wait') : draft.day && draft.told.trim() ? '' : t('office.todo.told')} onClick=${() => send('day', { day: draft.day, told: draft.told.trim() })}>${t('office.todo.newday', draft.day ? day(draft.day) : '')}</${Button}></div>` : null}
    ${row.kind === 'cause' ? html`<${Field} label=${t('office.col.responsible')} error=${faults.responsible}><input id="responsible" value=${draft.responsible} maxlength="20" onInput=${put('responsible')} /></${Field}>
      <${Field} label=${t('office.col.cause')} error=${faults.cause}><input id="cause" value=${draft.cause} maxlength="80" onInput=${put('cause')} /></${Field}>
      <div class="acts"><${Button} main id="cause-do" why=${busy ? t('office.wait') : draft.responsible.trim() && draft.cause.trim() ? '' : t('office.todo.cause.need')} onClick=${() => send('cause', { responsible: draft.responsible.trim(), cause: draft.cause.trim() })}>${t('office.todo.cause.do')}</${Button}></div>` : null}
    ${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}
    <p><a href=${href(`orders/${row.order}`)}>${t('office.todo.open')}</a></p>`;
}

// How much of the shift is over, 0 to 1; null outside of any, or without a shift table.
function shiftPart(now) {
  const { shift, offset_min: offset, today } = store.me;
  if (!shift) return null;
  const minutes = (now + offset * 60000 - new Date(`${today}T00:00:00Z`).getTime()) / 60000;
  const part = (minutes - shift[1]) / (shift[2] - shift[1]);
  return part >= 0 && part <= 1 ? part : null;
}

// Output of today by operation against what is due today; the tick is where it should be by now.
function Output({ now }) {
  const list = useList('report-day', { day: store.me.today, limit: 100 }, ['floor', 'order']);
  const part = shiftPart(now);
  const rows = (list.rows || []).map((row) => {
    const should = part == null || !row.planned ? null : Math.round(row.planned * part);
    const behind = should == null ? 0 : should - row.done;
    return { key: row.code, label: row.op_name, value: row.done, plan: row.planned, now: should, tone: behind > 0 ? 'amber' : '', note: should == null ? '' : behind > 0 ? t('office.today.short', count(behind)) : `+${count(-behind)}` };
  });
  return html`<section class="panel" id="output"><h2>${t('office.today.output')} <small>${part == null ? t('office.today.plan') : t('office.today.should', Math.round(part * 100))}</small><a class="right" href=${href('reports')}>${t('office.today.report')}</a></h2>
    ${rows.length ? html`<${HBars} rows=${rows} />` : html`<p class="about">${list.rows ? t('office.today.nothing') : ''}</p>`}</section>`;
}

// The wall of kiosks, small: ill ones first.
function Wall() {
  const { rows } = useKiosks();
  const own = rows.filter((row) => row.state !== 2);
  if (!own.length) return null;
  const online = own.filter((row) => ['green', 'amber'].includes(row.health.tone)).length;
  return html`<section class="panel" id="wall"><h2>${t('office.page.kiosks')} <small>${t('office.today.kiosks', online, own.length)}</small><a class="right" href=${href('kiosks')}>${t('office.today.wall')}</a></h2>
    <div class="smallwall">${own.map((row) => html`<a key=${row.kiosk} class=${row.health.tone} title=${row.health.text} href=${href('kiosks', { at: row.kiosk })}>${row.name || row.station}</a>`)}</div></section>`;
}

export function Today() {
  const { query } = store.route;
  const q = (query.get('q') || '').trim().toLowerCase();
  const list = useList('todo', { limit: 2000 }, ['money', 'order', 'stop', 'floor']);
  const people = useList('people', { limit: 500 }, ['user']).rows || [];
  const names = Object.fromEntries(people.map((row) => [row.name, row.full_name || row.name]));
  const now = Date.now() + store.clockOff;
  const all = list.rows || [];
  useTick(30000);
  const isMine = (row) => (row.kind === 'enquiry' && row.since < now && store.me.roles.includes('manager')) || row.owner === store.me.user || store.me.roles.includes(row.owner) || (!row.owner && store.me.roles.includes('desk')) || (row.kind === 'review' && store.me.roles.some((one) => ['taker', 'quoter', 'manager', 'technical', 'supervisor'].includes(one)));
  const whose = query.get('whose') || (all.some(isMine) ? 'mine' : 'all');
  const show = query.get('show');
  const scope = all.filter((row) => whose === 'all' || isMine(row));
  const rows = scope.filter((row) => (!show || row.kind === show) && (!q || `${row.customer} ${sheet(row.order)} ${row.text}`.toLowerCase().includes(q)));
  const key = (row) => `${row.kind}${row.order}${row.line}${row.n}`;
  const at = query.get('at');
  const one = rows.find((row) => key(row) === at);
  const open = (row) => {
    const place = ACTS[row.kind] ? ACTS[row.kind](row) : `orders/${row.order}`;
    if (Array.isArray(place)) go(...place);
    else go(place);
  };
  const tiles = KINDS.filter((kind) => all.some((row) => row.kind === kind));
  useKeys({ ...Object.fromEntries(tiles.slice(0, 10).map((kind, i) => [`Digit${(i + 1) % 10}`, () => stay({ show: show === kind ? '' : kind, at: '' })])), Escape: () => stay({ at: '', show: '' }) });
  useFoot(t('office.todo.rule', scope.length), [['↑ ↓', t('office.key.row')], ['Enter', t('office.todo.handle')], [`1 – ${tiles.length > 9 ? 0 : Math.max(1, tiles.length)}`, t('office.todo.one')], ['?', t('office.key.all')]]);
  const columns = [
    { key: 'kind', heading: t('office.todo.what'), show: (row) => html`<span class=${`todokind ${RED.includes(row.kind) || (row.kind === 'enquiry' && row.since < now) ? 'red' : ['rush', 'soon', 'enquiry'].includes(row.kind) ? 'amber' : ''}`}>${t(`office.todo.${row.kind}`)}</span>` },
    { key: 'order', heading: t('office.col.order'), show: (row) => (isLine(row.order) ? html`<b class="order">${sheet(isLine(row.line) ? row.line : row.order)}</b>` : html`<i>—</i>`) },
    { key: 'customer', heading: t('office.col.customer'), show: (row) => row.customer, wide: true },
    { key: 'text', heading: t('office.todo.do'), show: textOf, wide: true },
    { key: 'limit', heading: t('office.todo.limit'), show: (row) => { const [tone, text] = limitOf(row, now); return html`<${Badge} tone=${tone}>${text}</${Badge}>`; } },
    { key: 'owner', heading: t('office.col.owner'), show: (row) => names[row.owner] || store.names[row.owner] || (row.owner ? t(`office.role.${row.owner}`) : html`<i>—</i>`), narrow: true },
  ];
  return html`<${PageHead} title=${t('office.page.today')} text=${dayTitle(store.me.today)} chips=${['mine', 'all'].map((name) => html`<${Chip} key=${name} on=${whose === name} href=${href('today', { whose: name })}>${t(`office.todo.${name}`)}</${Chip}>`)} />
    <div class="tiles">${tiles.map((kind, i) => { const own = scope.filter((row) => row.kind === kind).length; return html`<a key=${kind} href="#" class=${show === kind ? 'on' : ''} onClick=${(e) => { e.preventDefault(); stay({ show: show === kind ? '' : kind, at: '' }); }}><span>${t(`office.todo.${kind}`)}${i < 10 ? html`<i>${(i + 1) % 10}</i>` : null}</span><b class=${own ? (RED.includes(kind) || (kind === 'enquiry' && scope.some((row) => row.kind === kind && row.since < now)) ? 'red' : ['rush', 'soon', 'enquiry'].includes(kind) ? 'amber' : '') : 'none'}>${count(own)}</b></a>`; })}</div>
    <div class="columns"><section class="list">
      <${Table} name="todo" question=${`${whose} ${show} ${q}`} columns=${columns} rows=${rows} rowKey=${key} selected=${at} onSelect=${(k) => stay({ at: k })} onOpen=${open}
        phone=${(row) => [html`${t(`office.todo.${row.kind}`)} ${isLine(row.order) ? sheet(row.order) : ''} ${row.customer}`, textOf(row), limitOf(row, now)[1]]}
        empty=${list.rows ? html`<${Empty}>${whose === 'mine' ? html`${t('office.todo.none')} <a href=${href('today', { whose: 'all' })}>${t('office.todo.all')}</a>` : t('office.todo.nothing')}</${Empty}>` : null} />
    </section>${one && one.kind === 'enquiry' ? html`<${Whole} as="aside" name="side"><${EnquiryAside} key=${at} id=${one.n} names=${names} then=${list.load} /></${Whole}>` : null}${one && ['late', 'soon', 'rush', 'cause'].includes(one.kind) ? html`<${Whole} as="aside" name="side"><${Follow} key=${at} row=${one} then=${() => { list.load(); stay({ at: '' }); }} /></${Whole}>` : null}${one && ['enquiry', 'late', 'soon', 'rush', 'cause'].includes(one.kind) ? null : html`<${Whole} as="aside" name="side panels"><${Output} now=${now} /><${Wall} /></${Whole}>`}</div>`;
}
