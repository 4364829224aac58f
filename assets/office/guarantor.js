// guarantor.js - deposits that aren't in, and who stands in for them: a limit shared by the orders that he covers, until a day.
import { useState } from 'preact/hooks';
import { useDraft } from './api.js';
import { Light, may, plain, sumRead } from './gate.js';
import { useKeys } from './keys.js';
import { useList, Whole } from './lists.js';
import { Files } from './neworder.js';
import { Badge, Button, Empty, Field, html, Note } from './parts.js';
import { useAct } from './orderdata.js';
import { href, stay, store } from './store.js';
import { Table } from './table.js';
import { day, dayAdd, fen, sheet, t } from './words.js';

const daysTo = (until) => Math.round((new Date(until) - new Date(store.me.today)) / 86400000);

function Until({ until }) {
  if (!until) return html`<i>—</i>`;
  const left = daysTo(until);
  return html`${day(until)} <${Badge} tone=${left < 0 ? 'red' : left <= 7 ? 'amber' : ''}>${left < 0 ? t('office.guarantor.over', -left) : t('office.guarantor.left', left)}</${Badge}>`;
}

// A new one, or what he signed anew.
function Save({ row, done }) {
  const [draft, keep, drop] = useDraft(`guarantor.${row.guarantor}`, { name: row.name || '', phone: row.phone || '', limit: plain(row.limit), signed: row.signed || store.me.today, until: row.until || dayAdd(store.me.today, 30), note: row.note || '', off: !!row.off, files: [] });
  const { run, error, busy, faults } = useAct();
  const send = () => run('guarantor.save', { guarantor: row.guarantor, base: row.version || 0, ...draft, limit: draft.limit.trim().replace(/,/g, ''), files: draft.files.map(({ hash, name }) => ({ hash, name })) }, () => { drop(); done(); });
  useKeys({ 'Ctrl+Enter': send, Escape: done });
  const put = (name) => (e) => keep({ [name]: e.target.value });
  const field = (name, label, more) => html`<${Field} label=${label} error=${faults[name]}><input id=${`guarantor-${name}`} autocomplete="off" maxlength="60" value=${draft[name]} onInput=${put(name)} ...${more || {}} /></${Field}>`;
  return html`<h2>${row.guarantor ? row.name : t('office.guarantor.new')}</h2>
    ${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}
    <div class="two">${field('name', t('office.col.guarantor'))}${field('phone', t('office.col.phone'), { inputmode: 'tel' })}</div>
    <div class="two">${field('limit', t('office.guarantor.limit'), { inputmode: 'decimal', class: 'right' })}${field('note', t('office.col.note'))}</div>
    <div class="two">${field('signed', t('office.col.signed_day'), { type: 'date', max: store.me.today })}${field('until', t('office.col.until_day'), { type: 'date' })}</div>
    ${row.guarantor ? html`<label class="check"><input type="checkbox" checked=${draft.off} onChange=${(e) => keep({ off: e.target.checked })} />${t('office.col.is_off')}</label>` : null}
    <p class="ink3">${t('office.guarantor.file')}</p><${Files} files=${draft.files} onChange=${(files) => keep({ files: files.slice(-1) })} fault=${faults.files} id="guarantor-file" />
    <div class="acts"><${Button} main id="guarantor-do" k="Ctrl Enter" why=${busy ? t('office.wait') : ''} onClick=${send}>${t('office.guarantor.save')}</${Button}><${Button} k="Esc" onClick=${done}>${t('office.cancel')}</${Button}></div>`;
}

// The selected order: by whom and for how much.
function Cover({ row, guarantors }) {
  const covers = useList('covers', { order: row.order, limit: 100 }, ['money']).rows || [];
  const [draft, keep, drop] = useDraft(`cover.${row.order}`, { guarantor: '', sum: plain(row.missing_deposit), why: '' });
  const { run, error, busy, faults } = useAct();
  const free = guarantors.filter((one) => !one.off && one.until >= store.me.today);
  const one = free.find((each) => String(each.guarantor) === String(draft.guarantor)) || free[0];
  const sum = sumRead(draft.sum);
  const why = !may('guarantor.cover') ? t('office.money.financeonly') : !one ? t('office.guarantor.none') : !sum ? t('office.money.need.sum') : '';
  const send = () => !why && run('guarantor.cover', { guarantor: one.guarantor, order: row.order, sum: draft.sum.trim().replace(/,/g, '') }, drop);
  useKeys({ 'Ctrl+Enter': send });
  return html`<h2><a href=${href(`orders/${row.order}`, { tab: 'money' })}>${sheet(row.order)}</a> ${row.customer}</h2>
    <dl class="pairs"><dt>${t('office.col.deposit')}</dt><dd>${fen(row.deposit)}</dd><dt>${t('office.col.arrived_fen')}</dt><dd>${fen(row.in_fen)}</dd>${row.announced ? html`<dt>${t('office.spread.0')}</dt><dd>${fen(row.announced)}</dd>` : null}
      <dt>${t('office.col.missing_deposit')}</dt><dd><b class=${row.missing_deposit ? 'red' : ''}>${fen(row.missing_deposit)}</b></dd></dl>
    ${covers.filter((each) => !each.off).map((each) => html`<div class="part done" key=${each.cover}><b>${each.name}</b><span class="what">${fen(each.sum)} · <${Until} until=${each.until} /></span>
      ${may('guarantor.free') ? html`<a href="#" onClick=${(e) => { e.preventDefault(); run('guarantor.free', { cover: each.cover, base: each.version, why: draft.why.trim() || t('office.guarantor.freed') }); }}>${t('office.guarantor.free')}</a>` : null}</div>`)}
    ${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}
    ${may('guarantor.cover') && row.missing_deposit ? html`<div class="two"><${Field} label=${t('office.col.guarantor')} error=${faults.guarantor}><select id="cover-guarantor" value=${one ? String(one.guarantor) : ''} onChange=${(e) => keep({ guarantor: e.target.value })}>${free.map((each) => html`<option key=${each.guarantor} value=${String(each.guarantor)}>${each.name} ${t('office.guarantor.room', fen(each.limit - each.used))}</option>`)}</select></${Field}>
      <${Field} label=${t('office.guarantor.sum')} error=${faults.sum}><input id="cover-sum" class="right" inputmode="decimal" autocomplete="off" value=${draft.sum} onInput=${(e) => keep({ sum: e.target.value })} /></${Field}></div>
      <div class="acts"><${Button} main id="cover-do" k="Ctrl Enter" why=${busy ? t('office.wait') : why} onClick=${send}>${t('office.guarantor.cover', one ? one.name : '')}</${Button}></div><small class="why">${why}</small>` : null}`;
}

export function Deposits({ list, q, isNew }) {
  const guarantors = useList('guarantors', { limit: 500 }, ['money']);
  const [saving, setSaving] = useState(null);
  const at = store.route.query.get('at') || '';
  const rows = (list.rows || []).filter((row) => !q || `${row.customer} ${sheet(row.order)} ${row.order} ${row.guarantor || ''}`.toLowerCase().includes(q));
  const one = rows.find((row) => row.order === at) || rows[0];
  const columns = [
    { key: 'order', heading: t('office.col.order'), show: (row) => html`<b class="order">${sheet(row.order)}</b>` },
    { key: 'production', heading: t('office.col.production'), show: (row) => html`<${Light} which="production" state=${row.production} />` },
    { key: 'customer', heading: t('office.col.customer'), show: (row) => row.customer, wide: true },
    { key: 'deposit', heading: t('office.col.deposit'), right: true, show: (row) => fen(row.deposit) },
    { key: 'in_fen', heading: t('office.col.arrived_fen'), right: true, show: (row) => fen(row.in_fen) },
    { key: 'missing_deposit', heading: t('office.col.missing_deposit'), right: true, show: (row) => html`<b class=${row.missing_deposit && row.released ? 'red' : ''}>${fen(row.missing_deposit)}</b>` },
    { key: 'guarantor', heading: t('office.col.guarantor'), show: (row) => row.guarantor || (row.announced ? t('office.guarantor.announced', fen(row.announced)) : html`<i>—</i>`), wide: true },
    { key: 'until', heading: t('office.col.until_day'), show: (row) => html`<${Until} until=${row.until} />`, narrow: true },
  ];
  const of = guarantors.rows || [];
  return html`<section class="list money">
      <${Table} name="deposits" question=${q} columns=${columns} rows=${rows} rowKey=${(row) => row.order} selected=${one && !saving ? one.order : ''} onSelect=${(k) => { setSaving(null); stay({ at: k }); }} sort=${store.route.query.get('sort') || ''} onSort=${(s) => stay({ sort: s })}
        phone=${(row) => [`${sheet(row.order)} ${row.customer}`, `${t('office.col.deposit')} ${fen(row.deposit)} · ${row.guarantor || t(`office.light.${row.production}`)}`, fen(row.missing_deposit)]}
        empty=${list.rows ? html`<${Empty}>${q ? t('office.notfound', q) : t('office.money.nodeposits')}</${Empty}>` : null} />
      <div class="subhead"><h2>${t('office.guarantor.all')}</h2><small>${t('office.guarantor.rule')}</small><span class="grow" />${may('guarantor.save') ? html`<${Button} id="guarantor-new" onClick=${() => setSaving({ guarantor: 0 })}>${t('office.guarantor.new')}</${Button}>` : null}</div>
      ${of.length ? html`<table class="plain"><tbody>${of.map((row) => html`<tr key=${row.guarantor} class=${row.off ? 'struck' : ''}><td>${may('guarantor.save') ? html`<a href="#" onClick=${(e) => { e.preventDefault(); setSaving(row); }}><b>${row.name}</b></a>` : html`<b>${row.name}</b>`}</td><td>${row.phone}</td><td class="right">${t('office.guarantor.used', fen(row.used), fen(row.limit))}</td><td><${Until} until=${row.until} /></td><td><a href=${`/api/file/${row.hash}`} download>${row.file}</a></td></tr>`)}</tbody></table>` : html`<${Empty}>${t('office.guarantor.nobody')}</${Empty}>`}
    </section>${isNew ? null : saving ? html`<${Whole} as="aside" name="side wide"><${Save} key=${saving.guarantor} row=${saving} done=${() => setSaving(null)} /></${Whole}>` : one ? html`<${Whole} as="aside" name="side wide"><${Cover} key=${`${one.order}.${one.missing_deposit}`} row=${one} guarantors=${of} /></${Whole}>` : null}`;
}
