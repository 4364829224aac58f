// chart.js - pictures of figures as inline SVG: bars with a tick where they should be, and a line over days. The legend
// stands in the title line, figures at the bars, the last value at the line's end. A chart never stands alone: its table
// is below, in the same order, and a click on a bar selects the row.
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { html } from './parts.js';
import { count, t } from './words.js';

const LEFT = 44, RIGHT = 14, TOP = 30, FOOT = 24; // px around the figures
const SIDES = 32; // of .chart
const NICE = [1, 2, 5];

// Three or four lines of a round step, the topmost not below the greatest value.
export function grid(most) {
  let power = 1;
  for (;;) {
    for (const one of NICE) if (most <= one * power * 4) return [0, 1, 2, 3, 4].map((n) => n * one * power).filter((value, i, all) => i === 0 || all[i - 1] < most);
    power *= 10;
  }
}

// Characters that are as wide as two.
const wide = (text) => [...text].reduce((n, c) => n + (c.charCodeAt(0) > 0x2e80 ? 12 : 6.6), 0);

function cut(text, room) {
  if (wide(text) <= room) return text;
  let short = [...text];
  while (short.length > 1 && wide(`${short.join('')}…`) > room) short = short.slice(0, -1);
  return `${short.join('')}…`;
}

// The element's width, as the window changes.
function useWidth(otherwise) {
  const box = useRef(null);
  const [width, setWidth] = useState(otherwise);
  useLayoutEffect(() => {
    const look = () => box.current && setWidth(Math.max(240, box.current.clientWidth - SIDES));
    look();
    const watch = new ResizeObserver(look);
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  return [box, width];
}

// Grid, axis and the place of a value. axis(value): its words there.
function frame(rows, width, height, axis) {
  const most = Math.max(1, ...rows.map((row) => Math.max(row.value || 0, row.plan || 0)));
  const lines = grid(most);
  const top = lines[lines.length - 1];
  const high = height - TOP - FOOT;
  const left = Math.max(LEFT, 10 + Math.max(...lines.map((value) => wide(axis(value)))));
  return {
    left,
    y: (value) => TOP + high - (high * Math.max(0, value)) / top,
    room: width - left - RIGHT,
    base: TOP + high,
    lines: html`${lines.map((value) => html`<line class=${value ? 'c-grid' : 'c-axis'} x1=${left} x2=${width - RIGHT} y1=${TOP + high - (high * value) / top} y2=${TOP + high - (high * value) / top} />
      <text class="c-scale" x=${left - 8} y=${TOP + high - (high * value) / top + 4} text-anchor="end">${axis(value)}</text>`)}`,
  };
}

const Hatch = () => html`<defs><pattern id="chart-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" class="c-paper" /><rect width="3" height="6" class="c-stripe" /></pattern></defs>`;

function Title({ title, unit, legend }) {
  return html`<div class="chart-title"><h2>${title}</h2>${unit ? html`<small>${unit}</small>` : null}${legend}</div>`;
}

// rows: {key, label, value, plan}; plan null: none. names: {value, plan, rest}, words of the legend; rest is what lies between
// value and plan: missing below it, or too much above it where isOver. at: the row that is selected. days: labels are dates and may be left
// out; others are cut. isPlain: bars that judge nothing are grey. show, axis: words of a figure at the bar and at the axis.
export function Bars({ title, unit, rows, names, at, onAt, isOver, days, isPlain, show = count, axis = show, height = 190, id }) {
  const [box, width] = useWidth(600);
  const legend = names && html`<span class="legend">${names.value ? html`<i class="c-done" />${names.value}` : null}${names.plan ? html`<i class="c-tick" />${names.plan}` : null}${names.rest ? html`<i class="c-rest" />${names.rest}` : null}</span>`;
  const { left, y, room, base, lines } = frame(rows, width, height, axis);
  const slot = room / Math.max(1, rows.length);
  const bar = Math.max(2, Math.min(30, slot * 0.62));
  const every = days ? Math.ceil(Math.max(1, ...rows.map((row) => wide(row.label))) / slot + 0.2) : 1;
  const hasFigures = slot >= Math.max(8, ...rows.map((row) => wide(show(row.value)))) + 2;
  const one = (row, i) => {
    const x = left + slot * i + (slot - bar) / 2, value = row.value || 0, plan = row.plan || 0;
    const low = isOver && row.plan != null ? Math.min(value, plan) : value;
    const from = isOver ? value : plan, to = isOver ? plan : value; // the hatched part, down
    const isShort = row.plan != null && from > to;
    const top = Math.min(y(value), row.plan == null ? base : y(plan));
    return html`<g key=${row.key} data-key=${row.key} class=${row.key === at ? 'c-bar on' : 'c-bar'} onClick=${onAt ? () => onAt(row.key) : null}>
      <title>${`${row.label} ${show(value)}${row.plan == null ? '' : ` / ${show(plan)}`}`}</title>
      <rect class="c-slot" x=${left + slot * i} y=${TOP - 16} width=${slot} height=${base - TOP + 16 + FOOT} />
      ${low > 0 ? html`<rect class=${isPlain ? 'c-plain' : 'c-done'} x=${x} y=${y(low)} width=${bar} height=${base - y(low)} />` : null}
      ${isShort ? html`<rect class="c-rest" x=${x} y=${y(from)} width=${bar} height=${y(to) - y(from)} />` : null}
      ${row.plan != null ? html`<line class="c-plan" x1=${x - 3} x2=${x + bar + 3} y1=${y(plan)} y2=${y(plan)} />` : null}
      ${hasFigures && (value || row.plan != null) ? html`<text class=${isShort ? 'c-figure short' : 'c-figure'} x=${x + bar / 2} y=${top - 7} text-anchor="middle">${show(value)}</text>` : null}
      ${i % every === 0 ? html`<text class="c-label" x=${x + bar / 2} y=${base + 16} text-anchor="middle">${days ? row.label : cut(row.label, slot - 2)}</text>` : null}
    </g>`;
  };
  return html`<figure class="chart" ref=${box} id=${id}><${Title} title=${title} unit=${unit} legend=${legend} />
    ${rows.length ? html`<svg width=${width} height=${height} role="img" aria-label=${title}><${Hatch} />${lines}${rows.map(one)}</svg>` : html`<p class="about">${t('office.chart.empty')}</p>`}</figure>`;
}

// A line over days: {key, label, value, plan, isRest}; value null: the line is broken there (a day of rest is a grey band).
// names: {value, plan}: written at the line's end with its last value.
export function Line({ title, unit, rows, names = {}, at, onAt, show = count, axis = show, height = 190, id }) {
  const [box, width] = useWidth(420);
  const last = [...rows].reverse().find((row) => row.value != null);
  const ends = last ? [`${names.value || ''} ${show(last.value)}`, last.plan == null ? '' : `${names.plan || ''} ${show(last.plan)}`] : ['', ''];
  const tail = Math.min(width / 3, Math.max(...ends.map(wide)) + 12);
  const { left, y, room, base, lines } = frame(rows, width - tail, height, axis);
  const slot = room / Math.max(1, rows.length - 1);
  const x = (i) => left + slot * i;
  const every = Math.ceil((Math.max(1, ...rows.map((row) => wide(row.label))) + 10) / Math.max(1, slot));
  const path = (of) => {
    let isDown = false;
    return rows.map((row, i) => {
      const value = of(row);
      if (value == null) isDown = false;
      if (value == null) return '';
      const word = `${isDown ? 'L' : 'M'}${x(i).toFixed(1)} ${y(value).toFixed(1)}`;
      isDown = true;
      return word;
    }).join('');
  };
  const end = rows.indexOf(last);
  const isClose = last && last.plan != null && Math.abs(y(last.plan) - y(last.value)) < 16;
  return html`<figure class="chart" ref=${box} id=${id}><${Title} title=${title} unit=${unit} />
    ${rows.length ? html`<svg width=${width} height=${height} role="img" aria-label=${title}>
      ${rows.map((row, i) => (row.isRest ? html`<rect class="c-holiday" x=${x(i) - slot / 2} y=${TOP} width=${slot} height=${base - TOP} />` : null))}
      ${lines}
      <path class="c-planned" d=${path((row) => row.plan)} /><path class="c-trend" d=${path((row) => row.value)} />
      ${rows.map((row, i) => html`<g key=${row.key} data-key=${row.key} class=${row.key === at ? 'c-point on' : 'c-point'} onClick=${onAt ? () => onAt(row.key) : null}>
        <title>${`${row.label} ${row.value == null ? '—' : show(row.value)}${row.plan == null ? '' : ` / ${show(row.plan)}`}`}</title>
        <rect class="c-slot" x=${x(i) - slot / 2} y=${TOP - 16} width=${slot} height=${base - TOP + 16 + FOOT} />
        ${row.value == null ? null : html`<circle cx=${x(i)} cy=${y(row.value)} r=${row === last || row.key === at ? 4.5 : slot > 5 ? 2.5 : 0} />`}
        ${i % every === 0 || i === rows.length - 1 ? html`<text class="c-label" x=${x(i)} y=${base + 16} text-anchor="middle">${i % every === 0 && i > rows.length - 1 - every && i !== rows.length - 1 ? '' : row.label}</text>` : null}</g>`)}
      ${last ? html`<text class="c-end" x=${x(end) + 9} y=${y(last.value) + (isClose && last.plan > last.value ? 14 : isClose ? -4 : 4)}>${ends[0]}</text>` : null}
      ${last && last.plan != null ? html`<text class="c-end plan" x=${x(end) + 9} y=${y(last.plan) + (isClose && last.plan <= last.value ? 14 : isClose ? -4 : 4)}>${ends[1]}</text>` : null}
    </svg>` : html`<p class="about">${t('office.chart.empty')}</p>`}</figure>`;
}
