import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { contractVersion } from '@painchain/contract';

/** What `GET /api` answers: where to go from here. */
@ApiTags('index')
@Controller()
export class IndexController {
  @Get()
  @ApiOperation({ summary: 'A small index of the API' })
  index(): { name: string; contract_version: string; links: Record<string, string> } {
    return {
      name: 'PainChain',
      contract_version: contractVersion,
      links: {
        timeline: '/api/timeline',
        stream: '/api/timeline/stream',
        events: '/api/events',
        projects: '/api/projects',
        integrations: '/api/integrations',
        connectors: '/api/connectors',
        connector_types: '/api/connectors/types',
        ready: '/api/health/ready',
        metrics: '/api/metrics',
        openapi: '/api/openapi.json',
        docs: '/api/docs',
      },
    };
  }
}
