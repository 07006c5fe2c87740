/** The services that the emulator knows, by the name they are signed with. */
export type ServiceName = "cognito-idp" | "acm" | "sts" | "route53";

/** One request, as it arrived and as it was answered. A request that never got an answer has neither of the two. */
export interface Call {
    service: ServiceName;
    operation: string;
    /** Region and access key id from the signature; empty for an unsigned request. */
    region: string;
    accessKeyId: string;
    account: string;
    input: Record<string, unknown>;
    output?: object;
    error?: { name: string; message: string };
    /** When it arrived: ISO 8601. */
    at: string;
}
