import type { Coverage, CoverageInterval, CoverageStretch, Lease, SourceStatus } from '@painchain/contract';
import { deliver } from '../../connectors/testing/leases.js';
import {
  expectStatus,
  proofOf,
  type TestApi,
  type TestConnector,
} from '../../connectors/testing/test-api.js';

const minute = 60_000;

/** An instant so many minutes from now. */
export const fromNow = (minutes: number) => new Date(Date.now() + minutes * minute).toISOString();

/** Lets minutes pass: whatever is kept lies that much further back. */
export async function pass(api: TestApi, minutes: number): Promise<void> {
  const by = `- interval '${minutes} minutes'`;
  await api.db.asOwner(`update sources set watermark = watermark ${by}, connected_at = connected_at ${by},
    last_sync = last_sync ${by}, due_at = due_at ${by}, gone_at = gone_at ${by},
    status = status || jsonb_build_object('last_sync', (status ->> 'last_sync')::timestamptz ${by})`);
  await api.db.asOwner(`update coverage_spells set began_at = began_at ${by}, ended_at = ended_at ${by}`);
  await api.db.asOwner(`update integrations set last_heartbeat = last_heartbeat ${by}`);
  await api.db.asOwner(`update connectors set last_heartbeat = last_heartbeat ${by}`);
}

/** Lets minutes pass in which everything is looked at as it should be. */
export async function passWell(api: TestApi, minutes: number): Promise<void> {
  await pass(api, minutes);
  await api.db.asOwner(
    `update sources set watermark = now(), last_sync = now(), due_at = now() + interval '1 minute'`,
  );
  await api.db.asOwner('update integrations set last_heartbeat = now()');
}

/** The coverage of the last hours, or of what the query says. */
export async function coverageOf(api: TestApi, query: Record<string, string> = {}): Promise<Coverage> {
  const parameters = new URLSearchParams({ from: fromNow(-60), ...query }).toString();
  return expectStatus(await api.call<Coverage>('GET', `/coverage?${parameters}`), 200);
}

/** As `kind for minutes: reason`; what is shorter is left out. */
export function inMinutes(stretches: readonly CoverageStretch[]): string[] {
  return stretches.flatMap(({ from, to, kind, reason }) => {
    const minutes = Math.round((Date.parse(to) - Date.parse(from)) / minute);
    return minutes === 0 ? [] : [`${kind} for ${minutes}${reason === undefined ? '' : `: ${reason}`}`];
  });
}

/** A source of a leased integration, polled each minute, and what its connector does with it. */
export class WatchedSource {
  #version = 0;

  constructor(
    private readonly api: TestApi,
    readonly connector: TestConnector,
    readonly lease: Lease,
    readonly name: string,
    private readonly project: string | null = null,
  ) {}

  /** A look that has seen everything up to so many minutes from now. */
  look(minutes = 0): Promise<void> {
    return this.#step({ watermark: fromNow(minutes) });
  }

  /** A part of a look, behind which there is more. */
  page(): Promise<void> {
    return this.#step({});
  }

  async #step(step: { watermark?: string }): Promise<void> {
    const progress = { source: this.name, cursor: {}, expected_version: this.#version, ...step };
    const named = this.project === null ? progress : { ...progress, project: this.project };
    const [moved] = await deliver(this.api, this.lease, [named]);
    this.#version = moved?.version ?? 0;
  }

  status(changes: Partial<SourceStatus> = {}): SourceStatus {
    return {
      source: this.name,
      project: this.project,
      state: 'healthy',
      watermark: null,
      last_sync: fromNow(0),
      next_sync: fromNow(1),
      lag_seconds: null,
      rate_limit: null,
      progress: null,
      trouble: null,
      intervals: [],
      ...changes,
    };
  }

  /** Its connector lives, and says how it does. */
  async beat(changes: Partial<SourceStatus> = {}): Promise<void> {
    await beat(this.connector, this.lease, [this.status(changes)]);
  }

  /** A look that can't be had. */
  async fail(detail: string): Promise<void> {
    const trouble = { code: 'trouble', detail, remedy: 'Wait.', since: fromNow(0) };
    await this.beat({ state: 'failing', trouble });
  }

  /** It says of itself in what quality it saw a stretch of time, in minutes from now. */
  async tell(kind: CoverageInterval['kind'], from: number, to: number, reason: string): Promise<void> {
    await this.beat({ intervals: [{ from: fromNow(from), to: fromNow(to), kind, reason }] });
  }
}

/** A heartbeat with exactly these sources of one lease. */
export async function beat(connector: TestConnector, lease: Lease, sources: SourceStatus[]): Promise<void> {
  await connector.beat([], { leases: [{ ...proofOf(lease), sources, trouble: null }] });
}

/** An integration with one source, looked at each minute for the last hours. */
export async function watched(
  api: TestApi,
  name: string,
  { type = 'vault', project = null }: { type?: string; project?: string | null } = {},
): Promise<WatchedSource> {
  await api.integration(name, { type });
  const connector = await api.register(`of ${name}`, type);
  const [lease] = await connector.claim(1);
  if (!lease) throw new Error('nothing was leased');
  const source = new WatchedSource(api, connector, lease, `${name} source`, project);
  await source.look();
  await source.beat();
  await passWell(api, 120);
  return source;
}
