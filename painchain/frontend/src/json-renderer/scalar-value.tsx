import type { JsonObject } from '@painchain/contract';
import type { ReactNode } from 'react';
import { CopyButton } from '../components/copy-button.js';
import { Instant } from '../components/instant.js';
import { SafeLink } from '../components/safe-link.js';
import { linkFrom } from '../components/safe-url.js';
import { StatusMark } from '../components/status-mark.js';
import type { Hint } from './hint.js';
import { epochMs, instantMs } from './instants.js';
import type { Kind } from './kind.js';
import { LongText } from './long-text.js';
import { exactPath, type Place } from './places.js';
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

type Scalar = string | number | boolean;

type Props = {
  name: string;
  value: Scalar;
  kind: Kind;
  place: Place;
  hint?: Hint | undefined;
  siblings?: JsonObject | undefined;
};

/** One value that has nothing inside, shown as its kind asks for. */
export function ScalarValue(props: Props) {
  const link = props.hint?.link === undefined ? undefined : linkFrom(props.hint.link, String(props.value));
  const shown = <Scalar {...props} />;
  return link === undefined ? shown : <SafeLink to={link}>{shown}</SafeLink>;
}

/** How each kind is shown; a kind that is not here is plain text. */
const shownAs: Partial<Record<Kind, (props: Props, text: string) => ReactNode>> = {
  time: ({ name, value }) => <TimeValue name={name} value={value} />,
  duration: ({ name, value, hint }, text) => <Quantity raw={text} shown={durationText(name, value, hint)} />,
  bytes: ({ name, value, hint }, text) => <Quantity raw={text} shown={bytesText(name, value, hint)} />,
  percent: (_, text) => <Quantity raw={text} shown={`${text.replace(/ ?%$/, '')} %`} />,
  url: (_, text) => <SafeLink to={text}>{shortUrl(text)}</SafeLink>,
  email: (_, text) => <SafeLink to={`mailto:${text}`}>{text}</SafeLink>,
  sha: (_, text) => <ShaValue sha={text} />,
  image: (_, text) => <ImageValue image={text} />,
  status: (_, text) => <StatusMark tone={toneOf(text)} word={text} />,
  user: (_, text) => <UserValue name={text} />,
  code: (_, text) => <code className="value-code">{text}</code>,
  boolean: (_, text) => <span>{text}</span>,
  number: (_, text) => <span className="tabular-nums">{text}</span>,
  multiline: ({ place }, text) => <LongText text={text} path={exactPath(place)} pre />,
};

function Scalar(props: Props) {
  const text = String(props.value);
  const show = shownAs[props.kind];
  if (show) return show(props, text);
  return isNullSha(text) ? (
    <span className="text-muted">none</span>
  ) : (
    <LongText text={text} path={exactPath(props.place)} />
  );
}

function TimeValue({ name, value }: { name: string; value: Scalar }) {
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

function durationText(name: string, value: Scalar, hint?: Hint): string {
  const written = typeof value === 'string' ? durationSeconds(value) : undefined;
  if (written !== undefined) return formatDuration(written);
  const per =
    (hint?.unit === undefined ? undefined : secondsPer(hint.unit)) ?? secondsPer(lastWord(name)) ?? 1;
  return formatDuration(Number(value) * per);
}

function bytesText(name: string, value: Scalar, hint?: Hint): string {
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
