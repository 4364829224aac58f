// correct.js - an entry is put right where its worker objected with reason: its count, its operation, its workers. What is left
// as it stands is not changed; 0 pieces: it never happened. Pay follows from the events alone.
import { framed, useList } from './lists.js';
import { Field, html } from './parts.js';
import { count, sheet, t } from './words.js';

const numbersOf = (text) => (text || '').split(/[\s,，、]+/).filter(Boolean).map((one) => Number(one.split(':')[0]));

// The entry that was objected to; where it was put right meanwhile, what says it now.
export function useEntry(event) {
  const first = useList(event ? 'fact' : null, { event }, ['floor', 'pay']);
  const row = event && first.rows && first.rows[0];
  const next = useList(row && row.cancelled ? 'fact' : null, { event: row ? row.cancelled : '' }, ['floor', 'pay']);
  const now = row && row.cancelled ? next.rows && next.rows[0] : row;
  return now && (now.kind === 'report' || now.kind === 'correct') ? now : null;
}

// What is typed and differs; why: what can't be. body null: nothing is to be changed.
export function correctionOf(entry, draft) {
  if (!entry) return { body: null, why: '' };
  const typed = { count: draft.count.trim(), op: draft.op.trim(), workers: draft.workers.trim() };
  const workers = numbersOf(typed.workers);
  if (typed.count && !/^\d{1,7}$/.test(typed.count)) return { body: null, why: t('office.correct.count') };
  if (typed.workers && workers.some((one) => !(Number.isInteger(one) && one > 0))) return { body: null, why: t('office.correct.workers') };
  const body = {
    ...(typed.count && Number(typed.count) !== entry.count ? { count: Number(typed.count) } : {}),
    ...(typed.op && Number(typed.op) !== entry.op ? { op: Number(typed.op) } : {}),
    ...(typed.workers && workers.join() !== numbersOf(entry.workers).join() ? { workers } : {}),
  };
  return { body: Object.keys(body).length ? { refers: entry.event, ...body } : null, why: '' };
}

function CorrectOf({ entry, draft, keep }) {
  const steps = (useList(entry ? 'progress' : null, { from: entry ? entry.line : '', to: entry ? entry.line : '', limit: 100 }, ['order']).rows || []).filter((row) => row.line === entry.line);
  const workers = useList('workers', { limit: 2000 }, ['master']).rows || [];
  if (!entry) return null;
  const names = Object.fromEntries(workers.map((row) => [row.worker, row.name]));
  const put = (name) => (e) => keep({ [name]: e.target.value });
  const said = numbersOf(draft.workers || entry.workers);
  return html`<fieldset><legend>${t('office.correct.title', sheet(entry.line))}</legend><div class="answerline">
      <${Field} label=${t('office.correct.pieces', count(entry.count))}><input id="correct-count" inputmode="numeric" value=${draft.count} placeholder=${entry.count} onInput=${put('count')} /></${Field}>
      <${Field} label=${t('office.col.op_name')}><select id="correct-op" value=${draft.op || entry.op} onChange=${put('op')}>${steps.map((row) => html`<option key=${row.op} value=${row.op}>${row.op} ${row.op_name}</option>`)}</select></${Field}>
      <${Field} label=${t('office.correct.who')}><input id="correct-workers" value=${draft.workers} placeholder=${numbersOf(entry.workers).join(' ')} onInput=${put('workers')} /></${Field}></div>
    <small class="ink3">${said.map((one) => names[one] || one).join(' · ')}</small></fieldset>`;
}

export const Correct = framed(CorrectOf);
