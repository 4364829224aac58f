// status.js - where an order is, computed from its progress: what is missing for a set, the expected day, the sentence for the
// telephone (without prices).
import { store } from './store.js';
import { count, day, dayAdd, sheet, t } from './words.js';

const doneOf = (row) => row.good + row.bad;
const days = (from, to) => Math.round((new Date(to) - new Date(from)) / 86400000);

// By how many days the slowest open operation is behind its due day: so much later the order will be [R31].
export function expectedOf(all) {
  const order = all.order || {};
  const due = Object.fromEntries((all.due.rows || []).map((row) => [`${row.line}/${row.op}`, row.due]));
  const open = (all.progress.rows || []).filter((row) => doneOf(row) < row.planned);
  if (!order.due || !(all.progress.rows || []).length) return { day: order.due, behind: 0, words: '' };
  if (!open.length) return { day: order.due, behind: 0, isDone: true, words: t('office.due.done') };
  const today = store.me.today;
  const worst = Math.max(0, ...open.map((row) => (due[`${row.line}/${row.op}`] ? days(due[`${row.line}/${row.op}`], today) : 0)));
  const late = Math.max(0, days(order.due, today));
  const expected = dayAdd(order.due, Math.max(worst, late));
  return { day: expected, behind: Math.max(worst, late), words: t('office.order.expected', day(expected)) };
}

// Doors whose parts are all there, by part: a set is as many as its scarcest part [set complete].
export function setOf(rows, quantity) {
  const parts = {};
  rows.filter((row) => row.part !== 'door').forEach((row) => {
    const per = Math.max(1, Math.round(row.planned / quantity));
    const doors = Math.floor(row.good / per);
    parts[row.part] = Math.min(parts[row.part] === undefined ? Infinity : parts[row.part], doors);
  });
  const names = Object.keys(parts);
  if (names.length < 2) return null;
  const ready = Math.min(quantity, ...names.map((name) => parts[name]));
  return { ready, missing: names.filter((name) => parts[name] < quantity).map((name) => [name, quantity - parts[name]]) };
}

// The operations of all lines in one row, each as far as its slowest part.
export function sentenceOf(all) {
  const order = all.order;
  const rows = all.progress.rows || [];
  const byOp = new Map();
  rows.forEach((row) => {
    const one = byOp.get(row.op) || { name: row.op_name, planned: 0, done: 0 };
    one.planned += row.planned;
    one.done += Math.min(row.planned, doneOf(row));
    byOp.set(row.op, one);
  });
  const ops = [...byOp.entries()].sort((a, b) => a[0] - b[0]).map((one) => one[1]);
  const done = ops.filter((one) => one.done >= one.planned).length;
  const now = ops.find((one) => one.done < one.planned);
  const expected = expectedOf(all);
  const begin = `${sheet(all.id)} ${order.customer} ${t('office.doors.n', count(order.quantity))}`;
  if (!ops.length) return t('office.sentence.before', begin, order.due ? day(order.due) : '—');
  if (!now) return t('office.sentence.done', begin);
  return t('office.sentence.now', begin, `${done}/${ops.length}`, `${now.name} ${now.done}/${now.planned}`, day(expected.day));
}
