import { Button, Menu } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { call } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayDateTime } from '../../../web/say.ts';
import { Card, Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { CheckIcon, DownloadIcon, EditIcon, MailIcon, PrintIcon, VersionsIcon } from '../../../web/ui/icons.ts';
import { Note } from '../../../web/ui/states.tsx';
import { failed } from '../../../web/ui/undo.tsx';
import { type LetterDetail, letterWays, recordContract } from '../../contract.ts';
import { FileViewer } from '../documents/FileViewer.tsx';
import { wrote } from '../use-record.ts';
import { FrozenFields } from './FieldLists.tsx';
import { GivenLines } from './GivenLines.tsx';
import { LetterTag } from './LettersPage.tsx';
import css from './letters.module.css';

/** A letter that is signed: read, printed, sent, and what it is made of. */
export function SignedLetter({ patient, letter }: { patient: string; letter: LetterDetail }) {
  const [, setUrl] = useUrl();
  const give = useMutation({
    mutationFn: (sent: { way: keyof typeof letterWays; to: string }) =>
      call(recordContract.giveLetter, {
        params: { patient, id: letter.id },
        body: { version: letter.version, ...sent },
      }),
    onSuccess: (written, { way }) =>
      wrote(
        patient,
        written,
        way === 'mssante' ? 'Courrier mis en attente d’envoi.' : `Noté : ${letterWays[way].toLowerCase()}.`,
      ),
    onError: failed,
  });
  const stands = (letter.status === 'final' || letter.status === 'amended') && letter.contentUrl !== null;
  const secure = letter.body.recipients.filter(({ mssante }) => mssante);
  return (
    <>
      <header className="page-head">
        <div style={{ flex: '1 1 300px', minWidth: 0 }}>
          <h1>{letter.title}</h1>
          <p className="row wrap">
            <LetterTag letter={letter} />
            <span className="dim small">
              {letter.patient.name}, {letter.patient.about}
            </span>
            {letter.administrative && <Tag>lisible par le secrétariat</Tag>}
          </p>
        </div>
        {letter.contentUrl && (
          <div className="row wrap">
            <Button
              component="a"
              href={letter.contentUrl}
              target="_blank"
              rel="noreferrer"
              variant="default"
              leftSection={<PrintIcon size={16} />}
            >
              Imprimer (PDF)
            </Button>
            <Button
              component="a"
              href={`${letter.contentUrl}?telecharger`}
              variant="default"
              leftSection={<DownloadIcon size={16} />}
            >
              Télécharger
            </Button>
            {stands &&
              letter.canEdit &&
              !letter.replacedBy &&
              letter.statusLabel !== 'Remplacé' &&
              letter.replaceWords === null && (
                <Button
                  variant="default"
                  leftSection={<EditIcon size={16} />}
                  onClick={() => setUrl({ corriger: 'oui' })}
                >
                  Corriger
                </Button>
              )}
          </div>
        )}
      </header>
      {letter.replacedBy && (
        <Note
          tone="warning"
          action={
            <Link to={`/patients/${patient}/courriers/${letter.replacedBy}` as string}>
              Ouvrir celui qui le remplace
            </Link>
          }
        >
          Ce courrier a été remplacé. Il reste lisible tel qu’il a été signé.
        </Note>
      )}
      {stands &&
        letter.canEdit &&
        !letter.replacedBy &&
        letter.statusLabel !== 'Remplacé' &&
        letter.replaceWords !== null && (
          <div style={{ marginBottom: 12 }}>
            <Note>{letter.replaceWords}</Note>
          </div>
        )}
      {letter.status === 'entered-in-error' && (
        <Note tone="danger">Saisi par erreur : ne pas utiliser. {letter.reason}</Note>
      )}
      <div className={css.two}>
        <div>
          {letter.contentUrl ? (
            <FileViewer url={letter.contentUrl} type="application/pdf" title={letter.title} />
          ) : (
            <Note>Ce courrier n’a pas été signé.</Note>
          )}
        </div>
        <div className="stack loose">
          <Card title="Envoi">
            <div className={css.body}>
              <GivenLines given={letter.given} />
              {stands && !letter.mssante.configured && <Note>{letter.mssante.words}</Note>}
              {stands && letter.canEdit && (
                <div className="row wrap">
                  {letter.mssante.configured &&
                    !letter.replacedBy &&
                    secure.map((one) => (
                      <Button
                        key={one.mssante}
                        leftSection={<MailIcon size={16} />}
                        loading={give.isPending}
                        onClick={() => give.mutate({ way: 'mssante', to: one.name })}
                      >
                        Envoyer à {one.name} (MSSanté)
                      </Button>
                    ))}
                  <Menu position="bottom-start">
                    <Menu.Target>
                      <Button variant="default" leftSection={<CheckIcon size={16} />} loading={give.isPending}>
                        Noter : imprimé, remis, posté
                      </Button>
                    </Menu.Target>
                    <Menu.Dropdown>
                      {(['printed', 'handed', 'posted'] as const).flatMap((way) =>
                        [...letter.body.recipients.map(({ name }) => name), ''].map((to) => (
                          <Menu.Item key={`${way} ${to}`} onClick={() => give.mutate({ way, to })}>
                            {letterWays[way]}
                            {to && `, ${to}`}
                          </Menu.Item>
                        )),
                      )}
                    </Menu.Dropdown>
                  </Menu>
                </div>
              )}
            </div>
          </Card>
          <Card title="Ce qu’il est">
            <div className={css.body}>
              <p className="small">
                {letter.typeLabel}
                {letter.template && `, modèle « ${letter.template.title} » ${letter.template.edition}`}.{' '}
                {letter.body.recipients.length > 0 &&
                  `Pour ${letter.body.recipients.map(({ name, copy }) => `${name}${copy ? ' (copie)' : ''}`).join(', ')}.`}
              </p>
              <WhoWhen who={letter.who} when={letter.at} />
              {letter.reason && <p className="small">Raison : {letter.reason}</p>}
              {letter.replaces && (
                <Link className="small" to={`/patients/${patient}/courriers/${letter.replaces}` as string}>
                  Ouvrir celui qu’il remplace
                </Link>
              )}
              <Link
                className="row small"
                to={`/patients/${patient}?volet=entree:DocumentReference:${letter.id}` as string}
              >
                <VersionsIcon size={15} /> Détail et versions
              </Link>
            </div>
          </Card>
          <FrozenFields fields={letter.fields} at={`figé le ${sayDateTime(letter.at)}`} />
        </div>
      </div>
    </>
  );
}
