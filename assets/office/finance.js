// finance.js - money: what waits for confirmation, deposits and guarantors, prepayments, all that came. One tab a question; what
// belongs to the selected row stands at the right (texts: office.money.tab.*).
import { useState } from 'preact/hooks';
import { act, useDraft, xlsxHref } from './api.js';
import { Announce, Parts, partsBody } from './announce.js';
import { may, plain, sumRead } from './gate.js';
import { Deposits } from './guarantor.js';
import { useKeys } from './keys.js';
import { useList, Whole } from './lists.js';
import { Badge, Button, Empty, Field, html, Note, PageHead, Tabs, useFoot } from './parts.js';
import { useAct } from './orderdata.js';
import { Ledger } from './ledger.js';
import { Rebates } from './rebate.js';
import { go, href, stay, store } from './store.js';
import { Table } from './table.js';
import { Trucks } from './trucks.js';
import { age, count, day, dayAdd, fen, moment, sheet, t, who, word } from './words.js';

const HOUR_MS = 3600000;
const ARRIVED = 1;

// The slip as it was sent: a picture is shown, anything else is a download.
function Slip({ row }) {
  const [isBad, setBad] = useState(false);
  if (!row.hash) return html`<p class="ink3">${t('office.money.noslip')}${row.slip ? ` ${t('office.col.slip_number')} ${row.slip}` : ''}</p>`;
  return html`${isBad ? null : html`<img class="slip-file" src=${`/api/file/${row.hash}`} alt=${row.file} onError=${() => setBad(true)} />`}
    <p><a id="slip-file" href=${`/api/file/${row.hash}`} download>${t('office.review.open', row.file)}</a>${row.slip ? html` <small>${t('office.col.slip_number')} ${row.slip}</small>` : null}</p>`;
}

// ---- what waits for confirmation

const meantOf = (rows, transfer) => rows.filter((row) => row.transfer === transfer);

function Confirm({ row, meant, then }) {
  const [draft, keep, drop] = useDraft(`confirm.${row.transfer}`, { day: store.me.today, sum: plain(row.sum), why: '', no: '', isNo: false, parts: null });
  const parts = draft.parts || meant.map((one) => ({ order: one.order, sum: plain(one.sum) })); // as announced, until he says otherwise
  const { run, error, busy, faults } = useAct();
  const sum = sumRead(draft.sum);
  const isOther = sum != null && sum !== row.sum;
  const spread = parts.reduce((all, part) => all + (sumRead(part.sum) || 0), 0);
  const own = row.by_user === store.me.user;
  const why = !may('money.confirm') ? t('office.money.financeonly') : own ? t('office.money.own') : sum == null || sum === 0 ? t('office.money.need.sum') : isOther && !draft.why.trim() ? t('office.money.need.why') : spread > sum ? t('office.money.toomuch') : parts.some((part) => part.sum && sumRead(part.sum) == null) ? t('office.money.need.sum') : '';
  const end = () => {
    drop();
    then();
  };
  const send = () => !why && run('money.confirm', { transfer: row.transfer, base: row.version, day: draft.day, sum: draft.sum.trim().replace(/,/g, ''), why: draft.why.trim(), ...(draft.parts ? { parts: partsBody(parts) } : {}) }, end);
  const refuse = () => draft.no.trim() && run('money.refuse', { transfer: row.transfer, base: row.version, why: draft.no.trim() }, end);
  useKeys({
    'Ctrl+Enter': () => (draft.isNo ? refuse() : send()),
    KeyX: () => {
      if (!may('money.refuse')) return false;
      keep({ isNo: !draft.isNo });
      setTimeout(() => document.getElementById('refuse-why') && document.getElementById('refuse-why').focus(), 50);
      return true;
    },
    KeyA: () => document.getElementById('confirm-order').focus(),
    KeyV: () => document.getElementById('slip-file') && document.getElementById('slip-file').click(),
  });
  const put = (field) => (e) => keep({ [field]: e.target.value });
  return html`<${Whole} as="aside" name="side wide" id="confirm"><h2>${row.who} <small>${who(row.by_user)} ${moment(row.at)}</small></h2>
    <${Slip} row=${row} />
    <dl class="pairs"><dt>${t('office.col.payer')}</dt><dd>${row.payer} · ${t(`office.method.${row.method}`)} · ${day(row.day)}</dd>${row.note ? html`<dt>${t('office.col.note')}</dt><dd>${row.note}</dd>` : null}<dt>${t('office.col.announced_fen')}</dt><dd><b>${fen(row.sum)}</b></dd></dl>
    ${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}
    ${draft.isNo ? html`<${Field} label=${t('office.money.refuse.why')}><input id="refuse-why" maxlength="80" value=${draft.no} onInput=${put('no')} /></${Field}>
      <div class="acts"><${Button} harm id="refuse-do" k="Ctrl Enter" why=${busy ? t('office.wait') : draft.no.trim() ? '' : t('office.money.refuse.why')} onClick=${refuse}>${t('office.money.refuse.do')}</${Button}><${Button} k="X" onClick=${() => keep({ isNo: false })}>${t('office.cancel')}</${Button}></div>`
    : html`<div class="two"><${Field} label=${t('office.money.arrived')} error=${faults.sum}><input id="confirm-sum" class="right" inputmode="decimal" autocomplete="off" value=${draft.sum} onInput=${put('sum')} /></${Field}>
      <${Field} label=${t('office.col.arrived_day')} error=${faults.day}><input id="confirm-day" type="date" max=${store.me.today} value=${draft.day} onInput=${put('day')} /></${Field}></div>
    ${isOther || draft.why ? html`<${Field} label=${t('office.money.differs', fen(sum - row.sum))} error=${faults.why}><input id="confirm-why" maxlength="80" value=${draft.why} onInput=${put('why')} /></${Field}>` : null}
    <h3>${t('office.money.for')}</h3>
    <${Parts} prefix="confirm" parts=${parts} total=${sum} faults=${faults} onChange=${(parts) => keep({ parts })} />
    <div class="acts">${may('money.refuse') ? html`<${Button} harm id="refuse" k="X" onClick=${() => keep({ isNo: true })}>${t('office.money.refuse')}</${Button}>` : null}
      <${Button} main id="confirm-do" k="Ctrl Enter" why=${busy ? t('office.wait') : why} onClick=${send}>${t('office.money.confirm.do', sum == null ? '' : fen(sum))}</${Button}></div>
    <small class=${`why${own ? ' red' : ''}`}>${why || t('office.money.confirm.text')}</small>`}</${Whole}>`;
}

const waited = (row, now) => {
  const ms = now - row.at;
  return html`<${Badge} tone=${ms > 24 * HOUR_MS ? 'red' : ms > HOUR_MS ? 'amber' : ''}>${age(ms)}</${Badge}>`;
};

function Waiting({ list, meant, q, isNew }) {
  const at = store.route.query.get('at') || '';
  const now = Date.now() + store.clockOff;
  const forWhat = (row) => meantOf(meant, row.transfer).map((one) => `${sheet(one.order)} ${fen(one.sum)}`).join('，') || t('office.money.prepaid');
  const rows = (list.rows || []).filter((row) => !q || `${row.who} ${row.payer} ${row.slip} ${forWhat(row)}`.toLowerCase().includes(q));
  const one = rows.find((row) => String(row.transfer) === at) || rows[0];
  const columns = [
    { key: 'at', heading: t('office.money.came'), show: (row) => moment(row.at) },
    { key: 'wait', heading: t('office.money.waits'), value: (row) => row.at, show: (row) => waited(row, now) },
    { key: 'who', heading: t('office.col.customer'), show: (row) => html`<b>${row.who}</b>`, wide: true },
    { key: 'payer', heading: t('office.col.payer'), show: (row) => row.payer, narrow: true },
    { key: 'method', heading: t('office.col.method'), show: (row) => t(`office.method.${row.method}`) },
    { key: 'sum', heading: t('office.money.yuan'), right: true, show: (row) => html`<b>${fen(row.sum)}</b>` },
    { key: 'for', heading: t('office.money.for'), show: forWhat, wide: true },
    { key: 'by_user', heading: t('office.col.announced_by'), show: (row) => who(row.by_user), narrow: true },
    { key: 'file', heading: t('office.col.file'), right: true, show: (row) => (row.hash ? t('office.money.picture') : row.by_user === store.me.user ? html`<i>${t('office.money.byme')}</i>` : row.slip || html`<i>—</i>`), narrow: true },
  ];
  return html`<section class="list">
      <${Table} name="waiting" question=${q} columns=${columns} rows=${rows} rowKey=${(row) => String(row.transfer)} selected=${one ? String(one.transfer) : ''} onSelect=${(k) => stay({ at: k })}
        sort=${store.route.query.get('sort') || ''} onSort=${(s) => stay({ sort: s })}
        phone=${(row) => [row.who, `${t(`office.method.${row.method}`)} ${row.payer} → ${forWhat(row)} · ${age(now - row.at)}`, fen(row.sum)]}
        empty=${list.rows ? html`<${Empty}>${q ? t('office.notfound', q) : t('office.money.none')} ${may('money.announce') ? html`<a href="#" onClick=${(e) => { e.preventDefault(); stay({ new: '1' }); }}>${t('office.money.announce')}</a>` : null}</${Empty}>` : null} />
    </section>${one && !isNew ? html`<${Confirm} key=${`${one.transfer}.${one.version}`} row=${one} meant=${meantOf(meant, one.transfer)} then=${() => stay({ at: '' })} />` : null}`;
}

// ---- prepayments

function Spend({ row }) {
  const [draft, keep, drop] = useDraft(`prepaid.${row.customer}.${row.who}`, { parts: [] });
  const { run, error, busy, faults } = useAct();
  const spread = draft.parts.reduce((all, part) => all + (sumRead(part.sum) || 0), 0);
  const why = !may('money.spread') ? t('office.money.financeonly') : spread === 0 ? t('office.money.need.part') : spread > row.rest ? t('office.money.toomuch') : '';
  const send = () => !why && run('money.spread', { transfer: 0, customer: row.customer, who: row.who, parts: partsBody(draft.parts) }, drop);
  useKeys({ 'Ctrl+Enter': send, KeyA: () => document.getElementById('prepaid-order').focus() });
  return html`<${Whole} as="aside" name="side wide"><h2>${row.who} <small>${t('office.money.prepaid')} ${fen(row.rest)}</small></h2>
    ${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}
    <${Parts} prefix="prepaid" parts=${draft.parts} total=${row.rest} faults=${faults} onChange=${(parts) => keep({ parts })} />
    <div class="acts"><${Button} main id="spend" k="Ctrl Enter" why=${busy ? t('office.wait') : why} onClick=${send}>${t('office.money.spread.do', fen(spread))}</${Button}></div>
    <small class="why">${why || t('office.money.spread.text')}</small></${Whole}>`;
}

function Prepaid({ list, q, isNew }) {
  const at = store.route.query.get('at') || '';
  const key = (row) => `${row.customer}/${row.who}`;
  const rows = (list.rows || []).filter((row) => !q || row.who.toLowerCase().includes(q));
  const one = rows.find((row) => key(row) === at) || rows[0];
  const columns = [
    { key: 'who', heading: t('office.col.customer'), show: (row) => html`<b>${row.who}</b>`, wide: true },
    { key: 'since', heading: t('office.col.since_day'), show: (row) => day(row.since) },
    { key: 'transfers', heading: t('office.col.transfers'), right: true, show: (row) => count(row.transfers) },
    { key: 'rest', heading: t('office.col.rest_fen'), right: true, show: (row) => html`<b>${fen(row.rest)}</b>` },
  ];
  const sum = rows.reduce((all, row) => all + row.rest, 0);
  return html`<section class="list">
      <${Table} name="prepaid" question=${q} columns=${columns} rows=${rows} rowKey=${key} selected=${one ? key(one) : ''} onSelect=${(k) => stay({ at: k })} sort=${store.route.query.get('sort') || ''} onSort=${(s) => stay({ sort: s })}
        sums=${{ who: t('office.sum'), rest: fen(sum), phone: [t('office.sum'), fen(sum)] }}
        phone=${(row) => [row.who, t('office.money.sincerow', day(row.since), row.transfers), fen(row.rest)]}
        empty=${list.rows ? html`<${Empty}>${q ? t('office.notfound', q) : t('office.money.noprepaid')}</${Empty}>` : null} />
    </section>${one && !isNew ? html`<${Spend} key=${key(one)} row=${one} />` : null}`;
}

// ---- all that came

// Two persons reverse it, whole or a part; it stays to be read for ever.
function Reverse({ row, spread, onDone }) {
  const [draft, keep, drop] = useDraft(`reverse.${row.transfer}.${spread ? spread.spread : 0}`, { why: '' });
  const [error, setError] = useState('');
  const what = spread ? t('office.money.takeback.what', row.transfer, sheet(spread.order), fen(spread.sum)) : t('office.money.reverse.what', row.transfer, row.who, fen(row.in_fen));
  const why = draft.why.trim() ? '' : t('office.money.reverse.why');
  const send = async () => {
    if (why) return;
    setError('');
    try {
      await act('money.reverse', { transfer: row.transfer, spread: spread ? spread.spread : 0, why: draft.why.trim(), base: row.version }, what);
      drop();
      onDone();
    } catch (e) {
      setError(e.message);
    }
  };
  useKeys({ 'Ctrl+Enter': send });
  return html`<div class="reverse"><b>${what}</b>
    ${error ? html`<${Note} tone="red">${error}</${Note}>` : null}
    <${Field} label=${t('office.money.reverse.why')}><input id="reverse-why" maxlength="80" value=${draft.why} onInput=${(e) => keep({ why: e.target.value })} /></${Field}>
    <div class="acts"><${Button} harm id="reverse-do" k="Ctrl Enter" why=${why} onClick=${send}>${t(spread ? 'office.money.takeback.do' : 'office.money.reverse.do')}</${Button}><${Button} onClick=${onDone}>${t('office.cancel')}</${Button}></div>
    <small class="why">${t(spread ? 'office.money.takeback.text' : 'office.money.reverse.text')}</small></div>`;
}

function One({ row }) {
  const spreads = useList('spreads', { transfer: row.transfer, limit: 200 }, ['money']);
  const [what, setWhat] = useState(null); // 'all', a spread, or nothing yet
  const isIn = Number(row.state) === ARRIVED;
  const parts = (spreads.rows || []).filter((one) => Number(one.state) !== 3);
  const done = () => setWhat(null);
  const open = (which) => {
    setWhat(which);
    setTimeout(() => document.getElementById('reverse-why') && document.getElementById('reverse-why').focus(), 50);
  };
  useKeys({ KeyR: () => (isIn && may('money.reverse') ? open('all') : false), KeyV: () => document.getElementById('slip-file') && document.getElementById('slip-file').click() });
  return html`<h2>${t('office.money.number', row.transfer)} ${row.who}</h2>
    <${Slip} row=${row} />
    <dl class="pairs"><dt>${t('office.col.payer')}</dt><dd>${row.payer} · ${t(`office.method.${row.method}`)}</dd>
      <dt>${t('office.spread.0')}</dt><dd>${fen(row.sum)} · ${who(row.by_user)} ${moment(row.at)}</dd>
      ${row.confirmed ? html`<dt>${t('office.transfer.1')}</dt><dd><b>${fen(row.in_fen)}</b> · ${day(row.in_day)} · ${who(row.confirmed_by)} ${moment(row.confirmed)}${row.differs ? html`<br />${row.differs}` : null}</dd>` : null}
      ${row.ended ? html`<dt class="red">${t(`office.transfer.${row.state}`)}</dt><dd>${row.ended_why} · ${who(row.ended_by)} ${moment(row.ended)}</dd>` : null}
      ${row.rest ? html`<dt>${t('office.money.prepaid')}</dt><dd>${fen(row.rest)}</dd>` : null}</dl>
    ${parts.length ? html`<h3>${t('office.money.for')}</h3>${parts.map((one) => html`<div class="part done" key=${one.spread}><a href=${href(`orders/${one.order}`, { tab: 'money' })}><b>${sheet(one.order)}</b></a><span class="what">${word('spread', one.state)}${one.off_why ? ` ${one.off_why}` : ''}</span><b class=${Number(one.state) === ARRIVED ? '' : 'struck'}>${fen(one.sum)}</b>
      ${isIn && Number(one.state) === ARRIVED && may('money.reverse') ? html`<a href="#" onClick=${(e) => { e.preventDefault(); open(one); }}>${t('office.money.takeback')}</a>` : null}</div>`)}` : null}
    ${what ? html`<${Reverse} key=${what === 'all' ? 'all' : what.spread} row=${row} spread=${what === 'all' ? null : what} onDone=${done} />`
    : isIn && may('money.reverse') ? html`<div class="acts"><${Button} harm id="reverse" k="R" onClick=${() => open('all')}>${t('office.money.reverse')}</${Button}></div>` : null}`;
}

function Journal({ q, isNew }) {
  const list = useList('transfers', { limit: 500 }, ['money']);
  const at = store.route.query.get('at') || '';
  const rows = (list.rows || []).filter((row) => !q || `${row.who} ${row.payer} ${row.slip} ${row.transfer}`.toLowerCase().includes(q));
  const one = rows.find((row) => String(row.transfer) === at) || rows[0];
  const tone = (row) => ['amber', 'green', '', 'red'][Number(row.state)];
  const columns = [
    { key: 'transfer', heading: t('office.col.transfer'), show: (row) => row.transfer },
    { key: 'in_day', heading: t('office.col.arrived_day'), show: (row) => day(row.in_day || row.day) },
    { key: 'who', heading: t('office.col.customer'), show: (row) => html`<b>${row.who}</b>`, wide: true },
    { key: 'payer', heading: t('office.col.payer'), show: (row) => row.payer, wide: true },
    { key: 'method', heading: t('office.col.method'), show: (row) => t(`office.method.${row.method}`) },
    { key: 'sum', heading: t('office.col.announced_fen'), right: true, show: (row) => fen(row.sum) },
    { key: 'in_fen', heading: t('office.col.arrived_fen'), right: true, show: (row) => (row.in_fen == null ? html`<i>—</i>` : html`<b>${fen(row.in_fen)}</b>`) },
    { key: 'rest', heading: t('office.money.prepaid'), right: true, show: (row) => (row.rest ? fen(row.rest) : html`<i>—</i>`), narrow: true },
    { key: 'state', heading: t('office.col.state'), show: (row) => html`<${Badge} tone=${tone(row)}>${t(`office.transfer.${row.state}`)}</${Badge}>` },
    { key: 'confirmed_by', heading: t('office.col.arrived_by'), show: (row) => (row.confirmed_by ? who(row.confirmed_by) : html`<i>—</i>`), narrow: true },
  ];
  return html`<section class="list">
      <${Table} name="journal" question=${q} columns=${columns} rows=${rows} rowKey=${(row) => String(row.transfer)} selected=${one ? String(one.transfer) : ''} onSelect=${(k) => stay({ at: k })} sort=${store.route.query.get('sort') || ''} onSort=${(s) => stay({ sort: s })}
        phone=${(row) => [row.who, `${row.transfer} · ${day(row.in_day || row.day)} · ${t(`office.method.${row.method}`)} · ${t(`office.transfer.${row.state}`)}`, fen(row.in_fen == null ? row.sum : row.in_fen)]}
        empty=${list.rows ? html`<${Empty}>${q ? t('office.notfound', q) : t('office.money.nothing')}</${Empty}>` : null} />
    </section>${one && !isNew ? html`<${Whole} as="aside" name="side wide"><${One} key=${one.transfer} row=${one} /></${Whole}>` : null}`;
}

// ---- the page

const TABS = ['waiting', 'deposits', 'prepaid', 'rebates', 'ledger', 'journal'];
const tabsOf = () => TABS.filter((one) => one !== 'ledger' || store.me.lists.includes('report-dealers')); // who announces money needn't see who owes what

export function Finance() {
  const { query } = store.route;
  const tabs = tabsOf();
  const tab = tabs.includes(query.get('tab')) ? query.get('tab') : 'waiting';
  const q = (query.get('q') || '').trim().toLowerCase();
  const waiting = useList('transfers-open', { limit: 500 }, ['money']);
  const meant = useList('spreads-open', { limit: 2000 }, ['money']).rows || [];
  const today = useList('arrivals', { from: store.me.today, to: dayAdd(store.me.today, 1), limit: 2000 }, ['money']).rows || [];
  const deposits = useList('deposits', { limit: 500 }, ['money', 'order']);
  const prepaid = useList('prepayments', { limit: 2000 }, ['money']);
  const isNew = !!query.get('new') && may('money.announce');
  const sum = (rows, of) => rows.reduce((all, row) => all + row[of], 0);
  const open = waiting.rows || [];
  const counts = { waiting: open.length, deposits: (deposits.rows || []).length, prepaid: (prepaid.rows || []).length };
  useKeys({
    KeyN: () => (may('money.announce') ? stay({ new: '1' }) : false),
    KeyE: () => { location.href = xlsxHref('transfers', {}); },
    ...Object.fromEntries(tabs.map((one, i) => [`Digit${i + 1}`, () => go('finance', { tab: one })])),
    Escape: () => (isNew ? stay({ new: '' }) : false),
  });
  useFoot(t('office.money.rule'), [['↑ ↓', t('office.key.row')], ['Ctrl Enter', t('office.money.key.do')], ['1 – 6', t('office.key.tab')], ['X', t('office.money.refuse')], ['A', t('office.money.addorder')], ['V', t('office.money.key.slip')], ['N', t('office.money.announce')], ['?', t('office.key.all')]]);
  const order = query.get('order');
  const picked = (useList(isNew && order ? 'orders' : null, { from: order, to: order, limit: 1 }, []).rows || [])[0];
  const mayStart = !order || !!picked;
  return html`<${PageHead} title=${t('office.page.finance')} text=${html`${t('office.money.today')} <b>${fen(sum(today, 'in_fen'))}</b> ${t('office.money.n', today.length)} · ${t('office.transfer.0')} <b class=${open.length ? 'amber' : ''}>${fen(sum(open, 'sum'))}</b> ${t('office.money.n', open.length)}`}>
      <a class="button" href=${xlsxHref('transfers', {})}>XLSX <kbd>E</kbd></a>
      ${may('money.announce') ? html`<${Button} main=${!may('money.confirm')} id="announce-new" k="N" onClick=${() => stay({ new: '1' })}>${t('office.money.announce')}</${Button}>` : null}</${PageHead}>
    <${Trucks} waiting=${open} meant=${meant} />
    <${Tabs}>${tabs.map((one) => html`<a key=${one} class=${one === tab ? 'on' : ''} href=${href('finance', { tab: one })}>${t(`office.money.tab.${one}`)}${counts[one] ? html` <small>${counts[one]}</small>` : null}</a>`)}</${Tabs}>
    <${Whole} name="columns money" key=${tab}>${tab === 'waiting' ? html`<${Waiting} list=${waiting} meant=${meant} q=${q} isNew=${isNew} />`
    : tab === 'deposits' ? html`<${Deposits} list=${deposits} q=${q} isNew=${isNew} />`
    : tab === 'prepaid' ? html`<${Prepaid} list=${prepaid} q=${q} isNew=${isNew} />`
    : tab === 'rebates' ? html`<${Rebates} q=${q} isNew=${isNew} />`
    : tab === 'ledger' ? html`<${Ledger} q=${q} isNew=${isNew} />`
    : html`<${Journal} q=${q} isNew=${isNew} />`}
      ${isNew && mayStart ? html`<${Announce} order=${order ? picked : null} close=${() => stay({ new: '', order: '' })} then=${(transfer) => go('finance', { at: transfer })} />` : null}</${Whole}>`;
}
