import { Link } from '@tanstack/react-router';
import css from '../programme.module.css';
import { MaturityView } from './MaturityView.tsx';

/** `/programme/maturite`: my own team, before any project or after it. */
export default function MaturityPage() {
  return (
    <div className="page">
      <title>Notre organisation · Estran</title>
      <header className="page-head">
        <div className={css.title}>
          <p className="small">
            <Link to={'/programme' as string}>Programme régional</Link>
          </p>
          <h1>Notre organisation</h1>
          <p className="dim">L’organisation de l’équipe d’abord, le logiciel ensuite.</p>
        </div>
      </header>
      <MaturityView project={null} />
    </div>
  );
}
