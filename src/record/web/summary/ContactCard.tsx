import { Link } from '@tanstack/react-router';
import { Card } from '../../../web/ui/bits.tsx';
import { Nothing } from '../../../web/ui/states.tsx';
import { useRecord } from '../use-record.ts';
import css from './summary.module.css';

/** How to reach the patient: what those who have no clinical content come for. */
export function ContactCard() {
  const { patient, address, email, phones, contacts } = useRecord().header;
  const lines = [
    ...phones.map((phone) => ['Téléphone', phone, `tel:${phone.replace(/\s/g, '')}`] as const),
    ...(email ? [['Adresse électronique', email, `mailto:${email}`] as const] : []),
  ];
  return (
    <Card
      title="Coordonnées"
      action={
        <Link
          to="/patients/$patient/identite"
          params={{ patient: patient.id }}
          className="small no-print"
          style={{ paddingRight: 8 }}
        >
          Identité
        </Link>
      }
    >
      {!lines.length && !address && !contacts.length && <Nothing>Aucune coordonnée notée.</Nothing>}
      <dl className={css.contact}>
        {lines.map(([label, words, link]) => (
          <div key={words}>
            <dt>{label}</dt>
            <dd>
              <a href={link}>{words}</a>
            </dd>
          </div>
        ))}
        {address && (
          <div>
            <dt>Adresse</dt>
            <dd>{address}</dd>
          </div>
        )}
        {contacts.map((contact) => (
          <div key={contact.name}>
            <dt>{contact.relation || 'À prévenir'}</dt>
            <dd>
              {contact.name}{' '}
              {contact.phone && (
                <a href={`tel:${contact.phone.replace(/\s/g, '')}`} className="nowrap">
                  {contact.phone}
                </a>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
