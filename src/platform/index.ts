/** The floor of the house: database, HTTP, ledger, configuration. No word of health. */
export type { AuditEntry } from './audit/audit.ts';
export { auditInsert, record } from './audit/audit.ts';
export { type ChainReport, seal, verify } from './audit/seal.ts';
export { backup } from './backup/backup.ts';
export { tablesOfRooms } from './backup/tables.ts';
export { restore } from './backup/restore.ts';
export {
  addDays,
  addMonths,
  aheadInFrance,
  dayInFrance,
  dayNumber,
  daysBetween,
  isoDay,
  parisInstant,
  type Wall,
  wallClock,
} from './calendar/days.rules.ts';
export { eventFile } from './calendar/event-file.rules.ts';
export {
  type Command,
  CommandError,
  type CommandInput,
  help,
  type Out,
  type Terminal,
  type Understood,
  understand,
  UsageError,
} from './cli/command.ts';
export { commandLine, runCommand } from './cli/command-line.ts';
export { askServer, listenForCommands, type Runner } from './cli/socket.ts';
export { terminal } from './cli/terminal.ts';
export { wordsOf } from './cli/words.ts';
export { type PlatformContext, platformCommands } from './commands.ts';
export { type Config, inTheClear, readConfig } from './config.ts';
export { jsonTexts, plainArray, textArray } from './db/arrays.ts';
export { type Db, inTransaction, isUnavailable, mayBeDone, type Sql, sqlState } from './db/db.ts';
export { french } from './db/french.ts';
export { migrate } from './db/migrate.ts';
export { DatabaseInUse, holdDatabase } from './db/one-server.ts';
export { openDatabase } from './db/open-database.ts';
export { openPglite } from './db/pglite.ts';
export { openPostgres } from './db/postgres.ts';
export { tidy } from './db/tidy.ts';
export {
  type Consumer,
  openOutbox,
  type Outbox,
  type OutboxEvent,
  publish,
  publishAll,
  sameWaits,
} from './events/outbox.ts';
export { makeFolder } from './folder.ts';
export { hash64 } from './hash64.ts';
export { bytesOf } from './http/bytes.ts';
export {
  type Contract,
  contract,
  type Entry,
  type Handlers,
  type Input,
  type May,
  type Reply,
  remembered,
} from './http/contract.ts';
export { healthOf } from './http/health.ts';
export { type Hint, Live } from './http/live.ts';
export { type Exchange, type Guard, mount } from './http/mount.ts';
export { conflict, forbidden, invalid, notFound, Problem } from './http/problem.ts';
export { refusalWords } from './http/refusal-words.ts';
export { buildScreens } from './http/build-screens.ts';
export { mountScreens } from './http/screens.ts';
export { createServer, nonceOf, type Refusal, type ServerOptions, toProblem } from './http/server.ts';
export { portIsFree } from './http/port.ts';
export { eachInTurn, every } from './jobs.ts';
export { renderPdf } from './pdf/pdf.ts';
export { mostRead, type PdfText, textOfPdf } from './pdf/read-pdf.ts';
export { type Recognised, Recogniser } from './ocr/recognise.ts';
export { pictureAlone } from './pictures/picture-alone.ts';
export { mostPixels, pictureSize } from './pictures/picture-size.ts';
export { isTiff, tiffPages } from './pictures/tiff.ts';
export { pdfOfTiff } from './pictures/tiff-pdf.ts';
export { FolderInUse, lockFolder } from './lock.ts';
export { spareMemory, withPagesKept } from './memory.ts';
export { stopper } from './stop.ts';
export { readSheet, type SheetRow } from './sheets/read-sheet.ts';
export { csvOf, sendSheet, type SheetColumn, xlsxOf } from './sheets/write-sheet.ts';
export { type ZipEntry, zipOf } from './zip.ts';
export {
  type FieldValue,
  type Filled,
  fillTemplate,
  guarded,
  type ListLine,
  type OpenField,
  type Resolve,
} from './templates/fill-template.ts';
export { keysIn, parseTemplate, type Template, type TemplateFlaw } from './templates/parse-template.ts';
export { type Block, isOpen, richText } from './templates/rich-text.ts';
export { fileNameOf, plainWords, slugOf, withoutAccents } from './text/fold.rules.ts';
export { appended, documentOf, isUpdate, merged, printable, textsOf } from './text/merge.ts';
export { ofName } from './text/of.rules.ts';
export { tied } from './text/tied.rules.ts';
export { updatesIn } from './text/updates.ts';
