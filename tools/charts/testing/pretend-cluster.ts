import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import type { Manifest } from './render.js';
import { secretFromProtobuf } from './secret-from-protobuf.js';
import { discovery, served } from './served-kinds.js';

type Stored = Manifest & { metadata: { uid: string; resourceVersion: string }; status?: object };

/** What Kubernetes refuses to change of an object that is there. */
export function immutablePartsOf({ kind, spec = {}, data, immutable }: Manifest): unknown {
  if (kind === 'Secret') return immutable === true ? { data, immutable } : undefined;
  if (kind === 'Deployment') return spec['selector'];
  if (kind === 'PersistentVolumeClaim') return { ...spec, resources: undefined };
  if (kind === 'Job') return { selector: spec['selector'], template: spec['template'] };
  if (kind !== 'StatefulSet') return undefined;
  const mutable = [
    'replicas',
    'template',
    'updateStrategy',
    'persistentVolumeClaimRetentionPolicy',
    'minReadySeconds',
  ];
  return Object.fromEntries(Object.entries(spec).filter(([name]) => !mutable.includes(name)));
}

/**
 * As much of an API server as helm needs to install, upgrade and remove a release for real: it keeps what it is given,
 * and refuses the changes that Kubernetes refuses. Nothing runs in it; jobs are complete at once.
 */
export class PretendCluster {
  readonly #objects = new Map<string, Stored>();
  #version = 0;
  readonly #server = createServer((request, response) => {
    this.#answer(request, response).catch((error: unknown) =>
      send(response, 500, failure(500, String(error))),
    );
  });

  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  /** What is kept, without helm's own records. */
  all(): Manifest[] {
    return [...this.#objects.values()].filter(({ metadata }) => metadata.labels?.['owner'] !== 'helm');
  }

  /** What is answered to an object that is applied, whoever has rendered it. */
  async apply(manifest: Manifest): Promise<number> {
    const { port } = this.#server.address() as AddressInfo;
    const { name, namespace } = manifest.metadata;
    const url = `http://127.0.0.1:${port}/api/v1/namespaces/${namespace}/secrets/${name}`;
    const { status } = await fetch(url, { method: 'PATCH', body: JSON.stringify(manifest) });
    return status;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://cluster');
    const found = discovery(url.pathname);
    if (found !== undefined) return send(response, 200, found);
    const match = /^\/(?:api|apis)\/(v1|[^/]+\/v\d)(?:\/namespaces\/([^/]+))?\/([a-z]+)(?:\/([^/]+))?$/.exec(
      url.pathname,
    );
    const [, version = '', namespace = '', resource = '', name] = match ?? [];
    const kind = served[version]?.[resource];
    if (kind === undefined) return send(response, 404, failure(404, 'there is no such resource'));
    const prefix = `${version} ${kind} ${namespace} `;
    if (name === undefined && request.method === 'GET') {
      return this.#list(response, prefix, { apiVersion: version, kind: `${kind}List` }, url.searchParams);
    }
    const body = await bodyOf(request);
    const key = prefix + decodeURIComponent(name ?? body?.metadata.name ?? '');
    const known = this.#objects.get(key);
    if (request.method === 'DELETE') this.#objects.delete(key);
    if (request.method === 'GET' || request.method === 'DELETE') {
      return known ? send(response, 200, known) : send(response, 404, failure(404, `${key} not found`));
    }
    if (request.method === 'POST' && known) return send(response, 409, failure(409, `${key} already exists`));
    // Helm 4 applies whole objects, helm 3 sends what is different.
    const isPatch = request.headers['content-type']?.includes('merge-patch') === true;
    const wanted = (isPatch ? merged(known, body) : { ...known, ...body }) as Manifest;
    if (known && !isDeepStrictEqual(immutablePartsOf(wanted), immutablePartsOf(known))) {
      return send(response, 422, failure(422, `${key} is immutable in what was changed`));
    }
    return send(response, known ? 200 : 201, this.#keep(key, wanted, known));
  }

  #keep(key: string, object: Manifest, known: Stored | undefined): Stored {
    const uid = known?.metadata.uid ?? randomUUID();
    const kept: Stored = {
      ...object,
      metadata: { ...object.metadata, uid, resourceVersion: String((this.#version += 1)) },
    };
    if (object.kind === 'Job') {
      kept.status = { succeeded: 1, conditions: [{ type: 'Complete', status: 'True' }] };
    }
    this.#objects.set(key, kept);
    return kept;
  }

  #list(response: ServerResponse, prefix: string, head: object, asked: URLSearchParams): void {
    const wanted = (asked.get('labelSelector') ?? '')
      .split(',')
      .filter(Boolean)
      .map((one) => one.split('='));
    const field = /^metadata\.name=(.*)$/.exec(asked.get('fieldSelector') ?? '')?.[1];
    const items = [...this.#objects].flatMap(([key, object]) => {
      const { labels = {}, name } = object.metadata;
      const fits = wanted.every(([label = '', value]) => labels[label] === value);
      return key.startsWith(prefix) && fits && (field === undefined || field === name) ? [object] : [];
    });
    // Whoever asks for a list by a watch asks again as everyone did before there was that.
    if (asked.has('sendInitialEvents')) return send(response, 422, failure(422, 'not served here'));
    // A watch is open until whoever asked goes away.
    if (asked.get('watch') !== 'true') {
      return send(response, 200, { ...head, metadata: { resourceVersion: String(this.#version) }, items });
    }
    response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
  }
}

function merged(known: unknown, patch: unknown): unknown {
  const isObject = (value: unknown): value is object =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isObject(known) || !isObject(patch)) return patch;
  const result: Record<string, unknown> = { ...known };
  for (const [name, value] of Object.entries(patch)) result[name] = merged(result[name], value);
  return result;
}

function failure(code: number, message: string): object {
  const reason = { 404: 'NotFound', 409: 'AlreadyExists', 422: 'Invalid' }[code] ?? 'InternalError';
  return { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, reason, code };
}

function send(response: ServerResponse, code: number, body: object): void {
  response.writeHead(code, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<Manifest | null> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  if (request.headers['content-type']?.includes('protobuf') !== true)
    return parse(body.toString()) as Manifest | null;
  return request.method === 'DELETE' ? null : secretFromProtobuf(body);
}
