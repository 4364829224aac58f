// papers.js - the papers of a released sheet: printed once, replaced by the next number, reprinted for the archive [R26]; and the
// volumes of a hundred sheets with their covers [R27].
import { useState } from 'preact/hooks';
import { framed, useList } from './lists.js';
import { useAct } from './orderdata.js';
import { Badge, Button, Empty, html, Note } from './parts.js';
import { store } from './store.js';
import { Table } from './table.js';
import { moment, sheet, t, who, word } from './words.js';

const may = (name) => store.me.acts.includes(`/api/act/${name}`);
const place = (row, archive) => `/api/sheet/${row.line}?rev=${row.rev}&copy=${row.copy}${archive ? '&archive=1' : ''}&lang=${store.lang}`;
const AGAIN_MS = 600000;

function Replace({ paper, close }) {
  const [why, setWhy] = useState('');
  const [who, setWho] = useState('');
  const { run, error, busy } = useAct();
  return html`<div class="answerline"><input id="replace-why" value=${why} maxlength="60" placeholder=${t('office.papers.why')} onInput=${(e) => setWhy(e.target.value)} /><input id="replace-who" value=${who} maxlength="20" placeholder=${t('office.papers.who')} onInput=${(e) => setWho(e.target.value)} />
    <${Button} id="replace-do" why=${busy ? t('office.wait') : why.trim() ? '' : t('office.papers.why')} onClick=${() => run('copy.replace', { line: paper.line, rev: paper.rev, copy: paper.copy, why: why.trim(), who: who.trim() }, close)}>${t('office.papers.replace.do', paper.copy)}</${Button}><${Button} onClick=${close}>${t('office.cancel')}</${Button}>
    ${error ? html`<span class="red">${error.message}</span>` : null}</div>`;
}

// Of one line: its newest revision's papers, and the older ones' archive.
function PapersOf({ line }) {
  const list = useList('copies', { from: line.line, to: line.line, limit: 500 }, ['order', 'floor']);
  const [size, setSize] = useState(localStorage.getItem('baogong.paper') || 'a4');
  const [open, setOpen] = useState(0);
  const { run, error, busy } = useAct();
  const now = Date.now() + store.clockOff;
  const rows = list.rows || [];
  const current = rows.filter((row) => row.rev === line.rev);
  const waiting = current.filter((row) => !row.printed && !row.replaced_by);
  const print = () => run('copy.print', { line: line.line, size }, () => list.load());
  const choose = (e) => { setSize(e.target.value); localStorage.setItem('baogong.paper', e.target.value); };
  if (!rows.length) return null;
  return html`<div class="papers"><h3>${t('office.papers')}</h3>${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}
    <table class="plain"><tbody>${rows.map((row) => html`<tr key=${`${row.rev}/${row.copy}`}><td>${t('office.order.rev', row.rev)}</td><td><b>${String(row.copy).padStart(3, '0')}</b> ${word('part', row.part)}</td>
      <td>${row.replaces ? html`<small>${t('office.change.replaces', row.replaces)} ${row.why}</small>` : null} ${row.replaced_by ? html`<${Badge} tone="amber">${t('office.papers.replaced', row.replaced_by)}</${Badge}>` : null} ${row.is_old ? html`<${Badge}>${t('office.papers.void')}</${Badge}>` : null} ${row.state ? html`<${Badge} tone=${row.state === 1 ? 'green' : 'amber'}>${word('copy_state', row.state)}</${Badge}>` : null}</td>
      <td>${row.printed ? html`${t('office.papers.printed', who(row.printed_by), moment(row.printed))}` : html`<i>${t('office.papers.unprinted')}</i>`}</td>
      <td class="right">${row.printed && !row.is_old && now - row.printed < AGAIN_MS ? html`<a target="_blank" id=${`pdf-${row.copy}`} href=${place(row)}>PDF</a> ` : null}${row.printed ? html`<a target="_blank" id=${`archive-${row.rev}-${row.copy}`} href=${place(row, true)}>${t('office.papers.archive')}</a> ` : null}${!row.is_old && !row.replaced_by && may('copy.replace') ? html`<a href="#" id=${`replace-${row.copy}`} onClick=${(e) => { e.preventDefault(); setOpen(open === row.copy ? 0 : row.copy); }}>${t('office.papers.replace')}</a>` : null}</td></tr>
      ${open === row.copy && !row.is_old ? html`<tr key=${`${row.copy}r`}><td colspan="5"><${Replace} paper=${row} close=${() => { setOpen(0); list.load(); }} /></td></tr>` : null}`)}</tbody></table>
    ${may('copy.print') && waiting.length ? html`<div class="answerline"><select id="paper-size" value=${size} onChange=${choose}><option value="a4">A4</option><option value="a5">A5</option></select><${Button} main id=${`print-${line.line}`} why=${busy ? t('office.wait') : ''} onClick=${print}>${t('office.papers.print', waiting.length)}</${Button}></div>` : null}</div>`;
}

export const Papers = framed(PapersOf);

export function Volumes() {
  const list = useList('volumes', { limit: 500 }, ['order']);
  const rows = list.rows || [];
  const columns = [
    { key: 'volume', heading: t('office.change.col.volume'), show: (row) => html`<b>${row.volume}</b>` },
    { key: 'first_line', heading: t('office.change.col.first_line'), show: (row) => `${sheet(row.first_line)} ${t('office.order.rev', row.first_rev)}` },
    { key: 'last_line', heading: t('office.change.col.last_line'), show: (row) => `${sheet(row.last_line)} ${t('office.order.rev', row.last_rev)}` },
    { key: 'sheets', heading: t('office.change.col.sheets'), right: true, show: (row) => row.sheets },
    { key: 'first_at', heading: t('office.col.from'), show: (row) => moment(row.first_at) },
    { key: 'last_at', heading: t('office.col.to'), show: (row) => moment(row.last_at) },
    { key: 'cover', heading: '', sorts: false, show: (row) => html`<a target="_blank" href=${`/api/cover/${row.volume}?lang=${store.lang}`}>${t('office.papers.cover')}</a>`, wide: true },
  ];
  return html`<section class="list"><${Table} name="volumes" columns=${columns} rows=${rows} rowKey=${(row) => String(row.volume)} phone=${(row) => [`${t('office.change.col.volume')} ${row.volume}`, `${sheet(row.first_line)} – ${sheet(row.last_line)}`, row.sheets]} empty=${list.rows ? html`<${Empty}>${t('office.papers.novolume')}</${Empty}>` : null} /></section>`;
}
