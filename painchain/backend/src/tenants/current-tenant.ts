import { type ExecutionContext, createParamDecorator } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

export interface Tenant {
  id: number;
  slug: string;
}

/** Who the request works for, as `TenantGuard` has found out. */
export const tenantOf = (request: FastifyRequest): Tenant => {
  const { tenant } = request as FastifyRequest & { tenant?: Tenant };
  if (!tenant) throw new Error('this route asks for a tenant, but no guard has found one');
  return tenant;
};

/** The tenant of the request, as a handler's parameter. */
export const CurrentTenant = createParamDecorator((_: unknown, context: ExecutionContext) =>
  tenantOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
