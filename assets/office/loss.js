// loss.js - losses [R39]: wages from scans, material as entered, who answers for it by which rule; approved by another person.
import { useState } from 'preact/hooks';
import { get } from './api.js';
import { useKeys } from './keys.js';
import { framed, useList, Whole } from './lists.js';
import { useAct } from './orderdata.js';
import { Badge, Button, Empty, Field, html, Note } from './parts.js';
import { href, stay, store } from './store.js';
import { Table } from './table.js';
import { fen, moment, sheet, t, who, word } from './words.js';

const seesWages = () => store.me.lists.includes('change-wages'); // by name: not the order desk, whom the sum of a loss is told
const may = (name) => store.me.acts.includes(`/api/act/${name}`);
const isLine = (text) => text && !text.startsWith('0000');
const tone = (row) => (row.state === 0 ? 'amber' : row.state === 1 ? 'green' : '');

function Shares({ rows, put, rules, workers }) {
  const change = (i, name) => (e) => put(rows.map((one, n) => (n === i ? { ...one, [name]: e.target.value } : one)));
  return html`${rows.map((one, i) => html`<div class="answerline" key=${i}><select id=${`share-worker-${i}`} value=${one.worker} onChange=${change(i, 'worker')}><option value="">${t('office.loss.other')}</option>${workers.map((row) => html`<option key=${row.worker} value=${row.worker}>${row.worker} ${row.name}</option>`)}</select>
      ${one.worker ? null : html`<input id=${`share-who-${i}`} value=${one.who} maxlength="20" placeholder=${t('office.col.responsible')} onInput=${change(i, 'who')} />`}
      <input id=${`share-percent-${i}`} class="small right" inputmode="numeric" value=${one.percent} placeholder="%" onInput=${change(i, 'percent')} />
      <select id=${`share-rule-${i}`} value=${one.rule} onChange=${change(i, 'rule')}><option value="">${t('office.loss.norule')}</option>${rules.filter((row) => !row.is_off).map((row) => html`<option key=${row.id} value=${row.id}>${row.name}</option>`)}</select>
      <a href="#" onClick=${(e) => { e.preventDefault(); put(rows.filter((_, n) => n !== i)); }}>✕</a></div>`)}
    <a href="#" id="share-add" onClick=${(e) => { e.preventDefault(); put([...rows, { worker: '', who: '', percent: rows.length ? '' : '100', rule: '' }]); }}>${t('office.loss.add')}</a>`;
}

// kind: fixed, or chosen. wages: reckoned from scans where it is of a change.
function LossFormOf({ what, kind, change, wages, then }) {
  const empty = { kind: kind || 'scrap', wages: '', material: '', cause: '' };
  const [draft, setDraft] = useState(empty);
  const [shares, setShares] = useState([]);
  const { run, error, busy, faults } = useAct();
  const rules = useList('loss-rules', { limit: 200 }, ['master']).rows || [];
  const workers = (useList('workers', { limit: 2000 }, ['master']).rows || []).filter((row) => !row.left);
  const put = (name) => (e) => setDraft({ ...draft, [name]: e.target.value });
  const send = () => run('loss.add', { what, kind: draft.kind, change: change || 0, ...(change ? {} : { wages: draft.wages }), material: draft.material, cause: draft.cause.trim(), shares: shares.map((one) => ({ worker: Number(one.worker) || 0, who: one.who.trim(), percent: Number(one.percent) || 0, rule: Number(one.rule) || 0 })) }, () => { setDraft(empty); setShares([]); if (then) then(); });
  return html`<div class="lossform"><div class="answerline">
      ${kind ? null : html`<${Field} label=${t('office.col.kind')}><select id="loss-kind" value=${draft.kind} onChange=${put('kind')}>${['scrap', 'delay', 'wrong', 'complaint', 'change'].map((one) => html`<option key=${one} value=${one}>${t(`office.loss.kind.${one}`)}</option>`)}</select></${Field}>`}
      ${change ? html`<${Field} label=${t('office.loss.wages.scans')}><b class="sum">${wages === null ? '—' : fen(wages)}</b></${Field}>` : html`<${Field} label=${t('office.change.col.wages')} error=${faults.wages}><input id="loss-wages" class="small right" inputmode="decimal" value=${draft.wages} onInput=${put('wages')} /></${Field}>`}
      <${Field} label=${t('office.change.col.material_fen')} error=${faults.material}><input id="loss-material" class="small right" inputmode="decimal" value=${draft.material} onInput=${put('material')} /></${Field}>
      <${Field} label=${t('office.col.cause')} error=${faults.cause}><input id="loss-cause" maxlength="120" value=${draft.cause} onInput=${put('cause')} /></${Field}></div>
    <${Shares} rows=${shares} put=${setShares} rules=${rules} workers=${workers} />
    ${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}
    <div class="acts"><${Button} id="loss-do" why=${busy ? t('office.wait') : draft.cause.trim() ? '' : t('office.col.cause')} onClick=${send}>${t('office.loss.record')}</${Button}></div></div>`;
}

export const LossForm = framed(LossFormOf);

// Who answers for it, and what the rule proposes; taking it from pay is an adjustment of its own.
function LossDetailOf({ row }) {
  const shares = useList('loss-shares', { loss: row.id, limit: 50 }, ['order']);
  const { run, error, busy } = useAct();
  return html`<div class="loss"><p><b>${fen(row.fen)}</b> = ${t('office.change.col.wages')} ${fen(row.wages)} + ${t('office.change.col.material_fen')} ${fen(row.material)} <${Badge} tone=${tone(row)}>${word('loss_state', row.state)}</${Badge}></p>
    <p>${word('loss.kind', row.kind)} · ${row.cause} <small>${who(row.who)} ${moment(row.at)}${row.approver ? ` · ${t('office.loss.approved', who(row.approver), moment(row.approved))}` : ''}</small></p>
    <ul class="plain">${(shares.rows || []).map((one) => html`<li key=${one.n}>${one.name} ${one.percent}% ${one.rule_name} ${one.fen ? html`<b>${fen(one.fen)}</b>` : null} ${row.state === 1 && one.worker && one.fen && may('adjust.add') ? html`<a href=${href('adjust', { worker: one.worker })}>${t('office.loss.toadjust')}</a>` : null}</li>`)}</ul>
    ${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}
    ${row.state === 0 && may('loss.approve') ? html`<div class="acts"><${Button} id=${`approve-${row.id}`} why=${busy ? t('office.wait') : row.who === store.me.user ? t('office.loss.own') : ''} onClick=${() => run('loss.approve', { loss: row.id, base: row.version })}>${t('office.loss.approve')}</${Button}><${Button} harm why=${busy ? t('office.wait') : ''} onClick=${() => run('loss.strike', { loss: row.id, base: row.version })}>${t('office.loss.strike')}</${Button}></div>` : null}</div>`;
}

export const LossDetail = framed(LossDetailOf);

// Of a change: wages due already for what is made again.
export function LossOf({ all, list }) {
  const wages = useList('change-wages', { line: all.line, rev: all.oldRev || 1, limit: 500 }, ['pay', 'floor']);
  const [open, setOpen] = useState(false);
  const byOp = {};
  (wages.rows || []).forEach((one) => { byOp[one.op] = (byOp[one.op] || 0) + one.fen; });
  const lost = (all.made.rows || []).reduce((sum, one) => sum + (one.redo && one.good ? Math.round((byOp[one.op] || 0) * Math.min(one.redo, one.good) / one.good) : 0), 0);
  const all_fen = Object.values(byOp).reduce((sum, one) => sum + one, 0);
  const rows = all.losses;
  return html`${seesWages() ? html`<p>${t('office.loss.before', fen(all_fen))} · ${t('office.loss.redo', fen(lost))}</p>` : null}${all.set.length > 1 ? html`<p class="ink3">${t('office.change.whole', all.set.length)}</p>` : null}
    ${rows.map((row) => html`<${LossDetail} key=${row.id} row=${row} />`)}
    ${may('loss.add') && all.change ? (open || !rows.length ? html`<${LossForm} what=${all.set.length > 1 ? all.order : all.line} kind="change" change=${all.first.id} wages=${seesWages() && all.set.length < 2 ? lost : null} then=${() => setOpen(false)} />` : html`<a href="#" onClick=${(e) => { e.preventDefault(); setOpen(true); }}>${t('office.loss.more')}</a>`) : null}`;
}

export function Losses({ q }) {
  const { query } = store.route;
  const list = useList('losses', { limit: 2000 }, ['order']);
  const [what, setWhat] = useState('');
  const [found, setFound] = useState(null);
  const rows = (list.rows || []).filter((row) => !q || `${sheet(row.order)} ${row.customer} ${row.cause}`.toLowerCase().includes(q));
  const at = query.get('at');
  const row = rows.find((one) => String(one.id) === at) || rows[0];
  const look = async () => {
    try {
      const hits = (await get('/api/search', { q: what })).orders || [];
      setFound(hits.length === 1 ? hits[0].order || hits[0].id : hits.length ? '' : null);
      if (!hits.length) setFound('');
    } catch (e) {
      setFound('');
    }
  };
  useKeys({ KeyN: () => { const one = document.getElementById('loss-what'); if (one) one.focus(); return !!one; } });
  const columns = [
    { key: 'order', heading: t('office.col.order'), show: (one) => html`<b class="order">${sheet(isLine(one.line) ? one.line : one.order)}</b>` },
    { key: 'customer', heading: t('office.col.customer'), show: (one) => one.customer },
    { key: 'kind', heading: t('office.col.kind'), show: (one) => word('loss.kind', one.kind) },
    { key: 'cause', heading: t('office.col.cause'), show: (one) => one.cause, wide: true },
    { key: 'wages', heading: t('office.change.col.wages'), right: true, show: (one) => fen(one.wages) },
    { key: 'material', heading: t('office.change.col.material_fen'), right: true, show: (one) => fen(one.material) },
    { key: 'fen', heading: t('office.col.fen'), right: true, show: (one) => html`<b>${fen(one.fen)}</b>` },
    { key: 'state', heading: t('office.col.state'), show: (one) => html`<${Badge} tone=${tone(one)}>${word('loss_state', one.state)}</${Badge}>` },
  ];
  return html`<div class="columns"><section class="list">
      <${Table} name="losses" question=${q} columns=${columns} rows=${rows} rowKey=${(one) => String(one.id)} selected=${row ? String(row.id) : null} onSelect=${(key) => stay({ at: key })}
        sums=${rows.length ? { order: t('office.sum'), wages: fen(rows.reduce((n, one) => n + one.wages, 0)), material: fen(rows.reduce((n, one) => n + one.material, 0)), fen: fen(rows.reduce((n, one) => n + one.fen, 0)) } : null}
        phone=${(one) => [`${sheet(one.order)} ${one.customer}`, one.cause, fen(one.fen)]}
        empty=${list.rows ? html`<${Empty}>${t('office.loss.none')}</${Empty}>` : null} />
    </section><${Whole} as="aside" name="side wide">${row ? html`<h2>${sheet(isLine(row.line) ? row.line : row.order)} <small>${row.customer}</small></h2><${LossDetail} key=${row.id} row=${row} />` : null}
      ${may('loss.add') ? html`<h2>${t('office.loss.new')}</h2><div class="answerline"><input id="loss-what" value=${what} placeholder=${t('office.loss.what')} onInput=${(e) => { setWhat(e.target.value); setFound(null); }} onKeyDown=${(e) => { if (e.key === 'Enter') look(); }} /><${Button} onClick=${look}>${t('office.loss.look')}</${Button}></div>
        ${found ? html`<p><b>${sheet(found)}</b></p><${LossForm} key=${found} what=${found} then=${() => { setWhat(''); setFound(null); }} />` : found === '' ? html`<p class="red">${t('office.loss.which')}</p>` : null}` : null}</${Whole}></div>`;
}
