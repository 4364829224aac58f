// import.js - CSV files into the books: always tried first, then all or nothing.
import { useState } from 'preact/hooks';
import { idMake, post } from './api.js';
import { useKeys } from './keys.js';
import { Button, html, Note, PageHead, useFoot } from './parts.js';
import { stay, store } from './store.js';
import { count, t } from './words.js';

// texts: office.import.kind.*
const KINDS = ['orders', 'workers', 'crews', 'operations', 'stations', 'routings', 'rates', 'reasons', 'settings'];

function Outcome({ outcome }) {
  if (outcome.error) {
    const rows = (outcome.error.answer && outcome.error.answer.rows) || [];
    return html`<${Note} tone="red">${outcome.error.message}</${Note}>
      ${rows.length ? html`<div class="table"><table id="import-errors"><thead><tr><th>${t('office.import.line')}</th><th>${t('office.import.column')}</th><th>${t('office.import.value')}</th><th>${t('office.col.reason')}</th></tr></thead>
        <tbody>${rows.slice(0, 500).map((row) => html`<tr><td>${row.line}</td><td>${row.column}</td><td class="wide">${row.value}</td><td class="wide">${row.text}</td></tr>`)}</tbody></table></div>` : null}`;
  }
  const { answer, isDry } = outcome;
  return html`<${Note} tone=${isDry ? 'blue' : 'green'}>${t(isDry ? 'office.import.would' : 'office.import.did', count(answer.rows || 0), count(answer.made || 0), count(answer.changed || 0), count(answer.unchanged || 0))}</${Note}>`;
}

export function Import() {
  const { query } = store.route;
  const kind = KINDS.includes(query.get('kind')) ? query.get('kind') : KINDS[0];
  const [file, setFile] = useState(null);
  const [outcome, setOutcome] = useState(null);
  const [busy, setBusy] = useState(false);
  const [id, setId] = useState(idMake);
  const send = async (isDry) => {
    if (!file || busy) return;
    setBusy(true);
    try {
      const answer = await post(`/api/import/${kind}?${isDry ? 'dry_run=1' : `id=${id}`}`, await file.arrayBuffer(), 'text/csv');
      setOutcome({ answer, isDry });
      if (!isDry) setId(idMake());
    } catch (error) {
      setOutcome({ error });
    }
    setBusy(false);
  };
  const pick = (one) => {
    setFile(one);
    setOutcome(null);
    setId(idMake());
  };
  const isTried = outcome && outcome.isDry && outcome.answer;
  useKeys({ 'Ctrl+Enter': () => send(!isTried) });
  useFoot(t('office.import.rule'), [['Ctrl+Enter', t('office.key.commit')], ['?', t('office.key.all')]]);
  return html`<${PageHead} title=${t('office.page.import')} text=${t('office.import.about')} />
    <div class="scroll form" onDragOver=${(e) => e.preventDefault()} onDrop=${(e) => { e.preventDefault(); pick(e.dataTransfer.files[0] || null); }}>
      <div class="chips">${KINDS.map((one) => html`<a key=${one} class=${`chip${one === kind ? ' on' : ''}`} href="#" onClick=${(e) => { e.preventDefault(); stay({ kind: one }); setOutcome(null); }}>${t(`office.import.kind.${one}`)}</a>`)}</div>
      <label class="field"><span>${t('office.import.file')}</span><input type="file" id="file" accept=".csv,text/csv" onChange=${(e) => pick(e.target.files[0] || null)} /></label>
      <div class="acts">
        <${Button} main=${!isTried} id="try" why=${file ? (busy ? t('office.wait') : '') : t('office.import.nofile')} onClick=${() => send(true)}>${t('office.import.try')}</${Button}>
        <${Button} main=${isTried} id="import" why=${isTried ? (busy ? t('office.wait') : '') : t('office.import.first')} onClick=${() => send(false)}>${isTried ? t('office.import.act', count(outcome.answer.rows || 0)) : t('office.page.import')}</${Button}>
      </div>
      ${outcome ? html`<${Outcome} outcome=${outcome} />` : null}
    </div>`;
}
