import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';

/** A log file that keeps its last `limitBytes` to twice that: when full it is renamed to `….1`. */
export class CappedLog {
  #file: number;
  #size: number;

  constructor(
    private readonly path: string,
    private readonly limitBytes = 5_000_000,
  ) {
    this.#file = openSync(path, 'a', 0o600);
    this.#size = fstatSync(this.#file).size;
  }

  write(chunk: Uint8Array): void {
    if (this.#size > 0 && this.#size + chunk.length > this.limitBytes) this.#rotate();
    try {
      this.#size += writeSync(this.#file, chunk);
    } catch {
      // A full disk must not take the supervisor down: the line is lost, the processes go on.
    }
  }

  close(): void {
    if (this.#file >= 0) closeSync(this.#file);
    this.#file = -1;
  }

  #rotate(): void {
    closeSync(this.#file);
    renameSync(this.path, `${this.path}.1`);
    this.#file = openSync(this.path, 'a', 0o600);
    this.#size = 0;
  }
}
