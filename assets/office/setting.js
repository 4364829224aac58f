// setting.js - the numbers and words of the house: each with what it means, what holds where nobody set it, and its form.
// texts: office.setting.*
import { useState } from 'preact/hooks';
import { act } from './api.js';
import { History } from './changes.js';
import { useForm } from './form.js';
import { useKeys } from './keys.js';
import { useList, Whole } from './lists.js';
import { Button, Empty, Field, html, Note } from './parts.js';
import { stay, store } from './store.js';
import { Table } from './table.js';
import { count, t, word } from './words.js';

// As a person types it: text without its quotes, all else as JSON.
function typed(kind, json) {
  if (json == null) return '';
  try {
    return kind.type === 'text' ? JSON.parse(json) : json;
  } catch (e) {
    return json;
  }
}

// What is sent; undefined: it can't be read.
function valueOf(kind, text) {
  if (kind.type === 'text') return text.trim();
  try {
    const value = JSON.parse(text.replace(/[０-９]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)));
    return kind.type === 'int' && !Number.isInteger(value) ? undefined : value;
  } catch (e) {
    return undefined;
  }
}

function Form({ row, then }) {
  const form = useForm(`setting.${row.name}`, { value: typed(row, row.value) });
  const [note, setNote] = useState(null);
  const text = form.value.value;
  const value = valueOf(row, text);
  const limits = row.type === 'int' ? t('office.setting.range', count(row.least), count(row.most), count(row.otherwise)) : '';
  const isOut = row.type === 'int' && value !== undefined && (value < row.least || value > row.most);
  const why = value === undefined || value === '' || isOut ? (row.type === 'int' ? limits : row.type === 'text' ? t('office.setting.empty') : t('office.setting.json')) : !form.isTyped ? t('office.masters.same') : '';
  const save = async () => {
    setNote(null);
    try {
      await act('setting', { name: row.name, value, base: row.version });
      form.drop();
      setNote({ tone: 'green', text: t('office.masters.saved', word('setting', row.name)) });
    } catch (e) {
      setNote({ tone: 'red', text: e.message });
    }
    then();
  };
  useKeys({ 'Ctrl+Enter': () => (why ? false : save()) });
  return html`<h2>${word('setting', row.name)}</h2><p class="about"><span class="code">${row.name}</span> ${limits}</p>
    ${form.clash.value !== undefined ? html`<${Note} tone="red">${t('office.masters.now', form.clash.value || '—')} <a href="#" onClick=${(e) => { e.preventDefault(); form.drop(); }}>${t('office.form.take')}</a></${Note}>` : null}
    ${note ? html`<${Note} tone=${note.tone}>${note.text}</${Note}>` : null}
    <${Field} label=${t('office.col.value')}>${row.type === 'json' ? html`<textarea id="field-value" rows="6" spellcheck="false" maxlength="2000" value=${text} onInput=${(e) => form.put({ value: e.target.value })} />` : html`<input id="field-value" value=${text} inputmode=${row.type === 'int' ? 'numeric' : null} maxlength="200" autocomplete="off" onInput=${(e) => form.put({ value: e.target.value })} />`}</${Field}>
    <div class="acts"><${Button} main id="save" k="Ctrl Enter" why=${why} onClick=${save}>${t('office.masters.save', word('setting', row.name))}</${Button}>
      ${form.isTyped ? html`<${Button} id="drop" onClick=${() => form.drop()}>${t('office.masters.drop')}</${Button}>` : null}</div>
    ${why ? html`<small class="why">${why}</small>` : null}
    ${row.version ? html`<${History} noun="setting" id=${row.name} />` : null}`;
}

// known: the server's own table of settings; those that nobody set stand there with what holds instead.
export function Settings({ known }) {
  const { query } = store.route;
  const q = (query.get('q') || '').trim().toLowerCase();
  const list = useList('settings', { limit: 500 }, ['master']);
  const set = Object.fromEntries((list.rows || []).map((row) => [row.name, row]));
  const all = [...known.map((one) => ({ version: 0, ...one, ...(set[one.name] || {}) })), ...(list.rows || []).filter((row) => !known.some((one) => one.name === row.name)).map((row) => ({ type: 'json', ...row }))];
  const rows = all.filter((row) => !q || `${row.name} ${word('setting', row.name)} ${row.value || ''}`.toLowerCase().includes(q));
  const at = query.get('at');
  const row = all.find((one) => one.name === at);
  const may = store.me.acts.includes('/api/act/setting');
  const shown = (one) => (one.value != null ? html`<b>${String(typed(one, one.value))}</b>` : one.otherwise != null ? html`<span class="ink3">${count(one.otherwise)}</span>` : html`<i>—</i>`);
  const columns = [
    { key: 'title', heading: t('office.col.title'), show: (one) => word('setting', one.name), value: (one) => word('setting', one.name), wide: true },
    { key: 'value', heading: t('office.col.value'), show: shown, wide: true },
    { key: 'name', heading: t('office.setting.key'), show: (one) => html`<span class="code">${one.name}</span>`, narrow: true },
  ];
  return html`<div class="columns">
      <section class="list">
        <${Table} name="settings" question=${q} columns=${columns} rows=${rows} rowKey=${(one) => one.name} selected=${at} onSelect=${(key) => stay({ at: key })} sort=${query.get('sort') || ''} onSort=${(s) => stay({ sort: s })}
          phone=${(one) => [word('setting', one.name), shown(one), '']} empty=${list.rows ? html`<${Empty}>${q ? t('office.notfound', q) : t('office.empty')}</${Empty}>` : null} />
      </section>
      ${may && row ? html`<${Whole} as="aside" name="side wide"><${Form} key=${row.name} row=${row} then=${list.load} /></${Whole}>` : null}
    </div>`;
}
