import { Injectable } from '@nestjs/common';
import { ConnectorManifest } from '@painchain/contract';
import { Database } from '../../database/database.js';
import type { Prisma } from '../../database/generated/client.js';

/** What types that are not built in say of themselves, per tenant. */
@Injectable()
export class ConnectorTypesRepository {
  constructor(private readonly database: Database) {}

  async list(tenantId: number): Promise<ConnectorManifest[]> {
    const rows = await this.database.prismaInTenant(tenantId, (prisma) =>
      prisma.connectorType.findMany({ where: { tenantId }, orderBy: { type: 'asc' } }),
    );
    return rows.flatMap(({ manifest }) => readManifest(manifest) ?? []);
  }

  async find(tenantId: number, type: string): Promise<ConnectorManifest | undefined> {
    const row = await this.database.prismaInTenant(tenantId, (prisma) =>
      prisma.connectorType.findUnique({ where: { tenantId_type: { tenantId, type } } }),
    );
    return row ? readManifest(row.manifest) : undefined;
  }

  async save(tenantId: number, manifest: ConnectorManifest): Promise<void> {
    const content = { manifest: manifest as Prisma.InputJsonObject, updatedAt: new Date() };
    const key = { tenantId, type: manifest.type };
    await this.database.prismaInTenant(tenantId, (prisma) =>
      prisma.connectorType.upsert({
        where: { tenantId_type: key },
        create: { ...key, ...content },
        update: content,
      }),
    );
  }
}

/** One that an earlier release kept and this one can't read counts as absent: its connector brings it again. */
function readManifest(stored: unknown): ConnectorManifest | undefined {
  return ConnectorManifest.safeParse(stored).data;
}
