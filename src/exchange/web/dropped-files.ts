/** A file with its path in the folder that was dropped or chosen. */
export interface PickedFile {
  file: File;
  path: string;
}

/** Files of a drop, folders opened. */
export async function filesOfDrop(items: DataTransferItemList): Promise<PickedFile[]> {
  // Entries must be asked for before the first wait: the browser empties the list.
  const entries = [...items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const found: PickedFile[] = [];
  const visit = async (entry: FileSystemEntry): Promise<void> => {
    if (entry.name.startsWith('.')) return;
    if (entry.isFile)
      found.push({
        file: await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)),
        path: entry.fullPath.replace(/^\//, ''),
      });
    else if (entry.isDirectory) {
      const reader = (entry as FileSystemDirectoryEntry).createReader();
      for (;;) {
        const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
        if (some.length === 0) return;
        for (const one of some) await visit(one);
      }
    }
  };
  for (const entry of entries) await visit(entry);
  return found;
}

export const filesOfInput = (files: readonly File[]): PickedFile[] =>
  files
    .filter((file) => !file.name.startsWith('.'))
    .map((file) => ({ file, path: file.webkitRelativePath || file.name }));

/** Groups that go in one request each. */
export function groupsOf(files: readonly PickedFile[]): PickedFile[][] {
  const groups: PickedFile[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const one of files) {
    if (bytes + one.file.size > 30_000_000 || groups.at(-1)!.length >= 100) {
      groups.push([]);
      bytes = 0;
    }
    groups.at(-1)!.push(one);
    bytes += one.file.size;
  }
  return groups;
}
