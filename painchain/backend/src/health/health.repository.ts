import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';

const answerMs = 2_000;

/** Whether the database can be worked with. */
@Injectable()
export class HealthRepository {
  constructor(private readonly database: Database) {}

  get isMigrated(): boolean {
    return this.database.isOpen;
  }

  async answers(): Promise<boolean> {
    try {
      await this.database.withoutTenant((sql) => sql.query({ text: 'select' }), { timeoutMs: answerMs });
      return true;
    } catch {
      return false;
    }
  }
}
