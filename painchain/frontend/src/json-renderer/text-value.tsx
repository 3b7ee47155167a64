import { LongText } from './long-text.js';
import { embeddedJson } from './texts.js';
import { useFold } from './use-fold.js';

type Props = { text: string; path: string };

/** JSON in a text: as it came, and in its own shape when asked for. */
export function EmbeddedJson({ text, path }: Props) {
  const [unfolded, toggle] = useFold(`${path}#json`, false);
  const parsed = unfolded ? embeddedJson(text) : undefined;
  return (
    <>
      <LongText
        text={parsed ? JSON.stringify(parsed, null, 2) : text}
        path={path}
        pre={parsed !== undefined}
      />{' '}
      <button type="button" className="text-button" aria-expanded={unfolded} onClick={toggle}>
        {unfolded ? 'As it came' : 'Expand JSON'}
      </button>
    </>
  );
}

/** Lines as they came, with what they are written in above them where that is known. */
export function Lines({ text, path, language }: Props & { language: string | undefined }) {
  return (
    <>
      {language !== undefined && (
        <span className="text-muted">
          <bdi>{language}</bdi>
        </span>
      )}
      <LongText text={text} path={path} pre />
    </>
  );
}
