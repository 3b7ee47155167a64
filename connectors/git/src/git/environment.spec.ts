import { expect, it } from 'vitest';
import { gitEnvironment } from './environment.js';

it('the authorities of SSL_CERT_FILE reach git, which reads only a variable of its own', () => {
  const env = gitEnvironment({ inherited: { SSL_CERT_FILE: '/etc/acme-ca.pem' }, protocols: ['https'] });
  expect(env['GIT_SSL_CAINFO']).toBe('/etc/acme-ca.pem');
});
