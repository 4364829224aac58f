// guide.js - of a demo alone: what a newcomer may try, each with the way there. The setting "guide" says that this is one, and where its kiosks are to be seen.
import { useList } from './api.js';
import { html, PageHead, useFoot } from './parts.js';
import { href, store } from './store.js';
import { dayAdd, sheet, t } from './words.js';

// To add one: a row, its words office.guide.NAME and office.guide.NAME.how. to: where it begins. texts: office.guide.*
const TRIES = [
  { name: 'find', to: () => href('today') },
  { name: 'stop', to: (found) => (found.making ? href(`orders/${found.making}`) : href('orders')) },
  { name: 'scan', to: (found) => (found.making ? href(`orders/${found.making}`, { tab: 'progress' }) : href('orders')) },
  { name: 'pay', to: () => href('finance') },
  { name: 'wage', to: () => href('pay') },
  { name: 'month', to: () => href('reports') },
];

const orderOf = (line) => line.slice(0, 9);

export function Guide() {
  const plan = useList('plan', { from: dayAdd(store.me.today, -8), limit: 5 }, ['order', 'stop']);
  const row = (plan.rows || [])[0];
  const found = { making: row ? orderOf(row.line) : '' };
  useFoot(t('office.guide.foot'), []);
  return html`<${PageHead} title=${t('office.page.guide')} text=${t('office.guide.about')} />
    <div class="guide">${store.me.guide.startsWith('http') && !store.me.guide.startsWith(location.origin)
      ? html`<p><a href=${store.me.guide} target="_blank" rel="noopener">${t('office.guide.kiosks')}</a></p>` : null}
    ${TRIES.map((one, i) => html`<section><b>${i + 1}</b><div><h2>${t(`office.guide.${one.name}`)}</h2><p>${t(`office.guide.${one.name}.how`, found.making ? sheet(found.making) : '')}</p>
      <p><a href=${one.to(found)}>${t('office.guide.go')}</a></p></div></section>`)}</div>`;
}
