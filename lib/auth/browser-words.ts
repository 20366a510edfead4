const browsers = [
  [/\bEdg(?:A|iOS)?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\b(?:Firefox|FxiOS)\//, "Firefox"],
  [/\b(?:Chrome|Chromium|CriOS|HeadlessChrome)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
] as const;

const systems = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b/, "Mac"],
  [/\bLinux\b/, "Linux"],
] as const;

const nameIn = (userAgent: string, names: readonly (readonly [RegExp, string])[]) =>
  names.find(([mark]) => mark.test(userAgent))?.[1];

/** `Firefox on Windows`: what its owner recognizes a browser by. Edge calls itself Chrome too, so the order counts. */
export const browserWords = (userAgent: string): string => {
  const browser = nameIn(userAgent, browsers) ?? "Unknown browser";
  const system = nameIn(userAgent, systems);
  return system ? `${browser} on ${system}` : browser;
};
