// fact.js - one scan in full: what the kiosk wrote, what the server made of it, who is due what.
import { framed, useList } from './lists.js';
import { html } from './parts.js';
import { Sign } from './sign.js';
import { count, day, fen, rate, sheet, stamp, t, word } from './words.js';

const cut = (hash) => (hash ? `${hash.slice(0, 4)}…${hash.slice(-4)}` : '—');

// 1 2603 0001 01 02 001 11: in the groups in which codes are printed.
function grouped(code) {
  if (code.length !== 18) return code;
  const sizes = code[0] === '1' || code[0] === '2' ? [1, 4, 4, 2, 2, 3, 2] : [1, 3, 3, 3, 3, 3, 2];
  let at = 0;
  return sizes.map((size) => code.slice(at, (at += size))).join(' ');
}

function FactOf({ event }) {
  const list = useList('fact', { event }, ['floor', 'pay']);
  const shares = useList('fact-shares', { event }, ['pay']);
  const row = list.rows && list.rows[0];
  if (!row) return null;
  const pair = (label, value) => (value == null || value === '' ? null : html`<dt>${label}</dt><dd>${value}</dd>`);
  return html`<div class="fact">
    <dl>
      ${pair(t('office.col.codes'), row.codes && row.codes.split(' ').map((code) => html`<span class="code">${grouped(code)}</span>`))}
      ${pair(t('office.col.line'), row.line && `${sheet(row.line)} · ${row.line} · ${t('office.fact.rev', row.rev)}`)}
      ${pair(t('office.col.op_name'), row.op ? `${row.op} ${row.op_name}` : null)}
      ${pair(t('office.col.verdict'), `${word('verdict', row.verdict)}${row.reason ? ` · ${row.reason.text}` : ''}`)}
      ${pair(t('office.col.rate'), row.rate != null ? t('office.fact.rate', rate(row.rate), row.signed ? stamp(row.signed).slice(0, 10) : '—', row.signed_by || '—') : null)}
      ${pair(t('office.fact.shares'), shares.rows && shares.rows.length ? shares.rows.map((one) => html`<span class="share"><${Sign} animal=${one.sign} colour=${one.colour} size=${20} />${one.name || one.worker} <b>${fen(one.fen)}</b></span> `) : null)}
      ${pair(t('office.col.by'), row.by ? `${t(row.kind === 'report' ? 'office.back' : 'office.later')} · ${[row.by, row.second].filter(Boolean).join(' + ')}` : null)}
      ${pair(t('office.col.note'), row.note)}
    </dl>
    <dl>
      ${pair(t('office.col.kiosk'), row.kiosk == null ? t('office.fact.office') : t('office.fact.kiosk', row.station || '', row.kiosk, count(row.seq)))}
      ${pair(t('office.col.wall'), `${stamp(row.wall)}${row.doubt ? ` · ${t('office.fact.doubt')}` : ''}`)}
      ${pair(t('office.col.taken'), `${stamp(row.taken)} · ${t('office.fact.day', day(row.day))}${row.day_moved ? ` (${t('office.fact.moved')})` : ''}`)}
      ${pair(t('office.col.how'), `${word('how', row.how)} · ${t('office.col.tone')} ${word('tone', row.tone)} · ${word('kind', row.kind)}`)}
      ${pair(t('office.col.seen'), count(row.seen))}
      ${pair(t('office.fact.chain'), html`<span class="code" title=${row.prev}>${cut(row.prev)}</span> → <span class="code" title=${row.event}>${cut(row.event)}</span>`)}
      ${pair(t('office.col.cancelled'), row.cancelled && html`<span class="code" title=${row.cancelled}>${cut(row.cancelled)}</span>`)}
      ${pair(t('office.col.decision'), row.decision && html`<span class="code" title=${row.decision}>${cut(row.decision)}</span>`)}
    </dl>
  </div>`;
}

export const Fact = framed(FactOf);
