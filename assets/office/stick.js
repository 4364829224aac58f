// stick.js - what a kiosk without a network wrote on a USB stick: each of its signed requests goes to the kiosks' own door.
import { useState } from 'preact/hooks';
import { Button, FilePick, html, Note } from './parts.js';
import { count, t } from './words.js';

const DOOR = '/kiosk/1/events';

// The requests of a file that is whole; a sentence where it was cut off.
function requestsOf(text) {
  const lines = text.split('\n').filter((line) => line !== '');
  let all;
  try {
    all = lines.map((line) => JSON.parse(line));
  } catch (e) {
    throw new Error(t('office.stick.cut'));
  }
  const end = all.pop();
  if (!text.endsWith('\n') || !end || end.end !== all.length) throw new Error(t('office.stick.cut'));
  if (all.some((one) => one.path !== DOOR || typeof one.body !== 'string')) throw new Error(t('office.stick.other'));
  return { all, events: end.events };
}

// One request: taken, or why not.
async function give(one) {
  const response = await fetch(DOOR, { method: 'POST', body: one.body, headers: { 'Baogong-Kiosk': one.kiosk, 'Baogong-Nonce': one.nonce, 'Baogong-Mac': one.mac } });
  const answer = await response.json();
  if (!response.ok) throw new Error(response.status === 401 ? t('office.stick.mac') : answer.text || t('office.error.status', response.status));
  if (answer.state === 'wait') throw new Error(t('office.stick.wait'));
  if (answer.state !== 'taken') throw new Error(t('office.stick.from'));
}

export function Stick({ rows, then }) {
  const [file, setFile] = useState(null);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState(null);
  const send = async () => {
    setBusy(true);
    setSaid(null);
    try {
      const { all, events } = requestsOf(await file.text());
      for (const one of all) await give(one); // in their order: each continues the one before it
      const kiosk = rows.find((row) => all.length && row.kiosk === all[0].kiosk);
      setSaid({ tone: 'green', text: t('office.stick.done', kiosk ? kiosk.name || kiosk.station : '', count(events)) });
      then();
    } catch (error) {
      setSaid({ tone: 'red', text: error.name === 'NotReadableError' ? t('office.import.changed') : error.message });
    }
    setBusy(false);
  };
  return html`<h2>${t('office.stick')}</h2>
    <p class="about">${t('office.stick.about')}</p>
    <${FilePick} label=${t('office.stick.file')} id="stick" accept=".jsonl" file=${file} onPick=${(one) => { setFile(one); setSaid(null); }} />
    <${Button} id="stick-take" why=${file ? (busy ? t('office.wait') : '') : t('office.import.nofile')} onClick=${send}>${t('office.stick.take')}</${Button}>
    ${said ? html`<${Note} tone=${said.tone}><span id="stick-said">${said.text}</span></${Note}>` : null}`;
}
