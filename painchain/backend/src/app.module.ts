import { type DynamicModule, Module } from '@nestjs/common';
import type { Logger } from '@painchain/runtime';
import type { Config } from './config/config.js';
import { ConfigModule } from './config/config.module.js';
import { ConnectorKeyModule } from './connector-key/connector-key.module.js';
import { ConnectorsModule } from './connectors/connectors.module.js';
import { CountsModule } from './counts/counts.module.js';
import { CoverageModule } from './coverage/coverage.module.js';
import { DatabaseModule } from './database/database.module.js';
import { EventsModule } from './events/events.module.js';
import { ExportModule } from './export/export.module.js';
import { HealthModule } from './health/health.module.js';
import { IntegrationsModule } from './integrations/integrations.module.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { OpenApiModule } from './openapi/openapi.module.js';
import { ProjectsModule } from './projects/projects.module.js';
import { ReindexingModule } from './reindexing/reindexing.module.js';
import { RelatedModule } from './related/related.module.js';
import { RetentionModule } from './retention/retention.module.js';
import { TeamsModule } from './teams/teams.module.js';
import { TenantsModule } from './tenants/tenants.module.js';
import { TimelineModule } from './timeline/timeline.module.js';
import { ViewsModule } from './views/views.module.js';

/** The whole backend: one module per room, each of which says in its own file what it owns. */
@Module({})
export class AppModule {
  static with(config: Config, logger: Logger): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.with(config, logger),
        DatabaseModule,
        TenantsModule,
        ConnectorKeyModule,
        EventsModule,
        TimelineModule,
        ExportModule,
        RelatedModule,
        CountsModule,
        CoverageModule,
        ProjectsModule,
        IntegrationsModule,
        ConnectorsModule,
        ViewsModule,
        TeamsModule,
        RetentionModule,
        ReindexingModule,
        HealthModule,
        MetricsModule,
        OpenApiModule,
      ],
    };
  }
}
