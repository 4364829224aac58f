// masterform.js - the form of one row of a kind of masters: fields by the server's own table, upon the version that was seen,
// with the row's history below. A second editor sees what the first changed and keeps his text.
import { useEffect, useState } from 'preact/hooks';
import { act, get } from './api.js';
import { History } from './changes.js';
import { faultsOf, FormField, textOf, useForm } from './form.js';
import { useKeys } from './keys.js';
import { Button, html, Note } from './parts.js';
import { store } from './store.js';
import { moment, t, who } from './words.js';

const HISTORIES = { price: 'history-price', rate: 'history-pay', crew_split: 'history-pay', crew_coefficient: 'history-pay' };

// Who changed the row last: asked when two did.
function useLast(kind, key, asked) {
  const [last, setLast] = useState(null);
  useEffect(() => {
    setLast(null);
    if (asked && kind.noun) get(`/api/list/${HISTORIES[kind.noun] || 'history'}`, { noun: kind.noun, key, limit: 1 }).then((answer) => setLast(answer.rows[0]), () => null);
  }, [key, asked]);
  return last;
}

// Fields of a row as the form has them: kind.of names the list's column where it has another name.
function valuesOf(kind, row, fields) {
  const of = kind.of || {};
  return Object.fromEntries(fields.map((one) => [one.name, row ? textOf(one.type, row[of[one.name] || one.name]) : one.type === 'bool' ? !!(kind.start || {})[one.name] : (kind.start || {})[one.name] || '']));
}

// Several codes out of those that there are, in their order.
function Codes({ label, needed, value, choices, put }) {
  const codes = value.split(' ').filter(Boolean);
  const all = [...choices, ...codes.filter((one) => !choices.some(([code]) => code === one)).map((one) => [one, one])];
  const toggle = (code) => put(all.map(([one]) => one).filter((one) => (one === code ? !codes.includes(code) : codes.includes(one))).join(' '));
  return html`<fieldset class="codes span2"><legend>${label}${needed ? html`<b class="must">*</b>` : null}</legend>${all.map(([code, text]) => html`<label class="check"><input type="checkbox" id=${`code-${code}`} checked=${codes.includes(code)} onChange=${() => toggle(code)} />${text}</label>`)}</fieldset>`;
}

// choices: {field: [[value, words], ...]}: what may be chosen; suggests: {field: [value, ...]}: what is known already.
export function MasterForm({ kind, row, fields, headings, choices = {}, suggests = {}, then }) {
  const key = row ? kind.id(row) : 'new';
  const form = useForm(`${kind.list}.${key}`, valuesOf(kind, row, fields));
  const [error, setError] = useState(null);
  const [done, setDone] = useState('');
  const [busy, setBusy] = useState(false);
  const clashes = Object.keys(form.clash).length;
  const auditKey = row ? (kind.key || kind.id)(row) : '';
  const last = useLast(kind, auditKey, clashes > 0);
  const faults = faultsOf(error);
  const missing = fields.filter((one) => one.needed && !String(form.value[one.name]).trim());
  const why = busy ? t('office.wait') : missing.length ? t('office.masters.needed', missing.map((one) => headings[one.name]).join(' ')) : row && !form.isTyped ? t('office.masters.same') : '';
  const titleOf = (value) => String(value.name || value.name_zh || value.code || value.product || value.operation || value.family || value.day || value.id || '');
  const save = async () => {
    setBusy(true);
    setError(null);
    setDone('');
    try {
      await act(kind.act, { ...form.value, ...(kind.send ? kind.send(row, form.value) : {}), base: row ? row.version : 0 });
      form.drop();
      setDone(t('office.masters.saved', titleOf(form.value)));
      then(form.value);
    } catch (e) {
      setError(e);
      if (e.status === 409) then(null);
    }
    setBusy(false);
  };
  useKeys({ 'Ctrl+Enter': () => (why ? false : save()) });
  const field = (one) => (one.type === 'codes'
    ? html`<${Codes} key=${one.name} label=${headings[one.name]} needed=${one.needed} value=${form.value[one.name] || ''} choices=${choices[one.name] || []} put=${(v) => form.put({ [one.name]: v })} />${faults[one.name] ? html`<em class="fault">${faults[one.name]}</em>` : null}`
    : html`<${FormField} key=${one.name} column=${one} label=${one.name === 'off' ? t('office.masters.retire') : headings[one.name]} form=${form} fault=${faults[one.name]} id=${`field-${one.name}`} disabled=${!!row && kind.fixed.includes(one.name)} wide=${one.type === 'phone' || (one.type === 'text' && !choices[one.name] && !['code', 'id', 'family'].includes(one.name))}
        choices=${choices[one.name]} list=${suggests[one.name] ? `known-${one.name}` : undefined} />`);
  return html`<h2>${row ? titleOf(row) || key : t('office.masters.new')}</h2>
    ${clashes ? html`<${Note} tone="red">${t('office.masters.conflict', last ? who(last.who) : '', last ? moment(last.at) : '')}</${Note}>` : null}
    ${error && !(clashes && error.status === 409) ? html`<${Note} tone="red">${error.message}</${Note}>` : null}
    ${done && !form.isTyped ? html`<${Note} tone="green">${done}</${Note}>` : null}
    <div class="fields">${fields.map(field)}</div>
    ${Object.entries(suggests).map(([name, all]) => html`<datalist id=${`known-${name}`}>${all.map((one) => html`<option value=${one} />`)}</datalist>`)}
    <div class="acts"><${Button} main id="save" k="Ctrl Enter" why=${why} onClick=${save}>${t('office.masters.save', titleOf(form.value))}</${Button}>
      ${form.isTyped ? html`<${Button} id="drop" onClick=${() => { form.drop(); setError(null); }}>${t('office.masters.drop')}</${Button}>` : null}</div>
    ${why ? html`<small class="why">${why}</small>` : null}
    ${row && kind.noun ? html`<${History} noun=${kind.noun} id=${auditKey} />` : null}`;
}

// The tables of fields, as the server imports and checks them; they are the program's own and asked for once.
let kept = { kinds: [], settings: [] };

export function useKinds() {
  const [, again] = useState(0);
  useEffect(() => {
    if (kept.kinds.length) return;
    get('/api/kinds').then((answer) => {
      kept = answer;
      again((n) => n + 1);
    }, () => null);
  }, []);
  return kept;
}

// What a field is called: as the list calls it, else (and where it is typed in another way than shown) as the import does.
export function headingsOf(kind, fields, columns) {
  const of = kind.of || {};
  const named = Object.fromEntries((columns || []).map((one) => [one.key, one.heading]));
  return Object.fromEntries(fields.map((one) => [one.name, (!(kind.typed || []).includes(one.name) && named[of[one.name] || one.name]) || (store.lang === 'zh' ? one.zh : one.name)]));
}
