/** What people read while PainChain runs: few lines, colour only where it is seen. */
export interface Terminal {
  say(line: string): void;
  warn(line: string): void;
  fault(line: string): void;
  /** A word and what belongs to it, in two columns. */
  row(label: string, text: string): void;
}

interface Output {
  isTTY?: boolean;
  write(text: string): unknown;
}

export function createTerminal(output: Output = process.stdout, env = process.env): Terminal {
  const coloured = Boolean(output.isTTY) && !env.NO_COLOR && env.TERM !== 'dumb';
  const paint = (code: number, text: string) => (coloured ? `\u001b[${code}m${text}\u001b[0m` : text);
  return {
    say: (line) => output.write(`${line}\n`),
    warn: (line) => output.write(`${paint(33, '!')} ${line}\n`),
    fault: (line) => output.write(`${paint(31, '✗')} ${line}\n`),
    row: (label, text) => output.write(`  ${paint(2, label.padEnd(10))} ${text}\n`),
  };
}
