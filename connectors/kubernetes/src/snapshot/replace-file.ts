import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Replaces a file by another content: whenever the machine stops, it is wholly the one or wholly the other. Gives its
 * size in bytes.
 */
export async function replaceFile(path: string, chunks: Iterable<Buffer>): Promise<number> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.tmp`;
  let size = 0;
  try {
    const file = await open(temporary, 'w', 0o600);
    try {
      for (const chunk of chunks) {
        await file.writeFile(chunk);
        size += chunk.length;
      }
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    // On a full disk it would only take the room of others.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolder(dirname(path));
  return size;
}

/** Only then the new name is sure to be found behind a power cut. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
