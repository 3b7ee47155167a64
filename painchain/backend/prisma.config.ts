import { fileURLToPath } from 'node:url';
import { defineConfig } from 'prisma/config';

// `prisma generate` looks for the native schema engine, which is a download of its own, though it never runs it.
// This names a file that exists. Were it run after all (prisma migrate), it fails, and loudly: our own runner
// migrates, see src/database/migrator.ts.
process.env['PRISMA_SCHEMA_ENGINE_BINARY'] = fileURLToPath(
  new URL('./prisma/no-schema-engine.sh', import.meta.url),
);
process.env['CHECKPOINT_DISABLE'] = '1';

export default defineConfig({ schema: 'prisma/schema.prisma' });
