// shipping.js - what may leave, and how: what is ready by its next step, delivery notes with all that goes with them, receipts,
// what was left behind, stock and its counts, what left each day [R33] [R36].
import { useEffect } from 'preact/hooks';
import { csvHref, useDraft, xlsxHref } from './api.js';
import { useKeys } from './keys.js';
import { useList, Whole } from './lists.js';
import { useAct } from './orderdata.js';
import { Badge, Button, Empty, Field, html, Key, Mark, Note, PageHead, Tabs, useFoot } from './parts.js';
import { href, stay, store } from './store.js';
import { Table } from './table.js';
import { age, count, day, dayAdd, dayTitle, fen, moment, sheet, t, who, word } from './words.js';

const TOPICS = ['ship', 'money', 'order', 'stop', 'floor'];
const TABS = ['ready', 'receipts', 'left', 'stock', 'counts', 'day']; // texts: office.ship.tab.*
const GROUPS = ['loading', 'paid', 'unpaid', 'soon', 'receipts']; // texts: office.ship.group.*
const RECEIPT_DAYS = 2; // after so many days a receipt is overdue
const may = (name) => store.me.acts.includes(`/api/act/${name}`);
const reads = (name) => store.me.lists.includes(name);
const idOf = (note) => Number(note.replace('-', ''));
const paperHref = (kind, note) => `/api/goods/${kind}?note=${note}&lang=${store.lang}`;
const cube = (litres) => (litres ? (litres / 1000).toFixed(1) : '—');
const numbers = (text) => (text || '').split(' ').filter(Boolean).map(Number);

// ---- what is ready: orders and notes as rows of five groups, by their next step

function rowsOf(orders, notes, gates, arrived) {
  const gate = Object.fromEntries(gates.map((row) => [row.order, row]));
  const rows = [];
  notes.filter((row) => row.state === 'open').forEach((note) => rows.push({ key: note.note, group: 'loading', note, order: note.order, customer: note.customer }));
  orders.forEach((row) => {
    const own = { key: row.id, order: row.id, customer: row.customer, row, gate: gate[row.id], note: notes.find((one) => one.order === row.id && one.state === 'shut') };
    const rest = row.doors - row.went - row.asked;
    if (own.note) rows.push({ ...own, group: 'unpaid' });
    else if (row.there - row.asked > 0 && rest > 0) rows.push({ ...own, group: own.gate && own.gate.dispatch === 1 ? 'paid' : 'unpaid' });
    else if (rest > 0 && row.there < row.doors - row.went) rows.push({ ...own, group: 'soon' });
  });
  arrived.filter((row) => !row.day).forEach((row) => rows.push({ key: `${row.note}!`, group: 'receipts', arrival: row, order: row.order, customer: row.customer, note: notes.find((one) => one.note === row.note) }));
  return rows.sort((a, b) => GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group));
}

// null: without a price; undefined: whoever looks sees no sums, only whether it is open.
const missingOf = (one) => (one.gate ? one.gate.missing : null);

function Missing({ one }) {
  if (one.group === 'loading' || one.group === 'paid' || one.group === 'receipts') return html`<span class="green">${t('office.ship.paid')}</span>`;
  const missing = missingOf(one);
  if (!one.gate) return html`<i>—</i>`;
  if (missing === 0 || (missing === undefined && one.gate.dispatch === 1)) return html`<span class="green">${t('office.ship.paid')}</span>`;
  if (missing === undefined) return html`<span class=${one.group === 'unpaid' ? 'red' : ''}>${t('office.ship.notpaid')}</span>`;
  if (missing == null) return html`<span class="red">${t('office.ship.unpriced')}</span>`;
  return html`<b class=${one.group === 'unpaid' ? 'red' : ''}>${fen(missing)}</b>`;
}

// The next step in words: what a clerk would say on the telephone.
function stepOf(one, now) {
  const { note, row, arrival } = one;
  if (one.group === 'loading') return [note.loaded > 0 ? t('office.ship.step.loading', note.loaded, note.doors) : note.told_at ? t('office.ship.step.told', note.told, day(note.arrives)) : t('office.ship.step.tell'), note.loaded < note.doors && note.loaded > 0 ? t('office.ship.step.rest', note.doors - note.loaded) : ''];
  if (one.group === 'receipts') return [arrival.carrier || arrival.plate ? `${arrival.carrier} ${arrival.waybill || arrival.plate}` : t('office.ship.step.receipt'), ''];
  const truck = row.truck_since ? t('office.ship.step.truck', age(now - row.truck_since)) : '';
  if (row.stops) return [t('office.ship.step.stopped'), truck];
  if (one.group === 'paid') return [t('office.ship.step.order'), truck];
  if (one.group === 'unpaid') return [note ? t('office.ship.step.shut', note.note) : t('office.ship.step.ask'), truck];
  return [t('office.ship.step.soon', row.doors - row.went - row.there, day(row.due)), truck];
}

function Ready({ rows, at, now, open }) {
  const i = rows.findIndex((one) => one.key === at);
  const move = (n) => rows.length && stay({ at: rows[Math.max(0, Math.min(rows.length - 1, i < 0 ? (n > 0 ? 0 : rows.length - 1) : i + n))].key, edit: '' });
  useKeys({ ArrowDown: () => move(1), ArrowUp: () => move(-1), Home: () => move(-rows.length), End: () => move(rows.length), Enter: () => (i < 0 ? false : open(rows[i])) });
  useEffect(() => {
    const element = document.querySelector('#ready .selected');
    if (element) element.scrollIntoView({ block: 'nearest' });
  }, [at]);
  const line = (one) => {
    const [step, more] = stepOf(one, now);
    const doors = one.row ? one.row.doors - one.row.went : one.note ? one.note.doors : null;
    const late = one.arrival ? Math.round((new Date(store.me.today) - new Date(one.arrival.left_day)) / 86400000) : 0;
    return html`<tr key=${one.key} data-key=${one.key} class=${one.key === at ? 'selected' : ''} onClick=${() => stay({ at: one.key, edit: '' })} onDblClick=${() => open(one)}>
      <td><b class="order">${sheet(one.order)}</b>${one.row && one.row.rush ? html`<${Mark} kind="rush" />` : null}${one.row && one.row.special ? html`<${Mark} kind="special" />` : null}${one.row && one.row.stops ? html`<${Mark} kind="stop" />` : null}</td>
      <td class="wide" title=${one.customer}>${one.customer}</td>
      <td class="wide">${one.row ? (one.row.lines > 1 ? t('office.ship.goods', one.row.product, one.row.lines) : one.row.product) : one.note ? one.note.note : one.arrival.note}</td>
      <td class="right">${doors == null ? '—' : count(doors)}${one.row ? html`<small>/${one.row.there}</small>` : null}</td>
      <td class="narrow">${one.row ? one.row.where_at || html`<i>—</i>` : one.arrival ? t('office.ship.sent', day(one.arrival.left_day)) : html`<small>${one.note.plate}</small>`}</td>
      <td class="right"><${Missing} one=${one} /></td>
      <td class="wide next" title=${`${step} ${more}`}>${one.arrival ? html`<${Badge} tone=${late > RECEIPT_DAYS ? 'amber' : ''}>${t('office.age.d', late)}</${Badge}> ` : null}${one.group === 'loading' ? html`<b>${step}</b>` : step} ${more ? html`<b class="red">${more}</b>` : null}</td>
      <td class="phone"><div><b>${sheet(one.order)} ${one.customer}</b><span><${Missing} one=${one} /></span></div><small>${step} ${more} ${doors == null ? '' : t('office.ship.doors.n', doors)}</small></td></tr>`;
  };
  return html`<div class="table has-phone" id="ready"><table><thead><tr><th>${t('office.col.order')}</th><th>${t('office.col.customer')}</th><th>${t('office.ship.what')}</th><th class="right">${t('office.ship.doors')}</th>
    <th class="narrow">${t('office.col.place')}</th><th class="right">${t('office.ship.missing')}</th><th>${t('office.ship.next')}</th></tr></thead><tbody>
    ${GROUPS.map((group) => {
    const own = rows.filter((one) => one.group === group);
    return own.length ? html`<tr class="group" key=${group}><td colspan="8"><b>${t(`office.ship.group.${group}`)}</b> <small>${own.length}</small></td></tr>${own.map(line)}` : null;
  })}
    ${rows.length ? null : html`<tr class="none"><td colspan="8"><${Empty}>${t('office.ship.none')}</${Empty}></td></tr>`}</tbody></table></div>`;
}

// ---- forms of the panel: each opens by its key, keeps what was typed, and is sent by Ctrl+Enter

function Form({ title, act: name, fields, body, then, close, id, kept }) {
  const empty = Object.fromEntries(fields.map(([field, , value]) => [field, value === undefined ? '' : value]));
  const [draft, keep, drop] = useDraft(kept || `ship.${name}.${id}`, empty);
  const { run, error, busy, faults } = useAct();
  const send = () => run(name, { ...body, ...Object.fromEntries(fields.map(([field]) => [field, typeof draft[field] === 'string' ? draft[field].trim() : draft[field]])) }, (answer) => {
    drop();
    close();
    if (then) then(answer);
  });
  useKeys({ 'Ctrl+Enter': send, Escape: close });
  return html`<fieldset class="shipform" id=${`form-${name.replace('.', '-')}`}><legend>${title}</legend>
    ${fields.map(([field, label, , kind], i) => (kind === 'bool'
    ? html`<label class="check" key=${field}><input type="checkbox" id=${`f-${field}`} checked=${!!draft[field]} onChange=${(e) => keep({ ...draft, [field]: e.target.checked })} />${label}</label>`
    : html`<${Field} key=${field} label=${label} error=${faults[field]}>${Array.isArray(kind)
      ? html`<select id=${`f-${field}`} value=${draft[field]} onChange=${(e) => keep({ ...draft, [field]: e.target.value })}>${kind.map((one) => html`<option key=${one} value=${one}>${word('leftover', one)}</option>`)}</select>`
      : html`<input id=${`f-${field}`} autofocus=${i === 0} type=${kind === 'day' ? 'date' : 'text'} inputmode=${kind === 'number' ? 'decimal' : null} maxlength="390" value=${draft[field]} autocomplete="off" spellcheck="false" onInput=${(e) => keep({ ...draft, [field]: e.target.value })} />`}</${Field}>`))}
    ${error && !Object.keys(faults).length ? html`<${Note} tone="red">${error.message}</${Note}>` : null}
    <div class="acts"><${Button} main id=${`do-${name.replace('.', '-')}`} k="Ctrl Enter" why=${busy ? t('office.wait') : ''} onClick=${send}>${title}</${Button}><${Button} onClick=${close}>${t('office.cancel')}</${Button}></div></fieldset>`;
}

// A pick-up order: how many doors of each line; open at once where the money is there.
function Pick({ one, then }) {
  const list = useList('ship-lines', { order: one.order, limit: 99 }, TOPICS);
  const lines = (list.rows || []).filter((row) => row.there - row.asked > 0 && row.quantity - row.went - row.asked > 0);
  const freeOf = (row) => Math.min(row.there - row.asked, row.quantity - row.went - row.asked);
  const [draft, keep, drop] = useDraft(`ship.pick.${one.order}`, { doors: {}, remarks: '' });
  const { run, error, busy } = useAct();
  const doorsOf = (row) => (draft.doors[row.line] === undefined ? String(freeOf(row)) : draft.doors[row.line]);
  const wanted = lines.map((row) => ({ line: row.line, doors: Number(doorsOf(row).replace(/[０-９]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 65248)) || 0) })).filter((row) => row.doors !== 0);
  const sum = wanted.reduce((all, row) => all + row.doors, 0);
  const send = () => wanted.length && run('ship.order', { order: one.order, lines: wanted, remarks: draft.remarks.trim() }, (answer) => {
    drop();
    then(answer);
  });
  useKeys({ 'Ctrl+Enter': send });
  if (!list.rows) return null;
  return html`<div id="pick"><table class="plainlines"><tbody>${(list.rows || []).map((row) => html`<tr key=${row.line}><td><b>${sheet(row.line)}</b> ${row.product}<small>${row.size} ${row.paint} ${row.opening}</small></td>
      <td class="right">${t('office.ship.there', row.there - row.asked)}<small>${t('office.ship.of', row.went, row.quantity)}</small></td>
      <td class="right">${freeOf(row) > 0 ? html`<input id=${`doors-${row.line}`} class="right" inputmode="numeric" value=${doorsOf(row)} onInput=${(e) => keep({ ...draft, doors: { ...draft.doors, [row.line]: e.target.value } })} />` : html`<i>—</i>`}</td></tr>`)}</tbody></table>
    <${Field} label=${t('office.col.remarks')}><input id="pick-remarks" maxlength="120" value=${draft.remarks} onInput=${(e) => keep({ ...draft, remarks: e.target.value })} /></${Field}>
    ${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}
    ${may('ship.order') ? html`<div class="acts"><${Button} main id="pick-do" k="Ctrl Enter" why=${busy ? t('office.wait') : sum < 1 ? t('office.ship.nothing') : ''} onClick=${send}>${one.group === 'paid' ? t('office.ship.deliver', sum) : t('office.ship.pickup', sum)}</${Button}></div>` : null}</div>`;
}

// A cell a door: loaded green, waiting framed; without labels a bar a line.
function Doors({ lines, loaded }) {
  return html`<div class="doorgrid">${lines.map((row) => {
    const named = numbers(row.pieces);
    const own = loaded.filter((one) => one.line === row.line);
    const done = own.flatMap((one) => numbers(one.pieces));
    const cells = named.length ? named : [...Array(row.doors).keys()].map((n) => n + 1);
    const isIn = (n, i) => (named.length || done.length ? done.includes(n) || (!named.length && i < row.loaded && done.length < row.loaded && i < row.loaded - done.length) : i < row.loaded);
    return html`<div key=${row.line} class="doorline"><div><b>${sheet(row.line)}</b> ${row.product} ${row.size} ${row.paint}<span class="right"><b>${row.loaded}</b>/${row.doors}</span></div>
      ${row.doors <= 120 ? html`<div class="cells">${cells.map((n, i) => html`<i key=${n} class=${isIn(n, i) ? 'in' : ''}>${named.length ? `${Number(row.line.slice(10))}-${String(n).padStart(2, '0')}` : n}</i>`)}</div>` : null}
      ${row.changed ? html`<${Note} tone="amber"><b>${t('office.ship.changed')}</b> ${row.now}</${Note}>` : null}</div>`;
  })}</div>`;
}

function Tick({ is, half, label, children }) {
  return html`<li class=${is ? 'is' : half ? 'half' : ''}><i>${is ? '✓' : ''}</i><span>${label}</span><div>${children}</div></li>`;
}

function NotePanel({ note, arrival }) {
  const edit = store.route.query.get('edit') || '';
  const id = idOf(note.note);
  const lines = useList('note-lines', { from: id, to: id, limit: 99 }, TOPICS).rows || [];
  const loaded = useList('loaded', { from: id, to: id, limit: 2000 }, TOPICS).rows || [];
  const { run, error, busy } = useAct();
  const open = (name) => () => stay({ edit: edit === name ? '' : name });
  const close = () => stay({ edit: '' });
  const base = note.list_version || undefined;
  const isDone = note.state === 'loaded';
  const keyed = (name, act) => (may(act) ? open(name) : () => false);
  useKeys({
    KeyL: note.state !== 'void' ? keyed('list', 'ship.list') : () => false,
    KeyC: note.state !== 'void' ? keyed('told', 'ship.told') : () => false,
    KeyE: note.state === 'open' ? keyed('end', 'note') : () => false,
    KeyR: isDone ? keyed('arrived', 'ship.arrived') : () => false,
    KeyV: !isDone && note.state !== 'void' ? keyed('void', 'ship.void') : () => false,
    KeyP: () => window.open(paperHref(note.state === 'shut' ? 'pickup' : 'delivery', note.note), '_blank'),
  });
  const left = note.doors - note.loaded;
  const form = {
    list: () => html`<${Form} key="list" title=${t('office.ship.list')} act="ship.list" id=${note.note} kept=${`ship.list.${note.note}.${note.list_version}`} body=${{ note: note.note, base }} close=${close} fields=${[['carrier', t('office.col.carrier'), note.carrier], ['waybill', t('office.col.waybill'), note.waybill], ['driver', t('office.col.driver'), note.driver], ['phone', t('office.col.phone'), note.phone], ['plate', t('office.col.plate'), note.plate], ['packages', t('office.col.packages'), note.packages ? String(note.packages) : '', 'number'], ['sizes', t('office.col.sizes'), note.sizes], ['volume', t('office.ship.volume'), note.volume ? String(note.volume / 1000) : '', 'number'], ['freight', t('office.ship.freight'), note.freight ? String(note.freight / 100) : '', 'number']]} />`,
    told: () => html`<${Form} key="told" title=${t('office.ship.tell')} act="ship.told" id=${note.note} body=${{ note: note.note, base }} close=${close} fields=${[['person', t('office.ship.person'), note.told], ['day', t('office.col.arrives'), note.arrives || dayAdd(store.me.today, 1), 'day'], ['unloading', t('office.col.unloading'), note.unloading]]} />`,
    end: () => html`<div class="shipform"><p>${left > 0 ? t('office.ship.end.left', left) : t('office.ship.end.all')}</p><div class="acts"><${Button} main id="end-do" why=${busy ? t('office.wait') : ''} onClick=${() => run('note', { note: note.note }, close)}>${left > 0 ? t('office.ship.end.less', left) : t('office.ship.end')}</${Button}><${Button} onClick=${close}>${t('office.cancel')}</${Button}></div></div>`,
    arrived: () => html`<${Form} key="arrived" title=${t('office.ship.receipt')} act="ship.arrived" id=${note.note} body=${{ note: note.note }} close=${close} fields=${[['day', t('office.col.arrived'), store.me.today, 'day'], ['person', t('office.col.signed_by'), ''], ['model', t('office.col.model_ok'), true, 'bool'], ['quantity', t('office.col.quantity_ok'), true, 'bool'], ['intact', t('office.col.intact'), true, 'bool'], ['remarks', t('office.ship.wrongness'), '']]} />`,
    settle: () => html`<${Form} key="settle" title=${t('office.ship.settle')} act="ship.settle" id=${note.note} body=${{ note: note.note }} close=${close} fields=${[['text', t('office.col.settled'), '']]} />`,
    left: () => html`<${Form} key="left" title=${t('office.ship.behind')} act="ship.left" id=${note.note} body=${{ note: note.note }} close=${close} fields=${[['what', t('office.col.becomes'), 'next', ['next', 'refund', 'keep']], ['text', t('office.ship.agreed'), '']]} />`,
    void: () => html`<${Form} key="void" title=${t('office.ship.void')} act="ship.void" id=${note.note} body=${{ note: note.note }} close=${close} fields=${[['why', t('office.col.why'), '']]} />`,
  }[edit];
  const right = arrival && arrival.day && arrival.model && arrival.quantity_ok && arrival.intact;
  return html`<h2>${t('office.ship.note', note.note)} <small>${sheet(note.order)} ${note.customer}</small> <${Badge} tone=${note.state === 'void' || note.state === 'shut' ? 'red' : ''}>${word('note_state', note.state)}</${Badge}></h2>
    ${note.state === 'void' ? html`<${Note} tone="red">${note.why ? note.why.text : ''}${' '}${note.loaded > 0 ? t('office.ship.takeoff', note.loaded) : ''}</${Note}>` : null}
    ${note.state === 'shut' ? html`<${Note} tone="amber">${t('office.ship.waits')}</${Note}>` : null}
    <p class="big"><b>${note.loaded}</b> / ${note.doors} <small>${t('office.ship.doors')}</small> ${note.state === 'open' && note.loaded > 0 && left > 0 ? html`<b class="red">${t('office.ship.step.rest', left)}</b>` : null}</p>
    <${Doors} lines=${lines} loaded=${loaded} />
    ${note.readdressed && note.state !== 'void' && !isDone ? html`<${Note} tone="amber"><b>${t('office.ship.changed')}</b> ${t('office.ship.readdressed', moment(note.readdressed))}</${Note}>` : null}
    ${(note.readdressed || lines.some((row) => row.changed)) && may('ship.copy') && !isDone && note.state !== 'void' ? html`<div class="acts"><${Button} id="copy-do" onClick=${() => run('ship.copy', { note: note.note })}>${t('office.ship.copy', note.copy + 1)}</${Button}></div>` : null}
    ${form ? form() : null}
    ${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}
    <ul class="ticks">
      <${Tick} is=${!!note.checked_by} label=${t('office.ship.check')}>${note.checked_by ? t('office.ship.by', who(note.checked_by)) : note.state === 'open' && may('ship.check') ? html`<a href="#" id="check" onClick=${(e) => { e.preventDefault(); run('ship.check', { note: note.note }); }}>${t('office.ship.checked')}</a>` : t('office.ship.later')}</${Tick}>
      <${Tick} is=${!note.freight || !!note.approved} half=${!!note.freight && !note.approved} label=${t('office.col.freight')}>${note.freight ? html`${fen(note.freight)} ${note.approved ? t('office.ship.approved', who(note.approved_by), moment(note.approved)) : html`${who(note.freight_by)} ${may('ship.approve') && note.freight_by !== store.me.user ? html`<a href="#" id="approve" onClick=${(e) => { e.preventDefault(); run('ship.approve', { note: note.note, base }); }}>${t('office.ship.approve')}</a>` : html`<b class="amber">${t('office.ship.unapproved')}</b>`}`}` : t('office.ship.nofreight')}</${Tick}>
      <${Tick} is=${!!note.packages} label=${t('office.ship.list')}>${note.packages ? t('office.ship.packed', note.packages, cube(note.volume)) : html`<a href="#" onClick=${(e) => { e.preventDefault(); open('list')(); }}>${t('office.ship.fill')}</a>`} ${note.sizes}</${Tick}>
      <${Tick} is=${!!note.told} label=${t('office.ship.tell')}>${note.told ? t('office.ship.told', note.told, moment(note.told_at), day(note.arrives), note.unloading) : t('office.ship.untold')}</${Tick}>
      <${Tick} is=${!!(note.plate || note.carrier)} label=${t('office.ship.truck')}>${[note.carrier, note.waybill, note.plate, note.driver, note.phone].filter(Boolean).join(' ') || '—'}</${Tick}>
      <${Tick} is=${isDone || (note.loaded >= note.doors && note.state === 'open')} half=${note.loaded > 0 && !isDone} label=${t('office.ship.loading')}>${note.loaded}/${note.doors} ${isDone ? moment(note.done) : ''}</${Tick}>
      <${Tick} is=${isDone && (left <= 0 || !!(arrival && arrival.what))} half=${isDone && left > 0 && !(arrival && arrival.what)} label=${t('office.col.behind')}>${isDone ? (left > 0 ? html`${t('office.ship.doors.n', left)} ${arrival && arrival.what ? `${word('leftover', arrival.what)} · ${arrival.text} · ${who(arrival.left_by)}` : may('ship.left') ? html`<a href="#" id="left" onClick=${(e) => { e.preventDefault(); open('left')(); }}>${t('office.ship.decide')}</a>` : html`<b class="amber">${t('office.ship.desk')}</b>`}` : t('office.ship.nothingleft')) : t('office.ship.later')}</${Tick}>
      <${Tick} is=${right || !!(arrival && arrival.settled_by)} half=${!!(arrival && arrival.day) && !right && !arrival.settled_by} label=${t('office.ship.receipt')}>${arrival && arrival.day ? html`${day(arrival.day)} ${arrival.person} ${right ? t('office.ship.right') : html`<b class=${arrival.settled_by ? '' : 'red'}>${arrival.remarks}</b> ${arrival.settled_by ? `${arrival.settled} · ${who(arrival.settled_by)}` : may('ship.settle') ? html`<a href="#" id="settle" onClick=${(e) => { e.preventDefault(); open('settle')(); }}>${t('office.ship.settle')}</a>` : null}`}` : t('office.ship.noreceipt')}</${Tick}>
    </ul>
    <div class="acts">
      <a class="button" target="_blank" id="print" href=${paperHref(note.state === 'shut' ? 'pickup' : 'delivery', note.note)}>${note.state === 'shut' ? t('office.ship.print.pickup') : t('office.ship.print.delivery')}<${Key} k="P" /></a>
      ${note.open_by ? html`<a class="button" target="_blank" href=${paperHref('list', note.note)}>${t('office.ship.print.list')}</a>` : null}
      ${note.state !== 'void' && may('ship.list') ? html`<${Button} id="list" k="L" onClick=${open('list')}>${t('office.ship.list')}</${Button}>` : null}
      ${note.state !== 'void' && may('ship.told') ? html`<${Button} id="told" k="C" onClick=${open('told')}>${t('office.ship.tell')}</${Button}>` : null}
      ${note.state === 'open' && may('note') ? html`<${Button} main id="end" k="E" onClick=${open('end')}>${left > 0 ? t('office.ship.end.less', left) : t('office.ship.end')}</${Button}>` : null}
      ${isDone && !(arrival && arrival.day) && may('ship.arrived') ? html`<${Button} main id="arrived" k="R" onClick=${open('arrived')}>${t('office.ship.receipt')}</${Button}>` : null}
      ${!isDone && note.state !== 'void' && may('ship.void') ? html`<${Button} harm id="void" k="V" onClick=${open('void')}>${t('office.ship.void')}</${Button}>` : null}
    </div>`;
}

function Truck({ order, trucks }) {
  const isOpen = store.route.query.get('edit') === 'truck';
  const own = trucks.filter((row) => row.order === order);
  const { run, error } = useAct();
  const now = Date.now() + store.clockOff;
  return html`${own.map((row) => html`<p key=${row.id} class="truck"><b>${row.plate}</b> ${row.driver} ${row.phone} <b class="red">${t('office.ship.step.truck', age(now - row.since))}</b> ${may('truck.leave') ? html`<a href="#" id="truck-leave" onClick=${(e) => { e.preventDefault(); run('truck.leave', { truck: row.id, base: row.version }); }}>${t('office.ship.truck.gone')}</a>` : null}</p>`)}
    ${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}
    ${isOpen ? html`<${Form} title=${t('office.ship.truck.here')} act="truck.arrive" id=${order} body=${{ order }} close=${() => stay({ edit: '' })} fields=${[['plate', t('office.col.plate'), ''], ['driver', t('office.col.driver'), ''], ['phone', t('office.col.phone'), ''], ['remarks', t('office.col.remarks'), '']]} />`
    : may('truck.arrive') ? html`<${Button} id="truck" k="K" onClick=${() => stay({ edit: 'truck' })}>${t('office.ship.truck.here')}</${Button}>` : null}`;
}

function Panel({ one, trucks, then }) {
  useKeys({ KeyK: () => (may('truck.arrive') ? stay({ edit: 'truck' }) : false) });
  if (one.note && one.group !== 'paid') {
    return html`<${NotePanel} key=${one.note.note} note=${one.note} arrival=${one.arrival} />
      ${one.group === 'unpaid' ? html`<hr /><${Truck} order=${one.order} trucks=${trucks} />` : null}`;
  }
  const missing = missingOf(one);
  return html`<h2>${sheet(one.order)} ${one.customer} <small><a href=${href(`orders/${one.order}`)}>${t('office.todo.open')}</a></small></h2>
    ${one.group === 'unpaid' ? html`<${Note} tone="red">${missing === undefined ? t('office.ship.group.unpaid') : missing == null ? t('office.ship.unpriced.text') : t('office.ship.missing.text', fen(missing))}</${Note}>` : null}
    ${one.row && one.row.stops ? html`<${Note} tone="red">${t('office.ship.step.stopped')}</${Note}>` : null}
    <${Pick} key=${one.order} one=${one} then=${then} />
    <hr /><${Truck} order=${one.order} trucks=${trucks} />`;
}

// ---- the other tabs: lists as they are

function Receipts({ rows, at, now, left }) {
  const all = rows.filter((row) => (left ? row.behind > 0 : true)).sort((a, b) => (a.day ? 1 : 0) - (b.day ? 1 : 0) || a.left_at - b.left_at);
  const columns = [
    { key: 'note', heading: t('office.col.delivery_note'), show: (row) => html`<b>${row.note}</b>` },
    { key: 'order', heading: t('office.col.order'), show: (row) => html`<b class="order">${sheet(row.order)}</b>` },
    { key: 'customer', heading: t('office.col.customer'), show: (row) => row.customer, wide: true },
    { key: 'left_at', heading: t('office.col.shipped'), show: (row) => moment(row.left_at) },
    { key: 'carrier', heading: t('office.col.carrier'), show: (row) => `${row.carrier} ${row.waybill || row.plate}`, wide: true },
    left ? { key: 'behind', heading: t('office.col.behind'), show: (row) => row.behind, right: true } : { key: 'day', heading: t('office.ship.receipt'), show: (row) => (row.day ? html`${day(row.day)} ${row.person} ${row.model && row.quantity_ok && row.intact ? '' : html`<b class=${row.settled_by ? '' : 'red'}>${row.remarks}</b>`}` : html`<${Badge} tone="amber">${age(now - row.left_at)}</${Badge}>`), wide: true },
    left ? { key: 'what', heading: t('office.col.becomes'), show: (row) => (row.what ? `${word('leftover', row.what)} · ${row.text}` : html`<b class="amber">${t('office.ship.desk')}</b>`), wide: true } : { key: 'arrives', heading: t('office.col.arrives'), show: (row) => day(row.arrives) },
  ];
  return html`<${Table} name="receipts" columns=${columns} rows=${all} rowKey=${(row) => row.note} selected=${at} onSelect=${(key) => stay({ at: key, edit: '' })}
    phone=${(row) => [`${sheet(row.order)} ${row.customer}`, `${row.note} ${row.carrier}`, row.day ? day(row.day) : age(now - row.left_at)]} empty=${html`<${Empty}>${t(left ? 'office.ship.noleft' : 'office.ship.allback')}</${Empty}>`} />`;
}

function Stock({ name }) {
  const q = (store.route.query.get('q') || '').trim().toLowerCase();
  const list = useList(name, { limit: 2000 }, ['ship', 'exception'], true);
  const rows = (list.rows || []).filter((row) => !q || `${row.customer} ${sheet(row.line)} ${row.product} ${row.where_at}`.toLowerCase().includes(q));
  const at = store.route.query.get('at');
  const columns = name === 'stock' ? [
    { key: 'line', heading: t('office.col.line'), show: (row) => html`<b class="order">${sheet(row.line)}</b>` },
    { key: 'customer', heading: t('office.col.customer'), show: (row) => row.customer, wide: true },
    { key: 'product', heading: t('office.col.product'), show: (row) => `${row.product} ${row.size} ${row.paint}`, wide: true },
    { key: 'where_at', heading: t('office.col.place'), show: (row) => row.where_at || row.number || html`<i>—</i>` },
    { key: 'there', heading: t('office.col.there'), show: (row) => count(row.there), right: true },
    { key: 'quantity', heading: t('office.col.quantity'), show: (row) => count(row.quantity), right: true, narrow: true },
    { key: 'went', heading: t('office.col.went'), show: (row) => count(row.went), right: true, narrow: true },
    { key: 'found', heading: t('office.col.found'), show: (row) => (row.found ? html`<b class="amber">${count(row.found)}</b>` : html`<i>—</i>`), right: true },
    { key: 'shorted', heading: t('office.col.shorted'), show: (row) => (row.shorted ? html`<b class="amber">${count(row.shorted)}</b>` : html`<i>—</i>`), right: true },
    { key: 'due', heading: t('office.col.due'), show: (row) => day(row.due), narrow: true },
  ] : [
    { key: 'day', heading: t('office.col.date'), show: (row) => day(row.day) },
    { key: 'line', heading: t('office.col.line'), show: (row) => html`<b class="order">${sheet(row.line)}</b>` },
    { key: 'customer', heading: t('office.col.customer'), show: (row) => row.customer, wide: true },
    { key: 'where_at', heading: t('office.col.place'), show: (row) => row.where_at || row.place || html`<i>—</i>` },
    { key: 'expected', heading: t('office.col.expected'), show: (row) => count(row.expected), right: true },
    { key: 'counted', heading: t('office.col.counted'), show: (row) => count(row.counted), right: true },
    { key: 'differs', heading: t('office.col.differs'), show: (row) => html`<b class=${row.open ? 'red' : ''}>${count(row.differs)}</b>`, right: true },
    { key: 'name', heading: t('office.col.name'), show: (row) => row.name },
    { key: 'open', heading: t('office.col.open'), show: (row) => (row.open ? html`<${Badge} tone="amber">${t('office.yes')}</${Badge}>` : t('office.ship.settled')) },
  ];
  const sum = (key) => count(rows.reduce((all, row) => all + (row[key] || 0), 0));
  const key = (row) => (name === 'stock' ? `${row.line}/${row.number}` : String(row.number));
  return html`<${Table} name=${name} columns=${columns} rows=${rows} rowKey=${key} selected=${at} onSelect=${(k) => stay({ at: k })}
    sums=${name === 'stock' ? { line: t('office.sum'), there: sum('there'), found: sum('found'), shorted: sum('shorted') } : { day: t('office.sum'), expected: sum('expected'), counted: sum('counted'), differs: sum('differs') }}
    phone=${(row) => [`${sheet(row.line)} ${row.customer}`, row.product, name === 'stock' ? count(row.there) : count(row.differs)]} empty=${list.rows ? html`<${Empty}>${t(name === 'stock' ? 'office.ship.empty' : 'office.ship.nodiff')}</${Empty}>` : null} />`;
}

// The daily dispatch report: a day's lines with quantity and amount; ← and → move the day. Printed by the browser.
function Day() {
  const of = store.route.query.get('day') || store.me.today;
  const list = useList('dispatch', { from: of, to: of, limit: 2000 }, ['ship'], true);
  const rows = list.rows || [];
  const at = store.route.query.get('at');
  useKeys({ ArrowLeft: () => stay({ day: dayAdd(of, -1) }), ArrowRight: () => stay({ day: dayAdd(of, 1) }), KeyP: () => window.print() });
  const columns = [
    { key: 'note', heading: t('office.col.delivery_note'), show: (row) => row.note || html`<b class="red">${t('office.ship.nonote')}</b>` },
    { key: 'line', heading: t('office.col.line'), show: (row) => html`<b class="order">${sheet(row.line)}</b>` },
    { key: 'customer', heading: t('office.col.customer'), show: (row) => row.customer, wide: true },
    { key: 'product', heading: t('office.col.product'), show: (row) => `${row.product} ${row.size}`, wide: true },
    { key: 'doors', heading: t('office.col.doors'), show: (row) => count(row.doors), right: true },
    { key: 'fen', heading: t('office.ship.amount'), show: (row) => fen(row.fen), right: true },
    { key: 'plate', heading: t('office.col.plate'), show: (row) => row.plate, narrow: true },
    { key: 'carrier', heading: t('office.col.carrier'), show: (row) => `${row.carrier} ${row.waybill}`, wide: true },
  ];
  const doors = rows.reduce((all, row) => all + row.doors, 0);
  const worth = rows.reduce((all, row) => all + row.fen, 0);
  return html`<div class="subhead"><h2>${dayTitle(of)}</h2><input type="date" id="day" value=${of} onInput=${(e) => e.target.value && stay({ day: e.target.value })} /><span>${t('office.ship.day.text', new Set(rows.map((row) => row.note)).size, count(doors), fen(worth))}</span>
      <span class="grow" /><a class="button" href=${xlsxHref('dispatch', { from: of, to: of })}>XLSX</a><a class="button" href=${csvHref('dispatch', { from: of, to: of })}>CSV</a><${Button} k="P" onClick=${() => window.print()}>${t('office.ship.print')}</${Button}></div>
    <${Table} name="dispatch" columns=${columns} rows=${rows} rowKey=${(row) => `${row.note}/${row.line}`} selected=${at} onSelect=${(k) => stay({ at: k })}
    sums=${{ note: t('office.sum'), doors: count(doors), fen: fen(worth) }} phone=${(row) => [`${sheet(row.line)} ${row.customer}`, `${row.note} ${row.product}`, count(row.doors)]} empty=${list.rows ? html`<${Empty}>${t('office.ship.noday')}</${Empty}>` : null} />`;
}

// ---- an order's shipments, for its own page

export function Shipments({ order }) {
  const notes = useList('notes', { order, limit: 200 }, TOPICS);
  const lines = useList('ship-lines', { order, limit: 99 }, TOPICS);
  const loads = useList('loads', { order, limit: 2000 }, TOPICS);
  const rows = notes.rows || [];
  return html`<div class="scroll shipments">
    <h2>${t('office.ship.order.lines')}</h2>
    <div class="sideways"><table class="plainlines"><thead><tr><th>${t('office.col.line')}</th><th>${t('office.col.product')}</th><th class="right">${t('office.col.quantity')}</th><th class="right">${t('office.col.there')}</th><th class="right">${t('office.col.on_notes')}</th><th class="right">${t('office.col.went')}</th></tr></thead>
      <tbody>${(lines.rows || []).map((row) => html`<tr key=${row.line}><td><b>${sheet(row.line)}</b></td><td>${row.product} ${row.size} ${row.paint}</td><td class="right">${row.quantity}</td><td class="right">${row.there}</td><td class="right">${row.asked}</td><td class="right">${row.went}</td></tr>`)}</tbody></table></div>
    <h2>${t('office.ship.order.notes')} <small>${rows.length}</small></h2>
    ${rows.length ? html`<table class="plainlines"><tbody>${rows.map((row) => html`<tr key=${row.note}><td><a href=${href('shipping', { at: row.state === 'open' ? row.note : row.state === 'loaded' ? `${row.note}!` : row.order })}><b>${row.note}</b></a></td><td><${Badge} tone=${row.state === 'void' || row.state === 'shut' ? 'red' : ''}>${word('note_state', row.state)}</${Badge}></td><td class="right">${row.loaded}/${row.doors}</td><td>${row.plate} ${row.carrier} ${row.waybill}</td><td>${moment(row.done || row.opened || row.made)}</td></tr>`)}</tbody></table>` : html`<${Empty}>${t('office.ship.order.none')} <a href=${href('shipping', { at: order })}>${t('office.page.shipping')}</a></${Empty}>`}
    <h2>${t('office.ship.order.loads')}</h2>
    <ul class="plain">${(loads.rows || []).map((row) => html`<li key=${row.number}><small>${moment(row.wall)}</small> <b>${word('kind', row.kind)}</b> ${sheet(row.line)} ${row.held ? html`<b class="amber">${t('office.ship.held', row.counted, row.held)}</b>` : t('office.ship.doors.n', row.counted)} ${row.note} ${row.name} ${row.reason ? html`<small>${row.reason.text}</small>` : null}</li>`)}</ul></div>`;
}

// ---- the page

export function Shipping() {
  const { query } = store.route;
  const q = (query.get('q') || '').trim().toLowerCase();
  const tabs = TABS.filter((one) => one !== 'day' || reads('dispatch'));
  const tab = tabs.includes(query.get('tab')) ? query.get('tab') : 'ready';
  const orders = useList('ship-orders', { limit: 2000 }, TOPICS);
  const notes = useList('notes', { limit: 2000 }, TOPICS);
  const gates = useList(reads('gates') ? 'gates' : 'lights', { limit: 2000 }, TOPICS, true);
  const arrived = useList('arrived', { limit: 2000 }, TOPICS);
  const trucks = useList('trucks', { limit: 500 }, TOPICS);
  const now = Date.now() + store.clockOff;
  const at = query.get('at') || '';
  const all = rowsOf(orders.rows || [], notes.rows || [], gates.rows || [], arrived.rows || []);
  const rows = all.filter((one) => !q || `${one.customer} ${sheet(one.order)} ${one.row ? one.row.product : ''} ${one.note ? one.note.note : ''}`.toLowerCase().includes(q));
  const note = (notes.rows || []).find((one) => one.note === at.replace('!', ''));
  const arrival = (arrived.rows || []).find((one) => one.note === at.replace('!', ''));
  const one = rows.find((row) => row.key === at) || (note ? { key: at, note, order: note.order, customer: note.customer } : null);
  const chosen = one && { ...one, arrival: one.arrival || arrival };
  const today = (arrived.rows || []).filter((row) => row.left_day === store.me.today);
  const loading = (notes.rows || []).filter((row) => row.state === 'open');
  const there = (orders.rows || []).reduce((sum, row) => sum + row.there, 0);
  const counts = { ready: rows.length, receipts: (arrived.rows || []).filter((row) => !row.day).length, left: (arrived.rows || []).filter((row) => row.behind > 0 && !row.what).length };
  useKeys({ ...Object.fromEntries(tabs.map((name, i) => [`Digit${i + 1}`, () => stay({ tab: name, at: '', edit: '' })])), Escape: () => (query.get('edit') ? stay({ edit: '' }) : at ? stay({ at: '' }) : false) });
  const focus = () => {
    const input = document.querySelector('#pick input');
    if (input) input.select();
    return !!input;
  };
  useKeys({ KeyD: focus });
  useFoot(t('office.ship.rule'), [['↑ ↓', t('office.key.row')], ['D', t('office.ship.key.order')], ['L', t('office.ship.list')], ['C', t('office.ship.tell')], ['E', t('office.ship.key.end')], ['R', t('office.ship.receipt')], ['K', t('office.ship.truck')], ['P', t('office.ship.print')], ['?', t('office.key.all')]]);
  const then = (answer) => {
    [orders, notes].forEach((list) => list.load());
    stay({ at: answer.state === 'open' ? answer.note : one.order, edit: '' });
  };
  return html`<${PageHead} title=${t('office.page.shipping')} text=${t('office.ship.about', today.length, loading.length, count(there))} />
    <${Tabs}>${tabs.map((name) => html`<a key=${name} class=${name === tab ? 'on' : ''} href=${href('shipping', { tab: name })}>${t(`office.ship.tab.${name}`)}${counts[name] ? html` <small>${counts[name]}</small>` : null}</a>`)}</${Tabs}>
    <div class="columns"><${Whole} as="section" name="list" key=${tab}>
      ${tab === 'ready' ? html`<${Ready} rows=${rows} at=${at} now=${now} open=${focus} />` : null}
      ${tab === 'receipts' || tab === 'left' ? html`<${Receipts} rows=${arrived.rows || []} at=${at} now=${now} left=${tab === 'left'} />` : null}
      ${tab === 'stock' ? html`<${Stock} name="stock" />` : null}${tab === 'counts' ? html`<${Stock} name="stock-counts" />` : null}${tab === 'day' ? html`<${Day} />` : null}
    </${Whole}>${chosen && ['ready', 'receipts', 'left'].includes(tab) ? html`<${Whole} as="aside" name="side wide shipping"><${Panel} key=${chosen.key} one=${chosen} trucks=${trucks.rows || []} then=${then} /></${Whole}>` : null}</div>`;
}
