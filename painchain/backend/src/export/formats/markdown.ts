import { type TimelineRow, type Tone, toneOf } from '@painchain/contract';
import type { Asked, Format, Pages } from './format.js';
import type { LocalClock } from './local-clock.js';
import { code, link, plain } from './markdown-text.js';
import { signedOffset } from './signed-offset.js';

/** What tells an outcome at a glance. */
const glyphs: Record<Tone, string> = { good: '✓', bad: '✕', warning: '•', active: '•', neutral: '•' };

/** The timeline of an incident, to be pasted into a report: days as headings, a line an event, oldest first. */
export const markdown: Format<TimelineRow> = {
  media: 'text/markdown; charset=utf-8',
  extension: 'md',
  write: writeMarkdown,
};

async function* writeMarkdown(pages: Pages<TimelineRow>, asked: Asked): AsyncGenerator<string> {
  yield headOf(asked);
  let last: Moment | undefined;
  for await (const rows of pages) {
    let text = '';
    for (const row of rows) {
      const moment = asked.clock.read(row.timestamp);
      text += `${headingOf(moment, last)}- **${moment.time}** ${lineOf(row, asked)}\n`;
      last = moment;
    }
    yield text;
  }
  if (!last) yield '\nNo events.\n';
}

type Moment = ReturnType<LocalClock['read']>;

/** Where clocks are set back, the same times come twice on one day. */
function headingOf({ day, weekday, offset }: Moment, last: Moment | undefined): string {
  if (day !== last?.day) return `\n## ${day}, ${weekday}\n\n`;
  return offset === last.offset ? '' : `\n## ${day}, ${weekday}, from here on ${offset}\n\n`;
}

function headOf({ query, from, to, at, clock, now }: Asked): string {
  const momentOf = (instant: string) => {
    const { day, time } = clock.read(instant);
    return `${day} ${time}`;
  };
  const start = from === undefined ? 'The beginning' : momentOf(from);
  const end = to === undefined ? `now, ${momentOf(now)}` : momentOf(to);
  const lines = [
    `# Timeline of ${query === '' ? 'all events' : code(query)}`,
    '',
    `${start} to ${end}. Times are those of ${code(clock.zone)}.`,
  ];
  if (at !== undefined) lines.push('', `Offsets are from ${momentOf(at)}.`);
  return `${lines.join('\n')}\n`;
}

function lineOf(row: TimelineRow, { at, fields }: Asked): string {
  const offset = at === undefined ? [] : [`(${signedOffset(Date.parse(row.timestamp) - Date.parse(at))})`];
  const status = row.status === null ? [] : [glyphs[toneOf(row.status)], plain(row.status), '—'];
  const added = fields.flatMap((name) => {
    const value = row.fields?.[name] ?? null;
    const shown = typeof value === 'object' ? JSON.stringify(value) : String(value);
    return value === null ? [] : [`${plain(name)}: ${plain(shown)}`];
  });
  const parts = [
    plain(row.title),
    plain(row.project),
    plain(row.connector),
    ...(row.actor === null ? [] : [plain(row.actor)]),
    ...added,
    row.url === null ? undefined : link('source', row.url),
  ];
  const described = parts.filter((part) => part !== undefined && part !== '').join(' · ');
  return [...offset, ...status, described].join(' ');
}
