// workers.js - who works here: badges given and revoked, the PIN that opens a worker's pay at kiosks, and the last day.
import { useState } from 'preact/hooks';
import { act, csvHref, idMake, post } from './api.js';
import { History } from './changes.js';
import { useList, Whole } from './lists.js';
import { headingsOf, MasterForm, useKinds } from './masterform.js';
import { Payee } from './payee.js';
import { useKeys } from './keys.js';
import { Button, Empty, Field, html, Key, Note, PageHead, useFoot } from './parts.js';
import { COLOURS, WORDS } from './sign.js';
import { stay, store } from './store.js';
import { Table } from './table.js';
import { count, day, t, word } from './words.js';

const PIN = /^[0-9]{4,12}$/;

// The 15 digits of a badge's barcode (kind 3, check digits so that the whole number mod 97 is 1); null: it is none.
function badgeRead(text) {
  const digits = text.replace(/\s/g, '');
  return /^3[0-9]{17}$/.test(digits) && BigInt(digits) % 97n === 1n ? Number(digits.slice(1, 16)) : null;
}

const may = (name) => store.me.acts.includes(`/api/act/${name}`);

// A PIN is kept nowhere, not even on this machine: it isn't a draft, and an answer that is lost is asked for again.
function Pin({ row, run }) {
  const [pin, setPin] = useState('');
  const [badge, setBadge] = useState('');
  const which = badge.trim() ? badgeRead(badge) : 0;
  const why = !PIN.test(pin) ? t('office.pin.digits') : which === null ? t('office.badge.wrong') : '';
  const save = () => run(async () => {
    await post('/api/act/worker.pin', { id: idMake(), worker: row.worker, pin, ...(which ? { badge: which } : {}) });
    setPin('');
    return t('office.pin.done', row.name);
  });
  return html`<h3>${t('office.pin.title')}</h3><p class="about">${t(row.has_pin ? 'office.pin.has' : 'office.pin.none')}</p>
    <${Field} label=${t('office.pin')}><input id="pin" type="password" inputmode="numeric" autocomplete="off" maxlength="12" value=${pin} onInput=${(e) => setPin(e.target.value)} /></${Field}>
    ${row.badges > 1 ? html`<${Field} label=${t('office.pin.badge')}><input id="pin-badge" inputmode="numeric" autocomplete="off" value=${badge} onInput=${(e) => setBadge(e.target.value)} /></${Field}>` : null}
    <div class="acts"><${Button} id="pin-save" why=${pin ? why : t('office.pin.digits')} onClick=${save}>${t('office.pin.save')}</${Button}></div>
    ${pin && why ? html`<small class="why">${why}</small>` : null}`;
}

function Badges({ row, run }) {
  const list = useList('badges', { worker: row.worker }, ['master']);
  const [text, setText] = useState('');
  const [sure, setSure] = useState('');
  const badge = badgeRead(text);
  const add = () => run(async () => {
    await act('badge.add', { badge, worker: row.worker });
    setText('');
    return t('office.badge.added', row.name);
  });
  const revoke = (one) => run(async () => {
    await act('badge.revoke', { badge: one });
    setSure('');
    return t('office.badge.revoked');
  });
  const button = (one) => (sure === one.number
    ? html`<${Button} harm onClick=${() => revoke(one.number)}>${t('office.badge.sure')}</${Button}>`
    : html`<${Button} onClick=${() => setSure(one.number)}>${t('office.badge.revoke')}</${Button}>`);
  return html`<h3>${t('office.badge.title')}</h3>
    <ul class="plain">${(list.rows || []).map((one) => html`<li class=${one.revoked ? 'off' : ''}><span class="code">${String(one.number).padStart(15, '0')}</span> ${one.revoked ? t('office.badge.is_revoked') : may('badge.revoke') ? button(one) : null}</li>`)}</ul>
    ${may('badge.add') ? html`<${Field} label=${t('office.badge.scan')} error=${text && badge === null ? t('office.badge.wrong') : ''}><input id="badge" inputmode="numeric" autocomplete="off" value=${text} onInput=${(e) => setText(e.target.value)} onKeyDown=${(e) => { if (e.key === 'Enter' && badge !== null) add(); }} /></${Field}>
    <div class="acts"><${Button} id="badge-add" why=${badge === null ? t('office.badge.wrong') : ''} onClick=${add}>${t('office.badge.add')}</${Button}></div>` : null}`;
}

function Left({ row, run }) {
  const [last, setLast] = useState(row.left_day || '');
  const save = () => run(async () => {
    await act('worker.left', { worker: row.worker, day: last, base: row.version });
    return last ? t('office.left.done', row.name, day(last)) : t('office.left.none', row.name);
  });
  return html`<h3>${t('office.left.title')}</h3>
    <${Field} label=${t('office.left.day')}><input id="left" placeholder="2026-03-31" value=${last} onInput=${(e) => setLast(e.target.value.trim())} /></${Field}>
    <div class="acts"><${Button} id="left-save" why=${last === (row.left_day || '') ? t('office.left.same') : ''} onClick=${save}>${t('office.left.save')}</${Button}></div>`;
}

// texts: office.worker.*, office.sign.*
const KIND = { list: 'workers', act: 'worker.save', id: (row) => `${row.worker}`, fixed: ['number'], of: { number: 'worker' }, start: { role: 'worker', lang: 'zh' } };

function Person({ row, columns, then }) {
  const crews = useList('crews', { limit: 500 }, ['master']);
  const table = useKinds().kinds.find((one) => one.name === 'workers');
  if (!table) return null;
  const fields = table.columns.filter((one) => !row || one.name !== 'badge');
  const choices = {
    crew: [['', '—'], ...(crews.rows || []).filter((one) => !one.off).map((one) => [one.crew, `${one.name} ${one.crew}`])],
    role: ['worker', 'supervisor'].map((one) => [one, word('worker', one)]),
    sign: [...WORDS].map((animal, i) => [String(i), animal]),
    colour: COLOURS.map((_, i) => [String(i), t(`office.colour.${i}`)]), // texts: office.colour.*
    lang: [['zh', '中文'], ['en', 'English']],
  };
  return html`<${MasterForm} kind=${KIND} row=${row} fields=${fields} headings=${headingsOf(KIND, fields, columns)} choices=${choices} then=${then} />`;
}

function Side({ row, columns, then }) {
  const [note, setNote] = useState(null);
  const run = async (what) => {
    setNote(null);
    try {
      setNote({ tone: 'green', text: await what() });
      then();
    } catch (e) {
      setNote({ tone: 'red', text: e.message });
    }
  };
  return html`${may('worker.save') ? html`<${Person} key=${row.worker} row=${row} columns=${columns} then=${() => then()} />` : html`<h2>${row.name} <small>${row.worker} · ${word('worker', row.role)}</small></h2>`}
    ${note ? html`<${Note} tone=${note.tone}>${note.text}</${Note}>` : null}
    ${store.me.lists.includes('badges') ? html`<${Badges} row=${row} run=${run} />` : null}
    ${may('worker.pin') && row.badges ? html`<${Pin} row=${row} run=${run} />` : null}
    <${Payee} worker=${row.worker} run=${run} />
    ${may('worker.left') ? html`<${Left} key=${row.version} row=${row} run=${run} />` : null}
    <${History} noun="worker" id=${String(row.worker)} />`;
}

export function Workers() {
  const { query } = store.route;
  const q = (query.get('q') || '').trim().toLowerCase();
  const list = useList('workers', { limit: 2000 }, ['master']);
  const crews = useList('crews', { limit: 500 }, ['master']);
  const crewOf = (one) => ((crews.rows || []).find((crew) => crew.crew === one.crew) || { name: one.crew }).name;
  const rows = (list.rows || []).filter((row) => !q || `${row.worker} ${row.name} ${row.crew} ${crewOf(row)}`.toLowerCase().includes(q));
  const at = query.get('at');
  const row = rows.find((one) => String(one.worker) === at);
  const isNew = may('worker.save') && !row && (!at || !!list.rows); // while his row is on its way no other form stands in its place
  const fresh = () => {
    stay({ at: '' });
    setTimeout(() => { const first = document.getElementById('field-number'); if (first) first.focus(); }, 0);
  };
  useKeys({ KeyN: () => (may('worker.save') ? fresh() : false), KeyE: () => { location.href = csvHref('workers', {}); }, Escape: () => (at ? stay({ at: '' }) : false) });
  useFoot(may('worker.save') ? t('office.masters.rule') : '', [['↑ ↓', t('office.key.row')], ...(may('worker.save') ? [['N', t('office.masters.new')], ['Ctrl+Enter', t('office.key.commit')]] : []), ['E', t('office.key.csv')], ['?', t('office.key.all')]]);
  const columns = [
    { key: 'worker', heading: t('office.col.worker'), show: (one) => one.worker },
    { key: 'name', heading: t('office.col.name'), show: (one) => html`<b>${one.name}</b>`, wide: true },
    { key: 'crew', heading: t('office.col.crew'), show: (one) => crewOf(one) || html`<i>—</i>`, value: crewOf },
    { key: 'role', heading: t('office.col.role'), show: (one) => word('worker', one.role) },
    { key: 'badges', heading: t('office.col.badges_n'), right: true, show: (one) => (one.badges ? count(one.badges) : html`<b class="amber">${count(0)}</b>`) },
    { key: 'has_pin', heading: t('office.col.has_pin'), show: (one) => (one.has_pin ? t('office.yes') : html`<i>—</i>`) },
    { key: 'left_day', heading: t('office.col.left_day'), show: (one) => (one.left_day ? day(one.left_day) : html`<i>—</i>`) },
  ];
  return html`<${PageHead} title=${t('office.page.workers')} text=${list.rows ? t('office.people', rows.length) : ''}><a class="button" href=${csvHref('workers', {})}>CSV <${Key} k="E" /></a>${may('worker.save') ? html`<${Button} id="new" k="N" onClick=${fresh}>${t('office.masters.new')}</${Button}>` : null}</${PageHead}>
    <div class="columns">
      <section class="list">
        <${Table} name="workers" question=${q} columns=${columns} rows=${rows} rowKey=${(one) => String(one.worker)} selected=${at} onSelect=${(key) => stay({ at: key })} sort=${query.get('sort') || 'worker'} onSort=${(s) => stay({ sort: s })}
          phone=${(one) => [one.name, `${crewOf(one)} ${word('worker', one.role)}`, String(one.worker)]} empty=${list.rows ? html`<${Empty}>${q ? t('office.notfound', q) : t('office.empty')}</${Empty}>` : null} />
      </section>
      ${row ? html`<${Whole} as="aside" name="side wide"><${Side} key=${row.worker} row=${row} columns=${list.columns} then=${list.load} /></${Whole}>` : isNew ? html`<${Whole} as="aside" name="side wide"><${Person} key="new" columns=${list.columns} then=${(value) => { list.load(); if (value) stay({ at: String(Number(value.number)) }); }} /></${Whole}>` : null}
    </div>`;
}
