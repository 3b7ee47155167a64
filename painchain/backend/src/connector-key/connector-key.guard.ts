import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../problem/problem-error.js';
import { ConnectorKey } from './connector-key.js';

/** Lets only connectors in: their routes hand out secrets. */
@Injectable()
export class ConnectorKeyGuard implements CanActivate {
  constructor(private readonly key: ConnectorKey) {}

  canActivate(context: ExecutionContext): boolean {
    if (this.key.isValid(context.switchToHttp().getRequest<FastifyRequest>())) return true;
    throw missingKey();
  }
}

export function missingKey(): ProblemError {
  const detail =
    'Send Authorization: Bearer with the connector key: PAINCHAIN_API_KEY, or the file connector.key in the data directory.';
  return new ProblemError('missing-key', detail);
}
