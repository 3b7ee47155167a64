import type { JsonObject, JsonValue, SealedSecret } from '@painchain/contract';
import { sealedSecretOf } from '../../components/sealed-secret.js';

/** A line of a configuration, as YAML has it: what stands before it, a name, and a value or a secret's place. */
export type ConfigLine = { lead: string; name?: string; value?: string; secret?: SealedSecret };

type Entry = { lead: string; rest: string; name?: string };

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A configuration line by line, for reading only. */
export function configLines(config: JsonObject): ConfigLine[] {
  return linesOf(config, { lead: '', rest: '' }, true);
}

function linesOf(value: JsonValue, { lead, rest, name }: Entry, isRoot = false): ConfigLine[] {
  const named = { lead, ...(name !== undefined && { name }) };
  const secret = sealedSecretOf(value);
  if (secret) return [{ ...named, secret }];
  if (Array.isArray(value) && value.length > 0) {
    const inner = `${rest}  `;
    return [named, ...value.flatMap((item) => linesOf(item, { lead: `${inner}- `, rest: `${inner}  ` }))];
  }
  if (isObject(value) && Object.keys(value).length > 0) {
    const inner = name === undefined ? rest : `${rest}  `;
    const members = Object.entries(value).flatMap(([key, member], index) =>
      // The first member of an item stands behind its dash.
      linesOf(member, { lead: name === undefined && index === 0 ? lead : inner, rest: inner, name: key }),
    );
    return name === undefined ? members : [named, ...members];
  }
  return isRoot ? [] : [{ ...named, value: scalar(value) }];
}

const plain = /^[\p{L}_/][\p{L}\p{N}_./@+~:-]*(?: [\p{L}\p{N}_./@+~:-]+)*$/u;
const otherwise = /^(?:true|false|null|y|n|yes|no|on|off)$/i;

/** Text as it is, unless YAML would read it as something else. */
function scalar(value: JsonValue): string {
  const isPlain =
    typeof value === 'string' && plain.test(value) && !otherwise.test(value) && !/:(?: |$)/.test(value);
  return isPlain ? value : JSON.stringify(value);
}
