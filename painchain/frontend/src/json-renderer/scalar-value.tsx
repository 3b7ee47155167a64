import { type Tone, toneOf } from '@painchain/contract/tone';
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
import { exactPath } from './places.js';
import { bytesText, durationText } from './quantities.js';
import { RefMark } from './ref-mark.js';
import type { ValueProps } from './render-context.js';
import { EmbeddedJson, Lines } from './text-value.js';
import { imageParts, isNullSha, isShort } from './texts.js';
import { UnifiedDiff } from './unified-diff.js';
import { UserValue } from './user-value.js';
import { lastWord } from './words.js';

type Props = ValueProps & { value: string | number | boolean; kind: Kind };

/** One value that has nothing inside, shown as its kind asks for. */
export function ScalarValue(props: Props) {
  const { hint } = props;
  const text = String(props.value);
  const shown = shownAs[props.kind]?.(props, text) ?? <PlainText {...props} text={text} />;
  if (hint?.ref === undefined || !isShortEnough(text)) return shown;
  return (
    <span className="inline-flex min-w-0 max-w-full flex-wrap items-center gap-x-1.5">
      {shown} <RefMark kind={hint.ref} value={text} />
    </span>
  );
}

/** Longer texts are no name of anything that could be linked or looked for. */
function isShortEnough(text: string): boolean {
  return text.length <= 500 && !/[\r\n]/.test(text) && !isNullSha(text);
}

/** How each kind is shown; a kind that is not here is plain text. */
const shownAs: Partial<Record<Kind, (props: Props, text: string) => ReactNode>> = {
  time: (props) => linked(props, <TimeValue {...props} />),
  duration: (props, text) => quantity(props, text, durationText(props.value, unitsOf(props))),
  bytes: (props, text) => quantity(props, text, bytesText(props.value, unitsOf(props))),
  percent: (props, text) => quantity(props, text, `${text.replace(/ ?%$/, '')} %`),
  number: (props, text) => quantity(props, text, numberText(props, text)),
  url: (props, text) => <SafeLink to={linkOf(props) ?? text}>{shortUrl(text)}</SafeLink>,
  email: (props, text) => <SafeLink to={linkOf(props) ?? `mailto:${text}`}>{text}</SafeLink>,
  sha: (props, text) => <ShaValue {...props} sha={text} />,
  image: (props, text) => linked(props, <ImageValue image={text} />),
  status: (props, text) => linked(props, <StatusMark tone={toneFor(props.hint, text)} word={text} />),
  user: (props, text) => linked(props, <UserValue name={text} />),
  code: (props, text) => linked(props, <Code text={text} />),
  boolean: (props, text) => linked(props, text),
  json: ({ place }, text) => <EmbeddedJson text={text} path={exactPath(place)} />,
  diff: ({ place }, text) => <UnifiedDiff text={text} path={exactPath(place)} />,
  multiline: ({ place, hint }, text) => (
    <Lines text={text} path={exactPath(place)} language={hint?.language} />
  ),
};

/** The address that the hint's template makes of the value. */
function linkOf({ hint, value, siblings }: Props): string | undefined {
  const text = String(value);
  return hint?.link === undefined || !isShortEnough(text) ? undefined : linkFrom(hint.link, text, siblings);
}

function linked(props: Props, shown: ReactNode): ReactNode {
  const link = linkOf(props);
  return link === undefined ? shown : <SafeLink to={link}>{shown}</SafeLink>;
}

function PlainText({ text, ...props }: Props & { text: string }) {
  if (isNullSha(text)) return <span className="text-muted">none</span>;
  return linked(props, <LongText text={text} path={exactPath(props.place)} />);
}

function toneFor(hint: Hint | undefined, word: string): Tone {
  const given = hint?.tone;
  if (typeof given === 'string') return given;
  return given?.get(word) ?? toneOf(word);
}

function TimeValue({ name, value }: Props) {
  const ms =
    typeof value === 'number'
      ? (epochMs(value, lastWord(name)) ?? epochMs(value, 'time'))
      : instantMs(String(value));
  return ms === undefined ? <bdi>{String(value)}</bdi> : <Instant at={ms} exact />;
}

function quantity(props: Props, raw: string, shown: string): ReactNode {
  return linked(
    props,
    <bdi className="tabular-nums" title={shown === raw ? undefined : raw}>
      {shown}
    </bdi>,
  );
}

/** What may say the unit of a number, the first that does. */
function unitsOf({ name, hint }: Props): (string | undefined)[] {
  return [hint?.unit, lastWord(name)];
}

function numberText({ value, hint }: Props, text: string): string {
  // Whoever sent it lost digits that no double holds.
  const isInexact = typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
  const unit = hint?.unit !== undefined && isShort(hint.unit) ? ` ${hint.unit}` : '';
  return `${isInexact ? '≈ ' : ''}${text}${unit}`;
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

function Code({ text, title }: { text: string; title?: string }) {
  return (
    <code className="value-code" title={title}>
      <bdi>{text}</bdi>
    </code>
  );
}

function ShaValue({ sha, ...props }: Props & { sha: string }) {
  return (
    <span className="inline-flex items-center gap-1">
      {linked(props, <Code text={sha.slice(0, 8)} title={sha} />)}
      <CopyButton text={sha} label="Copy the whole hash" />
    </span>
  );
}

function ImageValue({ image }: { image: string }) {
  const { name, tag, digest } = imageParts(image);
  return (
    <span className="inline-flex flex-wrap items-center gap-x-1.5" title={image}>
      <bdi>{name}</bdi>
      {tag !== undefined && <Code text={tag} />}
      {digest !== undefined && <Code text={digest.slice(0, 15)} />}
    </span>
  );
}
