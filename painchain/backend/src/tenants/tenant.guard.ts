import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../problem/problem-error.js';
import type { Tenant } from './current-tenant.js';

/** The one tenant of a self-hosted install; the first migration makes it. */
export const defaultTenant: Tenant = Object.freeze({ id: 1, slug: 'default' });

/** Finds the tenant of each request. What the client says by X-Tenant-ID may agree, but never decides. */
@Injectable()
export class TenantGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest & { tenant?: Tenant }>();
    const said = request.headers['x-tenant-id'];
    if (said !== undefined && said !== defaultTenant.slug) {
      throw new ProblemError('not-allowed', 'X-Tenant-ID names another tenant than yours: leave it out.');
    }
    request.tenant = defaultTenant;
    return true;
  }
}
