import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from '@painchain/runtime';
import type { Registry } from '@painchain/runtime/metrics';
import { Config } from '../config/config.js';
import { LOGGER, METRICS } from '../config/tokens.js';
import { Database } from './database.js';
import { createPoolGauge } from './pool-metrics.js';
import { createPool, servingPool } from './pool.js';

/**
 * Owns the connections, the schema and its migrations, the two roles and the one door for rows (`Database`).
 * Knows nothing of what the rows mean.
 */
@Global()
@Module({
  providers: [
    {
      provide: Database,
      inject: [Config, LOGGER, METRICS],
      useFactory: (config: Config, logger: Logger, registry: Registry) => {
        const onError = (error: Error) => logger.warn({ err: error }, 'an idle database connection was lost');
        const database = new Database(createPool(config.appUrl, servingPool, onError));
        createPoolGauge(database, registry);
        return database;
      },
    },
  ],
  exports: [Database],
})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(Database) private readonly database: Database) {}

  // Last: by now the server is closed and nobody works with a connection any more.
  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }
}
