// orderdata.js - what the order says: its source and files, its own fields, each line's fields, and what has to be asked.
import { useState } from 'preact/hooks';
import { act } from './api.js';
import { History } from './changes.js';
import { faultsOf, FormField, useForm } from './form.js';
import { useList } from './lists.js';
import { Badge, Button, html, Note } from './parts.js';
import { CustomerPick, Files } from './neworder.js';
import { enterNext, fieldsOf, LineFields, sizeWords, specWords, useSpec } from './spec.js';
import { stay, store } from './store.js';
import { count, fen, moment, sheet, t, who, word } from './words.js';

const may = (name) => store.me.acts.includes(`/api/act/${name}`);
const ANSWERS = { desk: ['desk', 'manager'], technical: ['technical', 'manager'], manager: ['manager'], supervisor: ['supervisor', 'manager'] };

// Runs an act and keeps its refusal for the form.
export function useAct() {
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const run = async (name, body, then) => {
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      const answer = await act(name, body);
      if (then) then(answer);
    } catch (e) {
      setError(e);
    }
    setBusy(false);
  };
  return { run, error, busy, faults: faultsOf(error), clear: () => setError(null) };
}

function Question({ row }) {
  const [note, setNote] = useState('');
  const { run, error, busy } = useAct();
  const mayAnswer = may('question.answer') && (ANSWERS[row.asked] || []).some((role) => store.me.roles.includes(role));
  const answer = (is) => run('question.answer', { question: row.question, base: row.version, answer: is, note: note.trim() });
  const tone = row.answer === 'yes' ? 'green' : row.answer === 'no' ? 'red' : 'amber';
  return html`<div class=${`note ${tone}`}><b>${word('question', row.kind)}</b> ${row.line ? sheet(row.line) : ''} ${row.text}
    <small> ${who(row.asked_by)} ${moment(row.asked_at)} → ${word('role', row.asked)}</small>
    ${row.answer ? html`<div>${word('answer', row.answer)} ${row.note} <small>${who(row.answered_by)} ${moment(row.answered_at)}${row.told_at ? ` · ${t('office.question.told', who(row.told_by), moment(row.told_at))}` : ''}</small>
        ${!row.told_at && may('question.told') ? html` <a href="#" onClick=${(e) => { e.preventDefault(); run('question.told', { question: row.question, base: row.version }); }}>${t('office.question.tell')}</a>` : null}</div>` : null}
    ${!row.answer && mayAnswer ? html`<div class="answerline"><input value=${note} placeholder=${t('office.question.note')} maxlength="120" onInput=${(e) => setNote(e.target.value)} />
      <${Button} id=${`yes-${row.question}`} why=${busy ? t('office.wait') : ''} onClick=${() => answer('yes')}>${t('office.answer.yes')}</${Button}><${Button} harm why=${busy ? t('office.wait') : note.trim() ? '' : t('office.question.why')} onClick=${() => answer('no')}>${t('office.answer.no')}</${Button}></div>` : null}
    ${error ? html`<div class="red">${error.message}</div>` : null}</div>`;
}

function Ask({ all }) {
  const [draft, setDraft] = useState({ text: '', line: '', asked: 'technical' });
  const { run, error, busy } = useAct();
  const put = (change) => setDraft({ ...draft, ...change });
  return html`<div class="answerline"><select value=${draft.line} onChange=${(e) => put({ line: e.target.value })}><option value="">${t('office.question.whole')}</option>${(all.lines.rows || []).map((row) => html`<option key=${row.line} value=${row.line}>${sheet(row.line)}</option>`)}</select>
    <select value=${draft.asked} onChange=${(e) => put({ asked: e.target.value })}>${Object.keys(ANSWERS).map((one) => html`<option key=${one} value=${one}>${word('role', one)}</option>`)}</select>
    <input id="ask-text" value=${draft.text} placeholder=${t('office.question.ask')} maxlength="120" onInput=${(e) => put({ text: e.target.value })} />
    <${Button} id="ask" why=${busy ? t('office.wait') : draft.text.trim() ? '' : t('office.question.ask')} onClick=${() => run('question.ask', { order: all.id, ...draft, text: draft.text.trim() }, () => put({ text: '' }))}>${t('office.question.send')}</${Button}></div>
    ${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}`;
}

function Head({ all, head }) {
  const values = { customer: head.customer, customer_name: all.order.customer, salesperson: head.salesperson, desk: head.desk, project: head.project, rush: head.rush, rush_owner: head.rush_owner, rush_reason: head.rush_reason, doubt: head.doubt, remarks: head.remarks };
  const form = useForm(`head.${all.id}`, values);
  const { run, error, busy, faults } = useAct();
  const mayChange = may('order.change');
  const field = (name, type, span) => html`<${FormField} column=${{ name, type: type || 'text' }} label=${t(`office.head.${name}`)} form=${form} fault=${faults[name]} id=${`head-${name}`} disabled=${!mayChange} span=${span} />`;
  const desks = (all.people.rows || []).filter((one) => one.roles.split(' ').includes('desk'));
  return html`<fieldset onKeyDown=${enterNext}><legend>${t('office.section.customer')}</legend><div class="fields four">
      <${CustomerPick} value=${form.value.customer} name=${form.value.customer_name} id="head-customer" fault=${faults.customer} onPick=${(row) => form.put({ customer: row.customer, customer_name: row.name })} />
      ${field('salesperson')}
      <label class="field"><span>${t('office.head.desk')}</span><select id="head-desk" disabled=${!mayChange} value=${form.value.desk} onChange=${(e) => form.put({ desk: e.target.value })}><option value="">—</option>${desks.map((one) => html`<option key=${one.name} value=${one.name}>${one.full_name || one.name}</option>`)}</select></label>
      ${field('project', 'bool')}${field('rush', 'bool')}${form.value.rush ? html`${field('rush_owner')}${field('rush_reason')}` : null}${field('doubt', 'text', 2)}${field('remarks', 'text', 2)}</div>
    ${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}
    ${form.isTyped ? html`<div class="acts"><${Button} main id="head-save" why=${busy ? t('office.wait') : ''} onClick=${() => run('order.change', { order: all.id, base: head.version, ...form.value }, form.drop)}>${t('office.masters.save', sheet(all.id))}</${Button}><${Button} onClick=${form.drop}>${t('office.masters.drop')}</${Button}></div>` : null}</fieldset>`;
}

function Line({ all, row, products }) {
  const spec = useSpec();
  const names = spec ? [...spec.spec, ...spec.amount].map((one) => one.name) : [];
  const fields = fieldsOf(row.fields);
  const plain = (n) => fen(n).replace(/,/g, '').replace('−', '-');
  const values = Object.fromEntries(names.map((name) => [name, name === 'special' ? fields.special === '1' : fields[name] || '']));
  values.price = plain(row.price);
  values.extra = row.extra ? plain(row.extra) : '';
  values.extra_why = row.extra_why;
  const form = useForm(`line.${row.line}`, values);
  const { run, error, busy, faults } = useAct();
  const clashes = Object.keys(form.clash).length;
  return html`<div onKeyDown=${enterNext}>
    ${clashes ? html`<${Note} tone="red">${t('office.order.clash')}</${Note}>` : null}
    <${LineFields} form=${form} faults=${faults} prefix=${`${row.line}-`} products=${products} />
    ${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}
    <div class="acts"><${Button} main id="line-save" why=${busy ? t('office.wait') : form.isTyped ? '' : t('office.order.unchanged')} onClick=${() => run('line.change', { line: row.line, base: row.version, ...form.value }, form.drop)}>${t('office.masters.save', sheet(row.line))}</${Button}>
      ${form.isTyped ? html`<${Button} onClick=${form.drop}>${t('office.masters.drop')}</${Button}>` : null}</div></div>`;
}

// As the audit trail names an order (line 00) or a line.
const keyOf = (ref) => String(Number(ref.replace(/-/g, '')));

export function Data({ all }) {
  const at = store.route.query.get('edit');
  const products = useList('products', { limit: 2000 }, ['master']).rows || [];
  const attached = useList('attached', { order: all.id, limit: 200 }, ['order']);
  const { run, error } = useAct();
  const head = (all.head.rows || [])[0];
  const spec = useSpec();
  const mayChange = may('line.change');
  const names = spec ? spec.spec.map((one) => one.name) : [];
  return html`<div class="form wide">
    ${(all.questions.rows || []).map((row) => html`<${Question} key=${row.question} row=${row} />`)}
    ${may('question.ask') ? html`<${Ask} all=${all} />` : null}
    <fieldset><legend>${t('office.section.source')}</legend>
      <p>${word('source', head.source)}${head.signed ? ` · ${head.signed}` : ''} · ${t('office.data.received', moment(head.received), who(head.taken_by))} · ${t('office.data.placed', moment(head.placed), who(head.placed_by))}${head.late ? html` <${Badge} tone="red">${t('office.register.late')}</${Badge}>` : null}
        ${['new', 'sample', 'dealer'].filter((one) => head[one]).map((one) => html` <${Badge}>${t(`office.col.${one}`)}</${Badge}>`)}</p>
      <div class="filelist">${(attached.rows || []).map((row) => html`<span key=${row.attached} class=${`file${row.off ? ' struck' : ''}`}><b>${word('attached', row.kind)}</b> <a href=${`/api/file/${row.hash}`} download>${row.name}</a> <small>${who(row.who)} ${moment(row.at)}</small>
        ${!row.off && may('file.strike') ? html` <a href="#" title=${t('office.data.strike')} onClick=${(e) => { e.preventDefault(); run('file.strike', { attached: row.attached, base: row.version }); }}>✕</a>` : null}</span>`)}</div>
      ${may('file.attach') ? html`<${Files} files=${[]} id="attach" onChange=${(files) => run('file.attach', { order: all.id, kind: 'other', files: files.slice(-1).map(({ hash, name }) => ({ hash, name })) })} />` : null}
      ${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}</fieldset>
    <${Head} all=${all} head=${head} />
    <${History} noun="head" id=${keyOf(`${all.id}-00`)} topics=${['order']} />
    ${(all.specs.rows || []).map((row) => {
    const fields = fieldsOf(row.fields);
    return html`<fieldset key=${row.line}><legend>${sheet(row.line)} ${fields.product} ×${count(row.quantity)} · ${sizeWords(fields)} <span class="right">${fen(row.amount)}</span>
        ${mayChange ? html` <a href="#" id=${`edit-${row.line}`} onClick=${(e) => { e.preventDefault(); stay({ edit: at === row.line ? '' : row.line }); }}>${t(at === row.line ? 'office.close' : 'office.data.edit')}</a>` : null}</legend>
      ${at === row.line && mayChange ? html`<${Line} all=${all} row=${row} products=${products} /><${History} noun="spec" id=${keyOf(row.line)} topics=${['order']} />`
    : html`<dl class="pairs four">${names.filter((name) => fields[name]).map((name) => html`<dt key=${name}>${t(`office.spec.${name}`).replace(/（.*/, '')}</dt><dd>${specWords(name, fields[name])}</dd>`)}<dt>${t('office.spec.price').replace(/（.*/, '')}</dt><dd>${fen(row.price)}${row.extra ? ` · ${fen(row.extra)} ${row.extra_why}` : ''}</dd></dl>`}</fieldset>`;
  })}</div>`;
}
