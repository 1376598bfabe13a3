import css from './sections.module.css';

/** Answers to press: one at most (pressed again, none), or several. Arrows go from one to the next. */
export function Options({
  id,
  label,
  error,
  description,
  required,
  multiple,
  options,
  chosen,
  onChange,
}: {
  id: string;
  label: string;
  error: string | undefined;
  description: string | undefined;
  required: boolean;
  multiple: boolean;
  options: readonly (readonly [string, string])[];
  chosen: readonly string[];
  onChange: (codes: string[]) => void;
}) {
  const press = (code: string) =>
    onChange(
      multiple
        ? chosen.includes(code)
          ? chosen.filter((one) => one !== code)
          : [...options.map(([each]) => each).filter((each) => chosen.includes(each) || each === code)]
        : chosen.includes(code)
          ? []
          : [code],
    );
  const reached = Math.max(
    0,
    options.findIndex(([code]) => chosen.includes(code)),
  );
  return (
    <div>
      <span id={id} className={css.label}>
        {label}
        {required && (
          <span aria-hidden style={{ color: 'var(--danger)' }}>
            {' '}
            *
          </span>
        )}
      </span>
      {description && <p className="small dim">{description}</p>}
      {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: a group or a radio group, both take a name */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the arrows go between the answers within */}
      <div
        className={css.options}
        role={multiple ? 'group' : 'radiogroup'}
        aria-labelledby={id}
        data-error={error ? true : undefined}
        {...(!multiple && { 'aria-required': required || undefined, 'aria-invalid': error ? true : undefined })}
        style={{ marginTop: 4 }}
        onKeyDown={(event) => {
          const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
          if (!step) return;
          event.preventDefault();
          const buttons = [...event.currentTarget.querySelectorAll('button')];
          buttons[
            (buttons.indexOf(document.activeElement as HTMLButtonElement) + step + buttons.length) % buttons.length
          ]?.focus();
        }}
      >
        {options.map(([code, words], at) => (
          <button
            key={code}
            type="button"
            className={css.option}
            {...(multiple
              ? { 'aria-pressed': chosen.includes(code) }
              : { role: 'radio', 'aria-checked': chosen.includes(code) })}
            tabIndex={multiple || at === reached ? 0 : -1}
            onClick={() => press(code)}
          >
            {words}
          </button>
        ))}
      </div>
      {error && (
        <p className="small" style={{ color: 'var(--danger)', marginTop: 4 }} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
