// The clock of a meeting: counts the minutes that the agenda gives an item. The page needs none of it.
(() => {
  "use strict";
  const timer = document.querySelector(".timer"), buttons = document.querySelector("[data-timer]");
  if (!timer || !buttons) return;
  const planned = Number(timer.dataset.minutes) * 60;
  let since = 0, ticking = 0;
  const show = () => {
    const left = planned - Math.floor((performance.now() - since) / 1000), seconds = Math.abs(left);
    const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    timer.textContent = left < 0 ? `+${text}` : text;
    timer.classList.toggle("over", left < 0);
  };
  const stop = () => { clearInterval(ticking); ticking = 0; };
  buttons.hidden = false;
  buttons.querySelector("[data-start]").addEventListener("click", () => {
    stop();
    since = performance.now();
    ticking = setInterval(show, 1000);
    show();
  });
  buttons.querySelector("[data-stop]").addEventListener("click", stop);
})();
