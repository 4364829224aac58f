// health.js - how kiosks are: what each said of itself when it was heard last, and what follows from it for a person.
import { useEffect, useRef } from 'preact/hooks';
import { get } from './api.js';
import { useAsked, useList } from './lists.js';
import { store } from './store.js';
import { age, count, sheet, t, word } from './words.js';

const SECOND = 1000, MINUTE = 60000;
const LOST_MS = 3 * MINUTE; // it asks at least every half a minute
const CLOCK_MS = MINUTE; // further off is told
const STOPS_MS = 2 * MINUTE; // what it knows of stops is older
const LITTLE_MB = 500;

async function heardAsk() {
  const [said, health] = await Promise.all([get('/api/kiosks/heard'), get('/api/health')]);
  return { said: Object.fromEntries(said.rows.map((row) => [row.kiosk, row])), started: health.started };
}

// What kiosks said, by their ids; asked again every 15 s and when something of them changes.
export function useHeard() {
  const heard = useAsked('heard', heardAsk, ['kiosk', 'floor', 'stop']);
  const again = useRef(null);
  again.current = heard.load;
  useEffect(() => {
    const timer = setInterval(() => again.current(), 15 * SECOND);
    return () => clearInterval(timer);
  }, []);
  return { rows: heard.said || {}, started: heard.started || 0 };
}

// Everything that is wrong with a kiosk, the gravest first: {tone, text}. row: of the list `kiosks`.
export function illsOf(row, heard, stops, now) {
  const said = heard.rows[row.kiosk];
  const ills = [];
  const add = (tone, text) => ills.push({ tone, text });
  if (row.state === 2) return [{ tone: 'off', text: word('kiosk_state', 2) }];
  if (row.state === 1) add('red', word('kiosk_state', 1));
  const last = said ? said.heard : 0;
  if (!said && now - heard.started > LOST_MS) add('red', row.taken ? t('office.kiosk.silent', age(now - row.taken)) : t('office.kiosk.never'));
  if (said && now - last > LOST_MS) add('red', t('office.kiosk.lost', age(now - last)));
  if (!said) return ills;
  const unknown = stops.filter((stop) => stop.at > said.current);
  if (unknown.length && now - last > LOST_MS) add('red', t('office.kiosk.stops', unknown.map((stop) => sheet(stop.line)).join(' ')));
  if (said.current && now - last <= LOST_MS && now - said.current > STOPS_MS) add('amber', t('office.kiosk.behind', age(now - said.current)));
  if (!said.current && now - last > MINUTE) add('amber', t('office.kiosk.never.all'));
  if (said.scanner === 0) add('amber', t('office.kiosk.noscanner'));
  if (said.offset !== undefined && Math.abs(said.offset) > CLOCK_MS) add('amber', t('office.kiosk.clock', age(Math.abs(said.offset))));
  if (said.waiting > 0) add('amber', t('office.kiosk.waiting', count(said.waiting)));
  if (said.free_mb >= 0 && said.free_mb < LITTLE_MB) add('amber', t('office.kiosk.disk', count(said.free_mb)));
  if (said.against_server) add('amber', t(said.against_server < 0 ? 'office.kiosk.older' : 'office.kiosk.newer', said.version));
  return ills;
}

// What a card says first, and in which colour; ill ones stand first.
export function healthOf(row, heard, stops, now) {
  const ills = illsOf(row, heard, stops, now);
  if (row.state === 2) return { tone: 'off', rank: 3, text: ills[0].text, ills };
  if (ills.length) return { tone: ills[0].tone, rank: ills[0].tone === 'red' ? 0 : 1, text: ills[0].text, ills };
  return heard.rows[row.kiosk] ? { tone: 'green', rank: 2, text: t('office.kiosk.online'), ills } : { tone: 'off', rank: 2, text: t('office.kiosk.starting'), ills };
}

// For a small wall elsewhere: kiosks with their health, the ill ones first.
export function useKiosks() {
  const list = useList('kiosks', {}, ['kiosk', 'floor', 'master']);
  const stops = useList('stops', { limit: 500 }, ['stop']).rows || [];
  const heard = useHeard();
  const now = Date.now() + store.clockOff;
  const rows = (list.rows || []).map((row) => ({ ...row, said: heard.rows[row.kiosk], health: healthOf(row, heard, stops, now) }));
  return { list, stops, started: heard.started, rows: rows.sort((a, b) => a.health.rank - b.health.rank || a.number - b.number) };
}

export const clockWords = (ms) => (ms === undefined ? '—' : `${ms < 0 ? '−' : '+'}${(Math.abs(ms) / SECOND).toFixed(Math.abs(ms) < 10 * SECOND ? 1 : 0)}${t('office.kiosk.s')}`);

const hexOf = (text) => [...new TextEncoder().encode(text)].map((b) => b.toString(16).padStart(2, '0')).join('');

// Kiosks that nobody hears, as rows of the list of exceptions; what was said of this silence belongs to it.
export function useSilent() {
  const { rows } = useKiosks();
  const cares = useList('kiosk-cares', { limit: 2000 }, ['exception']).rows || [];
  return rows.filter((row) => row.state === 0 && row.health.tone === 'red').map((row) => {
    const at = (row.said && row.said.heard) || row.taken || row.enrolled;
    const event = hexOf(`silent ${row.kiosk} ${at}`);
    const care = cares.find((one) => one.event === event) || {};
    return { what: 'kiosk.silent', event, at, line: '', op: 0, op_name: row.name || row.station, worker: '', kiosk: row.number, seq: row.seq, decide: false, role: 'administrator', reason: { text: row.health.ills.map((ill) => ill.text).join(' · ') },
      owner: '', to_user: '', to_note: '', carried: 0, why: '', settled_by: '', settled_at: null, ...care };
  });
}
