import { Button, NumberInput } from '@mantine/core';
import { useState } from 'react';
import { professionChoices } from '../../../web/words.ts';
import css from '../programme.module.css';
import type { About } from './words.ts';

const usual = [
  'physician',
  'nurse',
  'asalee-nurse',
  'advanced-practice-nurse',
  'physiotherapist',
  'pharmacist',
  'midwife',
  'dental-surgeon',
];
const others = professionChoices.filter(({ value }) => value !== 'administrator' && !usual.includes(value));
const first = usual.map((code) => professionChoices.find(({ value }) => value === code)!);

/** How many of each profession; of physicians, how many generalists. The less usual ones come when asked for. */
export function Engaged({
  about,
  set,
  error,
}: {
  about: About;
  set: (patch: Partial<About>) => void;
  error: (name: string) => string | undefined;
}) {
  const [all, setAll] = useState(others.some(({ value }) => (about.members[value] ?? 0) > 0));
  const shown = all
    ? [...first, ...others]
    : [...first, ...others.filter(({ value }) => (about.members[value] ?? 0) > 0)];
  const counted = (code: string, value: string | number) =>
    set({
      members: Object.fromEntries(
        Object.entries({ ...about.members, [code]: Number(value) || 0 }).filter(([, count]) => count),
      ),
      ...(code === 'physician' && { generalists: Math.min(about.generalists, Number(value) || 0) }),
    });
  return (
    <fieldset className="plain">
      <legend className="small strong" style={{ padding: 0, marginBottom: 6 }}>
        Professionnels engagés
      </legend>
      <div className={css.people}>
        {shown.flatMap(({ value: code, label }) => [
          <NumberInput
            key={code}
            size="xs"
            label={label}
            min={0}
            max={500}
            allowDecimal={false}
            allowNegative={false}
            placeholder="0"
            value={about.members[code] || ''}
            error={error(`members.${code}`)}
            onChange={(value) => counted(code, value)}
          />,
          ...(code === 'physician'
            ? [
                <NumberInput
                  key="generalists"
                  size="xs"
                  label="dont généralistes"
                  min={0}
                  max={about.members.physician ?? 0}
                  allowDecimal={false}
                  allowNegative={false}
                  placeholder="0"
                  value={about.generalists || ''}
                  error={error('generalists')}
                  onChange={(value) => set({ generalists: Number(value) || 0 })}
                />,
              ]
            : []),
        ])}
      </div>
      {!all && (
        <Button variant="subtle" size="compact-sm" mt={8} onClick={() => setAll(true)}>
          Autres professions
        </Button>
      )}
    </fieldset>
  );
}
