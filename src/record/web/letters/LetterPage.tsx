import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import type { z } from 'zod';
import { call, reading, failureOf } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayDateTime } from '../../../web/say.ts';
import { OnEachSheet, WhoWhen } from '../../../web/ui/bits.tsx';
import { RemoveIcon } from '../../../web/ui/icons.ts';
import { Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { type LetterDetail, recordContract } from '../../contract.ts';
import { refresh, useHeld, usePatientId, useRecordEvents } from '../use-record.ts';
import { LetterEditor } from './LetterEditor.tsx';
import type { Given } from './letter-values.ts';
import { LetterTag, lettersQuery } from './LettersPage.tsx';
import { Coming, NotOpened } from '../PatientPage.tsx';
import { BackToLetters } from './BackToLetters.tsx';
import { SignedLetter } from './SignedLetter.tsx';

type Page = z.infer<typeof recordContract.letters.reply>;

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
  useRecordEvents(patient, !!query.data);
  const [letter, hold] = useHeld(id, query.data);
  const error = failureOf(page, query);
  if (error)
    return (
      <NotOpened patient={patient} error={error} retry={() => void Promise.all([page.refetch(), query.refetch()])} />
    );
  if (!page.data || !letter) return <Coming title="Courrier" height={420} />;
  const writing =
    letter.canEdit &&
    (letter.status === 'draft' || (url.corriger === 'oui' && !letter.replacedBy && letter.replaceWords === null));
  return (
    <div className="page">
      <title>{`${letter.title}, ${letter.patient.name} · Estran`}</title>
      <OnEachSheet name={letter.patient.name} about={letter.patient.about} />
      <BackToLetters patient={patient} name={letter.patient.name} />
      {writing ? (
        <Writing
          key={`${letter.id}.${letter.version}.${letter.status}`}
          patient={patient}
          letter={letter}
          page={page.data}
          hold={hold}
        />
      ) : (
        <SignedLetter patient={patient} letter={letter} />
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
