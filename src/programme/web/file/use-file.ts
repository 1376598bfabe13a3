import { useQuery } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import { call, queries, reading } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { type AnswerValue, programmeContract } from '../../contract.ts';
import { useFields } from '../use-fields.ts';
import type { Application } from '../words.ts';

type Answer = Application['answers'][string];

/** The file and its fields, each saved on its own. */
export function useFile(id: string) {
  const read = reading(programmeContract.application, { params: { application: id } });
  const query = useQuery(read);
  const refresh = useRef<ReturnType<typeof setTimeout>>(undefined);
  const again = useCallback(() => {
    clearTimeout(refresh.current);
    refresh.current = setTimeout(
      () => void queries.invalidateQueries({ queryKey: [programmeContract.application.path] }),
      150,
    );
  }, []);
  useLive(['application'], (hint) => (hint.topic === 'reopened' || hint.application === id) && again());
  const { some, ...form } = useFields<AnswerValue, Answer>({
    // Under the drafts' prefix: at sign-out nothing typed stays on a shared computer.
    shadow: `estran-draft:programme:${id}`,
    ready: query.data !== undefined,
    known: (field) => queries.getQueryData<Application>(read.queryKey)?.answers[field],
    put: (field, { value, seen }) =>
      call(programmeContract.answerField, {
        params: { application: id, field },
        body: { value: value as never, seen },
      }),
    stands: (field, answer) =>
      queries.setQueryData<Application>(
        read.queryKey,
        (before) => before && { ...before, answers: { ...before.answers, [field]: answer } },
      ),
    again,
    fault: (refusal, field) => refusal.fields[field],
  });
  return {
    ...form,
    query,
    again,
    /** Is there a field with two versions, as of now? */
    divided: () => some(({ theirs }) => theirs),
  };
}
export type OwnFile = ReturnType<typeof useFile>;
