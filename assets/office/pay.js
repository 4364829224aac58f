// pay.js - who earned what in a span of days: by worker, down to the scans; held pieces stay outside the sum.
import { useMemo } from 'preact/hooks';
import { csvHref } from './api.js';
import { useKeys } from './keys.js';
import { useList, Whole } from './lists.js';
import { Count, Empty, Figure, html, Key, PageHead, useFoot } from './parts.js';
import { Period } from './period.js';
import { Sign } from './sign.js';
import { Span, spanOf } from './span.js';
import { go, href, stay, store } from './store.js';
import { Table } from './table.js';
import { Bars, daysOf, found, Hinders, number3, useBars } from './wages.js';
import { count, fen, t } from './words.js';

// Without a span of its own the page is that of the pay period.
export function Pay() {
  return store.route.query.get('from') ? html`<${PaySpan} />` : html`<${Period} />`;
}

function PaySpan() {
  const { query } = store.route;
  const span = spanOf(query);
  const q = query.get('q') || '';
  const sort = query.get('sort') || 'worker';
  const list = useList('wages', span, ['pay', 'master']);
  const bars = useBars(span);
  const days = useMemo(() => daysOf(span), [span.from, span.to]);
  const onlyHeld = query.get('held') === '1';
  const rows = (list.rows || []).filter((row) => found(row, q) && (!onlyHeld || row.held > 0));
  const isAll = list.rows && rows.length === list.rows.length && !list.next;
  const sum = (key) => (isAll ? list.total[key] : rows.reduce((n, row) => n + row[key], 0));
  const selected = query.get('at') ? Number(query.get('at')) : null;
  const open = (row) => go(`pay/${row.worker}`, span);
  useKeys({
    KeyE: () => { location.href = csvHref('wages', span); },
    KeyH: () => stay({ held: onlyHeld ? '' : '1' }),
    KeyP: () => print(),
  });
  useFoot(t('office.pay.rule'), [['↑ ↓', t('office.key.row')], ['Enter', t('office.key.scans')], ['H', t('office.key.held')], ['E', t('office.key.csv')], ['?', t('office.key.all')]]);
  const columns = [
    { key: 'worker', heading: t('office.col.worker'), width: 64, show: (row) => (row.worker ? number3(row.worker) : '—') },
    { key: 'name', heading: t('office.col.name'), show: (row) => html`<a class="name" href=${href(`pay/${row.worker}`, span)} tabindex="-1"><${Sign} animal=${row.sign} colour=${row.colour} /><span>${row.name || t('office.nobody')}</span></a>`, value: (row) => row.name },
    { key: 'crew', heading: t('office.col.crew'), show: (row) => row.crew, narrow: true },
    { key: 'bars', heading: t('office.pay.bars'), sorts: false, narrow: true, show: (row) => html`<${Bars} days=${days} byDay=${bars && bars[row.worker]} />` },
    { key: 'days', heading: t('office.col.days'), right: true, show: (row) => html`<${Count} value=${row.days} />`, narrow: true },
    { key: 'facts', heading: t('office.col.facts'), right: true, show: (row) => html`<${Count} value=${row.facts} />` },
    { key: 'pieces', heading: t('office.col.pieces'), right: true, show: (row) => html`<${Count} value=${row.pieces} />` },
    { key: 'held', heading: t('office.col.held'), right: true, show: (row) => (row.held ? html`<b class="amber">${count(row.held)}</b>` : html`<i>—</i>`) },
    { key: 'fen', heading: t('office.col.fen'), right: true, show: (row) => html`<b class="lead"><${Figure} value=${row.fen} show=${fen} /></b>` },
  ];
  const sums = list.rows && {
    worker: t('office.sum'), name: t('office.people', rows.length), days: '', facts: count(sum('facts')), pieces: count(sum('pieces')),
    held: sum('held') ? html`<b class="amber">${count(sum('held'))}</b>` : '—', fen: fen(sum('fen')), phone: [t('office.people', rows.length), fen(sum('fen'))],
  };
  return html`<${PageHead} title=${t('office.page.pay')} text=${list.rows ? t('office.people', list.rows.length) : ''}>
      <${Span} page="pay" keep=${{ sort: query.get('sort') || '', q }} />
      <a class="button" href=${href('pay')} id="to-period">${t('office.period.back')}</a>
      <a class="button" id="csv" href=${csvHref('wages', span)}>CSV <${Key} k="E" /></a>
    </${PageHead}>
    <div class="columns">
      <section class="list">
        ${list.next ? html`<div class="note amber">${t('office.cut', list.rows.length)}</div>` : null}
        <${Table} name="wages" question=${`${span.from} ${span.to} ${q} ${onlyHeld}`} columns=${columns} rows=${rows} rowKey=${(row) => row.worker} row=${29} sort=${sort} onSort=${(s) => stay({ sort: s })}
          selected=${selected} onSelect=${(key) => stay({ at: key })} onOpen=${open} sums=${sums}
          phone=${(row) => [row.name || t('office.nobody'), t('office.pay.phone', number3(row.worker), count(row.pieces), count(row.held)), fen(row.fen)]}
          empty=${list.rows ? html`<${Empty}>${q ? t('office.notfound', q) : t('office.pay.empty')} ${q ? null : html`<a href=${href('import')}>${t('office.pay.empty.next')}</a>`}</${Empty}>` : null} />
      </section>
      <${Whole} as="aside" name="side"><${Hinders} total=${list.total} /></${Whole}>
    </div>`;
}
