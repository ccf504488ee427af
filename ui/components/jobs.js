// Files on their way in: a status each, with a bar that tells the truth and a button to cancel or dismiss.
export default function ({ parentElement, data, setTriggerValue }) {
  const list = document.createElement("ul");
  for (const job of data.jobs) {
    const item = document.createElement("li");
    item.className = job.failed ? "failed" : "";
    const said = document.createElement("div");
    said.className = "wide";
    said.setAttribute("role", "status");
    said.textContent = job.text;
    const button = document.createElement("button");
    button.textContent = "✕";
    const label = `${job.over ? "Dismiss" : "Cancel"} ${job.name}`;
    button.title = label;
    button.setAttribute("aria-label", label);
    button.onclick = () => setTriggerValue(job.over ? "dismiss" : "cancel", job.id);
    item.append(said, button);
    if (!job.over) {
      const bar = document.createElement("progress");
      bar.setAttribute("aria-label", job.name);
      bar.max = Math.max(1, job.total);
      if (job.total) bar.value = job.done;
      item.append(bar);
    }
    list.append(item);
  }
  // Not `:scope > …`: in a shadow root it matches nothing.
  [...parentElement.children].filter((old) => old.matches("ul")).forEach((old) => old.remove());
  parentElement.append(list);
}
