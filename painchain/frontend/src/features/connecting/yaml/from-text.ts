import type { JsonObject, JsonValue } from '@painchain/contract';
import { type Document, LineCounter, isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import type { Draft } from '../draft.js';
import { at, isObject } from '../json.js';
import { keptOf } from '../kept-secret.js';

/** What is wrong with a text, and where it stands in it. */
export type TextFault = { from: number; to: number; line: number; detail: string };

export type Read = { draft: Draft } | { faults: TextFault[] };

/** Reads what somebody has written; what is wrong with it is told all at once. `stored` has the secrets that stay. */
export function fromText(text: string, stored: Draft): Read {
  try {
    return readText(text, stored);
  } catch {
    // Nested deeper than anything can follow.
    return { faults: [{ from: 0, to: text.length, line: 1, detail: 'It is nested too deep to be read.' }] };
  }
}

function readText(text: string, stored: Draft): Read {
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
    const value = asJson(document.toJS({ maxAliasCount: 100 }));
    if (isMap(document.contents) && isObject(value)) return value;
    refuse(document.contents, 'A file has `connector:` and `config:`.');
  } catch (error) {
    // An alias without its anchor, or one too many.
    refuse(document.contents, error instanceof Error ? error.message : 'It can’t be read.');
  }
  return undefined;
}

/** What can't be said in JSON, such as what contains itself, would never arrive. */
function asJson(value: unknown): JsonValue {
  return JSON.parse(JSON.stringify(value)) as JsonValue;
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
  if (isObject(connector)) judgeHead(nodeOf('connector'), connector, type, refuse);
  refuseUnusable(nodeOf('config'), refuse);
}

/** What is left out of a draft would be lost without a word. */
function judgeHead(node: Node | undefined, head: JsonObject, type: string, refuse: Refuse): void {
  const nodeOf = (key: string) => (isMap(node) ? (node.get(key, true) as Node | undefined) : undefined);
  for (const [key, value] of Object.entries(head)) {
    if (key === 'type') {
      if (value !== type) refuse(nodeOf(key), `The type is \`${type}\` and can’t be changed.`);
    } else if (key !== 'name' && key !== 'project') {
      refuse(nodeOf(key), `\`${key}\` is not known: there are \`type\`, \`project\` and \`name\`.`);
    } else if (value !== null && !['string', 'number'].includes(typeof value)) {
      refuse(nodeOf(key), `\`${key}\` must be text.`);
    }
  }
}

const variable = /^\$\{\w+\}$/;

/** What would not arrive as it stands: variables, which are filled in where a file lies, and names that every object has. */
function refuseUnusable(node: unknown, refuse: Refuse): void {
  if (isScalar(node) && typeof node.value === 'string' && variable.test(node.value)) {
    refuse(node, `${node.value} is filled in within files only: give the value itself here.`);
  }
  if (isSeq(node)) for (const item of node.items) refuseUnusable(item, refuse);
  if (!isMap(node)) return;
  for (const { key, value } of node.items) {
    if (isScalar(key) && String(key.value) in {})
      refuse(key, `\`${String(key.value)}\` can’t be a name here.`);
    refuseUnusable(value, refuse);
  }
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Puts back the stored secrets that a text has left out. */
function withKept(given: JsonValue, stored: JsonValue | undefined): JsonValue {
  if (Array.isArray(given)) {
    const before = Array.isArray(stored) ? stored : [];
    return given.map((item, index) => withKept(item, sameItem(item, index, before)));
  }
  if (!isObject(given) || !isObject(stored)) return given;
  const own = Object.entries(given).map(([key, value]) => [key, withKept(value, at(stored, key))] as const);
  const kept = Object.entries(stored).filter(([key, value]) => keptOf(value) && !Object.hasOwn(given, key));
  return Object.fromEntries([...own, ...kept]);
}

/** The stored item that says all that a given one says, wherever it stands; else the one at its place, if they share anything. */
function sameItem(item: JsonValue, index: number, stored: readonly JsonValue[]): JsonValue | undefined {
  if (!isObject(item)) return undefined;
  const own = Object.entries(item).filter(([, value]) => typeof value === 'string' && !keptOf(value));
  const isSaid = ([key, value]: [string, JsonValue], of: JsonValue | undefined) => at(of, key) === value;
  const known = stored.find((each) => own.length > 0 && own.every((member) => isSaid(member, each)));
  const there = stored[index];
  return known ?? (own.length === 0 || own.some((member) => isSaid(member, there)) ? there : undefined);
}
