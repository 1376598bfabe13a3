import { notifications } from '@mantine/notifications';
import { done } from './undo.tsx';

/** Puts a text into the clipboard and says so. A browser may refuse, or have none outside https: then it says to select the text. */
export async function copy(text: string, said: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    done(said);
  } catch {
    notifications.show({
      title: 'Non copié',
      message: 'Ce navigateur ne laisse pas copier d’ici. Sélectionnez le texte à l’écran, puis Ctrl+C.',
      color: 'red',
      autoClose: 8000,
    });
  }
}
