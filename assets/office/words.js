// words.js - words, money, days and times as people read them here.
import { store } from './store.js';

// A text of the catalogue with {1}.. filled, {1|door|doors} chosen by the number; the id itself where it is missing.
export function t(id, ...args) {
  return (store.texts[id] || id).replace(/\{(\d)(?:\|([^|{}]*)\|([^|{}]*))?\}/g, (whole, n, one, more) => {
    const arg = args[n - 1];
    return arg === undefined ? whole : one === undefined ? arg : String(arg) === '1' ? one : more;
  });
}

// texts: office.role.*, office.verdict.*, office.how.*, office.tone.*, office.kind.*, office.kiosk_state.*,
// office.worker.*, office.sign.*, office.page.*, office.exception.*
export function word(prefix, value) {
  const id = `office.${prefix}.${value}`;
  return store.texts[id] || String(value);
}

// Who did it, by his full name; two for an act of two. Lists bring the names of those who stand in them.
export function who(login) {
  return (login || '').split(',').filter(Boolean).map((one) => store.names[one] || (one === 'console' ? t('office.audit.console') : one)).join(t('office.and'));
}

const thousands = (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ',');

// 1234567 -> 12,345.67, with a true minus. No floating numbers: money stays whole.
export function fen(value) {
  if (value == null) return '—';
  const digits = String(Math.abs(value)).padStart(3, '0');
  return `${value < 0 ? '−' : ''}${thousands(digits.slice(0, -2))}.${digits.slice(-2)}`;
}

// Rates in 1/100 fen: two to four decimals as needed.
export function rate(value) {
  if (value == null) return '—';
  const digits = String(value).padStart(5, '0');
  return `${thousands(digits.slice(0, -4))}.${digits.slice(-4).replace(/0{1,2}$/, '')}`;
}

export function count(value) {
  return value == null ? '—' : value < 0 ? `−${thousands(String(-value))}` : thousands(String(value));
}

// ---- days are texts, 2026-11-24

const asDate = (day) => new Date(`${day}T00:00:00Z`);

export function dayAdd(day, n) {
  return new Date(asDate(day).getTime() + n * 86400000).toISOString().slice(0, 10);
}

export function monthOf(day, back) {
  const date = asDate(`${day.slice(0, 7)}-01`);
  date.setUTCMonth(date.getUTCMonth() - back);
  const from = date.toISOString().slice(0, 10);
  date.setUTCMonth(date.getUTCMonth() + 1);
  date.setUTCDate(0);
  return { from, to: date.toISOString().slice(0, 10) };
}

// 3-20, with the year where it isn't this one.
export function day(value) {
  if (!value) return '—';
  const [year, month, date] = value.split('-');
  const short = `${Number(month)}-${date}`;
  return store.me && store.me.today.slice(0, 4) !== year ? `${year}-${short}` : short;
}

export function weekday(value) {
  return t(`office.weekday.${asDate(value).getUTCDay()}`); // texts: office.weekday.*
}

export function isWeekend(value) {
  return asDate(value).getUTCDay() % 6 === 0;
}

export function dayTitle(value) {
  const [, month, date] = value.split('-');
  return store.lang === 'en'
    ? `${weekday(value)} ${Number(date)} ${t(`office.month.${Number(month)}`)}` // texts: office.month.*
    : `${Number(month)}月${Number(date)}日 ${weekday(value)}`;
}

const local = (ms) => new Date(ms + (store.me ? store.me.offset_min : 480) * 60000).toISOString();

export const clock = (ms) => (ms ? local(ms).slice(11, 16) : '—');
export const stamp = (ms) => (ms ? `${local(ms).slice(0, 10)} ${local(ms).slice(11, 19)}` : '—');

// 10:42, or 3-20 10:42 where it wasn't today.
export function moment(ms) {
  if (!ms) return '—';
  const at = local(ms);
  return store.me && at.slice(0, 10) === store.me.today ? at.slice(11, 16) : `${day(at.slice(0, 10))} ${at.slice(11, 16)}`;
}

// 47 s, 18 h, 3 d: how long ago.
export function age(ms) {
  const s = Math.max(0, Math.round(ms / 1000));
  if (s < 60) return t('office.age.s', s);
  if (s < 3600) return t('office.age.m', Math.floor(s / 60));
  if (s < 86400) return t('office.age.h', Math.floor(s / 3600));
  return t('office.age.d', Math.floor(s / 86400));
}

// 2603-0001-02 as people say it [R25]: 301-2, from serial 100 on 3-101-2.
export function sheet(ref) {
  if (!ref) return '—';
  const [yymm, serial, line] = ref.split('-');
  const month = Number(yymm.slice(2));
  const number = Number(serial) < 100 ? `${month}${String(Number(serial)).padStart(2, '0')}` : `${month}-${Number(serial)}`;
  return line && line !== '00' ? `${number}-${Number(line)}` : number;
}
