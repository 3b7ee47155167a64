const marker = '[redacted]';

/** Shapes that are a secret wherever they stand. Linear patterns: they run over foreign text. */
const shapes: readonly [RegExp, string][] = [
  [/\bgh[pousr]_[A-Za-z0-9]{16,255}/g, marker],
  [/\bgithub_pat_[A-Za-z0-9_]{20,255}/g, marker],
  [/\bgl(?:pat|dt|rt|cbt|ptt|ft|agent|soat)-[A-Za-z0-9_.-]{16,255}/g, marker],
  [/\bpc_[A-Za-z0-9]+_[A-Za-z0-9_]{16,255}/g, marker],
  // With a digit in it, so that prose about "basic authentication" stays as it is.
  [/\b(Bearer|Basic) +(?=[A-Za-z._~+/=-]{0,512}\d)[A-Za-z0-9._~+/=-]{16,4096}/gi, `$1 ${marker}`],
  [/(\b[a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/@:"\\]{0,256}:[^\s/@"\\]{1,512}@/gi, `$1${marker}@`],
];

// Most texts hold none of these, and one look is cheaper than six.
const mayHoldSecret = /gh[pousr]_|github_pat_|gl[a-z]+-|pc_|bearer |basic |:\/\//i;

const registered = new Set<string>();

/**
 * Makes every logger of this process replace `secret` wherever it stands, as it is, inside JSON and inside a
 * URL. Texts below six characters are not registered: they would blacken half of the log. Returns the way to forget
 * one that has run out, so that what is renewed every hour does not pile up.
 */
export function redactSecret(secret: string): () => void {
  if (secret.length < 6) return () => undefined;
  const forms = [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)];
  for (const form of forms) registered.add(form);
  return () => forms.forEach((form) => registered.delete(form));
}

/** The text with everything that is, or looks like, a secret replaced by `[redacted]`. */
export function redactText(text: string): string {
  let clean = text;
  for (const secret of registered) clean = clean.replaceAll(secret, marker);
  if (!mayHoldSecret.test(clean)) return clean;
  for (const [shape, replacement] of shapes) clean = clean.replace(shape, replacement);
  return clean;
}
