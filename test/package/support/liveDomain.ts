import { type Emulator, startEmulator } from "../../emulator";

export const DOMAIN = "auth.example.com";

/** The settings before a program runs. */
export const BEFORE = { version: 1, tls: "TLS_V1_2_2021" };

/** An emulated AWS with one live domain, reset for each test. Call it in a `describe`. */
export function liveDomain() {
    let aws: Emulator;
    let userPoolId: string;

    before(async () => {
        aws = await startEmulator({ behaviour: { settleAfterDescribes: 1 } });
    });
    after(() => aws?.close());
    beforeEach(() => {
        aws.reset();
        userPoolId = aws.userPool({ region: "us-west-2" });
        aws.domain({ userPoolId, domain: DOMAIN, version: BEFORE.version, securityPolicy: BEFORE.tls });
    });

    return {
        emulator: () => aws,
        settings: () => {
            const domain = aws.domainOf(DOMAIN);
            return { version: domain?.managedLoginVersion, tls: domain?.securityPolicy };
        },
        updates: () => aws.callsTo("UpdateUserPoolDomain").map(({ input }) => input),
        /** The arguments of every program. */
        args: () => ({
            userPoolId,
            domain: DOMAIN,
            managedLoginVersion: 2,
            customDomainConfig: { securityPolicy: "TLS_V1_3_2025" },
            onDelete: "restore",
        }),
    };
}
