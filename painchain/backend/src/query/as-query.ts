import type { TimelineFilter } from '@painchain/contract';
import type { Query } from '@painchain/query';

/**
 * What a request asks, its filters and its `q` together. Throws `invalid` with the place of the fault in `q`.
 */
export declare function asQuery(filter: TimelineFilter): Query;

/** The query without the conditions on one field that all events must meet. */
export declare function without(query: Query, field: string): Query;
