// plan.js - which sheets go to the floor on which day, in which sequence; signed ones wait on the left.
import { useState } from 'preact/hooks';
import { useList } from './api.js';
import { useAct } from './orderdata.js';
import { differencesOf, KINDS } from './ordersheet.js';
import { Badge, Button, Empty, Failed, html, Mark, Note, PageHead, useFoot } from './parts.js';
import { href, store } from './store.js';
import { count, day, dayAdd, dayTitle, sheet, t } from './words.js';

const may = (name) => store.me.acts.includes(`/api/act/${name}`);

function Waiting({ draft, isReady, to, run, busy }) {
  return html`<div class="planrow"><div><a href=${href(`orders/${draft.line.slice(0, 9)}`, { tab: 'sheet' })}><b>${sheet(draft.line)}</b></a>${draft.rush ? html`<${Mark} kind="rush" />` : null}${draft.special ? html`<${Mark} kind="special" />` : null} ${draft.product} ×${count(draft.quantity)}
      <small>${draft.customer} · ${t('office.col.due')} ${day(draft.due)} · ${draft.signed_n}/${KINDS.length}</small></div>
    ${may('sheet.release') ? html`<${Button} why=${busy ? t('office.wait') : isReady ? '' : t('office.sheet.notready')} onClick=${() => run('sheet.release', { line: draft.line, day: to, sequence: 0 })}>${t('office.plan.to', day(to))}</${Button}>` : null}</div>`;
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
    <${Failed} list=${list} />${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}
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
