import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';

export interface ReadinessCheck {
  ready: boolean;
  /** Why not, and what is waited for. */
  reason?: string;
}

const checkMs = 2_000;

/** Whether requests can be served now. Being alive is another matter: a process without database is. */
@Injectable()
export class Readiness {
  #isDraining = false;

  constructor(private readonly database: Database) {}

  /** From now on no load balancer shall send anything here. */
  drain(): void {
    this.#isDraining = true;
  }

  async check(): Promise<ReadinessCheck> {
    if (this.#isDraining) return { ready: false, reason: 'stopping' };
    if (!this.database.isOpen) return { ready: false, reason: 'waiting for the database' };
    try {
      await this.database.withoutTenant((sql) => sql.query({ text: 'select' }), { timeoutMs: checkMs });
      return { ready: true };
    } catch {
      return { ready: false, reason: 'the database does not answer' };
    }
  }
}
