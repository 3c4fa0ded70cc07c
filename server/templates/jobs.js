// Uploads with progress, and jobs that tell how far they are. Without this script both work by forms and by reloading.
"use strict";

(() => {
  const form = document.querySelector("form.upload");
  if (form) upload(form);
  const job = document.getElementById("job");
  if (job?.dataset.events) follow(job.dataset.events);

  function upload(form) {
    const input = form.querySelector("input[type=file]");
    const drop = form.querySelector(".drop");
    const list = form.querySelector(".chosen");
    const fault = form.querySelector(".fault");
    const sending = form.querySelector(".sending");
    const button = form.querySelector("button");
    form.classList.add("scripted");
    form.querySelector(".drop-hint").hidden = false;

    const say = (text) => {
      fault.textContent = text;
      fault.hidden = !text;
    };
    const show = () => {
      list.replaceChildren(...[...input.files].map((file) => {
        const item = document.createElement("li");
        item.textContent = file.name;
        return item;
      }));
      list.hidden = input.files.length < 2;
      say(wrong());
    };
    /** Why the files would be refused, so that nobody waits for that. */
    const wrong = () => {
      const files = [...input.files];
      const large = files.find((file) => file.size > Number(form.dataset.fileBytes));
      if (large) return `${large.name} ${form.dataset.tooLarge}`;
      const total = files.reduce((sum, file) => sum + file.size, 0);
      const many = files.length > Number(form.dataset.files) || total > Number(form.dataset.requestBytes);
      return many ? form.dataset.tooMany : "";
    };

    input.addEventListener("change", show);
    for (const kind of ["dragenter", "dragover"]) {
      drop.addEventListener(kind, (event) => {
        event.preventDefault();
        drop.classList.add("over");
      });
    }
    for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("over"));
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      show();
    });

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      say(wrong());
      if (!fault.hidden) return;
      const request = new XMLHttpRequest();
      const bar = sending.querySelector("progress");
      const done = () => {
        sending.hidden = true;
        button.disabled = false;
      };
      request.upload.addEventListener("progress", (sent) => {
        if (!sent.lengthComputable) return;
        bar.value = Math.round((sent.loaded / sent.total) * 100);
        sending.querySelector(".percent").textContent = `${bar.value}%`;
      });
      request.addEventListener("load", () => {
        const answer = request.response ?? {};
        if (request.status === 202) {
          location.assign(`/jobs/${answer.id}`);
        } else {
          done();
          say(answer.detail ?? form.dataset.brokenOff);
        }
      });
      for (const kind of ["error", "abort", "timeout"]) {
        request.addEventListener(kind, () => {
          done();
          say(form.dataset.brokenOff);
        });
      }
      request.open("POST", form.dataset.api);
      request.responseType = "json";
      button.disabled = true;
      sending.hidden = false;
      request.send(new FormData(form));
    });
  }

  /** The page is asked for again whenever there is news, so that its words are written in one place. */
  function follow(address) {
    const source = new EventSource(address);
    let asking = false;
    let again = false;
    const refresh = async () => {
      if (asking) {
        again = true;
        return;
      }
      asking = true;
      do {
        again = false;
        const answer = await fetch(location.href).catch(() => null);
        if (answer?.ok) replace(await answer.text());
      } while (again);
      asking = false;
    };
    source.addEventListener("progress", refresh);
    source.addEventListener("end", () => {
      source.close();
      refresh();
    });
  }

  function replace(text) {
    const page = new DOMParser().parseFromString(text, "text/html");
    const [old, fresh] = [document.getElementById("job"), page.getElementById("job")];
    if (!old || !fresh) return;
    const focused = document.activeElement?.id;
    // What is the same is left alone, so that it is not read out again.
    const parts = [...fresh.children];
    const same = parts.length === old.children.length;
    parts.forEach((part, index) => {
      if (same && !old.children[index].isEqualNode(part)) old.children[index].replaceWith(part);
    });
    if (!same) old.replaceChildren(...parts);
    document.title = page.title;
    if (focused) document.getElementById(focused)?.focus();
  }
})();
