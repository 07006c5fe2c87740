import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { ServiceName } from "./calls";
import { AwsError } from "./errors";
import { isRoute53, parseRoute53 } from "./route53Protocol";
import { toXml } from "./xml";

/**
 * The wire: AWS JSON 1.1 for Cognito and ACM (operation in X-Amz-Target, errors in `__type`), the AWS query protocol for
 * STS (form in, XML out), and REST with XML for Route 53. Signatures are read for who and where; that they are right is not
 * verified.
 */
export interface ParsedRequest {
    service: ServiceName;
    operation: string;
    input: Record<string, unknown>;
    signature: Signature | undefined;
}

export interface Signature {
    accessKeyId: string;
    region: string;
    service: string;
}

export interface WireAnswer {
    status: number;
    headers: Record<string, string>;
    body: string;
}

const TARGETS: Readonly<Record<string, ServiceName>> = {
    AWSCognitoIdentityProviderService: "cognito-idp",
    CertificateManager: "acm",
};

export function parseRequest(
    { method = "", url = "", headers }: Pick<IncomingMessage, "method" | "url" | "headers">,
    body: string,
): ParsedRequest {
    const signature = parseSignature(headers.authorization);
    if (isRoute53(url)) {
        return { service: "route53", ...parseRoute53(method, url, body), signature };
    }
    const target = headers["x-amz-target"];
    if (typeof target === "string") {
        const [prefix = "", operation = ""] = target.split(".");
        const service = TARGETS[prefix];
        if (!service) {
            throw new AwsError("UnknownOperationException", `The emulator has no service for the target ${target}.`);
        }
        return { service, operation, input: parseJson(body), signature };
    }
    const form = new URLSearchParams(body);
    const operation = form.get("Action");
    if (!operation) {
        throw new AwsError("UnknownOperationException", "The request has neither X-Amz-Target nor Action.");
    }
    return { service: "sts", operation, input: Object.fromEntries(form), signature };
}

export function renderOutput(service: ServiceName, operation: string, output: object): WireAnswer {
    const requestId = randomUUID();
    if (service === "route53") {
        return xml(
            200,
            requestId,
            `<${operation}Response ${ROUTE53_NAMESPACE}>${toXml(output)}</${operation}Response>`,
        );
    }
    if (service === "sts") {
        const result = `<${operation}Result>${toXml(output)}</${operation}Result>`;
        const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
        return xml(
            200,
            requestId,
            `<${operation}Response ${STS_NAMESPACE}>${result}${metadata}</${operation}Response>`,
        );
    }
    return json(200, requestId, JSON.stringify(toJson(output)));
}

export function renderError(service: ServiceName, error: AwsError): WireAnswer {
    const requestId = randomUUID();
    if (service === "sts" || service === "route53") {
        const type = error.status < 500 ? "Sender" : "Receiver";
        const fields = toXml({ Type: type, Code: error.name, Message: error.message });
        const id = `<RequestId>${requestId}</RequestId>`;
        return xml(
            error.status,
            requestId,
            `<ErrorResponse ${service === "sts" ? STS_NAMESPACE : ROUTE53_NAMESPACE}><Error>${fields}</Error>${id}</ErrorResponse>`,
        );
    }
    // The layer that checks permissions spells the text with a capital, the services themselves do not.
    const key = error.name === "AccessDeniedException" ? "Message" : "message";
    const answer = json(error.status, requestId, JSON.stringify({ __type: error.name, [key]: error.message }));
    answer.headers["x-amzn-errortype"] = `${error.name}:`;
    return answer;
}

function parseSignature(authorization: string | undefined): Signature | undefined {
    const scope = /^AWS4-HMAC-SHA256 Credential=([^/,]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/;
    const [, accessKeyId, region, service] = scope.exec(authorization ?? "") ?? [];
    return accessKeyId && region && service ? { accessKeyId, region, service } : undefined;
}

function parseJson(body: string): Record<string, unknown> {
    let input: unknown;
    try {
        input = JSON.parse(body || "{}");
    } catch {
        input = undefined;
    }
    if (typeof input !== "object" || input === null || Array.isArray(input)) {
        throw new AwsError("SerializationException", "The request body is not a JSON object.");
    }
    return input as Record<string, unknown>;
}

/** AWS JSON: a timestamp is a number of seconds, a blob base64. */
function toJson(value: unknown): unknown {
    if (value instanceof Date) {
        return value.getTime() / 1000;
    }
    if (value instanceof Uint8Array) {
        return Buffer.from(value).toString("base64");
    }
    if (Array.isArray(value)) {
        return value.map(toJson);
    }
    if (typeof value === "object" && value !== null) {
        return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, toJson(member)]));
    }
    return value;
}

const ROUTE53_NAMESPACE = `xmlns="https://route53.amazonaws.com/doc/2013-04-01/"`;
const STS_NAMESPACE = `xmlns="https://sts.amazonaws.com/doc/2011-06-15/"`;

const json = (status: number, requestId: string, body: string): WireAnswer => ({
    status,
    headers: { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": requestId },
    body,
});

const xml = (status: number, requestId: string, body: string): WireAnswer => ({
    status,
    headers: { "content-type": "text/xml", "x-amzn-requestid": requestId },
    body,
});
