// app.js - the shell: who may open what, the rail, the search field, the clock, and the page that the address names.
import { render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { actsAgain, get, post } from './api.js';
import { useKeys } from './keys.js';
import { Whole } from './lists.js';
import { liveOpen, useChanged } from './live.js';
import { Button, html, Key, Note } from './parts.js';
import { href, routeRead, set, stay, store, useStore } from './store.js';
import { age, clock, t } from './words.js';
import { Login } from './login.js';
import { Pay } from './pay.js';
import { Worker } from './worker.js';
import { Held } from './held.js';
import { Orders } from './orders.js';
import { Order } from './order.js';
import { Kiosks } from './kiosks.js';
import { Import } from './import.js';
import { Users } from './users.js';
import { Workers } from './workers.js';
import { Exceptions } from './exceptions.js';
import { Cases } from './cases.js';
import { Masters } from './masters.js';
import { Audit } from './audit.js';
import { Adjust } from './adjust.js';
import { Balance } from './balance.js';
import { Rates } from './rates.js';
import { Reports } from './reports.js';
import { Second } from './second.js';
import { NewOrder } from './neworder.js';
import { Register } from './register.js';
import { Review } from './review.js';
import { Plan } from './plan.js';
import { Change, Changes } from './change.js';
import { Shipping } from './shipping.js';
import { Palette } from './search.js';
import { Guide } from './guide.js';
import { Finance } from './finance.js';
import { Today } from './today.js';

// To add a page: a row. list: who may read that list may open the page; act: who may do that. group: parted by a line.
// letter: G and that letter opens it. texts: office.page.*
const PAGES = [
  { name: 'guide', isDemo: true, view: Guide, letter: 'Y', group: 1 },
  { name: 'today', list: 'todo', view: Today, letter: 'T', group: 1, count: 'todo' },
  { name: 'orders', list: 'orders', view: Orders, sub: ({ name }) => (store.route.path[0] === 'new' ? html`<${NewOrder} />` : html`<${Order} name=${name} />`), letter: 'O', group: 1 },
  { name: 'register', list: 'register', view: Register, letter: 'D', group: 1 },
  { name: 'review', list: 'drafts', view: Review, letter: 'V', group: 1 },
  { name: 'plan', list: 'plan', view: Plan, letter: 'N', group: 1 },
  { name: 'changes', list: 'changes', view: Changes, sub: Change, letter: 'C', group: 1, count: 'changes' },
  { name: 'held', list: 'held', view: Held, letter: 'H', group: 1, count: 'held' },
  { name: 'exceptions', list: 'exceptions', view: Exceptions, letter: 'X', group: 1, count: 'exceptions' },
  { name: 'cases', list: 'cases', view: Cases, letter: 'Q', group: 1 },
  { name: 'finance', list: 'transfers-open', view: Finance, letter: 'F', group: 2, count: 'money' },
  { name: 'shipping', list: 'ship-orders', view: Shipping, letter: 'S', group: 2 },
  { name: 'pay', list: 'wages', view: Pay, sub: Worker, letter: 'P', group: 2 },
  { name: 'adjust', list: 'adjustments', view: Adjust, letter: 'J', group: 2 },
  { name: 'balance', list: 'balance', view: Balance, letter: 'B', group: 2 },
  { name: 'rates', list: 'rate-changes', view: Rates, letter: 'R', group: 2 },
  { name: 'reports', list: 'report-day', view: Reports, sub: Reports, letter: 'E', group: 2 },
  { name: 'import', act: '/api/import/*', view: Import, letter: 'I', group: 3 },
  { name: 'masters', list: 'products', view: Masters, letter: 'M', group: 3 },
  { name: 'workers', list: 'workers', view: Workers, letter: 'W', group: 3 },
  { name: 'kiosks', list: 'kiosks', view: Kiosks, letter: 'K', group: 3, count: 'kiosks' },
  { name: 'users', list: 'users', view: Users, letter: 'U', group: 3 },
  { name: 'audit', list: 'audit', view: Audit, letter: 'A', group: 3 },
];

// Languages and their keys; the texts of each are a PO file of assets/text.
const LANGS = { zh: '中', en: 'EN' };

const mayOpen = (page) => (page.isDemo ? store.me.guide !== '' : page.list ? store.me.lists.includes(page.list) : store.me.acts.includes(page.act));
// A phone's bar has room for five.
const HOME = ['today', 'orders', 'review', 'pay', 'held', 'kiosks'];
const barOf = () => PAGES.filter((one) => HOME.includes(one.name) && mayOpen(one)).sort((a, b) => HOME.indexOf(a.name) - HOME.indexOf(b.name)).slice(0, 4);
const home = () => PAGES.find((page) => HOME.includes(page.name) && mayOpen(page) && page.name === 'pay') || PAGES.find((page) => !page.isDemo && mayOpen(page));

async function textsLoad(lang) {
  const texts = await get(`/api/texts/${lang}`);
  document.documentElement.lang = lang;
  document.title = texts['office.name'];
  set({ lang, texts });
}

function langSet(lang) {
  localStorage.setItem('baogong.lang', lang);
  textsLoad(lang);
}

export async function meLoad() {
  try {
    const me = await get('/api/me');
    const isBack = !store.me || store.isOut;
    set({ me, asked: true, isOut: false, clockOff: me.now - Date.now() });
    if (!isBack) return;
    liveOpen();
    actsAgain();
  } catch (e) {
    set({ asked: true });
  }
}

// ---- parts of the shell

function Rail({ page, letters }) {
  const mine = PAGES.filter(mayOpen);
  const item = (one, i) => html`${i && mine[i - 1].group !== one.group ? html`<hr />` : null}
    <a class=${one === page ? 'on' : ''} href=${href(one.name)}><span>${t(`office.page.${one.name}`)}</span>
    ${letters ? html`<${Key} k=${one.letter} />` : one.count && store.counts[one.count] ? html`<em class=${one.count}>${store.counts[one.count]}</em>` : null}</a>`;
  return html`<nav class="rail">
    <div class="brand"><img src="/office/icon.svg" width="20" height="20" alt="" />${t('office.name')}</div>
    ${mine.map(item)}
    <div class="who"><b>${store.me.full || store.me.user}</b><small>${store.me.roles.map((role) => t(`office.role.${role}`)).join(' ')}</small>
    <a href="#" onClick=${leave}>${t('office.logout')}</a></div>
  </nav>`;
}

async function leave(event) {
  event.preventDefault();
  await post('/api/logout', {});
  set({ me: null });
}

function Clock() {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), 5000);
    return () => clearInterval(timer);
  }, []);
  const lost = !store.live.ok && Date.now() - store.live.since > 5000;
  return lost
    ? html`<span class="line lost"><i />${t('office.lost', age(Date.now() - store.live.since), clock(store.live.at + store.clockOff))}</span>`
    : html`<span class="line"><i />${t('office.live', clock(Date.now() + store.clockOff))}</span>`;
}

// Escape empties the field and leaves it; it doesn't leave the page.
function leaveSearch(event) {
  if (event.code !== 'Escape') return;
  event.stopPropagation();
  stay({ q: '' });
  event.target.blur();
}

function Top() {
  const input = useRef(null);
  useKeys({ Slash: () => input.current.focus() });
  const q = store.route.query.get('q') || '';
  return html`<header class="top">
    <label class="search"><svg width="16" height="16" viewBox="0 0 24 24" aria-hidden="true"><circle cx="10" cy="10" r="6.5" /><path d="M15.5 15.5L21 21" /></svg>
      <input id="search" ref=${input} value=${q} placeholder=${t('office.search')} autocomplete="off" spellcheck="false"
        onInput=${(e) => stay({ q: e.target.value })} onKeyDown=${leaveSearch} />
      <${Key} k="/" /></label>
    <span class="grow" />
    <${Clock} />
    <span class="langs">${Object.entries(LANGS).map(([lang, key]) => html`<button type="button" class=${store.lang === lang ? 'on' : ''} onClick=${() => langSet(lang)}>${key}</button>`)}</span>
  </header>`;
}

function Foot() {
  return html`<footer class="foot"><span class="text" title=${store.foot.text}>${store.foot.text}</span><span class="grow" />${store.foot.keys.map(([keys, text]) => html`<span class="keys">${keys.split(' ').map((k) => html`<${Key} k=${k} />`)}${text}</span>`)}</footer>`;
}

function Strip() {
  if (store.live.ok || Date.now() - store.live.since < 5000) return null;
  return html`<div class="strip" role="status">${t('office.lost.strip')} <${Button} onClick=${() => liveOpen()}>${t('office.again')}</${Button}></div>`;
}

// What keeps the server from taking or booking, as a full disk: whoever sees it can tell somebody.
let trouble = ''; // outlives the page

function Trouble() {
  const [say, setSay] = useState(trouble);
  useEffect(() => {
    const load = async () => {
      try {
        const health = await get('/api/health');
        trouble = health.trouble ? health.trouble.text : '';
      } catch (e) {
        trouble = ''; // the line to the server says so itself
      }
      setSay(trouble);
    };
    load();
    const timer = setInterval(load, 15000);
    return () => clearInterval(timer);
  }, [store.lang]);
  return say ? html`<${Note} tone="red"><span id="trouble">${t('office.trouble', say)}</span></${Note}>` : null;
}

// A phone's bar: four pages, and everything else behind the fifth.
function Bar({ page, more }) {
  const item = (one) => html`<a class=${one === page ? 'on' : ''} href=${href(one.name)}>${t(`office.page.${one.name}`)}${one.count && store.counts[one.count] ? html`<em>${store.counts[one.count]}</em>` : null}</a>`;
  return html`<nav class="bar">${barOf().map(item)}
    <a href="#" id="more" class=${barOf().includes(page) ? '' : 'on'} onClick=${(e) => { e.preventDefault(); more(); }}>${t('office.more')}</a></nav>`;
}

function More({ close }) {
  useKeys({ Escape: close });
  return html`<div class="over" onClick=${close}><nav class="dialog more">${PAGES.filter(mayOpen).map((one) => html`<a href=${href(one.name)}>${t(`office.page.${one.name}`)}</a>`)}
    <a href="#" onClick=${leave}>${t('office.logout')} ${store.me.full || store.me.user}</a></nav></div>`;
}

function Help({ close }) {
  useKeys({ Escape: close, 'Shift+Slash': close });
  const all = new Map([...store.foot.keys, ['/', t('office.key.search')], ['Ctrl K', t('office.key.palette')], ['G', t('office.key.go')], ['Esc', t('office.key.back')], ['?', t('office.key.all')]]);
  return html`<div class="over" onClick=${close}><div class="dialog" onClick=${(e) => e.stopPropagation()}><h2>${t('office.key.all')}</h2>
    <dl class="help">${[...all].map(([keys, text]) => html`<dt>${keys.split(' ').map((k) => html`<${Key} k=${k} />`)}</dt><dd>${text}</dd>`)}</dl></div></div>`;
}

// What stands beside the rail's items: pieces held, kiosks that wait for the office.
function useCounts() {
  const load = async () => {
    const counts = {};
    try {
      if (store.me.lists.includes('todo')) counts.todo = (await get('/api/list/todo', { limit: 2000 })).rows.length;
      if (store.me.lists.includes('changes')) counts.changes = (await get('/api/list/changes', { limit: 2000 })).rows.length;
      if (store.me.lists.includes('held')) counts.held = (await get('/api/list/held', { limit: 1 })).total.rows;
      if (store.me.lists.includes('exceptions')) counts.exceptions = (await get('/api/list/exceptions', { limit: 2000 })).rows.length;
      if (store.me.lists.includes('kiosks')) counts.kiosks = (await get('/api/list/kiosks')).rows.filter((row) => row.state === 1).length;
      if (store.me.lists.includes('transfers-open')) counts.money = (await get('/api/list/transfers-open', { limit: 1 })).total.rows;
      set({ counts });
    } catch (e) {
      // the pages themselves say what is wrong; an old figure stays
    }
  };
  useEffect(() => {
    load();
  }, [store.me.user]);
  useChanged(['exception', 'pay', 'kiosk', 'order', 'stop', 'money'], load);
}

function Shell() {
  const [letters, setLetters] = useState(false);
  const [help, setHelp] = useState(false);
  const [more, setMore] = useState(false);
  const [palette, setPalette] = useState(false);
  useCounts();
  useEffect(() => {
    const timer = setInterval(meLoad, 600000); // the day may have changed, or the roles
    return () => clearInterval(timer);
  }, []);
  const byLetter = Object.fromEntries(PAGES.map((page) => [`Key${page.letter}`, () => {
    if (!letters || !mayOpen(page)) return false;
    setLetters(false);
    location.hash = href(page.name);
    return true;
  }]));
  useKeys({ ...byLetter, KeyG: () => setLetters(!letters), 'Shift+Slash': () => setHelp(true), 'Ctrl+KeyK': () => setPalette(true), Escape: () => (letters ? setLetters(false) : false) });
  const page = PAGES.find((one) => one.name === store.route.page && mayOpen(one)) || home();
  if (!page) return html`<div class="alone"><${Note} tone="amber">${t('office.nothing')}</${Note}></div>`;
  const View = store.route.path.length && page.sub ? page.sub : page.view;
  return html`<div class="shell">
    <${Rail} page=${page} letters=${letters} />
    <${Top} />
    <${Whole} as="main" name="page" id=${`page-${page.name}`} key=${`${page.name}/${store.route.path.join('/')}`}>
      <${Strip} />
      <${Trouble} />
      ${store.note ? html`<${Note} tone=${store.note.kind}>${store.note.text} <a href="#" onClick=${(e) => { e.preventDefault(); set({ note: null }); }}>${t('office.close')}</a></${Note}>` : null}
      <${View} name=${page.name} list=${page.list} />
    </${Whole}>
    <${Foot} />
    <${Bar} page=${page} more=${() => setMore(true)} />
    ${more ? html`<${More} close=${() => setMore(false)} />` : null}
    ${palette ? html`<${Palette} pages=${PAGES.filter(mayOpen).map((one) => ({ name: one.name, text: t(`office.page.${one.name}`) }))} close=${() => setPalette(false)} />` : null}
    ${help ? html`<${Help} close=${() => setHelp(false)} />` : null}
  </div>`;
}

// The page below a lost session stays as it is, with all that was typed.
function App() {
  useStore();
  if (!store.texts['office.name'] || !store.asked) return null;
  const link = location.pathname.match(/^\/login\/(.+)$/);
  if (link) return html`<${Login} token=${link[1]} then=${meLoad} />`;
  if (!store.me) return html`<${Login} then=${meLoad} />`;
  return html`<${Shell} />${store.second ? html`<${Second} key=${store.second.id} />` : null}${store.isOut ? html`<div class="over"><${Login} then=${meLoad} name=${store.me.user} /></div>` : null}`;
}

addEventListener('hashchange', routeRead);
routeRead();
const kept = localStorage.getItem('baogong.lang');
start();

async function start() {
  await textsLoad([kept, navigator.language.slice(0, 2)].find((lang) => lang in LANGS) || 'zh');
  await meLoad();
  render(html`<${App} />`, document.getElementById('app'));
}
