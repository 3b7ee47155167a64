import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

const runFile = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

interface Executable {
  path: string;
  env: NodeJS.ProcessEnv;
}

/** A browser to test with: PAINCHAIN_BROWSER, else one that is installed, else the one that npm brings. */
export async function launchBrowser(): Promise<Browser> {
  const { path, env } = await findBrowser();
  return chromium.launch({
    executablePath: path,
    env: { ...process.env, ...env } as Record<string, string>,
    args: [
      // Root, and the containers that tests run in, have no sandbox to offer; only our own pages are opened.
      '--no-sandbox',
      // /dev/shm of a container is 64 MB.
      '--disable-dev-shm-usage',
      '--disable-gpu',
      '--hide-scrollbars',
      '--font-render-hinting=none',
      '--force-color-profile=srgb',
      // Nothing but our own pages is to be asked for.
      '--disable-quic',
      '--disable-sync',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
    ],
  });
}

async function findBrowser(): Promise<Executable> {
  const named = process.env.PAINCHAIN_BROWSER;
  if (named === 'npm') return unpackNpmBrowser();
  for (const path of named ? [named] : installedBrowsers()) {
    if (await runs({ path, env: {} })) return { path, env: {} };
  }
  if (named) throw new Error(`PAINCHAIN_BROWSER names ${named}, which does not run.`);
  return unpackNpmBrowser();
}

function installedBrowsers(): string[] {
  const names = [
    'google-chrome',
    'google-chrome-stable',
    'chromium',
    'chromium-browser',
    'chromium-headless-shell',
  ];
  const folders = (process.env.PATH ?? '').split(delimiter);
  return [
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
    '/usr/lib/chromium/chromium-headless-shell',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ].filter((path) => existsSync(path));
}

/** An installed browser may still lack a library, or be a stub that only tells how to install it. */
async function runs({ path, env }: Executable): Promise<boolean> {
  try {
    const { stdout } = await runFile(path, ['--version', '--no-sandbox'], {
      env: { ...process.env, ...env },
      timeout: 20_000,
    });
    return /\d+\.\d+\.\d+/.test(stdout);
  } catch {
    return false;
  }
}

/**
 * @sparticuz/chromium carries Chromium and, for one of Amazon's systems, the libraries that it needs. Told that it
 * is there it unpacks both, into the folder for temporary files: ours, made beside and renamed when whole.
 */
async function unpackNpmBrowser(): Promise<Executable> {
  const home = join(root, 'node_modules/.cache/painchain/chromium-147.0.0');
  const browser = {
    path: join(home, 'chromium'),
    env: {
      LD_LIBRARY_PATH: [join(home, 'al2023/lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
      FONTCONFIG_PATH: join(home, 'fonts'),
    },
  };
  if (!existsSync(browser.path)) {
    mkdirSync(join(home, '..'), { recursive: true });
    const unfinished = mkdtempSync(`${home}.`);
    const unpack = "import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath())";
    await runFile(process.execPath, ['--input-type=module', '-e', unpack], {
      cwd: join(root, 'e2e'),
      env: { ...process.env, TMPDIR: unfinished, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
    });
    // Whoever came first has made the same.
    if (existsSync(home)) rmSync(unfinished, { recursive: true, force: true });
    else renameSync(unfinished, home);
  }
  writeFileSync(join(home, 'fonts/fonts.conf'), fontsConfiguration(home));
  if (await runs(browser)) return browser;
  throw new Error(
    'No browser runs here. Install one (Debian: apt install chromium-headless-shell) or name one in PAINCHAIN_BROWSER.',
  );
}

/** Its own looks for the fonts in /tmp/fonts; without any, no text takes room on a page, and all of it is hidden. */
function fontsConfiguration(home: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(home, 'fonts/fonts')}</dir>
  <cachedir>${join(home, 'fonts/cache')}</cachedir>
</fontconfig>
`;
}
