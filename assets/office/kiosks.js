// kiosks.js - the health wall: which kiosks are heard, which wait for the office; enrol, confirm, revoke.
import { useState } from 'preact/hooks';
import { act, useDraft } from './api.js';
import { useTick } from './enquiry.js';
import { clockWords, useKiosks } from './health.js';
import { useKeys } from './keys.js';
import { useList, Whole } from './lists.js';
import { Button, Chip, Empty, Field, html, Note, PageHead, useFoot } from './parts.js';
import { Stick } from './stick.js';
import { href, stay, store } from './store.js';
import { age, clock, count, moment, sheet, stamp, t, word } from './words.js';

// Facts of a card, two columns: what waits, how old its list of stops is, its clock, scanner, disk, version.
function facts(row, now) {
  const said = row.said || {};
  const tone = (isBad, text) => html`<b class=${isBad ? 'amber' : 'plain'}>${text}</b>`;
  return [
    [t('office.kiosk.f.waiting'), said.waiting >= 0 ? tone(said.waiting > 0, count(said.waiting)) : '?'],
    [t('office.kiosk.f.clock'), said.offset === undefined ? '?' : tone(Math.abs(said.offset) > 60000, clockWords(said.offset))],
    [t('office.kiosk.f.stops'), said.current ? tone(now - said.current > 120000, t('office.kiosk.ago', age(now - said.current))) : '?'],
    [t('office.kiosk.f.scanner'), said.scanner === 1 ? '✓' : said.scanner === 0 ? tone(true, t('office.no')) : '?'],
    [t('office.kiosk.f.disk'), said.free_mb >= 0 ? tone(said.free_mb < 500, said.free_mb >= 2048 ? `${Math.floor(said.free_mb / 1024)} GB` : `${said.free_mb} MB`) : '?'],
    [t('office.kiosk.f.version'), said.version || '?'],
  ];
}

function Card({ row, now, on }) {
  const { tone, text, ills } = row.health;
  return html`<button type="button" class=${`card ${tone}${on ? ' on' : ''}`} data-kiosk=${row.kiosk} onClick=${() => stay({ at: row.kiosk })}>
    <span class="cardhead"><b>${row.name || row.station}</b><small>K${String(row.number).padStart(2, '0')}</small><span class="grow" /><span class=${`cardstate ${tone}`}><i class=${`dot ${tone}`} />${text}</span></span>
    <dl class="pairsof2">${facts(row, now).map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>
    <span class="cardfoot">${ills.length > 1 ? html`<b class=${ills[1].tone}>${ills[1].text}</b>` : row.taken ? html`<small>${t('office.kiosk.last', moment(row.taken), count(row.seq))}</small>` : html`<small>${t('office.kiosk.never')}</small>`}</span>
  </button>`;
}

const HOUR = 3600000, PARTS = 12;

// The last 24 hours: green where it was heard all the time, amber in part, red not at all; grey is before this server's start.
function Day({ hours, started, enrolled, now }) {
  const first = Math.floor(now / HOUR) - hours.length + 1;
  const since = Math.max(started, enrolled);
  const cell = (parts, i) => {
    const at = (first + i) * HOUR, most = Math.min(PARTS, Math.ceil((Math.min(now, at + HOUR) - Math.max(since, at)) / HOUR * PARTS));
    const tone = at + HOUR <= since ? 'off' : parts >= most - 1 && parts > 0 ? 'green' : parts > 0 ? 'amber' : most < 2 ? 'off' : 'red';
    return html`<i class=${tone} title=${`${stamp(at).slice(5, -3)} ${tone === 'off' ? '—' : `${Math.min(100, Math.round(parts * 100 / Math.max(1, most)))} %`}`} />`;
  };
  return html`<div class="heard" id="heard" role="img" aria-label=${t('office.kiosk.day')}><p>${t('office.kiosk.day')}</p><div>${hours.map(cell)}</div>
    <p class="scale"><span>${clock(first * HOUR)}</span><span>${clock((first + 12) * HOUR)}</span><span>${t('office.kiosk.now')}</span></p></div>`;
}

// Groups of the 120 digits, as they are typed where no camera reads them.
const digits = (code) => code.replace(/(\d{6})(?=\d)/g, '$1 ');

// The modules as they are read off the screen: black on white whatever the theme, with four of quiet around.
function Qr({ rows }) {
  const size = rows.length + 8;
  const path = rows.flatMap((row, y) => [...row].map((bit, x) => (bit === '1' ? `M${x + 4} ${y + 4}h1v1h-1z` : ''))).join('');
  return html`<svg class="qr" id="qr" role="img" aria-label=${t('office.kiosk.qr')} viewBox=${`0 0 ${size} ${size}`} shape-rendering="crispEdges"><rect width=${size} height=${size} fill="#fff" /><path d=${path} fill="#000" /></svg>`;
}

function Enrol({ stations }) {
  const [draft, keep] = useDraft('enrol', { station: '' });
  const [made, setMade] = useState(null);
  const [error, setError] = useState('');
  const send = async () => {
    setError('');
    try {
      const answer = await act('kiosk.token', { station: draft.station });
      setMade(answer);
    } catch (e) {
      setError(e.message);
    }
  };
  return html`<h2>${t('office.kiosk.enrol')}</h2>
    <${Field} label=${t('office.col.station')}><select id="station" value=${draft.station} onChange=${(e) => keep({ station: e.target.value })}><option value="">—</option>${stations.map((row) => html`<option value=${row.id}>${row.name} (${row.id})</option>`)}</select></${Field}>
    <${Button} main id="enrol" k="N" why=${draft.station ? '' : t('office.kiosk.choose')} onClick=${send}>${t('office.kiosk.make')}</${Button}>
    ${error ? html`<${Note} tone="red">${error}</${Note}>` : null}
    ${made ? html`<${Note} tone="blue">${made.code ? t('office.kiosk.token', moment(made.until_ms)) : t('office.kiosk.nocode', moment(made.until_ms))}${made.qr ? html`<${Qr} rows=${made.qr} />` : null}<p class="token" id="token">${digits(made.code || made.token)}</p></${Note}>` : null}
    <p class="about">${t('office.kiosk.how')}</p>`;
}

function Detail({ row, started, then }) {
  const [ask, setAsk] = useState('');
  const [error, setError] = useState('');
  const may = (name) => store.me.acts.includes(`/api/act/${name}`);
  const send = async (name) => {
    setError('');
    try {
      await act(name, { kiosk: row.kiosk, base: row.version });
      setAsk('');
      then();
    } catch (e) {
      setError(e.message);
    }
  };
  const now = Date.now() + store.clockOff;
  const said = row.said || {};
  return html`<h2>${row.name || row.station} <small>K${String(row.number).padStart(2, '0')}</small></h2>
    ${row.state === 1 ? html`<${Note} tone="red">${t('office.kiosk.wait.text')}</${Note}>` : row.health.ills.filter((ill) => ill.tone !== 'off').map((ill) => html`<${Note} tone=${ill.tone}>${ill.text}</${Note}>`)}
    ${row.health.tone === 'red' && row.state !== 1 ? html`<p class="about">${t('office.kiosk.silent.text')}</p>` : null}
    ${said.hours ? html`<${Day} hours=${said.hours} started=${started} enrolled=${row.enrolled} now=${now} />` : null}
    <dl class="pairs">
      <dt>${t('office.col.state')}</dt><dd>${word('kiosk_state', row.state)}</dd>
      <dt>${t('office.kiosk.f.heard')}</dt><dd>${said.heard ? `${stamp(said.heard)} · ${t('office.kiosk.ago', age(now - said.heard))}` : '—'}</dd>
      ${facts(row, now).map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}
      <dt>${t('office.col.last_event')}</dt><dd>${row.taken ? `${stamp(row.taken)} · ${t('office.kiosk.seq', count(row.seq))}` : '—'}</dd>
      <dt>${t('office.col.enrolled')}</dt><dd>${stamp(row.enrolled)}</dd>
      <dt>${t('office.col.kiosk_id')}</dt><dd class="code">${row.kiosk}</dd>
    </dl>
    ${row.health.tone === 'red' ? html`<h2>${t('office.kiosk.look')}</h2><ol class="look"><li>${t('office.kiosk.look.1')}</li><li>${t('office.kiosk.look.2')}</li><li>${t('office.kiosk.look.3')}</li></ol>` : null}
    ${error ? html`<${Note} tone="red">${error}</${Note}>` : null}
    <div class="acts">
      ${row.state === 1 && may('kiosk.confirm') ? html`<${Button} main id="confirm" onClick=${() => send('kiosk.confirm')}>${t('office.kiosk.confirm')}</${Button}>` : null}
      ${row.state !== 2 && may('kiosk.revoke') ? (ask === 'revoke'
        ? html`<${Button} harm id="revoke-sure" onClick=${() => send('kiosk.revoke')}>${t('office.kiosk.revoke.sure', row.name || row.station)}</${Button}><${Button} onClick=${() => setAsk('')}>${t('office.close')}</${Button}>`
        : html`<${Button} harm k="V" id="revoke" onClick=${() => setAsk('revoke')}>${t('office.kiosk.revoke')}</${Button}>`) : null}
    </div>`;
}

export function Kiosks() {
  const { query } = store.route;
  const { list, stops, started, rows: all } = useKiosks();
  const stations = useList('stations', {}, ['master']);
  useTick(5000);
  const now = Date.now() + store.clockOff;
  const isIll = query.get('show') === 'ill';
  const rows = all.filter((row) => !isIll || row.health.rank < 2);
  const ill = all.filter((row) => row.health.rank < 2).length;
  const online = all.filter((row) => row.said && now - row.said.heard < 180000).length;
  const waiting = all.reduce((n, row) => n + Math.max(0, (row.said || {}).waiting || 0), 0);
  const newest = stops.reduce((best, stop) => (!best || stop.at > best.at ? stop : best), null);
  const reached = newest ? all.filter((row) => row.said && row.said.current >= newest.at).length : 0;
  const at = rows.find((row) => row.kiosk === query.get('at'));
  const move = (n) => {
    const i = rows.findIndex((row) => row === at);
    const next = rows[Math.max(0, Math.min(rows.length - 1, i + n))];
    if (next) stay({ at: next.kiosk });
  };
  useKeys({ ArrowRight: () => move(1), ArrowLeft: () => move(-1), ArrowDown: () => move(4), ArrowUp: () => move(-4), Escape: () => stay({ at: '' }), KeyN: () => { stay({ at: '' }); const field = document.getElementById('station'); if (field) field.focus(); } });
  useFoot(newest ? t('office.kiosk.reached', sheet(newest.line), reached, all.filter((row) => row.state !== 2).length) : t('office.kiosk.rule'), [['↑ ↓ ← →', t('office.key.row')], ['N', t('office.kiosk.enrol')], ['Esc', t('office.key.back')], ['?', t('office.key.all')]]);
  return html`<${PageHead} title=${t('office.page.kiosks')} text=${list.rows ? t('office.kiosk.about2', all.length, online, count(waiting)) : ''} chips=${html`<${Chip} on=${!isIll} href=${href('kiosks')}>${t('office.kiosk.all')}</${Chip}><${Chip} on=${isIll} href=${href('kiosks', { show: 'ill' })}>${t('office.kiosk.ill', ill)}</${Chip}>`} />
    <div class="columns">
      <section class="list ground">
        <div class="wall">${rows.map((row) => html`<${Card} key=${row.kiosk} row=${row} now=${now} on=${row === at} />`)}</div>
        ${list.rows && !rows.length ? html`<${Empty}>${t(all.length ? 'office.kiosk.well' : 'office.kiosk.empty')}</${Empty}>` : null}
      </section>
      <${Whole} as="aside" name="side">${at ? html`<${Detail} key=${at.kiosk} row=${at} started=${started} then=${list.load} />` : store.me.acts.includes('/api/act/kiosk.token') ? html`<${Enrol} stations=${stations.rows || []} />` : html`<p class="about">${t('office.kiosk.pick')}</p>`}
        ${at ? null : html`<${Stick} rows=${rows} then=${list.load} />`}</${Whole}>
    </div>`;
}
