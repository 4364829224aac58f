// stop.js - stop and lift: who stopped what and why, who has acknowledged it, and where the papers are.
import { useState } from 'preact/hooks';
import { act, useDraft, useList } from './api.js';
import { Badge, Button, Failed, Field, html, Mark, Note } from './parts.js';
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

function Acks({ rows, station }) {
  if (!rows.length) return html`<p class="why">${t('office.stop.unread')}</p>`;
  return html`<ul class="plain">${rows.map((row) => html`<li key=${row.number}>${t('office.stop.read', person(row), station(row), moment(row.wall))}</li>`)}</ul>`;
}

function Papers({ rows, station }) {
  if (!rows.length) return html`<p class="why">${t('office.stop.unseen')}</p>`;
  return html`<ul class="plain">${rows.map((row) => html`<li key=${row.number}><b>${sheet(row.line)}</b> ${t('office.stop.copy', row.rev, row.copy)} ${' '}
    ${row.is_in ? html`<${Badge} tone="green">${t('office.stop.in')}</${Badge}>` : html`<${Badge} tone="amber">${t('office.stop.out')}</${Badge}>`} ${' '}
    ${t('office.stop.read', person(row), station(row), moment(row.wall))}</li>`)}</ul>`;
}

export function Stops({ order, lines }) {
  const [open, setOpen] = useState('');
  const span = { from: order, to: `${order}-99`, limit: 500 };
  const stops = useList('stops', { limit: 2000 }, ['stop']);
  const acks = useList('stop-acks', span, ['floor', 'stop']);
  const papers = useList('papers', span, ['floor', 'order']);
  const stations = useList('stations', { limit: 2000 }, ['master']);
  const names = Object.fromEntries((stations.rows || []).map((row) => [row.id, row.name]));
  const station = (row) => names[row.station] || row.station || '—';
  const rows = (stops.rows || []).filter((row) => row.line === order || (row.line || '').startsWith(`${order}-`));
  const out = (papers.rows || []).filter((row) => !row.is_in && (row.is_old || rows.some((stop) => stop.line === order || stop.line === row.line)));
  const close = () => setOpen('');
  return html`<${Failed} list=${stops} />
    ${rows.map((row) => html`<section key=${row.id} class="stop"><${Mark} kind="stop" />
      <div><h2>${row.pieces ? t('office.stop.stands.some', sheet(row.line), row.pieces) : t('office.stop.stands', sheet(row.line))} <small>${row.why || t('office.stop.unsaid')} · ${t('office.stop.by', who(row.who), moment(row.at))}</small></h2>
        <div class="stopped"><div><h3>${t('office.stop.acks')}</h3><${Acks} rows=${(acks.rows || []).filter((one) => one.stop === row.id)} station=${station} /></div>
        <div><h3>${t('office.stop.papers')} ${out.length ? html`<${Badge} tone="amber">${t('office.stop.out.n', count(out.length))}</${Badge}>` : null}</h3><${Papers} rows=${(papers.rows || []).filter((one) => row.line === order || one.line === row.line)} station=${station} /></div></div>
        ${open === row.line ? html`<${Lift} row=${row} close=${close} />` : may('lift') ? html`<${Button} id="lift" onClick=${() => setOpen(row.line)}>${t('office.lift', sheet(row.line))}</${Button}>` : null} ${row.pieces ? null : lines.filter((one) => one.rev > 0 && (row.line === order || one.line === row.line)).map((one) => html`<a key=${one.line} class="button" href=${href(`changes/${one.line}`)}>${t('office.stop.change')} ${sheet(one.line)}</a> `)}</div></section>`)}
    ${may('stop') && !rows.some((row) => row.line === order && !row.pieces) ? (open === 'stop' ? html`<section class="stop"><div><${StopForm} order=${order} lines=${lines} stopped=${rows.filter((row) => !row.pieces).map((row) => row.line)} close=${close} /></div></section>`
      : html`<div class="acts stopacts"><${Button} harm id="stop" onClick=${() => setOpen('stop')}>${t('office.stop')}</${Button}></div>`) : null}`;
}
