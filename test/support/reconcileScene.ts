import { mock } from "node:test";
import type { DomainAddress } from "../../provider/model/address";
import type { NotConvergedError } from "../../provider/model/errors";
import type { Settings } from "../../provider/model/settings";
import type { OperationContext, Outcome } from "../../provider/reconcile/operation";
import { reconcileOrRollBack } from "../../provider/reconcile/reversal";
import type { Call, DomainSettings, Emulator, Fault } from "../emulator";
import { DOMAIN, FAILOVER } from "./domains";
import { inEmulatedAws } from "./emulatedAws";
import { contextWith, type RecordingEngine, recordingEngine, updateFor } from "./operation";

export { DOMAIN, FAILOVER };
export const PREFIX = "my-prefix";

/** A user pool with a replica in an emulated AWS, and the updates of its domains. New for each test. */
export class ReconcileScene {
    emulator!: Emulator;
    engine!: RecordingEngine;
    userPoolId!: string;
    /** How far the monotonic clock has jumped, in milliseconds. */
    jumpedMs = 0;

    address(domain = DOMAIN): DomainAddress {
        return { userPoolId: this.userPoolId, domain, region: "us-west-2" };
    }

    /** A custom domain with these settings. */
    custom(settings: DomainSettings = {}): void {
        const { emulator, userPoolId } = this;
        emulator.domain({
            userPoolId,
            domain: DOMAIN,
            managedLoginVersion: 1,
            securityPolicy: "TLS_V1_2_2021",
            ...settings,
        });
    }

    certificate(): string {
        return this.emulator.certificate({ domainName: DOMAIN });
    }

    /** Pauses are short. */
    context(rest: Partial<OperationContext> = {}): OperationContext {
        return { ...contextWith(this.emulator, this.engine), pauseFactor: 0.02, ...rest };
    }

    /** An update, with the defaults of the arguments. */
    run(
        desired: Settings,
        rest: Parameters<typeof updateFor>[2] = {},
        { domain = DOMAIN, ...context }: Partial<OperationContext> & { domain?: string } = {},
    ): Promise<Outcome> {
        return reconcileOrRollBack(updateFor(this.address(domain), desired, rest), this.context(context));
    }

    /** An update that ends with a problem. */
    async problem(...args: Parameters<ReconcileScene["run"]>): Promise<NotConvergedError> {
        const { problem } = await this.run(...args);
        if (!problem) {
            throw new Error("the update ended well");
        }
        return problem;
    }

    /** The settings that AWS has. */
    settings(domain = DOMAIN): DomainSettings {
        const { managedLoginVersion, certificateArn, securityPolicy } = this.emulator.domainOf(domain) ?? {};
        return { managedLoginVersion, certificateArn, securityPolicy };
    }

    get updates(): Call[] {
        return this.emulator.callsTo("UpdateUserPoolDomain");
    }

    /** The operations that were called, in order. */
    get operations(): string[] {
        return this.emulator.calls.map(({ operation }) => operation);
    }

    /** Something that happens to updates, unless another operation is given. */
    fault(rest: Partial<Fault> & Pick<Fault, "action">): void {
        this.emulator.behaviour.faults.push({ operation: "UpdateUserPoolDomain", ...rest });
    }

    /** Something that happens once AWS has accepted an update. */
    onceAccepted(run: (aws: Emulator) => void): void {
        this.fault({ when: "after", action: { run } });
    }

    /** Something that happens before AWS answers the `read`-th DescribeUserPoolDomain, counted from 1. */
    atRead(read: number, run: (aws: Emulator) => void): void {
        this.fault({ operation: "DescribeUserPoolDomain", skip: read - 1, times: 1, action: { run } });
    }
}

/** Gives each test of the suite that calls this such a scene, in which updates end at once. */
export function reconcileScene(): ReconcileScene {
    const scene = new ReconcileScene();
    inEmulatedAws(
        (emulator) => {
            scene.emulator = emulator;
        },
        { settleAfterDescribes: 0 },
    );
    const monotonic = performance.now.bind(performance);
    beforeEach(() => {
        scene.jumpedMs = 0;
        mock.method(performance, "now", () => monotonic() + scene.jumpedMs);
        scene.emulator.reset();
        scene.engine = recordingEngine();
        scene.userPoolId = scene.emulator.userPool({ region: "us-west-2", replicas: [{ region: "us-east-2" }] });
    });
    afterEach(() => mock.restoreAll());
    return scene;
}
