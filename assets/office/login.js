// login.js - logs in by name and password, or sets a password by a one-time link.
import { useEffect, useRef, useState } from 'preact/hooks';
import { post } from './api.js';
import { Button, Field, html, Note } from './parts.js';
import { store } from './store.js';
import { t } from './words.js';

// The server checks one password at a time: whoever comes second asks again, which nobody need notice.
async function patiently(path, body) {
  for (let tries = 0; ; tries++) {
    try {
      return await post(path, body);
    } catch (e) {
      if (!(e.status === 429 && e.say && e.say[0] === 'login.busy') || tries > 20) throw e;
      await new Promise((then) => setTimeout(then, 300 + Math.random() * 300));
    }
  }
}

function Form({ title, text, error, busy, onSubmit, children, act }) {
  const submit = (event) => {
    event.preventDefault();
    if (!busy) onSubmit();
  };
  return html`<form class="login" onSubmit=${submit}>
    <div class="brand"><img src="/office/icon.svg" width="28" height="28" alt="" />${t('office.name')}</div>
    <h1>${title}</h1>
    ${text ? html`<p>${text}</p>` : null}
    ${children}
    ${error ? html`<${Note} tone="red">${error}</${Note}>` : null}
    <${Button} main type="submit" id="login" why=${busy ? t('office.wait') : ''}>${act}</${Button}>
  </form>`;
}

function ByLink({ token, then }) {
  const [who, setWho] = useState(null);
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    post('/api/login/link', { token }).then(setWho, (e) => setError(e.message));
  }, [token, store.lang]);
  const submit = async () => {
    if (password !== again) {
      setError(t('office.login.differ'));
      return;
    }
    setBusy(true);
    setError('');
    try {
      await patiently('/api/login/password', { token, password });
      history.replaceState(null, '', '/');
      await then();
    } catch (e) {
      setError(e.message);
    }
    setBusy(false);
  };
  if (!who) {
    return html`<div class="login"><div class="brand"><img src="/office/icon.svg" width="28" height="28" alt="" />${t('office.name')}</div>
      ${error ? html`<${Note} tone="red">${error}</${Note}><p><a href="/">${t('office.login.to')}</a></p>` : null}</div>`;
  }
  return html`<${Form} title=${t('office.login.set', who.full || who.user)} text=${t('office.login.rule', who.least)} error=${error} busy=${busy} onSubmit=${submit} act=${t('office.login.keep')}>
    <input type="hidden" name="username" autocomplete="username" value=${who.user} />
    <${Field} label=${t('office.login.name')}><input value=${who.user} disabled /></${Field}>
    <${Field} label=${t('office.login.new')}><input id="password" type="password" autocomplete="new-password" value=${password} onInput=${(e) => setPassword(e.target.value)} /></${Field}>
    <${Field} label=${t('office.login.repeat')}><input id="again" type="password" autocomplete="new-password" value=${again} onInput=${(e) => setAgain(e.target.value)} /></${Field}>
  </${Form}>`;
}

function ByName({ then, name }) {
  const [user, setUser] = useState(name || localStorage.getItem('baogong.user') || '');
  const [password, setPassword] = useState('');
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const first = useRef(null);
  useEffect(() => first.current && first.current.focus(), []);
  const submit = async () => {
    setBusy(true);
    setError('');
    try {
      await patiently('/api/login', { name: user.trim(), password });
      localStorage.setItem('baogong.user', user.trim());
      setPassword('');
      await then();
    } catch (e) {
      setError(e.message);
    }
    setBusy(false);
  };
  return html`<${Form} title=${t('office.login.title')} text=${name ? t('office.login.out') : ''} error=${error} busy=${busy} onSubmit=${submit} act=${t('office.login.act')}>
    <${Field} label=${t('office.login.name')}><input id="name" autocomplete="username" autocapitalize="none" spellcheck="false" value=${user} ref=${user ? null : first} onInput=${(e) => setUser(e.target.value)} /></${Field}>
    <${Field} label=${t('office.login.password')}><input id="password" type="password" autocomplete="current-password" value=${password} ref=${user ? first : null} onInput=${(e) => setPassword(e.target.value)} /></${Field}>
  </${Form}>`;
}

export const Login = ({ token, then, name }) => (token ? html`<${ByLink} token=${token} then=${then} />` : html`<${ByName} then=${then} name=${name} />`);
