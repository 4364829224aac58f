// decide.js - what becomes of what waits: pieces held, bad pieces whose fault is open, objections to pay, day work; with a
// sentence that the worker reads. Keys 1 2 3 choose, Ctrl Enter decides.
import { useState } from 'preact/hooks';
import { act, useDraft } from './api.js';
import { Correct, correctionOf, useEntry } from './correct.js';
import { useKeys } from './keys.js';
import { framed, useList } from './lists.js';
import { Button, Field, html, Note } from './parts.js';
import { store } from './store.js';
import { count, fen, t } from './words.js';

const money = (row, n) => fen(Math.floor((row.rate * n + 50) / 100));
const badRows = (row) => (row.bad_rows || '').split(' ').filter(Boolean).map((one) => one.split(':').map(Number));

// 185 -> 3:05
export const hours = (minutes) => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;

// Of pieces and day work: all, none, or some.
function counting(row, draft) {
  const isTime = row.matter === 3;
  const some = Number(draft.some);
  const isOdd = draft.answer === 3 && !(Number.isInteger(some) && some > 0 && some < row.most);
  const n = [0, row.most, 0, some][draft.answer] || 0;
  const shown = (one) => (isTime ? hours(one) : count(one));
  return {
    answers: [isTime ? t('office.decide.time.all', hours(row.most)) : t('office.decide.all', count(row.most), money(row, row.most)), t('office.decide.none'), row.most > 1 ? t('office.decide.part') : null],
    isOdd, some: isOdd || draft.answer === 3,
    why: isOdd ? t('office.decide.some', row.most - 1) : draft.answer !== 1 && !draft.why.trim() ? t('office.decide.why') : '',
    body: { count: n },
    act: isTime ? t('office.decide.time.act', shown(n)) : t('office.decide.act', count(n), money(row, n)),
  };
}

// Of bad pieces: whose fault [R14]. As the reporter proposed, the material's, or his own.
function fault(row, draft) {
  const rows = badRows(row);
  const at = { 1: (one) => one[2], 2: () => 0, 3: () => row.op }[draft.answer];
  const ops = [...new Set(rows.map((one) => one[2]))].map((op) => (op ? String(op) : t('office.decide.bad.nobody'))).join(' ');
  return {
    answers: [t('office.decide.bad.proposed', ops), t('office.decide.bad.material', money(row, row.most)), t('office.decide.bad.own')],
    why: draft.answer === 3 && !draft.why.trim() ? t('office.decide.why') : '',
    body: { count: rows.reduce((n, one) => n + one[0], 0), bad: at ? rows.map((one) => [one[0], one[1], at(one)]) : [] },
    act: t('office.decide.bad.act', count(row.most)),
  };
}

// Of an objection: he is right, or not; either with a sentence.
function objection(row, draft) {
  return {
    answers: [t('office.decide.object.yes'), t('office.decide.object.no'), null],
    why: draft.why.trim() ? '' : t('office.decide.why'),
    body: { count: draft.answer === 1 ? 1 : 0 },
    act: t('office.decide.object.act'),
  };
}

// row: of the list `held`. then: called once it is decided.
function DecideOf({ row, then }) {
  const [draft, keep, drop] = useDraft(`decide.${row.event}.${row.matter}`, { answer: 0, some: '', why: '', count: '', op: '', workers: '' });
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const reasons = useList(row.matter === 1 ? 'reasons' : null, { limit: 200 }, ['master']);
  const names = Object.fromEntries((reasons.rows || []).map((one) => [one.number, store.lang === 'en' ? one.name_en : one.name_zh]));
  const matter = row.matter === 1 ? fault(row, draft) : row.matter === 2 ? objection(row, draft) : counting(row, draft);
  const entry = useEntry(row.matter === 2 ? row.refers : '');
  const fix = row.matter === 2 && draft.answer === 1 ? correctionOf(entry, draft) : null;
  const why = !draft.answer ? t('office.decide.choose') : (fix && fix.why) || matter.why;
  const send = async () => {
    if (why || busy) return;
    setBusy(true);
    setError('');
    try {
      if (fix && fix.body) await act('correct', { ...fix.body, why: draft.why.trim() });
      await act('decide', { refers: row.event, ...matter.body, why: draft.why.trim(), ...(row.decision ? { replaces: row.decision } : {}) });
      drop();
      then();
    } catch (e) {
      setError(e.message);
    }
    setBusy(false);
  };
  useKeys({
    Digit1: () => keep({ answer: 1 }),
    Digit2: () => keep({ answer: 2 }),
    Digit3: () => (matter.answers[2] ? keep({ answer: 3 }) : false),
    'Ctrl+Enter': send,
  });
  if (!store.me.acts.includes('/api/act/decide') || (row.matter !== 1 && !store.me.acts.includes('/api/act/correct'))) return null; // quality and supervisors decide about faults alone
  return html`<div class="decide">
    <h2>${t(row.matter === 1 ? 'office.decide.bad' : row.matter === 2 ? 'office.decide.object' : 'office.decide.title')}</h2>
    ${row.matter === 1 ? html`<p class="about">${badRows(row).map(([n, reason, op]) => html`<span class="share">${count(n)} × ${names[reason] || reason}${op ? ` → ${op}` : ''}</span>`)}</p>` : null}
    ${matter.answers.map((text, i) => (text ? html`<button type="button" class=${`answer${draft.answer === i + 1 ? ' on' : ''}`} onClick=${() => keep({ answer: i + 1 })}><kbd>${i + 1}</kbd>${text}</button>` : null))}
    ${matter.some ? html`<${Field} label=${row.matter === 3 ? t('office.decide.minutes', row.most) : t('office.decide.n', row.most)} error=${draft.some && matter.isOdd ? t('office.decide.some', row.most - 1) : ''}><input inputmode="numeric" id="some" value=${draft.some} onInput=${(e) => keep({ some: e.target.value })} /></${Field}>` : null}
    ${row.matter === 2 && draft.answer === 1 ? html`<${Correct} entry=${entry} draft=${draft} keep=${keep} />` : null}
    <${Field} label=${t('office.decide.sentence')}><input id="why" maxlength="60" value=${draft.why} onInput=${(e) => keep({ why: e.target.value })} /></${Field}>
    ${error ? html`<${Note} tone="red">${error}</${Note}>` : null}
    <${Button} main k="Ctrl Enter" id="decide" why=${why} onClick=${send}>${draft.answer ? matter.act : t('office.decide.title')}</${Button}>
    ${why ? html`<small class="why">${why}</small>` : null}
  </div>`;
}

export const Decide = framed(DecideOf);
