// worker.js - one worker: days left, the scans of the chosen day right, a raw scan under its row, held pieces with their
// decision. Pay lines and held scans come together, so every figure leads to what it is made of.
import { useEffect, useState } from 'preact/hooks';
import { csvHref, get } from './api.js';
import { Decide, hours } from './decide.js';
import { Fact } from './fact.js';
import { useKeys } from './keys.js';
import { useList } from './lists.js';
import { Empty, Figure, html, Key, useFoot } from './parts.js';
import { Sign } from './sign.js';
import { Slip } from './slip.js';
import { spanOf } from './span.js';
import { go, href, stay, store } from './store.js';
import { Table } from './table.js';
import { clock, count, day, dayAdd, dayTitle, fen, isWeekend, rate, sheet, t, weekday, word } from './words.js';

// Every day of the span up to today, also those without work: "-"; in a long span only the days with work.
function daysFull(rows, span, today) {
  if (dayAdd(span.from, 62) < span.to) return rows;
  const byDay = Object.fromEntries(rows.map((row) => [row.day, row]));
  const last = span.to < today ? span.to : today;
  const days = [];
  for (let at = span.from; at <= last && days.length < 70; at = dayAdd(at, 1)) days.push(byDay[at] || { day: at, fen: 0, pieces: 0, held: 0, facts: 0 });
  rows.filter((row) => row.day > last).forEach((row) => days.push(row));
  return days;
}

function useNeighbours(span, worker) {
  const [ids, setIds] = useState([]);
  useEffect(() => {
    get('/api/list/wages', span).then((answer) => setIds(answer.rows.map((row) => row.worker)), () => setIds([]));
  }, [span.from, span.to]);
  const at = ids.indexOf(worker);
  return { before: ids[at - 1], after: at >= 0 ? ids[at + 1] : undefined };
}

function Tally({ label, value, tone, id }) {
  return html`<div class="tally"><b class=${tone || ''} id=${id}>${value}</b><small>${label}</small></div>`;
}

function state(row) {
  if (row.verdict === 3) return html`<span class="ink3">${word('verdict', 3)}</span>`;
  if (row.held > 0 || row.verdict === 2) return html`<b class="amber">${word('verdict', row.verdict)} ${row.held ? count(row.held) : ''}</b> <span class="ink2">${row.reason ? row.reason.text : ''}</span>`;
  const crew = (row.workers || '').split(' ').length;
  return html`<span class="green">${word('verdict', 0)}</span>${crew > 1 ? html` <span class="ink2">${t('office.fact.crew', crew, fen(row.whole_fen))}</span>` : null}`;
}

function Scans({ worker, at, selected, then }) {
  const list = useList(at && 'worker-facts', { worker, from: at, to: at }, ['pay', 'floor']);
  const held = useList('held', { limit: 2000 }, ['pay', 'exception']);
  const rows = list.rows || [];
  const one = rows.find((row) => row.event === selected);
  const heldRow = one && (held.rows || []).find((row) => row.event === selected);
  const select = (event) => stay({ scan: event === selected ? '' : event });
  const columns = [
    { key: 'wall', heading: t('office.col.wall'), show: (row) => clock(row.wall), width: 60 },
    { key: 'line', heading: t('office.col.line'), show: (row) => html`<b class="lead">${sheet(row.line)}</b>` },
    { key: 'product', heading: t('office.col.product'), show: (row) => row.product, wide: true, narrow: true },
    { key: 'op_name', heading: t('office.col.op_name'), show: (row) => `${row.op_name || row.op || ''}${row.kind === 'report' ? '' : ` · ${word('kind', row.kind)}`}${row.by ? ` · ${t(row.kind === 'report' ? 'office.back' : 'office.later')}` : ''}` },
    { key: 'good', heading: t('office.col.good'), right: true, show: (row) => (row.kind === 'daywork' ? hours(row.good) : count(row.good)) },
    { key: 'bad', heading: t('office.col.bad'), right: true, show: (row) => (row.bad ? html`<b class="red">${count(row.bad)}</b>` : html`<i>—</i>`) },
    { key: 'rate', heading: t('office.col.rate'), right: true, show: (row) => rate(row.rate) },
    { key: 'fen', heading: t('office.col.fen'), right: true, show: (row) => html`<b>${fen(row.fen)}</b>` },
    { key: 'verdict', heading: t('office.col.verdict'), show: state, wide: true },
    { key: 'kiosk', heading: t('office.fact.source'), right: true, narrow: true, show: (row) => html`<span class="ink3">${row.kiosk == null ? t('office.fact.office') : `K${String(row.kiosk).padStart(2, '0')}`} ${count(row.seq)}</span>` },
  ];
  const total = list.total || {};
  return html`<section class="list scans">
    <div class="subhead"><h2>${dayTitle(at)}</h2><span class="about">${list.rows ? t('office.day.about', rows.length, count(total.good + total.bad), fen(total.fen)) : ''}${total.held ? html` · <b class="amber">${t('office.day.held', count(total.held))}</b>` : null}</span><span class="grow" />
      <a class="button small" href=${csvHref('worker-facts', { worker, from: at, to: at })}>CSV</a></div>
    <${Table} name="scans" question=${at} columns=${columns} rows=${rows} rowKey=${(row) => row.event} row=${29} selected=${selected} onSelect=${select} noKeys
      below=${(row) => html`<${Fact} event=${row.event} />`}
      sums=${rows.length ? { wall: t('office.sum'), good: count(total.good), bad: total.bad ? count(total.bad) : '—', fen: html`<span id="day-fen">${fen(total.fen)}</span>`, phone: [t('office.sum'), fen(total.fen)] } : null}
      phone=${(row) => [`${clock(row.wall)} ${sheet(row.line)} ${row.op_name}`, html`${count(row.good)} × ${rate(row.rate)} · ${state(row)}`, fen(row.fen)]}
      empty=${list.rows ? html`<${Empty}>${t('office.day.empty')}</${Empty}>` : null} />
    ${heldRow ? html`<${Decide} key=${`${heldRow.event}-${heldRow.matter}`} row=${heldRow} then=${then} />` : null}
    <${Slip} worker=${worker} period=${store.route.query.get('period') || ''} />
  </section>`;
}

export function Worker() {
  const { path, query } = store.route;
  const worker = Number(path[0]);
  const span = spanOf(query);
  const who = useList('workers', { after: worker - 1, limit: 1 }, ['master']);
  const person = who.rows && who.rows[0] && who.rows[0].worker === worker ? who.rows[0] : { worker, name: '', sign: 0, colour: 0, crew: '' };
  const crews = useList('crews', { limit: 500 }, ['master']);
  const crew = ((crews.rows || []).find((one) => one.crew === person.crew) || { name: person.crew }).name;
  const list = useList('worker-days', { worker, ...span }, ['pay']);
  const days = daysFull(list.rows || [], span, store.me.today);
  const worked = (list.rows || []).map((row) => row.day);
  const at = query.get('day') || worked[worked.length - 1] || (list.rows ? span.from : '');
  const period = query.get('period') || '';
  const back = period ? { period, at: worker } : { ...span, at: worker };
  const near = useNeighbours(span, worker);
  const most = Math.max(1, ...days.map((row) => row.fen));
  const shift = (n) => {
    const i = days.findIndex((row) => row.day === at) + n;
    if (days[i]) stay({ day: days[i].day, scan: '' });
  };
  const other = (id) => (id ? go(`pay/${id}`, { ...span, day: query.get('day') || '', period }) : false);
  useKeys({
    ArrowLeft: () => shift(-1),
    ArrowRight: () => shift(1),
    BracketLeft: () => other(near.before),
    BracketRight: () => other(near.after),
    KeyE: () => { location.href = csvHref('worker-facts', { worker, ...span }); },
    Escape: () => (query.get('scan') ? stay({ scan: '' }) : go('pay', back)),
  });
  useFoot(t('office.worker.rule'), [['↑ ↓', t('office.key.day')], ['[ ]', t('office.key.person')], ['1 2 3', t('office.key.decide')], ['E', t('office.key.csv')], ['Esc', t('office.key.back')], ['?', t('office.key.all')]]);
  const total = list.total || { fen: 0, pieces: 0, held: 0, facts: 0 };
  const columns = [
    { key: 'day', heading: t('office.col.day'), show: (row) => html`${day(row.day)} <span class=${isWeekend(row.day) ? 'ink3' : 'ink2'}>${weekday(row.day)}</span>`, width: 92 },
    { key: 'bar', heading: t('office.yuan'), show: (row) => html`<span class="bar-of"><span style=${{ width: `${Math.round((90 * row.fen) / most)}px` }} />${row.held ? html`<span class="hatch" />` : null}</span>`, narrow: true },
    { key: 'pieces', heading: t('office.pieces'), right: true, show: (row) => (row.facts ? count(row.pieces) : html`<i>—</i>`) },
    { key: 'fen', heading: t('office.money'), right: true, show: (row) => (row.facts ? html`<${Figure} value=${row.fen} show=${fen} />` : html`<i>—</i>`) },
  ];
  return html`<div class="head worker">
      <a class="back" href=${href('pay', back)} aria-label=${t('office.key.back')}>‹</a>
      <${Sign} animal=${person.sign} colour=${person.colour} size=${46} />
      <div><h1 id="worker-name">${person.name || (worker ? '' : t('office.nobody'))}</h1><small>${String(worker).padStart(3, '0')} ${crew} · ${t('office.span.words', day(span.from), day(span.to), worked.length)}</small></div>
      <span class="grow" />
      <${Tally} label=${t('office.col.facts')} value=${count(total.facts)} />
      <${Tally} label=${t('office.col.pieces')} value=${count(total.pieces)} />
      ${total.held ? html`<${Tally} tone="amber" label=${t('office.worker.held')} value=${count(total.held)} />` : null}
      <${Tally} label=${t('office.col.fen')} id="worker-fen" value=${list.total ? html`<${Figure} value=${total.fen} show=${fen} />` : ''} />
      <a class="button" href=${csvHref('worker-facts', { worker, ...span })}>CSV <${Key} k="E" /></a>
    </div>
    <div class="columns worker">
      <section class="list days">
        <${Table} name="days" question=${`${worker} ${span.from} ${span.to}`} columns=${columns} rows=${days} rowKey=${(row) => row.day} row=${24} selected=${at} onSelect=${(key) => stay({ day: key, scan: '' })}
          sums=${{ day: t('office.sum'), pieces: count(total.pieces), fen: fen(total.fen) }} />
      </section>
      <${Scans} worker=${worker} at=${at} selected=${query.get('scan')} then=${() => { stay({ scan: '' }); list.load(); }} />
    </div>`;
}
