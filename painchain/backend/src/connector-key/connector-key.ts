import { createHash, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Config } from '../config/config.js';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** The key by which connector processes show who they are. */
@Injectable()
export class ConnectorKey {
  readonly #expected: Buffer;

  constructor(config: Config) {
    this.#expected = digest(config.connectorKey);
  }

  /** Whether the request carries the key. Takes the same time for every wrong one. */
  isValid(request: Pick<FastifyRequest, 'headers'>): boolean {
    const [scheme, token, ...more] = (request.headers.authorization ?? '').split(' ');
    if (scheme?.toLowerCase() !== 'bearer' || token === undefined || more.length > 0) return false;
    return timingSafeEqual(digest(token), this.#expected);
  }
}
