// A stand-in for the backend, for developing the interface alone: node dev/fake-api.mjs [port]. Serves dist/ too.
// POST /fake {"mode": "normal"|"empty"|"connected"|"gone"|"broken", "add": 3, "backfill": 2} changes how it answers.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connectors, integrations, makeEvent, types, withData } from './fake-data.mjs';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const mimes = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html', '.svg': 'image/svg+xml' };
const fields = ['connector', 'project', 'type', 'status', 'actor', 'environment'];
let mode = 'normal';
let count = 1_200;
const start = Date.now();
let events = Array.from({ length: count }, (_, i) => makeEvent(i, start - (count - i) * 17 * 60_000));
const streams = new Set();

const matches = (row, query) =>
  fields.every((field) => !query.has(field) || query.getAll(field).includes(row[field])) &&
  (!query.get('from') || row.timestamp >= query.get('from')) &&
  (!query.get('to') || row.timestamp < query.get('to'));

function json(response, body, status = 200) {
  response.writeHead(status, {
    'content-type': status < 400 ? 'application/json' : 'application/problem+json',
  });
  response.end(JSON.stringify(body));
}

function problem(response, status, title, detail) {
  json(response, { type: 'urn:painchain:problem:fake', title, status, detail, instance: 'req-4711' }, status);
}

function timeline(query) {
  const all = mode === 'normal' ? events.filter((row) => matches(row, query)) : [];
  all.sort((a, b) => (a.timestamp < b.timestamp ? 1 : -1));
  const at = Number(query.get('cursor') ?? 0);
  const limit = Number(query.get('limit') ?? 50);
  return {
    rows: all.slice(at, at + limit),
    live_cursor: `n${count}`,
    prev_cursor: null,
    next_cursor: at + limit < all.length ? String(at + limit) : null,
  };
}

function stream(request, response, query) {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(': hello\n\n');
  const since = Number((query.get('cursor') ?? `n${count}`).slice(1));
  const one = {
    send: (rows) => {
      const mine = rows.filter((row) => matches(row, query));
      if (mine.length > 0)
        response.write(
          `event: rows\nid: n${count}\ndata: ${JSON.stringify({ kind: 'rows', rows: mine })}\n\n`,
        );
    },
    end: () => response.end(),
  };
  const missed = events.filter((row) => row.n >= since);
  if (missed.length > 0) one.send(missed);
  streams.add(one);
  request.on('close', () => streams.delete(one));
}

function add(amount, extra) {
  const rows = Array.from({ length: amount }, () => {
    const at = extra.backfill ? start - 90 * 60_000 : Date.now();
    return { ...makeEvent(count, at, extra), n: count++ };
  });
  events = [...events, ...rows];
  for (const one of streams) one.send(rows);
}

async function control(request, response) {
  let body = '';
  for await (const chunk of request) body += chunk;
  const asked = JSON.parse(body || '{}');
  if (asked.mode) mode = asked.mode;
  if (mode === 'gone') for (const one of streams) one.end();
  if (asked.add) add(asked.add, {});
  if (asked.backfill) add(asked.backfill, { backfill: true });
  json(response, { mode, streams: streams.size });
}

function api(request, response, path, query) {
  if (mode === 'gone') return request.socket.destroy();
  if (mode === 'broken')
    return problem(response, 503, 'The query took too long', 'Narrow the range of time.');
  if (path === '/timeline') return json(response, timeline(query));
  if (path === '/timeline/stream') return stream(request, response, query);
  if (path === '/integrations')
    return json(response, { integrations: mode === 'empty' ? [] : integrations() });
  if (path === '/connectors') return json(response, { connectors: mode === 'empty' ? [] : connectors() });
  if (path === '/connectors/types') return json(response, { types });
  if (path === '/projects') {
    const names = [...new Set(events.map((row) => row.project))];
    return json(response, {
      next_cursor: null,
      projects: names.map((name) => ({
        name,
        connector: 'repo',
        tags: [],
        events: 240,
        last_event_at: null,
      })),
    });
  }
  const found = path.startsWith('/events/') && events.find((row) => row.id === path.slice(8));
  return found
    ? json(response, withData(found))
    : problem(response, 404, 'Not found', 'There is no such event.');
}

function file(response, path) {
  let name = join(dist, normalize(path));
  if (!existsSync(name) || statSync(name).isDirectory()) name = join(dist, 'index.html');
  response.writeHead(200, {
    'content-type': mimes[extname(name)] ?? 'application/octet-stream',
    'content-security-policy':
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'",
  });
  createReadStream(name).pipe(response);
}

const server = createServer((request, response) => {
  const url = new URL(request.url, 'http://fake');
  if (url.pathname === '/fake') return control(request, response);
  if (url.pathname.startsWith('/api/'))
    return api(request, response, url.pathname.slice(4), url.searchParams);
  return file(response, url.pathname);
});
server.listen(Number(process.argv[2] ?? 8000), '127.0.0.1', () => {
  process.stdout.write(`fake API on http://127.0.0.1:${server.address().port}\n`);
});
