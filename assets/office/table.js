// table.js - the table that every list is: keyboard, selection, sorting, sums; long ones draw only what is seen; rows
// never jump under the cursor.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useKeys } from './keys.js';
import { html } from './parts.js';
import { t } from './words.js';

const PHONE = 700; // px: there one touch opens a row
const WHOLE = 200; // more rows than these are drawn as far as they are seen

function sorted(rows, columns, sort) {
  const key = sort.replace('-', '');
  const column = columns.find((c) => c.key === key);
  if (!column) return rows;
  const of = column.value || ((row) => row[key]);
  const way = sort.startsWith('-') ? -1 : 1;
  const compare = (a, b) => {
    const [x, y] = [of(a), of(b)];
    if (x == null || y == null) return x == null ? (y == null ? 0 : 1) : -1;
    return way * (typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), 'zh'));
  };
  return [...rows].sort(compare);
}

// While the mouse is over the rows their order holds and new ones wait; the head says how many. Another order, filter or
// question (the key) starts anew; so does a selected row that would have to wait, and a table of which nothing else is left.
function useHeld(rows, rowKey, isOver, key, selected) {
  const held = useRef({ key: null, order: [] });
  const byKey = new Map(rows.map((row) => [rowKey(row), row]));
  const kept = held.current.order.filter((one) => byKey.has(one)).map((one) => byKey.get(one));
  const waits = byKey.has(selected) && !held.current.order.includes(selected);
  if (!isOver || held.current.key !== key || !kept.length || waits) {
    held.current = { key, order: rows.map(rowKey) };
    return [rows, 0];
  }
  return [kept, rows.length - kept.length];
}

function useSeen(box, count, height) {
  const [seen, setSeen] = useState([0, 60]);
  useLayoutEffect(() => {
    if (count <= WHOLE || !box.current) return undefined;
    const element = box.current;
    const look = () => {
      const first = Math.max(0, Math.floor(element.scrollTop / height) - 20);
      setSeen([first, first + Math.ceil(element.clientHeight / height) + 40]);
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    return () => element.removeEventListener('scroll', look);
  }, [count > WHOLE]);
  return count <= WHOLE ? [0, count] : seen;
}

// columns: {key, heading, show(row), value(row), right, wide, narrow (not on a phone)}; selected: a row's key.
// row: height in px. question: what the rows answer; another one has another order. sums: cells by column key. onOpen(row): Enter or a second click. below(row): shown under the
// selected row. phone(row): [first line, second line, right].
export function Table({ name, columns, rows, rowKey, selected, onSelect, onOpen, sort, onSort, sums, row = 31, below, phone, empty, noKeys, question }) {
  const box = useRef(null);
  const [isOver, setOver] = useState(false);
  const [held, fresh] = useHeld(sort ? sorted(rows, columns, sort) : rows, rowKey, isOver, `${sort} ${question || ''}`, selected);
  const [from, to] = useSeen(box, held.length, row);
  const at = held.findIndex((r) => rowKey(r) === selected);

  const move = (n) => {
    if (!held.length) return;
    const next = Math.max(0, Math.min(held.length - 1, (at < 0 ? (n > 0 ? -1 : held.length) : at) + n));
    setOver(false);
    onSelect(rowKey(held[next]), held[next]);
  };
  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    PageDown: () => move(15),
    PageUp: () => move(-15),
    Home: () => move(-held.length),
    End: () => move(held.length),
    Enter: () => {
      if (!onOpen || at < 0) return false;
      document.activeElement.blur(); // the search field, where the row was found
      onOpen(held[at]);
      return true;
    },
  };
  useKeys(noKeys || !onSelect ? {} : keys);

  useEffect(() => {
    const element = box.current && box.current.querySelector('.selected');
    if (element) element.scrollIntoView({ block: 'nearest' });
  }, [selected]);

  // On a phone what belongs to the row stands below all rows.
  const touched = (key, r) => {
    onSelect(key, r);
    if (innerWidth <= PHONE && !below) setTimeout(() => { const side = document.querySelector('main .side'); if (side) side.scrollIntoView(); }, 60);
  };
  const heading = (c) =>
    html`<th title=${c.title || null} class=${`${c.right ? 'right' : ''} ${c.narrow ? 'narrow' : ''}${sort && sort.replace('-', '') === c.key ? ' sorted' : ''}`} style=${c.width ? { width: `${c.width}px` } : null}
      aria-sort=${sort === c.key ? 'ascending' : sort === `-${c.key}` ? 'descending' : null}>
      ${onSort && c.sorts !== false ? html`<a href="#" tabindex="-1" onClick=${(e) => { e.preventDefault(); onSort(sort === c.key ? `-${c.key}` : c.key); }}>${c.heading}<b>${sort === c.key ? '▴' : sort === `-${c.key}` ? '▾' : ''}</b></a>` : c.heading}
    </th>`;
  const cell = (c, r) => html`<td class=${`${c.right ? 'right' : ''} ${c.wide ? 'wide' : ''} ${c.narrow ? 'narrow' : ''}`} title=${c.wide && typeof c.show(r) === 'string' ? c.show(r) : null}>${c.show(r)}</td>`;
  const line = (r) => {
    const key = rowKey(r);
    const isSelected = key === selected;
    const small = phone && phone(r);
    return html`<tr key=${key} data-key=${key} class=${isSelected ? 'selected' : ''} style=${{ height: `${row}px` }}
        onClick=${() => (onOpen && (isSelected || innerWidth <= PHONE) ? onOpen(r) : onSelect && touched(key, r))} onDblClick=${() => onOpen && onOpen(r)}>
        ${columns.map((c) => cell(c, r))}
        ${small ? html`<td class="phone"><div><b>${small[0]}</b><span>${small[2]}</span></div><small>${small[1]}</small></td>` : null}
      </tr>
      ${isSelected && below ? html`<tr key=${`${key}:below`} class="below"><td colspan=${columns.length + 1}>${below(r)}</td></tr>` : null}`;
  };

  const whole = sums && (sums.phone || [t('office.sum'), columns.slice(1).filter((c) => sums[c.key]).map((c, i) => html`${i ? ' · ' : ''}${sums[c.key]}`)]);
  return html`<div class=${`table${phone ? ' has-phone' : ''}`} ref=${box} id=${name} onMouseEnter=${() => setOver(true)} onMouseLeave=${() => setOver(false)}>
    <table>
      <thead><tr>${columns.map(heading)}</tr></thead>
      <tbody>
        ${fresh > 0 ? html`<tr class="fresh"><td colspan=${columns.length}><a href="#" onClick=${(e) => { e.preventDefault(); setOver(false); }}>${t('office.fresh', fresh)}</a></td></tr>` : null}
        ${from > 0 ? html`<tr style=${{ height: `${from * row}px` }}></tr>` : null}
        ${held.slice(from, to).map(line)}
        ${to < held.length ? html`<tr style=${{ height: `${(held.length - to) * row}px` }}></tr>` : null}
        ${!held.length && empty ? html`<tr class="none"><td colspan=${columns.length}>${empty}</td></tr>` : null}
      </tbody>
      ${sums ? html`<tfoot><tr>${columns.map((c) => html`<td class=${`${c.right ? 'right' : ''} ${c.narrow ? 'narrow' : ''}`}>${sums[c.key]}</td>`)}${phone ? html`<td class="phone"><div><b>${whole[0]}</b><span>${whole[1]}</span></div></td>` : null}</tr></tfoot>` : null}
    </table>
  </div>`;
}
