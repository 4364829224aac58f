// slip.js - a worker's slip of a checked or closed period: what he is paid by product, operation and rate, later pay and
// adjustments each with its reason, down to what goes out.
import { useList } from './lists.js';
import { html } from './parts.js';
import { periodName } from './period.js';
import { store } from './store.js';
import { count, day, fen, rate, t, who, word } from './words.js';
import { hours } from './decide.js';

export function Slip({ worker, period }) {
  const may = period && store.me.lists.includes('slip-sums');
  const sums = useList(may ? 'slip-sums' : null, { to: period, worker }, ['pay']);
  const items = useList(may ? 'slip-items' : null, { to: period, worker }, ['pay']);
  const head = useList(may && 'slips', { to: period, after: worker - 1, limit: 1 }, ['pay']);
  const row = head.rows && head.rows[0] && head.rows[0].worker === worker ? head.rows[0] : null;
  if (!may || !sums.rows || !sums.rows.length) return null;
  const what = (one) => `${one.is_time ? t('office.kind.daywork') : one.product} ${one.op_name}`;
  const extra = row ? ['brought_fen', 'owed_fen', 'carried_fen'].filter((key) => row[key]) : [];
  return html`<div class="slip" id="slip"><h2>${t('office.slip', periodName(period))}${row ? html` <small>${t('office.slip.about', day(row.from_day), day(row.to_day), day(row.pay_day), row.days)}</small>` : null}</h2>
    <table><tbody>
      ${sums.rows.map((one) => html`<tr><td>${what(one)}${one.is_late ? html` <span class="badge amber">${t('office.col.is_late')}</span>` : null}</td><td class="right">${one.is_time ? hours(one.pieces) : count(one.pieces)}</td><td class="right">${rate(one.rate)}</td><td class="right"><b class=${one.fen < 0 ? 'red' : ''}>${fen(one.fen)}</b></td></tr>`)}
      ${(items.rows || []).map((one) => html`<tr><td colspan="3">${word('adjust', one.kind)} · ${one.why} · ${one.rule} · ${who(one.approver)}</td><td class="right"><b class=${one.fen < 0 ? 'red' : ''}>${fen(one.fen)}</b></td></tr>`)}
      ${extra.map((key) => html`<tr><td colspan="3">${t(`office.col.${key}`)}</td><td class="right">${fen(row[key])}</td></tr>`)}
      ${row ? html`<tr class="net"><td colspan="3">${t('office.col.net_fen')}</td><td class="right"><b id="slip-net">${fen(row.net_fen)}</b></td></tr>` : null}
    </tbody></table>
    ${row ? html`<div class="acts"><a class="button" id="slip-pdf" href=${`/api/paper/slip?to=${period}&worker=${worker}&lang=${store.lang}`}>${t('office.slip.print')}</a></div>` : null}</div>`;
}
