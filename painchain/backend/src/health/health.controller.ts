import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ReadinessService } from './readiness.service.js';

@Controller('health')
export class HealthController {
  constructor(private readonly readiness: ReadinessService) {}

  @Get('live')
  live(): { status: string } {
    return { status: 'live' };
  }

  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<{ status: string; reason?: string }> {
    const { ready, reason } = await this.readiness.check();
    if (ready) return { status: 'ready' };
    void reply.code(503).header('retry-after', '1');
    return { status: 'not_ready', ...(reason !== undefined && { reason }) };
  }
}
