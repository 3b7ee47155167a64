/** The LIKE pattern of literal texts with anything between them. */
export function likePattern(parts: readonly string[]): string {
  return parts.map((part) => part.replaceAll(/[\\%_]/g, String.raw`\$&`)).join('%');
}
