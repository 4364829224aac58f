// decide.js - what becomes of held pieces: count all, some, or none, with a sentence that the worker reads.
import { useState } from 'preact/hooks';
import { act, useDraft } from './api.js';
import { useKeys } from './keys.js';
import { Button, Field, html, Note } from './parts.js';
import { store } from './store.js';
import { count, fen, t } from './words.js';

// row: of the list `held`. then: called once it is decided.
export function Decide({ row, then }) {
  const [draft, keep, drop] = useDraft(`decide.${row.event}`, { answer: 0, some: '', why: '' });
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const some = Number(draft.some);
  const counted = [0, row.held, 0, some][draft.answer];
  const money = (n) => fen(Math.floor((row.rate * n + 50) / 100));
  const isOdd = draft.answer === 3 && !(Number.isInteger(some) && some > 0 && some < row.held);
  const why = !draft.answer ? t('office.decide.choose') : isOdd ? t('office.decide.some', row.held - 1) : draft.answer !== 1 && !draft.why.trim() ? t('office.decide.why') : '';
  const answers = [null, t('office.decide.all', count(row.held), money(row.held)), t('office.decide.none'), t('office.decide.part')];
  const send = async () => {
    if (why || busy) return;
    setBusy(true);
    setError('');
    try {
      await act('decide', { refers: row.event, count: counted, why: draft.why.trim(), ...(row.decision ? { replaces: row.decision } : {}) });
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
    Digit3: () => (row.held > 1 ? keep({ answer: 3 }) : false),
    'Ctrl+Enter': send,
  });
  if (!store.me.acts.includes('/api/act/decide')) return null;
  return html`<div class="decide">
    <h2>${t('office.decide.title')}</h2>
    ${[1, 2, 3].filter((n) => n !== 3 || row.held > 1).map((n) => html`<button type="button" class=${`answer${draft.answer === n ? ' on' : ''}`} onClick=${() => keep({ answer: n })}><kbd>${n}</kbd>${answers[n]}</button>`)}
    ${draft.answer === 3 ? html`<${Field} label=${t('office.decide.n', row.held)} error=${draft.some && isOdd ? t('office.decide.some', row.held - 1) : ''}><input inputmode="numeric" id="some" value=${draft.some} onInput=${(e) => keep({ some: e.target.value })} /></${Field}>` : null}
    <${Field} label=${t('office.decide.sentence')}><input id="why" maxlength="60" value=${draft.why} onInput=${(e) => keep({ why: e.target.value })} /></${Field}>
    ${error ? html`<${Note} tone="red">${error}</${Note}>` : null}
    <${Button} main k="Ctrl Enter" id="decide" why=${why} onClick=${send}>${draft.answer ? t('office.decide.act', count(counted || 0), money(counted || 0)) : t('office.decide.title')}</${Button}>
    ${why ? html`<small class="why">${why}</small>` : null}
  </div>`;
}
