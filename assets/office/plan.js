// plan.js - which sheets go to the floor on which day, in which sequence; signed ones wait on the left.
import { useState } from 'preact/hooks';
import { HBar } from './hbar.js';
import { useList } from './lists.js';
import { useAct } from './orderdata.js';
import { differencesOf, KINDS } from './ordersheet.js';
import { Badge, Button, Empty, html, Mark, Note, PageHead, useFoot } from './parts.js';
import { href, store } from './store.js';
import { count, day, dayAdd, dayTitle, sheet, t } from './words.js';

const may = (name) => store.me.acts.includes(`/api/act/${name}`);

function Waiting({ draft, isReady, to, run, busy }) {
  return html`<div class="planrow"><div><a href=${href(`orders/${draft.line.slice(0, 9)}`, { tab: 'sheet' })}><b>${sheet(draft.line)}</b></a>${draft.rush ? html`<${Mark} kind="rush" />` : null}${draft.special ? html`<${Mark} kind="special" />` : null} ${draft.product} ×${count(draft.quantity)}
      <small>${draft.customer} · ${t('office.col.due')} ${day(draft.due)} · ${draft.signed_n}/${KINDS.length}</small></div>
    ${may('sheet.release') ? html`<${Button} why=${busy ? t('office.wait') : isReady ? '' : t('office.sheet.notready')} onClick=${() => run('sheet.release', { line: draft.line, day: to, sequence: 0 })}>${t('office.plan.to', day(to))}</${Button}>` : null}</div>`;
}

// What is due by operation and day against the most that was done there on one day of the last month: over it is hatched.
function Load({ today }) {
  const days = [...Array(7).keys()].map((n) => dayAdd(today, n));
  const list = useList('load', { from: days[0], to: days[6], limit: 2000 }, ['order', 'floor']);
  const rows = list.rows || [];
  const ops = [...new Map(rows.map((row) => [row.code, row])).values()].sort((a, b) => a.at - b.at || a.code.localeCompare(b.code));
  if (!ops.length) return null;
  const at = (code, one) => rows.find((row) => row.code === code && row.day === one) || { planned: 0, open: 0, usual: 0 };
  const cell = (op, one) => {
    const row = at(op.code, one);
    const usual = op.usual;
    const most = Math.max(usual, ...days.map((other) => at(op.code, other).planned), 1);
    return html`<td key=${one} title=${t('office.plan.load.cell', op.op_name, day(one), count(row.planned), count(row.open), usual ? count(usual) : '—')}>${row.planned ? html`<${HBar} value=${row.planned} plan=${usual || row.planned} most=${most} over=${usual > 0} /><span class=${usual && row.planned > usual ? 'amber' : ''}>${count(row.planned)}</span>` : html`<i>—</i>`}</td>`;
  };
  return html`<section class="load" id="load"><h2>${t('office.plan.load')} <small>${t('office.plan.load.about')}</small></h2><div class="loads"><table><thead><tr><th></th>${days.map((one) => html`<th key=${one}>${day(one)}</th>`)}<th class="right">${t('office.col.usual')}</th></tr></thead>
    <tbody>${ops.map((op) => html`<tr key=${op.code}><th title=${op.op_name}>${op.op_name}</th>${days.map((one) => cell(op, one))}<td class="right">${op.usual ? count(op.usual) : '—'}</td></tr>`)}</tbody></table></div></section>`;
}

export function Plan() {
  const today = store.me.today;
  const [to, setTo] = useState(today);
  const from = dayAdd(today, -1);
  const list = useList('plan', { from, to: dayAdd(today, 30), limit: 2000 }, ['order']);
  const drafts = useList('drafts', { limit: 500 }, ['order']);
  const explained = useList('differences', { limit: 2000 }, ['order']).rows || [];
  const { run, error, busy } = useAct();
  const rows = list.rows || [];
  const days = [...new Set([today, dayAdd(today, 1), dayAdd(today, 2), ...rows.map((row) => row.day)])].sort();
  const ready = (row) => row.signed_n >= KINDS.length && row.current && differencesOf(row, explained).every((one) => one.why);
  const move = (row, by) => run('plan.move', { line: row.line, base: row.version, day: row.day < today ? today : row.day, sequence: Math.max(1, row.sequence + by) });
  useFoot(t('office.plan.rule'), [['?', t('office.key.all')]]);
  return html`<${PageHead} title=${t('office.page.plan')} text=${t('office.plan.about', (drafts.rows || []).filter(ready).length)} />
    ${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}
    <${Load} today=${today} />
    <div class="planning">
      <section><h2>${t('office.plan.waiting')} <small>${(drafts.rows || []).length}</small></h2>
        <label class="field"><span>${t('office.sheet.day')}</span><input type="date" value=${to} min=${today} onInput=${(e) => e.target.value && setTo(e.target.value)} /></label>
        ${(drafts.rows || []).map((row) => html`<${Waiting} key=${row.line} draft=${row} isReady=${ready(row)} to=${to} run=${run} busy=${busy} />`)}
        ${drafts.rows && !drafts.rows.length ? html`<${Empty}>${t('office.plan.none')}</${Empty}>` : null}</section>
      ${days.map((one) => {
    const own = rows.filter((row) => row.day === one);
    return html`<section key=${one}><h2>${dayTitle(one)} <small>${t('office.doors.n', count(own.reduce((sum, row) => sum + row.quantity, 0)))}</small></h2>
          ${own.map((row) => html`<div class="planrow" key=${row.line}><div><small>${row.sequence}</small> <a href=${href(`orders/${row.line.slice(0, 9)}`)}><b>${sheet(row.line)}</b></a>${row.rush ? html`<${Mark} kind="rush" />` : null}${row.special ? html`<${Mark} kind="special" />` : null} ${row.product} ×${count(row.quantity)}<small>${row.customer} · ${t('office.col.due')} ${day(row.due)}${row.due < today ? html` <${Badge} tone="red">${t('office.orders.late')}</${Badge}>` : null}</small></div>
            ${may('plan.move') ? html`<span><a href="#" title=${t('office.plan.up')} onClick=${(e) => { e.preventDefault(); move(row, -1); }}>▲</a> <a href="#" title=${t('office.plan.down')} onClick=${(e) => { e.preventDefault(); move(row, 1); }}>▼</a></span>` : null}</div>`)}
          ${own.length ? null : html`<p class="ink3">—</p>`}</section>`;
  })}
    </div>`;
}
