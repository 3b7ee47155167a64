import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { Logger } from '@painchain/runtime';
import { createMetrics } from '@painchain/runtime/metrics';
import { Clock, systemClock } from './clock.js';
import { Config } from './config.js';
import { LOGGER, METRICS } from './tokens.js';

/**
 * What every room may ask for without importing it: the configuration, the logger, the metrics registry and the
 * clock. Owns nothing that changes.
 */
@Global()
@Module({})
export class ConfigModule {
  static with(config: Config, logger: Logger): DynamicModule {
    const providers = [
      { provide: Config, useValue: config },
      { provide: LOGGER, useValue: logger },
      { provide: METRICS, useValue: createMetrics() },
      { provide: Clock, useValue: systemClock },
    ];
    return { module: ConfigModule, providers, exports: providers };
  }
}
