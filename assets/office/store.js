// store.js - the one place of state that pages share: who is logged in, language, address, how the line to the server is.
import { useEffect, useState } from 'preact/hooks';

const listeners = new Set();

export const store = {
  me: null, // /api/me, null: not logged in (yet)
  asked: false, // whether /api/me was answered once
  isOut: false, // the session ended while the page was open
  lang: 'zh',
  texts: {},
  route: { page: 'pay', path: [], query: new URLSearchParams() },
  live: { ok: true, since: 0, at: 0 }, // since: lost at; at: when it was heard last
  names: {}, // full names by login, of all who stood in an answer so far
  counts: {}, // what stands beside the rail's items
  foot: { text: '', keys: [] },
  second: null, // the act that waits for its second person
  note: null, // {kind, text}: one sentence above the page until it is closed
  clockOff: 0, // server's time minus this machine's
};

export function set(change) {
  Object.assign(store, change);
  listeners.forEach((listener) => listener());
}

// Draws the component again whenever something here changes.
export function useStore() {
  const [, again] = useState(0);
  useEffect(() => {
    const listener = () => again((n) => n + 1);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, []);
  return store;
}

// ---- the address: #/page/more?key=value holds filters, sort and selection

export function routeRead() {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  const parts = path.split('/').filter(Boolean).map(decodeURIComponent);
  set({ route: { page: parts[0] || '', path: parts.slice(1), query: new URLSearchParams(query || '') } });
}

export function href(page, query) {
  const text = new URLSearchParams(Object.entries(query || {}).filter(([, v]) => v !== '' && v != null)).toString();
  return `#/${page}${text ? `?${text}` : ''}`;
}

export function go(page, query) {
  location.hash = href(page, query);
}

// Changes parts of the query in place: a filter typed letter by letter makes no history.
export function stay(change) {
  const query = Object.fromEntries(store.route.query);
  Object.assign(query, change);
  const path = [store.route.page, ...store.route.path].map(encodeURIComponent).join('/');
  history.replaceState(null, '', href(path, query));
  routeRead();
}
