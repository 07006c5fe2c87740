export function median(values: number[]): number {
    const sorted = [...values].sort((a, b) => a - b);
    const middle = sorted.length / 2;
    return Number.isInteger(middle)
        ? ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
        : (sorted[Math.floor(middle)] as number);
}

/** Medians over rounds of paired measurements, so that a machine's changing speed does not matter. */
export function paired(values: number[], floor: number[]): { ratio: number; difference: number } {
    const pairs = values.map((value, round) => [value, floor[round] as number] as const);
    return {
        ratio: median(pairs.map(([value, base]) => value / base)),
        difference: median(pairs.map(([value, base]) => value - base)),
    };
}
