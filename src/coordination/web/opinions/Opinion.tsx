import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { reading, failureOf } from '../../../web/api.ts';
import { sayDate } from '../../../web/say.ts';
import { Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { Bone, Failure, Note } from '../../../web/ui/states.tsx';
import { coordinationContract, type OpinionLine } from '../../contract.ts';
import { OpinionActs } from './OpinionActs.tsx';
import css from './opinions.module.css';

/** A question whole: what goes with it, its answer, and what one may do. */
export function Opinion({ id }: { id: string }) {
  const query = useQuery(reading(coordinationContract.opinion, { params: { id } }));
  if (failureOf(query)) return <Failure compact of={query} />;
  if (!query.data) return <Bone h={220} />;
  const line = query.data;
  return (
    <div className="stack">
      <div className={css.heading}>
        <Tag>{line.kindLabel}</Tag>
        <Tag tone={line.state === 'completed' ? 'success' : line.state === 'rejected' ? 'danger' : 'info'}>
          {line.stateLabel}
        </Tag>
        {line.urgent && <Tag tone="warning">urgent</Tag>}
        {line.due && (
          <span className={`small num ${line.late ? css.late : ''}`}>
            réponse attendue avant le {sayDate(line.due)}
          </span>
        )}
      </div>
      <Question line={line} />
      {(line.parts.length > 0 || line.hidden > 0) && <Joined line={line} />}
      {line.refusal && (
        <Note tone="warning">
          <b>Refusé{line.refusal.who && ` par ${line.refusal.who.name}`}.</b> {line.refusal.text}
        </Note>
      )}
      {line.answer && <Reply answer={line.answer} patient={line.patient?.id} />}
      <OpinionActs line={line} />
    </div>
  );
}

const letterStates: Record<OpinionLine['letters'][number]['state'], string> = {
  draft: 'à signer',
  signed: 'signé',
  leaving: 'en cours d’envoi, demandé',
  sent: 'envoyé',
  failed: 'envoi échoué',
};

/** What is asked, by whom, of whom, and the letters that carry it outside. */
function Question({ line }: { line: OpinionLine }) {
  const patient = line.patient?.id;
  return (
    <div>
      <h3 className={css.words}>{line.question}</h3>
      {line.detail && <p className={css.text}>{line.detail}</p>}
      <WhoWhen who={line.asker} when={line.asked} />
      <p className="dim small">
        à{' '}
        {line.owner
          ? [line.owner.name, line.owner.role, line.outside?.contact].filter(Boolean).join(', ')
          : line.ownerLabel}
      </p>
      {patient && line.letters.length > 0 && (
        <ul className={`plain ${css.parts}`} aria-label="Courriers de cette demande">
          {line.letters.map((letter) => (
            <li key={letter.id} className="small">
              <Link to={`/patients/${patient}/courriers/${letter.id}` as string}>{letter.title}</Link>{' '}
              <span className={letter.state === 'failed' ? css.late : 'dim'}>
                {letterStates[letter.state]}
                {letter.at && ` le ${sayDate(letter.at)}`}
                {letter.way === 'mssante' && ' par messagerie sécurisée'}
              </span>
            </li>
          ))}
        </ul>
      )}
      {line.outside && !line.answer && patient && line.letters.length === 0 && (
        <p className="small">
          <Link to={`/patients/${patient}/courriers/nouveau` as string} search={{ demande: line.id } as never}>
            Écrire le courrier qui porte cette demande
          </Link>
        </p>
      )}
    </div>
  );
}

/** What was sent along; what my rights do not open is counted. */
function Joined({ line: { parts, hidden, patient } }: { line: OpinionLine }) {
  return (
    <section aria-label="Joint à la question">
      <h4 className="small">Joint à la question</h4>
      <ul className={`plain ${css.parts}`}>
        {parts.map((part) => (
          <li key={`${part.type}${part.id}`}>
            <Link
              to="/patients/$patient"
              params={{ patient: patient?.id ?? '' }}
              search={{
                volet: `${part.type === 'DocumentReference' ? 'fichier' : `entree:${part.type}`}:${part.id}`,
              }}
            >
              {part.label}
            </Link>{' '}
            <span className="dim tiny">
              {part.what}
              {part.at && `, ${sayDate(part.at)}`}
            </span>
          </li>
        ))}
      </ul>
      {hidden > 0 && (
        <p className="dim small">
          {hidden === 1 ? 'Un élément joint n’est pas ouvert' : `${hidden} éléments joints ne sont pas ouverts`} par vos
          droits.
        </p>
      )}
    </section>
  );
}

function Reply({ answer, patient }: { answer: NonNullable<OpinionLine['answer']>; patient: string | undefined }) {
  return (
    <section className={css.reply} aria-label="Réponse">
      <p className={css.text}>{answer.text}</p>
      <WhoWhen who={answer.who} when={answer.at} />
      {answer.notedBy && (
        <p className="dim small">Réponse notée par {answer.notedBy.me ? 'vous' : answer.notedBy.name}</p>
      )}
      {answer.document && patient && (
        <p className="small">
          <Link to="/patients/$patient" params={{ patient }} search={{ volet: `fichier:${answer.document.id}` }}>
            {answer.document.label}
          </Link>
        </p>
      )}
    </section>
  );
}
