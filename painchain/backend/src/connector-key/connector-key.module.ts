import { Global, Module } from '@nestjs/common';
import { ConnectorKey } from './connector-key.js';

/** Owns the key that connectors carry, and who is let in by it. */
@Global()
@Module({ providers: [ConnectorKey], exports: [ConnectorKey] })
export class ConnectorKeyModule {}
