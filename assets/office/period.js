// period.js - a pay period: what each worker is paid and what it is made of, what is open before it can be closed, and the
// way from open to checked to closed. An open period moves with every scan; a checked one stands still.
import { useState } from 'preact/hooks';
import { act, csvHref, useDraft, xlsxHref } from './api.js';
import { hours } from './decide.js';
import { useKeys } from './keys.js';
import { useList, Whole } from './lists.js';
import { Badge, Button, Chip, Empty, Field, Figure, html, Key, Note, PageHead, useFoot } from './parts.js';
import { Sign } from './sign.js';
import { go, href, stay, store } from './store.js';
import { Table } from './table.js';
import { Bars, daysOf, found, Hinders, number3, useBars } from './wages.js';
import { count, day, dayAdd, fen, moment, sheet, t, who, word } from './words.js';

const may = (name) => store.me.acts.includes(`/api/act/${name}`);
const OPEN = 0, CHECKED = 1, CLOSED = 2;

// A period is named by the month in which it ends.
export const periodName = (to) => t(`office.month.${Number(to.slice(5, 7))}`);
const stateOf = (row) => Number(row.state);

function useRun(then) {
  const [note, setNote] = useState(null);
  const [busy, setBusy] = useState(false);
  const run = async (what) => {
    if (busy) return;
    setBusy(true);
    setNote(null);
    try {
      setNote({ tone: 'green', text: await what() });
      then();
    } catch (e) {
      setNote({ tone: 'red', text: e.message });
    }
    setBusy(false);
  };
  return [note, busy, run];
}

// The check: pay day, and then everything stands still.
function Check({ period, then }) {
  const [draft, keep, drop] = useDraft(`check.${period.to_day}`, { pay: dayAdd(period.to_day, 15) });
  const [note, busy, run] = useRun(then);
  const why = store.me.today <= period.to_day ? t('office.period.runs', day(period.to_day)) : !/^\d{4}-\d\d-\d\d$/.test(draft.pay) ? t('office.period.payday') : '';
  const send = () => !why && run(async () => {
    const answer = await act('period.check', { to: period.to_day, pay: draft.pay });
    drop();
    stay({ period: period.to_day });
    return t('office.period.checked', answer.workers, count(answer.lines), fen(answer.sum_fen));
  });
  useKeys({ 'Ctrl+Enter': send });
  return html`<${Field} label=${t('office.col.pay_day')}><input type="date" id="pay-day" value=${draft.pay} onInput=${(e) => keep({ pay: e.target.value })} /></${Field}>
    ${note ? html`<${Note} tone=${note.tone}>${note.text}</${Note}>` : null}
    <${Button} main id="check" k="Ctrl Enter" why=${busy ? t('office.wait') : why} onClick=${send}>${t('office.period.check', periodName(period.to_day))}</${Button}>
    ${why ? html`<small class="why">${why}</small>` : html`<small class="why">${t('office.period.check.text')}</small>`}`;
}

function Close({ period, then }) {
  const [draft, keep, drop] = useDraft(`reopen.${period.to_day}`, { why: '' });
  const [note, busy, run] = useRun(then);
  const close = () => run(async () => {
    const proof = await act('period.close', { to: period.to_day }, `${periodName(period.to_day)} ${fen(period.net_fen)}`);
    return t('office.period.proof', count(proof.lines), fen(proof.sum_fen), fen(proof.slips_fen));
  });
  const reopen = () => run(async () => {
    await act('period.reopen', { to: period.to_day, why: draft.why.trim() });
    drop();
    stay({ period: period.to_day });
    return t('office.period.reopened');
  });
  useKeys({ 'Ctrl+Enter': () => may('period.close') && close() });
  return html`${note ? html`<${Note} tone=${note.tone}>${note.text}</${Note}>` : null}
    ${may('period.close') ? html`<${Button} main id="close" k="Ctrl Enter" why=${busy ? t('office.wait') : ''} onClick=${close}>${t('office.period.close', periodName(period.to_day))}</${Button}><small class="why">${t('office.period.close.text')}</small>` : null}
    ${may('period.reopen') ? html`<${Field} label=${t('office.period.reopen.why')}><input id="reopen-why" maxlength="60" value=${draft.why} onInput=${(e) => keep({ why: e.target.value })} /></${Field}>
      <${Button} harm id="reopen" why=${draft.why.trim() ? '' : t('office.period.reopen.needs')} onClick=${reopen}>${t('office.period.reopen')}</${Button}>` : null}`;
}

// What stands in the way of a month that can be trusted, and the next step.
function Steps({ period, total, then }) {
  const balance = useList(stateOf(period) === OPEN && 'balance', { from: period.from_day, to: period.to_day, limit: 1 }, ['floor']);
  const waits = useList('adjustments', { state: 0 }, ['pay']);
  const left = useList(stateOf(period) !== OPEN ? 'pay-open' : null, { to: period.to_day, limit: 500 }, ['pay']);
  const more = [];
  if (balance.total) more.push([balance.total.missing > 0, t('office.pay.missing'), balance.total.missing ? t('office.pay.missing.text', count(balance.total.missing)) : t('office.pay.missing.none'), balance.total.missing, href('balance', { from: period.from_day, to: period.to_day })]);
  if (waits.rows) more.push([waits.rows.length > 0, t('office.pay.adjust'), waits.rows.length ? t('office.pay.adjust.text') : t('office.pay.adjust.none'), waits.rows.length, href('adjust')]);
  const acts = stateOf(period) === OPEN ? (may('period.check') ? html`<${Check} period=${period} then=${then} />` : null) : stateOf(period) === CHECKED ? html`<${Close} period=${period} then=${then} />` : null;
  return html`<${Hinders} total=${total && { fen: total.net_fen }} more=${stateOf(period) === OPEN ? more : []} isOver=${stateOf(period) !== OPEN} sum=${t(stateOf(period) === OPEN ? 'office.pay.before' : 'office.pay.net')}>
      ${stateOf(period) !== OPEN ? html`<p class="about">${t('office.period.by', word('period', period.state), who(stateOf(period) === CLOSED ? period.closed_by : period.checked_by), moment(stateOf(period) === CLOSED ? period.closed : period.checked), day(period.pay_day))}</p>
        ${left.rows && left.rows.length ? html`<h3>${t('office.period.left', left.rows.length)}</h3><ul class="plain left">${left.rows.slice(0, 40).map((one) => html`<li><${Badge} tone="amber">${word('left', one.what)}</${Badge}> <span>${one.line ? html`<b>${sheet(one.line)}</b> ` : ''}${one.op_name} ${one.name}</span><span class="grow" /><span class="about">${!one.pieces ? '' : one.what === 'time' ? hours(one.pieces) : `× ${count(one.pieces)}`}</span>${one.fen ? html`<b>${fen(one.fen)}</b>` : null}</li>`)}</ul>` : left.rows ? html`<p class="green">${t('office.period.left.none')}</p>` : null}` : null}
      ${acts ? html`<div class="step-acts">${acts}</div>` : null}
    </${Hinders}>`;
}

export function Period() {
  const { query } = store.route;
  const q = query.get('q') || '';
  const sort = query.get('sort') || 'worker';
  const periods = useList('periods', { limit: 6 }, ['pay', 'floor']);
  const all = periods.rows || [];
  const period = all.find((one) => one.to_day === query.get('period')) || all.find((one) => stateOf(one) === CHECKED) || all[0] || { from_day: store.me.period[0], to_day: store.me.period[1], state: 0, net_fen: 0 };
  const span = { from: period.from_day, to: period.to_day };
  const list = useList('pay', span, ['pay', 'master']);
  const bars = useBars(span);
  const days = daysOf(span);
  const onlyHeld = query.get('held') === '1';
  const rows = (list.rows || []).filter((row) => found(row, q) && (!onlyHeld || row.held > 0));
  const isAll = list.rows && rows.length === list.rows.length && !list.next;
  const sum = (key) => (isAll ? list.total[key] : rows.reduce((n, row) => n + row[key], 0));
  const selected = query.get('at') ? Number(query.get('at')) : null;
  const open = (row) => go(`pay/${row.worker}`, { ...span, period: period.to_day });
  const paper = stateOf(period) !== OPEN;
  const sheetOf = paper && store.me.lists.includes('slips') ? 'slips' : 'pay';
  const exported = sheetOf === 'slips' ? { to: period.to_day } : span;
  useKeys({
    KeyE: () => { location.href = xlsxHref(sheetOf, exported); },
    KeyH: () => stay({ held: onlyHeld ? '' : '1' }),
    KeyP: () => print(),
    BracketLeft: () => turn(1),
    BracketRight: () => turn(-1),
  });
  const turn = (n) => {
    const next = all[all.findIndex((one) => one.to_day === period.to_day) + n];
    if (next) stay({ period: next.to_day, at: '' });
  };
  useFoot(t('office.period.rule'), [['↑ ↓', t('office.key.row')], ['Enter', t('office.key.scans')], ['[ ]', t('office.key.period')], ['H', t('office.key.held')], ['E', t('office.key.xlsx')], ['?', t('office.key.all')]]);
  const money = (key, heading) => ({ key, heading: heading || t(`office.col.${key}`), right: true, narrow: true, show: (row) => (row[key] ? html`<span class=${row[key] < 0 ? 'red' : ''}>${fen(row[key])}</span>` : html`<i>—</i>`) });
  const some = (key) => ((list.rows || []).some((row) => row[key]) ? [money(key)] : []);
  const columns = [
    { key: 'worker', heading: t('office.col.worker'), width: 64, show: (row) => number3(row.worker) },
    { key: 'name', heading: t('office.col.name'), show: (row) => html`<a class="name" href=${href(`pay/${row.worker}`, { ...span, period: period.to_day })} tabindex="-1"><${Sign} animal=${row.sign} colour=${row.colour} /><span>${row.name || t('office.nobody')}</span></a>`, value: (row) => row.name },
    { key: 'crew', heading: t('office.col.crew'), show: (row) => row.crew, narrow: true },
    { key: 'bars', heading: t('office.pay.bars'), sorts: false, narrow: true, show: (row) => html`<${Bars} days=${days} byDay=${bars && bars[row.worker]} />` },
    { key: 'pieces', heading: t('office.col.pieces'), right: true, narrow: true, show: (row) => count(row.pieces) },
    money('piece_fen'), money('time_fen'), money('late_fen'), money('bonus_fen'), money('taken_fen'),
    ...some('brought_fen'), ...some('carried_fen'),
    { key: 'held', heading: t('office.col.held'), right: true, show: (row) => (row.held ? html`<b class="amber">${count(row.held)}</b>` : html`<i>—</i>`) },
    { key: 'net_fen', heading: t('office.col.net_fen'), right: true, show: (row) => html`<b class="lead"><${Figure} value=${row.net_fen} show=${fen} /></b>` },
  ];
  const sums = list.rows && Object.fromEntries(columns.map(({ key }) => [key, key.endsWith('_fen') ? fen(sum(key)) : key === 'pieces' ? count(sum('pieces')) : '']));
  if (sums) Object.assign(sums, { worker: t('office.sum'), name: t('office.people', rows.length), held: sum('held') ? html`<b class="amber">${count(sum('held'))}</b>` : '—', phone: [t('office.people', rows.length), fen(sum('net_fen'))] });
  const chip = (one) => html`<${Chip} key=${one.to_day} on=${one.to_day === period.to_day} href=${href('pay', { period: one.to_day })}>${periodName(one.to_day)}<span class="narrow"> ${day(one.from_day)} – ${day(one.to_day)}</span>${stateOf(one) ? ` ${word('period', one.state)}` : ''}</${Chip}>`;
  const run = stateOf(period) === OPEN && store.me.today <= period.to_day ? t('office.period.left_days', Math.round((Date.parse(period.to_day) - Date.parse(store.me.today)) / 86400000)) : '';
  return html`<${PageHead} title=${t('office.page.pay')} chips=${(periods.rows || []).slice(0, 4).map(chip)} text=${run}>
      <a class="button" href=${href('pay', { from: span.from, to: span.to })} id="any-days">${t('office.period.days')}</a>
      ${paper ? html`<a class="button" href=${xlsxHref('pay-lines', { to: period.to_day })} id="details">${t('office.period.details')}</a>` : null}
      ${paper && store.me.lists.includes('bank') ? html`<a class="button" href=${csvHref('bank', { to: period.to_day })} id="bank">${t('office.period.bank')}</a>` : null}
      ${paper && store.me.lists.includes('slips') ? html`<a class="button" href=${`/api/paper/slip?to=${period.to_day}&lang=${store.lang}`} id="slips-pdf">${t('office.period.slips')}</a><a class="button" href=${`/api/paper/paylist?to=${period.to_day}&lang=${store.lang}`} id="paylist-pdf">${t('office.period.signoff')}</a>` : null}
      <a class="button" id="csv" href=${csvHref(sheetOf, exported)}>CSV</a>
      <a class="button" id="xlsx" href=${xlsxHref(sheetOf, exported)}>${paper ? 'XLSX' : t('office.period.export')} <${Key} k="E" /></a>
    </${PageHead}>
    <div class="columns">
      <section class="list">
        <${Table} name="period" question=${`${span.from} ${span.to} ${q} ${onlyHeld}`} columns=${columns} rows=${rows} rowKey=${(row) => row.worker} row=${29} sort=${sort} onSort=${(s) => stay({ sort: s })}
          selected=${selected} onSelect=${(key) => stay({ at: key })} onOpen=${open} sums=${sums}
          phone=${(row) => [row.name || t('office.nobody'), t('office.pay.phone', number3(row.worker), count(row.pieces), count(row.held)), fen(row.net_fen)]}
          empty=${list.rows ? html`<${Empty}>${q ? t('office.notfound', q) : t('office.pay.empty')} ${q ? null : html`<a href=${href('import')}>${t('office.pay.empty.next')}</a>`}</${Empty}>` : null} />
      </section>
      <${Whole} as="aside" name="side"><${Steps} key=${`${period.to_day}/${period.state}`} period=${period} total=${list.total} then=${() => { periods.load(); list.load(); }} /></${Whole}>
    </div>`;
}
