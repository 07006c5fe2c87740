/** An error as AWS answers it: the exception's name, its text and the HTTP status. */
export class AwsError extends Error {
    constructor(
        name: string,
        message: string,
        readonly status = 400,
    ) {
        super(message);
        this.name = name;
    }
}

/** InvalidParameterException: what Cognito says of nearly everything that it does not like. */
export const invalidParameter = (message: string): AwsError => new AwsError("InvalidParameterException", message);

export const notFound = (message: string): AwsError => new AwsError("ResourceNotFoundException", message);
