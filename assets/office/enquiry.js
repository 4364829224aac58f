// enquiry.js - "where is my order?" [R9]: who took the question first, the clock, the station that saw the sheet last and what
// it answers, what the customer was told; handed over only with the other's acceptance [R6]. texts: office.asked.*
import { useEffect, useState } from 'preact/hooks';
import { useDraft } from './api.js';
import { useList } from './lists.js';
import { useAct } from './orderdata.js';
import { useKeys } from './keys.js';
import { Badge, Button, Empty, Field, html, Note } from './parts.js';
import { sentenceOf } from './status.js';
import { store } from './store.js';
import { age, moment, sheet, t, who, word } from './words.js';

const may = (name) => store.me.acts.includes(`/api/act/${name}`);
const isLine = (text) => text && !text.startsWith('0000');

// The clock goes on while nothing else happens.
export function useTick(ms) {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), ms);
    return () => clearInterval(timer);
  }, []);
}

// [tone, words] of the time that is left; red once it is over.
export function leftOf(until, now) {
  return until < now ? ['red', t('office.asked.over', age(now - until))] : [until - now < 600000 ? 'amber' : '', t('office.asked.left', age(until - now))];
}

// What the floor says: nothing asked, waits, or the station's answer.
export function answerOf(row, now) {
  if (row.answer) return t('office.asked.said', row.station_name, word('asked', row.answer), row.answered_by || '', moment(row.answered_at));
  if (row.station) return t('office.asked.waits', row.station_name, age(now - row.station_at));
  return t('office.asked.unasked');
}

function Hand({ row, names, run, busy, close }) {
  const [to, setTo] = useState('');
  const [note, setNote] = useState('');
  const others = Object.keys(names).filter((name) => name !== row.owner);
  return html`<div class="answerline">
    <select id=${`to-${row.id}`} value=${to} onChange=${(e) => setTo(e.target.value)}><option value="">${t('office.asked.to')}</option>${others.map((name) => html`<option key=${name} value=${name}>${names[name]}</option>`)}</select>
    <input id=${`note-${row.id}`} value=${note} maxlength="100" placeholder=${t('office.asked.note')} onInput=${(e) => setNote(e.target.value)} />
    <${Button} id=${`hand-do-${row.id}`} why=${busy ? t('office.wait') : to ? '' : t('office.asked.to')} onClick=${() => run('enquiry.hand', { enquiry: row.id, base: row.version, to, note: note.trim() }, close)}>${t('office.asked.hand')}</${Button}></div>`;
}

// One enquiry: facts, and what can be done about it. sentence: what may be told, where the page knows it.
export function Enquiry({ row, names, sentence, stations, then, isMain }) {
  useTick(15000);
  const now = Date.now() + store.clockOff;
  const [draft, keep, drop] = useDraft(`enquiry.${row.id}`, { told: '' });
  const [hands, setHands] = useState(false);
  const { run, error, busy } = useAct();
  const [tone, left] = leftOf(row.until_at, now);
  const isMine = row.owner === store.me.user;
  const mayTake = row.to_user === store.me.user || (!isMine && store.me.roles.includes('manager'));
  const told = draft.told.trim();
  const wait = busy ? t('office.wait') : '';
  const close = () => told && !wait && run('enquiry.close', { enquiry: row.id, base: row.version, told }, () => { drop(); if (then) then(); });
  useKeys(isMain ? { 'Ctrl+Enter': close } : {});
  const ask = (station) => run('enquiry.ask', { enquiry: row.id, base: row.version, station }, then);
  const owner = row.first_owner === row.owner ? t('office.asked.first', who(row.owner)) : t('office.asked.owner', who(row.owner), who(row.first_owner));
  return html`<section class=${`enquiry${row.closed_by ? '' : ` ${tone}`}`} data-enquiry=${row.id}>
    <h2>${isLine(row.line) ? sheet(row.line) : sheet(row.order)} <small>${row.who || row.customer}</small>${row.closed_by ? html`<${Badge} tone=${row.is_late ? 'red' : ''}>${t(row.is_late ? 'office.asked.late' : 'office.asked.closed')}</${Badge}>` : html`<${Badge} tone=${tone}>${left}</${Badge}>`}</h2>
    <p>${row.text || t('office.asked.where')} <small>${moment(row.asked_at)} · ${owner}</small></p>
    ${!row.closed_by && tone === 'red' ? html`<${Note} tone="red">${t('office.asked.escalated')}</${Note}>` : null}
    <p class=${`floor ${row.answer ? 'green' : row.station && !row.closed_by ? 'amber' : ''}`}>${answerOf(row, now)}</p>
    ${row.to_user && !row.closed_by ? html`<${Note} tone="amber">${t('office.asked.handed', who(row.to_user))}${row.to_note ? ` · ${row.to_note}` : ''}</${Note}>` : null}
    ${row.closed_by ? html`<p>${t('office.asked.told', who(row.closed_by), moment(row.closed_at))} <b>${row.told}</b></p>` : may('enquiry.close') ? html`
      <div class="acts">
        <${Button} id=${`ask-${row.id}`} why=${wait} onClick=${() => ask('')}>${t(row.station ? 'office.asked.again' : 'office.asked.ask')}</${Button}>
        ${stations && stations.length ? html`<select id=${`station-${row.id}`} aria-label=${t('office.col.station')} value="" onChange=${(e) => e.target.value && ask(e.target.value)}><option value="">${t('office.asked.other')}</option>${stations.map((one) => html`<option key=${one.id} value=${one.id}>${one.name}</option>`)}</select>` : null}
        ${mayTake ? html`<${Button} id=${`take-${row.id}`} why=${wait} onClick=${() => run('enquiry.take', { enquiry: row.id, base: row.version }, then)}>${t(row.to_user === store.me.user ? 'office.asked.accept' : 'office.asked.take')}</${Button}>` : null}
        ${isMine || store.me.roles.includes('manager') ? html`<${Button} id=${`hand-${row.id}`} onClick=${() => setHands(!hands)}>${t('office.asked.hand')}</${Button}>` : null}</div>
      ${hands ? html`<${Hand} row=${row} names=${names} run=${run} busy=${busy} close=${() => { setHands(false); if (then) then(); }} />` : null}
      <${Field} label=${t('office.asked.tell')}><input id=${`told-${row.id}`} maxlength="100" value=${draft.told} onInput=${(e) => keep({ told: e.target.value })} /></${Field}>
      <div class="acts">${sentence && !draft.told ? html`<${Button} id=${`fill-${row.id}`} onClick=${() => keep({ told: sentence.slice(0, 100) })}>${t('office.asked.fill')}</${Button}>` : null}
        <${Button} main=${isMain} k=${isMain ? 'Ctrl Enter' : ''} id=${`close-${row.id}`} why=${wait || (told ? '' : t('office.asked.tell'))} onClick=${close}>${t('office.asked.close')}</${Button}></div>` : null}
    ${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}</section>`;
}

function Open({ all, then }) {
  const [draft, keep, drop] = useDraft(`enquiry.new.${all.id}`, { who: '', text: '', line: '' });
  const { run, error, busy } = useAct();
  const wait = busy ? t('office.wait') : '';
  const send = (ask) => run('enquiry.open', { order: all.id, line: draft.line, who: draft.who.trim(), text: draft.text.trim(), ask }, () => { drop(); then(); });
  return html`<div class="answerline" id="enquiry-new" onKeyDown=${(e) => { if (e.code === 'Enter' && e.target.tagName === 'INPUT' && !e.isComposing) { e.preventDefault(); send(1); } }}>
      <label class="field"><span>${t('office.col.who_asks')}</span><input id="enquiry-who" value=${draft.who} maxlength="30" placeholder=${all.order.customer} onInput=${(e) => keep({ who: e.target.value })} /></label>
      ${(all.lines.rows || []).length > 1 ? html`<label class="field"><span>${t('office.col.line')}</span><select id="enquiry-line" value=${draft.line} onChange=${(e) => keep({ line: e.target.value })}><option value="">${t('office.question.whole')}</option>${all.lines.rows.map((row) => html`<option key=${row.line} value=${row.line}>${sheet(row.line)}</option>`)}</select></label>` : null}
      <label class="field"><span>${t('office.asked.question')}</span><input id="enquiry-text" value=${draft.text} maxlength="40" placeholder=${t('office.asked.where')} onInput=${(e) => keep({ text: e.target.value })} /></label>
      <${Button} id="enquiry-ask" k="Enter" why=${wait} onClick=${() => send(1)}>${t('office.asked.openask')}</${Button}>
      <${Button} id="enquiry-keep" why=${wait} onClick=${() => send(0)}>${t('office.asked.open')}</${Button}></div>
    ${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}`;
}

// The order page's tab: open ones first, the newest first.
export function Enquiries({ all }) {
  const list = all.enquiries;
  const stations = useList('stations', {}, ['master']).rows || [];
  const rows = [...(list.rows || [])].sort((a, b) => (a.closed_by ? 1 : 0) - (b.closed_by ? 1 : 0) || b.id - a.id);
  return html`<div class="form wide">${may('enquiry.open') ? html`<${Open} all=${all} then=${list.load} />` : null}
    ${rows.map((row) => html`<${Enquiry} key=${row.id} row=${row} names=${all.names} stations=${stations} sentence=${sentenceOf(all)} then=${list.load} />`)}
    ${list.rows && !rows.length ? html`<${Empty}>${t('office.asked.none')}</${Empty}>` : null}</div>`;
}

// Beside a row of Today: one enquiry by its number.
export function EnquiryAside({ id, names, then }) {
  const list = useList('enquiries', { enquiry: id }, ['order', 'floor']);
  const row = (list.rows || [])[0];
  if (!row) return null;
  return html`<${Enquiry} row=${row} names=${names} isMain then=${() => { list.load(); then(); }} /><p><a href=${`#/orders/${row.order}`}>${t('office.todo.open')}</a></p>`;
}
