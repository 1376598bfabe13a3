import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Refusal } from '../../../web/api.ts';
import { sayCount } from '../../../web/say.ts';
import { Card } from '../../../web/ui/bits.tsx';
import { Note } from '../../../web/ui/states.tsx';
import page from '../programme.module.css';
import { asked, type NewPerson, readPeople } from './read-people.ts';

const nobody: NewPerson = { name: '', profession: '', mail: '' };

/** One by one, or as they stand in a sheet. What was refused stays in its field, with the reason. */
export function AddPeople({
  add,
  pending,
  error,
}: {
  add: (people: NewPerson[]) => Promise<unknown>;
  pending: boolean;
  error: unknown;
}) {
  const [one, setOne] = useState(nobody);
  const [pasted, setPasted] = useState('');
  const { people, unread } = readPeople(pasted);
  const fields = error instanceof Refusal ? error.fields : {};
  return (
    <Card title="Ajouter des personnes">
      <form
        className={`${page.body} stack`}
        onSubmit={(event) => {
          event.preventDefault();
          void add([one]).then(
            () => setOne(nobody),
            () => undefined,
          );
        }}
      >
        <TextInput
          label="Nom"
          value={one.name}
          maxLength={120}
          onChange={(event) => setOne({ ...one, name: event.currentTarget.value })}
        />
        <Select
          label="Profession"
          searchable
          data={asked}
          value={one.profession || null}
          onChange={(profession) => setOne({ ...one, profession: profession ?? '' })}
        />
        <TextInput
          label="Courriel (facultatif)"
          type="email"
          value={one.mail}
          error={fields['people.0.mail']}
          onChange={(event) => setOne({ ...one, mail: event.currentTarget.value })}
        />
        <div>
          <Button type="submit" variant="default" loading={pending} disabled={!one.name.trim() || !one.profession}>
            Ajouter
          </Button>
        </div>
        <details>
          <summary className="small" style={{ cursor: 'pointer', minHeight: 32 }}>
            Coller une liste
          </summary>
          <div className="stack" style={{ paddingTop: 8 }}>
            <Textarea
              label="Nom ; profession ; courriel"
              description="Une personne par ligne"
              autosize
              minRows={4}
              maxRows={12}
              value={pasted}
              onChange={(event) => setPasted(event.currentTarget.value)}
              placeholder={'Anne Le Goff ; infirmière ; anne@exemple.fr\nYann Riou ; pharmacien'}
            />
            {unread.length > 0 && (
              <Note tone="warning">
                Lignes non comprises : {unread.slice(0, 5).join(' / ')}. Il y faut un nom et une profession de la liste.
              </Note>
            )}
            <div>
              <Button
                variant="default"
                loading={pending}
                disabled={people.length === 0 || unread.length > 0}
                onClick={() =>
                  void add(people).then(
                    () => setPasted(''),
                    () => undefined,
                  )
                }
              >
                Ajouter {sayCount(people.length, 'personne')}
              </Button>
            </div>
          </div>
        </details>
      </form>
    </Card>
  );
}
