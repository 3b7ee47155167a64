import { existsSync } from 'node:fs';
import type { RequestOptions } from 'node:https';
import { delimiter } from 'node:path';
import type { HttpTls } from '@painchain/connector-sdk';
import type { KubeConfig } from '@kubernetes/client-node';
import type { Connection, Credential } from './connection.js';
import { configurationError } from './faults.js';

/** A file, or several as KUBECONFIG names them, of which the first that names something wins. */
export interface KubeconfigPlace {
  files: string;
  context: string | undefined;
}

/** A plugin that asks a human something would wait for ever. */
const longestPluginMs = 60_000;

/** Without a cause: the words of a parser hold lines of the file, those of a plugin may hold a token. */
function unreadable(detail: string) {
  const remedy =
    'Check `kubeconfig` and `context`. In a container, mount the file there, with what it refers to.';
  return configurationError('kubeconfig-not-readable', detail, remedy);
}

/** The library is heavy, and whoever runs in a pod doesn't need it. */
async function load({ files, context }: KubeconfigPlace): Promise<KubeConfig> {
  const found = files.split(delimiter).filter((file) => file !== '' && existsSync(file));
  if (found.length === 0) throw unreadable(`There is no kubeconfig at ${files}.`);
  const { KubeConfig } = await import('@kubernetes/client-node');
  const config = new KubeConfig();
  try {
    found.forEach((file, index) => {
      const one = new KubeConfig();
      one.loadFromFile(file, { onInvalidEntry: 'filter' });
      config.mergeConfig(one, index > 0);
    });
  } catch {
    throw unreadable(`The kubeconfig at ${files} can't be read.`);
  }
  if (context !== undefined) config.setCurrentContext(context);
  if (!config.getCurrentCluster()) {
    throw unreadable(
      `The kubeconfig has no cluster for the context ${config.getCurrentContext() ?? '(none)'}.`,
    );
  }
  tellPlugins(config);
  allowPlain(config);
  return config;
}

/** Without what may stand before the host, which is shown to nobody. */
function addressOf(server: string): string {
  const url = URL.canParse(server) ? new URL(server) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw unreadable('The kubeconfig gives no address of the server, such as https://api.example.com:6443.');
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/** Without TLS the library insists on this flag, which then means nothing. */
function allowPlain(config: KubeConfig): void {
  config.clusters = config.clusters.map((one) =>
    one.server.startsWith('http:') ? { ...one, skipTLSVerify: true } : one,
  );
}

/**
 * Plugins ask this variable which version of their protocol is spoken.
 * https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins
 */
function tellPlugins(config: KubeConfig): void {
  for (const { exec } of config.users as { exec?: { apiVersion?: string; env?: object[] } }[]) {
    if (!exec) continue;
    const info = { apiVersion: exec.apiVersion, kind: 'ExecCredential', spec: { interactive: false } };
    exec.env = [...(exec.env ?? []), { name: 'KUBERNETES_EXEC_INFO', value: JSON.stringify(info) }];
  }
}

async function withinTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('it did not answer in time')), longestPluginMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function credentialOf(config: KubeConfig): Promise<Credential> {
  const options: RequestOptions = {};
  try {
    await withinTime(config.applyToHTTPSOptions(options));
  } catch {
    throw configurationError(
      'credential-not-given',
      'The kubeconfig gives no credential: its plugin, or a file that it names, has failed.',
      'Try `kubectl get namespaces` with it as the user that the connector runs as; a plugin must be installed there.',
    );
  }
  const { ca, cert, key, servername, rejectUnauthorized } = options as HttpTls;
  const headers = Object.entries((options.headers ?? {}) as Record<string, string>);
  const basic = options.auth ? `Basic ${Buffer.from(options.auth).toString('base64')}` : undefined;
  return {
    headers: {
      ...Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
      ...(basic === undefined ? {} : { authorization: basic }),
    },
    tls: { ca, cert, key, servername, rejectUnauthorized },
  };
}

/**
 * A cluster of a kubeconfig, with whatever it gives as a credential: a token, a certificate, a plugin, OIDC. The library
 * keeps what a plugin has given for as long as it is valid.
 */
export async function fromKubeconfig(place: KubeconfigPlace): Promise<Connection> {
  let config = await load(place);
  const { server, proxyUrl } = config.getCurrentCluster() ?? { server: '' };
  if (proxyUrl) {
    throw configurationError(
      'proxy-not-supported',
      'The kubeconfig reaches this cluster by a proxy, which is not supported.',
      'Run the connector where the cluster can be reached without `proxy-url`.',
    );
  }
  let isRefused = false;
  return {
    server: addressOf(server),
    async credential() {
      if (isRefused) config = await load(place);
      isRefused = false;
      return credentialOf(config);
    },
    forget() {
      isRefused = true;
    },
  };
}
