// spec.js - the fields of an order line [R2], drawn from the server's table of them: in a form, and as words.
// texts: office.spec.*, office.measured.*, office.section.*
import { useEffect, useState } from 'preact/hooks';
import { get } from './api.js';
import { FormField } from './form.js';
import { html, Key } from './parts.js';
import { store } from './store.js';
import { day, t } from './words.js';

let table = null;

// {spec: [{name, type, needed, item}], amount: [...]}, asked once.
export function useSpec() {
  const [, again] = useState(0);
  useEffect(() => {
    if (!table) get('/api/kinds').then((answer) => { table = { spec: answer.spec, amount: answer.amount }; again(1); }, () => null);
  }, []);
  return table;
}

// Where each field stands: sections of rows of four; a number widens it. To add a field: its name here.
const SECTIONS = [
  ['what', ['product:2', 'brand', 'quantity', 'code', 'family', 'material', 'style', 'colour', 'picture', 'special']],
  ['size', ['measured', 'width', 'height', 'wall', 'frame', 'architrave', 'architrave_mm']],
  ['opening', ['opening:2', 'lock', 'closer', 'hardware:2', 'decor:2', 'process:2', 'technical:2']],
  ['delivery', ['due', 'price', 'extra', 'extra_why', 'instruction:2', 'requirements:2', 'remarks:4']],
];

// The four ways a door opens, seen from where the house looks: hinges left or right, leaf inwards (dashed) or outwards.
const OPENINGS = ['左内开', '右内开', '左外开', '右外开'];

export function Door({ opening, size }) {
  const isRight = opening.includes('右');
  const isOut = opening.includes('外');
  const hinge = isRight ? 34 : 6;
  const edge = isRight ? 6 : 34;
  return html`<svg width=${size || 40} height=${(size || 40) * 1.3} viewBox="0 0 40 52" aria-hidden="true"><rect x="6" y="3" width="28" height="46" class="frame" /><path d=${`M${edge} 3L${hinge} 26L${edge} 49`} class=${isOut ? 'leaf' : 'leaf in'} /><circle cx=${isRight ? 10 : 30} cy="28" r="1.6" /></svg>`;
}

function Opening({ form, fault, prefix }) {
  const is = form.value.opening || '';
  const choose = (one) => form.put({ opening: one });
  return html`<div class=${`field span2${fault ? ' bad' : ''}`}><span>${t('office.spec.opening')}<b class="must">*</b> <small>${t('office.spec.view')}</small></span>
    <div class="openings" id=${`${prefix}opening`} tabindex="0" onKeyDown=${(e) => { const one = OPENINGS[Number(e.key) - 1]; if (one) { choose(one); e.preventDefault(); } }}>
      ${OPENINGS.map((one, i) => html`<button type="button" tabindex="-1" key=${one} class=${is === one ? 'on' : ''} onClick=${() => choose(one)}><${Door} opening=${one} size=${26} /><span>${t(`office.opening.${i + 1}`)} <${Key} k=${i + 1} /></span></button>`)}
      <input class="other" value=${OPENINGS.includes(is) ? '' : is} placeholder=${t('office.spec.other')} maxlength="40" onInput=${(e) => choose(e.target.value)} /></div>
    ${fault ? html`<em>${fault}</em>` : null}</div>`; // texts: office.opening.*
}

function Measured({ form, fault, prefix }) {
  const is = form.value.measured || '';
  return html`<div class=${`field${fault ? ' bad' : ''}`}><span>${t('office.spec.measured')}<b class="must">*</b></span>
    <div class="choice" id=${`${prefix}measured`} tabindex="0" onKeyDown=${(e) => { const one = { 1: 'opening', 2: 'leaf' }[e.key]; if (one) { form.put({ measured: one }); e.preventDefault(); } }}>
      ${['opening', 'leaf'].map((one, i) => html`<button type="button" tabindex="-1" key=${one} class=${is === one ? 'on' : ''} onClick=${() => form.put({ measured: one })}>${t(`office.measured.${one}`)} <${Key} k=${i + 1} /></button>`)}</div>
    ${fault ? html`<em>${fault}</em>` : null}</div>`;
}

// Which product of the catalogue: fills what the catalogue knows and nobody typed.
function productTake(form, products, text) {
  const one = products.find((row) => row.name === text || row.code === text);
  if (!one) return { product: text };
  return { product: one.name, code: one.code, family: one.family, ...Object.fromEntries(['brand', 'frame', 'architrave'].filter((name) => one[name]).map((name) => [name, one[name]])), ...(one.architrave_mm ? { architrave_mm: String(one.architrave_mm) } : {}) };
}

// form: {value, put, clash}. lists: {products, families, colours...}: what a field proposes.
export function LineFields({ form, faults, prefix, products, onProduct }) {
  const spec = useSpec();
  if (!spec) return null;
  const columns = [...spec.spec, ...spec.amount];
  const one = products.find((row) => row.code === form.value.code);
  const proposed = (name) => {
    const list = { material: one && one.materials, style: one && one.styles, colour: one && one.colours }[name];
    return list ? list.split(/[,，、;；]\s*/).filter(Boolean) : name === 'family' ? [...new Set(products.map((row) => row.family))] : [];
  };
  const field = (word) => {
    const [name, width] = word.split(':');
    const column = columns.find((c) => c.name === name);
    const fault = faults[name];
    if (name === 'opening') return html`<${Opening} key=${name} form=${form} fault=${fault} prefix=${prefix} />`;
    if (name === 'measured') return html`<${Measured} key=${name} form=${form} fault=${fault} prefix=${prefix} />`;
    const take = name === 'product' ? { ...form, put: (change) => { const filled = productTake(form, products, change.product); form.put(filled); if (filled.code && onProduct) onProduct(filled.code); } } : form;
    const list = name === 'product' ? products.map((row) => row.name) : proposed(name);
    return html`<${FormField} key=${name} column=${column} label=${t(`office.spec.${name}`)} form=${take} fault=${fault} id=${`${prefix}${name}`} list=${list.length ? `${prefix}${name}-list` : undefined} span=${Number(width) || 1} />
      ${list.length ? html`<datalist id=${`${prefix}${name}-list`}>${list.map((text) => html`<option value=${text} />`)}</datalist>` : null}`;
  };
  return SECTIONS.map(([name, words]) => html`<fieldset key=${name}><legend>${t(`office.section.${name}`)}</legend><div class="fields four">${words.map(field)}</div></fieldset>`);
}

// Enter goes to the next field; in the last one it stays.
export function enterNext(event) {
  if (event.key !== 'Enter' || event.ctrlKey || event.isComposing || !/^(INPUT|SELECT)$/.test(event.target.tagName)) return;
  const all = [...event.currentTarget.querySelectorAll('input:not([disabled]):not([type=file]), select, [tabindex="0"]')].filter((one) => one.offsetParent);
  const next = all[all.indexOf(event.target) + 1];
  if (next) next.focus();
  event.preventDefault();
}

// A field's kept text as people read it.
export function specWords(name, text) {
  if (!text) return '';
  if (name === 'measured') return t(`office.measured.${text}`);
  if (name === 'due') return day(text);
  if (name === 'special') return text === '1' ? t('office.yes') : '';
  if (['width', 'height', 'wall', 'architrave_mm'].includes(name)) return `${text} mm`;
  return text;
}

export const sizeWords = (fields) => (fields.width ? `${t(`office.measured.${fields.measured}`)} ${fields.width}×${fields.height}` : '');
export const fieldsOf = (text) => {
  try {
    return JSON.parse(text) || {};
  } catch (e) {
    return {};
  }
};
export const mayPrice = () => store.me.lists.includes('prices');
