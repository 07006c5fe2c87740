/** The day of a date in UTC, as `2026-11-26`. */
export function day(date: Date): string {
    return date.toISOString().slice(0, 10);
}
