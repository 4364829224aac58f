// payee.js - whose pay goes where: what the wage law wants on a slip, and the bank.
import { act, useDraft } from './api.js';
import { useList } from './lists.js';
import { Button, Field, html } from './parts.js';
import { store } from './store.js';
import { t } from './words.js';

const FIELDS = ['id_number', 'phone', 'bank', 'account'];

function Form({ row, run }) {
  const kept = Object.fromEntries(FIELDS.map((name) => [name, row[name]]));
  const [draft, keep, drop] = useDraft(`payee.${row.worker}`, kept);
  const isSame = FIELDS.every((name) => draft[name].trim() === row[name]);
  const save = () => run(async () => {
    await act('payee.put', { worker: row.worker, base: row.version, ...Object.fromEntries(FIELDS.map((name) => [name, draft[name].trim()])) });
    drop();
    return t('office.payee.done', row.name);
  });
  return html`<h3>${t('office.payee.title')}</h3>
    ${FIELDS.map((name) => html`<${Field} label=${t(`office.col.${name}`)}><input id=${`payee-${name}`} autocomplete="off" maxlength="40" value=${draft[name]} onInput=${(e) => keep({ [name]: e.target.value })} /></${Field}>`)}
    <div class="acts"><${Button} id="payee-save" why=${isSame ? t('office.left.same') : ''} onClick=${save}>${t('office.payee.save')}</${Button}></div>`;
}

// run(what): does it, and shows its sentence.
export function Payee({ worker, run }) {
  const list = useList('payees', { worker }, ['master']);
  const row = (list.rows || [])[0];
  if (!row || !store.me.acts.includes('/api/act/payee.put')) return null;
  return html`<${Form} key=${row.version} row=${row} run=${run} />`;
}
