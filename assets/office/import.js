// import.js - CSV files and workbooks into the books: always tried first, then all or nothing. texts: office.import.kind.*
import { useEffect, useState } from 'preact/hooks';
import { get, idMake, post } from './api.js';
import { useKeys } from './keys.js';
import { Button, FilePick, html, Note, PageHead, useFoot } from './parts.js';
import { stay, store } from './store.js';
import { count, t } from './words.js';

const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

// Headings that the file may have, in either language; the bold ones must be there.
function Columns({ kind }) {
  if (!kind) return null;
  const heading = (column) => (store.lang === 'zh' ? column.zh : column.name);
  const file = `data:text/csv;charset=utf-8,${encodeURIComponent(`\ufeff${kind.columns.map(heading).join(',')}\r\n`)}`;
  return html`<p class="about">${t('office.import.columns')} ${kind.columns.map((column) => html`<span class="column">${column.needed ? html`<b>${heading(column)}</b>` : heading(column)}</span> `)}
    <a href=${file} download=${`${kind.name}.csv`}>${t('office.import.empty')}</a></p>`;
}

function Outcome({ outcome }) {
  if (outcome.error) {
    const rows = (outcome.error.answer && outcome.error.answer.rows) || [];
    return html`<${Note} tone="red">${outcome.error.message}</${Note}>
      ${rows.length ? html`<div class="table"><table id="import-errors"><thead><tr><th>${t('office.import.line')}</th><th>${t('office.import.column')}</th><th>${t('office.import.value')}</th><th>${t('office.col.reason')}</th></tr></thead>
        <tbody>${rows.slice(0, 500).map((row) => html`<tr><td>${row.line}</td><td>${row.column}</td><td class="whole">${row.value}</td><td class="whole">${row.text}</td></tr>`)}</tbody></table></div>` : null}`;
  }
  const { answer, isDry } = outcome;
  return html`<${Note} tone=${isDry ? 'blue' : 'green'}>${t(isDry ? 'office.import.would' : 'office.import.did', count(answer.rows || 0), count(answer.made || 0), count(answer.changed || 0), count(answer.unchanged || 0))}</${Note}>`;
}

export function Import() {
  const { query } = store.route;
  const [kinds, setKinds] = useState([]);
  useEffect(() => {
    get('/api/kinds').then((answer) => setKinds(answer.kinds), (error) => setOutcome({ error }));
  }, []);
  const kind = (kinds.find((one) => one.name === query.get('kind')) || kinds[0] || {}).name;
  const [file, setFile] = useState(null);
  const [outcome, setOutcome] = useState(null);
  const [busy, setBusy] = useState(false);
  const [id, setId] = useState(idMake);
  const send = async (isDry) => {
    if (!file || !kind || busy) return;
    setBusy(true);
    try {
      // What it is, the server sees by its bytes.
      const answer = await post(`/api/import/${kind}?${isDry ? 'dry_run=1' : `id=${id}`}`, await file.arrayBuffer(), /\.xlsx$/i.test(file.name) ? WORKBOOK : 'text/csv');
      setOutcome({ answer, isDry });
      if (!isDry) setId(idMake());
    } catch (error) {
      // Saved again in a spreadsheet meanwhile: the browser then wants it chosen anew.
      setOutcome({ error: error.name === 'NotReadableError' ? { message: t('office.import.changed') } : error });
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
      <div class="chips">${kinds.map(({ name: one }) => html`<a key=${one} class=${`chip${one === kind ? ' on' : ''}`} href="#" onClick=${(e) => { e.preventDefault(); stay({ kind: one }); setOutcome(null); }}>${t(`office.import.kind.${one}`)}</a>`)}</div>
      <${Columns} kind=${kinds.find((one) => one.name === kind)} />
      <${FilePick} label=${t('office.import.file')} id="file" accept=${`.csv,.xlsx,text/csv,${WORKBOOK}`} file=${file} onPick=${pick} />
      <div class="acts">
        <${Button} main=${!isTried} id="try" why=${file ? (busy || !kind ? t('office.wait') : '') : t('office.import.nofile')} onClick=${() => send(true)}>${t('office.import.try')}</${Button}>
        <${Button} main=${isTried} id="import" why=${isTried ? (busy ? t('office.wait') : '') : t('office.import.first')} onClick=${() => send(false)}>${isTried ? t('office.import.act', count(outcome.answer.rows || 0)) : t('office.page.import')}</${Button}>
      </div>
      ${outcome ? html`<${Outcome} outcome=${outcome} />` : null}
    </div>`;
}
