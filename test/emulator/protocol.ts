import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { ServiceName } from "./calls";
import type { AwsError } from "./errors";
import { isRoute53, parseRoute53 } from "./route53Requests";

/**
 * The wire: AWS JSON 1.1 for Cognito and ACM (operation in X-Amz-Target, errors in `__type`), the AWS query protocol for
 * STS (form in, XML out), and REST with XML for Route 53. Signatures are read for who and where; that they are right is not
 * verified.
 */
export interface ParsedRequest {
    service: ServiceName;
    operation: string;
    input: Record<string, unknown>;
    signature?: { accessKeyId: string; region: string };
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
    const [target = "", operation = ""] = String(headers["x-amz-target"] ?? "").split(".");
    const service = TARGETS[target];
    if (service) {
        return { service, operation, input: JSON.parse(body), signature };
    }
    const form = Object.fromEntries(new URLSearchParams(body));
    return { service: "sts", operation: form.Action ?? "", input: form, signature };
}

function parseSignature(authorization: string | undefined): ParsedRequest["signature"] {
    const scope = /^AWS4-HMAC-SHA256 Credential=([^/,]+)\/\d{8}\/([^/]+)\/[^/]+\/aws4_request/;
    const [, accessKeyId, region] = scope.exec(authorization ?? "") ?? [];
    return accessKeyId && region ? { accessKeyId, region } : undefined;
}

/** The services that answer in XML. */
const NAMESPACE: { readonly [service in ServiceName]?: string } = {
    route53: "https://route53.amazonaws.com/doc/2013-04-01/",
    sts: "https://sts.amazonaws.com/doc/2011-06-15/",
};

export function renderOutput(service: ServiceName, operation: string, output: object): WireAnswer {
    if (NAMESPACE[service] === undefined) {
        return answer(service, 200, JSON.stringify(toJson(output)));
    }
    const result = service === "sts" ? { [`${operation}Result`]: output } : output;
    return answer(service, 200, document(service, `${operation}Response`, result));
}

export function renderError(service: ServiceName, { name, message, status }: AwsError): WireAnswer {
    if (NAMESPACE[service] !== undefined) {
        const error = { Type: status < 500 ? "Sender" : "Receiver", Code: name, Message: message };
        return answer(service, status, document(service, "ErrorResponse", { Error: error, RequestId: randomUUID() }));
    }
    // The layer that checks permissions spells the text with a capital, the services themselves do not.
    const key = name === "AccessDeniedException" ? "Message" : "message";
    return answer(service, status, JSON.stringify({ __type: name, [key]: message }));
}

function answer(service: ServiceName, status: number, body: string): WireAnswer {
    const type = NAMESPACE[service] === undefined ? "application/x-amz-json-1.1" : "text/xml";
    return { status, headers: { "content-type": type, "x-amzn-requestid": randomUUID() }, body };
}

function document(service: ServiceName, root: string, content: object): string {
    return `<${root} xmlns="${NAMESPACE[service]}">${toXml(content)}</${root}>`;
}

/** AWS JSON: a timestamp is a number of seconds. */
function toJson(value: unknown): unknown {
    if (value instanceof Date) {
        return value.getTime() / 1000;
    }
    if (Array.isArray(value)) {
        return value.map(toJson);
    }
    if (typeof value === "object" && value !== null) {
        return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, toJson(member)]));
    }
    return value;
}

/** A list repeats the name that it has. */
function toXml(value: unknown): string {
    if (value instanceof Date) {
        return value.toISOString();
    }
    if (typeof value === "object" && value !== null) {
        return Object.entries(value)
            .filter(([, member]) => member !== undefined)
            .flatMap(([key, member]) => [member].flat().map((one) => `<${key}>${toXml(one)}</${key}>`))
            .join("");
    }
    return String(value).replace(/[&<>]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[c] ?? c);
}

export function send(response: ServerResponse, { status, headers, body }: WireAnswer): void {
    response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) }).end(body);
}
