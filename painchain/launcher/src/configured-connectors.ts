import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { ConfigurationError, openYaml } from '@painchain/runtime';
import { z } from 'zod';

/** A file of the configuration folder, and the connector that it asks for. */
export interface ConfiguredConnector {
  /** The file's name without its ending: the process's name. */
  name: string;
  /** Relative to the repository when the folder is: this text is the identity of its integration. */
  file: string;
  /** Changes with the file's content. */
  version: string;
  type: string;
  script: string;
}

export interface UnusableFile {
  file: string;
  version: string;
  fault: string;
}

const File = z.looseObject({ connector: z.looseObject({ type: z.string().regex(/^[a-z0-9][a-z0-9-]*$/) }) });

/** What the configuration folder asks to run. A folder that is missing asks for nothing. */
export function readConfigured(
  root: string,
  configDir: string,
): { connectors: ConfiguredConnector[]; unusable: UnusableFile[] } {
  const folder = isAbsolute(configDir) ? configDir : join(root, configDir);
  const connectors: ConfiguredConnector[] = [];
  const unusable: UnusableFile[] = [];
  for (const entry of existsSync(folder) ? readdirSync(folder).sort() : []) {
    if (!/\.ya?ml$/.test(entry) || /\.example\.ya?ml$/.test(entry)) continue;
    const file = join(configDir, entry);
    const found = readFile(root, join(folder, entry), file, entry.replace(/\.ya?ml$/, ''));
    if ('fault' in found) unusable.push(found);
    else connectors.push(found);
  }
  return { connectors, unusable };
}

function readFile(
  root: string,
  path: string,
  file: string,
  name: string,
): ConfiguredConnector | UnusableFile {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return { file, version: '', fault: `cannot be read (${(error as NodeJS.ErrnoException).code})` };
  }
  const version = createHash('sha256').update(text).digest('base64url');
  try {
    const { value } = openYaml({ text, name: file });
    const parsed = File.safeParse(value);
    if (!parsed.success) return { file, version, fault: 'does not name a connector (connector.type)' };
    const { type } = parsed.data.connector;
    const script = join(root, 'connectors', type, 'dist', 'index.js');
    if (existsSync(script)) return { name, file, version, type, script };
    const known = readdirSync(join(root, 'connectors')).filter((entry) => !entry.startsWith('.'));
    return {
      file,
      version,
      fault: `asks for the connector "${type}", and there is none in connectors/ (there: ${known.join(', ')})`,
    };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return { file, version, fault: error.issues.map((issue) => `${issue.where}: ${issue.fault}`).join('; ') };
  }
}
