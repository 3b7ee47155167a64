// Numbered events, sent until they are acknowledged, and what is there of them afterwards.
import { setTimeout as sleep } from 'node:timers/promises';

/** @param {number} number */
const eventOf = (number) => ({
  key: `trial/${number}`,
  title: `Change ${number}`,
  connector: 'trial',
  project: 'trial/feed',
  timestamp: new Date(Date.now() - 1000).toISOString(),
  data: { number },
});

/**
 * @param {string} url of the API
 * @param {number} number
 * @returns {Promise<Response>} of the POST
 */
export function post(url, number) {
  return fetch(`${url}/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(eventOf(number)),
    signal: AbortSignal.timeout(5_000),
  });
}

/** Sends one event after the other, each until it is acknowledged, until it is told to stop. */
export class Feed {
  acknowledged = 0;
  retries = 0;
  #next = 0;
  #stopped = false;
  /** @type {Promise<void>[]} */
  #lanes = [];

  /**
   * @param {string} url
   * @param {number} lanes that send at the same time
   */
  start(url, lanes = 4) {
    this.#stopped = false;
    this.#lanes = Array.from({ length: lanes }, () => this.#lane(url));
  }

  async stop() {
    this.#stopped = true;
    await Promise.all(this.#lanes);
  }

  /** @param {string} url */
  async #lane(url) {
    while (!this.#stopped) {
      const number = (this.#next += 1);
      while (!(await this.#send(url, number))) {
        this.retries += 1;
        await sleep(100);
      }
      this.acknowledged += 1;
      await sleep(10);
    }
  }

  /**
   * @param {string} url
   * @param {number} number
   */
  async #send(url, number) {
    try {
      const response = await post(url, number);
      await response.arrayBuffer();
      return response.ok;
    } catch {
      return false;
    }
  }
}

/**
 * @param {string} url
 * @param {string} query
 * @returns {Promise<{ rows: number, different: number }>} how many are stored, and of how many keys
 */
export async function stored(url, query) {
  const response = await fetch(`${url}/export?format=ndjson&q=${encodeURIComponent(query)}`);
  if (!response.ok) throw new Error(`the export answered ${response.status}`);
  const lines = (await response.text()).split('\n').filter(Boolean);
  const keys = new Set(lines.map((line) => /** @type {{ key: string }} */ (JSON.parse(line)).key));
  return { rows: lines.length, different: keys.size };
}

/**
 * Listens to the live tail until the event with this number is told.
 *
 * @param {string} url
 * @param {number} number
 * @returns {Promise<{ opened: Promise<string | null>, told: Promise<number> }>} who serves it, and when it was told
 */
export async function listen(url, number) {
  const response = await fetch(`${url}/timeline/stream?q=connector:trial`, {
    signal: AbortSignal.timeout(30_000),
  });
  const { body } = response;
  if (!response.ok || body === null) throw new Error(`the live tail answered ${response.status}`);
  const told = async () => {
    let text = '';
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      if (text.includes(`"Change ${number}"`)) return Date.now();
    }
    throw new Error('the live tail ended without the event');
  };
  return { opened: Promise.resolve(response.headers.get('x-served-by')), told: told() };
}
