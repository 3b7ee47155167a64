/** What is secret, and what to say instead of it. */
export interface Secrecy {
  /** Whether what stands under this name is a secret. */
  isSecret(name: string): boolean;
  /** `hmac:` and twelve characters: shows that a value changes, and nothing of the value. */
  digest(value: string): string;
}

const switches = /^(?:true|false|null|none|yes|no|on|off|enabled|disabled)?$/i;
const variable = /^\$(?:\{\w+\}|\(\w+\))$/;
const place = /^\/(?:etc|var|run|mnt|opt|tmp|usr|home|root|srv|secrets?|vault)\/[\w.@:/-]+$/;

/** What nobody has to hide, whatever it is called: a switch, a variable or a file that the value is taken from. */
export function isPlainValue(value: string): boolean {
  return [switches, variable, place].some((plain) => plain.test(value.trim()));
}

/** What stands for a value: its digest, and as many lines as it had. One that stands for another stays. */
export function hide(value: string, { digest }: Secrecy): string {
  const text = value.trim();
  if (isPlainValue(text) || /^hmac:[0-9a-f]{12}$/.test(text)) return value;
  return digest(value) + '\n'.repeat(value.split('\n').length - 1);
}
