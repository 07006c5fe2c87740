import { FAILOVER } from "./domains";

/** The outputs of a resource that manages version and failover, found neither of them so, and has raised the TLS policy. */
export const ADOPTED_OUTPUTS = {
    managedLoginVersion: 2,
    routing: { failover: FAILOVER },
    __adopted: {
        managed: ["managedLoginVersion", "failover"],
        found: { managedLoginVersion: 1, securityPolicy: "TLS_V1" },
        applied: { managedLoginVersion: 2, failover: FAILOVER, securityPolicy: "TLS_V1_2_2021" },
    },
};
