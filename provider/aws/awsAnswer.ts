import { type Call, callFailed, isNotFound } from "./callErrors";

/**
 * The answer of a call that reads; `undefined` where AWS says that the thing is not there.
 * @throws AwsCallError
 */
export async function awsAnswer<A>(call: Call, answer: Promise<A>): Promise<A | undefined> {
    try {
        return await answer;
    } catch (error) {
        if (isNotFound(error)) {
            return undefined;
        }
        throw callFailed(error, call);
    }
}
