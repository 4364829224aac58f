// sign.js - a worker's personal sign, as on the kiosk: outline = animal, body and light or dark = colour. Grid 100.
import { html } from './parts.js';

export const WORDS = '鼠牛虎兔龙蛇马羊猴鸡狗猪';
const INK = '#12171B';

// Even ones dark with a white contour, odd ones light with an ink contour; two and two share a body.
export const COLOURS = ['#12171B', '#FFFFFF', '#6A2C9C', '#FFA3C8', '#74431C', '#FFF04A', '#4A5A12', '#6FE3E1'];
const BODIES = [
  'M17 56a33 33 0 1 0 66 0a33 33 0 1 0 -66 0Z',
  'M28 26H72A9 9 0 0 1 81 35V78A9 9 0 0 1 72 87H28A9 9 0 0 1 19 78V35A9 9 0 0 1 28 26Z',
  'M12 56L31 25L69 25L88 56L69 87L31 87Z',
  'M17 26H83V55A33 33 0 0 1 17 55Z',
];

const disc = (x, y, r, ry) => `M${x - r} ${y}a${r} ${ry || r} 0 1 0 ${2 * r} 0a${r} ${ry || r} 0 1 0 ${-2 * r} 0Z`;

// m: also mirrored; d: path; w: stroke instead of fill, with round ends; is: a detail, in the contour colour.
const ANIMALS = [
  [{ m: 1, d: disc(20, 24, 17) }, { m: 1, d: disc(19, 23, 8), is: 1 }],
  [{ m: 1, d: 'M44 32C30 34 6 30 5 3C13 14 26 18 40 18ZM22 42L3 34L9 52L22 54Z' }],
  [{ m: 1, d: disc(26, 28, 12) }, { m: 1, d: 'M19 47L28 50M17 58H26M20 70L28 67', w: 5, is: 1 }],
  [{ m: 1, d: 'M35.5 8V36', w: 17 }, { m: 1, d: 'M35 10L36 24', w: 4, is: 1 }],
  [{ m: 1, d: 'M38 32L28 5', w: 8 }, { m: 1, d: 'M32 18L16 11', w: 7 }, { m: 1, d: 'M20 66C10 68 4 62 2 52', w: 6 }],
  [{ d: 'M50 84V93', w: 6 }, { d: 'M44 99L50 93L56 99', w: 5 }, { d: 'M76 74C98 80 100 58 90 50C86 46 84 40 90 34', w: 8 }],
  [{ m: 1, d: 'M24 40L27 2L46 28Z' }, { d: 'M43 30L47 12L52 20L56 10L59 30ZM78 34L97 42L86 49L99 60L86 65L95 79L74 80Z' }],
  [{ m: 1, d: 'M40 28C22 10 0 22 6 42C10 54 24 50 19 40', w: 10 }, { d: 'M40 82H60L50 101Z' }],
  [{ m: 1, d: disc(12, 56, 14) }, { d: 'M40 28L43 12L49 20L55 8L60 28Z' }, { m: 1, d: disc(11, 56, 6), is: 1 }],
  [{ d: disc(34, 23, 11) + disc(51, 15, 13) + disc(67, 24, 10) + disc(72, 84, 9) + 'M80 46L100 57L80 67Z' }],
  [{ m: 1, d: 'M40 26C20 10 2 26 1 66C12 72 24 60 26 40Z' }],
  [{ m: 1, d: 'M18 46L8 6L46 27Z' }, { d: disc(50, 89, 17, 11) }, { d: disc(44, 90, 3) + disc(56, 90, 3), is: 1 }],
];

function part({ m, d, w }, colour, contour) {
  const style = w
    ? { fill: 'none', stroke: colour, 'stroke-width': w + (contour ? 8 : 0), 'stroke-linecap': 'round', 'stroke-linejoin': 'round' }
    : { fill: colour, stroke: contour ? colour : 'none', 'stroke-width': 8, 'stroke-linejoin': 'round' };
  return html`<path d=${d} ...${style} />${m ? html`<path d=${d} ...${style} transform="matrix(-1 0 0 1 100 0)" />` : null}`;
}

// 25 px in rows, 46 in heads, always with the name beside it.
export function Sign({ animal, colour, size = 25 }) {
  const body = COLOURS[colour] || COLOURS[0];
  const contour = colour % 2 ? INK : '#FFFFFF';
  const parts = [{ d: BODIES[colour >> 1] || BODIES[0] }, ...(ANIMALS[animal] || [])];
  const y = animal === 11 ? 54 : 56;
  return html`<svg class="sign" width=${size} height=${size} viewBox="-4 -4 108 112" aria-hidden="true">
    ${parts.filter((p) => !p.is).map((p) => part(p, contour, true))}
    ${parts.filter((p) => !p.is).map((p) => part(p, body, false))}
    ${parts.filter((p) => p.is).map((p) => part(p, contour, false))}
    <text x="50" y=${y + 16} text-anchor="middle" font-size=${animal === 11 ? 40 : 44} font-weight="700" fill=${contour}>${WORDS[animal] || ''}</text>
  </svg>`;
}
