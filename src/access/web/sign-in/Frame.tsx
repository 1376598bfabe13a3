import type { ReactNode } from 'react';
import css from './SignIn.module.css';

/** The page before one is in: the brand, one task, and beside it whatever helps. */
export function Frame({
  title,
  lead,
  children,
  beside,
}: {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
  beside?: ReactNode;
}) {
  return (
    <main className={css.frame} data-beside={beside ? true : undefined}>
      <div className={css.left}>
        <div className={css.brand}>
          <img src="/estran.svg" alt="" width={36} height={36} />
          <span>Estran</span>
        </div>
        <div className={css.task}>
          <h1>{title}</h1>
          {lead && <p className={css.lead}>{lead}</p>}
          {children}
        </div>
        <p className={`${css.legal} dim small`}>
          Le dossier partagé des équipes de soins primaires ·{' '}
          <a href="/programme/simulateur">Simuler un financement régional</a>
        </p>
      </div>
      {beside && <div className={css.right}>{beside}</div>}
      <svg className={css.tide} viewBox="0 0 1440 220" preserveAspectRatio="none" aria-hidden>
        <path d="M0 70c180-48 320-44 520 2s380 54 560 8 260-50 360-34v174H0z" />
        <path d="M0 122c200-40 380-30 560 8s340 40 520 2 270-34 360-20v108H0z" />
        <path d="M0 172c220-28 400-18 600 6s360 20 520-4 240-16 320-8v54H0z" />
      </svg>
    </main>
  );
}
