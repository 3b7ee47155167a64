import { limits } from '@painchain/contract';
import { errorCodes, type FastifyInstance, type FastifyRequest } from 'fastify';
import { ProblemError } from '../problem/problem-error.js';
import { decodeStrictJson } from './decode.js';
import { UnreadableJsonError } from './scan.js';
import { storageFault } from './storage-fault.js';

export interface StrictJsonOptions {
  /**
   * Routes (as they were registered, such as `/api/events`) that take a batch: their bodies may be as large as a
   * batch, and may hold text and numbers that can't be stored, which the handler judges item by item.
   */
  batchRoutes: readonly string[];
  /**
   * Requests to those routes that bring another's body: what is no JSON comes as a Buffer, and none at all is no
   * fault.
   */
  isForeignBody?: (request: FastifyRequest) => boolean;
}

// A batch's lease, sources and cursors ride beside its events.
const batchBodyBytes = limits.batchBytes + 256 * 1024;

const json = /^application\/(?:[a-z0-9!#$&^_.-]+\+)?json(?:\s*;|$)/i;

/**
 * Makes the strict decoder the only reader of bodies. To be called before any route is registered, on an
 * instance to which nothing else adds a JSON parser. Addresses are held to the same: no NUL in them.
 */
export function registerStrictJson(fastify: FastifyInstance, options: StrictJsonOptions): void {
  const isBatch = ({ routeOptions }: FastifyRequest) => options.batchRoutes.includes(routeOptions.url ?? '');
  const isForeign = (request: FastifyRequest) =>
    isBatch(request) && options.isForeignBody?.(request) === true;
  fastify.addHook('onRoute', (route) => {
    if (options.batchRoutes.includes(route.url) && route.method === 'POST') route.bodyLimit = batchBodyBytes;
  });
  fastify.addHook('onRequest', (request, _reply, done) => {
    done(addressProblem(request) ?? encodingProblem(request));
  });
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    json,
    { parseAs: 'buffer', bodyLimit: limits.bodyBytes },
    (request, body: Buffer, done) => {
      try {
        const isNone = body.length === 0 && isForeign(request);
        done(null, isNone ? undefined : read(body, isBatch(request)));
      } catch (error) {
        done(error as Error);
      }
    },
  );
  fastify.addContentTypeParser(
    '*',
    { parseAs: 'buffer', bodyLimit: limits.bodyBytes },
    (request, body: Buffer, done) => {
      if (isForeign(request)) done(null, body);
      // Where nothing is served, that is the answer.
      else if (request.is404) done(null);
      else done(new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE());
    },
  );
}

// No name of ours holds a NUL, and the database would fail on one.
function addressProblem({ url }: FastifyRequest): ProblemError | undefined {
  return url.includes('%00')
    ? new ProblemError('malformed-request', 'The address holds a NUL character: leave it out.')
    : undefined;
}

function encodingProblem(request: FastifyRequest): ProblemError | undefined {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    return new ProblemError('unsupported-media-type', 'Send the body without a content-encoding.');
  }
  const contentType = request.headers['content-type'] ?? '';
  const charset = json.test(contentType)
    ? /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType)?.[1]
    : undefined;
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
    return new ProblemError('unsupported-media-type', 'Send the body as UTF-8.');
  }
  return undefined;
}

function read(body: Buffer, isBatch: boolean): unknown {
  const value = decode(body);
  const fault = isBatch ? undefined : storageFault(value);
  if (!fault) return value;
  throw new ProblemError('malformed-request', 'The body holds something that can not be stored.', {
    errors: [{ pointer: fault.pointer, detail: fault.detail }],
  });
}

function decode(body: Buffer): unknown {
  try {
    return decodeStrictJson(body);
  } catch (error) {
    if (!(error instanceof UnreadableJsonError)) throw error;
    throw new ProblemError('malformed-request', `The body can not be read: ${error.message}.`);
  }
}
