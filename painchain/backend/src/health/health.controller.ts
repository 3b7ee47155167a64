import { Controller, Get, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Readiness } from './readiness.js';

@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Get('live')
  @ApiOperation({ summary: 'Whether the process lives' })
  live(): { status: string } {
    return { status: 'live' };
  }

  @Get('ready')
  @ApiOperation({ summary: 'Whether requests can be served now; 503 with the reason when not' })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<{ status: string; reason?: string }> {
    const { ready, reason } = await this.readiness.check();
    if (ready) return { status: 'ready' };
    void reply.code(503).header('retry-after', '1');
    return { status: 'not_ready', ...(reason !== undefined && { reason }) };
  }
}
