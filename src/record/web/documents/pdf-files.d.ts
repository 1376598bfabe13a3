/** Folder under /assets of what PDF pictures are decoded with (vite.config.ts). */
declare const __PDF_FILES__: string;
