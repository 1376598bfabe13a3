import { Button } from '@mantine/core';
import { sayDate } from '../../../web/say.ts';
import { Card, Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { ExternalIcon } from '../../../web/ui/icons.ts';
import { Nothing } from '../../../web/ui/states.tsx';
import css from './protocols.module.css';
import type { Detail } from './use-protocol.ts';

/** Where it comes from, when it must be read again, and every edition with who put it in force and why. */
export function Sources({
  protocol,
  shown,
  onVersion,
}: {
  protocol: Detail;
  shown?: number | undefined;
  onVersion: (version: number | undefined) => void;
}) {
  const { model } = protocol;
  return (
    <div className={css.halves}>
      <Card title="Sources" count={model.sources.length || undefined}>
        {model.sources.length === 0 && (
          <Nothing>
            Aucune source citée. Un protocole sans source se discute mal : ajoutez au moins la recommandation suivie.
          </Nothing>
        )}
        <ul className="plain">
          {model.sources.map((source) => (
            <li key={`${source.title}${source.year}`} className={css.line}>
              <div className="strong">
                {source.url && /^https?:/.test(source.url) ? (
                  <a href={source.url} target="_blank" rel="noreferrer">
                    {source.title} <ExternalIcon size={13} style={{ verticalAlign: -1 }} />
                  </a>
                ) : (
                  source.title
                )}
              </div>
              <div className="dim small">{[source.publisher, source.year].filter(Boolean).join(', ')}</div>
            </li>
          ))}
        </ul>
        <p className={`${css.text} small dim`}>
          {model.reviewDate
            ? `À relire avant le ${sayDate(model.reviewDate)}.`
            : 'Aucune date de relecture : fixez-en une, les recommandations changent.'}
        </p>
      </Card>
      <Card title="Éditions" count={protocol.editions.length || undefined}>
        {protocol.editions.length === 0 && <Nothing>Ce protocole n’a pas encore été mis en vigueur.</Nothing>}
        <ul className="plain">
          {protocol.editions.map((edition, at) => {
            const newest = at === 0 && protocol.state !== 'draft';
            const read = shown === undefined ? newest : shown === edition.version;
            return (
              <li key={edition.version} className={css.line}>
                <div className="row wrap">
                  <span className="strong num">Édition {edition.edition}</span>
                  {newest && protocol.state === 'active' && <Tag tone="success">en vigueur</Tag>}
                  {read && <Tag>affichée</Tag>}
                  <span className="grow" />
                  {!read && (
                    <Button
                      size="compact-sm"
                      variant="subtle"
                      onClick={() => onVersion(newest ? undefined : edition.version)}
                    >
                      Lire cette édition
                    </Button>
                  )}
                </div>
                {edition.note && <p>{edition.note}</p>}
                <WhoWhen who={edition.by} when={edition.from} />
              </li>
            );
          })}
        </ul>
      </Card>
    </div>
  );
}
