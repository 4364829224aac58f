// orderquote.js - quotes of an order: what went out, who confirmed it how and when, and asking for it.
import { useState } from 'preact/hooks';
import { useKeys } from './keys.js';
import { useList } from './lists.js';
import { Badge, Button, Empty, Field, html, Note } from './parts.js';
import { Files } from './neworder.js';
import { useAct } from './orderdata.js';
import { fieldsOf, sizeWords } from './spec.js';
import { store } from './store.js';
import { day, fen, moment, sheet, t, who } from './words.js';

const HOWS = ['wechat', 'fax', 'mail', 'signed'];
const may = (name) => store.me.acts.includes(`/api/act/${name}`);

function Confirm({ all, quote }) {
  const [draft, setDraft] = useState({ how: 'wechat', day: store.me.today, person: all.order.customer, note: '', files: [] });
  const { run, error, busy } = useAct();
  const put = (change) => setDraft({ ...draft, ...change });
  const send = () => run('quote.confirm', { order: all.id, n: quote.n, ...draft, files: draft.files.map(({ hash, name }) => ({ hash, name })) });
  useKeys({ 'Ctrl+Enter': send });
  return html`<fieldset><legend>${t('office.quote.confirm', quote.n)}</legend><div class="fields four">
      <div class="field span2"><span>${t('office.quote.how')}</span><div class="choice">${HOWS.map((one) => html`<button type="button" key=${one} class=${draft.how === one ? 'on' : ''} onClick=${() => put({ how: one })}>${t(`office.confirmed.${one}`)}</button>`)}</div></div>
      <${Field} label=${t('office.quote.day')}><input type="date" id="confirm-day" value=${draft.day} max=${store.me.today} onInput=${(e) => put({ day: e.target.value })} /></${Field}>
      <${Field} label=${t('office.col.person')}><input id="confirm-person" value=${draft.person} maxlength="20" onInput=${(e) => put({ person: e.target.value })} /></${Field}>
      <label class="field span4"><span>${t('office.col.note')}</span><input value=${draft.note} maxlength="120" onInput=${(e) => put({ note: e.target.value })} /></label>
      <${Files} files=${draft.files} onChange=${(files) => put({ files })} id="confirm-files" /></div>
    ${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}
    <div class="acts"><${Button} main id="confirm" k="Ctrl Enter" why=${busy ? t('office.wait') : draft.person.trim() && draft.day ? '' : t('office.col.person')} onClick=${send}>${t('office.quote.record', quote.n)}</${Button}></div></fieldset>`;
}

function Lines({ all, n }) {
  const list = useList('quote-lines', { order: all.id, n, limit: 200 }, []);
  return html`<table class="plain"><tbody>${(list.rows || []).map((row) => {
    const fields = fieldsOf(row.fields);
    return html`<tr key=${row.line}><td><b>${sheet(row.line)}</b></td><td>${fields.product} ×${fields.quantity}</td><td>${sizeWords(fields)}</td><td>${[fields.colour, fields.opening].filter(Boolean).join(' · ')}</td><td class="right">${fen(row.price)}</td><td class="right">${row.extra ? `${fen(row.extra)} ${row.extra_why}` : ''}</td><td class="right"><b>${fen(row.amount)}</b></td></tr>`;
  })}</tbody></table>`;
}

export function Quotes({ all }) {
  const quotes = all.quotes.rows || [];
  const newest = quotes[0];
  const { run, error, busy } = useAct();
  const total = (all.specs.rows || []).reduce((sum, row) => sum + row.amount, 0);
  const open = (all.questions.rows || []).filter((row) => row.answer !== 'yes');
  return html`<div class="form wide">
    ${open.length ? html`<${Note} tone="amber">${t('office.quote.questions', open.length)}</${Note}>` : null}
    ${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}
    ${may('quote.make') ? html`<div class="acts"><${Button} main=${!newest || newest.confirmed} id="quote" why=${busy ? t('office.wait') : ''} onClick=${() => run('quote.make', { order: all.id })}>${t('office.quote.make', (newest ? newest.n : 0) + 1, fen(total))}</${Button}></div>` : null}
    ${quotes.length ? null : html`<${Empty}>${t('office.quote.none')}</${Empty}>`}
    ${quotes.map((row) => html`<fieldset key=${row.n}><legend>${t('office.order.n', row.n)} · ${fen(row.total)} · ${who(row.who)} ${moment(row.at)}
        ${row.confirmed ? html` <${Badge}>${t('office.quote.confirmed', day(row.confirmed), t(`office.confirmed.${row.how}`), row.person)}</${Badge}>` : row === newest ? html` <${Badge} tone="amber">${t('office.order.waiting')}</${Badge}>` : html` <i>${t('office.quote.old')}</i>`}</legend>
      <${Lines} all=${all} n=${row.n} />
      ${row.confirmed ? html`<p class="ink3">${row.note} ${t('office.quote.by', who(row.recorded_by))}</p>` : null}</fieldset>`)}
    ${newest && !newest.confirmed ? html`${newest.chased_at ? html`<p class="ink3">${t('office.order.chased', `${moment(newest.chased_at)} ${who(newest.chased_by)}`)}</p>` : null}
      ${may('quote.chase') ? html`<div class="acts"><${Button} id="chase" onClick=${() => run('quote.chase', { order: all.id })}>${t('office.quote.chase')}</${Button}></div>` : null}
      ${may('quote.confirm') ? html`<${Confirm} key=${newest.n} all=${all} quote=${newest} />` : null}` : null}</div>`;
}
