import { domainToUnicode } from "node:url";
import type { ObservedCertificate } from "../model/observed";
import { type Note, note } from "./note";

/** The use of a certificate. */
export interface CertificateUse {
    arn: string;
    /** Its name in a message. */
    name: string;
    /** The custom domain that it has to cover. */
    domain: string;
    /** True if this update attaches it; false for the one that the domain already has. */
    introduced: boolean;
    /** Fewer days left than this is a finding; undefined: a share of the certificate's lifetime. */
    minimumValidityDays: number | undefined;
}

/** Checks that the certificate covers the domain's name. */
export function nameNotes({ names }: ObservedCertificate, use: CertificateUse): Note[] {
    if (names.some((name) => covers(name, use.domain))) {
        return [];
    }
    const wildcard = isUnderDomain(use.domain) ? ` or ${wildcardFor(use.domain)}` : "";
    return note(
        "certificate-name-mismatch",
        `${use.name} does not cover ${readable(use.domain)}; it covers ${list(names)}${wildcardNote(names, use.domain)}`,
        `Use one for ${use.domain}${wildcard}`,
    );
}

/** True if a name on a certificate covers a host: the same name, or a wildcard for exactly its first label (RFC 6125). */
export function covers(name: string, host: string): boolean {
    const [pattern, target] = [name.toLowerCase(), host.toLowerCase()];
    return pattern === target || (pattern.startsWith("*.") && pattern === wildcardFor(target));
}

/** True if a wildcard for it would not be one for a whole top-level domain. */
function isUnderDomain(host: string): boolean {
    return host.split(".").length > 2;
}

function wildcardFor(host: string): string {
    return `*${host.slice(host.indexOf("."))}`;
}

/** Why a wildcard that looks right is not: it stands for one label, no more and no fewer. */
function wildcardNote(names: string[], domain: string): string {
    const near = names.find((name) => name.startsWith("*.") && `.${domain}`.endsWith(name.slice(1).toLowerCase()));
    return near ? ` (${near} covers exactly one label)` : "";
}

/** A name, with its Unicode form if it is in punycode. */
function readable(name: string): string {
    const unicode = domainToUnicode(name);
    return unicode && unicode !== name ? `${name} (${unicode})` : name;
}

const LISTED_NAMES = 5;

function list(names: string[]): string {
    const more = names.length > LISTED_NAMES ? ` and ${names.length - LISTED_NAMES} more` : "";
    return (names.slice(0, LISTED_NAMES).map(readable).join(", ") || "no name at all") + more;
}
