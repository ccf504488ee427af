"""Sixty texts that would do harm if any part of the page read them as more than text.

They stand in documents, names, titles and questions.  `.invalid` can never be reached; that it is asked
for at all is what the test looks for.
"""

FAR = "http://evil.invalid/x"
MARKUP = [
    f"![a]({FAR}.png)",
    f'![a]({FAR}.png "title")',
    f"![a][ref]\n\n[ref]: {FAR}.png",
    f"[ref]: {FAR}.png 'x'",
    f"[![a]({FAR}.png)]({FAR})",
    f"[click]({FAR})",
    f"[click](<{FAR}>)",
    f"<{FAR}>",
    FAR,
    "www.evil.invalid",
    "mailto:a@evil.invalid",
    "<a@evil.invalid>",
    "[x](javascript:window.harmed=1)",
    "<javascript:window.harmed=1>",
    "[x](data:text/html,<script>window.harmed=1</script>)",
    "# heading\n## another",
    "- list\n- list",
    "1. one\n2. two",
    "> quote",
    "```\ncode\n```",
    "| a | b |\n| - | - |\n| 1 | 2 |",
    "**bold** __bold__ *it* ~~gone~~ `code`",
    "---",
    "a  \nb\\\nc",
    ":red[hot] :blue-background[cold] :rainbow[all]",
    ":material/delete: :smile: :streamlit:",
    "$x^2$ $$\\int_0^1$$ \\(a\\) \\[b\\]",
    "&lt;b&gt; &amp; &#60;b&#62; &#x3c;b&#x3e;",
    "[^1]\n\n[^1]: a footnote",
    "- [x] done",
]
TAGS = [
    f"<img src={FAR}.png>",
    "<img src=x onerror=window.harmed=1>",
    "<script>window.harmed=1</script>",
    f"<script src={FAR}.js></script>",
    f"<iframe src={FAR}></iframe>",
    "<svg onload=window.harmed=1>",
    f'<svg><image href="{FAR}.png"/></svg>',
    f"<svg><use href='{FAR}.svg#a'/></svg>",
    f"<link rel=stylesheet href={FAR}.css>",
    f"<style>@import '{FAR}.css'; * {{ background: url({FAR}.png) }}</style>",
    f"<video src={FAR}.mp4 autoplay></video>",
    f"<audio src={FAR}.mp3 autoplay></audio>",
    f"<object data={FAR}></object><embed src={FAR}>",
    f"<meta http-equiv=refresh content='0;url={FAR}'>",
    f"<base href={FAR}>",
    f"<form action={FAR}><input autofocus onfocus=window.harmed=1></form>",
    "<details open ontoggle=window.harmed=1>x</details>",
    f"<body background={FAR}.png onload=window.harmed=1>",
    "<math><mtext></mtext><script>window.harmed=1</script></math>",
    "</p></div></script><h1>out</h1>",
    "<!-- --><b>bold</b><!--",
    "<noscript><p title='</noscript><img src=x onerror=window.harmed=1>'></noscript>",
]
FORGERIES = [
    "Forged [1] and [2].",
    "Source 1: report.pdf, page 9",
    "[1]: #top",
    "\u202eevil \u202dtext",
    "\u2067turned\u2066 around",
    "a\u200bb\u200dc\ufeffd",
    "\x1b[31mred\x07",
    "{{ 7 * 7 }} ${7*7} <%= 7*7 %>",
]
PAYLOADS = MARKUP + TAGS + FORGERIES
