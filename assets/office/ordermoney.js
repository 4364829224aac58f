// ordermoney.js - an order's money: its two gates, what is in and for what, who stands in, and what two persons may decide about it.
import { useState } from 'preact/hooks';
import { act, useDraft } from './api.js';
import { Light, may, sumRead } from './gate.js';
import { useList } from './lists.js';
import { Badge, Button, Empty, Field, html, Note } from './parts.js';
import { go, href, store } from './store.js';
import { day, fen, moment, sheet, t, who, word } from './words.js';

// An act of two persons with a sum, a reason and perhaps who answers for it.
function Two({ name, title, what, fields, body, done }) {
  const [draft, keep, drop] = useDraft(`${name}.${body.order}`, Object.fromEntries(fields.map((field) => [field.name, ''])));
  const [error, setError] = useState('');
  const missing = fields.find((field) => (field.isSum ? !sumRead(draft[field.name]) : !draft[field.name].trim()));
  const send = async () => {
    if (missing) return;
    setError('');
    try {
      const sums = Object.fromEntries(fields.map((field) => [field.name, field.isSum ? draft[field.name].trim().replace(/,/g, '') : draft[field.name].trim()]));
      await act(name, { ...body, ...sums }, `${what} ${fen(sumRead(draft[fields[0].name]))}`);
      drop();
      done();
    } catch (e) {
      setError(e.message);
    }
  };
  return html`<fieldset><legend>${title}</legend><div class="fields four">${fields.map((field) => html`<${Field} key=${field.name} label=${field.label}><input id=${`${name.replace('.', '-')}-${field.name}`} maxlength="80" autocomplete="off" class=${field.isSum ? 'right' : ''} inputmode=${field.isSum ? 'decimal' : null} value=${draft[field.name]} onInput=${(e) => keep({ [field.name]: e.target.value })} /></${Field}>`)}</div>
    ${error ? html`<${Note} tone="red">${error}</${Note}>` : null}
    <div class="acts"><${Button} main id=${`${name.replace('.', '-')}-do`} why=${missing ? missing.label : ''} onClick=${send}>${title}</${Button}><${Button} onClick=${done}>${t('office.cancel')}</${Button}><small>${t('office.money.two')}</small></div></fieldset>`;
}

const Gate = ({ which, state, isEarly, title, children }) => html`<div class="gate"><${Light} which=${which} state=${state} isEarly=${isEarly} /><div><b>${title}</b><div>${children}</div></div></div>`;

function Gates({ row, isEarly }) {
  const isOpen = (state) => Number(state) === 1;
  return html`<div class="gates">
    <${Gate} which="production" state=${row.production} title=${`${t('office.col.production')} · ${t(`office.light.${row.production}`)}`}>${row.deposit == null ? t('office.money.unpriced') : isOpen(row.production) ? t('office.money.deposit.in', fen(row.deposit)) : row.missing_deposit ? html`${t('office.money.deposit.missing', fen(row.deposit))} <b class="red">${fen(row.missing_deposit)}</b>` : t('office.money.deposit.covered', fen(row.guaranteed))}</${Gate}>
    <${Gate} which="dispatch" state=${row.dispatch} isEarly=${isEarly} title=${`${t('office.col.dispatch')} · ${t(`office.light.${row.dispatch}`)}`}>${row.worth == null ? t('office.money.unpriced') : isOpen(row.dispatch) ? t('office.money.paid') : html`${t('office.truck.missing')} <b>${fen(row.missing)}</b>${row.announced ? ` · ${t('office.guarantor.announced', fen(row.announced))}` : ''}`}</${Gate}>
    <div class="gate sums"><dl class="pairs"><dt>${t('office.col.goods_fen')}</dt><dd><b>${fen(row.worth)}</b></dd>${row.comp ? html`<dt>${t('office.col.comp_fen')}</dt><dd id="comp">${fen(row.comp)}</dd>` : null}<dt>${t('office.col.arrived_fen')}</dt><dd><b>${fen(row.in_fen)}</b></dd>${row.announced ? html`<dt>${t('office.spread.0')}</dt><dd>${fen(row.announced)}</dd>` : null}${row.guaranteed ? html`<dt>${t('office.col.guaranteed_fen')}</dt><dd>${fen(row.guaranteed)}</dd>` : null}</dl></div></div>`;
}

// Compensation of a change given up is struck out: it isn't owed.
function Ledger({ rows, covers, unpaid, agreed }) {
  if (!rows.length && !covers.length && !unpaid.length && !agreed.length) return html`<${Empty}>${t('office.money.orderempty')}</${Empty}>`;
  const line = (key, at, what, sum, by, state, tone, isStruck) => html`<tr key=${key}><td>${moment(at)}</td><td>${what}</td><td class=${`right${isStruck ? ' struck' : ''}`}><b>${fen(sum)}</b></td><td>${by}</td><td><${Badge} tone=${tone}>${state}</${Badge}></td></tr>`;
  return html`<table class="plain" id="ledger"><tbody>
    ${rows.filter((row) => Number(row.state) !== 3).map((row) => line(`s${row.spread}`, row.confirmed || row.at, html`<a href=${href('finance', { tab: Number(row.state) === 0 ? 'waiting' : 'journal', at: row.transfer })}>${t('office.money.number', row.transfer)}</a> ${row.payer} · ${t(`office.method.${row.method}`)}${row.slip ? ` ${row.slip}` : ''}${row.in_day ? ` · ${day(row.in_day)}` : ''}${row.off_why ? html`<br /><small>${row.off_why} · ${who(row.off_by)}</small>` : null}`, row.sum, who(row.confirmed_by || row.by_user), word('spread', row.state), ['amber', 'green', 'red'][Number(row.state)], Number(row.state) === 2))}
    ${covers.map((row) => line(`c${row.cover}`, row.at, html`${t('office.col.guarantor')} ${row.name} · ${t('office.col.until_day')} ${day(row.until)}${row.off_why ? html`<br /><small>${row.off_why} · ${who(row.off_by)}</small>` : null}`, row.sum, who(row.by_user), row.off ? t('office.guarantor.freed') : row.until < store.me.today ? t('office.guarantor.expired') : t('office.guarantor.counts'), row.off ? '' : row.until < store.me.today ? 'red' : 'amber', row.off))}
    ${unpaid.map((row) => line(`u${row.unpaid}`, row.at, html`${t('office.unpaid.what')}：${row.why} · ${t('office.col.answers')} ${row.answers}${row.off_why ? html`<br /><small>${row.off_why} · ${who(row.off_by)}</small>` : null}`, row.sum, who(row.by_user), row.off ? t('office.unpaid.ended') : t('office.unpaid.holds'), row.off ? '' : 'red', row.off))}
    ${agreed.map((row) => html`<tr key=${`a${row.id}`} data-change=${row.id}><td>${day(row.comp_day)}</td><td><a href=${href('change', { at: row.line })}>${t('office.money.comp', sheet(row.line))}</a> ${row.wants} · ${t('office.change.agreed', row.comp_who, day(row.comp_day), who(row.comp_by))}</td><td class=${`right${Number(row.state) === 2 ? ' struck' : ''}`}><b>${fen(row.comp)}</b></td><td>${who(row.comp_by)}</td><td><${Badge} tone=${Number(row.state) === 2 ? '' : 'amber'}>${Number(row.state) === 2 ? word('change_state', row.state) : t('office.money.owed')}</${Badge}></td></tr>`)}</tbody></table>`;
}

// Without rights to sums: what the lights say.
function Plainly({ id }) {
  const row = (useList('lights', { from: id, to: id, limit: 1 }, ['money', 'order']).rows || [])[0];
  return row ? html`<div class="gates">${['production', 'dispatch'].map((which) => html`<${Gate} key=${which} which=${which} state=${row[which]} title=${t(`office.col.${which}`)}>${t(`office.light.${row[which]}`)}</${Gate}>`)}</div>` : null;
}

export function Money({ all }) {
  const { id } = all;
  const maySee = store.me.lists.includes('gates');
  const mayList = store.me.lists.includes('spreads');
  const gates = useList(maySee ? 'gates' : null, { from: id, to: id, limit: 1 }, ['money', 'order', 'master']);
  const spreads = useList(mayList ? 'spreads' : null, { order: id, limit: 500 }, ['money']);
  const covers = useList(mayList ? 'covers' : null, { order: id, limit: 100 }, ['money']).rows || [];
  const unpaid = useList(maySee ? 'unpaid' : null, { order: id, limit: 100 }, ['money']).rows || [];
  const agreed = (useList(mayList ? 'changes' : null, { order: id, limit: 100 }, ['order', 'stop', 'money']).rows || []).filter((row) => row.comp);
  const [doing, setDoing] = useState('');
  const row = (gates.rows || [])[0];
  const done = () => setDoing('');
  if (!maySee) return html`<div class="form wide"><${Plainly} id=${id} /></div>`;
  const holds = unpaid.filter((one) => !one.off);
  return html`<div class="form wide">
    ${row ? html`<${Gates} row=${row} isEarly=${!(all.progress.rows || []).length || all.progress.rows.some((one) => one.good + one.bad < one.planned)} />` : null}
    <div class="acts">${may('money.announce') ? html`<${Button} main id="announce-order" onClick=${() => go('finance', { new: '1', order: id })}>${t('office.money.announce.order', sheet(id))}</${Button}>` : null}
      ${row && !row.ours && may('order.amount') ? html`<${Button} id="amount" onClick=${() => setDoing('amount')}>${t('office.money.amount')}</${Button}>` : null}
      ${row && row.missing_deposit && may('guarantor.cover') ? html`<a class="button" href=${href('finance', { tab: 'deposits', at: id })}>${t('office.guarantor.go')}</a>` : null}
      ${row && row.override && Number(row.dispatch) !== 1 && row.worth != null && may('unpaid.allow') ? html`<${Button} harm id="unpaid" onClick=${() => setDoing('unpaid')}>${t('office.unpaid.allow')}</${Button}>` : null}
      ${holds.map((one) => (may('unpaid.end') ? html`<${Button} key=${one.unpaid} onClick=${() => act('unpaid.end', { unpaid: one.unpaid, base: one.version, why: t('office.unpaid.ended') })}>${t('office.unpaid.end', fen(one.sum))}</${Button}>` : null))}</div>
    ${doing === 'amount' ? html`<${Two} name="order.amount" title=${t('office.money.amount')} what=${sheet(id)} body=${{ order: id }} done=${done} fields=${[{ name: 'sum', label: t('office.money.yuan'), isSum: true }, { name: 'why', label: t('office.money.amount.why') }]} />` : null}
    ${doing === 'unpaid' && row && row.override ? html`<${Two} name="unpaid.allow" title=${t('office.unpaid.allow')} what=${sheet(id)} body=${{ order: id }} done=${done} fields=${[{ name: 'sum', label: t('office.col.may_miss_fen'), isSum: true }, { name: 'why', label: t('office.col.why') }, { name: 'answers', label: t('office.col.answers') }]} />` : null}
    ${mayList && spreads.rows ? html`<h2>${t('office.money.ledger')}</h2><${Ledger} rows=${spreads.rows} covers=${covers} unpaid=${unpaid} agreed=${agreed} />` : null}</div>`;
}
