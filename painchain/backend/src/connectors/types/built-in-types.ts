import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConnectorManifest, type ConnectorTypeView } from '@painchain/contract';
import { type Logger, readYaml } from '@painchain/runtime';

/**
 * The types that this install ships: every folder with a `connector.yaml`. One that can't be read is left out
 * and said so in the log; it must not keep the others from working.
 */
export function readBuiltInTypes(directory: string, logger: Logger): ConnectorTypeView[] {
  if (!existsSync(directory)) {
    logger.warn({ directory }, 'no built-in connector types: PAINCHAIN_CONNECTORS_DIR names no folder');
    return [];
  }
  return readdirSync(directory)
    .sort()
    .map((name) => join(directory, name))
    .filter((folder) => existsSync(join(folder, 'connector.yaml')))
    .flatMap((folder) => readType(folder, logger));
}

function readType(folder: string, logger: Logger): ConnectorTypeView[] {
  const path = join(folder, 'connector.yaml');
  try {
    // Nothing in it comes from the environment.
    const manifest = readYaml({ path }, ConnectorManifest, {});
    const example = join(folder, 'config.example.yaml');
    const config_example = existsSync(example) ? readFileSync(example, 'utf8') : null;
    return [{ ...manifest, built_in: true, config_example }];
  } catch (error) {
    logger.error({ err: error, path }, 'this connector type is left out: its connector.yaml has faults');
    return [];
  }
}
