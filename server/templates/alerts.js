// Tells of alerts that come while the page of alerts is open. Without this script the page shows what there was.
"use strict";

(() => {
  const live = document.getElementById("live");
  if (!live || !window.EventSource) return;
  const { after, watch, href, one, many, show } = live.dataset;
  const query = new URLSearchParams({ after });
  if (watch) query.set("watch", watch);
  const stream = new EventSource(`/api/v1/alerts/stream?${query}`);
  let count = 0;
  let waiting = 0;

  // Many may come at a time; a screen reader is told once of all of them.
  const tell = () => {
    waiting = 0;
    const link = document.createElement("a");
    link.href = href;
    link.textContent = show;
    const said = count === 1 ? one : many.replace("{n}", count.toLocaleString("en"));
    live.replaceChildren(`${said} · `, link);
    document.title = document.title.replace(/^(\(\+\d+\) )?/, `(+${count}) `);
  };
  stream.addEventListener("alert", () => {
    count += 1;
    if (!waiting) waiting = setTimeout(tell, 1000);
  });
  // Browsers keep few connections to a server: a page that is left gives its own back.
  window.addEventListener("pagehide", () => stream.close());
})();
