// rates.js - a back-dated change of rates: who gains or loses what is seen before it is done, by the act itself, undone at
// once; then it takes two persons. Signed sheets stay as they are.
import { useState } from 'preact/hooks';
import { act, csvHref, idMake, post, useDraft } from './api.js';
import { useKeys } from './keys.js';
import { useList, Whole } from './lists.js';
import { Button, Empty, Field, html, Key, Note, PageHead, useFoot } from './parts.js';
import { stay, store } from './store.js';
import { Table } from './table.js';
import { count, day, fen, moment, rate, t, who } from './words.js';

const may = (name) => store.me.acts.includes(`/api/act/${name}`);
const RATE = /^\d{1,7}(\.\d{1,4})?$/;

function Form({ operations, names, then }) {
  const [draft, keep, drop] = useDraft('rate', { code: '', family: '', from: store.me.period[0], to: store.me.period[1], rate: '', rework: '0' });
  const [tried, setTried] = useState(null);
  const [note, setNote] = useState(null);
  const [busy, setBusy] = useState(false);
  const body = { code: draft.code, family: draft.family.trim(), from: draft.from, to: draft.to, rate: draft.rate.trim(), rework: draft.rework.trim() };
  const isTried = tried && tried.key === JSON.stringify(body);
  const why = !body.code ? t('office.rate.code') : !RATE.test(body.rate) || !RATE.test(body.rework) ? t('office.rate.form') : body.from > body.to ? t('office.rate.days') : '';
  const run = async (what) => {
    if (why || busy) return;
    setBusy(true);
    setNote(null);
    try {
      await what();
    } catch (e) {
      setNote({ tone: 'red', text: e.message });
    }
    setBusy(false);
  };
  const preview = () => run(async () => setTried({ key: JSON.stringify(body), ...(await post('/api/act/rate.try', { id: idMake(), ...body })) }));
  const change = () => run(async () => {
    const done = await act('rate.change', body, `${body.code} ${body.rate} · ${fen(tried.fen)}`);
    setNote({ tone: 'green', text: t('office.rate.done', done.workers.length, fen(done.fen)) });
    setTried(null);
    drop();
    then();
  });
  useKeys({ 'Ctrl+Enter': () => (isTried ? change() : preview()) });
  const field = (name, label, more) => html`<${Field} label=${label}><input id=${`rate-${name}`} value=${draft[name]} onInput=${(e) => keep({ [name]: e.target.value })} ...${more || {}} /></${Field}>`;
  return html`<h2>${t('office.rate.new')}</h2>
    <${Field} label=${t('office.col.op_name')}><select id="rate-code" value=${draft.code} onChange=${(e) => keep({ code: e.target.value })}><option value="">—</option>${operations.map((one) => html`<option value=${one.code} selected=${one.code === draft.code}>${one.name} ${one.code}</option>`)}</select></${Field}>
    ${field('family', t('office.rate.family'))}
    <div class="two">${field('from', t('office.span.from'), { type: 'date' })}${field('to', t('office.span.to'), { type: 'date' })}</div>
    <div class="two">${field('rate', t('office.col.rate'), { inputmode: 'decimal' })}${field('rework', t('office.col.rework_rate'), { inputmode: 'decimal' })}</div>
    ${note ? html`<${Note} tone=${note.tone}>${note.text}</${Note}>` : null}
    ${isTried ? html`<div class="sumup"><small>${t('office.rate.tried', tried.lines, tried.workers.length)}</small><strong id="rate-fen" class=${tried.fen < 0 ? 'red' : ''}>${tried.fen > 0 ? '+' : ''}${fen(tried.fen)}</strong></div>
      <table class="gains"><tbody>${tried.workers.slice(0, 200).map(([worker, more]) => html`<tr><td>${String(worker).padStart(3, '0')} ${worker ? names[worker] || '' : t('office.nobody')}</td><td class=${`right ${more < 0 ? 'red' : ''}`}>${more > 0 ? '+' : ''}${fen(more)}</td></tr>`)}</tbody></table>` : null}
    <div class="acts">
      ${isTried && may('rate.change') ? html`<${Button} main id="rate-do" k="Ctrl Enter" why=${why} onClick=${change}>${t('office.rate.act')}</${Button}>` : html`<${Button} main id="rate-try" k="Ctrl Enter" why=${why} onClick=${preview}>${t('office.rate.try')}</${Button}>`}
    </div>
    <small class="why">${why || (isTried ? t('office.rate.two') : t('office.rate.try.text'))}</small>`;
}

// What an hour of day work is worth: everybody's, or one worker's own.
function Hours({ names }) {
  const list = useList('time-rates', { limit: 500 }, ['pay']);
  const [draft, keep, drop] = useDraft('time-rate', { worker: '', from: store.me.today, rate: '' });
  const [note, setNote] = useState(null);
  const number = draft.worker.trim() === '' ? 0 : Number(draft.worker);
  const why = !Number.isInteger(number) || (number && !names[number]) ? t('office.adjust.who') : !RATE.test(draft.rate.trim()) ? t('office.rate.form') : '';
  const save = async () => {
    setNote(null);
    try {
      await act('time.rate', { worker: number, from: draft.from, rate: draft.rate.trim() });
      setNote({ tone: 'green', text: t('office.hour.done') });
      drop();
    } catch (e) {
      setNote({ tone: 'red', text: e.message });
    }
  };
  return html`<div class="step-acts"><h2>${t('office.hour.title')}</h2>
    <ul class="plain left">${(list.rows || []).map((one) => html`<li><span>${one.worker ? `${String(one.worker).padStart(3, '0')} ${one.name}` : t('office.hour.all')}</span><span class="grow" /><span class="about">${day(one.from_day)}</span><b>${rate(one.rate)}</b></li>`)}</ul>
    ${may('time.rate') ? html`<div class="two"><${Field} label=${t('office.hour.worker')}><input id="hour-worker" inputmode="numeric" value=${draft.worker} onInput=${(e) => keep({ worker: e.target.value })} /></${Field}>
      <${Field} label=${t('office.span.from')}><input id="hour-from" type="date" value=${draft.from} onInput=${(e) => keep({ from: e.target.value })} /></${Field}></div>
      <${Field} label=${t('office.col.hour_rate')}><input id="hour-rate" inputmode="decimal" value=${draft.rate} onInput=${(e) => keep({ rate: e.target.value })} /></${Field}>
      ${note ? html`<${Note} tone=${note.tone}>${note.text}</${Note}>` : null}
      <${Button} id="hour-do" why=${why} onClick=${save}>${t('office.hour.save')}</${Button}>` : null}</div>`;
}

export function Rates() {
  const { query } = store.route;
  const list = useList('rate-changes', { limit: 500 }, ['pay']);
  const operations = useList('operations', { limit: 500 }, ['master']);
  const workers = useList('workers', { limit: 2000 }, ['master']);
  const names = Object.fromEntries((workers.rows || []).map((row) => [row.worker, row.name]));
  useKeys({ KeyE: () => { location.href = csvHref('rate-changes', {}); } });
  useFoot(t('office.rate.foot'), [['↑ ↓', t('office.key.row')], ['Ctrl+Enter', t('office.key.commit')], ['E', t('office.key.csv')], ['?', t('office.key.all')]]);
  const columns = [
    { key: 'op_name', heading: t('office.col.op_name'), show: (one) => html`<b>${one.op_name}</b>`, wide: true },
    { key: 'family', heading: t('office.col.family'), show: (one) => one.family || t('office.rate.all') },
    { key: 'from_day', heading: t('office.span.from'), show: (one) => day(one.from_day) },
    { key: 'to_day', heading: t('office.span.to'), show: (one) => day(one.to_day) },
    { key: 'rate', heading: t('office.col.rate'), right: true, show: (one) => html`<b>${rate(one.rate)}</b>` },
    { key: 'rework_rate', heading: t('office.col.rework_rate'), right: true, narrow: true, show: (one) => rate(one.rework_rate) },
    { key: 'who', heading: t('office.rate.who'), show: (one) => who(one.who), value: (one) => who(one.who) },
    { key: 'at', heading: t('office.col.at'), show: (one) => moment(one.at), narrow: true },
  ];
  return html`<${PageHead} title=${t('office.page.rates')} text=${list.rows ? t('office.rows', count(list.rows.length)) : ''}><a class="button" href=${csvHref('rate-changes', {})}>CSV <${Key} k="E" /></a></${PageHead}>
    <div class="columns">
      <section class="list">
        <${Table} name="rates" columns=${columns} rows=${list.rows || []} rowKey=${(one) => String(one.id)} selected=${query.get('at')} onSelect=${(at) => stay({ at })}
          phone=${(one) => [one.op_name, `${day(one.from_day)} – ${day(one.to_day)} · ${who(one.who)}`, rate(one.rate)]} empty=${list.rows ? html`<${Empty}>${t('office.rate.empty')}</${Empty}>` : null} />
      </section>
      ${may('rate.try') ? html`<${Whole} as="aside" name="side"><${Form} operations=${operations.rows || []} names=${names} then=${list.load} /><${Hours} names=${names} /></${Whole}>` : null}
    </div>`;
}
