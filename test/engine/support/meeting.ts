/** Lets nobody on before so many have come, and something has then been done. */
export function meeting(count: number, action: () => void | Promise<void> = () => {}) {
    let arrived = 0;
    let open = () => {};
    const all = new Promise<void>((resolve) => {
        open = resolve;
    });
    return {
        isOver: () => arrived >= count,
        come: async (): Promise<void> => {
            arrived += 1;
            if (arrived === count) {
                await action();
                open();
            }
            await all;
        },
    };
}
