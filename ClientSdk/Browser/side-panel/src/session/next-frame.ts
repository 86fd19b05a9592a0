/** Longest wait for a frame, in milliseconds: a covered or hidden page may draw none for seconds, but must not fall behind. */
const patienceMs = 50;

/** Runs an action when the next frame is drawn, or soon where none is. */
export function nextFrame(action: () => void): void {
  let done = false;
  const run = () => {
    if (done) return;
    done = true;
    clearTimeout(timer);
    action();
  };
  const timer = setTimeout(run, patienceMs);
  requestAnimationFrame(run);
}
