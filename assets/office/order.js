// order.js - one order: a track of its stages, and a tab for each question about it. To add a tab: a row of TABS.
// texts: office.order.tab.*, office.order.stage.*
import { useState } from 'preact/hooks';
import { useKeys } from './keys.js';
import { useList, Whole } from './lists.js';
import { Badge, Button, Empty, html, Mark, Note, Tabs, useFoot } from './parts.js';
import { Due } from './orders.js';
import { Data } from './orderdata.js';
import { Enquiries } from './enquiry.js';
import { Progress } from './orderprogress.js';
import { Lights } from './gate.js';
import { Money } from './ordermoney.js';
import { Quotes } from './orderquote.js';
import { Remakes } from './remake.js';
import { Sheets } from './ordersheet.js';
import { expectedOf, sentenceOf } from './status.js';
import { OrderChanges } from './change.js';
import { Shipments } from './shipping.js';
import { OrderCases } from './cases.js';
import { Stops } from './stop.js';
import { isMade } from './strip.js';
import { go, href, stay, store } from './store.js';
import { day, fen, moment, sheet, t, who } from './words.js';

const TABS = [
  { name: 'progress', view: Progress },
  { name: 'data', view: Data, own: true, count: (all) => (all.questions.rows || []).filter((row) => !row.answer).length },
  { name: 'quote', view: Quotes, own: true, count: (all) => (all.quotes.rows || []).length },
  { name: 'sheet', view: Sheets, count: (all) => (all.drafts.rows || []).length },
  { name: 'changes', view: OrderChanges },
  { name: 'remake', view: Remakes, count: (all) => (all.remakes.rows || []).length + (all.batches.rows || []).length },
  { name: 'shipments', view: ({ all }) => html`<${Shipments} order=${all.id} />`, list: 'ship-lines' },
  { name: 'asked', view: Enquiries, count: (all) => (all.enquiries.rows || []).filter((row) => !row.closed_by).length },
  { name: 'cases', view: OrderCases, count: (all) => (all.cases.rows || []).filter((row) => !row.closed_by).length },
  { name: 'money', view: Money },
];

// Everything that the tabs share, asked once. own: an order of the register; imported ones have no head.
function useOrder(id) {
  const span = { from: `${id}-01`, to: `${id}-99` };
  const all = {
    id,
    lines: useList('lines', { order: id }, ['order']),
    orders: useList('orders', { from: id, to: id }, ['order', 'stop']),
    progress: useList('progress', { ...span, limit: 2000 }, ['floor', 'order']),
    due: useList('sheet-due', { order: id, limit: 2000 }, ['order']),
    last: useList('op-last', { order: id, limit: 2000 }, ['floor']),
    head: useList('head', { order: id }, ['order']),
    specs: useList('specs', { order: id, limit: 200 }, ['order']),
    questions: useList('questions', { order: id }, ['order']),
    quotes: useList('quotes', { order: id }, ['order']),
    drafts: useList('drafts', { order: id }, ['order']),
    reviews: useList('reviews', { order: id, limit: 500 }, ['order']),
    enquiries: useList('enquiries', { order: id, limit: 200 }, ['order', 'floor']),
    cases: useList('cases', { order: id, limit: 200 }, ['order', 'exception']),
    remakes: useList('remakes', { order: id, limit: 200 }, ['order', 'floor']),
    batches: useList('batches', { order: id, limit: 200 }, ['order']),
    lights: useList('lights', { from: id, to: id, limit: 1 }, ['money', 'order']),
    people: useList('people', { limit: 500 }, ['user']),
  };
  all.order = (all.orders.rows || [])[0];
  all.names = Object.fromEntries((all.people.rows || []).map((row) => [row.name, row.full_name || row.name]));
  return all;
}

// Where each stage stands: done, now, or not yet; with who and when.
function stagesOf(all) {
  const head = (all.head.rows || [])[0];
  const quote = (all.quotes.rows || [])[0];
  const lines = all.lines.rows || [];
  const drafts = all.drafts.rows || [];
  const released = lines.filter((row) => row.rev > 0).length;
  const rows = all.progress.rows || [];
  const done = rows.filter((row) => row.good + row.bad >= row.planned).length;
  const signed = drafts.reduce((sum, row) => sum + row.signed_n, 0);
  const open = (all.questions.rows || []).filter((row) => row.answer !== 'yes').length;
  const stage = (key, isDone, isNow, first, second) => ({ key, state: isDone ? 'done' : isNow ? 'now' : '', first, second });
  const made = released + drafts.length;
  return [
    stage('taken', true, false, moment(head ? head.placed : (all.order || {}).received), head ? `${who(head.placed_by)}${head.late ? ` · ${t('office.register.late')}` : ''}` : t('office.order.imported')),
    ...(head ? [
      stage('quote', !!quote, !quote, quote ? `${moment(quote.at)} ${t('office.order.n', quote.n)}` : open ? t('office.order.questions', open) : '—', quote ? `${fen(quote.total)} ${who(quote.who)}` : ''),
      stage('confirm', quote && quote.confirmed, quote && !quote.confirmed, quote && quote.confirmed ? `${day(quote.confirmed)} ${t(`office.confirmed.${quote.how}`)}` : quote ? t('office.order.waiting') : '—', quote && quote.confirmed ? quote.person : quote && quote.chased_at ? t('office.order.chased', moment(quote.chased_at)) : ''),
      stage('sheet', made >= lines.length && made > 0, quote && quote.confirmed && made < lines.length, made ? t('office.order.of', made, lines.length) : '—', drafts.length ? who(drafts[0].maker) : ''),
      stage('review', released === lines.length && released > 0, drafts.length > 0, drafts.length ? t('office.order.signed', signed, drafts.length * 5) : released ? t('office.order.allsigned') : '—', ''),
    ] : []),
    stage('plan', released === lines.length && released > 0, released > 0 && released < lines.length, released ? t('office.order.of', released, lines.length) : '—', ''),
    stage('floor', rows.length > 0 && done === rows.length, rows.length > 0 && done < rows.length, rows.length ? t('office.order.ops', done, rows.length) : '—', rows.length ? expectedOf(all).words : ''),
  ];
}

const Track = ({ stages }) => html`<div class="track" style=${{ gridTemplateColumns: `repeat(${stages.length}, minmax(0, 1fr))` }}>${stages.map((one) => html`<div key=${one.key} class=${one.state}><b>${t(`office.order.stage.${one.key}`)}</b><span title=${one.first}>${one.first}</span><small title=${one.second}>${one.second}</small></div>`)}</div>`;

export function Order() {
  const { path, query } = store.route;
  const all = useOrder(path[0]);
  const { id, order } = all;
  const [copied, setCopied] = useState('');
  const head = (all.head.rows || [])[0];
  const tabs = TABS.filter((one) => (!one.own || head) && (!one.list || store.me.lists.includes(one.list)));
  const tab = tabs.find((one) => one.name === query.get('tab')) || tabs[0];
  const sentence = order ? sentenceOf(all) : '';
  const copy = () => {
    if (!sentence) return false;
    navigator.clipboard.writeText(sentence).then(() => setCopied(sentence), () => setCopied(sentence));
    return true;
  };
  const digits = Object.fromEntries(tabs.map((one, i) => [`Digit${i + 1}`, () => stay({ tab: one.name, scan: '' })]));
  useKeys({ ...digits, KeyC: copy, KeyA: () => stay({ tab: 'asked', scan: '' }), Escape: () => (query.get('scan') ? stay({ scan: '' }) : go('orders', { at: id })) });
  useFoot(sentence || t('office.order.rule'), [[`1 – ${tabs.length}`, t('office.key.tab')], ['A', t('office.key.ask')], ['C', t('office.key.copy')], ['[ ]', t('office.key.line')], ['Esc', t('office.key.back')], ['?', t('office.key.all')]]);
  const View = tab.view;
  const isDone = isMade(all.progress.rows || []);
  return html`<div class="head"><a class="back" href=${href('orders', { at: id })} aria-label=${t('office.key.back')}>‹</a><h1 class="number">${sheet(id)}</h1><span class="about">${id} · ${order ? order.customer : ''}</span>
      ${order && order.rush ? html`<${Mark} kind="rush" />` : null}${order && order.special ? html`<${Mark} kind="special" />` : null}${order && order.stops ? html`<${Mark} kind="stop" />` : null}${head && head.project ? html`<${Badge}>${t('office.head.project')}</${Badge}>` : null}
      ${order ? html`<${Lights} row=${(all.lights.rows || [])[0]} isMade=${isDone} />` : null}
      ${order ? html`<span class="due"><${Due} due=${order.due} isDone=${isDone} /></span>` : null}<span class="grow" />
      ${head && head.desk ? html`<span class="ink3">${t('office.head.desk')} ${who(head.desk)}</span>` : null}
      <${Button} id="copy" k="C" onClick=${copy}>${t('office.order.copy')}</${Button}></div>
    ${copied ? html`<${Note} tone="blue">${t('office.order.copied', copied)} <a href="#" onClick=${(e) => { e.preventDefault(); setCopied(''); }}>${t('office.close')}</a></${Note}>` : null}
    ${order ? html`<${Track} stages=${stagesOf(all)} />` : null}
    <${Tabs}>${tabs.map((one, i) => html`<a key=${one.name} class=${one === tab ? 'on' : ''} href=${href(`orders/${id}`, { tab: one.name })}>${t(`office.order.tab.${one.name}`)}${one.count && one.count(all) ? html` <small>${one.count(all)}</small>` : null}</a>`)}</${Tabs}>
    <div class="scroll">
      ${order ? html`<${Stops} order=${id} lines=${all.lines.rows || []} />` : null}
      ${all.lines.rows && !all.lines.rows.length && !order ? html`<${Empty}>${t('office.notfound', id)} <a href=${href('orders')}>${t('office.page.orders')}</a></${Empty}>` : null}
      ${order ? html`<${Whole} key=${tab.name} name="tab"><${View} all=${all} /></${Whole}>` : null}
    </div>`;
}
