// api.js - asks the server, and hands it acts that survive a lost answer, a closed browser and a lost session.
import { useState } from 'preact/hooks';
import { set, store } from './store.js';
import { t } from './words.js';

// status 0: no answer came.
export class Refusal extends Error {
  constructor(status, answer) {
    super(answer && answer.text ? answer.text : status ? t('office.error.status', status) : t('office.error.line'));
    this.status = status;
    this.say = answer && answer.say;
    this.answer = answer || {};
  }
}

// What the server says; a browser's own words for a line that is cut help nobody.
async function asked(path, options) {
  let response = null;
  let body = null;
  try {
    response = await fetch(path, options);
  } catch (e) {
    throw new Refusal(0, null);
  }
  try {
    body = await response.json();
  } catch (e) {
    if (response.ok) throw new Refusal(502, null); // a portal's page with status 200 is no answer
  }
  if (response.ok) return body;
  if (response.status === 401 && store.me) set({ isOut: true });
  throw new Refusal(response.status, body);
}

const head = () => ({ 'Accept-Language': store.lang });

export async function get(path, query) {
  const text = new URLSearchParams(query || {}).toString();
  const answer = await asked(`${path}${text ? `?${text}` : ''}`, { headers: head(), cache: 'no-store' });
  if (answer.names) Object.assign(store.names, answer.names);
  return answer;
}

export async function post(path, body, type) {
  const headers = { ...head(), 'Content-Type': type || 'application/json' };
  if (store.me) headers['Baogong-Csrf'] = store.me.csrf;
  return asked(path, { method: 'POST', headers, body: type ? body : JSON.stringify(body) });
}

// ---- acts: the id is made once, here; what has no answer yet is kept on this machine and sent again

const WAITING = 'baogong.acts';
const SECOND = 428; // a second person is needed

function waiting() {
  try {
    return JSON.parse(localStorage.getItem(WAITING)) || [];
  } catch (e) {
    return [];
  }
}

function waitingKeep(acts) {
  localStorage.setItem(WAITING, JSON.stringify(acts));
}

export function idMake() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join('');
}

// what: what a second person confirms, in words, where the act takes two.
export async function act(name, body, what) {
  const one = { name, user: store.me.user, body: { id: idMake(), ...body } };
  waitingKeep([...waiting(), one]);
  try {
    return await actSend(one);
  } catch (e) {
    if (e.status !== SECOND) throw e;
    return actOfTwo(one, what, e);
  }
}

// The second person is asked on the spot; his word is good for this act alone and isn't kept.
async function actOfTwo(one, what, refusal) {
  const second = await new Promise((done) => set({ second: { name: one.name, id: one.body.id, what, done } }));
  set({ second: null });
  if (!second) throw refusal;
  waitingKeep([...waiting(), one]);
  return actSend(one, second);
}

// Only a word of the server ends it: "done", or "no". No line, a busy server or a lost session leave it waiting.
async function actSend(one, second) {
  const done = () => waitingKeep(waiting().filter((other) => other.body.id !== one.body.id));
  try {
    const answer = await post(`/api/act/${one.name}`, second ? { ...one.body, second } : one.body);
    done();
    return answer;
  } catch (e) {
    const isFinal = e instanceof Refusal && e.status >= 400 && e.status < 500 && ![401, 408, 429].includes(e.status);
    if (isFinal) done();
    throw e;
  }
}

// What an earlier page of this user could not bring to its end.
export async function actsAgain() {
  for (const one of waiting()) {
    if (!store.me || one.user !== store.me.user) continue;
    try {
      await actSend(one);
      set({ note: { kind: 'blue', text: t('office.act.late') } });
    } catch (e) {
      if (e instanceof Refusal && e.status < 500 && ![401, 408, 429].includes(e.status)) set({ note: { kind: 'red', text: e.message } });
    }
  }
}

// ---- files

export function csvHref(name, query) {
  return `/api/csv/${name}?${new URLSearchParams({ ...query, lang: store.lang })}`;
}

export function xlsxHref(name, query) {
  return `/api/xlsx/${name}?${new URLSearchParams({ ...query, lang: store.lang })}`;
}

export function pdfHref(name, query) {
  return `/api/pdf/${name}?${new URLSearchParams({ ...query, lang: store.lang })}`;
}

// ---- drafts: what is typed is kept on this machine

export function useDraft(name, empty) {
  const key = `baogong.draft.${name}`;
  const [value, setValue] = useState(() => {
    try {
      return { ...empty, ...JSON.parse(localStorage.getItem(key)) };
    } catch (e) {
      return empty;
    }
  });
  const keep = (change) =>
    setValue((old) => {
      const next = { ...old, ...change };
      localStorage.setItem(key, JSON.stringify(next));
      return next;
    });
  const drop = () => {
    localStorage.removeItem(key);
    setValue(empty);
  };
  return [value, keep, drop];
}
