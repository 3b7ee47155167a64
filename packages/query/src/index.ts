export { type Comparison, everything, type Field, type FieldName, fieldNames, type Query, type Test } from './query.js';
