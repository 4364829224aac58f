// guide.js - of a demo alone: what a newcomer may try, each with the way there. The setting "guide" says that this is one, and where its kiosks are to be seen.
import { useList } from './lists.js';
import { html, PageHead, useFoot } from './parts.js';
import { href, store } from './store.js';
import { dayAdd, sheet, t } from './words.js';

// To add one: a row, its words office.guide.NAME and office.guide.NAME.how. to: where it begins. texts: office.guide.*
const TRIES = [
  { name: 'find', to: () => href('today') },
  { name: 'stop', to: ({ stop }) => (stop ? href(`orders/${orderOf(stop.line)}`) : href('orders')), words: ({ stop }) => [stop ? sheet(orderOf(stop.line)) : t('office.guide.any'), stop ? sheet(stop.line) : ''] },
  { name: 'scan', to: ({ make }) => (make ? href(`orders/${orderOf(make.line)}`, { tab: 'progress' }) : href('orders')), words: ({ make }) => [make ? sheet(make.line) : t('office.guide.any'), make ? make.op_name : ''] },
  { name: 'pay', to: () => href('finance') },
  { name: 'wage', to: () => href('held') },
  { name: 'month', to: () => href('reports') },
];
const FIRST = ['cut', 'weld']; // operations of the demo's kiosks
const PLAN_DAYS = 30;

const orderOf = (line) => line.slice(0, 9);

// What waits at the demo's kiosks, in the order of the plan and not stopped: their cards show the same sheets. One order to make a piece of, another to stop.
function useFound() {
  const lines = (useList('plan', { from: dayAdd(store.me.today, -PLAN_DAYS), limit: 2000 }, ['order', 'stop']).rows || []).map((row) => row.line);
  const [from, to] = [...lines].sort().filter((one, i, all) => i === 0 || i === all.length - 1);
  const progress = useList(from ? 'progress' : null, { from, to: to || from, limit: 2000 }, ['floor'], true).rows || [];
  const stops = (useList('stops', { limit: 500 }, ['stop']).rows || []).map((row) => row.line.slice(0, 9));
  const before = {};
  const open = [];
  for (const row of progress) {
    const done = row.good + row.bad + row.held;
    if (FIRST.includes(row.code) && lines.includes(row.line) && !stops.includes(orderOf(row.line)) && done < Math.min(row.planned, row.line in before ? before[row.line] : row.planned)) open.push(row);
    before[row.line] = done;
  }
  open.sort((a, b) => FIRST.indexOf(a.code) - FIRST.indexOf(b.code) || lines.indexOf(a.line) - lines.indexOf(b.line));
  const make = open[0];
  return { make, stop: make && open.find((one) => orderOf(one.line) !== orderOf(make.line)) };
}

export function Guide() {
  const found = useFound();
  useFoot(t('office.guide.foot'), []);
  return html`<${PageHead} title=${t('office.page.guide')} text=${t('office.guide.about')} />
    <div class="scroll"><div class="guide">${store.me.guide.startsWith('http') && !store.me.guide.startsWith(location.origin)
      ? html`<p><a href=${store.me.guide} target="_blank" rel="noopener">${t('office.guide.kiosks')}</a></p>` : null}
    ${TRIES.map((one, i) => html`<section><b>${i + 1}</b><div><h2>${t(`office.guide.${one.name}`)}</h2><p>${t(`office.guide.${one.name}.how`, ...(one.words ? one.words(found) : []))}</p>
      <p><a href=${one.to(found)}>${t('office.guide.go')}</a></p></div></section>`)}</div></div>`;
}
