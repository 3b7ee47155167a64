const linkable = new Set(['http:', 'https:', 'mailto:']);

// C0 and C1 controls, and the marks that turn the direction of text and so can disguise an address.
const disguises = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** An address that may stand in an href, normalised; undefined for every other scheme and for nonsense. */
export function safeHref(address: string): string | undefined {
  try {
    const url = new URL(address.replace(disguises, '').trim());
    if (!linkable.has(url.protocol)) return undefined;
    if (url.protocol !== 'mailto:' && url.hostname === '') return undefined;
    return url.href;
  } catch {
    return undefined;
  }
}

/**
 * Fills `{value}` of a link from connector.yaml, and `{name}` with the field of that name beside it. What is filled in
 * is encoded, the result checked like any address. A place that nothing fills makes it no link.
 */
export function linkFrom(
  template: string,
  value: string,
  beside: Readonly<Record<string, unknown>> = {},
): string | undefined {
  if (!template.includes('{value}')) return undefined;
  let isWhole = true;
  const address = template.replaceAll(/\{([^{}]*)\}/g, (_, name: string) => {
    const filler = name === 'value' ? value : Object.hasOwn(beside, name) ? beside[name] : undefined;
    const text = encoded(filler);
    isWhole &&= text !== undefined;
    return text ?? '';
  });
  return isWhole && !/[{}]/.test(address) ? safeHref(address) : undefined;
}

/** A text or number for one part of an address; `.` and `..` would lead out of the path that they stand in. */
function encoded(filler: unknown): string | undefined {
  if (typeof filler !== 'string' && typeof filler !== 'number') return undefined;
  const text = String(filler);
  if (text === '' || text === '.' || text === '..') return undefined;
  try {
    return encodeURIComponent(text);
  } catch {
    // A lone surrogate cannot be encoded.
    return undefined;
  }
}
