import { ActionIcon } from '@mantine/core';
import { call, upload, urlOf } from '../../../web/api.ts';
import { Card, Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { DocumentIcon, RemoveIcon } from '../../../web/ui/icons.ts';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import { AttachPdf } from '../AttachPdf.tsx';
import css from '../programme.module.css';
import { type Application, sayCondition, sayWeight } from '../words.ts';

/** The documents of the call, with what is attached to each. */
export function Documents({ application, again, id }: { application: Application; again: () => void; id: string }) {
  const { edition, documents, may, missing } = application;
  const fields = edition.sections.flatMap((section) => section.fields);
  const lacking = new Set(missing.documents.map((one) => one.id));
  const turn = (document: string, on: boolean) =>
    call(on ? programmeContract.restoreDocument : programmeContract.removeDocument, {
      params: { application: application.id, document },
    }).then(again);
  return (
    <Card title="Pièces" count={`PDF, 10 Mo au plus`} id={id}>
      <div className={css.body}>
        {edition.documents.map((wanted) => (
          <div key={wanted.id} className={css.document} id={`piece-${wanted.id}`}>
            <div className="row between wrap">
              <span>
                <b>{wanted.label}</b>{' '}
                {lacking.has(wanted.id) ? (
                  <Tag tone="warning">à joindre</Tag>
                ) : (
                  !wanted.required && <span className="dim small">facultatif</span>
                )}
                {wanted.when && <span className="dim small"> demandé si {sayCondition(wanted.when, fields)}</span>}
              </span>
              {may.edit && (
                <AttachPdf
                  document={wanted.id}
                  label={wanted.label}
                  send={(form, progress) =>
                    upload(programmeContract.addDocument, { application: application.id }, form, progress)
                  }
                  after={again}
                />
              )}
            </div>
            {documents
              .filter((one) => one.document === wanted.id)
              .map((one) => (
                <div key={one.id} className={css.file}>
                  <DocumentIcon size={16} />
                  <a
                    href={urlOf(programmeContract.document, {
                      params: { application: application.id, document: one.id },
                    })}
                    target="_blank"
                    rel="noreferrer"
                  >
                    {one.name}
                  </a>
                  <span className="dim tiny nowrap">{sayWeight(one.size)}</span>
                  <WhoWhen who={{ name: one.by, role: '' }} when={one.at} short />
                  <span className="grow" />
                  {may.edit && (
                    <ActionIcon
                      size="md"
                      aria-label={`Retirer ${one.name}`}
                      onClick={() =>
                        void turn(one.id, false).then(
                          () => done('Pièce retirée.', () => turn(one.id, true), 'Pièce remise.'),
                          failed,
                        )
                      }
                    >
                      <RemoveIcon size={16} />
                    </ActionIcon>
                  )}
                </div>
              ))}
          </div>
        ))}
      </div>
    </Card>
  );
}
