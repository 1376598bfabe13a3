import { useQuery } from '@tanstack/react-query';
import { reading, failureOf } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { useMe } from '../../../web/session.ts';
import { recordContract } from '../../contract.ts';
import { usePatientId } from '../use-record.ts';
import { LetterEditor } from './LetterEditor.tsx';
import type { Given } from './letter-values.ts';
import { lettersQuery } from './LettersPage.tsx';
import { Coming, NotOpened } from '../PatientPage.tsx';
import { BackToLetters } from './BackToLetters.tsx';

const still = { staleTime: 'static', gcTime: 0 } as const;

/** `/patients/:patient/courriers/nouveau?modele=`: a new letter, filled at once; `?demande=`: the one that carries a question to someone outside of the practice; `?concertation=`: the one by which minutes leave. */
export default function NewLetterPage() {
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
  const minutes = useQuery({
    ...reading(recordContract.startMinutesLetter, { params: { patient, id: url.concertation ?? '' } }),
    ...still,
    enabled: url.concertation !== undefined,
  });
  const filled = [start, asked, minutes];
  const error = failureOf(page, ...filled);
  if (error)
    return (
      <NotOpened
        patient={patient}
        error={error}
        retry={() => void Promise.all([page.refetch(), ...filled.map((one) => failureOf(one) && one.refetch())])}
      />
    );
  const awaited =
    (template !== null && !start.data) ||
    (url.demande !== undefined && !asked.data) ||
    (url.concertation !== undefined && !minutes.data);
  if (!page.data || awaited) return <Coming title="Courrier" height={420} />;
  const begun = start.data ?? asked.data ?? minutes.data;
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
    ...(url.demande !== undefined && { draft: `demande-${url.demande}`, request: url.demande }),
    ...(url.concertation !== undefined && { draft: `concertation-${url.concertation}` }),
    body: {
      template,
      title: begun?.subject ?? '',
      documentType: from?.documentType ?? asked.data?.documentType ?? minutes.data?.documentType ?? '34109-9',
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
      <BackToLetters patient={patient} name={page.data.patient.name} />
      <LetterEditor
        key={template ?? url.demande ?? url.concertation ?? 'libre'}
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
