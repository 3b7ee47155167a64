import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { TenantGuard } from './tenant.guard.js';

/** Owns whose request it is. Whether that tenant may see a row is the database's business. */
@Module({ providers: [{ provide: APP_GUARD, useClass: TenantGuard }] })
export class TenantsModule {}
