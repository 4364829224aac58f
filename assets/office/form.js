// form.js - forms that lose nothing: what was typed is kept on this machine field by field, apart from what the server says, so
// that a second editor sees what the first changed and keeps his own text.
import { useState } from 'preact/hooks';
import { html } from './parts.js';
import { fen, rate, t } from './words.js';

function keptOf(key) {
  try {
    return JSON.parse(localStorage.getItem(key)) || {};
  } catch (e) {
    return {};
  }
}

// values: what the books have, by field, as the fields show it. Kept: {field: {is, was}}: what was typed, and what stood there
// when he began. clash: what somebody else wrote there meanwhile.
export function useForm(name, values) {
  const key = `baogong.form.${name}`;
  const [state, setState] = useState({ key, kept: keptOf(key) });
  const kept = state.key === key ? state.kept : keptOf(key); // a row that comes later than its form brings what was typed there
  const write = (next) => {
    if (Object.keys(next).length) localStorage.setItem(key, JSON.stringify(next));
    else localStorage.removeItem(key);
    setState({ key, kept: next });
  };
  const put = (changes) => {
    const next = { ...keptOf(key) };
    Object.entries(changes).forEach(([field, is]) => {
      const was = next[field] ? next[field].was : values[field];
      if (is === values[field] && was === values[field]) delete next[field];
      else next[field] = { is, was };
    });
    write(next);
  };
  const value = { ...values };
  const clash = {};
  Object.entries(kept).forEach(([field, one]) => {
    value[field] = one.is;
    if (one.was !== undefined && values[field] !== one.was && values[field] !== one.is) clash[field] = values[field];
  });
  return { value, put, clash, isTyped: Object.keys(kept).length > 0, drop: () => write({}) };
}

// What a field shows of a row's value, by the column's type.
export function textOf(type, value) {
  if (type === 'bool') return !!value;
  if (value == null) return '';
  if (type === 'fen') return fen(value).replace(/,/g, '').replace('−', '-');
  if (type === 'rate') return rate(value).replace(/,/g, '');
  return String(value);
}

// The sentences of a refusal by field.
export const faultsOf = (error) => Object.fromEntries(((error && error.answer && error.answer.fields) || []).map((one) => [one.field, one.text]));

// One field, chosen where choices says [[value, words], ...], else typed: label, its control, what is wrong with it, what another wrote there. columns: {name, type, needed}.
export function FormField({ column, label, form, fault, id, disabled, list, wide, span, choices }) {
  const { name, type, needed } = column;
  const value = form.value[name];
  const clash = form.clash[name];
  const put = (v) => form.put({ [name]: v });
  const theirs = ((choices || []).find(([one]) => one === clash) || [clash, clash])[1];
  const note = html`${fault ? html`<em>${fault}</em>` : null}${clash !== undefined ? html`<em class="clash">${t('office.masters.now', clash === true ? t('office.yes') : clash === false ? t('office.no') : theirs || '—')} <a href="#" onClick=${(e) => { e.preventDefault(); put(clash); }}>${t('office.form.take')}</a></em>` : null}`;
  if (type === 'bool') {
    return html`<label class=${`check${fault ? ' bad' : ''}`}><input type="checkbox" id=${id} checked=${!!value} disabled=${disabled} onChange=${(e) => put(e.target.checked)} />${label}${note}</label>`;
  }
  if (choices) {
    const all = !value || choices.some(([one]) => one === value) ? choices : [...choices, [value, value]];
    return html`<label class=${`field${fault || clash !== undefined ? ' bad' : ''}`}><span>${label}${needed ? html`<b class="must">*</b>` : null}</span>
      <select id=${id} value=${value || ''} disabled=${disabled} onChange=${(e) => put(e.target.value)}>${value || choices.some(([one]) => one === '') ? null : html`<option value="">—</option>`}${all.map(([one, words]) => html`<option value=${one} selected=${one === value}>${words}</option>`)}</select>${note}</label>`;
  }
  return html`<label class=${`field${fault || clash !== undefined ? ' bad' : ''}${wide ? ' span2' : span > 1 ? ` span${span}` : ''}`}><span>${label}${needed ? html`<b class="must">*</b>` : null}</span>
    <input id=${id} value=${value || ''} type=${type === 'day' ? 'date' : 'text'} inputmode=${type === 'int' ? 'numeric' : type === 'fen' || type === 'rate' ? 'decimal' : type === 'phone' ? 'tel' : null} class=${['int', 'fen', 'rate'].includes(type) ? 'right' : ''}
      disabled=${disabled} list=${list} maxlength="2000" autocomplete="off" spellcheck="false" onInput=${(e) => put(e.target.value)} />${note}</label>`;
}
