// parts.js - the small parts that pages are made of.
import { h } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import htm from 'htm';
import { set, store } from './store.js';
import { count, t } from './words.js';

export const html = htm.bind(h);

export const Key = ({ k }) => html`<kbd>${k}</kbd>`;

// main: the one filled act of a page; harm: something that hurts; why: it can't be done now, and why.
export function Button({ main, harm, why, k, onClick, children, type, id }) {
  return html`<button type=${type || 'button'} id=${id} class=${main ? 'main' : harm ? 'harm' : ''} disabled=${!!why} title=${why || ''} onClick=${onClick}>
    ${children}${k ? html`<${Key} k=${k} />` : null}
  </button>`;
}

export const Chip = ({ on, href, children }) => html`<a class=${`chip${on ? ' on' : ''}`} href=${href}>${children}</a>`;

export const Badge = ({ tone, children }) => html`<span class=${`badge ${tone || ''}`}>${children}</span>`;

export const Note = ({ tone, children }) => html`<div class=${`note ${tone}`} role="status">${children}</div>`;

// A page's parts in one row, of which the open one is always in sight: on a phone the row is longer than the screen.
export function Tabs({ name, children }) {
  const nav = useRef(null);
  const seen = useRef('');
  useEffect(() => {
    const on = nav.current.querySelector('.on');
    if (!on || on.getAttribute('href') === seen.current) return;
    seen.current = on.getAttribute('href');
    const [place, room] = [on.getBoundingClientRect(), nav.current.getBoundingClientRect()];
    nav.current.scrollLeft += place.left - room.left - (room.width - place.width) / 2;
  });
  return html`<nav class=${name || 'tabs'} ref=${nav}>${children}</nav>`;
}

// What is empty, and the next useful thing.
export const Empty = ({ children }) => html`<div class="empty">${children}</div>`;

export function PageHead({ title, text, chips, children }) {
  return html`<div class="head"><h1>${title}</h1>${chips}${text ? html`<span class="about">${text}</span>` : null}<span class="grow" />${children}</div>`;
}

// The foot's sentence and keys belong to the page that stands.
export function useFoot(text, keys) {
  const key = JSON.stringify([text, keys, store.lang]);
  useEffect(() => set({ foot: { text, keys } }), [key]);
}

export function Field({ label, error, children }) {
  return html`<label class=${`field${error ? ' bad' : ''}`}><span>${label}</span>${children}${error ? html`<em>${error}</em>` : null}</label>`;
}

// A figure whose change shows for a moment.
export function Figure({ value, show }) {
  const before = useRef(value);
  const [isNew, setNew] = useState(false);
  useEffect(() => {
    if (before.current === value) return undefined;
    before.current = value;
    setNew(true);
    const timer = setTimeout(() => setNew(false), 600);
    return () => clearTimeout(timer);
  }, [value]);
  return html`<span class=${isNew ? 'changed' : ''}>${show(value)}</span>`;
}

export const Count = ({ value }) => html`<${Figure} value=${value} show=${(v) => (v ? count(v) : html`<i>—</i>`)} />`;

// Marks have the kiosk's shapes: stop octagon, rush pentagon, special with diamond ends.
export const Mark = ({ kind }) => html`<span class=${`mark ${kind}`}>${t(`office.mark.${kind}`)}</span>`; // texts: office.mark.*

// Which file: the browser's own control speaks the browser's language, so it lies unseen below a label of ours, and still has
// the keyboard. file: the one chosen.
export function FilePick({ label, id, accept, file, onPick }) {
  const pick = (e) => onPick(e.target.files[0] || null);
  return html`<div class="field"><span>${label}</span><div class="filepick"><label class="button">${t('office.file.choose')}<input type="file" id=${id} accept=${accept} aria-label=${label} onClick=${(e) => { e.target.value = ''; }} onChange=${pick} /></label>
    ${file ? html`<b>${file.name}</b>` : t('office.file.none')}</div></div>`;
}
