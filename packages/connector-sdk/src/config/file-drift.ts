import { statSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { Drift, JsonValue } from '@painchain/contract';
import { ConfigurationError, type ConfigurationIssue } from '@painchain/runtime';
import { cutText, storableText } from '../storable/storable-text.js';
import type { FileIntegration } from './file-integration.js';

type Words = Omit<Drift, 'since'>;

const goesOn = 'Its connector goes on by what it read at its start.';
const most = 2_000;
const unforeseen = { where: 'config', fault: 'can not be read as a configuration' };

/**
 * Whether a configuration file still says what was read of it. Tells the names of settings: what they are is compared in
 * here and goes nowhere.
 */
export class FileDrift {
  readonly #hadFile: boolean;
  /** The file as it was when it could last be read, and what it says differently. */
  #seen: string | undefined;
  #found: Words | undefined;
  #since: string | undefined;

  /** @param readAgain reads it as it was read at the start */
  constructor(
    private readonly known: FileIntegration,
    private readonly readAgain: () => FileIntegration | undefined,
  ) {
    this.#hadFile = stateOf(known.path) !== undefined;
  }

  /** Looks at the file; reads it only where it is another than before. */
  look(now: number): Drift | null {
    const words = this.#look();
    this.#since = words && (this.#since ?? new Date(now).toISOString());
    return words && this.#since ? { since: this.#since, ...words } : null;
  }

  #look(): Words | undefined {
    const { path } = this.known;
    const state = stateOf(path);
    if (state === undefined) {
      this.#seen = undefined;
      return this.#hadFile ? gone(path) : undefined;
    }
    if (state === this.#seen) return this.#found;
    try {
      const names = differences(this.known, this.readAgain());
      this.#found = names.length > 0 ? different(path, names) : undefined;
      this.#seen = state;
      return this.#found;
    } catch (error) {
      // What can't be read may be readable the next time, although nothing seems to have changed.
      this.#seen = undefined;
      // Whatever is in there, the heartbeat that tells of it must not fail by it.
      return unusable(path, error instanceof ConfigurationError ? error.issues : [unforeseen]);
    }
  }
}

/** Another one whenever the file may be another; undefined where there is none. */
function stateOf(path: string): string | undefined {
  try {
    const { ino, size, mtimeMs, ctimeMs } = statSync(path);
    return [ino, size, mtimeMs, ctimeMs].join(' ');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? undefined : String(code);
  }
}

/** The settings that differ, by the names under which they stand in the file. */
function differences(before: FileIntegration, after: FileIntegration | undefined): string[] {
  if (!after) return ['config'];
  const names = [...new Set([...Object.keys(before.config), ...Object.keys(after.config)])];
  const own = (config: Record<string, JsonValue>, name: string) =>
    Object.hasOwn(config, name) ? config[name] : undefined;
  const settings = names.filter(
    (name) => !isDeepStrictEqual(own(before.config, name), own(after.config, name)),
  );
  if (before.group !== after.group) return ['connector.project', ...settings];
  return before.name === after.name ? settings : ['connector.name', ...settings];
}

function different(path: string, names: string[]): Words {
  const detail = `${path} says something else about: ${names.join(', ')}. ${goesOn}`;
  return worded(detail, 'Restart the connector, so that it works by the file as it is.');
}

function gone(path: string): Words {
  const remedy = 'Put the file back, or stop the connector if it is no longer wanted.';
  return worded(`${path} is gone. ${goesOn}`, remedy);
}

function unusable(path: string, issues: readonly ConfigurationIssue[]): Words {
  const faults = issues.slice(0, 5).map(({ where, fault }) => `${where}: ${fault}`);
  const detail = `${path} cannot be used: ${faults.join('; ')}. ${goesOn}`;
  return worded(detail, 'Correct the file, then restart the connector.');
}

function worded(detail: string, remedy: string): Words {
  return { detail: cutText(storableText(detail), most), remedy };
}
