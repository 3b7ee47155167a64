export { nearest as nearestField, readField } from './fields.js';
export { parse, queryLimits } from './parse.js';
export { type Place, placeAt } from './place-at.js';
export { print, printField } from './print.js';
export { QueryError, type Span } from './query-error.js';
export {
  type Comparison,
  everything,
  type Field,
  type FieldName,
  fieldNames,
  type Query,
  type Test,
} from './query.js';
export { searchTerms, type SearchTerm, searchWords, type Token, tokenize } from './tokenize.js';
export { all, any, not } from './tree.js';
