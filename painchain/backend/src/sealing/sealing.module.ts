import { Module } from '@nestjs/common';
import { Config } from '../config/config.js';
import { SealingService } from './sealing.service.js';

/** Owns how secrets are sealed at rest. Whose they are, and who may see what of them, is integrations/. */
@Module({
  providers: [
    {
      provide: SealingService,
      inject: [Config],
      useFactory: ({ secretKey }: Config) => new SealingService(secretKey),
    },
  ],
  exports: [SealingService],
})
export class SealingModule {}
