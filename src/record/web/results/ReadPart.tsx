import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { sayCount } from '../../../web/say.ts';
import { FileFrame } from '../../../web/ui/FileFrame.tsx';
import { Note } from '../../../web/ui/states.tsx';
import type { ReadReport } from '../../contract.ts';

interface Found {
  found: ReadReport;
  differs: string[];
}
const formats = { text: 'texte', hprim: 'fichier HPRIM', 'hprim-sante': 'fichier HPRIM Santé' } as const;

/** Text pasted from the laboratory, or its file: what was understood is shown before anything is written, and what was not is told. */
export function ReadPart({
  read,
  readFile,
  source,
}: {
  read: (text: string) => Found;
  readFile: (file: File) => Promise<Found>;
  source: string;
}) {
  const [told, setTold] = useState<Found>();
  const [wrong, setWrong] = useState('');
  const take = async (file: File | undefined) => {
    if (!file) return;
    setWrong('');
    if (file.size > 200_000) {
      setWrong(
        'Ce fichier est trop grand pour un compte rendu de biologie (200 ko au plus). Un PDF s’ajoute comme document.',
      );
      return;
    }
    const found = await readFile(file);
    setTold(found);
    if (found.found.values.length === 0) setWrong(/^%PDF/.test(source) ? 'Un PDF s’ajoute comme document.' : '');
  };
  return (
    <div className="stack">
      <FileFrame
        label="Fichier du laboratoire"
        words="Déposez ici le fichier du laboratoire"
        hint=".hpr, .hpm ou .txt, 200 ko au plus"
        accept=".hpr,.hpm,.hprim,.txt,text/plain"
        take={([file]) => void take(file)}
      />
      <Textarea
        label="Ou collez le tableau du laboratoire"
        placeholder={'Hémoglobine 11,2 g/dL (12,0-16,0)\nPotassium 4,2 mmol/L (3,5-5,0)'}
        minRows={4}
        autosize
        maxRows={10}
        value={source}
        onChange={(event) => setTold(read(event.currentTarget.value))}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.8125rem' } }}
      />
      {wrong && (
        <Note tone="warning" live>
          {wrong}
        </Note>
      )}
      {told && source && (
        <div className="stack tight" role="status">
          <p className="small">
            {told.found.values.length > 0
              ? `${sayCount(told.found.values.length, 'valeur reconnue', 'valeurs reconnues')} (${formats[told.found.format]}).`
              : 'Aucune valeur reconnue : le texte sera gardé tel quel.'}
            {told.found.values.some((one) => one.code === null) &&
              ` ${sayCount(told.found.values.filter((one) => one.code === null).length, 'analyse inconnue d’Estran est gardée sous son nom', 'analyses inconnues d’Estran sont gardées sous leur nom')}.`}
            {told.found.comments.length > 0 &&
              ` ${sayCount(told.found.comments.length, 'ligne non comprise est', 'lignes non comprises sont')} dans le commentaire.`}
            {told.found.head.length > 0 &&
              ` ${sayCount(told.found.head.length, 'ligne d’en-tête laissée', 'lignes d’en-tête laissées')} de côté. Le texte entier est conservé avec le résultat.`}
          </p>
          {told.differs.length > 0 && (
            <Note tone="danger" live>
              Ce compte rendu ne semble pas être celui de ce patient : {told.differs.join(', ')} diffère
              {told.differs.length > 1 ? 'nt' : ''}.
            </Note>
          )}
        </div>
      )}
    </div>
  );
}
