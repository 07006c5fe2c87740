import { acmOperations } from "./acm";
import { appClientOperations } from "./appClients";
import type { ServiceName } from "./calls";
import { domainOperations } from "./domains";
import { AwsError } from "./errors";
import { hostedZoneOperations } from "./hostedZones";
import { type Context, type Operations, validate } from "./operation";
import { stsOperations } from "./sts";
import { userPoolOperations } from "./userPools";

const SERVICES: Readonly<Record<ServiceName, { operations: Operations; validationError: string }>> = {
    "cognito-idp": {
        operations: { ...userPoolOperations, ...domainOperations, ...appClientOperations },
        validationError: "InvalidParameterException",
    },
    acm: { operations: acmOperations, validationError: "ValidationException" },
    sts: { operations: stsOperations, validationError: "ValidationError" },
    route53: { operations: hostedZoneOperations, validationError: "InvalidInput" },
};

/** Runs one operation on the state: no I/O, no waiting, so that every operation is atomic. */
export function perform(service: ServiceName, name: string, context: Context, input: Record<string, unknown>): object {
    const { operations, validationError } = SERVICES[service];
    const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
    if (!operation) {
        throw new AwsError("UnknownOperationException", `The emulator does not know the operation ${service}:${name}.`);
    }
    validate(input, operation.accepts, validationError);
    return operation.run(context, input as never);
}
