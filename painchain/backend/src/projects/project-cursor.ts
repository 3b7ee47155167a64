import { z } from 'zod';
import { ProblemError } from '../problem/problem-error.js';
import { storageFault } from '../strict-json/storage-fault.js';
import type { ProjectPosition } from './projects.repository.js';

const Position = z.tuple([z.string(), z.string()]);

export function encodeCursor({ name, connector }: ProjectPosition): string {
  return Buffer.from(JSON.stringify([name, connector])).toString('base64url');
}

/** Throws `invalid-cursor`. */
export function decodeCursor(cursor: string): ProjectPosition {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(cursor, 'base64url'));
    const [name, connector] = Position.parse(JSON.parse(text));
    if (storageFault([name, connector])) throw new Error('it holds what no project can be called');
    return { name, connector };
  } catch (cause) {
    throw new ProblemError('invalid-cursor', 'Leave the cursor out to begin at the first page.', { cause });
  }
}
