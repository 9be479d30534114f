const form = /^(\d+(\.\d+)?(ns|us|ms|s|m|h))+$/;
const seconds: Readonly<Record<string, number>> = { ns: 1e-9, us: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };

/** A duration is a count of nanoseconds in 64 bits. */
const maxSeconds = 2 ** 63 / 1e9;

/** The seconds of a duration as Go reads it (`time.ParseDuration`), such as `1h30m`; undefined for what it does not read. */
export function durationSeconds(text: string): number | undefined {
  if (!form.test(text)) return undefined;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)([a-z]+)/g)];
  const sum = parts.reduce((total, [, amount, unit = '']) => total + Number(amount) * (seconds[unit] ?? 0), 0);
  return sum < maxSeconds ? sum : undefined;
}
