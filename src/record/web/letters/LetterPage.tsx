import { Button, Menu } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import type { z } from 'zod';
import { call, reading, Refusal } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { useMe } from '../../../web/session.ts';
import { sayDateTime } from '../../../web/say.ts';
import { Card, Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import {
  BackIcon,
  CheckIcon,
  DownloadIcon,
  EditIcon,
  MailIcon,
  PrintIcon,
  RemoveIcon,
  VersionsIcon,
} from '../../../web/ui/icons.ts';
import { Bone, ErrorState, Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { type LetterDetail, letterWays, recordContract } from '../../contract.ts';
import { FileViewer } from '../documents/FileViewer.tsx';
import { type AccessRefusal, NoAccess } from '../NoAccess.tsx';
import { refresh, useHeld, usePatientId, useRecordEvents, wrote } from '../use-record.ts';
import { FrozenFields } from './FieldLists.tsx';
import { type Given, LetterEditor } from './LetterEditor.tsx';
import { LetterTag, lettersQuery } from './LettersPage.tsx';
import css from './letters.module.css';

const still = { staleTime: 'static', gcTime: 0 } as const;
type Page = z.infer<typeof recordContract.letters.reply>;

const Back = ({ patient, name }: { patient: string; name: string }) => (
  <Link to={`/patients/${patient}/courriers` as string} className="row small">
    <BackIcon size={16} /> Courriers de {name}
  </Link>
);
function Failed({ patient, error, retry }: { patient: string; error: Error; retry: () => void }) {
  const refusal = error instanceof Refusal && error.status === 403 && error.extra.code ? error : null;
  return (
    <div className="page">
      {refusal ? (
        <NoAccess patient={patient} refusal={refusal.extra as AccessRefusal} words={refusal.message} />
      ) : (
        <ErrorState error={error} retry={retry} />
      )}
    </div>
  );
}
const Bones = () => (
  <div className="page" role="status" aria-label="Chargement">
    <h1 className="vh">Courrier</h1>
    <Bone h={420} />
  </div>
);

/** `/patients/:patient/courriers/nouveau?modele=`: a new letter, filled at once; `?demande=`: the one that carries a question to someone outside of the practice. */
export function NewLetterPage() {
  const patient = usePatientId();
  const me = useMe();
  const [url] = useUrl();
  const template = url.modele && url.modele !== 'libre' ? url.modele : null;
  const page = useQuery(lettersQuery(patient));
  // Read once: what arrives meanwhile must not change the words under the hand.
  const start = useQuery({
    ...reading(recordContract.startLetter, { params: { patient, template: template ?? '' } }),
    ...still,
    enabled: template !== null,
  });
  const asked = useQuery({
    ...reading(recordContract.startRequestLetter, { params: { patient, task: url.demande ?? '' } }),
    ...still,
    enabled: url.demande !== undefined,
  });
  const error = page.error ?? start.error ?? asked.error;
  if (error)
    return (
      <Failed
        patient={patient}
        error={error}
        retry={() => void Promise.all([page.refetch(), start.error && start.refetch(), asked.error && asked.refetch()])}
      />
    );
  if (!page.data || (template !== null && !start.data) || (url.demande !== undefined && !asked.data)) return <Bones />;
  const begun = start.data ?? asked.data;
  const from = start.data?.template;
  const care = begun !== undefined && !from?.administrative;
  // What the secretariat prepares is the treating physician’s to sign, unless told.
  const treating =
    care && me.rights.documents?.reach === 'none'
      ? (page.data.suggestions.find(({ role, practitioner }) => role === 'Médecin traitant' && practitioner)
          ?.practitioner ?? null)
      : null;
  const given: Given = {
    patient,
    suggestions: page.data.suggestions,
    open: begun?.open ?? [],
    fields: (begun?.fields ?? []).map((one) => ({ ...one, now: null })),
    leftOut: begun?.leftOut ?? 0,
    signers: from?.signers ?? [],
    care,
    ...(url.demande !== undefined && { draft: `demande-${url.demande}` }),
    body: {
      template,
      title: begun?.subject ?? '',
      documentType: from?.documentType ?? asked.data?.documentType ?? '34109-9',
      text: begun?.text ?? 'Madame, Monsieur,\n\n',
      recipients: asked.data?.recipients ?? [],
      signatory: treating,
      sensitive: from?.sensitive ?? null,
      reserved: false,
      fields: (begun?.fields ?? []).map(({ key, value }) => ({ key, value })),
    },
  };
  return (
    <div className="page">
      <title>{`Nouveau courrier, ${page.data.patient.name} · Estran`}</title>
      <Back patient={patient} name={page.data.patient.name} />
      <LetterEditor
        key={template ?? url.demande ?? 'libre'}
        given={given}
        title={
          <>
            <h1>{from?.title ?? (asked.data ? `Courrier à ${asked.data.recipients[0]!.name}` : 'Courrier')}</h1>
            <p className="dim">
              {page.data.patient.name}, {page.data.patient.about}
            </p>
          </>
        }
      />
    </div>
  );
}

/** `/patients/:patient/courriers/:letter`: one in preparation, written on; one signed, read, given, corrected (`?corriger=oui`). */
export default function LetterPage() {
  const patient = usePatientId();
  const { letter: id } = useParams({ strict: false }) as { letter: string };
  const [url] = useUrl();
  const page = useQuery(lettersQuery(patient));
  const query = useQuery({
    ...reading(recordContract.letter, { params: { patient, id } }),
    refetchOnWindowFocus: false,
  });
  useRecordEvents(patient, query.isSuccess);
  const [letter, hold] = useHeld(id, query.data);
  const error = page.error ?? query.error;
  if (error && !(page.data && letter))
    return <Failed patient={patient} error={error} retry={() => void Promise.all([page.refetch(), query.refetch()])} />;
  if (!page.data || !letter) return <Bones />;
  const writing =
    letter.canEdit &&
    (letter.status === 'draft' || (url.corriger === 'oui' && !letter.replacedBy && letter.replaceWords === null));
  return (
    <div className="page">
      <title>{`${letter.title}, ${letter.patient.name} · Estran`}</title>
      <Back patient={patient} name={letter.patient.name} />
      {writing ? (
        <Writing
          key={`${letter.id}.${letter.version}.${letter.status}`}
          patient={patient}
          letter={letter}
          page={page.data}
          hold={hold}
        />
      ) : (
        <Signed patient={patient} letter={letter} />
      )}
    </div>
  );
}

function Writing({
  patient,
  letter,
  page,
  hold,
}: {
  patient: string;
  letter: LetterDetail;
  page: Page;
  hold: (on: boolean) => void;
}) {
  const navigate = useNavigate();
  const drop = useMutation({
    mutationFn: () =>
      call(recordContract.dropLetter, { params: { patient, id: letter.id }, body: { version: letter.version } }),
    onSuccess: () => {
      void refresh(patient);
      done('Courrier en préparation jeté.');
      void navigate({ to: `/patients/${patient}/courriers` as string });
    },
    onError: failed,
  });
  const draft = letter.status === 'draft';
  const template = useQuery({
    ...reading(recordContract.letterTemplate, { params: { template: letter.template?.id ?? '' } }),
    enabled: letter.template !== null,
    retry: false,
  });
  const given: Given = {
    patient,
    suggestions: page.suggestions,
    open: letter.open,
    fields: letter.fields,
    leftOut: 0,
    signers: template.data?.signers ?? [],
    care: letter.template !== null && template.data?.administrative === false,
    body: letter.body,
    letter: { id: letter.id, version: letter.version, administrative: letter.administrative, amends: !draft },
  };
  return (
    <LetterEditor
      given={given}
      hold={hold}
      title={
        <>
          <h1>{draft ? letter.title : `Corriger : ${letter.title}`}</h1>
          <p className="row wrap">
            <LetterTag letter={letter} />
            <span className="dim small">
              {letter.patient.name}, {letter.patient.about}
            </span>
            <WhoWhen who={letter.who} when={letter.recorded} />
          </p>
        </>
      }
    >
      {!draft && (
        <Note>
          Le courrier signé le {sayDateTime(letter.at)} sera marqué comme remplacé. Les deux restent lisibles.
        </Note>
      )}
      {draft && letter.signWords && <Note>{letter.signWords}</Note>}
      {draft && (
        <div style={{ margin: '8px 0' }}>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            leftSection={<RemoveIcon size={15} />}
            loading={drop.isPending}
            onClick={() => drop.mutate()}
          >
            Jeter ce courrier
          </Button>
        </div>
      )}
    </LetterEditor>
  );
}

const states = {
  done: '',
  waiting: 'en attente',
  sending: 'en cours',
  failed: 'refusé',
  unsure: 'à vérifier',
} as const;
function Signed({ patient, letter }: { patient: string; letter: LetterDetail }) {
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
              {letter.given.length === 0 && <p className="small dim">Rien n’a encore été noté.</p>}
              {letter.given.length > 0 && (
                <ul className={css.lines}>
                  {letter.given.map((one) => (
                    <li key={`${one.at} ${one.way} ${one.to}`} className={css.line}>
                      <span className={css.words}>
                        <span className="strong">{one.wayLabel}</span>
                        {one.to && `, ${one.to}`}{' '}
                        {one.state !== 'done' && (
                          <Tag tone={one.state === 'failed' ? 'danger' : 'info'}>{states[one.state]}</Tag>
                        )}
                        {one.failure && <span className="small dim"> {one.failure}</span>}
                      </span>
                      <WhoWhen who={one.by} when={one.at} short />
                    </li>
                  ))}
                </ul>
              )}
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
