// reports.js - the papers of the house: each a picture, its table below, exports and a paper, and every figure leads to
// what it is made of, down to the scans. What a figure means stands in docs/reports.md, in short in the foot of the page.
import { useMemo } from 'preact/hooks';
import { csvHref, pdfHref, xlsxHref } from './api.js';
import { Bars, Line } from './chart.js';
import { Fact } from './fact.js';
import { useKeys } from './keys.js';
import { useList, Whole } from './lists.js';
import { Chip, Empty, html, Key, PageHead, Tabs, useFoot } from './parts.js';
import { shown } from './shown.js';
import { Span, spanOf } from './span.js';
import { go, href, stay, store } from './store.js';
import { Table } from './table.js';
import { count, day, dayAdd, dayTitle, fen, monthOf, t, word } from './words.js';

const sees = (list) => store.me.lists.includes(list);
const permille = (value) => (value == null ? '—' : `${(value / 10).toFixed(1)}%`);
const yuan = (value) => count(Math.round(value / 100));
const HIDDEN = ['event', 'version', 'place', 'number', 'seq', 'id', 'code', 'month_end', 'rest'];
const RIGHT = ['fen', 'rate', 'int', 'permille'];
const MAIN = ['fen', 'amount_fen', 'rate', 'done', 'good', 'bad', 'quantity', 'doors']; // the figure that a phone shows large
const WORDS = { fault: 'fault', verdict: 'verdict' };

// Rows added up by a key, the greatest first: {key, label, value}.
function groups(rows, keyOf, labelOf, valueOf, most = innerWidth < 700 ? 7 : 14) {
  const all = new Map();
  for (const row of rows) {
    const key = keyOf(row);
    const one = all.get(key) || { key, label: labelOf(row), value: 0 };
    one.value += valueOf(row);
    all.set(key, one);
  }
  return [...all.values()].filter((one) => one.value > 0).sort((a, b) => b.value - a.value).slice(0, most);
}

const names = () => ({ value: t('office.col.done'), plan: t('office.col.planned'), rest: t('office.col.lacking') });
const select = (at) => stay({ at });
const short = (value) => `${Number(value.slice(5, 7))}-${value.slice(8)}`;

// ---- pictures: rows of the list -> charts

function DayPicture({ rows, at, params }) {
  const days = useList('report-month', { from: dayAdd(params.day, -13), to: params.day }, ['floor', 'order']);
  return html`<div class="pictures"><${Bars} id="picture" title=${t('office.report.by_op')} unit=${t('office.unit.pieces')} names=${names()} at=${at} onAt=${select}
      rows=${rows.map((row) => ({ key: row.code, label: row.op_name, value: row.done, plan: row.planned || null }))} />
    <${Line} title=${t('office.report.finished14')} unit=${t('office.unit.doors')} names=${{ value: t('office.col.finished_n') }}
      rows=${(days.rows || []).map((row) => ({ key: row.day, label: short(row.day), value: row.rest && !row.doors ? null : row.doors, plan: null, isRest: row.rest }))} /></div>`;
}

const MonthPicture = ({ rows, at }) => html`<div class="pictures">
  <${Bars} id="picture" title=${t('office.report.by_day')} unit=${t('office.unit.pieces')} days at=${at} onAt=${select} rows=${rows.map((row) => ({ key: row.day, label: short(row.day), value: row.done, plan: null }))} />
  <${Bars} title=${t('office.report.in_out')} unit=${t('office.unit.doors')} days names=${{ value: t('office.col.finished_n'), plan: t('office.col.ordered') }} at=${at} onAt=${select} rows=${rows.map((row) => ({ key: row.day, label: short(row.day), value: row.doors, plan: row.ordered || null }))} /></div>`;

const OpsPicture = ({ rows, at }) => html`<div class="pictures one"><${Bars} id="picture" title=${t('office.report.by_op')} unit=${t('office.unit.pieces')} names=${names()} at=${at} onAt=${select}
  rows=${rows.map((row) => ({ key: row.code, label: row.op_name, value: row.done, plan: row.planned || null }))} /></div>`;

const BadPicture = ({ rows }) => html`<div class="pictures"><${Bars} id="picture" title=${t('office.report.by_reason')} isPlain unit=${t('office.unit.pieces')}
    rows=${groups(rows, (row) => row.reason, (row) => row.reason_name || t('office.fault.unsaid'), (row) => row.bad)} />
  <${Bars} title=${t('office.report.by_fault')} isPlain unit=${t('office.unit.pieces')} rows=${groups(rows, (row) => row.fault + row.fault_op, (row) => row.fault_op || word('fault', row.fault), (row) => row.bad)} /></div>`;

const HandsPicture = ({ rows, unit, value, show }) => html`<div class="pictures"><${Bars} id="picture" title=${t('office.report.by_worker')} isPlain unit=${unit} show=${show}
    rows=${groups(rows, (row) => row.worker, (row) => row.name || String(row.worker), value)} />
  <${Bars} title=${t('office.report.per_op')} isPlain unit=${unit} show=${show} rows=${groups(rows, (row) => row.op_name, (row) => row.op_name || t('office.report.daywork'), value)} /></div>`;

const DuePicture = ({ rows, at }) => html`<div class="pictures one"><${Bars} id="picture" title=${t('office.report.due_by_day')} unit=${t('office.unit.lines')} days at=${at} onAt=${select}
  names=${{ value: t('office.col.on_time'), plan: t('office.col.judged'), rest: t('office.col.late_lines') }} rows=${rows.map((row) => ({ key: row.day, label: short(row.day), value: row.on_time, plan: row.on_time + row.late }))} /></div>`;

const ShipPicture = ({ rows, at }) => html`<div class="pictures"><${Bars} id="picture" title=${t('office.report.by_doors')} unit=${t('office.unit.doors')} days at=${at} onAt=${select} rows=${rows.map((row) => ({ key: row.day, label: short(row.day), value: row.gone, plan: null }))} />
  <${Bars} title=${t('office.report.by_amount')} isPlain unit=${t('office.unit.yuan')} show=${yuan} days rows=${rows.map((row) => ({ key: row.day, label: short(row.day), value: row.gone_fen, plan: null }))} /></div>`;

const AmountPicture = ({ rows, label }) => html`<div class="pictures"><${Bars} id="picture" title=${t('office.report.by_amount')} isPlain unit=${t('office.unit.yuan')} show=${yuan} rows=${groups(rows, label, label, (row) => row.amount_fen)} />
  <${Bars} title=${t('office.report.by_doors')} isPlain unit=${t('office.unit.doors')} rows=${groups(rows, label, label, (row) => row.quantity)} /></div>`;

const FreightPicture = ({ rows }) => html`<div class="pictures one"><${Bars} id="picture" title=${t('office.col.freight')} isPlain unit=${t('office.unit.yuan')} show=${yuan} rows=${groups(rows, (row) => row.carrier, (row) => row.carrier, (row) => row.freight)} /></div>`;

const EndPicture = ({ rows, at }) => html`<div class="pictures"><${Bars} id="picture" title=${t('office.report.by_amount')} isPlain unit=${t('office.unit.yuan')} show=${yuan} at=${at} onAt=${select}
    rows=${rows.map((row) => ({ key: row.month, label: t(`office.month.${Number(row.month.slice(5, 7))}`), value: row.amount_fen, plan: null }))} />
  <${Line} title=${t('office.report.rates')} unit="%" names=${{ value: t('office.col.on_time_share'), plan: t('office.col.collected') }} show=${(value) => String(Math.round(value / 10))} rows=${rows.map((row) => ({ key: row.month, label: short(row.month).split('-')[0], value: row.rate, plan: row.collected }))} /></div>`;

// To add a report: its list in server/ask, a row here, its sentence office.report.NAME.rule. period: day, span or year.
// texts: office.report.*
const REPORTS = [
  { name: 'day', list: 'report-day', period: 'day', picture: DayPicture, key: (row) => row.code, group: 1 },
  { name: 'month', list: 'report-month', period: 'span', picture: MonthPicture, key: (row) => row.day, group: 1 },
  { name: 'ops', list: 'report-ops', period: 'span', picture: OpsPicture, key: (row) => row.code, group: 1 },
  { name: 'bad', list: 'report-bad', period: 'span', picture: BadPicture, key: (row) => `${row.reason}/${row.code}/${row.fault}/${row.fault_op}`, group: 1 },
  { name: 'hands', list: 'report-hands', period: 'span', picture: (p) => html`<${HandsPicture} ...${p} unit=${t('office.unit.pieces')} value=${(row) => row.done} show=${count} />`, key: (row) => `${row.worker}/${row.op_name}`, group: 2 },
  { name: 'wages', list: 'report-wages', period: 'span', picture: (p) => html`<${HandsPicture} ...${p} unit=${t('office.unit.yuan')} value=${(row) => row.fen} show=${yuan} />`, key: (row) => `${row.worker}/${row.code}`, group: 2 },
  { name: 'ship', list: 'report-ship', period: 'span', picture: ShipPicture, key: (row) => row.day, group: 3 },
  { name: 'freight', list: 'report-freight', period: 'span', picture: FreightPicture, key: (row) => `${row.month}/${row.carrier}`, group: 3 },
  { name: 'due', list: 'report-due', period: 'span', picture: DuePicture, key: (row) => row.day, group: 3 },
  { name: 'orders', list: 'report-orders', period: 'span', picture: (p) => html`<${AmountPicture} ...${p} label=${(row) => row.family} />`, key: (row) => row.line, group: 3 },
  { name: 'products', list: 'report-products', period: 'span', picture: (p) => html`<${AmountPicture} ...${p} label=${(row) => row.product} />`, key: (row) => `${row.family}/${row.product}`, group: 3 },
  { name: 'dealers', list: 'report-dealers', period: 'span', picture: (p) => html`<${AmountPicture} ...${p} label=${(row) => row.customer} />`, key: (row) => `${row.id}/${row.customer}`, group: 3 },
  { name: 'end', list: 'report-end', period: 'year', picture: EndPicture, key: (row) => row.month, group: 3 },
];
const mine = () => REPORTS.filter((report) => sees(report.list));

// ---- where a figure leads

// "list?a={column}&b={parameter}" filled in -> an address of this page, or null where that list is nothing for him.
function linkTo(report, link, row, params) {
  const [list, text] = link.split('?');
  const query = Object.fromEntries(new URLSearchParams(text || ''));
  for (const key of Object.keys(query)) query[key] = query[key].replace(/\{(\w+)\}/g, (whole, name) => (row[name] != null ? row[name] : params[name] != null ? params[name] : ''));
  if (list === 'progress') return href(`orders/${row.line.slice(0, 9)}`);
  if (/^worker-/.test(list)) return sees('worker-days') ? href(`pay/${query.worker}`, { from: query.from, to: query.to }) : null;
  if (!sees(list) || list === 'fact') return null;
  const whole = REPORTS.find((one) => one.list === list);
  return whole ? href(`reports/${whole.name}`, query) : href(`reports/${report.name}/${list}`, query);
}

const zero = (value) => value === 0 || value === null;

function figure(report, column, row, params) {
  const value = row[column.key];
  const words = column.key === 'month' ? value.slice(0, 7) : column.type === 'permille' ? permille(value) : column.type === 'fen' ? fen(value) : WORDS[column.key] ? word(WORDS[column.key], value) : shown(column, value);
  if (RIGHT.includes(column.type) && zero(value) && (value === null || column.type !== 'permille')) return html`<i>—</i>`;
  const tone = { bad: 'red', cases: 'red', due_fen: 'amber', late: 'red', late_days: 'red', lacking: 'amber', overdue: 'red', held: 'amber', undecided: 'amber' }[column.key];
  const to = column.link && value !== '' && linkTo(report, column.link, row, params);
  const inner = tone && value ? html`<b class=${tone}>${words}</b>` : words;
  return to ? html`<a class="figure" href=${to} tabindex="-1" onClick=${(e) => e.stopPropagation()}>${inner}</a>` : inner;
}

function columnsOf(report, list) {
  return (list.columns || []).filter((column) => !HIDDEN.includes(column.key)).map((column) => ({
    key: column.key,
    heading: column.heading,
    right: RIGHT.includes(column.type),
    wide: ['remarks', 'customer', 'product'].includes(column.key),
    narrow: true,
    show: (row) => (column.key === 'reach' ? html`<${Reach} row=${row} />` : figure(report, column, row, list.params)),
    value: (row) => row[column.key],
  }));
}

// How far the plan is reached, as a bar and in words; without a plan there is nothing to reach.
function Reach({ row }) {
  if (row.reach == null) return html`<i>—</i>`;
  const isShort = row.reach < 950;
  return html`<span class=${`reach${isShort ? ' short' : ''}`}><span><em style=${{ width: `${Math.min(64, Math.round((row.reach * 64) / 1000))}px` }} /></span>${permille(row.reach)}</span>`;
}

function sumsOf(list, columns) {
  if (!list.total || list.next || !list.rows.length) return null;
  const of = Object.fromEntries((list.columns || []).map((column) => [column.key, column]));
  const sums = Object.fromEntries(columns.map(({ key }) => [key, list.total[key] == null ? '' : of[key].type === 'fen' ? fen(list.total[key]) : of[key].type === 'permille' ? permille(list.total[key]) : count(list.total[key])]));
  const first = columns.find(({ key }) => sums[key] === '');
  if (first) sums[first.key] = t('office.sum');
  const main = MAIN.find((key) => list.total[key] != null);
  return { ...sums, phone: [t('office.sum'), main ? sums[main] : ''] };
}

// On a phone: words first, then figures with their names, the last figure right.
function phoneOf(report, list) {
  const all = (list.columns || []).filter((column) => !HIDDEN.includes(column.key));
  const texts = all.filter((column) => !RIGHT.includes(column.type) && column.type !== 'bool');
  const figures = all.filter((column) => RIGHT.includes(column.type));
  const main = MAIN.map((key) => figures.find((column) => column.key === key)).find(Boolean) || figures[figures.length - 1];
  return (row) => [
    texts.slice(0, 3).filter((column) => row[column.key] !== '').map((column, i) => html`${i ? ' ' : ''}${WORDS[column.key] ? word(WORDS[column.key], row[column.key]) : shown(column, row[column.key])}`),
    figures.filter((column) => column !== main && row[column.key]).slice(0, 4).map((column) => html`<span>${column.heading} ${column.type === 'permille' ? permille(row[column.key]) : shown(column, row[column.key])} </span>`),
    main ? figure(report, main, row, list.params) : '',
  ];
}

// ---- periods

const yearOf = (query) => {
  const to = query.get('to') || monthOf(store.me.today, 0).to;
  return { from: query.get('from') || monthOf(to, 11).from, to };
};

function paramsOf(report, query) {
  if (report.period === 'day') return { day: query.get('day') || store.me.today };
  return report.period === 'year' ? yearOf(query) : spanOf(query);
}

// The period before or after.
function turned(report, params, n) {
  if (report.period === 'day') return { day: dayAdd(params.day, n) };
  const back = (months) => monthOf(params.from, months);
  if (report.period === 'year') return { from: back(-12 * n).from, to: monthOf(params.to, -12 * n).to };
  return back(-n);
}

function Period({ report, params }) {
  const turn = (n) => href(`reports/${report.name}`, turned(report, params, n));
  const arrow = (n, text) => html`<a class="button small" href=${turn(n)} aria-label=${t(n < 0 ? 'office.report.before' : 'office.report.after')}>${text}</a>`;
  if (report.period === 'day')
    return html`<span class="span">${arrow(-1, '‹')}<input type="date" id="day" value=${params.day} aria-label=${t('office.col.date')} onChange=${(e) => e.target.value && stay({ day: e.target.value })} /><b class="narrow">${dayTitle(params.day)}</b>${arrow(1, '›')}
      <${Chip} on=${params.day === store.me.today} href=${href(`reports/${report.name}`)}>${t('office.span.today')}</${Chip}></span>`;
  if (report.period === 'year')
    return html`<span class="span">${arrow(-1, '‹')}<b>${params.from.slice(0, 7)} – ${params.to.slice(0, 7)}</b>${arrow(1, '›')}</span>`;
  return html`<span class="span period">${arrow(-1, '‹')}${arrow(1, '›')}<${Span} page=${`reports/${report.name}`} keep=${{}} /></span>`;
}

// ---- the day's own column: what came in, what was finished, what was due

function DayAside({ params }) {
  const one = { from: params.day, to: params.day };
  const month = monthOf(params.day, 0);
  const flow = useList('report-month', one, ['floor', 'order']);
  const due = useList('report-due', one, ['floor', 'order']);
  const dueMonth = useList('report-due', { from: month.from, to: params.day }, ['floor', 'order']);
  const bad = useList('report-bad', one, ['floor']);
  const wages = useList('wages', one, ['pay']);
  const row = (label, value) => html`<dt>${label}</dt><dd>${value}</dd>`;
  const reasons = groups(bad.rows || [], (r) => r.reason, (r) => r.reason_name || t('office.fault.unsaid'), (r) => r.bad);
  return html`<h2>${t('office.report.flow')}</h2>
    <dl class="pairs">
      ${flow.total ? row(t('office.report.came'), html`<b>${t('office.report.came.text', count(flow.total.orders), count(flow.total.ordered))}</b>`) : null}
      ${flow.total ? row(t('office.report.made'), html`<b>${t('office.report.made.text', count(flow.total.doors))}</b>`) : null}
      ${due.total ? row(t('office.report.due'), html`<a href=${href('reports/due', one)}><b>${permille(due.total.rate)}</b></a> ${t('office.report.due.text', count(due.total.on_time), count(due.total.late))}`) : null}
      ${dueMonth.total ? row(t('office.report.due_month'), html`<a href=${href('reports/due', month)}><b>${permille(dueMonth.total.rate)}</b></a>`) : null}
      ${wages.total ? row(t('office.report.wages_day'), html`<a href=${href('reports/wages', one)}><b>${fen(wages.total.fen)}</b></a> ${t('office.report.wages_day.text', wages.total.rows)}`) : null}
    </dl>
    ${reasons.length ? html`<h2>${t('office.report.bad')}</h2><dl class="pairs">${reasons.map((r) => row(r.label, html`<a href=${href('reports/day/report-bad-facts', { ...one, reason: r.key })}><b class="red">${count(r.value)}</b></a>`))}</dl>` : null}`;
}

// A shift date's figures by shift, beside the rows: 白班 42 夜班 12. A shift that has no words of ours stands as the settings
// name it (texts: office.shift.*).
function useShifts(report, params) {
  const list = useList(report.name === 'day' ? 'report-shifts' : null, params, ['floor']);
  const byCode = {};
  for (const row of list.rows || []) (byCode[row.code] = byCode[row.code] || []).push(`${row.shift ? word('shift', row.shift) : t('office.report.noshift')} ${count(row.done)}`);
  return (list.rows || []).some((row) => row.shift) ? byCode : null;
}

// ---- the page

function Nav({ report }) {
  return html`<${Tabs} name="report-nav">${mine().map((one, i, all) => html`${i && all[i - 1].group !== one.group ? html`<hr />` : null}<a class=${one === report ? 'on' : ''} href=${href(`reports/${one.name}`)}>${t(`office.report.${one.name}`)}</a>`)}</${Tabs}>`;
}

const Files = ({ list, params }) => html`<a class="button narrow" id="csv" href=${csvHref(list, params)}>CSV</a><a class="button" id="xlsx" href=${xlsxHref(list, params)}>XLSX <${Key} k="E" /></a>
  <a class="button" id="pdf" target="_blank" rel="noopener" href=${pdfHref(list, params)}>PDF <${Key} k="P" /></a>`;

function useFiles(list, params, more) {
  useKeys({ KeyE: () => { location.href = xlsxHref(list, params); }, KeyP: () => { open(pdfHref(list, params), '_blank', 'noopener'); }, ...more });
}

export function Reports() {
  const { path, query } = store.route;
  const report = mine().find((one) => one.name === path[0]) || mine()[0];
  if (path[1] && sees(path[1])) return html`<${Below} key=${path[1]} report=${report} list=${path[1]} />`;
  return html`<${One} key=${report.name} report=${report} query=${query} />`;
}

function One({ report, query }) {
  const params = paramsOf(report, query);
  const list = useList(report.list, { ...params, limit: 2000 }, ['floor', 'pay', 'order', 'money', 'ship']);
  const shifts = useShifts(report, params);
  const q = (query.get('q') || '').trim().toLowerCase();
  const rows = (list.rows || []).filter((row) => !q || Object.values(row).join(' ').toLowerCase().includes(q));
  const columns = columnsOf(report, list);
  if (shifts) columns.push({ key: 'shifts', heading: t('office.col.shift'), narrow: true, sorts: false, show: (row) => (shifts[row.code] || []).join(' · ') });
  const selected = query.get('at') || '';
  const step = (n) => () => { location.hash = href(`reports/${report.name}`, turned(report, params, n)); };
  const first = (row) => (list.columns || []).map((column) => column.link && linkTo(report, column.link, row, list.params)).find(Boolean);
  const enter = (row) => { const to = first(row); if (to) location.hash = to; };
  useFiles(report.list, params, { ArrowLeft: step(-1), ArrowRight: step(1) });
  useFoot(t(`office.report.${report.name}.rule`), [['← →', t('office.key.turn')], ['↑ ↓', t('office.key.row')], ['Enter', t('office.key.scans')], ['E', 'XLSX'], ['P', 'PDF'], ['?', t('office.key.all')]]);
  const Picture = report.picture;
  return html`<${PageHead} title=${t(`office.report.${report.name}`)} chips=${html`<${Period} report=${report} params=${params} />`}><${Files} list=${report.list} params=${params} /></${PageHead}>
    <div class="reports"><${Nav} report=${report} />
      <section class="list report">
        ${report.period === 'day' ? null : html`<p class="printed">${params.from} – ${params.to}</p>`}
        ${list.rows && list.key ? html`<${Picture} rows=${rows} at=${selected} params=${params} />` : null}
        <div class="columns"><section class="list">
          ${list.next ? html`<div class="note amber">${t('office.cut', list.rows.length)}</div>` : null}
          <${Table} name="report" question=${`${JSON.stringify(params)} ${q}`} columns=${columns} rows=${rows} rowKey=${report.key} row=${28} selected=${selected} onSelect=${(at) => stay({ at })} onOpen=${enter}
            sort=${query.get('sort') || ''} onSort=${(sort) => stay({ sort })} sums=${q ? null : sumsOf(list, columns)} phone=${phoneOf(report, list)}
            empty=${list.rows ? html`<${Empty}>${q ? t('office.notfound', q) : t('office.report.empty')}</${Empty}>` : null} />
        </section>${report.name === 'day' ? html`<${Whole} as="aside" name="side day-flow"><${DayAside} params=${params} /></${Whole}>` : null}</div>
      </section></div>`;
}

// What a figure is made of: the rows behind it, each with its scan below.
function Below({ report, list: name }) {
  const { query } = store.route;
  const params = Object.fromEntries([...query].filter(([key]) => !['at', 'sort', 'q'].includes(key)));
  const list = useList(name, { ...params, limit: 2000 }, ['floor', 'pay', 'order']);
  const q = (query.get('q') || '').trim().toLowerCase();
  const rows = (list.rows || []).filter((row) => !q || Object.values(row).join(' ').toLowerCase().includes(q));
  const columns = useMemo(() => columnsOf(report, list), [list.key, list.columns]);
  const key = (row) => (row.event ? `${row.event.slice(0, 16)}${row.place || ''}` : `${row.line || ''}${row.day || ''}`);
  const back = () => (history.length > 1 ? history.back() : go(`reports/${report.name}`));
  useFiles(name, params, { Escape: () => { if (query.get('at')) stay({ at: '' }); else back(); } });
  useFoot(t('office.report.below.rule'), [['↑ ↓', t('office.key.row')], ['Enter', t('office.key.scans')], ['Esc', t('office.key.back')], ['E', 'XLSX'], ['P', 'PDF'], ['?', t('office.key.all')]]);
  const isOne = params.from === params.to;
  return html`<${PageHead} title=${html`<a class="back" href="#" aria-label=${t('office.key.back')} onClick=${(e) => { e.preventDefault(); back(); }}>‹</a>${list.title || ''}`}
      text=${`${params.from ? `${isOne ? dayTitle(params.from) : `${day(params.from)} – ${day(params.to)}`} · ` : ''}${list.rows ? t('office.rows', `${rows.length}${list.next ? '+' : ''}`) : ''}`}><${Files} list=${name} params=${params} /></${PageHead}>
    <div class="reports"><${Nav} report=${report} /><section class="list">
      <${Table} name="scans" question=${`${JSON.stringify(params)} ${q}`} columns=${columns} rows=${rows} rowKey=${key} row=${28} selected=${query.get('at') || ''} onSelect=${(at) => stay({ at: at === query.get('at') ? '' : at })}
        sort=${query.get('sort') || ''} onSort=${(sort) => stay({ sort })} sums=${q ? null : sumsOf(list, columns)} phone=${phoneOf(report, list)}
        below=${(row) => (row.event && sees('fact') ? html`<${Fact} event=${row.event} />` : null)}
        empty=${list.rows ? html`<${Empty}>${t('office.report.empty')}</${Empty}>` : null} /></section></div>`;
}
