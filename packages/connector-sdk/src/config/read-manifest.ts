import { ConnectorManifest } from '@painchain/contract';
import { readYaml } from '@painchain/runtime';
import { fileURLToPath } from 'node:url';

/**
 * Reads a `connector.yaml`.
 *
 * @throws ConfigurationError with every fault at once.
 */
export function readManifest(manifest: ConnectorManifest | URL): ConnectorManifest {
  if (!(manifest instanceof URL)) return manifest;
  return readYaml({ path: fileURLToPath(manifest) }, ConnectorManifest, {});
}
