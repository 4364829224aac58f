// users.js - who may log in, with which roles; one-time links by which they set their passwords; who is logged in where.
import { useState } from 'preact/hooks';
import { act, csvHref, idMake } from './api.js';
import { History } from './changes.js';
import { useForm } from './form.js';
import { useKeys } from './keys.js';
import { useList, Whole } from './lists.js';
import { Button, Empty, Field, html, Key, Note, PageHead, useFoot } from './parts.js';
import { stay, store } from './store.js';
import { Table } from './table.js';
import { count, moment, t, word } from './words.js';

const ROLES = ['administrator', 'payroll', 'desk', 'finance', 'manager', 'supervisor', 'owner', 'taker', 'quoter', 'technical', 'shipping', 'qc'];
const LINK_DAYS = 7;
const NONE = { name: '', full_name: '', roles: '', is_off: false, version: 0 };
const may = (name) => store.me.acts.includes(`/api/act/${name}`);

function Sessions({ name, run }) {
  const list = useList('sessions', { limit: 500 }, ['user']);
  const [sure, setSure] = useState('');
  const rows = (list.rows || []).filter((one) => one.name === name);
  const end = (one) => run(async () => {
    await act('session.revoke', { session: one.session });
    setSure('');
    list.load();
    return t('office.user.session.done', moment(one.made));
  });
  const button = (one) => (one.session === store.me.session
    ? html`<b>${t('office.user.session.this')}</b>`
    : sure === one.session
      ? html`<${Button} harm id="session-sure" onClick=${() => end(one)}>${t('office.user.session.sure')}</${Button}>`
      : html`<${Button} id="session-end" onClick=${() => setSure(one.session)}>${t('office.user.session.end')}</${Button}>`);
  if (!list.rows) return null;
  return html`<h3>${t('office.user.sessions', rows.length)}</h3>
    <ul class="plain" id="sessions">${rows.map((one) => html`<li key=${one.session}><span>${t('office.user.session', moment(one.made), moment(one.until))}</span><span class="about">${one.peer}</span><span class="grow" />${button(one)}</li>`)}</ul>`;
}

function Form({ row, then }) {
  const form = useForm(`user.${row.name}`, { name: row.name, full: row.full_name, roles: row.roles, is_off: row.is_off });
  const draft = form.value;
  const [note, setNote] = useState(null);
  const [link, setLink] = useState('');
  const roles = draft.roles.split(' ').filter(Boolean);
  const toggle = (role) => form.put({ roles: ROLES.filter((one) => (one === role ? !roles.includes(role) : roles.includes(one))).join(' ') });
  const run = async (what) => {
    setNote(null);
    try {
      const text = await what();
      if (text) setNote({ tone: 'green', text });
    } catch (e) {
      setNote({ tone: 'red', text: e.message });
      if (e.status === 409) then(null);
    }
  };
  const save = () => run(async () => {
    const name = draft.name.trim();
    let base = row.version;
    if (!base || draft.full.trim() !== row.full_name || draft.roles !== row.roles) {
      await act('user.add', { name, full: draft.full.trim(), roles: draft.roles, base });
      base += 1;
    }
    if (draft.is_off !== row.is_off) await act('user.off', { name, off: draft.is_off, base });
    form.drop();
    then(name);
    return t('office.user.saved', draft.full || name);
  });
  const invite = () => run(async () => {
    const token = idMake() + idMake();
    await act('user.link', { user: row.name, token, until_ms: Date.now() + store.clockOff + LINK_DAYS * 86400000 });
    setLink(`${location.origin}/login/${token}`);
  });
  const clashes = Object.keys(form.clash);
  const shownOf = (field) => (field === 'roles' ? form.clash.roles.split(' ').map((role) => word('role', role)).join(' ') : field === 'is_off' ? t(form.clash.is_off ? 'office.yes' : 'office.no') : form.clash[field] || '—');
  const why = !draft.name.trim() ? t('office.user.name') : !roles.length ? t('office.user.roles') : row.version && !form.isTyped ? t('office.user.same') : '';
  useKeys({ 'Ctrl+Enter': () => (why ? false : save()) });
  return html`<h2>${row.version ? row.full_name || row.name : t('office.user.new')}</h2>
    ${clashes.length ? html`<${Note} tone="red">${t('office.user.clash')} ${clashes.map((field) => html`${t('office.masters.now', shownOf(field))} <a href="#" onClick=${(e) => { e.preventDefault(); form.put({ [field]: form.clash[field] }); }}>${t('office.form.take')}</a> `)}</${Note}>` : null}
    <${Field} label=${t('office.col.user')}><input id="user-name" value=${draft.name} disabled=${row.version > 0} maxlength="63" autocapitalize="none" spellcheck="false" onInput=${(e) => form.put({ name: e.target.value })} /></${Field}>
    <${Field} label=${t('office.col.full_name')}><input id="user-full" value=${draft.full} maxlength="60" onInput=${(e) => form.put({ full: e.target.value })} /></${Field}>
    <div class="roles">${ROLES.map((role) => html`<label><input type="checkbox" id=${`role-${role}`} checked=${roles.includes(role)} onChange=${() => toggle(role)} />${t(`office.role.${role}`)}</label>`)}</div>
    ${row.version ? html`<label class="check"><input type="checkbox" id="user-off" checked=${draft.is_off} onChange=${(e) => form.put({ is_off: e.target.checked })} />${t('office.user.off')}</label>` : null}
    ${note ? html`<${Note} tone=${note.tone}>${note.text}</${Note}>` : null}
    <div class="acts"><${Button} main id="save" k="Ctrl Enter" why=${why} onClick=${save}>${t('office.user.save', draft.full || draft.name)}</${Button}>
      ${row.version ? html`<${Button} id="link" onClick=${invite}>${t('office.user.link')}</${Button}>` : null}
      ${form.isTyped ? html`<${Button} id="drop" onClick=${() => { form.drop(); setNote(null); }}>${t('office.masters.drop')}</${Button}>` : null}</div>
    ${why ? html`<small class="why">${why}</small>` : null}
    ${link ? html`<${Note} tone="blue">${t('office.user.link.text')}<p class="token" id="link-text">${link}</p></${Note}>` : null}
    ${row.version ? html`<${Sessions} name=${row.name} run=${run} />` : null}
    ${row.version ? html`<${History} noun="user" id=${row.name} topics=${['user']} />` : null}
    <small class="why">${t('office.user.slow')}</small>`;
}

export function Users() {
  const { query } = store.route;
  const q = (query.get('q') || '').trim().toLowerCase();
  const list = useList('users', { limit: 500 }, ['user']);
  const words = (one) => one.roles.split(' ').filter(Boolean).map((role) => word('role', role)).join(' ');
  const rows = (list.rows || []).filter((row) => !q || `${row.name} ${row.full_name} ${words(row)}`.toLowerCase().includes(q));
  const at = query.get('at');
  const row = rows.find((one) => one.name === at) || NONE;
  useKeys({ KeyN: () => { stay({ at: '' }); setTimeout(() => { const field = document.getElementById('user-name'); if (field) field.focus(); }, 0); }, KeyE: () => { location.href = csvHref('users', {}); }, Escape: () => (at ? stay({ at: '' }) : false) });
  useFoot(t('office.user.rule'), [['↑ ↓', t('office.key.row')], ['N', t('office.user.new')], ['Ctrl+Enter', t('office.key.commit')], ['E', t('office.key.csv')], ['?', t('office.key.all')]]);
  const columns = [
    { key: 'name', heading: t('office.col.user'), show: (one) => html`<b>${one.name}</b>` },
    { key: 'full_name', heading: t('office.col.full_name'), show: (one) => one.full_name, wide: true },
    { key: 'roles', heading: t('office.col.roles'), show: words, wide: true },
    { key: 'has_password', heading: t('office.col.has_password'), show: (one) => (one.has_password ? t('office.yes') : html`<b class="amber">${t('office.no')}</b>`) },
    { key: 'is_off', heading: t('office.col.is_off'), show: (one) => (one.is_off ? html`<b class="red">${t('office.yes')}</b>` : html`<i>—</i>`) },
  ];
  return html`<${PageHead} title=${t('office.page.users')} text=${list.rows ? t('office.people', count(rows.length)) : ''}><a class="button" href=${csvHref('users', {})}>CSV <${Key} k="E" /></a></${PageHead}>
    <div class="columns">
      <section class="list">
        <${Table} name="users" question=${q} columns=${columns} rows=${rows} rowKey=${(one) => one.name} selected=${at} onSelect=${(key) => stay({ at: key })} sort=${query.get('sort') || 'name'} onSort=${(s) => stay({ sort: s })}
          phone=${(one) => [one.full_name || one.name, words(one), one.name]} empty=${list.rows ? html`<${Empty}>${t('office.notfound', q)}</${Empty}>` : null} />
      </section>
      ${may('user.add') ? html`<${Whole} as="aside" name="side wide"><${Form} key=${row.name} row=${row} then=${(name) => { list.load(); if (name && store.route.page === 'users' && (store.route.query.get('at') || '') === (at || '')) stay({ at: name }); }} /></${Whole}>` : null}
    </div>`;
}
