import { Controller, Get } from '@nestjs/common';
import { contractVersion } from '@painchain/contract';

/** What `GET /api` answers: where to go from here. */
@Controller()
export class IndexController {
  @Get()
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
