import { Injectable } from '@nestjs/common';
import { HealthRepository } from './health.repository.js';

export interface ReadinessCheck {
  ready: boolean;
  /** Why not, and what is waited for. */
  reason?: string;
}

/** Whether requests can be served now. Being alive is another matter: a process without database is. */
@Injectable()
export class ReadinessService {
  #isDraining = false;

  constructor(private readonly repository: HealthRepository) {}

  /** From now on no load balancer shall send anything here. */
  drain(): void {
    this.#isDraining = true;
  }

  async check(): Promise<ReadinessCheck> {
    if (this.#isDraining) return { ready: false, reason: 'stopping' };
    if (!this.repository.isMigrated) return { ready: false, reason: 'waiting for the database' };
    if (await this.repository.answers()) return { ready: true };
    return { ready: false, reason: 'the database does not answer' };
  }
}
