import { Injectable } from '@nestjs/common';
import { type LeaseProof, limits, type SourceProgress } from '@painchain/contract';
import type { Sql } from '../database/sql.js';
import { decodeId } from '../database/opaque-id.js';
import { ProblemError } from '../problem/problem-error.js';
import { LeaseRepository } from './lease.repository.js';

/**
 * What a lease entitles to. Both calls belong into the transaction that stores the events: their errors must
 * roll it back whole.
 */
@Injectable()
export class LeaseService {
  constructor(private readonly leases: LeaseRepository) {}

  /** Holds the lease still until the transaction ends. Throws `stale-lease` when it isn't the caller's. */
  async fence(
    sql: Sql,
    tenantId: number,
    proof: LeaseProof,
  ): Promise<{ integrationId: string; type: string }> {
    const integrationId = decodeId('int', proof.integration_id);
    const found = integrationId && (await this.leases.lockIntegration(sql, tenantId, integrationId));
    if (!integrationId || !found || !found.enabled || !found.live || found.epoch !== proof.epoch) {
      throw new ProblemError(
        'stale-lease',
        'This lease has ended or was taken by another connector. Drop the work and lease the integration anew.',
      );
    }
    return { integrationId, type: found.type };
  }

  /**
   * Moves cursors by compare-and-set and answers with the new versions in the order given; a watermark never
   * goes back. Throws `cursor-moved` when one of them was moved by somebody else.
   */
  async advanceSources(
    sql: Sql,
    tenantId: number,
    integrationId: string,
    sources: SourceProgress[],
    connectorType: string,
  ): Promise<{ source: string; version: number }[]> {
    if (sources.length === 0) return [];
    refuseUnstorable(sources);
    const moved = await this.leases.moveSources(sql, tenantId, integrationId, sources);
    const versions = new Map(moved.map(({ source, version }) => [source, version]));
    const answer = sources.map(({ source }) => {
      const version = versions.get(source);
      if (version === undefined) {
        throw new ProblemError(
          'cursor-moved',
          `The cursor of the source "${source}" was moved by somebody else. Lease the integration anew to get it.`,
        );
      }
      return { source, version };
    });
    const projects = projectsOf(sources);
    if (projects.length > 0) await this.leases.tagProjects(sql, tenantId, connectorType, projects);
    return answer;
  }
}

function refuseUnstorable(sources: SourceProgress[]): void {
  const seen = new Set<string>();
  const errors = sources.flatMap(({ source, cursor }, index) => {
    const faults = [];
    if (seen.has(source)) {
      faults.push({ pointer: `/sources/${index}/source`, detail: 'must not be named twice in one batch' });
    }
    seen.add(source);
    if (cursor !== undefined && Buffer.byteLength(JSON.stringify(cursor)) > limits.cursorBytes) {
      faults.push({
        pointer: `/sources/${index}/cursor`,
        detail: `must not be larger than ${limits.cursorBytes} bytes of JSON`,
      });
    }
    return faults;
  });
  if (errors.length > 0) {
    throw new ProblemError('invalid', 'The progress of a source cannot be stored.', { errors });
  }
}

/** Several sources may feed one project: its tags are those of all of them. */
function projectsOf(sources: SourceProgress[]): { name: string; tags: string[] | null }[] {
  const projects = new Map<string, Set<string> | null>();
  for (const { project, tags } of sources) {
    if (project === undefined) continue;
    const known = projects.get(project) ?? null;
    projects.set(project, tags || known ? new Set([...(known ?? []), ...(tags ?? [])]) : null);
  }
  return [...projects].map(([name, tags]) => ({ name, tags: tags && [...tags] }));
}
