// neworder.js - a new order by keyboard: its writing and customer first, then a line for each kind of door. Everything typed is
// kept on this machine at once, through errors, a lost session, a closed browser.
import { useEffect, useState } from 'preact/hooks';
import { act, get, idMake, post, useDraft } from './api.js';
import { FormField } from './form.js';
import { useKeys } from './keys.js';
import { useList, Whole } from './lists.js';
import { Button, html, Key, Note, useFoot } from './parts.js';
import { enterNext, LineFields, mayPrice, sizeWords, useSpec } from './spec.js';
import { go, href, store } from './store.js';
import { count, fen, t } from './words.js';

const SOURCES = ['file', 'walkin', 'sales'];
const NEW = { receipt: 0, customer: 0, customer_name: '', who: '', source: 'file', signed: '', note: '', received_day: '', received_time: '', salesperson: '', desk: '', project: false, rush: false, rush_owner: '', rush_reason: '', doubt: '', remarks: '', files: [], lines: [{}], at: 0 };

// Yuan as typed -> fen, NaN where it is no amount. Whole numbers all the way.
export function fenOf(text) {
  const plain = (text || '').trim().replace(/[０-９．－]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
  if (!plain) return 0;
  const match = plain.match(/^(-?)(\d{1,9})(?:\.(\d{1,2}))?$/);
  return match ? Number(`${match[1]}${match[2]}${(match[3] || '').padEnd(2, '0')}`) : NaN;
}
const whole = (text) => Number((text || '').trim().replace(/[０-９]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)));
export const amountOf = (line) => whole(line.quantity) * fenOf(line.price) + fenOf(line.extra);

// A customer by any part of name or phone, or initials: arrows and Enter choose.
export function CustomerPick({ value, name, onPick, fault, id }) {
  const [text, setText] = useState('');
  const [rows, setRows] = useState(null);
  const [at, setAt] = useState(0);
  useEffect(() => {
    if (!text.trim()) {
      setRows(null);
      return undefined;
    }
    const timer = setTimeout(() => get('/api/list/customers', { find: text.trim().toLowerCase(), limit: 8 }).then((answer) => { setRows(answer.rows); setAt(0); }, () => null), 80);
    return () => clearTimeout(timer);
  }, [text]);
  const pick = (row) => {
    setText('');
    setRows(null); // at once: the next Enter is somebody else's
    onPick(row);
  };
  const key = (e) => {
    if (!rows || !rows.length) return;
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') setAt(Math.max(0, Math.min(rows.length - 1, at + (e.key === 'ArrowDown' ? 1 : -1))));
    else if (e.key === 'Enter') pick(rows[at]);
    else return;
    e.preventDefault();
    e.stopPropagation();
  };
  return html`<div class=${`field span2 pick${fault ? ' bad' : ''}`}><span>${t('office.col.customer')}<b class="must">*</b></span>
    <input id=${id} value=${text || (value ? name : '')} placeholder=${t('office.neworder.find')} autocomplete="off" spellcheck="false" onFocus=${(e) => e.target.select()} onInput=${(e) => setText(e.target.value)} onKeyDown=${key} onBlur=${() => setTimeout(() => setText(''), 200)} />
    ${rows && text ? html`<ul class="picks">${rows.map((row, i) => html`<li key=${row.customer} class=${i === at ? 'on' : ''} onMouseDown=${() => pick(row)}><b>${row.name}</b> ${row.phone} <small>${row.address}</small></li>`)}
      ${rows.length ? null : html`<li class="none">${t('office.notfound', text)} <a href=${href('masters/customers')}>${t('office.neworder.customer')}</a></li>`}</ul>` : null}
    ${fault ? html`<em>${fault}</em>` : null}</div>`;
}

export async function fileSend(file) {
  if (file.size > 8 * 1024 * 1024) throw new Error(t('office.file.large', file.name));
  const answer = await post(`/api/file?id=${idMake()}`, await file.arrayBuffer(), 'application/octet-stream');
  return { hash: answer.hash, name: file.name.slice(0, 40), kind: answer.kind };
}

export function Files({ files, onChange, fault, id }) {
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const add = async (list) => {
    setBusy(true);
    setError('');
    let all = files;
    for (const one of list) {
      try {
        all = [...all, await fileSend(one)];
        onChange(all);
      } catch (e) {
        setError(`${one.name}：${e.message}`);
      }
    }
    setBusy(false);
  };
  return html`<div class=${`field span4 files${fault ? ' bad' : ''}`} onDragOver=${(e) => e.preventDefault()} onDrop=${(e) => { e.preventDefault(); add([...e.dataTransfer.files]); }}><span>${t('office.neworder.files')}</span>
    <div class="filelist">${files.map((one) => html`<span key=${one.hash} class="file"><a href=${`/api/file/${one.hash}`} download>${one.name}</a> <a href="#" title=${t('office.neworder.unfile')} onClick=${(e) => { e.preventDefault(); onChange(files.filter((other) => other !== one)); }}>✕</a></span>`)}
      <label class="button small">${busy ? t('office.wait') : t('office.neworder.attach')}<input type="file" id=${id} multiple accept=".pdf,.png,.jpg,.jpeg,.webp,.xlsx" onChange=${(e) => { add([...e.target.files]); e.target.value = ''; }} /></label></div>
    ${error ? html`<em>${error}</em>` : null}${fault ? html`<em>${fault}</em>` : null}</div>`;
}

function Head({ draft, keep, faults, people }) {
  const form = { value: draft, put: keep, clash: {} };
  const field = (name, type, more) => html`<${FormField} column=${{ name, type: type || 'text' }} label=${t(`office.head.${name}`)} form=${form} fault=${faults[name]} id=${`head-${name}`} ...${more || {}} />`; // texts: office.head.*
  const desks = people.filter((one) => one.roles.split(' ').includes('desk'));
  return html`<fieldset><legend>${t('office.section.source')}</legend><div class="fields four">
      ${draft.receipt ? html`<p class="span4">${t('office.neworder.receipt', draft.receipt)}</p>` : html`<div class=${`field span2${faults.source ? ' bad' : ''}`}><span>${t('office.col.source')}<b class="must">*</b></span><div class="choice" tabindex="0" id="head-source" onKeyDown=${(e) => { const one = SOURCES[Number(e.key) - 1]; if (one) { keep({ source: one }); e.preventDefault(); } }}>
        ${SOURCES.map((one, i) => html`<button type="button" tabindex="-1" key=${one} class=${draft.source === one ? 'on' : ''} onClick=${() => keep({ source: one })}>${t(`office.source.${one}`)} <${Key} k=${i + 1} /></button>`)}</div>${faults.source ? html`<em>${faults.source}</em>` : null}</div>
      ${field('signed')}${field('note')}${field('received_day', 'day')}${field('received_time')}
      <${Files} files=${draft.files} onChange=${(files) => keep({ files })} fault=${faults.files} id="files" />`}</div></fieldset>
    <fieldset><legend>${t('office.section.customer')}</legend><div class="fields four">
      <${CustomerPick} value=${draft.customer} name=${draft.customer_name} id="head-customer" fault=${faults.customer || faults.who} onPick=${(row) => keep({ customer: row.customer, customer_name: row.name, customer_phone: row.phone })} />
      ${field('salesperson')}
      <label class=${`field${faults.desk ? ' bad' : ''}`}><span>${t('office.head.desk')}</span><select id="head-desk" value=${draft.desk} onChange=${(e) => keep({ desk: e.target.value })}><option value="">—</option>${desks.map((one) => html`<option key=${one.name} value=${one.name}>${one.full_name || one.name}</option>`)}</select>${faults.desk ? html`<em>${faults.desk}</em>` : null}</label>
      ${field('project', 'bool')}${field('rush', 'bool')}${draft.rush ? html`${field('rush_owner')}${field('rush_reason')}` : null}
      ${field('doubt', 'text', { span: 2 })}${field('remarks', 'text', { span: 2 })}</div></fieldset>`;
}

// What the price list says of this product, from today's rows.
function usePrices(code) {
  const list = useList(code && mayPrice() ? 'prices' : null, code && { limit: 2000 }, ['master']);
  const newest = {};
  (list.rows || []).filter((row) => row.product === code && row.from <= store.me.today).forEach((row) => { newest[row.item] = row.price; });
  return newest;
}

function Price({ line, put, draft }) {
  const prices = usePrices(line.code);
  const door = prices[''];
  useEffect(() => {
    if (door !== undefined && line.price === undefined) put({ price: fen(door).replace(/,/g, '') });
  }, [door, line.code]);
  const add = (item, price) => put({ extra: fen(fenOf(line.extra || '') + price * (whole(line.quantity) || 1)).replace(/,/g, '').replace('−', '-'), extra_why: [line.extra_why, item].filter(Boolean).join('、') });
  const total = draft.lines.reduce((sum, one) => sum + (amountOf(one) || 0), 0);
  return html`<h2>${t('office.neworder.price')}</h2>
    ${door !== undefined ? html`<div class="sum"><span>${t('office.neworder.list')}</span><b>${fen(door)}</b></div>` : null}
    ${Object.entries(prices).filter(([item]) => item).map(([item, price]) => html`<div class="sum" key=${item}><a href="#" onClick=${(e) => { e.preventDefault(); add(item, price); }}>＋ ${item}</a><span>${fen(price)}</span></div>`)}
    <div class="sum"><span>${t('office.neworder.subtotal')}</span><b>${Number.isNaN(amountOf(line)) ? '—' : fen(amountOf(line))}</b></div>
    <div class="sum total"><span>${t('office.neworder.total')}</span><strong>${fen(total)}</strong></div>`;
}

function missingOf(draft, spec) {
  const missing = [];
  if (!draft.receipt && draft.source === 'file' && !draft.files.length) missing.push([0, 'files', t('office.neworder.files')]);
  if (!draft.receipt && draft.source !== 'file' && !draft.signed.trim()) missing.push([0, 'head-signed', t('office.head.signed')]);
  if (!draft.customer) missing.push([0, 'head-customer', t('office.col.customer')]);
  if (draft.rush) ['rush_owner', 'rush_reason'].filter((name) => !draft[name].trim()).forEach((name) => missing.push([0, `head-${name}`, t(`office.head.${name}`)]));
  draft.lines.forEach((line, i) => spec.spec.filter((one) => one.needed && !String(line[one.name] || '').trim()).forEach((one) => missing.push([i + 1, `line-${one.name}`, `${i + 1} ${t(`office.spec.${one.name}`)}`])));
  return missing;
}

export function NewOrder() {
  const spec = useSpec();
  const receipt = Number(store.route.query.get('receipt') || 0);
  const [draft, keep, drop] = useDraft(`order.${store.me.user}${receipt ? `.${receipt}` : ''}`, { ...NEW, receipt });
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const [id, setId] = useState(idMake);
  const products = useList('products', { limit: 2000 }, ['master']).rows || [];
  const people = useList('people', { limit: 500 }, ['user']).rows || [];
  const entry = (useList(receipt ? 'register' : null, { open: 1, limit: 500 }, ['order']).rows || []).find((row) => row.receipt === receipt);
  useEffect(() => {
    if (entry && !draft.customer && entry.customer) keep({ customer: entry.customer, customer_name: entry.who });
  }, [entry]);
  const at = Math.min(draft.at, draft.lines.length);
  const line = draft.lines[at - 1];
  const lineSet = (n, change) => keep({ lines: draft.lines.map((one, i) => (i === n ? { ...one, ...change } : one)) });
  const open = (n, field) => {
    keep({ at: n });
    setTimeout(() => { const one = document.getElementById(field); if (one) one.focus(); }, 0);
  };
  const copy = () => {
    const from = line || {};
    keep({ lines: [...draft.lines, { ...from }], at: draft.lines.length + 1 });
    setTimeout(() => { const one = document.getElementById('line-product'); if (one) one.focus(); }, 0);
  };
  const remove = (n) => keep({ lines: draft.lines.filter((one, i) => i !== n), at: Math.max(0, Math.min(at, draft.lines.length - 1)) });
  const missing = spec ? missingOf(draft, spec) : [];
  const why = busy ? t('office.wait') : !store.live.ok && Date.now() - store.live.since > 5000 ? t('office.neworder.lost') : missing.length ? t('office.masters.needed', missing.map((one) => one[2]).join('、')) : '';
  const faults = Object.fromEntries(((error && error.answer && error.answer.fields) || []).map((one) => [one.field, one.text]));
  const send = async (name, body) => {
    setBusy(true);
    setError(null);
    try {
      const answer = await act(name, { id, ...body });
      drop();
      if (answer.order) go(`orders/${answer.order}`);
      else go('register', { at: answer.receipt });
    } catch (e) {
      setError(e);
      setId(idMake());
      const first = ((e.answer && e.answer.fields) || [])[0];
      const place = first && first.field.match(/^lines\.(\d+)\.(.*)/);
      if (place) open(Number(place[1]) + 1, `line-${place[2]}`);
      else if (first) open(0, `head-${first.field}`);
    }
    setBusy(false);
  };
  const body = () => ({ ...draft, files: draft.files.map(({ hash, name }) => ({ hash, name })) });
  const place = () => send('order.place', body());
  const keepOnly = () => {
    const { who, customer, customer_name: name, received_day, received_time, source, signed, note, files } = body();
    send('order.receive', { who: who || name, customer, received_day, received_time, source, signed, note, files });
  };
  useKeys({ 'Ctrl+Enter': () => (why ? false : place()), 'Ctrl+KeyD': copy, Escape: () => go('orders'), 'Alt+ArrowDown': () => keep({ at: Math.min(draft.lines.length, at + 1) }), 'Alt+ArrowUp': () => keep({ at: Math.max(0, at - 1) }) });
  useFoot(t('office.neworder.rule'), [['Enter', t('office.key.next')], ['Ctrl D', t('office.key.copyline')], ['Ctrl Enter', t('office.neworder.place')], ['Esc', t('office.key.back')], ['?', t('office.key.all')]]);
  const lineFaults = Object.fromEntries(Object.entries(faults).filter(([field]) => field.startsWith(`lines.${at - 1}.`)).map(([field, text]) => [field.replace(/^lines\.\d+\./, ''), text]));
  return html`<div class="head"><a class="back" href=${href('orders')} aria-label=${t('office.key.back')}>‹</a><h1>${t('office.neworder.title')}</h1><span class="about">${draft.customer_name ? `${draft.customer_name} ${draft.customer_phone || ''}` : t('office.neworder.about')}</span><span class="grow" />
      ${draft.receipt ? null : html`<${Button} id="receive" why=${busy || !(draft.customer || draft.who.trim()) ? t('office.neworder.receive.why') : ''} onClick=${keepOnly}>${t('office.neworder.receive')}</${Button}>`}
      <${Button} id="discard" onClick=${drop}>${t('office.masters.drop')}</${Button}>
      <${Button} main id="place" k="Ctrl Enter" why=${why} onClick=${place}>${t('office.neworder.place')}</${Button}></div>
    <div class="entry" onKeyDown=${enterNext}>
      <nav class="lines">
        <a href="#" class=${at === 0 ? 'on' : ''} onClick=${(e) => { e.preventDefault(); keep({ at: 0 }); }}><b>${t('office.neworder.source')}</b><small>${draft.customer_name || t('office.col.customer')}${draft.rush ? ` · ${t('office.mark.rush')}` : ''}</small></a>
        ${draft.lines.map((one, i) => html`<a href="#" key=${i} class=${at === i + 1 ? 'on' : ''} onClick=${(e) => { e.preventDefault(); keep({ at: i + 1 }); }}><b>${i + 1}　${one.product || t('office.neworder.line')} ${one.quantity ? `×${one.quantity}` : ''}</b>
          <small>${[sizeWords(one), one.opening, one.colour].filter(Boolean).join(' · ')}${missing.some((m) => m[0] === i + 1) ? html` <span class="amber">${t('office.neworder.lacks', count(missing.filter((m) => m[0] === i + 1).length))}</span>` : null}</small></a>`)}
        <a href="#" id="line-add" onClick=${(e) => { e.preventDefault(); copy(); }}>${t('office.neworder.add')} <${Key} k="Ctrl D" /></a>
      </nav>
      <section class="scroll form wide">
        ${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}
        ${at === 0 ? html`<${Head} draft=${draft} keep=${keep} faults=${faults} people=${people} />` : html`<${LineFields} key=${at} form=${{ value: line, put: (change) => lineSet(at - 1, change), clash: {} }} faults=${lineFaults} prefix="line-" products=${products} />
          ${draft.lines.length > 1 ? html`<p><a href="#" onClick=${(e) => { e.preventDefault(); remove(at - 1); }}>${t('office.neworder.remove', at)}</a></p>` : null}`}
      </section>
      <${Whole} as="aside" name="side">
        ${line ? html`<${Price} key=${`${at} ${line.code}`} line=${line} put=${(change) => lineSet(at - 1, change)} draft=${draft} />` : null}
        <h2>${t('office.neworder.missing')}</h2>
        ${missing.length ? html`<ul class="missing">${missing.slice(0, 14).map(([n, field, text]) => html`<li key=${`${n}${field}`}><span class="tick" /><a href="#" onClick=${(e) => { e.preventDefault(); open(n, field); }}>${text}</a></li>`)}</ul>` : html`<p class="green">${t('office.neworder.complete')}</p>`}
      </${Whole}>
    </div>`;
}
