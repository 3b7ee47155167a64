import type { Query } from '@painchain/query';
import type { Bind } from './walk.js';

/** A query as a boolean SQL expression over the alias `e` of events. All of its values are bound. */
export declare function compile(query: Query, tenantId: number, bind: Bind): string;
