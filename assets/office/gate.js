// gate.js - the money gates as people see them: two lights an order (green square open, amber frame waiting, red octagon shut,
// hairline not asked), and choosing an order by its number as people say it (texts: office.light.*).
import { useEffect, useState } from 'preact/hooks';
import { get } from './api.js';
import { html } from './parts.js';
import { store } from './store.js';
import { fen, sheet, t } from './words.js';

const SHAPES = ['asked-not', 'is-open', 'is-waiting', 'is-shut'];

// which: production or dispatch; state: what the lists gates and lights say.
// isEarly: shut, and nobody needs it yet: red is for what blocks the next step now.
export const Light = ({ which, state, isEarly }) => html`<span class=${`light ${isEarly && Number(state) === 3 ? 'asked-not' : SHAPES[Number(state)] || 'asked-not'}`} title=${`${t(`office.col.${which}`)}: ${t(`office.light.${state}`)}`}>${t(`office.gate.${which}`)}</span>`; // texts: office.gate.*

// isMade, isAsked false: nobody wants to ship, or to make it, yet.
export const Lights = ({ row, isMade, isAsked }) => (row ? html`<span class="lights"><${Light} which="production" state=${row.production} isEarly=${isAsked === false} /><${Light} which="dispatch" state=${row.dispatch} isEarly=${isMade === false} /></span>` : null);

// What an order's lights would be with so much more.
export function lightsAfter(row, more) {
  if (row.worth == null) return { production: row.production, dispatch: row.dispatch };
  const sum = row.in_fen + more;
  return { production: sum >= row.deposit ? 1 : row.production, dispatch: sum >= row.worth ? 1 : row.dispatch };
}

// Yuan as typed -> fen; null where it is no sum. Full-width digits as they come from an input method.
export function sumRead(text) {
  const plain = (text || '').trim().replace(/[０-９．，]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/,/g, '');
  const match = plain.match(/^(\d{1,9})(?:\.(\d{1,2}))?$/);
  return match ? Number(match[1]) * 100 + Number((match[2] || '').padEnd(2, '0')) : null;
}
export const plain = (value) => (value == null ? '' : fen(value).replace(/,/g, '').replace('−', '-'));

// An order by its number, customer or phone: arrows and Enter choose.
export function OrderPick({ id, label, onPick, hint }) {
  const [text, setText] = useState('');
  const [rows, setRows] = useState(null);
  const [at, setAt] = useState(0);
  useEffect(() => {
    const q = text.trim();
    if (!q) {
      setRows(null);
      return undefined;
    }
    const timer = setTimeout(() => get('/api/search', { q }).then((answer) => { setRows(answer.orders.slice(0, 8)); setAt(0); }, () => null), 60);
    return () => clearTimeout(timer);
  }, [text]);
  const pick = (row) => {
    setText('');
    setRows(null);
    onPick(row);
  };
  const key = (e) => {
    if (!rows || !rows.length || e.isComposing) return;
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') setAt(Math.max(0, Math.min(rows.length - 1, at + (e.key === 'ArrowDown' ? 1 : -1))));
    else if (e.key === 'Enter') pick(rows[at]);
    else return;
    e.preventDefault();
    e.stopPropagation();
  };
  return html`<div class="field pick"><span>${label}</span>
    <input id=${id} value=${text} placeholder=${hint || t('office.money.order.hint')} autocomplete="off" spellcheck="false" onInput=${(e) => setText(e.target.value)} onKeyDown=${key} onBlur=${() => setTimeout(() => setRows(null), 200)} />
    ${rows && text ? html`<ul class="picks">${rows.map((row, i) => html`<li key=${row.id} class=${i === at ? 'on' : ''} onMouseDown=${() => pick(row)}><b>${sheet(row.id)}</b> ${row.customer} <small>${row.id}</small></li>`)}
      ${rows.length ? null : html`<li class="none">${t('office.notfound', text)}</li>`}</ul>` : null}</div>`;
}

// May he do that?
export const may = (name) => store.me.acts.includes(`/api/act/${name}`);
