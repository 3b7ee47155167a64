import { parseArgs } from 'node:util';
import { ConfigurationError } from '@painchain/runtime';

export interface Options {
  /** Names of measurements, or how they begin. Empty: all. */
  only: string[];
  events: number;
  /** Where the rows go as JSON. */
  json: string | undefined;
  /** The folder whose database is loaded once and used again. */
  keep: string | undefined;
  /** PostgreSQL with the settings that PainChain ships, or with those of a server of its own. */
  settings: 'shipped' | 'server';
}

const fewest = 2_000;
const known = {
  only: { type: 'string', multiple: true },
  events: { type: 'string' },
  json: { type: 'string' },
  keep: { type: 'string' },
  settings: { type: 'string' },
} as const;

function refuse(where: string, fault: string): never {
  throw new ConfigurationError([{ where, fault }]);
}

function given(args: string[]) {
  try {
    return parseArgs({ args, options: known }).values;
  } catch (error) {
    return refuse('npm run bench --', error instanceof Error ? error.message : String(error));
  }
}

/** @throws ConfigurationError */
export function readOptions(args: string[], names: readonly string[]): Options {
  const { only = [], events: text = '1000000', json, keep, settings = 'shipped' } = given(args);
  const events = Number(text.replaceAll('_', ''));
  if (!Number.isSafeInteger(events) || events < fewest)
    refuse('--events', `must be a whole number from ${fewest}`);
  if (settings !== 'shipped' && settings !== 'server') refuse('--settings', 'must be shipped or server');
  for (const wanted of only) {
    if (!names.some((name) => isWanted(name, [wanted])))
      refuse('--only', `must be one of ${names.join(', ')}`);
  }
  if (only.includes('partitions') && keep !== undefined)
    refuse('--keep', 'is of no use to partitions, which are tried in a database of their own');
  return { only, events, json, keep, settings };
}

/** Whether a measurement is asked for: `histogram` asks for every one whose name begins with it. */
export function isWanted(name: string, only: readonly string[]): boolean {
  return only.length === 0 || only.some((wanted) => name === wanted || name.startsWith(`${wanted}-`));
}
