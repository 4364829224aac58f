// cases.js - quality and after-sales cases, each followed until closed [R15] [R36]: who opened it of what, its time, photos, the
// cause, what was decided, who bears the cost, and what was found when it was verified. texts: office.case.*, office.cases.*
import { useState } from 'preact/hooks';
import { csvHref, pdfHref, useDraft, xlsxHref } from './api.js';
import { useTick } from './enquiry.js';
import { Fact } from './fact.js';
import { framed, useList, Whole } from './lists.js';
import { useAct } from './orderdata.js';
import { useKeys } from './keys.js';
import { Files } from './neworder.js';
import { Badge, Button, Chip, Empty, Field, html, Key, Note, PageHead, useFoot } from './parts.js';
import { OpenRemake } from './remake.js';
import { href, stay, store } from './store.js';
import { Table } from './table.js';
import { age, count, fen, moment, sheet, t, who } from './words.js';

const may = (name) => store.me.acts.includes(`/api/act/${name}`);
const isLine = (text) => text && !text.startsWith('0000');
const KINDS = ['complaint', 'quality', 'damage', 'short', 'wrong', 'repair', 'spare'];
const FAULTS = ['customer', 'transport', 'product'];
const DECISIONS = ['repair', 'remake', 'send', 'money', 'none'];
const BEARERS = ['factory', 'worker', 'customer', 'carrier', 'supplier'];
const nameOf = (row) => sheet(isLine(row.line) ? row.line : row.order);
const options = (words, group) => words.map((one) => html`<option key=${one} value=${one}>${t(`office.case.${group}.${one}`)}</option>`);

// [tone, words] of the time that is left.
function leftOf(row, now) {
  return row.due_at < now ? ['red', t('office.case.over', age(now - row.due_at))] : [row.due_at - now < 86400000 ? 'amber' : '', t('office.case.left', age(row.due_at - now))];
}

// ---- opening one: of an order or line, a report of bad pieces, or (one touch) an arrival receipt

export function OpenCase({ order, lines, line, event, pieces, then, close }) {
  const key = `case.new.${event || line || order || ''}`;
  const [draft, keep, drop] = useDraft(key, { order: '', line: line || '', kind: event ? 'quality' : 'complaint', what: '', who: '', pieces: pieces || '', due: '' });
  const [files, setFiles] = useState([]);
  const { run, error, busy, faults } = useAct();
  const of = draft.order.trim();
  const place = event ? { event } : draft.line ? { line: draft.line } : order ? { order } : /-\d{4}-\d+$/.test(of) ? { line: of } : { order: of };
  const why = busy ? t('office.wait') : !draft.what.trim() ? t('office.case.need.what') : !event && !order && !of ? t('office.case.need.order') : '';
  const put = (name) => (e) => keep({ [name]: e.target.value });
  const send = () => !why && run('case.open', { ...place, kind: draft.kind, what: draft.what.trim(), who: draft.who.trim(), pieces: draft.pieces.trim(), due: draft.due, files: files.map(({ hash, name }) => ({ hash, name })) }, (answer) => { drop(); setFiles([]); if (then) then(answer); });
  useKeys({ 'Ctrl+Enter': send, ...(close ? { Escape: close } : {}) });
  return html`<div class="caseform" id="case-new"><div class="fields two">
      ${event || order ? null : html`<${Field} label=${t('office.case.order')} error=${faults.order}><input id="case-order" autofocus maxlength="20" placeholder="2603-0001" value=${draft.order} onInput=${put('order')} /></${Field}>`}
      ${lines && lines.length && !event ? html`<${Field} label=${t('office.col.line')}><select id="case-line" value=${draft.line} onChange=${put('line')}><option value="">${t('office.case.whole')}</option>${lines.map((one) => html`<option key=${one.line} value=${one.line}>${sheet(one.line)} ${one.product}</option>`)}</select></${Field}>` : null}
      <${Field} label=${t('office.col.kind')} error=${faults.kind}><select id="case-kind" value=${draft.kind} onChange=${put('kind')}>${options(KINDS, 'kind')}</select></${Field}>
      <${Field} label=${t('office.case.pieces')} error=${faults.pieces}><input id="case-pieces" maxlength="40" value=${draft.pieces} onInput=${put('pieces')} /></${Field}>
      <${Field} label=${t('office.case.who')} error=${faults.who}><input id="case-who" maxlength="30" value=${draft.who} onInput=${put('who')} /></${Field}>
      <${Field} label=${t('office.case.due')} error=${faults.due}><input id="case-due" type="date" value=${draft.due} onInput=${put('due')} /></${Field}></div>
    <${Field} label=${t('office.case.what')} error=${faults.what}><input id="case-what" maxlength="390" value=${draft.what} onInput=${put('what')} /></${Field}>
    <${Files} files=${files} id="case-files" onChange=${setFiles} />
    ${error && !Object.keys(faults).length ? html`<${Note} tone="red">${error.message}</${Note}>` : null}
    <div class="acts"><${Button} main id="case-open" k="Ctrl Enter" why=${why} onClick=${send}>${t('office.case.open.do')}</${Button}>${close ? html`<${Button} onClick=${close}>${t('office.cancel')}</${Button}>` : null}</div></div>`;
}

// An arrival receipt that isn't right: it says itself what is wrong.
export function CaseOfReceipt({ note, then }) {
  const { run, error, busy } = useAct();
  if (!may('case.open')) return null;
  return html`<div class="acts"><${Button} main id="case-receipt" why=${busy ? t('office.wait') : ''} onClick=${() => run('case.open', { note }, then)}>${t('office.case.fromreceipt')}</${Button}></div>
    ${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}`;
}

// Bad pieces that want more than a decision whose fault they are.
export function CaseOfReport({ event, then }) {
  const [opens, setOpens] = useState(false);
  if (!may('case.open')) return null;
  return opens ? html`<${OpenCase} event=${event} then=${(answer) => { setOpens(false); if (then) then(answer); }} close=${() => setOpens(false)} />` : html`<div class="acts"><${Button} id="case-report" onClick=${() => setOpens(true)}>${t('office.case.fromreceipt')}</${Button}></div>`;
}

// ---- one case

function Edit({ row, close }) {
  const [draft, keep, drop] = useDraft(`case.${row.id}.${row.version}`, { kind: row.kind, what: row.what, who: row.who, pieces: row.pieces, fault: row.fault, due: '' });
  const [files, setFiles] = useState([]);
  const { run, error, busy, faults } = useAct();
  const put = (name) => (e) => keep({ [name]: e.target.value });
  const why = busy ? t('office.wait') : draft.what.trim() ? '' : t('office.case.need.what');
  const send = () => !why && run('case.save', { case: row.id, base: row.version, ...draft, what: draft.what.trim(), files: files.map(({ hash, name }) => ({ hash, name })) }, () => { drop(); close(); });
  useKeys({ 'Ctrl+Enter': send, Escape: close });
  return html`<div class="caseform" id="case-edit"><div class="fields two">
      <${Field} label=${t('office.col.kind')} error=${faults.kind}><select id="edit-kind" value=${draft.kind} onChange=${put('kind')}>${options(KINDS, 'kind')}</select></${Field}>
      <${Field} label=${t('office.case.fault')} error=${faults.fault}><select id="edit-fault" value=${draft.fault} onChange=${put('fault')}><option value="">${t('office.case.unknown')}</option>${options(FAULTS, 'fault')}</select></${Field}>
      <${Field} label=${t('office.case.pieces')} error=${faults.pieces}><input id="edit-pieces" maxlength="40" value=${draft.pieces} onInput=${put('pieces')} /></${Field}>
      <${Field} label=${t('office.case.who')} error=${faults.who}><input id="edit-who" maxlength="30" value=${draft.who} onInput=${put('who')} /></${Field}>
      <${Field} label=${t('office.case.due')} error=${faults.due}><input id="edit-due" type="date" value=${draft.due} onInput=${put('due')} /></${Field}></div>
    <${Field} label=${t('office.case.what')} error=${faults.what}><input id="edit-what" maxlength="390" value=${draft.what} onInput=${put('what')} /></${Field}>
    <${Files} files=${files} id="edit-files" onChange=${setFiles} />
    ${error && !Object.keys(faults).length ? html`<${Note} tone="red">${error.message}</${Note}>` : null}
    <div class="acts"><${Button} main id="case-save" k="Ctrl Enter" why=${why} onClick=${send}>${t('office.case.save')}</${Button}><${Button} onClick=${close}>${t('office.cancel')}</${Button}></div></div>`;
}

function DecisionOf({ row, close }) {
  const [draft, keep, drop] = useDraft(`case.decide.${row.id}`, { decision: row.decision, cause: row.cause, remedy: row.remedy, cost: row.cost ? String(row.cost / 100) : '', bearer: row.bearer, worker: '', remake: isLine(row.remake) ? row.remake : '' });
  const { run, error, busy, faults } = useAct();
  const remakes = useList('remakes', { order: row.order, limit: 200 }, ['order']).rows || [];
  const lines = useList('lines', { order: row.order }, ['order']).rows || [];
  const put = (name) => (e) => keep({ [name]: e.target.value });
  const of = isLine(row.line) ? row.line : (lines.find((one) => one.rev > 0) || {}).line;
  const why = busy ? t('office.wait') : !draft.decision ? t('office.case.need.decision') : !draft.cause.trim() ? t('office.case.need.cause') : '';
  const send = () => !why && run('case.decide', { case: row.id, base: row.version, ...draft, cause: draft.cause.trim(), remedy: draft.remedy.trim(), cost: draft.cost.trim(), worker: Number(draft.worker) || 0 }, () => { drop(); close(); });
  useKeys({ 'Ctrl+Enter': send, Escape: close });
  return html`<div class="caseform" id="case-decision">
    <div class="choice">${DECISIONS.map((one) => html`<button type="button" key=${one} id=${`decision-${one}`} class=${draft.decision === one ? 'on' : ''} onClick=${() => keep({ decision: one })}>${t(`office.case.decision.${one}`)}</button>`)}</div>
    <${Field} label=${t('office.case.cause')} error=${faults.cause}><input id="case-cause" maxlength="390" value=${draft.cause} onInput=${put('cause')} /></${Field}>
    <${Field} label=${t('office.case.remedy')} error=${faults.remedy}><input id="case-remedy" maxlength="390" value=${draft.remedy} onInput=${put('remedy')} /></${Field}>
    <div class="fields two"><${Field} label=${t('office.case.cost')} error=${faults.cost}><input id="case-cost" class="right" inputmode="decimal" value=${draft.cost} onInput=${put('cost')} /></${Field}>
      <${Field} label=${t('office.case.bearer')} error=${faults.bearer}><select id="case-bearer" value=${draft.bearer} onChange=${put('bearer')}><option value="">${t('office.case.nobody')}</option>${options(BEARERS, 'bearer')}</select></${Field}>
      ${draft.bearer === 'worker' ? html`<${Field} label=${t('office.case.worker')} error=${faults.worker}><input id="case-worker" inputmode="numeric" value=${draft.worker} onInput=${put('worker')} /></${Field}>` : null}
      ${draft.decision === 'remake' ? html`<${Field} label=${t('office.case.remake')} error=${faults.remake}><select id="case-remake" value=${draft.remake} onChange=${put('remake')}><option value="">${remakes.length ? '—' : t('office.case.noremake')}</option>${remakes.map((one) => html`<option key=${one.line} value=${one.line}>${sheet(one.line)} ← ${sheet(one.of_line)} ×${count(one.pieces)}</option>`)}</select></${Field}>` : null}</div>
    ${error && !Object.keys(faults).length ? html`<${Note} tone="red">${error.message}</${Note}>` : null}
    <div class="acts"><${Button} main id="case-decide" k="Ctrl Enter" why=${why} onClick=${send}>${t('office.case.decide.do')}</${Button}><${Button} onClick=${close}>${t('office.cancel')}</${Button}></div>
    ${draft.decision === 'remake' && of && may('remake.open') ? html`<${OpenRemake} line=${of} event=${row.event} pieces=${1} then=${(answer) => keep({ remake: answer.line })} />` : null}</div>`;
}

const Decision = framed(DecisionOf);

function Hand({ row, names, run, busy, close }) {
  const [to, setTo] = useState('');
  const [note, setNote] = useState('');
  return html`<div class="answerline"><select id="case-to" value=${to} onChange=${(e) => setTo(e.target.value)}><option value="">${t('office.asked.to')}</option>${Object.keys(names).filter((name) => name !== row.owner).map((name) => html`<option key=${name} value=${name}>${names[name]}</option>`)}</select>
    <input id="case-to-note" maxlength="100" value=${note} placeholder=${t('office.asked.note')} onInput=${(e) => setNote(e.target.value)} />
    <${Button} id="case-hand-do" why=${busy ? t('office.wait') : to ? '' : t('office.asked.to')} onClick=${() => run('case.hand', { case: row.id, base: row.version, to, note: note.trim() }, close)}>${t('office.asked.hand')}</${Button}></div>`;
}

function End({ row, run, busy }) {
  const [draft, keep, drop] = useDraft(`case.close.${row.id}`, { verified: '' });
  const verified = draft.verified.trim();
  const why = busy ? t('office.wait') : verified ? '' : t('office.case.need.verified');
  const send = () => !why && run('case.close', { case: row.id, base: row.version, verified }, drop);
  useKeys({ 'Ctrl+Enter': send });
  return html`<${Field} label=${t('office.case.close')}><input id="case-verified" maxlength="390" value=${draft.verified} onInput=${(e) => keep({ verified: e.target.value })} /></${Field}>
    <div class="acts"><${Button} main id="case-close" k="Ctrl Enter" why=${why} onClick=${send}>${t('office.case.close.do')}</${Button}></div>`;
}

// Facts first, then what can be done about it. isBare: on a page that says already of which order it is.
export function Case({ row, names, isBare }) {
  useTick(30000);
  const now = Date.now() + store.clockOff;
  const files = useList(row.photos ? 'case-files' : null, { case: row.id, limit: 100 }, ['order']).rows || [];
  const [does, setDoes] = useState('');
  const { run, error, busy } = useAct();
  const [tone, left] = leftOf(row, now);
  const isMine = row.owner === store.me.user;
  const isOpen = !row.closed_by;
  const wait = busy ? t('office.wait') : '';
  const close = () => setDoes('');
  const toggle = (name) => setDoes(does === name ? '' : name);
  const isOurs = isMine || store.me.roles.includes('manager');
  const mayHand = isOurs || row.decided_by === store.me.user;
  const mayTake = row.to_user ? isOurs || row.to_user === store.me.user : isOurs && !isMine;
  const mayClose = may('case.close') && row.decision && isOurs;
  const source = row.note ? t('office.case.of_receipt', row.note) : row.event ? t('office.case.of_report') : row.who ? t('office.case.called', row.who) : '';
  return html`<section class="case" data-case=${row.id}>
    <h2>${t('office.case.title', row.id)} ${nameOf(row)} <small>${row.customer}</small> <${Badge}>${t(`office.case.kind.${row.kind}`)}</${Badge}> ${isOpen ? html`<${Badge} tone=${tone}>${left}</${Badge}>` : html`<${Badge} tone="green">${t('office.case.done', who(row.closed_by), moment(row.closed_at))}</${Badge}>`}</h2>
    <p class="what">${row.what}</p>
    <p class="ink3">${[source, row.product, row.pieces && t('office.case.doors', row.pieces), row.fault && t(`office.case.fault.${row.fault}`), row.warranty == null ? '' : t(row.warranty ? 'office.case.warranty' : 'office.case.expired')].filter(Boolean).join(' · ')}</p>
    <p class="ink3">${t('office.case.opened', who(row.opened_by), moment(row.opened_at))} · ${t('office.case.owned', who(row.owner))} ${isBare ? null : html`· <a href=${href(`orders/${row.order}`, { tab: 'cases' })}>${t('office.todo.open')}</a>`} ${row.note ? html`· <a href=${href('shipping', { at: row.note })}>${row.note}</a>` : null}</p>
    ${files.length ? html`<div class="filelist">${files.filter((one) => !one.off).map((one) => html`<span key=${one.attached} class="file"><a href=${`/api/file/${one.hash}`} download>${one.name}</a></span>`)}</div>` : null}
    ${row.to_user && isOpen ? html`<${Note} tone="amber">${t('office.asked.handed', who(row.to_user))}${row.to_note ? ` · ${row.to_note}` : ''}</${Note}>` : null}
    ${row.decision ? html`<div class="note ${isOpen ? 'blue' : ''}" id=${`decided-${row.id}`}><b>${t('office.case.decided', t(`office.case.decision.${row.decision}`), row.cause)}</b> ${row.remedy} ${isLine(row.remake) ? html`<a href=${href(`orders/${row.order}`, { tab: 'remake' })}>${sheet(row.remake)}</a>` : null}
      <small> ${row.cost ? t('office.case.borne', fen(row.cost), `${t(`office.case.bearer.${row.bearer}`)} ${row.worker_name}`) : t('office.case.nobody')} · ${who(row.decided_by)} ${moment(row.decided_at)}</small></div>` : null}
    ${row.verified ? html`<p>${t('office.col.verified')}: <b>${row.verified}</b></p>` : null}
    ${isOpen && may('case.save') ? html`<div class="acts">
        ${may('case.decide') ? html`<${Button} id="case-decides" main=${!row.decision && !does} onClick=${() => toggle('decide')}>${t(row.decision ? 'office.case.again' : 'office.case.decide')}</${Button}>` : null}
        <${Button} id="case-edits" onClick=${() => toggle('edit')}>${t('office.case.edit')}</${Button}>
        ${!mayTake ? null : html`<${Button} id="case-take" why=${wait} onClick=${() => run('case.take', { case: row.id, base: row.version })}>${t(row.to_user === store.me.user ? 'office.asked.accept' : 'office.case.take')}</${Button}>`}
        ${mayHand ? html`<${Button} id="case-hand" onClick=${() => toggle('hand')}>${t('office.asked.hand')}</${Button}>` : null}</div>` : null}
    ${does === 'decide' ? html`<${Decision} key=${row.version} row=${row} close=${close} />` : null}
    ${does === 'edit' ? html`<${Edit} key=${row.version} row=${row} close=${close} />` : null}
    ${does === 'hand' ? html`<${Hand} row=${row} names=${names} run=${run} busy=${busy} close=${close} />` : null}
    ${isOpen && mayClose && !does ? html`<${End} row=${row} run=${run} busy=${busy} />` : null}
    ${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}
    ${row.event && store.me.lists.includes('fact') ? html`<${Fact} event=${row.event} />` : null}</section>`;
}

// Beside a row of another page: one case by its number.
export function CaseAside({ id, names }) {
  const list = useList('cases', { case: id }, ['order', 'exception']);
  const row = (list.rows || [])[0];
  return row ? html`<${Case} key=${id} row=${row} names=${names} />` : null;
}

// The order page's tab: open ones first, the newest first.
export function OrderCases({ all }) {
  const [opens, setOpens] = useState(false);
  const list = all.cases;
  const rows = [...(list.rows || [])].sort((a, b) => (a.closed_by ? 1 : 0) - (b.closed_by ? 1 : 0) || b.id - a.id);
  return html`<div class="form wide">
    ${may('case.open') ? opens ? html`<${OpenCase} order=${all.id} lines=${all.lines.rows || []} then=${() => { setOpens(false); list.load(); }} close=${() => setOpens(false)} />` : html`<div class="acts"><${Button} id="case" onClick=${() => setOpens(true)}>${t('office.cases.new')}</${Button}></div>` : null}
    ${rows.map((row) => html`<${Case} key=${row.id} row=${row} names=${all.names} isBare />`)}
    ${list.rows && !rows.length && !opens ? html`<${Empty}>${t('office.empty')}</${Empty}>` : null}</div>`;
}

// ---- the page

export function Cases() {
  const { query } = store.route;
  const now = Date.now() + store.clockOff;
  useTick(30000);
  const list = useList('cases', { limit: 2000 }, ['order', 'exception']);
  const people = useList('people', { limit: 500 }, ['user']).rows || [];
  const names = Object.fromEntries(people.map((row) => [row.name, row.full_name || row.name]));
  const [q, show, kind] = [(query.get('q') || '').trim().toLowerCase(), query.get('show') || 'open', query.get('kind') || ''];
  const all = list.rows || [];
  const open = all.filter((row) => !row.closed_by);
  const isLate = (row) => row.due_at < now;
  const shown = { open, late: open.filter(isLate), mine: open.filter((row) => row.owner === store.me.user || row.to_user === store.me.user), closed: all.filter((row) => row.closed_by) };
  const found = (shown[show] || open).filter((row) => !q || [nameOf(row), row.order, row.customer, row.product, row.what, row.who, row.note, row.id].some((text) => String(text || '').toLowerCase().includes(q)));
  const rows = found.filter((row) => !kind || row.kind === kind);
  const kinds = KINDS.filter((one) => found.some((row) => row.kind === one));
  const isNew = query.get('new') === '1' && may('case.open');
  const at = query.get('at');
  const row = rows.find((one) => String(one.id) === at) || rows[0];
  useKeys({ KeyN: () => (may('case.open') ? stay({ new: '1' }) : false), KeyE: () => { location.href = csvHref('cases', {}); } });
  useFoot(t('office.cases.rule'), [['↑ ↓', t('office.key.row')], ['N', t('office.cases.new')], ['Ctrl+Enter', t('office.key.commit')], ['E', t('office.key.csv')], ['?', t('office.key.all')]]);
  const chip = (name, value, text) => html`<${Chip} key=${value} on=${(name === 'show' ? show : kind) === value} href=${href('cases', { q, show, kind, [name]: name === 'kind' && kind === value ? '' : value })}>${text}</${Chip}>`;
  const columns = [
    { key: 'due_at', heading: t('office.col.case_due'), width: 112, show: (one) => { const [tone, left] = leftOf(one, now); return one.closed_by ? moment(one.closed_at) : html`<${Badge} tone=${tone}>${left}</${Badge}>`; } },
    { key: 'id', heading: t('office.col.case'), right: true, width: 56, show: (one) => one.id },
    { key: 'line', heading: t('office.col.line'), width: 92, value: nameOf, show: (one) => html`<b>${nameOf(one)}</b>` },
    { key: 'kind', heading: t('office.col.kind'), width: 84, value: (one) => t(`office.case.kind.${one.kind}`), show: (one) => t(`office.case.kind.${one.kind}`) },
    { key: 'customer', heading: t('office.col.customer'), narrow: true, show: (one) => one.customer },
    { key: 'what', heading: t('office.case.what'), wide: true, sorts: false, show: (one) => one.what },
    { key: 'decision', heading: t('office.col.case_decision'), width: 84, show: (one) => (one.decision ? t(`office.case.decision.${one.decision}`) : html`<i>—</i>`) },
    { key: 'cost', heading: t('office.col.cost'), right: true, narrow: true, show: (one) => (one.cost ? fen(one.cost) : html`<i>—</i>`) },
    { key: 'owner', heading: t('office.col.owner'), narrow: true, width: 92, show: (one) => (one.to_user ? html`<span class="amber">→ ${who(one.to_user)}</span>` : who(one.owner)) },
  ];
  const oldest = open.length ? age(now - Math.min(...open.map((one) => one.opened_at))) : '—';
  return html`<${PageHead} title=${t('office.page.cases')} text=${list.rows ? t('office.cases.about', count(open.length), count(shown.late.length), oldest) : ''}
      chips=${['open', 'late', 'mine', 'closed'].map((one) => chip('show', one, html`${t(`office.cases.${one}`)} ${shown[one].length || ''}`))}>
      ${may('case.open') ? html`<${Button} main=${!row && !isNew} id="case" k="N" onClick=${() => stay({ new: '1' })}>${t('office.cases.new')}</${Button}>` : null}
      <a class="button" href=${csvHref('cases', {})}>CSV <${Key} k="E" /></a><a class="button" href=${xlsxHref('cases', {})}>XLSX</a><a class="button" href=${pdfHref('cases', {})}>PDF</a></${PageHead}>
    ${kinds.length > 1 ? html`<div class="filters">${kinds.map((one) => chip('kind', one, `${t(`office.case.kind.${one}`)} ${found.filter((each) => each.kind === one).length}`))}</div>` : null}
    <div class="columns"><section class="list">
        <${Table} name="cases" question=${`${show} ${kind} ${q}`} columns=${columns} rows=${rows} rowKey=${(one) => String(one.id)} selected=${row ? String(row.id) : null} onSelect=${(key) => stay({ at: key, new: '' })}
          sort=${query.get('sort') || 'due_at'} onSort=${(s) => stay({ sort: s })}
          phone=${(one) => [`${nameOf(one)} ${t(`office.case.kind.${one.kind}`)} · ${one.customer}`, one.what, one.closed_by ? moment(one.closed_at) : leftOf(one, now)[1]]}
          empty=${list.rows ? html`<${Empty}>${t(show === 'open' ? 'office.cases.none' : 'office.empty')}</${Empty}>` : null} /></section>
      ${isNew ? html`<${Whole} as="aside" name="side wide"><h2>${t('office.cases.new')}</h2><${OpenCase} then=${(answer) => { list.load(); stay({ new: '', at: String(answer.case) }); }} close=${() => stay({ new: '' })} /></${Whole}>`
    : row ? html`<${Whole} as="aside" name="side wide"><${Case} key=${row.id} row=${row} names=${names} /></${Whole}>` : null}</div>`;
}
