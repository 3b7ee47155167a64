import { redactSecret, redactText } from '@painchain/runtime';
import { ApiError, openApi } from './api.js';
import { apiUrl } from './config.js';
import { importV1 } from './import-v1.js';
import { OptionsError, readOptions, usage } from './options.js';
import { openV1, V1Error } from './v1-database.js';

const say = (line: string) => process.stdout.write(`${redactText(line)}\n`);

/** The exit code: 0 when everything is there, 1 when something was refused or could not be done. */
async function run(args: string[]): Promise<number> {
  if (args.includes('--help')) {
    // As it stands: the address in it is an example, and no secret.
    process.stdout.write(usage);
    return 0;
  }
  const options = readOptions(args, apiUrl);
  redactSecret(decodeURIComponent(new URL(options.from).password));
  const v1 = await openV1(options.from);
  const api = openApi(options.to, say);
  try {
    const { tally, teams } = await importV1(v1, api, options, say);
    say('');
    for (const line of tally.lines(options.dryRun)) say(line);
    say(`teams          ${teams.created} made, ${teams.known} already there, ${teams.leftOut} left out`);
    if (options.dryRun) say('Nothing was sent: --dry-run.');
    return tally.refusals > 0 ? 1 : 0;
  } finally {
    await Promise.all([v1.close(), api.close()]);
  }
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  const isKnown = error instanceof OptionsError || error instanceof V1Error || error instanceof ApiError;
  const text = isKnown
    ? error.message
    : error instanceof Error
      ? (error.stack ?? error.message)
      : String(error);
  process.stderr.write(`${redactText(text)}\n`);
  if (error instanceof OptionsError) process.stderr.write(`\n${usage}`);
  process.exitCode = 1;
}
