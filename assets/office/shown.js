// shown.js - a value of any list of the server as people read it, by its column's type.
import { html } from './parts.js';
import { count, day, fen, moment, rate, sheet, t, who, word } from './words.js';

// Where a word's texts stand, by column. To add one: a row.
const WORDS = { role: 'worker', part: 'part', state: 'kiosk_state', verdict: 'verdict', what: 'exception' };

export function shown(column, value) {
  if (value == null || value === '') return html`<i>—</i>`;
  switch (column.type) {
    case 'fen': return fen(value);
    case 'rate': return rate(value);
    case 'int': return count(value);
    case 'day': return day(value);
    case 'time': return moment(value);
    case 'bool': return value ? t('office.yes') : html`<i>—</i>`;
    case 'line': return html`<b>${sheet(value)}</b>`;
    case 'hash': return html`<span class="code" title=${value}>${value.slice(0, 8)}</span>`;
    case 'word': return WORDS[column.key] ? word(WORDS[column.key], value) : value;
    case 'say': return value.text;
    case 'who': return who(value);
    default: return value;
  }
}
