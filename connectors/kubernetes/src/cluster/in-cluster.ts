import { readFile } from 'node:fs/promises';
import { isIPv6 } from 'node:net';
import { join } from 'node:path';
import { type Connection, bearer } from './connection.js';
import { configurationError } from './faults.js';

/** What a pod is given to find its own cluster by. */
export interface PodPlace {
  host: string | undefined;
  port: string | undefined;
  /** Where the token and the certificate authority of its service account are mounted. */
  serviceAccount: string;
}

async function mounted(place: PodPlace, file: string): Promise<string> {
  try {
    return (await readFile(join(place.serviceAccount, file), 'utf8')).trim();
  } catch (cause) {
    throw notInCluster(`Its service account's ${file} can't be read here.`, cause);
  }
}

function notInCluster(detail: string, cause?: unknown) {
  return configurationError(
    'not-in-cluster',
    `The connector is configured to watch the cluster that it runs in. ${detail}`,
    'Run it in a pod with a service account whose token is mounted, or configure `kubeconfig` or `server`.',
    cause,
  );
}

/** The cluster that the connector runs in. The kubelet renews the mounted token, so it is read again each time. */
export function inCluster(place: PodPlace): Connection {
  const { host, port = '443' } = place;
  if (host === undefined) throw notInCluster('But no KUBERNETES_SERVICE_HOST says where that is.');
  return {
    server: `https://${isIPv6(host) ? `[${host}]` : host}:${port}`,
    async credential() {
      const [token, ca] = await Promise.all([mounted(place, 'token'), mounted(place, 'ca.crt')]);
      return { headers: bearer(token), tls: { ca } };
    },
  };
}
