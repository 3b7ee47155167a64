import type { Histogram } from '@painchain/contract';
import { toneOf } from '@painchain/contract/tone';
import type { Stacking } from '../../address/home-search.js';

/** As many as there are `--series-…` colours in styles.css. */
export const paletteSize = 8;
const leastContrast = 3;
// The surfaces of styles.css.
const surfaces = { light: '#ffffff', dark: '#151c23' };

export const otherColour = 'var(--line-strong)';
export const failureColour = 'var(--bad)';

/** The colours of series as CSS, in their order. */
export function coloursOf(
  series: Histogram['series'],
  by: Stacking,
  ownColour: (value: string) => string | undefined,
): string[] {
  if (by === 'status') return statusColours(series);
  const taken = new Set<number>();
  return series.map(({ value }) => {
    if (value === null) return otherColour;
    const own = by === 'connector' ? ownColour(value) : undefined;
    if (own !== undefined) return readable(own);
    const place = freePlace(hash(value) % paletteSize, taken);
    taken.add(place);
    return `var(--series-${place + 1})`;
  });
}

/** The next colour that no other series has; a value's first choice stays the same whatever else is shown. */
function freePlace(wanted: number, taken: ReadonlySet<number>): number {
  const places = Array.from({ length: paletteSize }, (_, step) => (wanted + step) % paletteSize);
  return places.find((place) => !taken.has(place)) ?? wanted;
}

/** Statuses of one tone share its hue: each further one is nearer to the colour of text. */
function statusColours(series: Histogram['series']): string[] {
  const seen = new Map<string, number>();
  return series.map(({ value }) => {
    const tone = value === null ? 'neutral' : toneOf(value);
    if (value === null || tone === 'bad') return value === null ? otherColour : failureColour;
    const before = seen.get(tone) ?? 0;
    seen.set(tone, before + 1);
    const hue = tone === 'neutral' ? 'var(--muted)' : `var(--${tone})`;
    return before === 0 ? hue : `color-mix(in oklab, ${hue}, var(--ink) ${Math.min(75, before * 28)}%)`;
  });
}

function hash(text: string): number {
  let sum = 7;
  for (const letter of text) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_003;
  return sum;
}

type Rgb = readonly [number, number, number];

/** A foreign colour, on each theme's surface changed no more than it takes to be told from it. */
export function readable(colour: string): string {
  const rgb = rgbOf(colour);
  return `light-dark(${hexOf(against(rgb, surfaces.light, 0))}, ${hexOf(against(rgb, surfaces.dark, 255))})`;
}

function against(colour: Rgb, surface: string, end: number): Rgb {
  for (let share = 0; share <= 1; share += 0.05) {
    const mixed = colour.map((part) => Math.round(part + (end - part) * share)) as unknown as Rgb;
    if (contrast(mixed, rgbOf(surface)) >= leastContrast) return mixed;
  }
  return [end, end, end];
}

/** WCAG's contrast of two colours, between 1 and 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: Rgb): number {
  const [red = 0, green = 0, blue = 0] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export function rgbOf(hex: string): Rgb {
  const number = Number.parseInt(hex.slice(1), 16);
  return [number >> 16, (number >> 8) & 255, number & 255];
}

function hexOf(colour: Rgb): string {
  return `#${colour.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
