// second.js - the second person of an act of two: he types his own name and password here, at the first one's machine, and
// sees what he confirms (texts: office.act.*). His password goes to the server alone and is kept nowhere.
import { useState } from 'preact/hooks';
import { post } from './api.js';
import { useKeys } from './keys.js';
import { Button, Field, html, Note } from './parts.js';
import { store } from './store.js';
import { t, word } from './words.js';

export function Second() {
  const asked = store.second;
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  // The fields are the browser's: what stands in them counts, however fast somebody types, or a scanner.
  const send = async (event) => {
    event.preventDefault();
    const [who, secret] = [...event.target.querySelectorAll('input')].map((field) => field.value);
    if (busy) return;
    if (!who.trim() || !secret) {
      setError(t('office.second.both'));
      return;
    }
    setBusy(true);
    setError('');
    try {
      asked.done((await post('/api/second', { name: who.trim(), password: secret, act: asked.id })).second);
    } catch (e) {
      setError(e.message);
      setBusy(false);
    }
  };
  useKeys({ Escape: () => asked.done(null) });
  return html`<div class="over"><form class="login" onSubmit=${send}>
    <h1>${t('office.second.title')}</h1>
    <p>${t('office.second.text', word('act', asked.name))}${asked.what ? html` <b>${asked.what}</b>` : null}</p>
    ${error ? html`<${Note} tone="red">${error}</${Note}>` : null}
    <${Field} label=${t('office.login.name')}><input id="second-name" autofocus autocapitalize="none" autocomplete="off" spellcheck="false" /></${Field}>
    <${Field} label=${t('office.login.password')}><input id="second-password" type="password" autocomplete="off" /></${Field}>
    <div class="acts"><${Button} main type="submit" id="second-do" k="Enter">${t('office.second.act')}</${Button}>
    <${Button} id="second-no" k="Esc" onClick=${() => asked.done(null)}>${t('office.cancel')}</${Button}></div>
  </form></div>`;
}
