// span.js - a span of days, kept in the address: chips for months and today, two fields for anything else.
import { Chip, html } from './parts.js';
import { href, stay, store } from './store.js';
import { day, monthOf, t } from './words.js';

// The span of the address; this month where it says none.
export function spanOf(query) {
  const month = monthOf(store.me.today, 0);
  return { from: query.get('from') || month.from, to: query.get('to') || month.to };
}

export function Span({ page, keep }) {
  const span = spanOf(store.route.query);
  const today = store.me.today;
  const chips = [
    [t('office.span.today'), { from: today, to: today }],
    ...[0, 1, 2].map((back) => {
      const month = monthOf(today, back);
      return [html`${t(`office.month.${Number(month.from.slice(5, 7))}`)}<span class="narrow"> ${day(month.from)} – ${day(month.to)}</span>`, month];
    }),
  ];
  const field = (name) => html`<input type="date" id=${name} value=${span[name]} aria-label=${t(name === 'from' ? 'office.span.from' : 'office.span.to')} onChange=${(e) => e.target.value && stay({ [name]: e.target.value })} />`;
  return html`<span class="span">
    ${chips.map(([text, one], i) => html`<${Chip} key=${i} on=${one.from === span.from && one.to === span.to} href=${href(page, { ...keep, ...one })}>${text}</${Chip}>`)}
    ${field('from')}<span>–</span>${field('to')}
  </span>`;
}
