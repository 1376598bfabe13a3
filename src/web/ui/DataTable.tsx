import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { DownIcon, UpIcon } from './icons.ts';
import css from './DataTable.module.css';

export interface Column<Row> {
  key: string;
  title: ReactNode;
  render: (row: Row) => ReactNode;
  /** Sorting happens where the rows come from; here only the order asked is shown. */
  sortable?: boolean;
  width?: string | number;
  align?: 'right' | 'center';
  /** Left out under 720 px. */
  wide?: boolean;
}

/** A list one can scan: sticky header, order in the URL, arrows to move, Enter to open. */
export function DataTable<Row>({
  caption,
  rows,
  columns,
  rowKey,
  onOpen,
  sort,
  onSort,
  mark,
  stickyTop = 'var(--top)',
}: {
  caption: string;
  rows: readonly Row[];
  columns: Column<Row>[];
  rowKey: (row: Row) => string;
  onOpen?: (row: Row) => void;
  /** `name` or `-name`. */
  sort?: string;
  onSort?: (sort: string) => void;
  /** A row to set apart (new, off, chosen). */
  mark?: (row: Row) => 'fresh' | 'off' | 'chosen' | undefined;
  stickyTop?: string;
}) {
  const body = useRef<HTMLTableSectionElement>(null);
  const move = (event: KeyboardEvent<HTMLTableRowElement>, row: Row, index: number) => {
    if (event.target !== event.currentTarget) return;
    const lines = body.current!.rows;
    const to = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      Home: 0,
      End: lines.length - 1,
      PageDown: index + 10,
      PageUp: index - 10,
    }[event.key];
    if (to !== undefined) {
      lines[Math.min(Math.max(to, 0), lines.length - 1)]?.focus();
      event.preventDefault();
    } else if (event.key === 'Enter' && onOpen) {
      onOpen(row);
      event.preventDefault();
    }
  };
  return (
    <table className={css.table}>
      <caption className="vh">{caption}</caption>
      <thead style={{ top: stickyTop }}>
        <tr>
          {columns.map((column) => {
            const order = sort === column.key ? 'ascending' : sort === `-${column.key}` ? 'descending' : undefined;
            return (
              <th
                key={column.key}
                scope="col"
                style={{ width: column.width, textAlign: column.align }}
                aria-sort={order}
                data-wide={column.wide || undefined}
              >
                {column.sortable && onSort ? (
                  <button
                    type="button"
                    className="plain-button row"
                    onClick={() => onSort(order === 'ascending' ? `-${column.key}` : column.key)}
                  >
                    {column.title}
                    {order === 'ascending' ? (
                      <UpIcon size={13} />
                    ) : order === 'descending' ? (
                      <DownIcon size={13} />
                    ) : null}
                  </button>
                ) : (
                  column.title
                )}
              </th>
            );
          })}
        </tr>
      </thead>
      <tbody ref={body}>
        {rows.map((row, index) => (
          <tr
            key={rowKey(row)}
            tabIndex={onOpen ? (index === 0 ? 0 : -1) : undefined}
            data-open={onOpen ? true : undefined}
            data-mark={mark?.(row)}
            onKeyDown={(event) => move(event, row, index)}
            onClick={(event) => {
              if (
                !onOpen ||
                (event.target as HTMLElement).closest('a,button,input,label') ||
                getSelection()?.toString()
              )
                return;
              onOpen(row);
            }}
          >
            {columns.map((column) => (
              <td key={column.key} style={{ textAlign: column.align }} data-wide={column.wide || undefined}>
                {column.render(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
