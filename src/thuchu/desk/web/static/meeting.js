// The screen of a meeting: one item at a time, and a clock for it. The page needs none of it: it lists them all.
(() => {
  "use strict";
  const items = [...document.querySelectorAll("[data-item]")], steps = document.querySelector("[data-steps]");
  if (!items.length || !steps) return;
  const back = steps.querySelector("[data-back]"), next = steps.querySelector("[data-next]");
  let at = 0, since = 0, ticking = 0;
  const stop = () => { clearInterval(ticking); ticking = 0; };
  const tick = () => {
    const timer = items[at].querySelector(".timer");
    const left = Number(items[at].dataset.item) * 60 - Math.floor((performance.now() - since) / 1000);
    const seconds = Math.abs(left), text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    timer.textContent = left < 0 ? `+${text}` : text;
    timer.classList.toggle("over", left < 0);
  };
  const show = place => {
    stop();
    at = place;
    items.forEach((item, each) => { item.hidden = each !== at; });
    back.disabled = at === 0;
    next.disabled = at === items.length - 1;
  };
  items.forEach(item => {
    const clock = item.querySelector("[data-clock]");
    clock.hidden = false;
    clock.querySelector("[data-start]").addEventListener("click", () => {
      stop();
      since = performance.now();
      ticking = setInterval(tick, 1000);
      tick();
    });
    clock.querySelector("[data-stop]").addEventListener("click", stop);
  });
  back.addEventListener("click", () => show(at - 1));
  next.addEventListener("click", () => show(at + 1));
  steps.hidden = false;
  show(0);
})();
