// exceptions.js - one list of what needs a person, one decision each, aged, with an owner, many at once; a day closed with what is
// open carried over [R18]. texts: office.exception.*, office.exceptions.*
import { useState } from 'preact/hooks';
import { act, csvHref, useDraft } from './api.js';
import { Bind } from './bind.js';
import { CaseAside, CaseOfReceipt, CaseOfReport } from './cases.js';
import { Decide } from './decide.js';
import { useTick } from './enquiry.js';
import { Fact } from './fact.js';
import { HBars } from './hbar.js';
import { useSilent } from './health.js';
import { useList, Whole } from './lists.js';
import { useAct } from './orderdata.js';
import { useKeys } from './keys.js';
import { Badge, Button, Chip, Empty, Field, html, Key, Note, PageHead, useFoot } from './parts.js';
import { href, stay, store } from './store.js';
import { Table } from './table.js';
import { age, count, fen, moment, sheet, t, who, word } from './words.js';

const may = (name) => store.me.acts.includes(`/api/act/${name}`);
const HOUR = 3600000;
export const toneOf = (ms) => (ms > 72 * HOUR ? 'red' : ms > 24 * HOUR ? 'amber' : '');
const keyOf = (row) => `${row.what} ${row.event}`;
const itemsOf = (rows) => rows.map((row) => [row.what, row.event]);
const isLine = (text) => text && !text.startsWith('0000');

// The same matter as in the list of decisions: its row there has what a decision needs.
function heldOf(row, held) {
  const matter = row.what === 'verdict.bad_open' ? [1] : row.what === 'verdict.object' ? [2] : [0, 3];
  return held.find((one) => one.event === row.event && matter.includes(one.matter));
}

// How far the operations of the line are: what is too much, or missing, is hatched.
function Evidence({ row }) {
  const isOf = isLine(row.line);
  const progress = useList(isOf ? 'progress' : null, { from: row.line, to: row.line, limit: 100 }, ['floor']).rows || [];
  const facts = useList(isOf ? 'line-facts' : null, { line: row.line, limit: 2000 }, ['floor']).rows || [];
  const workers = useList(isOf ? 'workers' : null, { limit: 2000 }, ['master']).rows || [];
  const names = Object.fromEntries(workers.map((one) => [one.worker, one.name]));
  if (!isOf || !progress.length) return null;
  const done = (one) => one.good + one.bad + one.held;
  const scans = facts.filter((one) => one.op === row.op && (one.kind === 'report' || one.kind === 'correct')).slice(-6);
  return html`<div class="evidence"><${HBars} over at=${row.op} rows=${progress.map((one) => ({ key: one.op, label: one.op_name, value: done(one), plan: one.planned, note: done(one) > one.planned ? t('office.exceptions.over', done(one) - one.planned) : one.op === row.op && row.what === 'books.missing' ? t('office.exceptions.lacks') : '', tone: 'amber' }))} /></div>
    ${scans.length ? html`<table class="minis"><thead><tr><th>${t('office.col.wall')}</th><th>${t('office.col.name')}</th><th class="right">${t('office.col.count')}</th><th>${t('office.col.verdict')}</th></tr></thead><tbody>${scans.map((one) => html`<tr key=${one.event}><td>${moment(one.wall)}</td><td>${(one.workers || '').split(' ').filter(Boolean).map((w) => names[w.split(':')[0]] || w).join(' ')}</td><td class="right">${count(one.good + one.bad + one.held)}</td><td>${word('verdict', one.verdict)}</td></tr>`)}</tbody></table>` : null}`;
}

// Whose they are: taken over, handed to somebody, accepted.
function Owner({ rows, names, then }) {
  const [hands, setHands] = useState(false);
  const [to, setTo] = useState('');
  const [note, setNote] = useState('');
  const { run, error, busy } = useAct();
  const wait = busy ? t('office.wait') : '';
  if (!may('exception.take')) return null;
  const isMine = rows.every((row) => row.owner === store.me.user && !row.to_user);
  const mine = rows.some((row) => row.to_user === store.me.user);
  // A case has an owner who answers for it: nobody but a manager takes it from him; its own page says who else hands it on.
  const foreign = (mayTake) => {
    const row = store.me.roles.includes('manager') ? null : rows.find((one) => one.case && one.owner !== store.me.user && !(mayTake && one.to_user === store.me.user));
    return row ? t('office.case.foreign', names[row.owner] || row.owner) : '';
  };
  const done = () => { setHands(false); setTo(''); setNote(''); then(); };
  return html`<div class="settle">${rows.length === 1 && rows[0].to_user ? html`<${Note} tone="amber">${t('office.asked.handed', names[rows[0].to_user] || rows[0].to_user)}${rows[0].to_note ? ` · ${rows[0].to_note}` : ''}</${Note}>` : null}
    <div class="acts"><${Button} id="take" why=${wait || (isMine ? t('office.exceptions.mine.yours') : foreign(true))} onClick=${() => run('exception.take', { items: itemsOf(rows) }, then)}>${t(mine ? 'office.asked.accept' : 'office.exceptions.take')}</${Button}>
      <${Button} id="hand" k="O" why=${foreign(false)} onClick=${() => setHands(!hands)}>${t('office.exceptions.hand')}</${Button}></div>
    ${hands ? html`<div class="answerline"><select id="hand-to" value=${to} onChange=${(e) => setTo(e.target.value)}><option value="">${t('office.asked.to')}</option>${Object.keys(names).filter((name) => name !== store.me.user).map((name) => html`<option key=${name} value=${name}>${names[name]}</option>`)}</select>
      <input id="hand-note" maxlength="100" value=${note} placeholder=${t('office.asked.note')} onInput=${(e) => setNote(e.target.value)} />
      <${Button} id="hand-do" why=${wait || (to ? '' : t('office.asked.to'))} onClick=${() => run('exception.hand', { items: itemsOf(rows), to, note: note.trim() }, done)}>${t('office.asked.hand')}</${Button}></div>` : null}
    ${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}</div>`;
}

// What wants no decision: a word of what was found out, or done.
function Settle({ rows, id, then }) {
  const [draft, keep, drop] = useDraft(`settle.${id}`, { why: '' });
  const { run, error, busy } = useAct();
  const why = draft.why.trim();
  const wait = busy ? t('office.wait') : why ? '' : t('office.exceptions.why');
  const send = () => !wait && run('exception.settle', { items: itemsOf(rows), why }, () => { drop(); then(); });
  useKeys({ 'Ctrl+Enter': send });
  if (!may('exception.settle')) return html`<p class="about">${t('office.exceptions.others')}</p>`;
  return html`<div class="settle"><${Field} label=${t('office.exceptions.why')}><input id="settle-why" maxlength="100" value=${draft.why} onInput=${(e) => keep({ why: e.target.value })} /></${Field}>
    ${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}
    <${Button} main k="Ctrl Enter" id="settle" why=${wait} onClick=${send}>${rows.length === 1 ? t('office.exceptions.settle') : t('office.exceptions.settle.n', count(rows.length))}</${Button}></div>`;
}

// What was set aside because it ended the program: tried once more at the server's next start.
function Again({ row }) {
  const [done, setDone] = useState(false);
  const { run, error, busy } = useAct();
  if (!may('exception.again')) return null;
  if (done) return html`<${Note} tone="green">${t('office.exceptions.again.done')}</${Note}>`;
  return html`<div class="settle"><p class="about">${t('office.exceptions.again.about')}</p>
    <div class="acts"><${Button} id="again" why=${busy ? t('office.wait') : ''} onClick=${() => run('exception.again', { event: row.event }, () => setDone(true))}>${t('office.exceptions.again')}</${Button}></div>
    ${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}</div>`;
}

// Held pieces, many at once: all of each counts, or none, with one sentence for all.
function DecideMany({ pairs, then }) {
  const [why, setWhy] = useState('');
  const [state, setState] = useState(null);
  const pieces = pairs.reduce((n, [, one]) => n + one.most, 0);
  const waits = pairs.reduce((n, [, one]) => n + one.waits_fen, 0);
  const send = async (isAll) => {
    let done = 0;
    const failed = [];
    setState({ busy: true, done, failed });
    for (const [, one] of pairs) {
      try {
        await act('decide', { refers: one.event, count: isAll ? one.most : 0, why: why.trim(), ...(one.decision ? { replaces: one.decision } : {}) });
        done += 1;
      } catch (e) {
        failed.push(`${sheet(one.line)} ${one.op_name} ${e.message}`);
      }
      setState({ busy: true, done, failed });
    }
    setState({ busy: false, done, failed });
    then(failed.length === 0);
  };
  const busy = state && state.busy ? t('office.wait') : '';
  return html`<div class="settle"><h2>${t('office.exceptions.many.held', count(pairs.length), count(pieces), fen(waits))}</h2>
    <${Field} label=${t('office.decide.sentence')}><input id="many-why" maxlength="60" value=${why} onInput=${(e) => setWhy(e.target.value)} /></${Field}>
    <div class="acts"><${Button} main id="many-all" why=${busy} onClick=${() => send(true)}>${t('office.exceptions.many.all', count(pieces), fen(waits))}</${Button}>
      <${Button} harm id="many-none" why=${busy || (why.trim() ? '' : t('office.decide.why'))} onClick=${() => send(false)}>${t('office.exceptions.many.none')}</${Button}></div>
    ${state ? html`<p class="about">${t('office.exceptions.many.done', count(state.done), count(pairs.length))}</p>` : null}
    ${state && state.failed.length ? html`<${Note} tone="red">${state.failed.slice(0, 3).join(' · ')}</${Note}>` : null}</div>`;
}

function Many({ rows, held, names, then, clear }) {
  const words = rows.filter((row) => !row.decide && !row.case);
  const pairs = rows.filter((row) => row.decide).map((row) => [row, heldOf(row, held)]).filter(([, one]) => one && (one.matter === 0 || one.matter === 3));
  const single = rows.filter((row) => row.decide || row.case).length - pairs.length;
  return html`<h2>${t('office.exceptions.ticked', count(rows.length))} <a href="#" id="untick" onClick=${(e) => { e.preventDefault(); clear(); }}>${t('office.exceptions.untick')}</a></h2>
    ${pairs.length && may('decide') ? html`<${DecideMany} pairs=${pairs} then=${then} />` : null}
    ${words.length ? html`<h2>${t('office.exceptions.many.words', count(words.length))}</h2><${Settle} rows=${words} id="many" then=${() => then(true)} />` : null}
    ${single ? html`<${Note} tone="amber">${t('office.exceptions.many.single', count(single))}</${Note}>` : null}
    <${Owner} rows=${rows} names=${names} then=${() => then(false)} />`;
}

function One({ row, held, names, then }) {
  const now = Date.now() + store.clockOff;
  const one = row.decide ? heldOf(row, held) : null;
  const owner = row.owner ? who(row.owner) : word('role', row.role);
  const title = [isLine(row.line) ? sheet(row.line) : row.kiosk != null ? t('office.fact.kiosk', '', row.kiosk, count(row.seq)) : '', row.op_name, word('exception', row.what)].filter(Boolean).join(' ');
  return html`<h2>${title} <${Badge} tone=${row.settled_by || row.what === 'decided' ? '' : toneOf(now - row.at)}>${age(now - row.at)}</${Badge}></h2>
    ${row.reason && row.reason.text ? html`<div class="note amber">${row.reason.text}</div>` : null}
    <p class="about">${t('office.exceptions.owner', owner)}${row.carried ? ` · ${t('office.exceptions.carried', row.carried)}` : ''}</p>
    ${row.settled_by ? html`<div class="note green">${t('office.exceptions.settled', who(row.settled_by), moment(row.settled_at))} ${row.why}</div>` : null}
    <${Evidence} row=${row} />
    ${row.what === 'ship.arrival' && row.reason && !row.settled_by ? html`<${CaseOfReceipt} note=${row.reason.say[1]} then=${then} />` : null}
    ${row.what === 'verdict.bad_open' ? html`<${CaseOfReport} key=${`case${row.event}`} event=${row.event} />` : null}
    ${row.what === 'books.aside' && !row.settled_by ? html`<${Again} key=${`a${row.event}`} row=${row} />` : null}
    ${one ? html`<${Bind} row=${one} then=${then} /><${Decide} key=${row.event} row=${one} then=${then} />` : null}
    ${row.decide && !one && row.what !== 'decided' ? html`<p class="about">${store.me.lists.includes('held') ? t('office.exceptions.decided') : t('office.exceptions.others')}</p>` : null}
    ${!row.decide && !row.settled_by ? html`<${Settle} key=${keyOf(row)} rows=${[row]} id=${keyOf(row)} then=${then} />` : null}
    ${row.what !== 'decided' && !row.settled_by ? html`<${Owner} key=${`o${keyOf(row)}`} rows=${[row]} names=${names} then=${then} />` : null}
    ${row.event && row.event.length === 64 && store.me.lists.includes('fact') ? html`<${Fact} event=${row.event} />` : null}`;
}

// The day's close: what is mine goes on tomorrow, or to whom I say.
function Close({ mine, names, then, close }) {
  const [to, setTo] = useState('');
  const [note, setNote] = useState('');
  const [carried, setCarried] = useState(null);
  const { run, error, busy } = useAct();
  useKeys({ Escape: close, 'Ctrl+Enter': () => send() });
  const send = () => run('day.close', { to, note: note.trim() }, (answer) => { setCarried(answer.carried); then(); });
  return html`<div class="shut" id="shut"><h2>${t('office.exceptions.close')}</h2>
    ${carried != null ? html`<p id="carried">${to ? t('office.exceptions.closed.to', count(carried), who(to)) : t('office.exceptions.closed', count(carried))} <a href="#" onClick=${(e) => { e.preventDefault(); close(); }}>${t('office.close')}</a></p>` : html`
      <p class="about">${t('office.exceptions.close.text', count(mine))}</p>
      <div class="answerline"><select id="shut-to" value=${to} onChange=${(e) => setTo(e.target.value)}><option value="">${t('office.exceptions.close.self')}</option>${Object.keys(names).filter((name) => name !== store.me.user).map((name) => html`<option key=${name} value=${name}>${names[name]}</option>`)}</select>
        <input id="shut-note" maxlength="100" value=${note} placeholder=${t('office.asked.note')} onInput=${(e) => setNote(e.target.value)} />
        <${Button} main id="shut-do" k="Ctrl Enter" why=${busy ? t('office.wait') : ''} onClick=${send}>${t('office.exceptions.close.do')}</${Button}><${Button} onClick=${close}>${t('office.cancel')}</${Button}></div>`}
    ${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}</div>`;
}

const AGES = { day: [0, 24], three: [24, 72], more: [72, Infinity] };

export function Exceptions() {
  const { query } = store.route;
  const state = query.get('state') || '0';
  const topics = ['exception', 'floor', 'pay', 'kiosk', 'ship'];
  const list = useList('exceptions', { state, limit: 2000 }, topics);
  const heldList = useList('held', { limit: 2000 }, topics);
  const people = useList('people', { limit: 500 }, ['user']).rows || [];
  const [ticked, setTicked] = useState(new Set());
  const [shuts, setShuts] = useState(false);
  useTick(30000);
  const names = Object.fromEntries(people.map((row) => [row.name, row.full_name || row.name]));
  const held = heldList.rows || [];
  const now = Date.now() + store.clockOff;
  const [q, what, whose, old] = [(query.get('q') || '').trim().toLowerCase(), query.get('what') || '', query.get('whose') || '', query.get('age') || ''];
  const silent = useSilent().filter((row) => (state === '0' ? !row.settled_by : state === '1' && row.settled_by));
  const all = list.rows ? [...list.rows, ...silent].sort((a, b) => a.at - b.at) : [];
  const isMine = (row) => row.owner === store.me.user || row.to_user === store.me.user || (!row.owner && store.me.roles.includes(row.role));
  const fits = (row, but) => (but === 'what' || !what || row.what === what) && (whose !== 'mine' || isMine(row)) && (but === 'age' || !old || (now - row.at >= AGES[old][0] * HOUR && now - row.at < AGES[old][1] * HOUR))
    && (!q || [sheet(row.line), row.line, row.worker, row.op_name, row.text, row.reason && row.reason.text, word('exception', row.what)].some((text) => (text || '').toLowerCase().includes(q)));
  const rows = all.filter((row) => fits(row));
  const kinds = [...new Set(all.filter((row) => fits(row, 'what')).map((row) => row.what))].map((one) => [one, all.filter((row) => fits(row, 'what') && row.what === one).length]).sort((a, b) => b[1] - a[1]);
  const at = query.get('at');
  const row = rows.find((one) => keyOf(one) === at) || rows[0];
  const some = rows.filter((one) => ticked.has(keyOf(one)));
  const load = () => { list.load(); heldList.load(); };
  const tick = (one) => setTicked((was) => { const next = new Set(was); if (!next.delete(keyOf(one))) next.add(keyOf(one)); return next; });
  const waits = (one) => (one.decide ? (heldOf(one, held) || {}).waits_fen || 0 : 0);
  const oldest = all.length ? age(now - Math.min(...all.map((one) => one.at))) : '';
  const mayTick = state === '0' && (may('exception.take') || may('decide'));
  useKeys({
    Space: () => (row && mayTick ? tick(row) : false),
    'Ctrl+KeyA': () => (mayTick ? setTicked(new Set(some.length === rows.length ? [] : rows.map(keyOf))) : false),
    KeyO: () => { const hand = document.getElementById('hand'); if (hand) hand.click(); },
    KeyW: () => { const field = document.getElementById('settle-why') || document.getElementById('why'); if (field) field.focus(); },
    KeyH: () => (may('day.close') ? setShuts(true) : false),
    KeyE: () => { location.href = csvHref('exceptions', { state }); },
    Escape: () => (ticked.size ? setTicked(new Set()) : stay({ what: '', age: '' })),
  });
  useFoot(t('office.exceptions.rule'), [['↑ ↓', t('office.key.row')], ['Space', t('office.key.tick')], ['1 2 3', t('office.key.decide')], ['W', t('office.exceptions.key.why')], ['O', t('office.exceptions.hand')], ['H', t('office.exceptions.close')], ['Ctrl+Enter', t('office.key.commit')], ['?', t('office.key.all')]]);
  const columns = [
    ...(mayTick ? [{ key: 'tick', heading: '', sorts: false, width: 26, narrow: true, show: (one) => html`<span class=${`tick${ticked.has(keyOf(one)) ? ' on' : ''}`} role="checkbox" aria-checked=${ticked.has(keyOf(one))} onClick=${(e) => { e.stopPropagation(); tick(one); }}>${ticked.has(keyOf(one)) ? '✓' : ''}</span>` }] : []),
    { key: 'at', heading: t('office.exceptions.age'), width: 74, show: (one) => html`<${Badge} tone=${state === '0' ? toneOf(now - one.at) : ''}>${age(now - one.at)}</${Badge}>` },
    { key: 'what', heading: t('office.col.what'), width: 104, show: (one) => word('exception', one.what), value: (one) => word('exception', one.what) },
    { key: 'line', heading: t('office.col.line'), width: 92, show: (one) => (isLine(one.line) ? html`<b>${sheet(one.line)}</b>` : html`<i>—</i>`) },
    { key: 'text', heading: t('office.exceptions.text'), wide: true, sorts: false, show: (one) => [one.op_name, one.worker, one.settled_by ? one.why : one.text || (one.reason && one.reason.text)].filter(Boolean).join(' · ') },
    { key: 'waits', heading: t('office.col.waits_fen'), right: true, narrow: true, width: 106, value: waits, show: (one) => (waits(one) ? fen(waits(one)) : html`<i>—</i>`) },
    { key: 'owner', heading: t('office.col.owner'), narrow: true, width: 92, value: (one) => one.owner || one.role, show: (one) => (one.to_user ? html`<span class="amber">→ ${who(one.to_user)}</span>` : one.owner ? who(one.owner) : html`<span class="ink3">${word('role', one.role)}</span>`) },
  ];
  const chip = (name, value, text) => html`<${Chip} key=${`${name}${value}`} on=${(query.get(name) || (name === 'state' ? '0' : '')) === value} href=${href('exceptions', { ...Object.fromEntries(query), at: '', [name]: (query.get(name) || '') === value ? '' : value })}>${text}</${Chip}>`;
  return html`<${PageHead} title=${t('office.page.exceptions')} text=${list.rows && state === '0' ? `${t('office.exceptions.about', count(all.length), oldest || '—')}${heldList.rows ? t('office.exceptions.waits', fen(held.reduce((n, one) => n + one.waits_fen, 0))) : ''}` : ''}
      chips=${html`${chip('state', '0', t('office.exceptions.open'))}${chip('whose', 'mine', t('office.exceptions.mine'))}${chip('state', '1', t('office.exceptions.done'))}`}>
      ${may('day.close') ? html`<${Button} id="close-day" k="H" onClick=${() => setShuts(true)}>${t('office.exceptions.close')}</${Button}>` : null}
      <a class="button" href=${csvHref('exceptions', { state })}>CSV <${Key} k="E" /></a></${PageHead}>
    ${shuts ? html`<${Close} mine=${all.filter((one) => one.owner === store.me.user).length} names=${names} then=${load} close=${() => setShuts(false)} />` : null}
    <div class="filters">${kinds.slice(0, 8).map(([one, n]) => chip('what', one, `${word('exception', one)} ${n}`))}${state === '0' ? Object.keys(AGES).map((name) => chip('age', name, t(`office.exceptions.age.${name}`))) : null}</div>
    <div class="columns"><section class="list">
        <${Table} name="exceptions" question=${`${list.key} ${what} ${whose} ${old} ${q}`} columns=${columns} rows=${rows} rowKey=${keyOf} selected=${row ? keyOf(row) : null} onSelect=${(key) => stay({ at: key })}
          sort=${query.get('sort') || ''} onSort=${(s) => stay({ sort: s })}
          phone=${(one) => [html`${word('exception', one.what)} ${isLine(one.line) ? sheet(one.line) : ''}`, [one.op_name, one.worker, one.text || (one.reason && one.reason.text)].filter(Boolean).join(' · '), age(now - one.at)]}
          empty=${list.rows ? html`<${Empty}>${t(state === '0' ? 'office.exceptions.none' : 'office.empty')}</${Empty}>` : null} />
        ${kinds.length > 1 && state === '0' ? html`<div class="bykind"><h2>${t('office.exceptions.bykind')} <small>${t('office.exceptions.opennow', count(all.length))}</small></h2><${HBars} isOne grey rows=${kinds.map(([one, n]) => ({ key: one, label: word('exception', one), value: n, plan: 0 }))} at=${what} onAt=${(key) => stay({ what: key === what ? '' : key, at: '' })} /></div>` : null}
      </section>
      ${some.length ? html`<${Whole} as="aside" name="side wide"><${Many} rows=${some} held=${held} names=${names} clear=${() => setTicked(new Set())} then=${(isDone) => { if (isDone) setTicked(new Set()); load(); }} /></${Whole}>`
    : row ? row.case ? html`<${Whole} as="aside" name="side wide"><${CaseAside} key=${row.case} id=${row.case} names=${names} /></${Whole}>` : html`<${Whole} as="aside" name="side wide"><${One} key=${keyOf(row)} row=${row} held=${held} names=${names} then=${load} /></${Whole}>` : null}</div>`;
}
