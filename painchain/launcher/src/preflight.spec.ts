import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { requirePort } from './preflight.js';

it('names PAINCHAIN_PORT when the port is taken, and is content when it is free', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  await expect(requirePort('127.0.0.1', port)).rejects.toThrow(/in use.*PAINCHAIN_PORT=\d+ npm start/);
  server.close();
  await once(server, 'close');
  await requirePort('127.0.0.1', port);
});

it('names PAINCHAIN_HOST when the address is not this machine’s', async () => {
  await expect(requirePort('192.0.2.1', 8_000)).rejects.toThrow(/PAINCHAIN_HOST/);
});
