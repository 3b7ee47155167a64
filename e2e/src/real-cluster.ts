import { once } from 'node:events';
import { type IncomingMessage, request as requestPlain } from 'node:http';
import { type RequestOptions, request as requestTls } from 'node:https';
import { KubeConfig } from '@kubernetes/client-node';

/** Writes to a cluster that a kubeconfig names, as anybody would who is allowed to. */
export class RealCluster {
  private constructor(
    private readonly config: KubeConfig,
    private readonly server: string,
  ) {}

  static open(kubeconfig: string): RealCluster {
    const config = new KubeConfig();
    config.loadFromFile(kubeconfig);
    // Without TLS the library insists on this flag, which then means nothing.
    config.clusters = config.clusters.map((one) =>
      one.server.startsWith('http:') ? { ...one, skipTLSVerify: true } : one,
    );
    const { server } = config.getCurrentCluster() ?? {};
    if (server === undefined) throw new Error(`${kubeconfig} names no cluster.`);
    return new RealCluster(config, server);
  }

  async version(): Promise<string> {
    return ((await this.#ask('GET', '/version')) as { gitVersion: string }).gitVersion;
  }

  create(path: string, object: object): Promise<unknown> {
    return this.#ask('POST', path, object);
  }

  /** What is null is taken away, all else is merged. */
  patch(path: string, patch: object): Promise<unknown> {
    return this.#ask('PATCH', path, patch);
  }

  delete(path: string): Promise<unknown> {
    return this.#ask('DELETE', path);
  }

  async #ask(method: string, path: string, body?: object): Promise<unknown> {
    const options: RequestOptions = {};
    await this.config.applyToHTTPSOptions(options);
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    const request = this.server.startsWith('http:') ? requestPlain : requestTls;
    const asked = request(
      `${this.server.replace(/\/$/, '')}${path}${method === 'DELETE' ? '' : '?fieldManager=kubectl-edit'}`,
      {
        ...options,
        method,
        headers: { ...options.headers, 'content-type': type },
      },
    ).end(body && JSON.stringify(body));
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    const parts: Buffer[] = [];
    for await (const part of answer) parts.push(part as Buffer);
    const text = Buffer.concat(parts).toString();
    if ((answer.statusCode ?? 500) >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${text}`);
    return JSON.parse(text);
  }
}
