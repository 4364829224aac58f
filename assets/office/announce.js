// announce.js - money is announced: by the order desk, by salespeople, by finance; and money is spread over orders. What is typed is
// kept on this machine until it is sent.
import { useEffect } from 'preact/hooks';
import { useDraft } from './api.js';
import { Light, Lights, lightsAfter, OrderPick, plain, sumRead } from './gate.js';
import { useKeys } from './keys.js';
import { framed, useList, Whole } from './lists.js';
import { Button, Field, html, Key, Note } from './parts.js';
import { CustomerPick, Files } from './neworder.js';
import { useAct } from './orderdata.js';
import { store } from './store.js';
import { fen, sheet, t } from './words.js';

export const METHODS = ['bank', 'wechat', 'alipay', 'cash', 'bill', 'other'];

// One order of a spread: what it is worth and what its lights become.
function PartOf({ part, i, onSum, onDrop, fault }) {
  const row = (useList('gates', { from: part.order, to: part.order, limit: 1 }, ['money', 'order']).rows || [])[0];
  const sum = sumRead(part.sum);
  const after = row && lightsAfter(row, sum || 0);
  const changed = row && ['production', 'dispatch'].filter((which) => String(after[which]) !== String(row[which]));
  return html`<div class=${`part${fault || (part.sum && sum == null) ? ' bad' : ''}`}><b>${sheet(part.order)}</b>
    <span class="what" title=${row && row.worth != null ? t('office.money.part', fen(row.worth), fen(row.in_fen)) : ''}>${row ? (row.worth == null ? html`<i>${t('office.money.unpriced')}</i>` : t('office.money.part', fen(row.worth), fen(row.in_fen))) : ''}</span>
    <input class="right" id=${`part-${i}`} inputmode="decimal" autocomplete="off" value=${part.sum} aria-label=${`${sheet(part.order)} ${t('office.col.sum')}`} onInput=${(e) => onSum(e.target.value)} />
    <span class="after">${row ? html`<${Lights} row=${row} />${changed.length ? html` → ${changed.map((which) => html`<${Light} key=${which} which=${which} state=${after[which]} />`)}` : null}` : null}</span>
    <a href="#" title=${t('office.money.drop')} aria-label=${t('office.money.drop')} onClick=${(e) => { e.preventDefault(); onDrop(); }}>✕</a></div>`;
}

const Part = framed(PartOf);

// parts: [{order, sum as typed}]; total in fen, null while it isn't known; prepaid: say what is left for the prepayment.
export function Parts({ parts, total, onChange, faults, prefix }) {
  const sums = parts.map((part) => sumRead(part.sum));
  const spread = sums.reduce((sum, one) => sum + (one || 0), 0);
  const rest = total == null ? null : total - spread;
  const change = (i, sum) => onChange(parts.map((part, n) => (n === i ? { ...part, sum } : part)));
  const add = (row) => {
    if (parts.some((part) => part.order === row.id)) return;
    onChange([...parts, { order: row.id, customer: row.customer, sum: rest > 0 ? plain(rest) : '' }]);
    setTimeout(() => {
      const field = document.getElementById(`part-${parts.length}`);
      if (field) {
        field.focus();
        field.select();
      }
    }, 50);
  };
  return html`<div class="splits">
    ${parts.map((part, i) => html`<${Part} key=${part.order} part=${part} i=${i} fault=${faults[`parts.${i}.sum`] || faults[`parts.${i}.order`]} onSum=${(sum) => change(i, sum)} onDrop=${() => onChange(parts.filter((one) => one !== part))} />`)}
    <${OrderPick} id=${`${prefix}-order`} label=${t('office.money.addorder')} onPick=${add} />
    ${total == null ? null : html`<div class="partsum"><span>${t('office.money.prepaid.rest')}</span><b class=${rest < 0 ? 'red' : ''}>${fen(rest)}</b>${rest < 0 ? html`<span class="red">${t('office.money.toomuch')}</span>` : null}</div>`}
    ${Object.entries(faults).filter(([name]) => name.startsWith('parts')).map(([name, text]) => html`<em key=${name} class="fault">${text}</em>`)}</div>`;
}

export const partsBody = (parts) => parts.filter((part) => part.sum.trim()).map(({ order, sum }) => ({ order, sum: sum.trim().replace(/,/g, '') }));

const EMPTY = { day: '', sum: '', method: 'bank', payer: '', slip: '', note: '', customer: 0, customer_name: '', parts: [], files: [] };

// order: what it is announced for, {id, customer}, from that order's page.
export function Announce({ order, then, close }) {
  const [draft, keep, drop] = useDraft('announce', { ...EMPTY, day: store.me.today });
  const { run, error, busy, faults } = useAct();
  useEffect(() => {
    if (order && !draft.parts.some((part) => part.order === order.id)) keep({ parts: [...draft.parts, { order: order.id, customer: order.customer, sum: '' }], payer: draft.payer || order.customer });
    document.getElementById('announce-sum').focus();
  }, []);
  const sum = sumRead(draft.sum);
  const isWhose = draft.customer > 0 || draft.parts.length > 0;
  const why = !sum ? t('office.money.need.sum') : !draft.payer.trim() ? t('office.money.need.payer') : !isWhose ? t('office.money.need.whose') : '';
  const send = () => {
    if (why) return;
    const { customer, parts, files, day, method, payer, slip, note } = draft;
    run('money.announce', { customer, day, method, payer: payer.trim(), slip: slip.trim(), note, sum: draft.sum.trim().replace(/,/g, ''), parts: partsBody(parts), files: files.map(({ hash, name }) => ({ hash, name })), who: customer ? '' : (parts[0] || {}).customer || '' }, (answer) => {
      drop();
      then(answer.transfer);
    });
  };
  useKeys({ 'Ctrl+Enter': send, Escape: close });
  const put = (name) => (e) => keep({ [name]: e.target.value });
  return html`<${Whole} as="aside" name="side wide" id="announce"><h2>${t('office.money.announce')}</h2>
    ${error ? html`<${Note} tone="red">${error.message}</${Note}>` : null}
    <${CustomerPick} value=${draft.customer} name=${draft.customer_name} id="announce-customer" fault=${faults.customer || faults.who} onPick=${(row) => keep({ customer: row.customer, customer_name: row.name, payer: draft.payer || row.name })} />
    <div class="two"><${Field} label=${t('office.money.sum')} error=${faults.sum || (draft.sum && sum == null ? t('office.money.need.sum') : '')}><input id="announce-sum" class="right" inputmode="decimal" autocomplete="off" value=${draft.sum} onInput=${put('sum')} /></${Field}>
      <${Field} label=${t('office.col.paid_day')} error=${faults.day}><input id="announce-day" type="date" max=${store.me.today} value=${draft.day} onInput=${put('day')} /></${Field}></div>
    <div class="field"><span>${t('office.col.method')}</span><div class="choice" tabindex="0" id="announce-method" onKeyDown=${(e) => { const one = METHODS[Number(e.key) - 1]; if (one) { keep({ method: one }); e.preventDefault(); } }}>
      ${METHODS.map((one, i) => html`<button type="button" tabindex="-1" key=${one} class=${draft.method === one ? 'on' : ''} onClick=${() => keep({ method: one })}>${t(`office.method.${one}`)} <${Key} k=${i + 1} /></button>`)}</div></div>
    <div class="two"><${Field} label=${t('office.col.payer')} error=${faults.payer}><input id="announce-payer" maxlength="20" autocomplete="off" value=${draft.payer} onInput=${put('payer')} /></${Field}>
      <${Field} label=${t('office.col.slip_number')} error=${faults.slip}><input id="announce-slip" maxlength="40" autocomplete="off" value=${draft.slip} onInput=${put('slip')} /></${Field}></div>
    <${Field} label=${t('office.col.note')} error=${faults.note}><input id="announce-note" maxlength="80" autocomplete="off" value=${draft.note} onInput=${put('note')} /></${Field}>
    <h3>${t('office.money.for')}</h3>
    <${Parts} prefix="announce" parts=${draft.parts} total=${sum} faults=${faults} onChange=${(parts) => keep({ parts })} />
    <${Files} files=${draft.files} onChange=${(files) => keep({ files: files.slice(-1) })} fault=${faults.files} id="announce-file" />
    <div class="acts"><${Button} main id="announce-do" k="Ctrl Enter" why=${busy ? t('office.wait') : why} onClick=${send}>${t('office.money.announce.do', sum ? fen(sum) : '')}</${Button}><${Button} k="Esc" onClick=${close}>${t('office.cancel')}</${Button}></div>
    <small class="why">${why || t('office.money.announce.text')}</small></${Whole}>`;
}
