import { Button, Radio, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { call, queries, reading, Refusal, urlOf } from '../../../web/api.ts';
import { sayDate } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { CalendarIcon } from '../../../web/ui/icons.ts';
import { Bone, Failure, Note } from '../../../web/ui/states.tsx';
import { professionChoices, professionLabel } from '../../../web/words.ts';
import { programmeContract } from '../../contract.ts';
import own from './gatherings.module.css';
import { type Answer, answerChoices, answers as answerWords, saySlot } from './words.ts';

const everyone = professionChoices.filter(({ value }) => value !== 'administrator');

/** `/programme/sondage/$token`: the dates, without an account, on a telephone first. */
export default function PollPage() {
  const { token } = useParams({ strict: false }) as { token: string };
  const params = { token };
  const query = useQuery(reading(programmeContract.linkedPoll, { params }));
  const [form, setForm] = useState<{ name: string; profession: string; answers: Record<string, Answer> }>();
  const [saved, setSaved] = useState(false);
  const poll = query.data;
  useEffect(() => {
    if (poll && !form)
      setForm({
        name: poll.me.name,
        profession: poll.me.profession,
        answers: poll.me.answers as Record<string, Answer>,
      });
  }, [poll, form]);
  const send = useMutation({
    mutationFn: () => call(programmeContract.answerLink, { params, body: { seen: poll!.me.version, ...form! } }),
    onSuccess: () => setSaved(true),
    onSettled: () => queries.invalidateQueries({ queryKey: [programmeContract.linkedPoll.path] }),
  });
  const refusal = send.error instanceof Refusal ? send.error : null;
  const chosen = poll?.slots.find(({ id }) => id === poll.slot);
  return (
    <main className={own.page}>
      <title>Choisir une date · Estran</title>
      <Failure of={query} />
      {query.isPending && <Bone h={360} />}
      {poll && form && (
        <>
          <header>
            <p className="dim small">{poll.region}</p>
            <h1>{poll.title}</h1>
            <p className="dim">Projet de l’équipe « {poll.project} »</p>
          </header>
          <div className="stack loose">
            {poll.note && <p className="as-typed">{poll.note}</p>}
            {chosen && (
              <Note tone="success">
                La date est choisie : <b>{saySlot(chosen.starts)}</b>, {chosen.minutes} minutes,{' '}
                {[chosen.place, chosen.visio].filter(Boolean).join(' · ')}.
                <br />
                <a className="row" href={urlOf(programmeContract.linkCalendar, { params })} download>
                  <CalendarIcon size={16} /> Pour mon agenda (.ics)
                </a>
              </Note>
            )}
            {poll.state === 'cancelled' && <Note>Ce sondage est abandonné : il n’y a plus à y répondre.</Note>}
            {poll.state === 'open' && !poll.takes && (
              <Note tone="warning">
                Le dernier jour pour répondre était le {sayDate(poll.deadline)}. Vos réponses sont gardées.
              </Note>
            )}
            {poll.takes && (
              <p className="small dim">
                Dites pour chaque date si vous pouvez venir. Vous pouvez changer vos réponses jusqu’au{' '}
                {sayDate(poll.deadline)} inclus, avec ce même lien.
              </p>
            )}
            <form
              className="stack loose"
              noValidate
              onSubmit={(event) => {
                event.preventDefault();
                setSaved(false);
                send.mutate();
              }}
            >
              {poll.takes && (
                <>
                  <TextInput
                    size="md"
                    label="Votre nom"
                    autoComplete="name"
                    value={form.name}
                    error={refusal?.fields.name}
                    onChange={(event) => setForm({ ...form, name: event.currentTarget.value })}
                  />
                  <Select
                    size="md"
                    label="Votre profession"
                    searchable
                    data={everyone}
                    value={form.profession || null}
                    error={refusal?.fields.profession}
                    onChange={(profession) => setForm({ ...form, profession: profession ?? '' })}
                  />
                </>
              )}
              {!poll.takes && form.name && (
                <p>
                  {form.name}, {professionLabel(form.profession)}
                </p>
              )}
              {poll.slots.map((slot) => (
                <fieldset key={slot.id} className={own.choice} disabled={!poll.takes}>
                  <legend>{saySlot(slot.starts)}</legend>
                  <span className="dim small" style={{ overflowWrap: 'anywhere' }}>
                    {slot.minutes} minutes · {[slot.place, slot.visio].filter(Boolean).join(' · ')}
                  </span>
                  {poll.takes ? (
                    <Radio.Group
                      aria-label={saySlot(slot.starts)}
                      value={form.answers[slot.id] ?? ''}
                      onChange={(value) =>
                        setForm({ ...form, answers: { ...form.answers, [slot.id]: value as Answer } })
                      }
                    >
                      <div className="row wrap" style={{ gap: 18 }}>
                        {answerChoices.map(({ value, label }) => (
                          <Radio
                            key={value}
                            size="md"
                            value={value}
                            label={label}
                            styles={{ body: { minHeight: 44, alignItems: 'center' } }}
                          />
                        ))}
                      </div>
                    </Radio.Group>
                  ) : (
                    form.answers[slot.id] && (
                      <span>
                        <Tag tone={answerWords[form.answers[slot.id]!].tone}>
                          {answerWords[form.answers[slot.id]!].words}
                        </Tag>
                      </span>
                    )
                  )}
                </fieldset>
              ))}
              {refusal && (
                <Note tone="danger" live>
                  {refusal.message}
                </Note>
              )}
              {saved && !send.isPending && (
                <Note tone="success" live>
                  Merci, vos réponses sont enregistrées. Vous pouvez fermer cette page.
                </Note>
              )}
              {poll.takes && (
                <div>
                  <Button
                    type="submit"
                    size="md"
                    fullWidth
                    loading={send.isPending}
                    disabled={!form.name.trim() || !form.profession}
                  >
                    {poll.me.answered ? 'Changer mes réponses' : 'Envoyer mes réponses'}
                  </Button>
                </div>
              )}
            </form>
          </div>
        </>
      )}
    </main>
  );
}
