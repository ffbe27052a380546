/** Wall clock of a time zone and instants, both ways, over Intl alone. */

const clocks = new Map<string, Intl.DateTimeFormat>();

function clock(zone: string): Intl.DateTimeFormat {
  let format = clocks.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit',
      hour: '2-digit', minute: '2-digit', second: '2-digit',
    });
    clocks.set(zone, format);
  }
  return format;
}

export interface WallTime {
  /** YYYY-MM-DD */
  readonly date: string;
  /** HH:mm */
  readonly time: string;
}

/** What a clock in `zone` shows at `instant`. */
export function toWall(instant: Date, zone: string): WallTime {
  const part = new Map(clock(zone).formatToParts(instant).map((p) => [p.type, p.value]));
  const read = (type: Intl.DateTimeFormatPartTypes): string => part.get(type) ?? '';
  return { date: `${read('year')}-${read('month')}-${read('day')}`, time: `${read('hour')}:${read('minute')}` };
}

/**
 * The instant at which a clock in `zone` shows this date and time, or null when there is none: no such date
 * (31 February), or an hour that daylight saving skips. An hour that occurs twice means its first pass.
 */
export function fromWall(wall: WallTime, zone: string): Date | null {
  const asUtc = Date.parse(`${wall.date}T${wall.time}:00Z`);
  if (Number.isNaN(asUtc) || new Date(asUtc).toISOString().slice(0, 10) !== wall.date) return null;
  const candidates = [-14, -1, 0, 1, 14]
    .map((hours) => asUtc - offsetMs(new Date(asUtc + hours * 3_600_000), zone))
    .filter((ms) => {
      const seen = toWall(new Date(ms), zone);
      return seen.date === wall.date && seen.time === wall.time;
    });
  return candidates.length ? new Date(Math.min(...candidates)) : null;
}

function offsetMs(instant: Date, zone: string): number {
  const seen = toWall(instant, zone);
  return Date.parse(`${seen.date}T${seen.time}:00Z`) - Math.floor(instant.getTime() / 60_000) * 60_000;
}

/** Zones to choose from: the reader's, UTC, then all. */
export function zones(own: string): string[] {
  return [...new Set([own, 'UTC', ...Intl.supportedValuesOf('timeZone')])];
}
