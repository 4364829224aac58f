// adjust.js - bonuses, fines, losses, advances: entered by one, approved by another, struck out where they were wrong. What
// a period takes of them is decided by its limits, at the check.
import { useState } from 'preact/hooks';
import { act, csvHref, useDraft } from './api.js';
import { hours } from './decide.js';
import { useKeys } from './keys.js';
import { useList, Whole } from './lists.js';
import { Badge, Button, Empty, Field, html, Key, Note, PageHead, useFoot } from './parts.js';
import { stay, store } from './store.js';
import { Table } from './table.js';
import { day, fen, moment, t, who, word } from './words.js';

const KINDS = ['bonus', 'fine', 'loss', 'advance'];
const TIME = 'time'; // day work: an entry of its own, in hours

// "3.5", "3:30" -> 210 minutes; null: no time of a day.
export function minutesRead(text) {
  const plain = text.trim().replace(/[０-９：．]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
  const clock = plain.match(/^(\d{1,2}):([0-5]\d)$/);
  const minutes = clock ? Number(clock[1]) * 60 + Number(clock[2]) : /^\d{1,2}(\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain) * 60) : 0;
  return minutes > 0 && minutes <= 1440 ? minutes : null;
}
const may = (name) => store.me.acts.includes(`/api/act/${name}`);
const state = (row) => Number(row.state);

// "12.5" -> 1250; null: no sum. Full-width digits as they come from an input method.
export function fenRead(text) {
  const plain = text.trim().replace(/[０-９]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace('．', '.');
  const match = plain.match(/^(\d{1,9})(?:\.(\d{1,2}))?$/);
  return match ? Number(match[1]) * 100 + Number((match[2] || '').padEnd(2, '0')) : null;
}

function Enter({ workers, then }) {
  const empty = { worker: '', kind: 'bonus', sum: '', day: store.me.today, why: '', rule: '' };
  const [draft, keep, drop] = useDraft('adjust', empty);
  const [note, setNote] = useState(null);
  const [busy, setBusy] = useState(false);
  const text = draft.worker.trim().toLowerCase();
  const fits = text ? workers.filter((one) => String(one.worker) === text.replace(/^0+/, '') || one.name.toLowerCase().includes(text)) : [];
  const exact = fits.find((one) => String(one.worker) === text.replace(/^0+/, '')) || fits.find((one) => one.name.toLowerCase() === text);
  const person = exact || (fits.length === 1 ? fits[0] : null);
  const isTime = draft.kind === TIME;
  const sum = isTime ? minutesRead(draft.sum) : fenRead(draft.sum);
  const odd = t(isTime ? 'office.adjust.hours' : 'office.adjust.sum');
  const shown = sum ? (isTime ? hours(sum) : fen(sum)) : '';
  const kindName = (kind) => (kind === TIME ? t('office.kind.daywork') : word('adjust', kind));
  const why = !person ? t('office.adjust.who') : !sum ? odd : !draft.why.trim() ? t('office.adjust.why') : !isTime && !draft.rule.trim() ? t('office.adjust.rule') : '';
  const send = async () => {
    if (why || busy) return;
    setBusy(true);
    setNote(null);
    try {
      const done = isTime && await act('daywork', { worker: person.worker, day: draft.day, minutes: sum, why: draft.why.trim() });
      if (!isTime) await act('adjust.add', { worker: person.worker, kind: draft.kind, sum: draft.sum.trim(), day: draft.day, why: draft.why.trim(), rule: draft.rule.trim() });
      if (done && done.decision && done.decision.held) setNote({ tone: 'amber', text: t('office.adjust.time.held') });
      else setNote({ tone: 'green', text: t(isTime ? 'office.adjust.time.entered' : 'office.adjust.entered', person.name, kindName(draft.kind), shown) });
      drop();
      keep({ ...empty, kind: draft.kind, day: draft.day });
      then();
      document.getElementById('adjust-worker').focus();
    } catch (e) {
      setNote({ tone: 'red', text: e.message });
    }
    setBusy(false);
  };
  useKeys({ 'Ctrl+Enter': send });
  return html`<h2>${t('office.adjust.new')}</h2>
    ${note ? html`<${Note} tone=${note.tone}>${note.text}</${Note}>` : null}
    <${Field} label=${t('office.adjust.worker')}><input id="adjust-worker" list="adjust-workers" autocomplete="off" value=${draft.worker} onInput=${(e) => keep({ worker: e.target.value })} />
      <datalist id="adjust-workers">${workers.map((one) => html`<option value=${one.name}>${one.worker}</option>`)}</datalist></${Field}>
    ${person ? html`<small class="why">${String(person.worker).padStart(3, '0')} ${person.name}</small>` : text ? html`<small class="why amber">${fits.length ? t('office.adjust.many', fits.length) : t('office.notfound', draft.worker)}</small>` : null}
    <div class="chips kinds">${[...KINDS, ...(may('daywork') ? [TIME] : [])].map((kind) => html`<button type="button" id=${`kind-${kind}`} class=${`chip${draft.kind === kind ? ' on' : ''}`} onClick=${() => keep({ kind })}>${kindName(kind)}</button>`)}</div>
    <div class="two"><${Field} label=${t(isTime ? 'office.adjust.hours.label' : 'office.adjust.yuan')} error=${draft.sum && !sum ? odd : ''}><input id="adjust-sum" inputmode="decimal" autocomplete="off" value=${draft.sum} onInput=${(e) => keep({ sum: e.target.value })} /></${Field}>
    <${Field} label=${t('office.col.day')}><input id="adjust-day" type="date" value=${draft.day} onInput=${(e) => keep({ day: e.target.value })} /></${Field}></div>
    <${Field} label=${t('office.col.why')}><input id="adjust-why" maxlength="60" value=${draft.why} onInput=${(e) => keep({ why: e.target.value })} /></${Field}>
    ${isTime ? null : html`<${Field} label=${t('office.col.rule')}><input id="adjust-rule" maxlength="60" value=${draft.rule} onInput=${(e) => keep({ rule: e.target.value })} /></${Field}>`}
    <${Button} main id="adjust-do" k="Ctrl Enter" why=${why} onClick=${send}>${t('office.adjust.enter', kindName(draft.kind), shown)}</${Button}>
    ${why ? html`<small class="why">${why}</small>` : html`<small class="why">${t(isTime ? 'office.adjust.time.next' : 'office.adjust.next')}</small>`}`;
}

function One({ row, then }) {
  const [draft, keep, drop] = useDraft(`strike.${row.id}`, { why: '' });
  const [error, setError] = useState('');
  const run = async (name, body) => {
    setError('');
    try {
      await act(name, { id_of: row.id, base: row.version, ...body });
      drop();
      then();
    } catch (e) {
      setError(e.message);
    }
  };
  const own = row.who === store.me.user ? t('office.adjust.own') : '';
  useKeys({ 'Ctrl+Enter': () => (may('adjust.approve') && state(row) === 0 && !own ? run('adjust.approve', {}) : false) });
  const pair = (label, value) => html`<dt>${label}</dt><dd>${value}</dd>`;
  return html`<h2>${row.name} <small>${word('adjust', row.kind)} ${fen(row.fen)}</small></h2>
    <dl class="pairs">${pair(t('office.col.day'), day(row.day))}${pair(t('office.col.why'), row.why)}${pair(t('office.col.rule'), row.rule)}${pair(t('office.adjust.by'), `${who(row.who)} ${moment(row.at)}`)}${pair(t('office.col.approver'), who(row.approver) || '—')}${pair(t('office.col.settled_fen'), fen(row.settled_fen))}</dl>
    ${error ? html`<${Note} tone="red">${error}</${Note}>` : null}
    ${may('adjust.approve') && state(row) === 0 ? html`<div class="acts"><${Button} main id="approve" k="Ctrl Enter" why=${own} onClick=${() => run('adjust.approve', {})}>${t('office.adjust.approve')}</${Button}></div>${own ? html`<small class="why">${own}</small>` : null}` : null}
    ${may('adjust.strike') && state(row) !== 2 ? html`<${Field} label=${t('office.adjust.strike.why')}><input id="strike-why" maxlength="60" value=${draft.why} onInput=${(e) => keep({ why: e.target.value })} /></${Field}>
      <${Button} harm id="strike" why=${draft.why.trim() ? '' : t('office.adjust.strike.needs')} onClick=${() => run('adjust.strike', { why: draft.why.trim() })}>${t('office.adjust.strike')}</${Button}>` : null}`;
}

export function Adjust() {
  const { query } = store.route;
  const q = (query.get('q') || '').trim().toLowerCase();
  const list = useList('adjustments', { limit: 2000 }, ['pay']);
  const workers = useList('workers', { limit: 2000 }, ['master']);
  const rows = (list.rows || []).filter((row) => !q || `${row.name} ${row.worker} ${row.why} ${row.rule}`.toLowerCase().includes(q));
  const row = rows.find((one) => String(one.id) === query.get('at'));
  useKeys({ KeyE: () => { location.href = csvHref('adjustments', {}); }, KeyN: () => { stay({ at: '' }); setTimeout(() => { const field = document.getElementById('adjust-worker'); if (field) field.focus(); }); }, Escape: () => stay({ at: '' }) });
  useFoot(t('office.adjust.foot'), [['↑ ↓', t('office.key.row')], ['N', t('office.adjust.new')], ['Ctrl+Enter', t('office.key.commit')], ['E', t('office.key.csv')], ['?', t('office.key.all')]]);
  const tone = (one) => ['amber', '', 'off'][state(one)];
  const columns = [
    { key: 'day', heading: t('office.col.day'), show: (one) => day(one.day) },
    { key: 'name', heading: t('office.col.name'), show: (one) => html`<b>${one.name || one.worker}</b>`, wide: true },
    { key: 'kind', heading: t('office.col.kind'), show: (one) => word('adjust', one.kind) },
    { key: 'fen', heading: t('office.col.fen'), right: true, show: (one) => html`<b class=${one.kind === 'bonus' ? '' : 'red'}>${fen(one.kind === 'bonus' ? one.fen : -one.fen)}</b>` },
    { key: 'settled_fen', heading: t('office.col.settled_fen'), right: true, narrow: true, show: (one) => (one.settled_fen ? fen(one.settled_fen) : html`<i>—</i>`) },
    { key: 'why', heading: t('office.col.why'), show: (one) => one.why, wide: true, narrow: true },
    { key: 'rule', heading: t('office.col.rule'), show: (one) => one.rule, wide: true, narrow: true },
    { key: 'state', heading: t('office.col.state'), show: (one) => html`<${Badge} tone=${tone(one)}>${word('adjust_state', one.state)}</${Badge}>` },
    { key: 'who', heading: t('office.adjust.by'), show: (one) => who(one.who), value: (one) => who(one.who), narrow: true },
    { key: 'approver', heading: t('office.col.approver'), show: (one) => who(one.approver) || html`<i>—</i>`, narrow: true },
  ];
  const waits = (list.rows || []).filter((one) => state(one) === 0).length;
  return html`<${PageHead} title=${t('office.page.adjust')} text=${list.rows ? t('office.adjust.about', rows.length, waits) : ''}>
      <a class="button" href="#" id="adjust-new" onClick=${(e) => { e.preventDefault(); stay({ at: '' }); }}>${t('office.adjust.new')} <${Key} k="N" /></a>
      <a class="button" href=${csvHref('adjustments', {})}>CSV <${Key} k="E" /></a></${PageHead}>
    <div class="columns">
      <section class="list">
        <${Table} name="adjustments" question=${q} columns=${columns} rows=${rows} rowKey=${(one) => String(one.id)} selected=${query.get('at')} onSelect=${(key) => stay({ at: key })} sort=${query.get('sort') || ''} onSort=${(s) => stay({ sort: s })}
          phone=${(one) => [`${one.name} · ${word('adjust', one.kind)}`, `${one.why} · ${word('adjust_state', one.state)}`, fen(one.fen)]} empty=${list.rows ? html`<${Empty}>${q ? t('office.notfound', q) : t('office.adjust.empty')}</${Empty}>` : null} />
      </section>
      ${row ? html`<${Whole} as="aside" name="side"><${One} key=${`${row.id}/${row.version}`} row=${row} then=${list.load} /></${Whole}>` : may('adjust.add') ? html`<${Whole} as="aside" name="side"><${Enter} workers=${workers.rows || []} then=${list.load} /></${Whole}>` : null}
    </div>`;
}
