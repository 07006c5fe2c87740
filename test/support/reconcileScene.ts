import type { Operation, OperationContext, Outcome } from "../../provider/reconcile/operation";
import { reconcile } from "../../provider/reconcile/reconcile";
import type { Call, DomainSettings, Emulator, Fault } from "../emulator";
import { inEmulatedAws } from "./emulatedAws";
import { contextWith, operationFor, type RecordingEngine, recordingEngine } from "./operation";

export const DOMAIN = "auth.example.com";
export const PREFIX = "my-prefix";
export const FAILOVER = { secondaryRegion: "us-east-2", primaryRoute53HealthCheckId: "health-1" };

/** A user pool with a replica in an emulated AWS, and the reconciliation of its domains. New for each test. */
export class ReconcileScene {
    emulator!: Emulator;
    engine!: RecordingEngine;
    userPoolId!: string;

    address(domain = DOMAIN): Operation["address"] {
        return { userPoolId: this.userPoolId, domain, region: "us-west-2" };
    }

    /** A custom domain with these settings. */
    custom(settings: DomainSettings = {}): void {
        const { emulator, userPoolId } = this;
        emulator.domain({ userPoolId, domain: DOMAIN, securityPolicy: "TLS_V1_2_2021", ...settings });
    }

    run(
        desired: Operation["desired"],
        rest: Partial<Operation> = {},
        domain = DOMAIN,
        context: Partial<OperationContext> = {},
    ): Promise<Outcome> {
        const operation = operationFor(this.address(domain), desired, rest);
        return reconcile(operation, { ...contextWith(this.emulator, this.engine), ...context });
    }

    get updates(): Call[] {
        return this.emulator.callsTo("UpdateUserPoolDomain");
    }

    /** What happens to updates, where nothing else is said. */
    fault(rest: Partial<Fault> & Pick<Fault, "action">): void {
        this.emulator.behaviour.faults = [{ operation: "UpdateUserPoolDomain", ...rest }];
    }
}

/** Has the suite that calls this begin each of its tests with such a scene. */
export function reconcileScene(): ReconcileScene {
    const scene = new ReconcileScene();
    inEmulatedAws(
        (emulator) => {
            scene.emulator = emulator;
        },
        { settleAfterDescribes: 0 },
    );
    beforeEach(() => {
        scene.emulator.reset();
        scene.engine = recordingEngine();
        scene.userPoolId = scene.emulator.userPool({ region: "us-west-2", replicas: [{ region: "us-east-2" }] });
    });
    return scene;
}
