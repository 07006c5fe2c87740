import { PROGRAM, programIn } from "../../provider/inputs/programFacts";
import { recordIn } from "../../provider/model/record";
import { type Settings, type SettingsArguments, settingsOf } from "../../provider/model/settings";
import type { Emulator } from "../emulator";
import type { Random } from "./random";

export const SECONDARY = "us-east-2";
const DAY_MS = 24 * 60 * 60 * 1000;

/** What the domain itself presents, whatever ACM has issued. */
export const SERVED_SERIAL = "0c";

const inDays = (days: number): Date => new Date(Date.now() + days * DAY_MS);

/** The certificates that a program may ask for, where they are not fit for the domain alone. */
const CERTIFICATES = {
    fit: {},
    wildcard: { domainName: "*.example.com" },
    ending: { notAfter: inDays(5) },
    expired: { status: "EXPIRED", notBefore: inDays(-400), notAfter: inDays(-5) },
    pending: { status: "PENDING_VALIDATION" },
    otherName: { domainName: "login.example.org" },
    missing: {},
} as const;

/** A resource's arguments. */
export type Args = Record<string, unknown> &
    SettingsArguments & { onFailure?: string; onDelete?: string; wait?: string };

/** What the programs of one scene are about. */
export interface Subject {
    userPoolId: string;
    domain: string;
}

export function argsOf(random: Random, aws: Emulator, { userPoolId, domain }: Subject): Args {
    const customDomainConfig = {
        ...(random.chance(0.6) && {
            certificateArn: certificate(
                aws,
                domain,
                random.chance(0.75)
                    ? random.pick("fit", "wildcard")
                    : random.pick("ending", "expired", "pending", "otherName", "missing"),
            ),
        }),
        ...(random.chance(0.35) && { securityPolicy: random.pick("TLS_V1_2_2021", "TLS_V1_3_2025") }),
    };
    const wait = random.chance(0.2) ? random.pick("served", "served", "none") : undefined;
    return {
        userPoolId,
        domain,
        ...(random.chance(0.7) && { managedLoginVersion: random.pick(1, 2, 2) }),
        ...(Object.keys(customDomainConfig).length > 0 && { customDomainConfig }),
        ...(random.chance(0.2) && { routing: { failover: failover(random) } }),
        ...(random.chance(0.5) && { onFailure: "rollback" }),
        ...(random.chance(0.7) && { onDelete: "restore" }),
        ...(wait && { wait }),
        ...(customDomainConfig.certificateArn && random.chance(0.3) && { [PROGRAM]: { secret: [SECRET_PATH] } }),
        waitTimeoutSeconds: 1,
    };
}

const SECRET_PATH = "customDomainConfig.certificateArn";

/** What a command has to do with its programs, one for each resource, and with those before. */
export function ofPrograms(programs: readonly Args[], outputs: object, mayHave: readonly Args[]) {
    const known = [...mayHave.slice(-1), ...programs];
    return {
        desired: Object.assign({}, ...programs.map(settingsOf)) as Settings,
        original: recordIn(outputs)?.before ?? {},
        applied: [...mayHave, ...programs].map(appliedBy),
        // What one resource has marked is no secret of the other's.
        secrets: programs.length < 2 ? known.map(secretIn).filter((it) => it !== undefined) : [],
        mayRollBack: programs.some(({ onFailure }) => onFailure === "rollback"),
        isAwaited: programs.every(({ wait }) => wait !== "none"),
        isVerified: programs.some(({ wait }) => wait === "served"),
    };
}

/** What a program puts in force: with managed login, a newer TLS policy too where it names none. */
function appliedBy(args: Args): Settings {
    const settings = settingsOf(args);
    return settings.managedLoginVersion === 2 ? { securityPolicy: "TLS_V1_2_2021", ...settings } : settings;
}

/** The part of a secret ARN that names the certificate; undefined where it is no secret. */
function secretIn(args: Args): string | undefined {
    return programIn(args).secret.length > 0 ? settingsOf(args).certificateArn?.split("/").at(-1) : undefined;
}

/** A program's arguments, as two resources on the one domain that share its settings. */
export function split(args: Args): [Args, Args] {
    const { managedLoginVersion, customDomainConfig, routing, ...rest } = args;
    const { onFailure: _, ...careful } = rest;
    return [
        { ...careful, managedLoginVersion: managedLoginVersion ?? 1 },
        { ...careful, customDomainConfig, routing },
    ];
}

export function failover(random: Random): { secondaryRegion: string; primaryRoute53HealthCheckId: string } {
    const digit = String(random.whole(1, 2));
    return { secondaryRegion: SECONDARY, primaryRoute53HealthCheckId: `11111111-2222-3333-4444-${digit.repeat(12)}` };
}

export function certificate(aws: Emulator, domain: string, kind: keyof typeof CERTIFICATES): string {
    const arn = aws.certificate({ domainName: domain, serial: SERVED_SERIAL, ...CERTIFICATES[kind] });
    if (kind === "missing") {
        aws.removeCertificate(arn);
    }
    return arn;
}
