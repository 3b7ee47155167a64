import { describe, expect, it } from 'vitest';
import { gitHub } from './connector.js';

function isMeant(path: string, config: object): boolean {
  const variable = gitHub.environment?.[path];
  return typeof variable === 'object' && variable.when({ ...config });
}

describe('the environment', () => {
  it('gives a token only where the file has no App, and an App’s key only where it has one', () => {
    const app = { id: 7, installation: 42 };
    expect([isMeant('token', { app }), isMeant('token', {})]).toEqual([false, true]);
    expect([isMeant('app.private_key', { app }), isMeant('app.private_key', {})]).toEqual([true, false]);
  });
});
