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
