import { Readable } from 'node:stream';
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ExportQuery } from '@painchain/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentTenant, type Tenant } from '../tenants/current-tenant.js';
import { ExportService } from './export.service.js';

@Controller('export')
export class ExportController {
  constructor(private readonly exports: ExportService) {}

  /** Errors before the first byte are problems like any other; after it the connection breaks. */
  @Get()
  async export(
    @CurrentTenant() tenant: Tenant,
    @Query({ schema: ExportQuery }) query: ExportQuery,
    @Req() { method }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { name, media, content } = await this.exports.open(tenant.id, query);
    void reply
      .header('content-type', media)
      .header('content-disposition', `attachment; filename="${name}"`)
      .header('cache-control', 'no-store')
      .header('x-content-type-options', 'nosniff');
    if (method !== 'HEAD') {
      void reply.send(content);
      return;
    }
    // The server would read a file to its end just to say nothing of it.
    content.destroy();
    void reply.send(Readable.from([]));
  }
}
