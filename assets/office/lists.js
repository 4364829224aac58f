// lists.js - the server's lists as pages read them, and the frames that show what is drawn of several only once each has
// answered: a page that knows half says what is not so.
import { createContext } from 'preact';
import { useContext, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { get } from './api.js';
import { useChanged } from './live.js';
import { html, Note } from './parts.js';
import { store } from './store.js';
import { t } from './words.js';

const LATE_MS = 1000; // after so long those that have answered don't wait for the rest any more
const Frame = createContext(null);

// What a frame's lists wait for; answers to questions asked together are drawn together. A list in it: {asked: answers it waits
// for, isThere: it has rows, isGone: its part isn't drawn any more, key: what was asked last, shown: what its rows answer, error, load}.
function frameMake(redraw) {
  const lists = new Set();
  let answers = [];
  let timer = 0;
  const give = () => {
    clearTimeout(timer);
    timer = 0;
    answers.splice(0).forEach(([, keep]) => keep());
    redraw();
  };
  const look = () => {
    const all = [...lists];
    const isWhole = all.every((one) => one.isThere || answers.some(([of]) => of === one));
    if (!all.some((one) => one.asked)) give();
    else if (answers.length && isWhole && !timer) timer = setTimeout(give, LATE_MS);
  };
  return {
    ask(one) {
      lists.add(one);
      one.asked += 1;
      redraw();
    },
    answer(one, keep) {
      one.asked -= 1;
      answers.push([one, keep]);
      look();
    },
    leave(one) {
      one.isThere = false;
      lists.delete(one);
      look();
    },
    state() {
      const all = [...lists];
      return { isComing: all.some((one) => !one.isThere), isOld: all.some((one) => one.shown !== one.key), failed: all.filter((one) => one.error) };
    },
  };
}

// An answer of the server as a part of its frame; asked again when one of the live topics changes. key: what is asked, null:
// nothing; ask: gives a promise of {...}. Gives that with `load`: what was answered stays while it is asked again, and where that fails.
export function useAsked(key, ask, topics) {
  const frame = useContext(Frame);
  const [state, setState] = useState({});
  const one = useRef({ asked: 0, isThere: false, isGone: false, key: null, shown: null, error: null }).current;
  const load = () => {
    if (!key || store.isOut || one.isGone) return;
    one.key = key;
    frame.ask(one);
    const keep = (change, answer) => frame.answer(one, () => {
      if (one.key !== key) return;
      Object.assign(one, change);
      if (answer) setState({ key, ...answer });
    });
    ask().then((answer) => keep({ isThere: true, shown: key, error: null }, answer), (error) => keep({ error }));
  };
  one.load = load;
  useLayoutEffect(() => {
    if (!key) frame.leave(one);
    load();
  }, [key, store.me.user, store.isOut]);
  useLayoutEffect(() => () => {
    one.isGone = true;
    frame.leave(one);
  }, []);
  useChanged(topics || [], load);
  return { ...state, load };
}

// A list: {rows, total, columns, params, next, load}. None is asked for without a name, and none that who looks may not read.
export function useList(name, query, topics, isAll) {
  const key = name && store.me.lists.includes(name) ? `${name}?${new URLSearchParams(query || {})}&${store.lang}` : null;
  return useAsked(key, () => (isAll ? listWhole(name, query) : get(`/api/list/${name}`, query)), topics);
}

// A list with all its pages as one answer.
async function listWhole(name, query) {
  const answer = await get(`/api/list/${name}`, query);
  let { next } = answer;
  while (next) {
    const more = await get(`/api/list/${name}`, { ...query, after: next });
    answer.rows.push(...more.rows);
    next = more.next;
  }
  return { ...answer, next: null };
}

// What could not be had, and trying again.
function Failed({ failed }) {
  const say = [...new Set(failed.map((one) => one.error.message))].join(' ');
  const again = (event) => {
    event.preventDefault();
    failed.forEach((one) => one.load());
  };
  return html`<${Note} tone="red">${say} <a href="#" onClick=${again}>${t('office.again')}</a></${Note}>`;
}

// An element (as: its tag) that is seen once each list which its parts read has answered, and is pale while it answers what was
// asked before; a list of an inner frame is that frame's. What fails is said in it; of what was there the last stays.
export function Whole({ as, name, id, children }) {
  const [shown, setShown] = useState({ isComing: false, isOld: false, failed: [] });
  const frame = useRef(null);
  if (!frame.current) {
    frame.current = frameMake(() => setShown((old) => {
      const next = frame.current.state();
      return old.isComing === next.isComing && old.isOld === next.isOld && !old.failed.length && !next.failed.length ? old : next;
    }));
  }
  const Tag = as || 'div';
  const how = shown.isComing ? ' coming' : shown.isOld ? ' old' : '';
  return html`<${Frame.Provider} value=${frame.current}><${Tag} class=${`${name || ''}${how}`} id=${id} aria-busy=${!!how}>
    ${shown.failed.length ? html`<${Failed} failed=${shown.failed} />` : shown.isComing ? html`<p class="wait">${t('office.wait')}</p>` : null}${children}</${Tag}></${Frame.Provider}>`;
}

// A part with lists of its own that comes and goes: what stands around it doesn't wait for them.
export const framed = (Part) => (props) => html`<${Whole}><${Part} ...${props} /></${Whole}>`;
