import type { JsonObject, JsonValue } from '@painchain/contract';
import { type Document, LineCounter, isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import type { Draft } from '../draft.js';
import { isObject } from '../json.js';
import { keptOf } from '../kept-secret.js';

/** What is wrong with a text, and where it stands in it. */
export type TextFault = { from: number; to: number; line: number; detail: string };

export type Read = { draft: Draft } | { faults: TextFault[] };

/** Reads what somebody has written; what is wrong with it is told all at once. `stored` has the secrets that stay. */
export function fromText(text: string, stored: Draft): Read {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const faults: TextFault[] = [];
  const refuse: Refuse = (node, detail) => {
    const [from = 0, to = 1] = node?.range ?? [];
    faults.push({ from, to: Math.max(to, from + 1), line: lines.linePos(from).line, detail });
  };
  for (const { pos, message } of document.errors) refuse({ range: pos }, message);
  const value = faults.length === 0 ? valueOf(document, refuse) : undefined;
  if (isObject(value)) judge(document, value, stored.type, refuse);
  if (faults.length > 0 || !isObject(value)) return { faults };
  const { connector, config } = value;
  const head = isObject(connector) ? connector : {};
  return {
    draft: {
      type: stored.type,
      name: textOf(head['name']),
      group: textOf(head['project']),
      config: withKept(isObject(config) ? config : {}, stored.config) as JsonObject,
    },
  };
}

type Refuse = (node: { range?: readonly number[] | null } | null | undefined, detail: string) => void;

function valueOf(document: Document, refuse: Refuse): JsonValue | undefined {
  try {
    const value = document.toJS({ maxAliasCount: 100 }) as JsonValue;
    if (isMap(document.contents) && isObject(value)) return value;
    refuse(document.contents, 'A file has `connector:` and `config:`.');
  } catch (error) {
    // An alias without its anchor, or one too many.
    refuse(document.contents, error instanceof Error ? error.message : 'It can’t be read.');
  }
  return undefined;
}

/** Whether it is what a connector's file may be. */
function judge({ contents }: Document, value: JsonObject, type: string, refuse: Refuse): void {
  const nodeOf = (key: string) =>
    isMap(contents) ? (contents.get(key, true) as Node | undefined) : undefined;
  for (const key of Object.keys(value)) {
    if (key === 'connector' || key === 'config') continue;
    refuse(nodeOf(key), `\`${key}\` is not known here: a file has \`connector:\` and \`config:\`.`);
  }
  const { connector, config } = value;
  for (const [key, part] of Object.entries({ connector, config })) {
    if (part === undefined || part === null || isObject(part)) continue;
    refuse(nodeOf(key), `\`${key}\` must be settings, one on each line.`);
  }
  const given = isObject(connector) ? connector['type'] : undefined;
  if (given !== undefined && given !== type) {
    refuse(nodeOf('connector'), `The type is \`${type}\` and can’t be changed.`);
  }
  refuseVariables(nodeOf('config'), refuse);
}

const variable = /^\$\{\w+\}$/;

/** Variables are filled in where a file lies; what is sent from here would be taken as it stands. */
function refuseVariables(node: unknown, refuse: Refuse): void {
  if (isScalar(node) && typeof node.value === 'string' && variable.test(node.value)) {
    refuse(node, `${node.value} is filled in within files only: give the value itself here.`);
  }
  if (isMap(node)) for (const { value } of node.items) refuseVariables(value, refuse);
  if (isSeq(node)) for (const item of node.items) refuseVariables(item, refuse);
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Puts back the stored secrets that a text has left out. An item of a list is the one that stood at its place. */
function withKept(given: JsonValue, stored: JsonValue | undefined): JsonValue {
  if (Array.isArray(given)) {
    const before = Array.isArray(stored) ? stored : [];
    return given.map((item, index) => withKept(item, likeliest(item, before) ?? before[index]));
  }
  if (!isObject(given) || !isObject(stored)) return given;
  const own = Object.entries(given).map(([key, value]) => [key, withKept(value, stored[key])] as const);
  const kept = Object.entries(stored).filter(([key, value]) => keptOf(value) && !Object.hasOwn(given, key));
  return Object.fromEntries([...own, ...kept]);
}

/** The stored item that is called the same, wherever it stands. */
function likeliest(item: JsonValue, stored: readonly JsonValue[]): JsonValue | undefined {
  if (!isObject(item)) return undefined;
  const plain = (each: JsonObject) =>
    Object.entries(each).filter(([, value]) => typeof value === 'string' && !keptOf(value));
  const own = plain(item);
  return stored.find(
    (each) => isObject(each) && own.length > 0 && own.every(([key, value]) => each[key] === value),
  );
}
