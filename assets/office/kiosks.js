// kiosks.js - the health wall: which kiosks are heard, which wait for the office; enrol, confirm, revoke.
import { useState } from 'preact/hooks';
import { act, useDraft, useList } from './api.js';
import { useKeys } from './keys.js';
import { Button, Empty, Failed, Field, html, Note, PageHead, useFoot } from './parts.js';
import { Stick } from './stick.js';
import { stay, store } from './store.js';
import { age, count, moment, stamp, t, word } from './words.js';

const HOUR = 3600000;

// What a card says first, and in which colour: ill ones stand first.
function health(row, now) {
  if (row.state === 2) return { tone: 'off', rank: 3, text: word('kiosk_state', 2) };
  if (row.state === 1) return { tone: 'red', rank: 0, text: word('kiosk_state', 1) };
  if (!row.taken) return { tone: 'amber', rank: 1, text: t('office.kiosk.never') };
  if (now - row.taken > 24 * HOUR) return { tone: 'amber', rank: 1, text: t('office.kiosk.silent', age(now - row.taken)) };
  return { tone: 'green', rank: 2, text: t('office.kiosk.heard', age(now - row.taken)) };
}

function Card({ row, now, on }) {
  const state = health(row, now);
  return html`<button type="button" class=${`card ${state.tone}${on ? ' on' : ''}`} data-kiosk=${row.kiosk} onClick=${() => stay({ at: row.kiosk })}>
    <span class="cardhead"><b>${row.name || row.station}</b><small>K${String(row.number).padStart(2, '0')}</small></span>
    <span class=${`cardstate ${state.tone}`}><i class=${`dot ${state.tone}`} />${state.text}</span>
    <dl><dt>${t('office.col.last_event')}</dt><dd>${row.taken ? moment(row.taken) : '—'}</dd><dt>${t('office.col.seq')}</dt><dd>${row.seq == null ? '—' : count(row.seq)}</dd></dl>
  </button>`;
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

function Detail({ row, then }) {
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
  const state = health(row, now);
  return html`<h2>${row.name || row.station} <small>K${String(row.number).padStart(2, '0')}</small></h2>
    ${row.state === 1 ? html`<${Note} tone="red">${t('office.kiosk.wait.text')}</${Note}>` : state.rank === 1 ? html`<${Note} tone="amber">${t('office.kiosk.silent.text')}</${Note}>` : null}
    <dl class="pairs">
      <dt>${t('office.col.state')}</dt><dd>${word('kiosk_state', row.state)}</dd>
      <dt>${t('office.col.last_event')}</dt><dd>${row.taken ? `${stamp(row.taken)} · ${t('office.kiosk.seq', count(row.seq))}` : '—'}</dd>
      <dt>${t('office.col.enrolled')}</dt><dd>${stamp(row.enrolled)}</dd>
      <dt>${t('office.col.kiosk_id')}</dt><dd class="code">${row.kiosk}</dd>
    </dl>
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
  const list = useList('kiosks', {}, ['kiosk', 'floor', 'master']);
  const stations = useList('stations', {}, ['master']);
  const now = Date.now() + store.clockOff;
  const rows = [...(list.rows || [])].sort((a, b) => health(a, now).rank - health(b, now).rank || a.number - b.number);
  const ill = rows.filter((row) => health(row, now).rank < 2).length;
  const at = rows.find((row) => row.kiosk === query.get('at'));
  const move = (n) => {
    const i = rows.findIndex((row) => row === at);
    const next = rows[Math.max(0, Math.min(rows.length - 1, i + n))];
    if (next) stay({ at: next.kiosk });
  };
  useKeys({ ArrowRight: () => move(1), ArrowLeft: () => move(-1), ArrowDown: () => move(4), ArrowUp: () => move(-4), Escape: () => stay({ at: '' }), KeyN: () => { stay({ at: '' }); const field = document.getElementById('station'); if (field) field.focus(); } });
  useFoot(t('office.kiosk.rule'), [['↑ ↓ ← →', t('office.key.row')], ['N', t('office.kiosk.enrol')], ['Esc', t('office.key.back')], ['?', t('office.key.all')]]);
  return html`<${PageHead} title=${t('office.page.kiosks')} text=${list.rows ? t('office.kiosk.about', rows.length, ill) : ''} />
    <div class="columns">
      <section class="list ground"><${Failed} list=${list} />
        <div class="wall">${rows.map((row) => html`<${Card} key=${row.kiosk} row=${row} now=${now} on=${row === at} />`)}</div>
        ${list.rows && !rows.length ? html`<${Empty}>${t('office.kiosk.empty')}</${Empty}>` : null}
      </section>
      <aside class="side">${at ? html`<${Detail} key=${at.kiosk} row=${at} then=${list.load} />` : store.me.acts.includes('/api/act/kiosk.token') ? html`<${Enrol} stations=${stations.rows || []} />` : html`<p class="about">${t('office.kiosk.pick')}</p>`}
        ${at ? null : html`<${Stick} rows=${rows} then=${list.load} />`}</aside>
    </div>`;
}
