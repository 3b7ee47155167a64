import { StandardSchemaValidationPipe } from '@nestjs/common';
import { type FieldFault, ProblemError } from './problem-error.js';

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** RFC 6901: the empty pointer is the whole. */
export function toPointer(path: Issue['path'] = []): string {
  return path
    .map((part) => String(typeof part === 'object' ? part.key : part))
    .map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}

const mostFaults = 50;

// Zod tells a field that is not there as one of a wrong type.
const missing = /^Invalid input: expected (.+), received undefined$/;

export function toFieldFaults(issues: readonly Issue[]): FieldFault[] {
  return issues.slice(0, mostFaults).map(({ path, message }) => ({
    pointer: toPointer(path),
    detail: message.replace(missing, 'is required ($1)').slice(0, 500),
  }));
}

/** Validates what a handler declares by `@Body({schema})`, `@Query({schema})` or `@Param(name, {schema})`. */
export function createValidationPipe(): StandardSchemaValidationPipe {
  return new StandardSchemaValidationPipe({
    exceptionFactory: (issues) =>
      new ProblemError('invalid', 'Correct the fields named in errors and send it again.', {
        errors: toFieldFaults(issues),
      }),
  });
}
