import {
  BatchAnswer,
  CloudEvent,
  CommandView,
  ConnectorList,
  ConnectorTypeList,
  ConnectorTypeView,
  Coverage,
  CoverageQuery,
  EventAnswer,
  EventBatch,
  EventPage,
  ExportQuery,
  Facets,
  FacetsQuery,
  Fields,
  FieldsQuery,
  HeartbeatAnswer,
  Histogram,
  HistogramQuery,
  IntegrationActivity,
  IntegrationList,
  IntegrationRemoval,
  IntegrationView,
  LeaseAnswer,
  limits,
  NewEvent,
  type ProblemCode,
  ProjectList,
  ProjectQuery,
  RegistrationAnswer,
  RejectedList,
  Related,
  SavedView,
  StoredEvent,
  StreamMessage,
  StreamQuery,
  Team,
  TeamList,
  TimelinePage,
  TimelineQuery,
  ViewList,
  ViewQuery,
} from '@painchain/contract';
import { z } from 'zod';

export interface Operation {
  summary: string;
  query?: z.ZodType;
  /** Only where the handler reads the body by itself; else its own schema is taken. */
  body?: z.ZodType;
  /** Further media types that the body may have. */
  otherBodies?: Record<string, z.ZodType>;
  answers: Record<number, z.ZodType | null>;
  /** The media type of the answers, when it is not JSON, or all that there may be. */
  media?: string | readonly string[];
  /** Beside those that every operation has. */
  problems?: ProblemCode[];
  key?: 'demanded' | 'for some';
}

const Status = z.object({ status: z.string(), reason: z.string().optional() }).meta({ id: 'HealthStatus' });
const Index = z
  .object({ name: z.string(), contract_version: z.string(), links: z.record(z.string(), z.string()) })
  .meta({ id: 'Index' });

const reading: ProblemCode[] = ['invalid', 'query-timeout'];
const writing: ProblemCode[] = ['too-large', 'unsupported-media-type', 'invalid', 'foreign-origin'];

/** The API on one page. A test holds it and the controllers together. */
export const operations: Record<string, Operation> = {
  'GET /api': { summary: 'A small index of the API', answers: { 200: Index } },
  'POST /api/events': {
    summary:
      'Store one event, or a batch with the cursors of its sources; CloudEvents 1.0 in all their modes',
    body: z.union([NewEvent, EventBatch]),
    otherBodies: {
      'application/cloudevents+json': CloudEvent,
      'application/cloudevents-batch+json': z.array(CloudEvent).max(limits.batchEvents),
      '*/*': z.string().meta({
        description: 'The data of a CloudEvent whose attributes are headers: ce-specversion, ce-id, ….',
      }),
    },
    answers: { 200: z.union([BatchAnswer, EventAnswer]), 201: EventAnswer },
    problems: [...writing, 'missing-key', 'stale-lease', 'cursor-moved'],
    key: 'for some',
  },
  'GET /api/events': {
    summary: 'A page of events with their full data, newest first or in the order of a field',
    query: TimelineQuery,
    answers: { 200: EventPage },
    problems: [...reading, 'invalid-cursor'],
  },
  'GET /api/events/{id}': {
    summary: 'One event with all that is known of it',
    answers: { 200: StoredEvent },
    problems: ['not-found'],
  },
  'GET /api/events/{id}/related': {
    summary: 'What hangs together with an event, as the chain of its stages, and why',
    answers: { 200: Related },
    problems: ['not-found', 'query-timeout'],
  },
  'GET /api/rejected': {
    summary: 'Events that were refused for good, newest first',
    answers: { 200: RejectedList },
    problems: [...reading, 'invalid-cursor'],
  },
  'POST /api/rejected/{id}/redrive': {
    summary: 'Try to store a refused event once more',
    answers: { 200: EventAnswer },
    problems: [...writing, 'not-found'],
  },
  'GET /api/timeline': {
    summary: 'A page of the timeline without data, newest first or in the order of a field',
    query: TimelineQuery,
    answers: { 200: TimelinePage },
    problems: [...reading, 'invalid-cursor'],
  },
  'GET /api/timeline/histogram': {
    summary: 'How many events happened when, split by a field',
    query: HistogramQuery,
    answers: { 200: Histogram },
    problems: reading,
  },
  'GET /api/timeline/facets': {
    summary: 'How often each value of a field occurs',
    query: FacetsQuery,
    answers: { 200: Facets },
    problems: reading,
  },
  'GET /api/timeline/fields': {
    summary: 'Which fields the newest events have, for completing a query',
    query: FieldsQuery,
    answers: { 200: Fields },
    problems: reading,
  },
  'GET /api/timeline/stream': {
    summary: 'The live tail as server-sent events',
    query: StreamQuery,
    answers: { 200: StreamMessage },
    media: 'text/event-stream',
    problems: ['invalid'],
  },
  'GET /api/export': {
    summary: 'All events of a query as a file; an answer that breaks off is not whole',
    query: ExportQuery,
    answers: { 200: z.string() },
    media: ['text/csv', 'application/x-ndjson', 'text/markdown'],
    problems: [...reading, 'too-many-requests'],
  },
  'GET /api/coverage': {
    summary: 'Who saw what completely in a window, so that it can be proved that nothing changed',
    query: CoverageQuery,
    answers: { 200: Coverage },
    problems: reading,
  },
  'GET /api/projects': {
    summary: 'Where things change, by name',
    query: ProjectQuery,
    answers: { 200: ProjectList },
    problems: [...reading, 'invalid-cursor'],
  },
  'GET /api/integrations': {
    summary: 'All integrations, without their secrets, and how they do',
    answers: { 200: IntegrationList },
  },
  'GET /api/integrations/activity': {
    summary: 'How many events each integration brought in, hour by hour',
    answers: { 200: IntegrationActivity },
  },
  'POST /api/integrations': {
    summary: 'Register an integration; an upsert for the file that manages it',
    answers: { 200: IntegrationView, 201: IntegrationView },
    problems: [...writing, 'missing-key', 'conflict'],
    key: 'for some',
  },
  'GET /api/integrations/{id}': {
    summary: 'One integration, without its secrets',
    answers: { 200: IntegrationView },
    problems: ['not-found'],
  },
  'PUT /api/integrations/{id}': {
    summary: 'Change an integration; a secret that is left out is kept',
    answers: { 200: IntegrationView },
    problems: [...writing, 'not-found', 'conflict'],
  },
  'DELETE /api/integrations/{id}': {
    summary: 'Remove an integration; its events stay unless asked otherwise',
    query: IntegrationRemoval,
    answers: { 204: null },
    problems: ['foreign-origin', 'invalid', 'not-found', 'conflict'],
  },
  'POST /api/integrations/{id}/test': {
    summary: 'Let its connector test the integration',
    answers: { 202: CommandView },
    problems: [...writing, 'not-found', 'no-connector', 'conflict'],
  },
  'POST /api/integrations/{id}/sync': {
    summary: 'Let its connector look at the sources now',
    answers: { 202: CommandView },
    problems: [...writing, 'not-found', 'no-connector', 'conflict'],
  },
  'GET /api/integrations/{id}/commands/{commandId}': {
    summary: 'What became of a test or sync',
    answers: { 200: CommandView },
    problems: ['not-found'],
  },
  'GET /api/connectors': { summary: 'The connector processes', answers: { 200: ConnectorList } },
  'GET /api/connectors/types': { summary: 'The types of connectors', answers: { 200: ConnectorTypeList } },
  'GET /api/connectors/types/{type}': {
    summary: 'What a type of connector says of itself',
    answers: { 200: ConnectorTypeView },
    problems: ['not-found'],
  },
  'POST /api/connectors/register': {
    summary: 'A connector process says who it is',
    answers: { 200: RegistrationAnswer },
    problems: [...writing, 'missing-key', 'incompatible-contract'],
    key: 'demanded',
  },
  'POST /api/connectors/{id}/heartbeat': {
    summary: 'A connector lives: renews its leases, reports, takes commands along',
    answers: { 200: HeartbeatAnswer },
    problems: [...writing, 'missing-key', 'not-found'],
    key: 'demanded',
  },
  'POST /api/connectors/{id}/leases': {
    summary: 'Hand leases back and claim new ones',
    answers: { 200: LeaseAnswer },
    problems: [...writing, 'missing-key', 'not-found'],
    key: 'demanded',
  },
  'GET /api/views': {
    summary: 'The shared views, and those of an owner',
    query: ViewQuery,
    answers: { 200: ViewList },
    problems: ['invalid'],
  },
  'POST /api/views': {
    summary: 'Save a view, shared or of an owner',
    answers: { 201: SavedView },
    problems: [...writing, 'conflict'],
  },
  'GET /api/views/{id}': {
    summary: 'One view: a shared one, or one of the owner',
    query: ViewQuery,
    answers: { 200: SavedView },
    problems: ['invalid', 'not-found'],
  },
  'PUT /api/views/{id}': {
    summary: 'Replace a view; it stays shared, or its owner’s',
    answers: { 200: SavedView },
    problems: [...writing, 'not-found', 'conflict'],
  },
  'DELETE /api/views/{id}': {
    summary: 'Remove a view: a shared one, or one of the owner',
    query: ViewQuery,
    answers: { 204: null },
    problems: ['foreign-origin', 'invalid', 'not-found'],
  },
  'GET /api/teams': { summary: 'The teams and their tags', answers: { 200: TeamList } },
  'POST /api/teams': {
    summary: 'Name the tags of a team',
    answers: { 201: Team },
    problems: [...writing, 'conflict'],
  },
  'PUT /api/teams/{id}': {
    summary: 'Replace the name and tags of a team',
    answers: { 200: Team },
    problems: [...writing, 'not-found', 'conflict'],
  },
  'DELETE /api/teams/{id}': {
    summary: 'Remove a team; its events stay',
    answers: { 204: null },
    problems: ['foreign-origin', 'not-found'],
  },
  'GET /api/health/live': { summary: 'Whether the process lives', answers: { 200: Status } },
  'GET /api/health/ready': {
    summary: 'Whether requests can be served now, or why not',
    answers: { 200: Status, 503: Status },
  },
  'GET /api/metrics': {
    summary: 'Metrics for Prometheus',
    answers: { 200: z.string() },
    media: 'text/plain',
  },
};
