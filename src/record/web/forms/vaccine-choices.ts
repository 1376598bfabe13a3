import { useQuery } from '@tanstack/react-query';
import { fold } from '../../../web/palette.ts';
import { loadVaccineProducts, targets, vaccineOf, vaccines } from '../../contract.ts';

interface Choice {
  label: string;
  /** NUVA of a product, ATC of a vaccine by what it is. */
  code: string;
  atc: string;
  words: string;
}
const generic = vaccines.map(
  (one): Choice => ({
    label: one.label,
    code: one.code,
    atc: one.code,
    words: fold(`${one.label} ${one.targets.map((target) => targets[target]).join(' ')}`),
  }),
);

/** Products of the market first where they are known, then vaccines by what they are, then products of the past. */
export function useVaccineChoices(target: string | undefined): Choice[] {
  const { data } = useQuery({
    queryKey: ['vaccine-products'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => (await loadVaccineProducts()).vaccineProducts,
  });
  const products = (data ?? []).map((one) => ({
    one,
    choice: {
      label: one.name,
      code: one.nuva,
      atc: one.atc,
      words: fold(
        `${one.name} ${vaccineOf(one.atc)?.label ?? ''} ${(vaccineOf(one.atc)?.targets ?? []).map((each) => targets[each]).join(' ')}`,
      ),
    },
  }));
  const all = [
    ...generic,
    ...products.filter(({ one }) => one.used).map(({ choice }) => choice),
    ...products.filter(({ one }) => !one.used).map(({ choice }) => choice),
  ];
  return target
    ? all.filter(({ atc }) => (vaccineOf(atc)?.targets as readonly string[] | undefined)?.includes(target))
    : all;
}
