import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '@painchain/connector-sdk';
import { type Lineage, decode, encode } from './file-format.js';
import { replaceFile } from './replace-file.js';
import { Snapshot } from './snapshot.js';

/** Writing takes its time, so that it isn't done for each change. */
const pauseMs = 5_000;
/** Of a slow disk, no more than this part of its time. */
const share = 20;
/** A disk is not worn out for a file that is of use only behind a crash: a second for so many bytes. */
const bytesPerSecond = 256 * 1024;

interface FileHost {
  log: Logger;
  now(): number;
}

function fileName(name: string): string {
  const readable = name
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .slice(0, 80);
  return `${readable}-${createHash('sha256').update(name).digest('hex').slice(0, 12)}.snapshot`;
}

/** The file of one kind's snapshot. What can't be written goes on in memory, and the log says so. */
export class SnapshotFile {
  readonly #path: string;
  #saving: Promise<void> | undefined;
  #saved: { snapshot: Snapshot; changes: number } | undefined;
  #notBefore = -Infinity;
  #failing = false;

  constructor(
    dir: string,
    name: string,
    private readonly lineage: Lineage,
    private readonly host: FileHost,
  ) {
    this.#path = join(dir, fileName(name));
  }

  /** What was saved, unless there is nothing of use. */
  async load(): Promise<Snapshot | undefined> {
    try {
      const content = decode(await readFile(this.#path), this.lineage);
      if (typeof content !== 'string') {
        const snapshot = new Snapshot(content);
        this.#saved = { snapshot, changes: snapshot.changes };
        return snapshot;
      }
      this.host.log.warn({ why: content }, 'the snapshot on the disk is of no use');
    } catch (error) {
      const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      if (!missing) this.host.log.warn({ err: error }, "the snapshot on the disk can't be read");
    }
    return undefined;
  }

  /** Writes what has changed, at most every few seconds unless forced. Never throws: it is tried again. */
  async save(snapshot: Snapshot, force = false): Promise<void> {
    if (force) await this.#saving;
    const saved = this.#saved?.snapshot === snapshot && this.#saved.changes === snapshot.changes;
    if (!force && (saved || this.#saving !== undefined || this.host.now() < this.#notBefore)) return;
    this.#saving = this.#write(snapshot);
    await this.#saving;
    this.#saving = undefined;
  }

  async #write(snapshot: Snapshot): Promise<void> {
    const began = this.host.now();
    const { changes } = snapshot;
    let size = 0;
    try {
      size = await replaceFile(this.#path, encode(this.lineage, snapshot.content()));
      this.#saved = { snapshot, changes };
      if (this.#failing) this.host.log.info('the snapshot is on the disk again');
      this.#failing = false;
    } catch (error) {
      const words =
        "the snapshot can't be written: it goes on in memory, but a restart would find what was saved last";
      this.host.log[this.#failing ? 'debug' : 'warn']({ err: error }, words);
      this.#failing = true;
    }
    const now = this.host.now();
    this.#notBefore = now + Math.max(pauseMs, (now - began) * share, (size / bytesPerSecond) * 1_000);
  }
}
