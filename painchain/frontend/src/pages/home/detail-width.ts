/** How wide the panel of an event may be, in px. */
export const narrowest = 320;
export const widest = 900;
const usual = 420;
const step = 20;

/** What a preference says, or the usual width where it says nothing that makes sense. */
export function widthOf(text: string | undefined): number {
  const width = Number(text);
  return text === undefined || text.trim() === '' || !Number.isFinite(width) ? usual : within(width);
}

export function within(width: number): number {
  return Math.round(Math.min(widest, Math.max(narrowest, width)));
}

/** The width after a key on its edge, which is the left one; undefined where the key does nothing. */
export function widthByKey(width: number, key: string): number | undefined {
  const next = { ArrowLeft: width + step, ArrowRight: width - step, Home: narrowest, End: widest }[key];
  return next === undefined ? undefined : within(next);
}
