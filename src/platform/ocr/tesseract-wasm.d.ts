/** What we use of it: the package has types, and its list of exports does not lead to them. */
declare module 'tesseract-wasm' {
  export interface TextItem {
    text: string;
    /** 0–1. */
    confidence: number;
    /** 2: the last of its line. */
    flags: number;
  }
  export interface OCREngine {
    loadModel(model: Uint8Array): void;
    loadImage(image: { width: number; height: number; data: Uint8ClampedArray }): void;
    getTextBoxes(unit: 'word' | 'line'): TextItem[];
    getOrientation(): { rotation: number; confidence: number };
    clearImage(): void;
  }
  export function createOCREngine(options: { wasmBinary: Uint8Array }): Promise<OCREngine>;
}
