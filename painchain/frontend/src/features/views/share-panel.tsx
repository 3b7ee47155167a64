import { Check, Clock, Download, Link2 } from 'lucide-react';
import { type MouseEvent, type ReactNode, useState } from 'react';
import type { HomeSearch } from '../../address/home-search.js';
import { copyText } from '../../components/copy-button.js';
import { ProblemBox } from '../../components/problem-box.js';
import { checkExport } from './check-export.js';
import { absoluteSearch, exportUrl, exportWords, type Format, formats, linkTo } from './share.js';

/** What is on the screen as a link, moving with the clock or fixed, or as a file. */
export function SharePanel({ search }: { search: HomeSearch }) {
  return (
    <>
      <section aria-label="Link" className="p-1">
        <h2 className="views-section">Link</h2>
        <CopyLink
          icon={<Link2 size={14} aria-hidden="true" />}
          title="Copy link"
          hint="As it is: “last 24 h” stays that."
          link={() => location.href}
        />
        <CopyLink
          icon={<Clock size={14} aria-hidden="true" />}
          title="Copy link with fixed time"
          hint="Shows the same stretch of time tomorrow."
          link={() => linkTo(absoluteSearch(search, Date.now()), location.origin)}
        />
      </section>
      <Export search={search} />
    </>
  );
}

type CopyProps = { icon: ReactNode; title: string; hint: string; link(): string };

function CopyLink({ icon, title, hint, link }: CopyProps) {
  const [outcome, setOutcome] = useState<{ copied: boolean; link: string }>();
  const copy = async () => {
    const text = link();
    setOutcome({ copied: await copyText(text), link: text });
  };
  return (
    <>
      <button type="button" className="choice share-choice" onClick={() => void copy()}>
        {outcome?.copied ? <Check size={14} className="text-good" aria-hidden="true" /> : icon}
        <span className="flex flex-col items-start">
          <span>{outcome?.copied ? 'Copied' : title}</span>
          <span className="text-muted">{hint}</span>
        </span>
      </button>
      <span role="status" className="sr-only">
        {outcome?.copied && 'Copied'}
      </span>
      {outcome && !outcome.copied && (
        <label className="flex flex-col gap-1 px-2 pb-2">
          The browser refused to copy. Copy it from here:
          <input
            type="text"
            readOnly
            className="field-input"
            value={outcome.link}
            onFocus={(event) => event.target.select()}
          />
        </label>
      )}
    </>
  );
}

const about: Record<Format, [name: string, hint: string]> = {
  csv: ['CSV', 'For a spreadsheet, with the added columns.'],
  ndjson: ['NDJSON', 'Every event whole, one a line.'],
  markdown: ['Markdown', 'The timeline of an incident, oldest first.'],
};

function urlOf(search: HomeSearch, format: Format): string {
  return exportUrl(search, format, Date.now(), Intl.DateTimeFormat().resolvedOptions().timeZone);
}

function Export({ search }: { search: HomeSearch }) {
  const [state, setState] = useState<
    { format: Format; is: 'asked' | 'begun' } | { format: Format; error: unknown }
  >();
  const fetchFile = async (format: Format) => {
    const url = urlOf(search, format);
    setState({ format, is: 'asked' });
    try {
      await checkExport(url);
      download(url);
      setState({ format, is: 'begun' });
    } catch (error) {
      setState({ format, error });
    }
  };
  const pressed = (event: MouseEvent, format: Format) => {
    // A press with a modifier is meant for the browser.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void fetchFile(format);
  };
  return (
    <section aria-label="Export" className="border-t border-line p-1">
      <h2 className="views-section">Export</h2>
      <p className="px-2 pb-1">{exportWords(search)}</p>
      {formats.map((format) => (
        <a
          key={format}
          href={urlOf(search, format)}
          download
          className="choice share-choice"
          onClick={(event) => pressed(event, format)}
        >
          <Download size={14} aria-hidden="true" />
          <span className="flex flex-col">
            <span>{about[format][0]}</span>
            <span className="text-muted">{about[format][1]}</span>
          </span>
        </a>
      ))}
      <p role="status" className="px-2 text-muted">
        {state &&
          'is' in state &&
          { asked: 'Asking for the file…', begun: 'The download has begun.' }[state.is]}
      </p>
      {state && 'error' in state && (
        <ProblemBox
          error={state.error}
          what="There is no file to download"
          onRetry={() => void fetchFile(state.format)}
        />
      )}
    </section>
  );
}

/** Leaves the file to the browser, which writes it as it comes. */
function download(url: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = '';
  link.click();
}
