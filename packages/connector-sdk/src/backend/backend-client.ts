import {
  BatchAnswer,
  type ConnectorRegistration,
  type Heartbeat,
  HeartbeatAnswer,
  LeaseAnswer,
  type LeaseRequest,
  type NewIntegration,
  RegistrationAnswer,
  type TypedEventBatch,
} from '@painchain/contract';
import { HttpError, createHttpClient } from '@painchain/runtime/http';
import type { z } from 'zod';

/** The backend's API as a connector uses it. Everything throws HttpError, or SourceError without a key. */
export interface BackendClient {
  register(registration: ConnectorRegistration, signal: AbortSignal): Promise<RegistrationAnswer>;
  upsertIntegration(integration: NewIntegration, signal: AbortSignal): Promise<void>;
  heartbeat(connectorId: string, heartbeat: Heartbeat, signal: AbortSignal): Promise<HeartbeatAnswer>;
  lease(connectorId: string, request: LeaseRequest, signal: AbortSignal): Promise<LeaseAnswer>;
  sendEvents(batch: TypedEventBatch, signal: AbortSignal): Promise<BatchAnswer>;
  close(): Promise<void>;
}

// So many that slow deliveries never keep a heartbeat waiting.
const connections = 64;

/** A client for the API at `url`. The key is asked for with each request. */
export function createBackendClient(url: string, key: () => string, timeoutMs = 30_000): BackendClient {
  const http = createHttpClient({ baseUrl: url, timeoutMs, connections });

  async function post<Answer>(path: string, json: unknown, schema: z.ZodType<Answer>, signal: AbortSignal) {
    const headers = { authorization: `Bearer ${key()}` };
    const response = await http.request(path, { method: 'POST', json, headers, signal });
    const parsed = schema.safeParse(response.json());
    if (parsed.success) return parsed.data;
    throw new HttpError('invalid_answer', `POST ${path} was answered by something else than PainChain`, {
      status: response.status,
      headers: response.headers,
      cause: parsed.error,
    });
  }

  return {
    register: (registration, signal) =>
      post('/connectors/register', registration, RegistrationAnswer, signal),
    upsertIntegration: async (integration, signal) => {
      const headers = { authorization: `Bearer ${key()}` };
      await http.request('/integrations', { method: 'POST', json: integration, headers, signal });
    },
    heartbeat: (id, heartbeat, signal) =>
      post(`/connectors/${encodeURIComponent(id)}/heartbeat`, heartbeat, HeartbeatAnswer, signal),
    lease: (id, request, signal) =>
      post(`/connectors/${encodeURIComponent(id)}/leases`, request, LeaseAnswer, signal),
    sendEvents: (batch, signal) => post('/events', batch, BatchAnswer, signal),
    close: () => http.close(),
  };
}
