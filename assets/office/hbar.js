// hbar.js - lying bars: what is done of what was planned, a row each, hatched what is missing or too much, with a tick where it
// should be now. The figures stand beside the bar, so the picture is its own table.
import { html } from './parts.js';
import { count } from './words.js';

const WIDE = 1000; // of the picture, whatever its size on the page

// Hatching without ids that a page could have twice: strokes over the ground.
function Hatch({ from, to }) {
  const strokes = [];
  for (let x = from; x < to; x += 16) strokes.push(`M${Math.min(to, x + 14)} 0L${x} 14`);
  return html`<rect class="h-paper" x=${from} width=${Math.max(0, to - from)} height="14" /><path class="h-stripe" d=${strokes.join('')} />`;
}

// value of plan; now: where it should be by this time; over: value beyond the plan is too much.
export function HBar({ value, plan, now, most, over }) {
  const end = Math.max(1, most || plan, plan, value);
  const at = (n) => Math.round((WIDE * Math.max(0, n)) / end);
  const isOver = over && value > plan;
  const isBehind = !over && now != null && value < now;
  return html`<svg class="hbar" viewBox="0 0 1000 14" preserveAspectRatio="none" aria-hidden="true">
    <rect class="h-slot" width=${at(plan)} height="14" />
    <rect class="h-done" width=${at(isOver ? plan : value)} height="14" />
    ${isOver ? html`<${Hatch} from=${at(plan)} to=${at(value)} />` : isBehind ? html`<${Hatch} from=${at(value)} to=${at(now)} />` : null}
    ${now != null ? html`<rect class="h-now" x=${Math.max(0, at(now) - 4)} width="8" height="14" />` : null}</svg>`;
}

// rows: {key, label, value, plan, now, note, tone}; all on one scale where isOne; grey: bars that judge nothing.
export function HBars({ rows, at, onAt, isOne, over, grey, id }) {
  const most = isOne ? Math.max(1, ...rows.map((row) => Math.max(row.value, row.plan))) : 0;
  return html`<div class=${`hbars${grey ? ' grey' : ''}`} id=${id}>${rows.map((row) => html`<div key=${row.key} data-key=${row.key} class=${`hrow${row.key === at ? ' on' : ''}${onAt ? ' touch' : ''}`} onClick=${onAt ? () => onAt(row.key) : null}>
    <span class="hlabel" title=${row.label}>${row.label}</span><${HBar} value=${row.value} plan=${row.plan} now=${row.now} most=${most} over=${over} />
    <span class="hfigure"><b>${count(row.value)}</b>${row.plan ? html` <small>/ ${count(row.plan)}</small>` : null}</span><span class=${`hnote ${row.tone || ''}`} title=${row.note || ''}>${row.note || ''}</span></div>`)}</div>`;
}
