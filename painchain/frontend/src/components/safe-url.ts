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

/** Fills `{value}` of a link from connector.yaml. The value is encoded, the result checked like any address. */
export function linkFrom(template: string, value: string): string | undefined {
  if (!template.includes('{value}')) return undefined;
  let encoded: string;
  try {
    encoded = encodeURIComponent(value);
  } catch {
    // A lone surrogate cannot be encoded.
    return undefined;
  }
  return safeHref(template.replaceAll('{value}', () => encoded));
}
