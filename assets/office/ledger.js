// ledger.js - who owes what, and what went wrong: each customer's balance (owed for orders and changes, less prepayments and
// rebates), losses that stand by cause. A balance leads to his orders, a cause to its losses (texts: office.loss.kind.*).
import { useList, Whole } from './lists.js';
import { Empty, html } from './parts.js';
import { go, href, stay, store } from './store.js';
import { Table } from './table.js';
import { count, fen, t, word } from './words.js';

const STRUCK = 2;
const balance = (row) => row.due_fen - row.pre_fen - row.rebate_fen;

// Losses that weren't struck out, by cause, the dearest first.
function byCause(rows) {
  const all = new Map();
  for (const row of rows.filter((one) => Number(one.state) !== STRUCK)) {
    const one = all.get(row.kind) || { kind: row.kind, n: 0, fen: 0 };
    all.set(row.kind, { ...one, n: one.n + 1, fen: one.fen + row.fen });
  }
  return [...all.values()].sort((a, b) => b.fen - a.fen);
}

function Losses() {
  const list = useList('losses', { limit: 2000 }, ['order', 'money']);
  const rows = byCause(list.rows || []);
  const sum = rows.reduce((all, row) => all + row.fen, 0);
  return html`<h2>${t('office.ledger.losses')} <small>${fen(sum)}</small></h2>
    ${rows.length ? html`<table class="plain"><tbody>${rows.map((row) => html`<tr key=${row.kind} data-kind=${row.kind}><td><a href=${href('changes', { show: 'losses', q: word('loss.kind', row.kind) })}>${word('loss.kind', row.kind)}</a></td><td class="right">${count(row.n)}</td><td class="right"><b>${fen(row.fen)}</b></td></tr>`)}</tbody></table>` : list.rows ? html`<${Empty}>${t('office.ledger.nolosses')}</${Empty}>` : null}
    <p><a href=${href('changes', { show: 'losses' })}>${t('office.ledger.alllosses')}</a></p>`;
}

export function Ledger({ q, isNew }) {
  const list = useList('report-dealers', { from: '2000-01-01', to: '2099-12-31', limit: 2000 }, ['money', 'order']);
  const { query } = store.route;
  const key = (row) => `${row.id}/${row.customer}`;
  const rows = (list.rows || []).filter((row) => !q || row.customer.toLowerCase().includes(q));
  const open = (row) => go('orders', { q: row.customer, show: 'all' });
  const money = (name, heading, of) => ({ key: name, heading, right: true, value: of, show: (row) => (of(row) ? fen(of(row)) : html`<i>—</i>`), narrow: name !== 'balance' });
  const columns = [
    { key: 'customer', heading: t('office.col.customer'), show: (row) => html`<a href=${href('orders', { q: row.customer, show: 'all' })}><b>${row.customer}</b></a>${row.id ? null : html` <small>${t('office.ledger.unfiled')}</small>`}`, wide: true },
    { key: 'orders', heading: t('office.col.orders'), right: true, show: (row) => count(row.orders), narrow: true },
    money('amount_fen', t('office.col.amount'), (row) => row.amount_fen),
    money('comp_fen', t('office.col.comp_fen'), (row) => row.comp_fen),
    money('paid_fen', t('office.col.paid_fen'), (row) => row.paid_fen),
    money('due_fen', t('office.col.due_fen'), (row) => row.due_fen),
    money('pre_fen', t('office.col.pre_fen'), (row) => row.pre_fen),
    money('rebate_fen', t('office.col.rebate_fen'), (row) => row.rebate_fen),
    { key: 'balance', heading: t('office.ledger.balance'), right: true, value: balance, show: (row) => html`<b class=${balance(row) > 0 ? 'red' : ''}>${fen(balance(row))}</b>` },
  ];
  const sum = rows.reduce((all, row) => all + balance(row), 0);
  const at = query.get('at') || '';
  return html`<section class="list">
      <${Table} name="balances" question=${q} columns=${columns} rows=${rows} rowKey=${key} selected=${at} onSelect=${(k) => stay({ at: k })} onOpen=${open} sort=${query.get('sort') || '-balance'} onSort=${(s) => stay({ sort: s })}
        sums=${{ customer: t('office.sum'), balance: fen(sum), phone: [t('office.sum'), fen(sum)] }}
        phone=${(row) => [row.customer, `${t('office.col.due_fen')} ${fen(row.due_fen)} · ${t('office.col.pre_fen')} ${fen(row.pre_fen)}`, fen(balance(row))]}
        empty=${list.rows ? html`<${Empty}>${q ? t('office.notfound', q) : t('office.report.empty')}</${Empty}>` : null} />
    </section>${isNew ? null : html`<${Whole} as="aside" name="side wide" id="causes"><${Losses} /></${Whole}>`}`;
}
