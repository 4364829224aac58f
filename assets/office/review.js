// review.js - what waits for my signature: quote, sheet and the customer's original side by side, differences marked, a
// checklist ticked by hand; signing covers exactly this content.
import { useEffect, useState } from 'preact/hooks';
import { useKeys } from './keys.js';
import { useList, Whole } from './lists.js';
import { Badge, Button, Empty, html, Mark, Note, PageHead, useFoot } from './parts.js';
import { useAct } from './orderdata.js';
import { differencesOf, Explain, KINDS, opsOf, Signers } from './ordersheet.js';
import { fieldsOf, sizeWords, specWords, useSpec } from './spec.js';
import { go, href, store } from './store.js';
import { clock, count, day, fen, moment, rate, sheet, t, who, word } from './words.js';

// In the order of the house's list [R17]. texts: office.item.*
const ITEMS = ['due', 'brand', 'quantity', 'material', 'size', 'style', 'colour', 'picture', 'process', 'amount', 'rates', 'decor', 'requirements', 'remarks'];
const SIZES = ['measured', 'width', 'height'];
const CLAIM_MS = 900000;
const may = (name) => store.me.acts.includes(`/api/act/${name}`);

function ticksOf(key) {
  try {
    return JSON.parse(localStorage.getItem(key)) || [];
  } catch (e) {
    return [];
  }
}

function Original({ order }) {
  const files = (useList('attached', { order, limit: 100 }, ['order']).rows || []).filter((row) => !row.off);
  const [at, setAt] = useState(0);
  const one = files[at];
  const isPicture = one && ['png', 'jpeg', 'webp'].includes(one.type);
  return html`<h2>${t('office.review.original')} <small>${files.length}</small></h2>
    <div class="filelist">${files.map((row, i) => html`<a key=${row.attached} href="#" class=${`file${i === at ? ' on' : ''}`} onClick=${(e) => { e.preventDefault(); setAt(i); }}>${word('attached', row.kind)} ${row.name}</a>`)}</div>
    ${one ? html`${isPicture ? html`<img src=${`/api/file/${one.hash}`} alt=${one.name} />` : html`<p>${t('office.review.download')}</p>`}<p><a href=${`/api/file/${one.hash}`} download>${t('office.review.open', one.name)}</a></p>` : html`<p class="ink3">${t('office.review.nofile')}</p>`}`;
}

function Sheet({ draft, reviews, explained, operations }) {
  const spec = useSpec();
  const key = `baogong.ticks.${store.me.user}.${draft.line}.${draft.version}`;
  const [ticks, setTicks] = useState(() => ticksOf(key));
  const [at, setAt] = useState(0);
  const [why, setWhy] = useState('');
  const { run, error, busy } = useAct();
  const mine = KINDS.filter((kind) => store.me.roles.includes(kind));
  const open = KINDS.filter((kind) => !reviews.some((row) => row.line === draft.line && row.rev === draft.rev && row.kind === kind && row.signed_by));
  const [chosen, setKind] = useState('');
  const kind = chosen || mine.find((one) => open.includes(one)) || mine[0] || open[0];
  useEffect(() => setTicks(ticksOf(key)), [key]);
  const quoted = fieldsOf(draft.quoted);
  const fields = fieldsOf(draft.fields);
  const differences = differencesOf(draft, explained);
  const ops = opsOf(draft.ops);
  const opName = (code) => { const row = operations.find((one) => one.code === code); return row ? (store.lang === 'en' ? row.name_en : row.name_zh) : code; };
  const rows = [];
  ITEMS.forEach((item) => {
    const own = (spec ? spec.spec : []).filter((one) => one.item === item && !SIZES.includes(one.name) && (quoted[one.name] || fields[one.name]));
    const size = item === 'size' && { item, name: item, quoted: sizeWords(quoted), sheet: sizeWords(fields), same: SIZES.every((name) => quoted[name] === fields[name]), difference: differences.find((d) => SIZES.includes(d.name)) };
    if (size) rows.push(size);
    if (item === 'amount') rows.push({ item, name: item, quoted: draft.amount == null ? '—' : `${quoted.quantity} × ${fen(draft.price)} = ${fen(draft.amount)}`, sheet: t('office.review.noprice'), same: true });
    else if (item === 'rates') rows.push({ item, name: item, quoted: t('office.review.ops', ops.length), sheet: ops.map((one) => `${opName(one.code)} ${rate(one.rate)}`).join('，'), same: true, long: true });
    else if (!own.length && !size) rows.push({ item, name: item, quoted: '—', sheet: '—', same: true });
    else own.forEach((one, i) => rows.push({ item, sub: i > 0 || !!size, name: one.name, isField: true, quoted: specWords(one.name, quoted[one.name]) || '—', sheet: specWords(one.name, fields[one.name]) || '—', same: (quoted[one.name] || '') === (fields[one.name] || ''), difference: differences.find((d) => d.name === one.name) }));
  });
  const toggle = (item) => {
    const next = ticks.includes(item) ? ticks.filter((one) => one !== item) : [...ticks, item];
    localStorage.setItem(key, JSON.stringify(next));
    setTicks(next);
  };
  const claim = reviews.find((row) => row.line === draft.line && row.rev === draft.rev && row.kind === kind);
  const now = Date.now() + store.clockOff;
  const claimed = claim && claim.claimed_by && now - claim.claimed_at < CLAIM_MS ? claim : null;
  const own = store.me.user === draft.maker || store.me.user === draft.editor;
  const unexplained = differences.filter((one) => !one.why).length;
  const left = ITEMS.filter((item) => !ticks.includes(item)).length;
  const stop = own ? t('office.review.own') : !draft.current ? t('office.sheet.old') : draft.returned_by ? t('office.sheet.returned', who(draft.returned_by), draft.returned_why) : !open.includes(kind) ? t('office.review.done') : unexplained || left ? t('office.review.left', left, unexplained) : busy ? t('office.wait') : '';
  const sign = () => run('sheet.sign', { line: draft.line, kind, version: draft.version, ticks }, () => localStorage.removeItem(key));
  const send = () => run('sheet.return', { line: draft.line, kind, why: why.trim() }, () => setWhy(''));
  useKeys({
    ArrowDown: () => setAt(Math.min(ITEMS.length - 1, at + 1)),
    ArrowUp: () => setAt(Math.max(0, at - 1)),
    Space: () => { toggle(ITEMS[at]); setAt(Math.min(ITEMS.length - 1, at + 1)); },
    'Ctrl+Enter': () => (stop ? false : sign()),
    KeyR: () => { const field = document.getElementById('return-why'); if (field) field.focus(); return !!field; },
    Escape: () => go('review'),
  });
  return html`<section class="list reviewing">
    <div class="subhead"><b class="order">${sheet(draft.line)}</b> ${draft.rush ? html`<${Mark} kind="rush" />` : null}${draft.special ? html`<${Mark} kind="special" />` : null}<span>${draft.product} ×${count(draft.quantity)} · ${draft.customer}</span><span class="grow" />
      ${claimed ? html`<small>${t('office.review.claimed', who(claimed.claimed_by), clock(claimed.claimed_at + CLAIM_MS))}</small>` : may('sheet.claim') && !own && open.includes(kind) ? html`<${Button} id="claim" onClick=${() => run('sheet.claim', { line: draft.line, kind })}>${t('office.review.claim')}</${Button}>` : null}
      ${mine.length > 1 || !mine.length ? html`<select id="kind" value=${kind} onChange=${(e) => setKind(e.target.value)}>${KINDS.map((one) => html`<option key=${one} value=${one}>${word('role', one)}</option>`)}</select>` : html`<small>${word('role', kind)}</small>`}</div>
    <div class="scroll"><table class="checks"><colgroup><col class="c1" /><col class="c2" /><col /><col class="c4" /><col /></colgroup><thead><tr><th></th><th>${t('office.review.item')}</th><th>${t('office.order.n', draft.n)}</th><th></th><th>${t('office.review.sheet', draft.rev, who(draft.maker), moment(draft.made))}</th></tr></thead>
      <tbody>${rows.map((row) => html`<tr key=${row.name} class=${`${row.same ? '' : row.difference && row.difference.why ? 'differs told' : 'differs'}${ITEMS[at] === row.item && !row.sub ? ' at' : ''}`} onClick=${() => { setAt(ITEMS.indexOf(row.item)); }}>
        <td>${row.sub ? null : html`<button type="button" class=${`tickbox${ticks.includes(row.item) ? ' done' : ''}`} id=${`tick-${row.item}`} aria-label=${t(`office.item.${row.item}`)} onClick=${() => toggle(row.item)}>${ticks.includes(row.item) ? '✓' : ''}</button>`}</td>
        <td class=${row.sub ? 'sub' : ''}>${row.isField ? t(`office.spec.${row.name}`).replace(/[（(].*/, '') : t(`office.item.${row.name}`)}</td>
        <td class="whole">${row.quoted}</td><td>${row.same ? html`<i>=</i>` : html`<b class="amber">≠</b>`}</td>
        <td class="whole">${row.same ? row.sheet : html`<mark>${row.sheet}</mark>`}${row.difference && row.difference.why ? html`<small> ${row.difference.why.why} · ${who(row.difference.why.who)}</small>` : null}${row.difference && !row.difference.why && may('sheet.explain') ? html`<${Explain} draft=${draft} one=${row.difference} />` : null}</td></tr>`)}</tbody></table></div>
    ${unexplained ? html`<${Note} tone="amber">${t('office.review.unexplained', unexplained)}</${Note}>` : null}
    ${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}
    <div class="signbar"><${Signers} draft=${draft} reviews=${reviews} /><span class="grow" />
      <input id="return-why" value=${why} placeholder=${t('office.review.why')} maxlength="80" onInput=${(e) => setWhy(e.target.value)} />
      <${Button} harm id="return" k="R" why=${why.trim() ? '' : t('office.review.why')} onClick=${send}>${t('office.review.return')}</${Button}>
      <${Button} main id="sign" k="Ctrl Enter" why=${stop} onClick=${sign}>${stop && (left || unexplained) && !own ? t('office.review.still', left, unexplained) : t('office.review.sign', word('role', kind))}</${Button}></div>
  </section>`;
}

export function Review() {
  const { path, query } = store.route;
  const list = useList('drafts', { limit: 500 }, ['order']);
  const reviews = useList('reviews', { limit: 2000 }, ['order']).rows || [];
  const explained = useList('differences', { limit: 2000 }, ['order']).rows || [];
  const operations = useList('operations', { limit: 500 }, ['master']).rows || [];
  const q = (query.get('q') || '').trim().toLowerCase();
  const drafts = (list.rows || []).filter((row) => !q || `${sheet(row.line)} ${row.customer} ${row.product}`.toLowerCase().includes(q));
  const draft = drafts.find((row) => row.line === path[0]) || (path[0] ? null : drafts[0]);
  const mine = KINDS.filter((kind) => store.me.roles.includes(kind));
  const waits = (row) => mine.some((kind) => !reviews.some((one) => one.line === row.line && one.rev === row.rev && one.kind === kind && one.signed_by));
  const index = draft ? drafts.indexOf(draft) : -1;
  useKeys({ BracketLeft: () => (index > 0 ? go(`review/${drafts[index - 1].line}`) : false), BracketRight: () => (drafts[index + 1] ? go(`review/${drafts[index + 1].line}`) : false) });
  useFoot(t('office.review.rule'), [['↑ ↓', t('office.review.item')], ['Space', t('office.review.tick')], ['R', t('office.review.return')], ['Ctrl Enter', t('office.key.commit')], ['[ ]', t('office.key.line')], ['?', t('office.key.all')]]);
  const isToday = (ms) => new Date(ms + store.me.offset_min * 60000).toISOString().slice(0, 10) === store.me.today;
  return html`<${PageHead} title=${t('office.page.review')} text=${list.rows ? t('office.review.waiting', drafts.filter(waits).length, drafts.length) : ''} />
    ${list.rows && !drafts.length ? html`<${Empty}>${t('office.review.none')}</${Empty}>` : null}
    <div class=${`reviews${path[0] ? ' one' : ''}`}>
      <nav class="lines">${drafts.map((row) => html`<a key=${row.line} href=${href(`review/${row.line}`)} class=${row === draft ? 'on' : ''}><b>${sheet(row.line)}</b>${row.rush ? html`<${Mark} kind="rush" />` : null}${row.special ? html`<${Mark} kind="special" />` : null}<span class="right">${row.signed_n}/${KINDS.length}</span>
        <small>${row.customer} ×${count(row.quantity)} · ${t('office.col.due')} ${day(row.due)}</small><small>${moment(row.made)} ${isToday(row.made) ? t('office.review.today') : html`<b class="red">${t('office.review.late')}</b>`}${row.returned_by ? html` <${Badge} tone="red">${t('office.review.return')}</${Badge}>` : null}</small></a>`)}</nav>
      ${draft ? html`<${Sheet} key=${`${draft.line} ${draft.version}`} draft=${draft} reviews=${reviews} explained=${explained} operations=${operations} /><${Whole} as="aside" name="side wide original"><${Original} key=${draft.line.slice(0, 9)} order=${draft.line.slice(0, 9)} /></${Whole}>` : null}
    </div>`;
}
