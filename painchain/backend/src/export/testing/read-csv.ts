/** The cells of a file as RFC 4180 has it, read by its grammar. Throws where it is none. */
export function readCsv(text: string): string[][] {
  const lines: string[][] = [];
  let rest = text;
  while (rest !== '') {
    const line: string[] = [];
    for (;;) {
      const [all, quoted, bare] = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))/.exec(rest) ?? [''];
      line.push(quoted === undefined ? (bare ?? '') : quoted.replaceAll('""', '"'));
      rest = rest.slice(all.length);
      if (!rest.startsWith(',')) break;
      rest = rest.slice(1);
    }
    if (!rest.startsWith('\r\n'))
      throw new Error(`a line does not end where it should: ${rest.slice(0, 40)}`);
    rest = rest.slice(2);
    lines.push(line);
  }
  return lines;
}
