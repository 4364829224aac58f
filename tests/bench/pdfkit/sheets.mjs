// sheets.mjs - the peer of baogong-labels: the same sheets from the same file, by pdfkit and bwip-js, as one would write it
// who sets no value on typography: every text and line of the sheet, the picture once, both codes as rectangles.
import { readFileSync, createWriteStream } from 'node:fs';
import PDFDocument from 'pdfkit';
import bwip from 'bwip-js';

const [, , file, fonts, picture, out] = process.argv;
const MM = 72 / 25.4;
const { factory, sheets } = JSON.parse(readFileSync(file, 'utf8'));
const FIELDS = ['product', 'brand', 'material', 'style', 'opening_size', 'wall', 'leaf_size', 'colour', 'opening', 'lock', 'closer', 'hardware',
  'decor', 'frame', 'architrave', 'process', 'drawing', 'technical'];
const COLUMNS = [7, 20, 13.5, 13.5, 18.8, 16, 36.4, 16, 14, 19, 11.8];
const doc = new PDFDocument({ autoFirstPage: false });
doc.pipe(createWriteStream(out));
doc.registerFont('regular', `${fonts}/regular.otf`);
doc.registerFont('bold', `${fonts}/bold.otf`);
const image = doc.openImage(picture);

const text = (x, y, em, words, bold) => doc.font(bold ? 'bold' : 'regular').fontSize(em * MM).text(String(words ?? '—'), x * MM, y * MM, { lineBreak: false });
const line = (x, y, w, h) => doc.moveTo(x * MM, y * MM).lineTo((x + w) * MM, (y + h) * MM).stroke();
const box = (x, y, w, h) => doc.rect(x * MM, y * MM, w * MM, h * MM).stroke();

function bars(x, y, module, high, digits) {
  const [code] = bwip.raw('code128', digits);
  code.sbs.forEach((wide, i) => {
    if (i % 2 === 0) doc.rect(x * MM, y * MM, wide * module * MM, high * MM);
    x += wide * module;
  });
  doc.fill('black');
}

function square(x, y, module, digits) {
  const [code] = bwip.raw('qrcode', digits, 'eclevel=Q');
  code.pixs.forEach((black, i) => {
    if (black) doc.rect((x + (i % code.pixx) * module) * MM, (y + Math.floor(i / code.pixx) * module) * MM, module * MM, module * MM);
  });
  doc.fill('black');
}

for (const sheet of sheets) {
  const digits = sheet.digits;
  doc.addPage({ size: 'A4', margin: 0 });
  text(16, 6.2, 4.4, `${factory}  生产流程单`, true);
  text(130, 6.2, 2.9, `${sheet.volume}   制单 ${sheet.maker}   ${sheet.printed}   第 1/1 页`);
  text(15, 8, 37, `${Number(sheet.line.slice(2, 4))}${sheet.line.slice(7, 9)}`, true);
  text(70, 24, 19, `-${Number(sheet.line.slice(10))}`, true);
  text(16, 43.6, 5, sheet.line, true);
  text(52, 43.8, 4.2, sheet.customer);
  doc.polygon([100 * MM, 13.6 * MM], [132 * MM, 13.6 * MM], [139 * MM, 22 * MM], [132 * MM, 31 * MM], [100 * MM, 31 * MM]).fill('black');
  doc.fill('white'); text(104, 15, 14, '加急', true); doc.fill('black');
  bars(144.4, 13.4, 0.4, 18.6, digits);
  text(147, 32.4, 3.9, digits.replace(/^(.)(....)(....)(..)(..)(...)(..)$/, '$1 $2 $3 $4 $5 $6 $7'), true);
  text(146, 39, 2.9, '版次'); text(146, 41, 9, sheet.rev, true); text(164, 39, 2.9, '份号'); text(164, 41, 9, String(sheet.copy).padStart(3, '0'), true);
  box(16, 53, 186, 15.6);
  [['部件', sheet.part], ['数量', `${sheet.quantity} ${sheet.unit}`], ['交货', sheet.due], ['交货方式', sheet.delivery]].forEach(([name, value], i) => {
    text(17 + i * 46, 54, 2.9, name); text(17 + i * 46, 57, 9, value, true); line(16 + i * 46, 53, 0, 15.6);
  });
  box(16, 70.4, 119, 57.15);
  FIELDS.forEach((field, i) => {
    const x = 17 + (i % 2) * 59.5, y = 71 + Math.floor(i / 2) * 6.35;
    text(x, y + 1, 2.9, field); text(x + 15, y, 3.7, sheet[field], true);
    if (i % 2) line(16, y + 5.7, 119, 0);
  });
  box(16, 129.2, 119, 17.2);
  text(17, 130, 2.9, '特殊要求'); text(17, 134, 5, sheet.special.slice(0, 22), true); text(17, 140, 5, sheet.special.slice(22), true);
  text(31, 148, 3.6, sheet.remarks); text(31, 153, 3.6, `▲ 版${sheet.rev}：${sheet.change}；${sheet.stays_good}`, true);
  box(137, 70.4, 65, 87.2);
  text(138, 71.4, 2.9, '开启方向'); text(138, 74, 9, sheet.opening, true);
  box(142, 88, 22, 34); line(142, 88, 22, 17); line(142, 122, 22, -17); line(168, 88, 0, 34); text(170, 103, 3.5, sheet.high_mm, true); text(148, 124, 3.5, sheet.wide_mm, true);
  doc.image(image, 172 * MM, 90 * MM, { width: 26 * MM });
  let x = 16;
  for (const wide of COLUMNS) { line(x, 159.2, 0, 87.8); x += wide; }
  ['序', '工序', '部件', '数量', '单价 元/件', '应完', '谁做的（签名）', '合格', '不良', '日期', '打勾'].forEach((name, i) => text(17 + i * 17, 160, 2.9, name));
  sheet.operations.forEach((op, i) => {
    const y = 165 + i * 6.85;
    line(16, y, 186, 0); box(193.5, y + 1, 4.8, 4.8);
    text(17, y + 1, 3.5, op.number); text(24, y + 0.5, 4.9, op.name, true); text(45, y + 1, 3.8, op.part ?? sheet.part);
    text(60, y + 1, 3.8, sheet.quantity, true); text(72, y + 1, 4.4, op.rate, true); text(91, y + 1, 3.8, op.due.slice(5));
  });
  box(16, 250.2, 186, 13.6);
  sheet.signs.forEach((sign, i) => {
    text(17 + i * 31, 251, 2.9, sign.office); text(17 + i * 31, 254, 4.4, sign.name, true); text(17 + i * 31, 259.5, 2.7, sign.when); line(16 + i * 31, 250.2, 0, 13.6);
  });
  square(17.7, 268.5, 0.88, digits);
  doc.rect(41 * MM, 266.8 * MM, 161 * MM, 10 * MM).fill('black');
  doc.fill('white'); text(85, 268, 6.6, '如有更新版次，本单作废', true); doc.fill('black');
  text(41, 278, 3.4, '机器停了照样做：做完在本道打勾、写数、签名，主管照单补录，一件不少。');
  text(41, 283, 3.4, `扫到红屏就停手，把单交到办公室。  签字内容 ${sheet.content}`);
}
doc.end();
