import type { JsonValue } from '@painchain/contract';
import { stringify } from 'yaml';
import type { Draft } from '../draft.js';
import { isObject } from '../json.js';
import { keptOf } from '../kept-secret.js';

/** A draft as a configuration file of a connector says it. Stored secrets are comments: left out, they stay. */
export function toText({ type, name, group, config }: Draft): string {
  const kept: string[] = [];
  const shown = withoutKept(config, [], kept);
  const head = { type, ...(group !== '' && { project: group }), ...(name !== '' && { name }) };
  const notes =
    kept.length === 0 ? '' : `# Stored, and kept as long as they are left out here:\n${kept.join('')}`;
  return `${stringify({ connector: head })}\n${notes}${stringify({ config: shown })}`;
}

function withoutKept(value: JsonValue, path: readonly string[], kept: string[]): JsonValue {
  if (Array.isArray(value)) {
    return value.map((item, index) => withoutKept(item, [...path, String(index + 1)], kept));
  }
  if (!isObject(value)) return value;
  const members: [string, JsonValue][] = [];
  for (const [key, member] of Object.entries(value)) {
    const secret = keptOf(member);
    if (secret) kept.push(comment(`${[...path, key].join(' · ')}: ••••${secret.last4 ?? ''}`));
    else members.push([key, withoutKept(member, [...path, key], kept)]);
  }
  return Object.fromEntries(members);
}

/** Names and ends of secrets may break lines, which would make settings of them. */
function comment(text: string): string {
  return `#   ${text.replaceAll(/[\s\p{Cc}]+/gu, ' ')}\n`;
}
