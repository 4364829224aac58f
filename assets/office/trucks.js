// trucks.js - a truck waits and its goods aren't paid: a clock that runs, what is missing, and the money that was announced for it.
import { useEffect, useState } from 'preact/hooks';
import { framed, useList } from './lists.js';
import { Button, html } from './parts.js';
import { go, href, store } from './store.js';
import { fen, moment, sheet, t } from './words.js';

const two = (n) => String(n).padStart(2, '0');
const clockOf = (ms) => {
  const s = Math.max(0, Math.floor(ms / 1000));
  return `${two(Math.floor(s / 3600))}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
};

function Clock({ since }) {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return html`<b class="clock">${clockOf(Date.now() + store.clockOff - since)}</b>`;
}

function TruckOf({ row, waiting, meant }) {
  const gate = (useList('gates', { from: row.order, to: row.order, limit: 1 }, ['money', 'order']).rows || [])[0];
  if (!gate || Number(gate.dispatch) === 1) return null;
  const parts = meant.filter((one) => one.order === row.order);
  const transfer = waiting.find((one) => parts.some((part) => part.transfer === one.transfer));
  return html`<section class="truck" role="status">
    <div><small>${t('office.truck.waits')}</small><${Clock} since=${row.since} /></div>
    <div><small>${t('office.truck.since', moment(row.since))}</small><b>${row.plate}</b> ${row.driver} ${row.phone}</div>
    <div><small><a href=${href(`orders/${row.order}`, { tab: 'money' })}>${sheet(row.order)}</a> ${row.customer}</small>${gate.missing == null ? html`<b class="red">${t('office.money.unpriced')}</b>` : html`${t('office.truck.missing')} <b class="red">${fen(gate.missing)}</b>`}</div>
    <div>${transfer ? html`<small>${t('office.truck.announced', moment(transfer.at))}</small>${t(`office.method.${transfer.method}`)} <b>${fen(transfer.sum)}</b>` : html`<small>${t('office.truck.nothing')}</small>`}</div>
    <span class="grow" />
    ${transfer ? html`<${Button} main id="truck-do" onClick=${() => go('finance', { tab: 'waiting', at: transfer.transfer })}>${t('office.truck.look')}</${Button}>` : null}</section>`;
}

const Truck = framed(TruckOf);

// waiting: transfers to confirm; meant: what they are for.
export function Trucks({ waiting, meant }) {
  const rows = useList('trucks', { limit: 200 }, ['ship', 'money']).rows || [];
  return html`${rows.map((row) => html`<${Truck} key=${row.id} row=${row} waiting=${waiting} meant=${meant} />`)}`;
}
