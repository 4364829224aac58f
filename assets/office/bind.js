// bind.js - whose a spare badge was: what is held because nobody named it becomes that worker's, for the whole shift.
import { useState } from 'preact/hooks';
import { act, useDraft } from './api.js';
import { useList } from './lists.js';
import { Button, Field, html, Note } from './parts.js';
import { store } from './store.js';
import { day, t } from './words.js';

// The badge of the row that no worker is known for; '' where there is none.
export function unnamedBadge(row) {
  const workers = (row.workers || '').split(' ');
  const at = workers.findIndex((one) => one.split(':')[0] === '0');
  const badge = at < 0 ? '' : (row.badges || '').split(' ')[at] || '';
  return /[1-9]/.test(badge) ? badge : '';
}

export function Bind({ row, then }) {
  const badge = unnamedBadge(row);
  const workers = useList(badge ? 'workers' : null, { limit: 2000 }, ['master']);
  const [draft, keep, drop] = useDraft(`bind.${badge}.${row.day}`, { worker: '' });
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  if (!badge || !store.me.acts.includes('/api/act/bind')) return null;
  const send = async () => {
    setBusy(true);
    setError('');
    try {
      await act('bind', { badge: Number(badge), worker: Number(draft.worker), day: row.day });
      drop();
      then();
    } catch (e) {
      setError(e.message);
    }
    setBusy(false);
  };
  return html`<div class="decide">
    <h2>${t('office.bind')}</h2>
    <p class="about">${t('office.bind.about', badge.slice(-4), day(row.day))}</p>
    <${Field} label=${t('office.col.worker')}><select id="bind-worker" value=${draft.worker} onChange=${(e) => keep({ worker: e.target.value })}><option value="">—</option>${(workers.rows || []).map((one) => html`<option value=${one.worker}>${one.worker} ${one.name}</option>`)}</select></${Field}>
    ${error ? html`<${Note} tone="red">${error}</${Note}>` : null}
    <${Button} id="bind" why=${draft.worker ? (busy ? t('office.wait') : '') : t('office.bind.choose')} onClick=${send}>${t('office.bind.act')}</${Button}>
  </div>`;
}
