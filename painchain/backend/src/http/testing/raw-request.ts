import { connect } from 'node:net';

export interface RawAnswer {
  /** 0 when the server closed without a word. */
  status: number;
  text: string;
}

/** Sends bytes as they are and gives what comes back until the server closes, or `waitMs` have passed. */
export function rawRequest(port: number, bytes: string | Buffer, waitMs = 2_000): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    const timer = setTimeout(() => socket.destroy(), waitMs);
    socket.on('data', (chunk) => (text += chunk.toString('latin1')));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(timer);
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), text });
    });
    socket.write(bytes);
  });
}
