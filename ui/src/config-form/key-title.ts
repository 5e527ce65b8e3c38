const abbreviations: ReadonlySet<string> = new Set(
  "api cpu css csv dns ftp html http https id imap ip json jwt pdf sftp sms smtp sql ssh ssl sso tcp tls ttl udp ui uri url utc uuid xml".split(
    " ",
  ),
);

/** How people read the key of a config: `apiKey` as "API key". One that is no name of code stays as it is. */
export function keyTitle(key: string): string {
  if (!/^[A-Za-z]\w*(-\w+)*$/.test(key)) return key;
  const words = key
    .replaceAll(/([a-z\d])([A-Z])/g, "$1 $2")
    .replaceAll(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .split(/[\s_-]+/)
    .filter((word) => word !== "")
    .map(wordOf);
  const title = words.join(" ");
  return title.charAt(0).toUpperCase() + title.slice(1);
}

function wordOf(word: string): string {
  if (abbreviations.has(word.toLowerCase())) return word.toUpperCase();
  const isWritten = word.length > 1 && word === word.toUpperCase();
  return isWritten ? word : word.toLowerCase();
}
