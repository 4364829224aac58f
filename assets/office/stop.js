// stop.js - stop and lift: who stopped what and why, which kiosks know and who has acknowledged it there, and where the papers are.
import { useState } from 'preact/hooks';
import { act, useDraft } from './api.js';
import { useHeard } from './health.js';
import { framed, useList } from './lists.js';
import { Badge, Button, Field, html, Mark, Note } from './parts.js';
import { href, store } from './store.js';
import { count, moment, sheet, t, who } from './words.js';

const WHY_MOST = 60;
const may = (name) => store.me.acts.includes(`/api/act/${name}`);
const isWhole = (what, order) => what === order;

// The whole order, or one of its lines. Said in words before it is done: every kiosk turns red.
function StopForm({ order, lines, stopped, close }) {
  const [draft, keep, drop] = useDraft(`stop.${order}`, { what: order, why: '', pieces: '' });
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const choices = [order, ...(lines.length > 1 ? lines.map((row) => row.line) : [])].filter((one) => !stopped.includes(one));
  const what = choices.includes(draft.what) ? draft.what : choices[0];
  const one = what === order && lines.length === 1 ? lines[0].line : what; // doors are counted of a line
  const pieces = one !== order && Number(draft.pieces) > 0 ? Number(draft.pieces) : 0;
  const why = draft.why.trim() ? '' : t('office.stop.why');
  const send = async () => {
    if (why || busy) return;
    setBusy(true);
    setError('');
    try {
      await act('stop', pieces ? { what: one, why: draft.why.trim(), pieces } : { what, why: draft.why.trim() });
      drop();
      close();
    } catch (e) {
      setError(e.message);
      setBusy(false);
    }
  };
  return html`<div class="stopform">
    <p>${pieces ? t('office.stop.some', sheet(one), pieces) : isWhole(what, order) ? t('office.stop.order', sheet(what), lines.length) : t('office.stop.line', sheet(what))} ${t('office.stop.means')}</p>
    ${choices.length > 1 ? html`<${Field} label=${t('office.stop.what')}><select id="stop-what" value=${what} onChange=${(e) => keep({ what: e.target.value })}>
      ${choices.map((one) => html`<option key=${one} value=${one}>${isWhole(one, order) ? t('office.stop.whole', sheet(one)) : sheet(one)}</option>`)}</select></${Field}>` : null}
    ${one !== order ? html`<${Field} label=${t('office.stop.pieces')}><input id="stop-pieces" inputmode="numeric" maxlength="3" value=${draft.pieces || ''} onInput=${(e) => keep({ pieces: e.target.value.replace(/\D/g, '') })} /></${Field}>` : null}
    <${Field} label=${t('office.stop.reason')}><input id="stop-why" maxlength=${WHY_MOST} value=${draft.why} onInput=${(e) => keep({ why: e.target.value })} /></${Field}>
    ${error ? html`<${Note} tone="red">${error}</${Note}>` : null}
    <div class="acts"><${Button} harm id="stop-do" why=${why} onClick=${send}>${t('office.stop.act', sheet(what))}</${Button}><${Button} id="stop-no" onClick=${close}>${t('office.cancel')}</${Button}></div>
    ${why ? html`<small class="why">${why}</small>` : null}
  </div>`;
}

function Lift({ row, close }) {
  const [error, setError] = useState('');
  const send = async () => {
    setError('');
    try {
      await act('lift', { what: row.line, base: row.version });
      close();
    } catch (e) {
      setError(e.message);
    }
  };
  return html`<div class="stopform"><p>${t('office.lift.means', sheet(row.line))}</p>
    ${error ? html`<${Note} tone="red">${error}</${Note}>` : null}
    <div class="acts"><${Button} harm id="lift-do" onClick=${send}>${t('office.lift.act', sheet(row.line))}</${Button}><${Button} onClick=${close}>${t('office.cancel')}</${Button}></div></div>`;
}

const person = (row) => row.name || (row.worker ? String(row.worker) : t('office.nobody'));

// Kiosks where the order is, was or comes next interrupt, and want a badge; the others show it above their screen.
function kiosksOf(row, kiosks, ops, stations, heard, acks) {
  const of = (kiosk) => ((stations.find((one) => one.id === kiosk.station) || {}).ops || '').split(' ');
  const own = (kiosk) => acks.filter((one) => one.kiosk === kiosk.number);
  return kiosks.filter((one) => one.state === 0 || own(one).length).map((one) => ({
    ...one, acks: own(one), isAsked: own(one).length > 0 || of(one).some((code) => ops.includes(code)), knows: own(one).length > 0 || ((heard.rows[one.kiosk] || {}).current || 0) >= row.at,
  })).sort((a, b) => a.number - b.number);
}

// stop: the row of the list; order or line: whose way through the shop counts.
function StopAcksOf({ stop, of, acks, stations }) {
  const kiosks = useList('kiosks', {}, ['kiosk', 'floor']);
  const progress = useList('progress', { from: of, to: of.length > 9 ? of : `${of}-99`, limit: 2000 }, ['order']);
  const heard = useHeard();
  const rows = kiosksOf(stop, kiosks.rows || [], (progress.rows || []).map((one) => one.code), stations, heard, acks.filter((one) => one.stop === stop.id));
  const asked = rows.filter((one) => one.isAsked);
  const others = rows.filter((one) => !one.isAsked);
  return html`<h3>${t('office.stop.acks')} ${asked.length ? html`<${Badge} tone=${asked.every((one) => one.acks.length) ? 'green' : 'amber'}>${t('office.stop.acked', count(asked.filter((one) => one.acks.length).length), count(asked.length))}</${Badge}>` : null}</h3>
    <ul class="plain acks">${asked.map((one) => html`<li key=${one.number} data-kiosk=${one.number}><b>${one.number} ${one.name}</b>
      ${one.acks.length ? html`<span class="green">✓ ${one.acks.map((ack) => `${person(ack)} ${moment(ack.wall)}`).join(' · ')}</span>` : one.knows ? html`<${Badge} tone="amber">${t('office.stop.known')}</${Badge}>` : html`<${Badge} tone="red">${t('office.stop.unknown')}</${Badge}>`}</li>`)}
    ${others.length ? html`<li class="ink3">${t('office.stop.others', count(others.filter((one) => one.knows).length), count(others.length))}</li>` : null}</ul>
    ${kiosks.rows && !rows.length ? html`<p class="why">${t('office.stop.unread')}</p>` : null}`;
}

export const StopAcks = framed(StopAcksOf);

// 0 out, 1 handed in, 2 declared lost.
const TONES = ['amber', 'green', ''];
const stateOf = (row) => t(['office.stop.out', 'office.stop.in', 'office.stop.lost'][row.state], row.lost_who || '');

function Papers({ rows, station }) {
  if (!rows.length) return html`<p class="why">${t('office.stop.unseen')}</p>`;
  return html`<ul class="plain papers">${rows.map((row) => html`<li key=${keyOf(row)}><b>${sheet(row.line)}</b> <span>${t('office.stop.copy', row.rev, row.copy)}</span>
    <${Badge} tone=${TONES[row.state]}>${stateOf(row)}</${Badge}> <span>${row.wall ? t('office.stop.read', person(row), station(row), moment(row.wall)) : t('office.stop.noscan')}</span></li>`)}</ul>`;
}

const keyOf = (row) => `${row.line} ${row.rev} ${row.copy}`;

// Papers that were made here, and those of imported orders, which are known once they were scanned.
function papersOf(copies, scanned) {
  const known = new Set(copies.map(keyOf));
  return [...copies, ...scanned.filter((row) => !known.has(keyOf(row))).map((row) => ({ ...row, state: row.is_in ? 1 : 0 }))].filter((row) => !row.replaced_by || row.wall);
}

export function Stops({ order, lines }) {
  const [open, setOpen] = useState('');
  const span = { from: order, to: `${order}-99`, limit: 500 };
  const stops = useList('stops', { limit: 2000 }, ['stop']);
  const acks = useList('stop-acks', span, ['floor', 'stop']);
  const scanned = useList('papers', span, ['floor', 'order']);
  const copies = useList('copies', { ...span, limit: 2000 }, ['floor', 'order', 'stop']);
  const stations = useList('stations', { limit: 2000 }, ['master']);
  const places = Object.fromEntries((stations.rows || []).map((row) => [row.id, row.name]));
  const station = (row) => places[row.station] || row.station || '—';
  const rows = (stops.rows || []).filter((row) => row.line === order || (row.line || '').startsWith(`${order}-`));
  const papers = papersOf(copies.rows || [], scanned.rows || []);
  const isOf = (row, one) => row.line === order || one.line === row.line;
  const close = () => setOpen('');
  return html`
    ${rows.map((row) => {
    const own = papers.filter((one) => isOf(row, one));
    return html`<section key=${row.id} class="stop"><${Mark} kind="stop" />
      <div><h2>${row.pieces ? t('office.stop.stands.some', sheet(row.line), row.pieces) : t('office.stop.stands', sheet(row.line))} <small>${row.why || t('office.stop.unsaid')} · ${t('office.stop.by', who(row.who), moment(row.at))}</small></h2>
        <div class="stopped"><div><${StopAcks} stop=${row} of=${row.line} acks=${acks.rows || []} stations=${stations.rows || []} /></div>
        <div><h3>${t('office.stop.papers')} ${own.length ? html`<${Badge} tone=${own.every((one) => one.state) ? 'green' : 'amber'}>${t('office.stop.collected', count(own.filter((one) => one.state).length), count(own.length))}</${Badge}>` : null}</h3><${Papers} rows=${own} station=${station} /></div></div>
        ${open === row.line ? html`<${Lift} row=${row} close=${close} />` : may('lift') ? html`<${Button} id="lift" onClick=${() => setOpen(row.line)}>${t('office.lift', sheet(row.line))}</${Button}>` : null} ${row.pieces ? null : lines.filter((one) => one.rev > 0 && (row.line === order || one.line === row.line)).map((one) => html`<a key=${one.line} class="button" href=${href(`changes/${one.line}`)}>${t('office.stop.change')} ${sheet(one.line)}</a> `)}</div></section>`;
  })}
    ${may('stop') && !rows.some((row) => row.line === order && !row.pieces) ? (open === 'stop' ? html`<section class="stop"><div><${StopForm} order=${order} lines=${lines} stopped=${rows.filter((row) => !row.pieces).map((row) => row.line)} close=${close} /></div></section>`
      : html`<div class="acts stopacts"><${Button} harm id="stop" onClick=${() => setOpen('stop')}>${t('office.stop')}</${Button}></div>`) : null}`;
}
