// search.js - the palette: one box for orders, customers and pages, answered while typing. Ctrl K from anywhere.
import { useEffect, useRef, useState } from 'preact/hooks';
import { get } from './api.js';
import { useKeys } from './keys.js';
import { html, Key, Mark } from './parts.js';
import { go, href } from './store.js';
import { count, day, sheet, t, word } from './words.js';

// Asks 60 ms after the last letter; only the newest answer counts.
export function useSearch(q) {
  const [state, setState] = useState({ q: '', orders: [], customers: [], readings: 0 });
  useEffect(() => {
    const text = q.trim();
    if (!text) {
      setState({ q: '', orders: [], customers: [], readings: 0 });
      return undefined;
    }
    let isOver = false;
    const timer = setTimeout(() => get('/api/search', { q: text }).then((answer) => !isOver && setState({ q: text, ...answer }), (error) => !isOver && setState((s) => ({ ...s, error }))), 60);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [q]);
  return state;
}

export function Palette({ close, pages, first }) {
  const [q, setQ] = useState(first || '');
  const [at, setAt] = useState(0);
  const input = useRef(null);
  const found = useSearch(q);
  useEffect(() => input.current && input.current.focus(), []);
  useEffect(() => setAt(0), [found.q]);
  const own = pages.filter((one) => q.trim() && one.text.toLowerCase().includes(q.trim().toLowerCase()));
  const rows = [
    ...found.orders.map((row) => ({ key: row.id, kind: 'order', row, open: () => go(`orders/${row.id}`) })),
    ...found.customers.map((row) => ({ key: `c${row.customer}`, kind: 'customer', row, open: () => go('masters/customers', { at: row.customer }) })),
    ...own.map((row) => ({ key: row.name, kind: 'page', row, open: () => go(row.name) })),
  ];
  const open = (one) => {
    close();
    one.open();
  };
  const key = (e) => {
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') setAt(Math.max(0, Math.min(rows.length - 1, at + (e.key === 'ArrowDown' ? 1 : -1))));
    else if (e.key === 'Enter' && rows[at] && !e.isComposing) open(rows[at]);
    else return;
    e.preventDefault();
    e.stopPropagation();
  };
  useKeys({ Escape: close });
  const line = (one) => {
    if (one.kind === 'order') return html`<b class="order">${sheet(one.row.id)}</b>${one.row.rush ? html`<${Mark} kind="rush" />` : null}${one.row.stops ? html`<${Mark} kind="stop" />` : null}<span>${one.row.customer} · ${one.row.product} ×${count(one.row.quantity)} <small>${one.row.id}</small></span><span class="grow" /><small>${word('found', one.row.why)} ${one.row.due ? day(one.row.due) : ''}</small>`; // texts: office.found.*
    if (one.kind === 'customer') return html`<b>${one.row.name}</b><span>${one.row.phone} <small>${one.row.address}</small></span><span class="grow" /><small>${t('office.col.customer')}</small>`;
    return html`<b>${one.row.text}</b><span class="grow" /><small>${t('office.search.page')}</small>`;
  };
  return html`<div class="over" onClick=${close}><div class="dialog palette" id="palette" onClick=${(e) => e.stopPropagation()}>
    <input id="find" ref=${input} value=${q} placeholder=${t('office.search.hint')} autocomplete="off" spellcheck="false" onInput=${(e) => setQ(e.target.value)} onKeyDown=${key} />
    ${found.readings > 1 && found.orders.length > 1 ? html`<p class="ink3">${t('office.search.readings', q.trim(), found.readings)}</p>` : null}
    ${found.error ? html`<p class="red">${found.error.message}</p>` : null}
    <ul>${rows.map((one, i) => html`<li key=${one.key} class=${i === at ? 'on' : ''} onMouseEnter=${() => setAt(i)} onClick=${() => open(one)}>${line(one)}</li>`)}</ul>
    ${q.trim() && found.q === q.trim() && !rows.length ? html`<p>${t('office.notfound', q.trim())} <a href=${href('register')} onClick=${close}>${t('office.page.register')}</a> <a href=${href('orders', { show: 'all' })} onClick=${close}>${t('office.page.orders')}</a></p>` : null}
    <p class="keys"><${Key} k="↑" /><${Key} k="↓" /> ${t('office.key.row')} <${Key} k="Enter" /> ${t('office.key.open')} <${Key} k="Esc" /> ${t('office.close')}</p>
  </div></div>`;
}

