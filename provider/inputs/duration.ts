/** Seconds in a Go duration such as `1h30m`, `900s` or `1.5h`; undefined for anything else. */
export function secondsIn(duration: string | undefined): number | undefined {
    const [, hours = "0", minutes = "0", seconds = "0"] =
        /^(?:([\d.]+)h)?(?:([\d.]+)m)?(?:([\d.]+)s)?$/.exec(duration ?? "") ?? [];
    return Math.round(Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) || undefined;
}
