import { SourceError } from '@painchain/connector-sdk';
import type { GitHubConnection } from '../api/open-github.js';
import { ScriptedGitHub } from './scripted-github.js';

/** A refusal of GitHub's, as the connection tells it. */
export function refusal(code: string, kind: 'upstream' | 'configuration' = 'configuration'): SourceError {
  return new SourceError({ code, detail: `it is ${code}`, remedy: 'mend it', kind });
}

/** A connection without a network, on a clock that a test moves. */
export class ScriptedConnection extends ScriptedGitHub implements GitHubConnection {
  readonly baseUrl = 'https://api.github.test';
  #ms = Date.UTC(2026, 10, 24, 10);

  override now(): number {
    return this.#ms;
  }

  get at(): string {
    return new Date(this.#ms).toISOString();
  }

  pass(seconds: number): void {
    this.#ms += seconds * 1000;
  }

  limit() {
    return { limit: 5_000, remaining: 4_000, resetsAt: this.#ms + 3_600_000 };
  }

  pace(): number {
    return 1;
  }

  rights() {
    return undefined;
  }
}
