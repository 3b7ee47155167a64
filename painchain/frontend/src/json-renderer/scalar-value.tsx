import type { JsonValue } from '@painchain/contract';
import { CopyButton } from '../components/copy-button.js';
import { Instant } from '../components/instant.js';
import { SafeLink } from '../components/safe-link.js';
import { linkFrom } from '../components/safe-url.js';
import { StatusMark } from '../components/status-mark.js';
import type { Hint } from './hint.js';
import { epochMs, instantMs } from './instants.js';
import type { Kind } from './kind.js';
import { LongText } from './long-text.js';
import {
  bytesPer,
  durationSeconds,
  formatBytes,
  formatDuration,
  quantityBytes,
  secondsPer,
} from './quantities.js';
import { imageParts, isNullSha } from './texts.js';
import { toneOf } from '../components/tone.js';
import { UserValue } from './user-value.js';
import { lastWord } from './words.js';

type Props = {
  name: string;
  value: string | number | boolean;
  kind: Kind;
  path: string;
  hint?: Hint | undefined;
};

/** One value that has nothing inside, shown as its kind asks for. */
export function ScalarValue(props: Props) {
  const link = props.hint?.link === undefined ? undefined : linkFrom(props.hint.link, String(props.value));
  const shown = <Scalar {...props} />;
  return link === undefined ? shown : <SafeLink to={link}>{shown}</SafeLink>;
}

function Scalar({ name, value, kind, path, hint }: Props) {
  const text = String(value);
  switch (kind) {
    case 'time':
      return <TimeValue name={name} value={value} />;
    case 'duration':
      return <Quantity raw={text} shown={durationText(name, value, hint)} />;
    case 'bytes':
      return <Quantity raw={text} shown={bytesText(name, value, hint)} />;
    case 'percent':
      return <span className="tabular-nums">{text.replace(/ ?%$/, '')} %</span>;
    case 'url':
      return <SafeLink to={text}>{shortUrl(text)}</SafeLink>;
    case 'email':
      return <SafeLink to={`mailto:${text}`}>{text}</SafeLink>;
    case 'sha':
      return <ShaValue sha={text} />;
    case 'image':
      return <ImageValue image={text} />;
    case 'status':
      return <StatusMark tone={toneOf(text)} word={text} />;
    case 'user':
      return <UserValue name={text} />;
    case 'code':
      return <code className="value-code">{text}</code>;
    case 'boolean':
    case 'number':
      return <span className="tabular-nums">{text}</span>;
    default:
      return isNullSha(text) ? (
        <span className="text-muted">none</span>
      ) : (
        <LongText text={text} path={path} pre={kind === 'multiline'} />
      );
  }
}

function TimeValue({ name, value }: { name: string; value: JsonValue }) {
  const word = lastWord(name);
  const ms =
    typeof value === 'number' ? (epochMs(value, word) ?? epochMs(value, 'time')) : instantMs(String(value));
  return ms === undefined ? <bdi>{String(value)}</bdi> : <Instant at={ms} exact />;
}

function Quantity({ raw, shown }: { raw: string; shown: string }) {
  return (
    <span className="tabular-nums" title={raw}>
      {shown}
    </span>
  );
}

function durationText(name: string, value: JsonValue, hint?: Hint): string {
  const written = typeof value === 'string' ? durationSeconds(value) : undefined;
  if (written !== undefined) return formatDuration(written);
  const per =
    (hint?.unit === undefined ? undefined : secondsPer(hint.unit)) ?? secondsPer(lastWord(name)) ?? 1;
  return formatDuration(Number(value) * per);
}

function bytesText(name: string, value: JsonValue, hint?: Hint): string {
  const written = typeof value === 'string' ? quantityBytes(value) : undefined;
  if (written !== undefined) return formatBytes(written);
  const per = (hint?.unit === undefined ? undefined : bytesPer(hint.unit)) ?? bytesPer(lastWord(name)) ?? 1;
  return formatBytes(Number(value) * per);
}

function shortUrl(text: string): string {
  try {
    const url = new URL(text);
    const path = url.pathname.length > 48 ? `/…${url.pathname.slice(-46)}` : url.pathname;
    return url.host + (path === '/' ? '' : path);
  } catch {
    return text;
  }
}

function ShaValue({ sha }: { sha: string }) {
  return (
    <span className="inline-flex items-center gap-1">
      <code className="value-code" title={sha}>
        {sha.slice(0, 8)}
      </code>
      <CopyButton text={sha} label="Copy the whole hash" />
    </span>
  );
}

function ImageValue({ image }: { image: string }) {
  const { name, tag, digest } = imageParts(image);
  return (
    <span className="inline-flex flex-wrap items-center gap-x-1.5" title={image}>
      <bdi>{name}</bdi>
      {tag !== undefined && <code className="value-code">{tag}</code>}
      {digest !== undefined && <code className="value-code">{digest.slice(0, 15)}</code>}
    </span>
  );
}
