// remake.js - what is made anew after scrap [R14]: of which line, why, from which operation on, who approved it, how far it
// is; opened here or beside the bad pieces. And the batches in which a large line went to the floor.
import { useState } from 'preact/hooks';
import { useDraft } from './api.js';
import { framed, useList } from './lists.js';
import { useAct } from './orderdata.js';
import { Badge, Button, Empty, Field, html, Note } from './parts.js';
import { store } from './store.js';
import { count, moment, sheet, t, who } from './words.js';

const may = (name) => store.me.acts.includes(`/api/act/${name}`);

// line: which one; event, pieces, op, reason: of the bad pieces that it is opened for, or none. main: the page's one filled act.
function OpenRemakeOf({ line, event, pieces, op, reason, main, then }) {
  const key = `remake.${event || line}`;
  const [draft, keep, drop] = useDraft(key, { pieces: pieces ? String(pieces) : '', op: '', reason: reason ? String(reason) : '', cause: '' });
  const steps = (useList('progress', { from: line, to: line, limit: 100 }, ['order']).rows || []).filter((row) => row.line === line);
  const reasons = useList('reasons', { limit: 200 }, ['master']).rows || [];
  const { run, error, busy } = useAct();
  const from = draft.op || String(op || (steps[0] ? steps[0].op : ''));
  const n = Number(draft.pieces);
  const why = busy ? t('office.wait') : !(Number.isInteger(n) && n > 0) ? t('office.remake.need.pieces') : !draft.cause.trim() ? t('office.remake.need.cause') : '';
  const send = () => run('remake.open', { line, pieces: n, op: Number(from), cause: draft.cause.trim(), reason: Number(draft.reason) || 0, ...(event ? { event } : {}) }, (answer) => { drop(); if (then) then(answer); });
  const put = (name) => (e) => keep({ [name]: e.target.value });
  return html`<div class="decide"><h2>${t('office.remake.open', sheet(line))}</h2>
    <div class="answerline"><${Field} label=${t('office.remake.pieces')}><input id="remake-pieces" inputmode="numeric" value=${draft.pieces} onInput=${put('pieces')} /></${Field}>
      <${Field} label=${t('office.col.start_op')}><select id="remake-op" value=${from} onChange=${put('op')}>${steps.map((row) => html`<option key=${row.op} value=${row.op}>${row.op} ${row.op_name}</option>`)}</select></${Field}>
      <${Field} label=${t('office.col.reason')}><select id="remake-reason" value=${draft.reason} onChange=${put('reason')}><option value="">—</option>${reasons.map((row) => html`<option key=${row.number} value=${row.number}>${store.lang === 'en' ? row.name_en : row.name_zh}</option>`)}</select></${Field}></div>
    <${Field} label=${t('office.remake.cause')}><input id="remake-cause" maxlength="80" value=${draft.cause} onInput=${put('cause')} /></${Field}>
    ${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}
    <${Button} main=${main} id="remake-do" why=${why} onClick=${send}>${t('office.remake.do')}</${Button}>${why ? html` <small class="why">${why}</small>` : null}</div>`;
}

export const OpenRemake = framed(OpenRemakeOf);

function Row({ row, run, busy }) {
  const isDone = row.planned > 0 && row.done >= row.planned;
  return html`<fieldset><legend>${sheet(row.line)} ${row.product} ×${count(row.pieces)} <${Badge} tone=${isDone ? '' : 'amber'}>${isDone ? t('office.remake.done') : t('office.remake.sofar', count(row.done), count(row.planned))}</${Badge}></legend>
    <p>${t('office.remake.of', sheet(row.of_line), row.op_name || row.op)} · ${[row.reason, row.cause].filter(Boolean).join(' · ')}</p>
    <p class="ink3">${t('office.remake.by', who(row.approver), moment(row.at))} ${row.seen_by ? `· ${t('office.remake.known', who(row.seen_by), moment(row.seen))}` : ''}
      ${!row.seen_by && may('remake.seen') ? html`<${Button} main id=${`seen-${row.line}`} why=${busy ? t('office.wait') : ''} onClick=${() => run('remake.seen', { line: row.line, base: row.version })}>${t('office.remake.seen')}</${Button}>` : null}</p></fieldset>`;
}

export function Remakes({ all }) {
  const [line, setLine] = useState('');
  const [isOpen, setOpen] = useState(false);
  const { run, error, busy } = useAct();
  const rows = all.remakes.rows || [];
  const batches = all.batches.rows || [];
  const lines = (all.lines.rows || []).filter((row) => row.rev > 0 && !rows.some((one) => one.line === row.line));
  const chosen = line || (lines[0] ? lines[0].line : '');
  return html`<div class="form wide">${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}
    ${rows.map((row) => html`<${Row} key=${row.line} row=${row} run=${run} busy=${busy} />`)}
    ${!rows.length && all.remakes.rows ? html`<${Empty}>${t('office.remake.none')}</${Empty}>` : null}
    ${batches.length ? html`<fieldset><legend>${t('office.batch.title')}</legend><table class="plain"><thead><tr><th>${t('office.col.line')}</th><th>${t('office.col.of_line')}</th><th>${t('office.col.batch')}</th><th class="right">${t('office.col.quantity')}</th></tr></thead>
      <tbody>${batches.map((row) => html`<tr key=${row.line}><td><b>${sheet(row.line)}</b></td><td>${sheet(row.of_line)}</td><td>${row.place} / ${row.of_all}</td><td class="right">${count(row.quantity)}</td></tr>`)}</tbody></table></fieldset>` : null}
    ${may('remake.open') && lines.length ? html`<div class="acts"><${Button} id="remake" onClick=${() => setOpen(!isOpen)}>${t('office.remake.new')}</${Button}>${isOpen ? html`<select id="remake-line" value=${chosen} onChange=${(e) => setLine(e.target.value)}>${lines.map((row) => html`<option key=${row.line} value=${row.line}>${sheet(row.line)} ${row.product}</option>`)}</select>` : null}</div>` : null}
    ${isOpen && chosen ? html`<${OpenRemake} key=${chosen} line=${chosen} main then=${() => setOpen(false)} />` : null}</div>`;
}
