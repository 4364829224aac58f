// ordersheet.js - the sheets of an order: made from the confirmed quote, changed, their differences explained, their rates, and
// the release to the floor.
import { useState } from 'preact/hooks';
import { useForm } from './form.js';
import { useList } from './lists.js';
import { Badge, Button, Field, html, Note } from './parts.js';
import { useAct } from './orderdata.js';
import { Papers } from './papers.js';
import { enterNext, fieldsOf, LineFields, sizeWords, specWords, useSpec } from './spec.js';
import { href, stay, store } from './store.js';
import { count, day, moment, rate, sheet, t, who, word } from './words.js';

const may = (name) => store.me.acts.includes(`/api/act/${name}`);
export const KINDS = ['taker', 'quoter', 'manager', 'technical', 'supervisor'];

export const opsOf = (text) => {
  try {
    return JSON.parse(text).map(([op, code, part, per, rateCfen, rework, days]) => ({ op, code, part, per, rate: rateCfen, rework, days }));
  } catch (e) {
    return [];
  }
};

// Fields whose texts differ between quote and sheet.
export function differencesOf(draft, explained) {
  const quoted = fieldsOf(draft.quoted);
  const fields = fieldsOf(draft.fields);
  return [...new Set([...Object.keys(quoted), ...Object.keys(fields)])].filter((name) => (quoted[name] || '') !== (fields[name] || '')).map((name) => {
    const why = explained.find((row) => row.line === draft.line && row.field === name && row.rev === draft.rev && row.quoted === (quoted[name] || '') && row.sheet === (fields[name] || ''));
    return { name, quoted: quoted[name] || '', sheet: fields[name] || '', why };
  });
}

export function Explain({ draft, one }) {
  const [why, setWhy] = useState('');
  const { run, error, busy } = useAct();
  return html`<div class="answerline"><input value=${why} id=${`why-${one.name}`} placeholder=${t('office.sheet.why')} maxlength="80" onInput=${(e) => setWhy(e.target.value)} /><${Button} why=${busy ? t('office.wait') : why.trim() ? '' : t('office.sheet.why')} onClick=${() => run('sheet.explain', { line: draft.line, field: one.name, why: why.trim() })}>${t('office.sheet.explain')}</${Button}>${error ? html`<span class="red">${error.message}</span>` : null}</div>`;
}

function Edit({ draft, products }) {
  const spec = useSpec();
  const fields = fieldsOf(draft.fields);
  const names = spec ? spec.spec.map((one) => one.name) : [];
  const form = useForm(`draft.${draft.line}.${draft.rev}`, Object.fromEntries(names.map((name) => [name, name === 'special' ? fields.special === '1' : fields[name] || ''])));
  const { run, error, busy, faults } = useAct();
  return html`<div onKeyDown=${enterNext}><${LineFields} form=${form} faults=${faults} prefix="draft-" products=${products} />
    ${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}
    <div class="acts"><${Button} main id="draft-save" why=${busy ? t('office.wait') : form.isTyped ? '' : t('office.order.unchanged')} onClick=${() => run('sheet.edit', { line: draft.line, base: draft.version, ...form.value }, () => { form.drop(); stay({ edit: '' }); })}>${t('office.sheet.save', sheet(draft.line))}</${Button}><${Button} onClick=${() => { form.drop(); stay({ edit: '' }); }}>${t('office.masters.drop')}</${Button}></div></div>`;
}

function Rates({ draft, names }) {
  const ops = opsOf(draft.ops);
  const [typed, setTyped] = useState({});
  const { run, error, busy } = useAct();
  const plain = (n) => rate(n).replace(/,/g, '');
  const changed = ops.filter((one) => typed[one.op] !== undefined && typed[one.op] !== plain(one.rate));
  const send = () => run('sheet.rates', { line: draft.line, base: draft.version, ops: changed.map((one) => [one.op, typed[one.op], plain(one.rework)]) }, () => setTyped({}));
  return html`<table class="plain rates"><thead><tr><th>${t('office.col.op_name')}</th><th>${t('office.col.part')}</th><th class="right">${t('office.col.per_door')}</th><th class="right">${t('office.col.rate')}</th><th class="right">${t('office.col.days_before')}</th></tr></thead>
    <tbody>${ops.map((one) => html`<tr key=${one.op}><td>${one.op} ${who(one.code)}</td><td>${word('part', one.part)}</td><td class="right">${count(one.per)}</td>
      <td class="right">${may('sheet.rates') ? html`<input class="right" inputmode="decimal" value=${typed[one.op] === undefined ? plain(one.rate) : typed[one.op]} onInput=${(e) => setTyped({ ...typed, [one.op]: e.target.value })} />` : plain(one.rate)}</td><td class="right">${one.days < 0 ? '—' : one.days}</td></tr>`)}</tbody></table>
    ${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}
    ${changed.length ? html`<div class="acts"><${Button} id="rates-save" why=${busy ? t('office.wait') : ''} onClick=${send}>${t('office.sheet.rates', changed.length)}</${Button}></div>` : null}`;
}

export function Release({ draft, isReady }) {
  const [at, setAt] = useState(store.me.today);
  const [parts, setParts] = useState('');
  const { run, error, busy } = useAct();
  const quantity = Number(fieldsOf(draft.fields).quantity || 0);
  const doors = parts.trim().split(/[\s+,，、]+/).filter(Boolean).map(Number);
  const sum = doors.reduce((n, one) => n + one, 0);
  const whySplit = busy ? t('office.wait') : !isReady ? t('office.sheet.notready') : doors.length < 2 || doors.some((one) => !(Number.isInteger(one) && one > 0)) ? t('office.batch.need') : sum !== quantity ? t('office.batch.sum', sum, quantity) : '';
  return html`<div class="answerline"><${Field} label=${t('office.sheet.day')}><input type="date" id="release-day" value=${at} min=${store.me.today} onInput=${(e) => setAt(e.target.value)} /></${Field}>
      <${Button} main=${isReady} id="release" why=${busy ? t('office.wait') : isReady ? '' : t('office.sheet.notready')} onClick=${() => run('sheet.release', { line: draft.line, day: at, sequence: 0 })}>${t('office.sheet.release', sheet(draft.line))}</${Button}></div>
    ${quantity > 1 && draft.rev === 1 ? html`<div class="answerline"><${Field} label=${t('office.batch.parts', quantity)}><input id=${`parts-${draft.line}`} value=${parts} placeholder=${t('office.batch.example')} onInput=${(e) => setParts(e.target.value)} /></${Field}>
      <${Button} id=${`split-${draft.line}`} why=${whySplit} onClick=${() => run('sheet.split', { line: draft.line, day: at, sequence: 0, parts: doors })}>${t('office.batch.do', doors.length > 1 ? doors.length : '…')}</${Button}>${parts.trim() && whySplit ? html`<small class="why">${whySplit}</small>` : null}</div>` : null}
    ${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}`;
}

// Who has signed, as small cards.
export const Signers = ({ draft, reviews }) => html`<div class="signers">${KINDS.map((kind) => {
  const row = reviews.find((one) => one.line === draft.line && one.kind === kind && one.rev === draft.rev);
  const isSigned = row && row.signed_by;
  return html`<div key=${kind} class=${isSigned ? 'signed' : ''}><b>${isSigned ? `${who(row.signed_by)} ✓` : row && row.claimed_by ? who(row.claimed_by) : '—'}</b><small>${word('role', kind)} ${isSigned ? moment(row.signed_at) : ''}${isSigned && row.signed_for ? ` ${t('office.review.for', who(row.signed_for))}` : ''}</small></div>`;
})}</div>`;

export function Sheets({ all }) {
  const { query } = store.route;
  const products = useList('products', { limit: 2000 }, ['master']).rows || [];
  const operations = useList('operations', { limit: 500 }, ['master']).rows || [];
  const explained = useList('differences', { order: all.id, limit: 500 }, ['order']).rows || [];
  const opNames = Object.fromEntries(operations.map((row) => [row.code, store.lang === 'en' ? row.name_en : row.name_zh]));
  const { run, error, busy } = useAct();
  const drafts = all.drafts.rows || [];
  const reviews = all.reviews.rows || [];
  const section = (line) => {
    const draft = drafts.find((row) => row.line === line.line);
    const differences = draft ? differencesOf(draft, explained) : [];
    const signed = draft ? reviews.filter((row) => row.line === line.line && row.rev === draft.rev && row.signed_by).length : 0;
    return html`<fieldset key=${line.line}><legend>${sheet(line.line)} ${line.product} ×${count(line.quantity)} ${line.rev ? html`<${Badge}>${t('office.order.rev', line.rev)}</${Badge}>` : null}
        ${draft ? html` <${Badge} tone="amber">${t('office.sheet.waits', draft.rev, signed, KINDS.length)}</${Badge}>` : null}</legend>
      ${!draft && line.rev ? html`<p><a href=${href(`changes/${line.line}`)}>${t('office.change.line', sheet(line.line))}</a></p>` : null}${!draft && !line.rev ? html`<div class="acts">${may('sheet.make') ? html`<${Button} id=${`make-${line.line}`} why=${busy ? t('office.wait') : ''} onClick=${() => run('sheet.make', { line: line.line })}>${t('office.sheet.make')}</${Button}>` : html`<span class="ink3">${t('office.sheet.none')}</span>`}</div>` : null}
      ${draft ? html`
        ${draft.current ? null : html`<${Note} tone="red">${t('office.sheet.old')}</${Note}>`}
        ${draft.returned_by ? html`<${Note} tone="red">${t('office.sheet.returned', who(draft.returned_by), draft.returned_why)}</${Note}>` : null}
        <p>${[sizeWords(fieldsOf(draft.fields)), fieldsOf(draft.fields).opening, fieldsOf(draft.fields).colour].filter(Boolean).join(' · ')} · ${t('office.sheet.by', who(draft.maker), moment(draft.made))}
          ${may('sheet.edit') ? html` <a href="#" id=${`draft-edit-${line.line}`} onClick=${(e) => { e.preventDefault(); stay({ edit: query.get('edit') === line.line ? '' : line.line }); }}>${t('office.data.edit')}</a> · <a href="#" onClick=${(e) => { e.preventDefault(); run('sheet.make', { line: line.line }); }}>${t('office.sheet.again')}</a>` : null} · <a href=${href(`review/${line.line}`)}>${t('office.page.review')}</a></p>
        ${differences.map((one) => html`<div key=${one.name} class=${`note ${one.why ? 'amber' : 'red'}`}><b>${t(`office.spec.${one.name}`).replace(/（.*/, '')}</b> ${t('office.sheet.differs', specWords(one.name, one.quoted) || '—', specWords(one.name, one.sheet) || '—')} ${one.why ? html`<small>${one.why.why} · ${who(one.why.who)} ${moment(one.why.at)}</small>` : may('sheet.explain') ? html`<${Explain} draft=${draft} one=${one} />` : t('office.sheet.unexplained')}</div>`)}
        ${query.get('edit') === line.line && may('sheet.edit') ? html`<${Edit} draft=${draft} products=${products} />` : html`<${Rates} draft=${draft} names=${opNames} />`}
        <${Signers} draft=${draft} reviews=${reviews} />
        ${may('sheet.release') ? html`<${Release} draft=${draft} isReady=${signed >= KINDS.length && differences.every((one) => one.why) && draft.current} />` : null}` : null}
      ${line.rev ? html`<p class="ink3">${t('office.sheet.released', line.rev)}${(all.due.rows || []).filter((row) => row.line === line.line).length ? ` · ${t('office.sheet.dues', day((all.due.rows || []).filter((row) => row.line === line.line)[0].due), day(line.due))}` : ''}</p><${Papers} line=${line} />` : null}</fieldset>`;
  };
  return html`<div class="form wide">${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}${(all.lines.rows || []).map(section)}</div>`;
}
