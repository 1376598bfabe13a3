import { Autocomplete } from '@mantine/core';
import { fold } from '../../../web/palette.ts';
import { historySubjects } from '../../contract.ts';
import { type Topic, whatLabels } from './history-topics.ts';

/** Every answer of the subjects of a topic, as it is picked: «Tabac : Fumeur». */
const phrases = (topic: Topic) =>
  historySubjects
    .filter((one) => one.topic === topic)
    .flatMap((subject) =>
      subject.answers.map((answer) => ({
        subject,
        answer,
        label: `${subject.label} : ${answer.label}`,
        words: fold(`${subject.label} ${answer.label} ${answer.words ?? ''}`),
      })),
    );
/** One field for all subjects of a topic: «fum» finds «Tabac : Fumeur»; other words stay free. */
export function SubjectField({
  topic,
  label,
  error,
  onWords,
  onPick,
}: {
  topic: Topic;
  label: string;
  error?: string;
  onWords: (label: string) => void;
  onPick: (subject: string, answer: string) => void;
}) {
  const all = phrases(topic);
  return (
    <Autocomplete
      label={whatLabels[topic]}
      description={
        label
          ? 'Texte libre'
          : 'Quelques lettres suffisent : « fum », « seul », « c2s ». Vos propres mots conviennent aussi.'
      }
      data-autofocus
      autoComplete="off"
      data={all.map((one) => one.label)}
      limit={12}
      filter={({ options, search, limit }) => {
        const words = fold(search).split(/\s+/).filter(Boolean);
        return options
          .filter(
            (option) =>
              'label' in option &&
              words.every((word) => all.find((one) => one.label === option.label)?.words.includes(word)),
          )
          .slice(0, limit);
      }}
      value={label}
      onChange={(words) => {
        const found = all.find((one) => one.label === words);
        if (found) onPick(found.subject.code, found.answer.code);
        else onWords(words);
      }}
      error={error}
    />
  );
}
