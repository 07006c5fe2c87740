/** How many seconds a command may take; most are done in a tenth of one. */
const COMMAND_SECONDS = 60;

/** A command that does not end is a fault, whatever the clocks say. */
export async function ended<T>(work: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
        const fail = () => reject(new Error(`the command has not ended after ${COMMAND_SECONDS} s`));
        timer = setTimeout(fail, COMMAND_SECONDS * 1000);
    });
    try {
        return await Promise.race([work, late]);
    } finally {
        clearTimeout(timer);
    }
}
