// rebate.js - rebates: agreed with a customer for a span of days, a rate of the money that comes in or a sum; finance confirms,
// and the dealer ledger has it (texts: office.rebate.*).
import { useDraft } from './api.js';
import { may } from './gate.js';
import { useKeys } from './keys.js';
import { useList, Whole } from './lists.js';
import { Badge, Button, Empty, Field, html, Note } from './parts.js';
import { useAct } from './orderdata.js';
import { stay, store } from './store.js';
import { Table } from './table.js';
import { day, fen, moment, monthOf, t, who } from './words.js';

const TONE = ['amber', 'green', ''];
const plainSum = (text) => text.trim().replace(/,/g, '');

// A new one: last month's days are proposed.
function Agree({ done }) {
  const customers = useList('customers', { limit: 2000 }, ['master']).rows || [];
  const last = monthOf(store.me.today, 1);
  const [draft, keep, drop] = useDraft('rebate.new', { customer: '', from: last.from, to: last.to, percent: '', sum: '', why: '' });
  const { run, error, busy, faults } = useAct();
  const why = !draft.customer ? t('office.rebate.need.customer') : !draft.percent.trim() === !draft.sum.trim() ? t('office.rebate.need.one') : !draft.why.trim() ? t('office.col.why') : '';
  const send = () => !why && run('rebate.agree', { customer: Number(draft.customer), from: draft.from, to: draft.to, why: draft.why.trim(), ...(draft.percent.trim() ? { percent: plainSum(draft.percent) } : { sum: plainSum(draft.sum) }) }, () => { drop(); done(); });
  useKeys({ 'Ctrl+Enter': send, Escape: done });
  const put = (name) => (e) => keep({ [name]: e.target.value });
  const field = (name, label, more) => html`<${Field} label=${label} error=${faults[name]}><input id=${`rebate-${name}`} autocomplete="off" maxlength="80" value=${draft[name]} onInput=${put(name)} ...${more || {}} /></${Field}>`;
  return html`<h2>${t('office.rebate.new')}</h2>
    ${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}
    <${Field} label=${t('office.col.customer')} error=${faults.customer}><select id="rebate-customer" value=${draft.customer} onChange=${put('customer')}><option value="">—</option>${customers.map((one) => html`<option key=${one.customer} value=${one.customer} selected=${String(one.customer) === String(draft.customer)}>${one.name}</option>`)}</select></${Field}>
    <div class="two">${field('from', t('office.span.from'), { type: 'date' })}${field('to', t('office.span.to'), { type: 'date' })}</div>
    <div class="two">${field('percent', t('office.rebate.percent'), { inputmode: 'decimal', class: 'right' })}${field('sum', t('office.rebate.sum'), { inputmode: 'decimal', class: 'right' })}</div>
    ${field('why', t('office.rebate.why'))}
    <div class="acts"><${Button} main id="rebate-do" k="Ctrl Enter" why=${busy ? t('office.wait') : why} onClick=${send}>${t('office.rebate.agree')}</${Button}><${Button} k="Esc" onClick=${done}>${t('office.cancel')}</${Button}></div><small class="why">${why}</small>`;
}

function One({ row }) {
  const [draft, keep, drop] = useDraft(`rebate.${row.rebate}`, { why: '' });
  const { run, error, busy } = useAct();
  const state = Number(row.state);
  const early = row.percent && row.to_day >= store.me.today;
  const why = !may('rebate.confirm') ? t('office.money.financeonly') : row.who === store.me.user ? t('office.rebate.own') : early ? t('office.rebate.early', day(row.to_day)) : '';
  const send = () => state === 0 && !why && run('rebate.confirm', { rebate: row.rebate, base: row.version });
  useKeys({ 'Ctrl+Enter': send });
  return html`<h2>${row.name} <small>${day(row.from_day)} – ${day(row.to_day)}</small></h2>
    ${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}
    <dl class="pairs"><dt>${t('office.col.rebate_percent')}</dt><dd>${row.percent ? `${row.percent} %` : '—'}</dd><dt>${t('office.col.came_fen')}</dt><dd>${fen(row.came_fen)}</dd>
      <dt>${t('office.col.rebate_fen')}</dt><dd><b>${row.percent && state === 0 ? '—' : fen(row.fen)}</b></dd><dt>${t('office.rebate.why')}</dt><dd>${row.why}</dd>
      <dt>${t('office.rebate.0')}</dt><dd>${who(row.who)} ${moment(row.at)}</dd>${state ? html`<dt>${t(`office.rebate.${state}`)}</dt><dd>${who(row.done_by)} ${moment(row.done)} ${row.done_why}</dd>` : null}</dl>
    ${state === 0 ? html`<div class="acts"><${Button} main id="rebate-confirm" k="Ctrl Enter" why=${busy ? t('office.wait') : why} onClick=${send}>${t('office.rebate.confirm')}</${Button}></div><small class="why">${why}</small>` : null}
    ${state !== 2 && may('rebate.drop') ? html`<${Field} label=${t('office.col.why')}><input id="rebate-dropwhy" maxlength="80" autocomplete="off" value=${draft.why} onInput=${(e) => keep({ why: e.target.value })} /></${Field}>
      <div class="acts"><${Button} harm id="rebate-drop" why=${busy ? t('office.wait') : draft.why.trim() ? '' : t('office.col.why')} onClick=${() => run('rebate.drop', { rebate: row.rebate, base: row.version, why: draft.why.trim() }, drop)}>${t('office.rebate.drop')}</${Button}></div>` : null}`;
}

export function Rebates({ q, isNew }) {
  const list = useList('rebates', { limit: 1000 }, ['money']);
  const { query } = store.route;
  const at = query.get('at') || '';
  const isMaking = query.get('agree') === '1' && may('rebate.agree');
  const rows = (list.rows || []).filter((row) => !q || `${row.name} ${row.why}`.toLowerCase().includes(q));
  const one = rows.find((row) => String(row.rebate) === at) || rows[0];
  const columns = [
    { key: 'name', heading: t('office.col.customer'), show: (row) => html`<b>${row.name}</b>`, wide: true },
    { key: 'to_day', heading: t('office.rebate.span'), show: (row) => `${day(row.from_day)} – ${day(row.to_day)}` },
    { key: 'percent', heading: t('office.col.rebate_percent'), right: true, show: (row) => (row.percent ? `${row.percent} %` : html`<i>—</i>`) },
    { key: 'came_fen', heading: t('office.col.came_fen'), right: true, show: (row) => fen(row.came_fen), narrow: true },
    { key: 'fen', heading: t('office.col.rebate_fen'), right: true, show: (row) => (row.percent && Number(row.state) === 0 ? html`<i>—</i>` : html`<b class=${Number(row.state) === 2 ? 'struck' : ''}>${fen(row.fen)}</b>`) },
    { key: 'state', heading: t('office.col.state'), show: (row) => html`<${Badge} tone=${TONE[row.state]}>${t(`office.rebate.${row.state}`)}</${Badge}>` },
    { key: 'why', heading: t('office.rebate.why'), show: (row) => row.why, narrow: true },
  ];
  return html`<section class="list">
      <${Table} name="rebates" question=${q} columns=${columns} rows=${rows} rowKey=${(row) => String(row.rebate)} selected=${one && !isMaking ? String(one.rebate) : ''} onSelect=${(key) => stay({ at: key, agree: '' })} sort=${query.get('sort') || ''} onSort=${(s) => stay({ sort: s })}
        phone=${(row) => [row.name, `${day(row.from_day)} – ${day(row.to_day)} · ${t(`office.rebate.${row.state}`)}`, row.percent && Number(row.state) === 0 ? `${row.percent} %` : fen(row.fen)]}
        empty=${list.rows ? html`<${Empty}>${q ? t('office.notfound', q) : t('office.rebate.none')}</${Empty}>` : null} />
      ${may('rebate.agree') ? html`<div class="subhead"><span class="grow" /><${Button} id="rebate-new" onClick=${() => stay({ agree: '1' })}>${t('office.rebate.new')}</${Button}></div>` : null}
    </section>${isNew ? null : isMaking ? html`<${Whole} as="aside" name="side wide"><${Agree} done=${() => stay({ agree: '' })} /></${Whole}>` : one ? html`<${Whole} as="aside" name="side wide"><${One} key=${`${one.rebate}.${one.version}`} row=${one} /></${Whole}>` : null}`;
}
