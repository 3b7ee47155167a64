export { JsonObject, JsonValue } from './json.js';
export { limits } from './limits.js';
export { Timestamp, timestampFault } from './timestamp.js';
export { CloudEvent } from './cloud-event.js';
export { ConnectorType, HttpUrl, NewEvent, Ref, StoredEvent, TimelineRow } from './event.js';
export {
  BatchAnswer,
  EventAnswer,
  EventBatch,
  ItemResult,
  LeaseProof,
  RejectedEvent,
  RejectedList,
  RejectionCode,
  SourceProgress,
  type TypedEventBatch,
} from './delivery.js';
export { ConnectorManifest, ConnectorTypeList, ConnectorTypeView } from './manifest.js';
export {
  Coverage,
  CoverageKind,
  CoverageQuery,
  CoverageStretch,
  CoverageVerdict,
  IntegrationCoverage,
  SourceCounts,
  SourceCoverage,
} from './coverage.js';
export { CoverageInterval, SourceStatus, Trouble } from './source-status.js';
export {
  CommandView,
  Drift,
  IntegrationActivity,
  IntegrationHealth,
  IntegrationList,
  IntegrationRemoval,
  IntegrationUpdate,
  IntegrationView,
  NewIntegration,
  SealedSecret,
} from './integration.js';
export {
  CommandResult,
  ConnectorList,
  ConnectorRegistration,
  ConnectorView,
  Heartbeat,
  HeartbeatAnswer,
  HeldLease,
  Lease,
  LeaseAnswer,
  LeaseRequest,
  RegistrationAnswer,
  contractVersion,
} from './connector.js';
export { ProjectList, ProjectQuery, ProjectView } from './project.js';
export {
  EventPage,
  StreamMessage,
  StreamQuery,
  TimelineFilter,
  TimelinePage,
  TimelineQuery,
} from './timeline.js';
export { Problem, type ProblemCode, problemType, problems } from './problem.js';
export { Capped } from './capped.js';
export {
  Facets,
  FacetsQuery,
  Fields,
  FieldsQuery,
  FilterField,
  Histogram,
  HistogramQuery,
} from './counts.js';
export { ExportQuery } from './export.js';
export { Related, RelatedEvent, Relation, Stage } from './related.js';
export { NewTeam, Team, TeamList } from './team.js';
export { type Tone, toneOf } from './tone.js';
export { NewView, SavedView, ViewList, ViewQuery } from './view.js';
