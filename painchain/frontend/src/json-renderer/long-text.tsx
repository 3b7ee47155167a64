import { Download } from 'lucide-react';
import { useFold } from './use-fold.js';
import { renderLimits } from './limits.js';
import { withoutAnsi } from './texts.js';

function download(text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = 'field.txt';
  anchor.click();
  URL.revokeObjectURL(address);
}

/** Never cuts a surrogate pair in two. */
function head(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}

type Props = { text: string; path: string; pre?: boolean };

/** Any text within its caps: 2,000 characters, then "Show more"; beyond 200,000 only as a download. */
export function LongText({ text, path, pre = false }: Props) {
  const [all, toggle] = useFold(`${path}#text`, false);
  const clean = withoutAnsi(text);
  const long = clean.length > renderLimits.text;
  const huge = clean.length > renderLimits.textDownload;
  const shown = long && (huge || !all) ? `${head(clean, renderLimits.text)}…` : clean;
  return (
    <>
      {pre ? (
        <pre className="value-pre">
          <bdi>{shown}</bdi>
        </pre>
      ) : (
        <bdi className="break-words">{shown}</bdi>
      )}
      {long && !huge && (
        <button type="button" className="text-button" aria-expanded={all} onClick={toggle}>
          {all ? 'Show less' : `Show all ${clean.length.toLocaleString('en')} characters`}
        </button>
      )}
      {huge && (
        <button type="button" className="text-button" onClick={() => download(text)}>
          <Download size={14} /> Download {clean.length.toLocaleString('en')} characters
        </button>
      )}
    </>
  );
}
