// What would break a line or reorder what stands around it.
const breaks = /[\s\p{Cc}\p{Zl}\p{Zp}]+/gu;
const directions = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g;

const special = /[\\`*_[\]<>&~#!|$]/g;

// Renderers make links and mentions of these by themselves, escaped or not; of code they make nothing.
const linkable = /.:\/\/|www\.|@|(?:mailto|xmpp):/iu;

/** Foreign text as a part of a line of Markdown: it is shown as it is and does nothing. */
export function plain(text: string): string {
  return oneLine(text)
    .split(/([^\s`]+)/)
    .map((piece) => (linkable.test(piece) ? `\`${piece}\`` : escape(piece)))
    .join('');
}

const escape = (text: string) => text.replaceAll(special, String.raw`\$&`);

/** Foreign text as code, in more backticks than there are in it. */
export function code(text: string): string {
  const line = oneLine(text);
  if (line === '') return '';
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = longest > 0 ? ' ' : '';
  return `${fence}${space}${line}${space}${fence}`;
}

/** A link to an absolute http or https address; undefined for any other. */
export function link(label: string, address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, href } = new URL(address);
  if (protocol !== 'http:' && protocol !== 'https:') return undefined;
  const encoded = href.replaceAll(
    /[\s()<>\\`"|$]/gu,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
  return `[${label}](${encoded.replaceAll('&', '&amp;')})`;
}

function oneLine(text: string): string {
  return text.replaceAll(directions, '').replaceAll(breaks, ' ').trim();
}
