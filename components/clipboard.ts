/** Puts a text on the clipboard, and says whether the browser let us: some ask first, some never do. */
export const toClipboard = async (text: string): Promise<boolean> =>
  (await navigator.clipboard?.writeText(text).then(
    () => true,
    () => false,
  )) ?? false;
