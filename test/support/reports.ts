import type { Report, ReportEntry } from "../../provider/program/report/report";
import { ARN, OTHER_ARN } from "./certificates";

/** A change of version and certificate that nothing is wrong with. */
export function resourceReport(rest: Partial<ReportEntry> = {}): ReportEntry {
    return {
        name: "auth",
        domain: "auth.example.com",
        userPoolId: "us-west-2_AbCdEfGhI",
        verdict: "ok",
        action: "update",
        changes: [
            { setting: "managedLoginVersion", from: 1, to: 2 },
            { setting: "customDomainConfig.certificateArn", from: OTHER_ARN, to: ARN },
        ],
        kept: { "customDomainConfig.securityPolicy": "TLS_V1_2_2021" },
        notKnownYet: [],
        drift: [],
        overwrites: [],
        findings: [],
        outputs: { cloudFrontDomain: "d111111abcdef8.cloudfront.net", certificateExpiry: "2027-04-11T12:00:00.000Z" },
        unknown: [],
        before: {
            customDomainConfig: { certificateArn: OTHER_ARN },
            cloudFrontDomain: "d111111abcdef8.cloudfront.net",
            certificateExpiry: "2096-10-01T12:00:00.000Z",
        },
        ...rest,
    };
}

export function report(...resources: Partial<ReportEntry>[]): Report {
    return { schema: 1, project: "shop", stack: "prod", resources: resources.map(resourceReport) };
}
