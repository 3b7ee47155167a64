import { createLogger } from '@painchain/runtime';
import { everything } from '@painchain/query';
import { describe, expect, it } from 'vitest';
import type { LiveTailRepository, TailRead } from './live-tail.repository.js';
import { LiveTailService } from './live-tail.service.js';

const never = { read: () => new Promise<TailRead>(() => {}) } as unknown as LiveTailRepository;
const serve = () => new LiveTailService(never, createLogger({ name: 'test', level: 'silent' }));

function openStream() {
  const closed: (() => void)[] = [];
  const stream = {
    isBehind: false,
    isEnded: false,
    send() {},
    mark() {},
    end() {
      this.isEnded = true;
    },
    onClose: (done: () => void) => closed.push(done),
  };
  return { stream, leave: () => closed.forEach((done) => done()) };
}

describe('LiveTailService', () => {
  it('serves a bounded number of streams and has room again when one leaves', () => {
    const service = serve();
    const streams = Array.from({ length: 500 }, (_, n) => {
      const opened = openStream();
      service.assertRoom();
      service.subscribe(n % 3, { query: everything, columns: [], from: undefined, stream: opened.stream });
      return opened;
    });
    expect(() => service.assertRoom()).toThrow(
      expect.objectContaining({ code: 'unavailable', retryAfterSeconds: 5 }),
    );
    streams[7]?.leave();
    expect(() => service.assertRoom()).not.toThrow();
  });

  it('ends all streams when the process stops, and takes no new one', () => {
    const service = serve();
    const { stream } = openStream();
    service.subscribe(1, { query: everything, columns: [], from: undefined, stream });
    service.onModuleDestroy();
    expect(stream.isEnded).toBe(true);
    expect(() => service.assertRoom()).toThrow(expect.objectContaining({ code: 'unavailable' }));
  });
});
