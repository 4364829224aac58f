// changes.js - what a change changed, field by field in words, old -> new; and the history of one record.
// texts: office.field.*, office.col.*, office.spec.*, office.noun.*, office.act.*, office.split.*, office.part.*
import { csvHref } from './api.js';
import { framed, useList } from './lists.js';
import { html } from './parts.js';
import { href, store } from './store.js';
import { count, day, fen, moment, rate, sheet, stamp, t, who, word } from './words.js';

const PERSON = /^(desk|maker|owner)$|_by$/; // by his login
const SECRET = /^[0-9a-f]{64}$/;
const dayOf = (number) => new Date(number * 86400000).toISOString().slice(0, 10);

function labelOf(key) {
  return store.texts[`office.field.${key}`] || store.texts[`office.col.${key}`] || store.texts[`office.spec.${key}`] || key;
}

// A kiosk's 64 bits as the page of kiosks writes them; the books keep them as a signed number, which no browser's number holds.
export const kioskOf = (digits) => BigInt.asUintN(64, BigInt(digits)).toString(16).padStart(16, '0');
const KIOSK = /("kiosk":)(-?\d{16,})/g;

// A list in words: [[10,"cut",2],[20,"bend",2]] -> 10 cut 2; 20 bend 2
const listed = (all) => all.map((each) => (Array.isArray(each) ? each.join(' ') : typeof each === 'object' ? JSON.stringify(each) : each)).join('; ');

// A column's value as people read it, by what its name says of it.
function shownOf(key, value) {
  if (value == null || value === '') return '—';
  if (typeof value === 'string') {
    if (key === 'kiosk' && /^-?\d{16,}$/.test(value)) return kioskOf(value);
    if (PERSON.test(key)) return who(value);
    if (['split', 'part'].includes(key) && store.texts[`office.${key}.${value}`]) return word(key, value);
    if (key === 'roles') return value.split(' ').map((role) => word('role', role)).join(' ');
    if (/^\[/.test(value) && Array.isArray(read(value).value)) return listed(read(value).value);
    return SECRET.test(value) ? t('office.audit.secret', value.slice(0, 8)) : value;
  }
  if (Array.isArray(value)) return listed(value);
  if (typeof value !== 'number') return JSON.stringify(value);
  if (/cfen$/.test(key)) return rate(value);
  if (/fen$/.test(key)) return fen(value);
  if (/_ms$/.test(key)) return stamp(value);
  if (/(^|_)day$/.test(key)) return day(dayOf(value));
  if (/^is_/.test(key) || ['rush', 'special', 'off'].includes(key)) return t(value ? 'office.yes' : 'office.no');
  if (['line', 'order_id'].includes(key) && value > 1e9) return sheet(refOf(value));
  return /number|worker|badge|^id$|kiosk|feed/.test(key) ? String(value) : count(value);
}

// 2603000102 -> 2603-0001-02
export function refOf(key) {
  const digits = String(key).padStart(10, '0');
  return `${digits.slice(0, 4)}-${digits.slice(4, 8)}-${digits.slice(8)}`;
}

function read(text) {
  try {
    const value = text ? JSON.parse(text.replace(KIOSK, '$1"$2"')) : {};
    return value && typeof value === 'object' && !Array.isArray(value) ? value : { value };
  } catch (e) {
    return { value: text };
  }
}

// What is kept as one text of JSON shows as its own fields.
function flat(record) {
  const out = {};
  Object.entries(record).forEach(([key, value]) => {
    if (typeof value === 'string' && /^\{/.test(value)) Object.assign(out, read(value));
    else out[key] = value;
  });
  return out;
}

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const nothing = (value) => value == null || value === '' || value === 0;

// [{key, label, old, now}]: old is undefined where the record was made.
export function changesOf(oldText, newText) {
  const old = flat(read(oldText));
  const now = flat(read(newText));
  const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  return keys.filter((key) => (oldText ? !same(old[key], now[key]) && !(nothing(old[key]) && nothing(now[key])) : !nothing(now[key])))
    .map((key) => ({ key, label: labelOf(key), old: oldText ? shownOf(key, old[key]) : undefined, now: shownOf(key, now[key]) }));
}

const one = (change) => html`<span class="change"><small>${change.label}</small> ${change.old !== undefined ? html`<del>${change.old}</del> → ` : null}<b>${change.now}</b></span> `;

export function Changes({ row, most = 100 }) {
  const all = changesOf(row.old_value, row.new_value);
  return html`<span class="changes">${!row.old_value ? html`<small>${t('office.audit.made')}</small> ` : null}${all.slice(0, most).map(one)}${all.length > most ? html`<small>${t('office.audit.more', all.length - most)}</small>` : null}</span>`;
}

const LISTS = { price: 'history-price', rate: 'history-pay', time_rate: 'history-pay', setting: 'history-pay', crew_split: 'history-pay', crew_coefficient: 'history-pay', user: 'audit' };

// Newest first; whoever may open the audit page goes on from here.
function HistoryOf({ noun, id, topics }) {
  const name = LISTS[noun] || 'history';
  const list = useList(name, { noun, key: id, limit: 8 }, topics || ['master']);
  if (!list.rows) return null;
  return html`<div class="history" id="history"><h3>${t('office.history')}${store.me.lists.includes('audit') ? html` <a href=${href('audit', { noun, key: id })}>${t('office.history.all')}</a>` : html` <a href=${csvHref(name, { noun, key: id })}>CSV</a>`}</h3>
    <ul class="plain">${list.rows.map((row) => html`<li key=${row.number}><small>${moment(row.at)} ${who(row.who)}</small><${Changes} row=${row} most=${6} /></li>`)}</ul></div>`;
}

export const History = framed(HistoryOf);
