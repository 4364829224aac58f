// users.js - who may log in, with which roles; one-time links by which they set their passwords.
import { useState } from 'preact/hooks';
import { act, idMake, useDraft, useList } from './api.js';
import { useKeys } from './keys.js';
import { Button, Empty, Failed, Field, html, Note, PageHead, useFoot } from './parts.js';
import { stay, store } from './store.js';
import { Table } from './table.js';
import { t } from './words.js';

const ROLES = ['administrator', 'payroll', 'desk', 'finance', 'manager', 'supervisor', 'owner', 'taker', 'quoter', 'technical'];
const LINK_DAYS = 7;
const NONE = { name: '', full_name: '', roles: '', is_off: false, version: 0 };

function Form({ row, then }) {
  const [draft, keep, drop] = useDraft(`user.${row.name}`, { name: row.name, full: row.full_name, roles: row.roles, is_off: row.is_off });
  const [error, setError] = useState('');
  const [link, setLink] = useState('');
  const roles = draft.roles.split(' ').filter(Boolean);
  const toggle = (role) => keep({ roles: (roles.includes(role) ? roles.filter((one) => one !== role) : ROLES.filter((one) => one === role || roles.includes(one))).join(' ') });
  const run = async (what) => {
    setError('');
    try {
      await what();
    } catch (e) {
      setError(e.message);
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
    drop();
    then(draft.name.trim());
  });
  const invite = () => run(async () => {
    const token = idMake() + idMake();
    await act('user.link', { user: row.name, token, until_ms: Date.now() + store.clockOff + LINK_DAYS * 86400000 });
    setLink(`${location.origin}/login/${token}`);
  });
  const why = !draft.name.trim() ? t('office.user.name') : !roles.length ? t('office.user.roles') : '';
  useKeys({ 'Ctrl+Enter': () => (why ? false : save()) });
  return html`<h2>${row.version ? row.full_name || row.name : t('office.user.new')}</h2>
    <${Field} label=${t('office.col.user')}><input id="user-name" value=${draft.name} disabled=${row.version > 0} autocapitalize="none" spellcheck="false" onInput=${(e) => keep({ name: e.target.value })} /></${Field}>
    <${Field} label=${t('office.col.full_name')}><input id="user-full" value=${draft.full} onInput=${(e) => keep({ full: e.target.value })} /></${Field}>
    <div class="roles">${ROLES.map((role) => html`<label><input type="checkbox" id=${`role-${role}`} checked=${roles.includes(role)} onChange=${() => toggle(role)} />${t(`office.role.${role}`)}</label>`)}</div>
    ${row.version ? html`<label class="check"><input type="checkbox" id="user-off" checked=${draft.is_off} onChange=${(e) => keep({ is_off: e.target.checked })} />${t('office.user.off')}</label>` : null}
    ${error ? html`<${Note} tone="red">${error}</${Note}>` : null}
    <div class="acts"><${Button} main id="save" k="Ctrl Enter" why=${why} onClick=${save}>${t('office.user.save', draft.full || draft.name)}</${Button}>
      ${row.version ? html`<${Button} id="link" onClick=${invite}>${t('office.user.link')}</${Button}>` : null}</div>
    ${why ? html`<small class="why">${why}</small>` : null}
    ${link ? html`<${Note} tone="blue">${t('office.user.link.text')}<p class="token" id="link-text">${link}</p></${Note}>` : null}`;
}

export function Users() {
  const { query } = store.route;
  const q = (query.get('q') || '').trim().toLowerCase();
  const list = useList('users', { limit: 500 }, ['user']);
  const rows = (list.rows || []).filter((row) => !q || row.name.toLowerCase().includes(q) || row.full_name.toLowerCase().includes(q));
  const at = query.get('at');
  const row = rows.find((one) => one.name === at) || NONE;
  const may = store.me.acts.includes('/api/act/user.add');
  useKeys({ KeyN: () => { stay({ at: '' }); const field = document.getElementById('user-name'); if (field) field.focus(); }, Escape: () => stay({ at: '' }) });
  useFoot(t('office.user.rule'), [['↑ ↓', t('office.key.row')], ['N', t('office.user.new')], ['Ctrl+Enter', t('office.key.commit')], ['?', t('office.key.all')]]);
  const words = (one) => one.roles.split(' ').filter(Boolean).map((role) => t(`office.role.${role}`)).join(' ');
  const columns = [
    { key: 'name', heading: t('office.col.user'), show: (one) => html`<b>${one.name}</b>` },
    { key: 'full_name', heading: t('office.col.full_name'), show: (one) => one.full_name, wide: true },
    { key: 'roles', heading: t('office.col.roles'), show: words, wide: true },
    { key: 'has_password', heading: t('office.col.has_password'), show: (one) => t(one.has_password ? 'office.yes' : 'office.no') },
    { key: 'is_off', heading: t('office.col.is_off'), show: (one) => (one.is_off ? html`<b class="red">${t('office.yes')}</b>` : html`<i>—</i>`) },
  ];
  return html`<${PageHead} title=${t('office.page.users')} text=${list.rows ? t('office.people', rows.length) : ''} />
    <div class="columns">
      <section class="list"><${Failed} list=${list} />
        <${Table} name="users" question=${q} columns=${columns} rows=${rows} rowKey=${(one) => one.name} selected=${at} onSelect=${(key) => stay({ at: key })} sort=${query.get('sort') || 'name'} onSort=${(s) => stay({ sort: s })} isOld=${list.isStale}
          phone=${(one) => [one.full_name || one.name, words(one), one.name]} empty=${list.rows ? html`<${Empty}>${t('office.notfound', q)}</${Empty}>` : null} />
      </section>
      ${may ? html`<aside class="side"><${Form} key=${row.name} row=${row} then=${(name) => { list.load(); stay({ at: name }); }} /></aside>` : null}
    </div>`;
}
