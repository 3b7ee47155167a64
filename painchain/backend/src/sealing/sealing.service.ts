import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { JsonObject } from '@painchain/contract';

/** Why a sealed text could not be opened. */
export type SealFault = 'foreign_key' | 'damaged';

const details: Record<SealFault, string> = {
  foreign_key: 'it was sealed with another key',
  damaged: 'it was altered, or belongs to another integration',
};

/** A sealed text can't be opened. Says nothing of what it holds. */
export class SealError extends Error {
  override readonly name = 'SealError';

  constructor(readonly fault: SealFault) {
    super(`The sealed configuration can't be opened: ${details[fault]}.`);
  }
}

const cipher = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Seals configurations at rest: `v1.<key id>.<nonce>.<ciphertext and tag>`, AES-256-GCM. Tenant and integration
 * are authenticated with it, so that a sealed text opens in its own row only.
 */
export class SealingService {
  readonly #key: Uint8Array;
  readonly #keyId: string;

  /** Throws a RangeError unless the key has 32 bytes. */
  constructor(key: Uint8Array) {
    if (key.length !== 32) throw new RangeError('the key that seals secrets must have 32 bytes');
    this.#key = key;
    this.#keyId = createHmac('sha256', key).update('painchain key id').digest('base64url').slice(0, 11);
  }

  seal(tenantId: number, integrationId: string, config: JsonObject): string {
    const nonce = randomBytes(nonceBytes);
    const sealing = createCipheriv(cipher, this.#key, nonce, { authTagLength: tagBytes });
    sealing.setAAD(place(tenantId, integrationId));
    const sealed = Buffer.concat([
      sealing.update(JSON.stringify(config), 'utf8'),
      sealing.final(),
      sealing.getAuthTag(),
    ]);
    return ['v1', this.#keyId, nonce.toString('base64url'), sealed.toString('base64url')].join('.');
  }

  /** Throws a SealError. */
  open(tenantId: number, integrationId: string, text: string): JsonObject {
    const [version, keyId, nonce, sealed, ...rest] = text.split('.');
    if (version !== 'v1' || !nonce || !sealed || rest.length > 0) throw new SealError('damaged');
    if (keyId !== this.#keyId) throw new SealError('foreign_key');
    const bytes = Buffer.from(sealed, 'base64url');
    try {
      const opening = createDecipheriv(cipher, this.#key, Buffer.from(nonce, 'base64url'), {
        authTagLength: tagBytes,
      });
      opening.setAAD(place(tenantId, integrationId));
      opening.setAuthTag(bytes.subarray(-tagBytes));
      const plain = Buffer.concat([opening.update(bytes.subarray(0, -tagBytes)), opening.final()]);
      return JSON.parse(plain.toString('utf8')) as JsonObject;
    } catch {
      throw new SealError('damaged');
    }
  }
}

function place(tenantId: number, integrationId: string): Buffer {
  return Buffer.from(`v1|${tenantId}|${integrationId}|config`);
}
