// change.js - stop and change [R3]: what stands, the old papers being collected, what stays good, what it cost, the new
// revision signed again and released, and the line started again: one page, step by step, live.
// texts: office.change.step.*, office.change.show.*
import { useEffect, useRef, useState } from 'preact/hooks';
import { act, csvHref } from './api.js';
import { faultsOf } from './form.js';
import { useKeys } from './keys.js';
import { useList, Whole } from './lists.js';
import { Losses, LossOf } from './loss.js';
import { Files } from './neworder.js';
import { useAct } from './orderdata.js';
import { differencesOf, KINDS, Release, Signers } from './ordersheet.js';
import { Badge, Button, Chip, Empty, Field, html, Key, Mark, Note, PageHead, useFoot } from './parts.js';
import { Door, fieldsOf, specWords } from './spec.js';
import { go, href, stay, store } from './store.js';
import { StopAcks } from './stop.js';
import { Table } from './table.js';
import { age, count, day, fen, moment, sheet, t, who, word } from './words.js';
import { Volumes } from './papers.js';

const may = (name) => store.me.acts.includes(`/api/act/${name}`);
const sees = (name) => store.me.lists.includes(name);
const plain = (value) => fen(value).replace(/,/g, '').replace('−', '-');

// ---- one line's change

// Everything that the steps ask, once.
function useChange(line) {
  const order = line.slice(0, 9);
  const all = {
    line,
    order,
    stops: useList('stops', { limit: 2000 }, ['stop']),
    acks: useList('stop-acks', { from: order, to: `${order}-99`, limit: 500 }, ['floor', 'stop']),
    changes: useList('changes', { order, limit: 100 }, ['order', 'stop', 'floor']),
    copies: useList('copies', { from: line, to: line, limit: 500 }, ['floor', 'order', 'stop']),
    lines: useList('lines', { order }, ['order']),
    drafts: useList('drafts', { order }, ['order']),
    reviews: useList('reviews', { order, limit: 500 }, ['order']),
    explained: useList('differences', { order, limit: 500 }, ['order']),
    revisions: useList('revisions', { order, limit: 500 }, ['order']),
    stations: useList('stations', { limit: 2000 }, ['master']),
    people: useList('people', { limit: 500 }, ['user']),
    held: useList('held', { limit: 2000 }, ['pay', 'exception', 'floor']),
  };
  all.row = (all.lines.rows || []).find((one) => one.line === line);
  all.stop = (all.stops.rows || []).find((one) => (one.line === line || one.line === order) && !one.pieces);
  const own = (all.changes.rows || []).filter((one) => one.line === line);
  all.change = own.find((one) => one.state === 0) || own.find((one) => !all.stop || one.closed > all.stop.at); // stopped again: another one
  all.isOpen = !!all.change && all.change.state === 0;
  all.set = all.change && all.change.of_change ? (all.changes.rows || []).filter((one) => one.of_change === all.change.of_change).sort((a, b) => a.id - b.id) : [];
  all.first = all.set[0] || all.change; // what was agreed stands with the first line of a change
  const stopped = (row) => (all.stops.rows || []).some((one) => !one.pieces && (one.line === row.line || one.line === order));
  all.others = (all.lines.rows || []).filter((row) => row.line !== line && row.rev > 0 && stopped(row) && !(all.changes.rows || []).some((one) => one.line === row.line && one.state === 0));
  all.oldRev = all.change ? all.change.old_rev : all.row ? all.row.rev : 0;
  all.made = useList('stays', { line, rev: all.oldRev || 1, limit: 100 }, ['floor', 'order']);
  all.papers = (all.copies.rows || []).filter((one) => one.rev === all.oldRev);
  all.draft = (all.drafts.rows || []).find((one) => one.line === line);
  all.places = Object.fromEntries((all.stations.rows || []).map((one) => [one.id, one.name]));
  all.waiting = (all.held.rows || []).filter((one) => one.line === line);
  return all;
}

const isIn = (paper) => paper.state !== 0;
const isDecided = (one) => one.good === (one.stays || 0) + (one.redo || 0);

// ---- step: what the customer wants

// The lines of one change, each with its own papers, decisions and sheet.
function Together({ all }) {
  if (all.set.length < 2) return null;
  return html`<p class="together">${t('office.change.together', all.set.length)} ${all.set.map((one) => html`<${Chip} key=${one.line} on=${one.line === all.line} href=${href(`changes/${one.line}`)}>${sheet(one.line)} ${word('change_state', one.state)}</${Chip}> `)}</p>`;
}

function Wish({ all }) {
  const { change } = all;
  const [draft, setDraft] = useState({});
  const [files, setFiles] = useState([]);
  const [also, setAlso] = useState([]);
  const { run, error, busy, faults } = useAct();
  const value = { wants: change ? change.wants : '', confirmed_day: (change && change.confirmed) || '', confirmed_by: (change && change.confirmed_by) || '', ...draft };
  const put = (name) => (e) => setDraft({ ...draft, [name]: e.target.value });
  const done = () => { setDraft({}); setFiles([]); };
  const send = () => (change && all.isOpen
    ? run('change.save', { change: change.id, base: change.version, wants: value.wants.trim(), confirmed_day: value.confirmed_day, confirmed_by: value.confirmed_by.trim(), files }, done)
    : run('change.open', { ...(also.length ? { lines: [all.line, ...also] } : { line: all.line }), wants: value.wants.trim(), files }, done));
  const isTyped = Object.keys(draft).length > 0 || files.length > 0;
  const name = change && all.isOpen ? 'change.save' : 'change.open';
  if (change && !all.isOpen) return html`<${Together} all=${all} /><p><b>${change.wants}</b> <small>${t('office.change.by', who(change.who), moment(change.at))}</small></p>`;
  return html`<${Together} all=${all} /><div class="wish">
    <${Field} label=${t('office.change.wants')} error=${faults.wants}><input id="wants" maxlength="160" value=${value.wants} disabled=${!may(name)} onInput=${put('wants')} /></${Field}>
    ${change ? html`<${Field} label=${t('office.change.col.confirmed_day')} error=${faults.confirmed_day}><input type="date" id="confirmed-day" max=${store.me.today} value=${value.confirmed_day} disabled=${!may(name)} onInput=${put('confirmed_day')} /></${Field}>
      <${Field} label=${t('office.change.col.confirmed_by')} error=${faults.confirmed_by}><input id="confirmed-by" maxlength="20" value=${value.confirmed_by} disabled=${!may(name)} onInput=${put('confirmed_by')} /></${Field}>` : null}
    ${!change && may(name) && all.others.length ? html`<div class="span4 also"><span class="ink3">${t('office.change.also')}</span> ${all.others.map((row) => html`<label class="check" key=${row.line}><input type="checkbox" id=${`also-${row.line}`} checked=${also.includes(row.line)} onChange=${() => setAlso(also.includes(row.line) ? also.filter((one) => one !== row.line) : [...also, row.line])} />${sheet(row.line)} ${row.product}</label>`)}</div>` : null}
    ${may(name) ? html`<${Files} files=${files} onChange=${setFiles} id="change-file" />` : null}
    ${change && change.source ? html`<p class="span4">${t('office.change.source')} <a href=${`/api/file/${change.source}`} download>${change.source_name}</a></p>` : null}
    ${change && change.due ? html`<p class="span4">${t('office.change.due', day(change.due))}</p>` : null}
    ${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}
    ${may(name) ? html`<div class="acts"><${Button} main=${!change} id="wish-do" why=${busy ? t('office.wait') : !value.wants.trim() ? t('office.change.wants') : change && !isTyped ? t('office.order.unchanged') : ''} onClick=${send}>${t(change ? 'office.change.save' : 'office.change.open')}</${Button}></div>` : null}</div>`;
}

// ---- step: collecting

// The 18 digits of a sheet, however they are grouped.
function codeRead(text) {
  const m = text.replace(/\D/g, '').match(/^1(\d{4})(\d{4})(\d{2})(\d{2})(\d{3})\d{2}$/);
  return m && { line: `${m[1]}-${m[2]}-${m[3]}`, rev: Number(m[4]), copy: Number(m[5]) };
}

function Lost({ paper, close }) {
  const [draft, setDraft] = useState({ who: paper.name || '', why: '' });
  const { run, error, busy } = useAct();
  const put = (name) => (e) => setDraft({ ...draft, [name]: e.target.value });
  const why = busy ? t('office.wait') : draft.who.trim() ? '' : t('office.change.lost.who');
  return html`<div class="answerline lost"><input id="lost-who" value=${draft.who} maxlength="20" placeholder=${t('office.change.lost.who')} onInput=${put('who')} />
    <input id="lost-why" value=${draft.why} maxlength="60" placeholder=${t('office.change.lost.why')} onInput=${put('why')} />
    <${Button} harm id="lost-do" why=${why} onClick=${() => run('copy.lost', { line: paper.line, rev: paper.rev, copy: paper.copy, who: draft.who.trim(), why: draft.why.trim() }, close)}>${t('office.change.lost.do', paper.copy)}</${Button}><${Button} onClick=${close}>${t('office.cancel')}</${Button}>
    ${error ? html`<span class="red">${error.message}</span>` : null}</div>`;
}

function Where({ paper, all }) {
  if (!paper.wall) return html`<i>${t('office.change.unseen')}</i>`;
  return html`${paper.station ? html`<b>${all.places[paper.station] || paper.station}</b> ` : ''}${moment(paper.wall)} ${paper.name || ''}`;
}

function State({ paper, all, now }) {
  if (paper.state === 1) return html`<b class="green">✓ ${moment(paper.wall)} ${paper.name || who(paper.users) || ''}</b>`;
  if (paper.state === 2) return html`<b class="amber">${t('office.change.lost', paper.lost_who)}</b> <small>${who(paper.lost_by)} ${moment(paper.lost_at)}</small>`;
  return html`<b class="red">${all.stop ? t('office.change.out', age(now - all.stop.at)) : t('office.copy_state.0')}</b>`;
}

function Recall({ all, at, setAt, lost, setLost }) {
  const [text, setText] = useState('');
  const { run, error, busy, clear } = useAct();
  const [wrong, setWrong] = useState('');
  const now = Date.now() + store.clockOff;
  const inN = all.papers.filter(isIn).length;
  // What the field holds at Enter counts. It is selected then, so the next scan takes its place, whatever became of it; the answer
  // empties the field only of what it answers: the next paper may be scanned already.
  const take = (paper, typed) => run('copy.collect', { line: paper.line, rev: paper.rev, copy: paper.copy }, () => setText((held) => (held === typed ? '' : held)));
  const scan = (e) => {
    if (e.key !== 'Enter') return;
    const typed = e.target.value, code = codeRead(typed);
    e.target.select();
    clear();
    setWrong('');
    if (!code) setWrong(t('office.change.scan.bad'));
    else if (code.line !== all.line) setWrong(t('office.change.scan.other', sheet(code.line)));
    else take(code, typed);
  };
  return html`<div class="recall"><div class="recallhead"><span class=${`big ${inN === all.papers.length ? 'green' : 'red'}`}>${inN}<small> / ${all.papers.length}</small></span>
      <div><b>${inN === all.papers.length ? t('office.change.allin', all.oldRev) : t('office.change.recall', all.oldRev, inN, all.papers.length - inN)}</b><small>${t('office.change.recall.how')}</small></div>
      ${may('copy.collect') ? html`<${Field} label=${t('office.change.scan')}><input id="scan-copy" inputmode="numeric" autocomplete="off" value=${text} onInput=${(e) => setText(e.target.value)} onKeyDown=${scan} /></${Field}>` : null}</div>
    ${wrong || error ? html`<${Note} tone="red">${wrong || error.message}</${Note}>` : null}
    <table class="plain copies"><thead><tr><th></th><th>${t('office.col.copy')}</th><th>${t('office.col.part')}</th><th>${t('office.change.lastseen')}</th><th>${t('office.copy_state.1')}</th><th></th></tr></thead>
      <tbody>${all.papers.map((paper, i) => html`<tr key=${paper.copy} class=${i === at ? 'selected' : ''} onClick=${() => setAt(i)}>
        <td><span class=${`tick ${paper.state === 1 ? 'on' : paper.state === 2 ? 'half' : ''}`}>${paper.state === 1 ? '✓' : paper.state === 2 ? '–' : ''}</span></td>
        <td><b>${String(paper.copy).padStart(3, '0')}</b></td><td>${word('part', paper.part)}${paper.replaces ? html` <small>${t('office.change.replaces', paper.replaces)}</small>` : null}</td>
        <td>${paper.state === 1 ? '—' : html`<${Where} paper=${paper} all=${all} />`}</td><td><${State} paper=${paper} all=${all} now=${now} /></td>
        <td class="right">${isIn(paper) ? null : html`${may('copy.collect') ? html`<a href="#" id=${`in-${paper.copy}`} onClick=${(e) => { e.preventDefault(); if (!busy) take(paper); }}>${t('office.change.takein')}</a>` : null} ${' '}
          ${may('copy.lost') ? html`<a href="#" class="harm" id=${`lost-${paper.copy}`} onClick=${(e) => { e.preventDefault(); setLost(paper.copy); }}>${t('office.change.lost.declare')}</a>` : null}`}</td></tr>
        ${lost === paper.copy ? html`<tr key=${`${paper.copy}l`}><td colspan="6"><${Lost} paper=${paper} close=${() => setLost(0)} /></td></tr>` : null}`)}</tbody></table></div>`;
}

// ---- step: what stays good

const Stepper = ({ id, value, most, put, disabled }) => html`<span class="stepper"><button type="button" tabindex="-1" disabled=${disabled || value <= 0} onClick=${() => put(value - 1)}>−</button><input id=${id} inputmode="numeric" value=${value} disabled=${disabled} onInput=${(e) => put(Math.max(0, Math.min(most, Number(e.target.value.replace(/\D/g, '')) || 0)))} /><button type="button" tabindex="-1" disabled=${disabled || value >= most} onClick=${() => put(value + 1)}>+</button></span>`;

function Decide({ all }) {
  const wages = useList('change-wages', { line: all.line, rev: all.oldRev || 1, limit: 500 }, ['pay', 'floor']);
  const [typed, setTyped] = useState({});
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const rows = (all.made.rows || []).filter((one) => one.good || one.bad || one.held || one.stays != null);
  const mayDo = may('stays.put') && (all.isOpen || (all.change && all.change.state === 1));
  const stayOf = (one) => (typed[one.op] !== undefined ? typed[one.op] : one.stays != null && isDecided(one) ? one.stays : one.good);
  const open = rows.filter((one) => one.good !== 0 && (typed[one.op] !== undefined || !isDecided(one)));
  const send = async () => {
    setBusy(true);
    setError('');
    try {
      for (const one of open) await act('stays.put', { line: all.line, op: one.op, good: Math.min(stayOf(one), one.good), redo: one.good - Math.min(stayOf(one), one.good), ...(one.version ? { base: one.version } : {}) });
      setTyped({});
    } catch (e) {
      setError(e.message);
    }
    setBusy(false);
  };
  const paid = (op) => ((wages.rows || []).filter((one) => one.op === op));
  if (all.made.rows && !rows.length) return html`<p class="ink3">${t('office.change.nothing')}</p>`;
  return html`<table class="plain made"><thead><tr><th>${t('office.col.op_name')}</th><th>${t('office.col.part')}</th><th class="right">${t('office.change.made')}</th><th>${t('office.change.col.stays')}</th><th>${t('office.change.col.redo')}</th><th>${sees('change-wages') ? t('office.change.paid') : ''}</th></tr></thead>
    <tbody>${rows.map((one) => html`<tr key=${one.op}><td>${one.op} ${one.op_name}</td><td>${word('part', one.part)}</td><td class="right"><b>${count(one.good)}</b>${one.bad ? html` <small class="red">${t('office.change.bad', one.bad)}</small>` : null}${one.held ? html` <a class="amber" href=${href('held', { q: all.line })}>${t('office.change.held', one.held)}</a>` : null}</td>
      <td>${one.good ? html`<${Stepper} id=${`stay-${one.op}`} value=${Math.min(stayOf(one), one.good)} most=${one.good} disabled=${!mayDo} put=${(n) => setTyped({ ...typed, [one.op]: n })} />` : '—'}</td>
      <td>${one.good ? html`<${Stepper} id=${`redo-${one.op}`} value=${one.good - Math.min(stayOf(one), one.good)} most=${one.good} disabled=${!mayDo} put=${(n) => setTyped({ ...typed, [one.op]: one.good - n })} />` : '—'}</td>
      <td>${paid(one.op).map((who) => `${who.name || who.worker} ${fen(who.fen)}`).join(' · ')} ${one.good && isDecided(one) && typed[one.op] === undefined ? html`<small class="green">✓ ${who(one.who)} ${moment(one.at)}</small>` : one.good ? html`<small class="amber">${t('office.change.undecided')}</small>` : null}</td></tr>`)}</tbody></table>
    ${all.waiting.length ? html`<p><a class="amber" href=${href('held', { q: all.line })}>${t('office.change.waiting', all.waiting.length)}</a></p>` : null}
    ${error ? html`<${Note} tone="red">${error}</${Note}>` : null}
    ${mayDo && open.length ? html`<div class="acts"><${Button} id="stays-do" why=${busy ? t('office.wait') : ''} onClick=${send}>${t('office.change.decide', open.length)}</${Button}></div>` : null}`;
}

// ---- step: compensation

function Agree({ all }) {
  const { change, first } = all;
  const [draft, setDraft] = useState({});
  const { run, error, busy, faults } = useAct();
  if (!change) return null;
  const value = { sum: first.comp == null ? '' : plain(first.comp), who: first.comp_who || '', day: first.comp_day || store.me.today, ...draft };
  const put = (name) => (e) => setDraft({ ...draft, [name]: e.target.value });
  const stands = first.comp != null ? html`<p><b>${fen(first.comp)}</b> ${t('office.change.agreed', first.comp_who, day(first.comp_day), who(first.comp_by))}</p>` : null;
  if (!may('change.agree') || !all.isOpen) return stands || html`<p class="ink3">${t('office.change.unagreed')}</p>`;
  return html`${stands}<div class="answerline"><${Field} label=${t('office.change.sum')} error=${faults.sum}><input id="comp-sum" class="right" inputmode="decimal" value=${value.sum} onInput=${put('sum')} /></${Field}>
      <${Field} label=${t('office.change.col.comp_who')} error=${faults.who}><input id="comp-who" maxlength="20" value=${value.who} onInput=${put('who')} /></${Field}>
      <${Field} label=${t('office.change.col.comp_day')} error=${faults.day}><input id="comp-day" type="date" max=${store.me.today} value=${value.day} onInput=${put('day')} /></${Field}>
      <${Button} id="comp-do" why=${busy ? t('office.wait') : value.sum && value.who.trim() ? '' : t('office.change.agree.need')} onClick=${() => run('change.agree', { change: change.id, base: change.version, sum: value.sum.trim(), who: value.who.trim(), day: value.day }, () => setDraft({}))}>${t('office.change.agree')}</${Button}></div><p class="about">${t('office.change.owes')}</p>
    ${error && !Object.keys(faultsOf(error)).length ? html`<${Note} tone="red">${error.message}</${Note}>` : null}`;
}

// ---- step: the new revision

function NewRevision({ all }) {
  const { run, error, busy } = useAct();
  const { draft, change } = all;
  const reviews = all.reviews.rows || [];
  const signed = draft ? reviews.filter((one) => one.line === all.line && one.rev === draft.rev && one.signed_by).length : 0;
  const differences = draft ? differencesOf(draft, all.explained.rows || []) : [];
  if (change && change.state === 1) return html`<p>${t('office.change.released', change.new_rev, who(change.closed_by), moment(change.closed))} <a href=${href(`orders/${all.order}`, { tab: 'sheet' })}>${t('office.change.print')}</a></p>`;
  if (!all.isOpen) return html`<p class="ink3">—</p>`;
  return html`${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}
    ${draft ? html`<p>${t('office.sheet.waits', draft.rev, signed, KINDS.length)} · <a id="to-sheet" href=${href(`orders/${all.order}`, { tab: 'sheet', edit: all.line })}>${t('office.data.edit')}</a> · <a href=${href(`review/${all.line}`)}>${t('office.page.review')}</a></p>
      <${Signers} draft=${draft} reviews=${reviews} />
      ${may('sheet.release') ? html`<${Release} draft=${draft} isReady=${signed >= KINDS.length && differences.every((one) => one.why) && draft.current} />` : null}`
    : may('sheet.make') ? html`<div class="acts"><${Button} id="draft-make" why=${busy ? t('office.wait') : ''} onClick=${() => run('sheet.make', { line: all.line })}>${t('office.change.draft', all.oldRev + 1)}</${Button}></div>` : html`<p class="ink3">${t('office.change.maker')}</p>`}`;
}

function Restart({ all }) {
  const { run, error, busy } = useAct();
  const [why, setWhy] = useState('');
  if (!all.stop) return html`<p class="green">${t('office.change.running')}</p>`;
  return html`${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}
    ${all.isOpen ? (may('change.drop') ? html`<div class="answerline"><input id="drop-why" value=${why} maxlength="60" placeholder=${t('office.change.drop.why')} onInput=${(e) => setWhy(e.target.value)} /><${Button} harm id="drop" why=${busy ? t('office.wait') : why.trim() ? '' : t('office.change.drop.why')} onClick=${() => run('change.drop', { change: all.change.id, base: all.change.version, why: why.trim() }, () => setWhy(''))}>${t('office.change.drop')}</${Button}></div>` : null)
    : may('lift') ? html`<div class="acts"><${Button} main id="restart" why=${busy ? t('office.wait') : ''} onClick=${() => run('lift', { what: all.stop.line, base: all.stop.version })}>${t('office.change.restart', sheet(all.stop.line))}</${Button}></div>` : html`<p class="ink3">${t('office.change.lifter')}</p>`}`;
}

// ---- the right side: what changes, who knows

function Differs({ all }) {
  const revision = (rev) => (all.revisions.rows || []).find((one) => one.line === all.line && one.rev === rev);
  const rowFields = all.row ? { product: all.row.product, colour: all.row.colour, opening: all.row.opening, quantity: String(all.row.quantity), remarks: all.row.remarks } : {};
  const said = (rev) => { const one = revision(rev); return one && one.fields ? fieldsOf(one.fields) : null; };
  const before = said(all.oldRev) || rowFields;
  const after = all.draft ? fieldsOf(all.draft.fields) : all.change && all.change.new_rev ? said(all.change.new_rev) || rowFields : null;
  if (!after) return html`<p class="ink3">${t('office.change.nodraft')}</p>`;
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => (before[name] || '') !== (after[name] || '') && (said(all.oldRev) || rowFields[name] !== undefined));
  return html`${before.opening && after.opening && before.opening !== after.opening ? html`<div class="doors"><figure><${Door} opening=${before.opening} size=${56} /><figcaption>${t('office.order.rev', all.oldRev)} <b>${before.opening}</b></figcaption></figure><b class="amber">→</b><figure class="new"><${Door} opening=${after.opening} size=${56} /><figcaption>${t('office.order.rev', all.oldRev + 1)} <b class="amber">${after.opening}</b></figcaption></figure></div><p class="ink3 mid">${t('office.spec.view')}</p>` : null}
    <dl class="differs">${names.map((name) => html`<dt key=${name}>${t(`office.spec.${name}`).replace(/ ?[（(].*/, '')}</dt><dd>${specWords(name, before[name] || '') || '—'} → <b class="amber">${specWords(name, after[name] || '') || '—'}</b></dd>`)}</dl>
    ${names.length ? null : html`<p class="amber">${t('office.change.same')}</p>`}`;
}

function Known({ all }) {
  return html`<ul class="known">${all.stop ? html`<li><i class="red"></i>${moment(all.stop.at)} ${t('office.change.stopped', who(all.stop.who))}</li>` : null}</ul>
    ${all.stop ? html`<${StopAcks} stop=${all.stop} of=${all.line} acks=${all.acks.rows || []} stations=${all.stations.rows || []} />` : null}`;
}

function stepsOf(all) {
  const { change, stop, draft } = all;
  const inN = all.papers.filter(isIn).length;
  const rows = (all.made.rows || []).filter((one) => one.good > 0);
  const decided = rows.filter(isDecided).length;
  const acks = (all.acks.rows || []).filter((one) => stop && one.stop === stop.id).length;
  const isReleased = !!change && change.state === 1;
  const signed = draft ? draft.signed_n : isReleased ? KINDS.length : 0;
  return [
    ['stop', !!stop || isReleased, stop ? `${moment(stop.at)} ${who(stop.who)}` : isReleased ? t('office.change.lifted') : '—'],
    ['known', acks > 0 || isReleased, t('office.change.acks', acks)],
    ['wish', !!change && !!change.confirmed, change ? (change.confirmed ? t('office.change.confirmed', day(change.confirmed), change.confirmed_by) : t('office.change.unconfirmed')) : '—'],
    ['recall', !!change && inN === all.papers.length, `${inN}/${all.papers.length}`],
    ['decide', !!change && decided === rows.length, t('office.change.decided', rows.length, decided)],
    ...(sees('losses') ? [['loss', (all.losses || []).length > 0, (all.losses || []).length ? fen(all.losses.reduce((sum, one) => sum + one.fen, 0)) : '—']] : []),
    ['agree', !!all.first && all.first.comp != null, all.first && all.first.comp != null ? fen(all.first.comp) : '—'],
    ['draft', !!draft || isReleased, draft ? t('office.order.rev', draft.rev) : isReleased ? t('office.order.rev', change.new_rev) : '—'],
    ['sign', signed >= KINDS.length, `${signed}/${KINDS.length}`],
    ['release', isReleased, change && change.due ? t('office.change.duenew', day(change.due)) : '—'],
    ['restart', isReleased && !stop, stop ? '—' : isReleased ? t('office.change.running') : '—'],
  ].map(([key, done, text]) => ({ key, done, text }));
}

export function Change() {
  const line = store.route.path[0];
  const all = useChange(line);
  const losses = useList('losses', { order: all.order, limit: 100 }, ['order']);
  all.losses = (losses.rows || []).filter((one) => one.state !== 2 && (one.line === line || one.line === '0000-0000' || !one.line));
  const [at, setAt] = useState(0);
  const [lost, setLost] = useState(0);
  const box = useRef(null);
  const now = Date.now() + store.clockOff;
  const steps = stepsOf(all);
  const current = steps.findIndex((one) => !one.done && one.key !== 'known'); // who knows comes by itself
  const jump = (key) => { const part = box.current && box.current.querySelector(`#step-${key}`); if (part) part.scrollIntoView({ block: 'start' }); };
  const move = (n) => { setAt(Math.max(0, Math.min(all.papers.length - 1, at + n))); return true; };
  useKeys({
    Escape: () => (lost ? setLost(0) : go('changes')), ArrowDown: () => move(1), ArrowUp: () => move(-1),
    KeyR: () => { const one = document.getElementById('scan-copy'); if (one) one.focus(); return !!one; },
    KeyL: () => { const paper = all.papers[at]; if (!paper || isIn(paper) || !may('copy.lost')) return false; setLost(paper.copy); return true; },
    KeyD: () => { const one = box.current && box.current.querySelector('.made input:not(:disabled)'); if (one) one.focus(); return !!one; },
    KeyS: () => (current >= 0 ? jump(steps[current].key) : false),
  });
  useEffect(() => { const one = lost && document.getElementById('lost-who'); if (one) one.focus(); }, [lost]);
  useFoot(t('office.change.rule'), [['↑ ↓', t('office.key.row')], ['R', t('office.change.key.scan')], ['L', t('office.change.lost.declare')], ['D', t('office.change.key.decide')], ['S', t('office.change.key.step')], ['?', t('office.key.all')]]);
  const { row, stop, change } = all;
  const part = (key, title, about, view) => html`<section id=${`step-${key}`} key=${key}><h2>${title} <small>${about}</small></h2>${view}</section>`;
  return html`<${PageHead} title=${html`<a class="back" href=${href('changes')}>‹</a> ${stop ? html`<${Mark} kind="stop" />` : null} ${sheet(line)}`} text=${row ? `${(change && change.customer) || ''} ${row.product} ×${row.quantity}` : ''}>
      ${stop ? html`<b class="red">${t('office.change.since', age(now - stop.at))}</b>` : null}
      <a class="button" href=${href(`orders/${all.order}`)}>${t('office.todo.open')}</a></${PageHead}>
    ${all.lines.rows && !row ? html`<${Empty}>${t('office.notfound', line)} <a href=${href('changes')}>${t('office.page.changes')}</a></${Empty}>` : null}
    ${row ? html`<div class="columns change">
      <nav class="steps">${steps.map((one, i) => html`<a key=${one.key} href="#" class=${one.done ? 'done' : i === current ? 'now' : ''} onClick=${(e) => { e.preventDefault(); jump(one.key); }}><i>${one.done ? '✓' : i + 1}</i><b>${t(`office.change.step.${one.key}`)}</b><small>${one.text}</small></a>`)}</nav>
      <section class="list" ref=${box}>
        ${!stop && !all.isOpen && !(change && change.state === 1) ? html`<${Note} tone="amber">${t('office.change.notstopped')} <a href=${href(`orders/${all.order}`)}>${t('office.todo.open')}</a></${Note}>` : null}
        ${part('wish', t('office.change.step.wish'), t('office.change.wish.about'), html`<${Wish} key=${change ? change.id : 0} all=${all} />`)}
        ${part('recall', t('office.change.step.recall'), '', html`<${Recall} all=${all} at=${at} setAt=${setAt} lost=${lost} setLost=${setLost} />`)}
        ${part('decide', t('office.change.step.decide'), t('office.change.decide.about', all.oldRev + 1), html`<${Decide} all=${all} />`)}
        ${sees('losses') ? part('loss', t('office.change.step.loss'), t('office.change.loss.about'), html`<${LossOf} all=${all} list=${losses} />`) : null}
        ${part('agree', t('office.change.step.agree'), '', html`<${Agree} all=${all} />`)}
        ${part('draft', t('office.change.step.draft'), '', html`<${NewRevision} all=${all} />`)}
        ${part('restart', t('office.change.step.restart'), '', html`<${Restart} all=${all} />`)}
      </section>
      <${Whole} as="aside" name="side"><h2>${t('office.change.what')} <small>${t('office.change.revs', all.oldRev, all.oldRev + 1)}</small></h2><${Differs} all=${all} />
        <h2>${t('office.change.who')}</h2><${Known} all=${all} /></${Whole}></div>` : null}`;
}

// ---- the list: what stands and what is being changed

export function Changes() {
  const { query } = store.route;
  const q = (query.get('q') || '').trim().toLowerCase();
  const show = query.get('show') || 'open';
  const changes = useList('changes', { limit: 500 }, ['order', 'stop', 'floor']);
  const stops = useList('stops', { limit: 2000 }, ['stop']);
  const now = Date.now() + store.clockOff;
  const open = changes.rows || [];
  const isWhole = (what) => what.length === 9;
  const bare = (stops.rows || []).filter((one) => !open.some((other) => other.line === one.line || other.line.startsWith(`${one.line}-`)));
  const stopOf = (line) => (stops.rows || []).find((one) => one.line === line || one.line === line.slice(0, 9));
  const rows = [
    ...open.map((one) => ({ ...one, key: one.line, since: (stopOf(one.line) || one).at, is: 'change', text: one.wants })),
    ...bare.map((one) => ({ key: `${one.line}/${one.id}`, line: one.line, since: one.at, is: 'stop', text: one.why || t('office.stop.unsaid'), who: one.who, pieces: one.pieces })),
  ].filter((one) => !q || `${one.line} ${sheet(one.line)} ${one.customer || ''} ${one.text}`.toLowerCase().includes(q));
  const at = query.get('at');
  const openRow = (row) => go(isWhole(row.line) ? `orders/${row.line}` : `changes/${row.line}`);
  const shows = ['open', ...(sees('losses') ? ['losses'] : []), 'volumes'];
  useKeys({ Escape: () => stay({ at: '' }), KeyE: () => { location.href = csvHref(show === 'losses' ? 'losses' : 'changes', {}); } });
  useFoot(t('office.change.rule'), [['↑ ↓', t('office.key.row')], ['Enter', t('office.todo.handle')], ['E', t('office.key.csv')], ['?', t('office.key.all')]]);
  const columns = [
    { key: 'line', heading: t('office.col.line'), show: (row) => html`<b class="order">${sheet(row.line)}</b>` },
    { key: 'is', heading: t('office.todo.what'), show: (row) => (row.is === 'change' ? t('office.todo.change') : row.pieces ? html`<b class="red">${t('office.change.doors', row.pieces)}</b>` : html`<b class="red">${t('office.todo.stop')}</b>`) },
    { key: 'customer', heading: t('office.col.customer'), show: (row) => row.customer || html`<i>—</i>` },
    { key: 'text', heading: t('office.change.col.wants'), show: (row) => row.text, wide: true },
    { key: 'copies', heading: t('office.change.step.recall'), right: true, show: (row) => (row.is === 'change' ? html`<b class=${row.copies_in < row.copies ? 'red' : 'green'}>${row.copies_in}/${row.copies}</b>` : html`<i>—</i>`) },
    { key: 'undecided', heading: t('office.col.undecided'), right: true, show: (row) => (row.undecided ? html`<b class="amber">${row.undecided}</b>` : html`<i>—</i>`) },
    { key: 'confirmed', heading: t('office.change.col.confirmed_day'), show: (row) => (row.confirmed ? day(row.confirmed) : html`<i>—</i>`), narrow: true },
    { key: 'since', heading: t('office.age'), show: (row) => html`<${Badge} tone="red">${age(now - row.since)}</${Badge}>` },
  ];
  return html`<${PageHead} title=${t('office.page.changes')} text=${t('office.change.about', open.length, (stops.rows || []).length)} chips=${shows.map((name) => html`<${Chip} key=${name} on=${show === name} href=${href('changes', { show: name })}>${t(`office.change.show.${name}`)}</${Chip}>`)}>
      ${show === 'open' ? html`<a class="button" href=${csvHref('changes', {})}>CSV <${Key} k="E" /></a>` : null}</${PageHead}>
    <${Whole} key=${show} name="view">${show === 'losses' ? html`<${Losses} q=${q} />` : show === 'volumes' ? html`<${Volumes} />` : html`<section class="list">
      <${Table} name="changes" question=${q} columns=${columns} rows=${rows} rowKey=${(row) => row.key} selected=${at} onSelect=${(key) => stay({ at: key })} onOpen=${openRow}
        phone=${(row) => [`${sheet(row.line)} ${row.customer || ''}`, row.text, row.is === 'change' ? `${row.copies_in}/${row.copies}` : age(now - row.since)]}
        empty=${changes.rows ? html`<${Empty}>${t('office.change.none')}</${Empty}>` : null} /></section>`}</${Whole}>`;
}

// The tab of an order: its changes, the newest first.
export function OrderChanges({ all }) {
  const changes = useList('changes', { order: all.id, limit: 100 }, ['order', 'stop', 'floor']);
  const lines = (all.lines.rows || []).filter((row) => row.rev > 0);
  const rows = changes.rows || [];
  return html`<div class="form wide">
    ${rows.map((row) => html`<fieldset key=${row.id}><legend>${sheet(row.line)} ${t('office.change.n', row.id)} <${Badge} tone=${row.state === 0 ? 'red' : ''}>${word('change_state', row.state)}</${Badge}></legend>
      <p><b>${row.wants}</b> <small>${t('office.change.by', who(row.who), moment(row.at))}</small></p>
      <p>${t('office.change.revs', row.old_rev, row.new_rev || row.old_rev + 1)} · ${t('office.change.step.recall')} ${row.copies_in}/${row.copies} · ${row.confirmed ? t('office.change.confirmed', day(row.confirmed), row.confirmed_by) : t('office.change.unconfirmed')}${row.due ? ` · ${t('office.change.duenew', day(row.due))}` : ''}${row.comp != null ? ` · ${t('office.change.step.agree')} ${fen(row.comp)}` : ''}</p>
      ${row.state === 0 ? html`<p><a href=${href(`changes/${row.line}`)}>${t('office.change.go')}</a></p>` : null}</fieldset>`)}
    ${lines.filter((row) => !rows.some((one) => one.line === row.line && one.state === 0)).map((row) => html`<p key=${row.line}><a href=${href(`changes/${row.line}`)}>${t('office.change.line', sheet(row.line))}</a></p>`)}
    ${lines.length ? null : html`<${Empty}>${t('office.change.unreleased')}</${Empty}>`}</div>`;
}
