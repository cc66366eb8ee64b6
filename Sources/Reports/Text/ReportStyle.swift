/// The style sheet of HTML reports: screens wide and narrow, light and dark, and paper.
enum ReportStyle {
  static let sheet = """
    :root {
      color-scheme: light dark;
      --paper: #fcfbf8; --ink: #1f2328; --soft: #5b626b; --line: #dcd9d1; --wash: #f3f1ea;
      --link: #1a5a7a; --error: #a5261d; --warning: #8a5a00; --info: #4a6583;
    }
    @media screen and (prefers-color-scheme: dark) {
      :root {
        --paper: #16181c; --ink: #e4e3de; --soft: #a0a5ac; --line: #363a41; --wash: #1f2227;
        --link: #8cc4e3; --error: #f29a90; --warning: #e6bd66; --info: #a9c0da;
      }
    }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-top: 1rem; }
    body {
      margin: 0 auto; padding: 2.5rem 1.5rem 4rem; max-width: 60rem;
      background: var(--paper); color: var(--ink);
      font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
      overflow-wrap: break-word;
    }
    h1, h2, h3 {
      font-family: Charter, "Bitstream Charter", "Iowan Old Style", Georgia, "Noto Serif", serif;
      line-height: 1.2; text-wrap: balance;
    }
    h1 { margin: 0; font-size: 2.25rem; font-weight: 600; }
    h2 {
      margin: 3.5rem 0 1rem; padding-top: .75rem; border-top: 2px solid var(--ink);
      font-size: 1.5rem; font-weight: 600;
    }
    h3 { margin: 2.25rem 0 .75rem; font-size: 1.2rem; font-weight: 600; }
    h2 span, h3 span, nav span { color: var(--soft); font-weight: 400; }
    h4 { margin: 0; font-size: 1rem; font-weight: 600; }
    p { margin: 0 0 .5rem; }
    a { color: var(--link); text-underline-offset: .15em; text-decoration-thickness: 1px; }
    a:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
    code { font: .84em/1.4 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
    .record bdi { font-weight: 600; }
    .record code { white-space: nowrap; color: var(--soft); font-weight: 400; }
    .record a code { color: inherit; }
    time { white-space: nowrap; }
    .long { overflow-wrap: anywhere; }
    .genre { margin: 0 0 .25rem; color: var(--soft); font-size: .95rem; }
    .lead { margin: .75rem 0 0; color: var(--soft); max-width: 44rem; }
    .intro, .meta { color: var(--soft); }
    .meta { margin: 0; font-size: .86rem; }
    .none { color: var(--soft); font-style: italic; }
    .gap { color: var(--warning); }

    .figures {
      display: flex; flex-wrap: wrap; gap: 1px; margin: 2rem 0 1.25rem; background: var(--line); border: 1px solid var(--line);
    }
    .figures div { flex: 1 1 9.5rem; padding: .8rem 1rem .9rem; background: var(--paper); }
    .figures dt { color: var(--soft); font-size: .86rem; }
    .figures dd { margin: 0; }
    .figures b {
      display: block; font-size: 1.9rem; line-height: 1.2; font-weight: 600;
      font-variant-numeric: lining-nums tabular-nums;
    }
    .figures span { color: var(--soft); font-size: .86rem; }
    nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.75rem; margin: 0; padding: 0; list-style: none; }

    .facts { margin: 0 0 1.5rem; }
    .facts div { display: grid; grid-template-columns: 6rem 1fr; gap: 0 1rem; padding: .15rem 0; }
    .facts dt { color: var(--soft); }
    .facts dd { margin: 0; }
    .limits { margin: 1.5rem 0; padding: .75rem 1rem .35rem; background: var(--wash); border-left: 4px solid var(--warning); }

    table { min-width: 22rem; margin: 1.5rem 0 2rem; border-collapse: collapse; }
    .wide { width: 100%; table-layout: fixed; }
    caption { padding: 0 0 .5rem; text-align: left; font-weight: 600; }
    th, td { padding: .5rem 1.25rem .5rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
    th:last-child, td:last-child { padding-right: 0; }
    thead th { color: var(--soft); font-size: .86rem; font-weight: 400; border-bottom-color: var(--soft); }
    tbody th { font-weight: 400; }
    td bdi, th bdi { overflow-wrap: anywhere; }
    #traceability > .meta { margin-top: 1.5rem; }
    .number { font-variant-numeric: tabular-nums; }
    .wide p { margin: 0 0 .35rem; }
    .state {
      display: inline-block; padding: 0 .45em; background: var(--wash); border: 1px solid var(--line);
      border-radius: .3em; color: var(--ink); font-size: .8rem; line-height: 1.45; white-space: nowrap;
    }
    .labelled { margin: 0 0 .35rem; padding: 0; list-style: none; font-size: .86rem; }
    .labelled span { color: var(--soft); }

    .day { display: grid; grid-template-columns: 4.5rem minmax(0, 1fr); column-gap: 1rem; border-top: 1px solid var(--line); }
    .day h4 { padding-top: .75rem; font-variant-numeric: tabular-nums; }
    .day ol { margin: 0; padding: 0; list-style: none; }
    .day ol > li { padding: .75rem 0; }
    .day ol > li + li { border-top: 1px dotted var(--line); }
    .day ol > li:target { background: var(--wash); box-shadow: -.75rem 0 var(--wash), .75rem 0 var(--wash); }
    .day p { margin: 0; }
    .deed { color: var(--soft); }
    .deed::after { content: ":"; }
    .words { margin: .2rem 0 .3rem; padding: 0 0 0 1.1rem; }
    .words li::marker { color: var(--soft); content: "–  "; }

    .findings, .gaps { margin: 0; padding: 0; list-style: none; }
    .findings li, .gaps li { padding: .6rem 0; border-top: 1px solid var(--line); }
    .findings p { margin: 0; }
    .severity { padding-left: 1rem; border-left: 4px solid var(--info); margin-top: 2rem; }
    .severity h3 { margin-top: 0; }
    .severity.error { border-color: var(--error); }
    .severity.error h3 { color: var(--error); }
    .severity.warning { border-color: var(--warning); }
    .severity.warning h3 { color: var(--warning); }

    footer { margin-top: 4rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .86rem; }
    footer code { overflow-wrap: anywhere; }

    @media screen and (max-width: 42rem) {
      body { padding: 1.5rem 1rem 3rem; }
      h1 { font-size: 1.75rem; }
      .facts div { grid-template-columns: 1fr; padding: .3rem 0; }
      .day { grid-template-columns: minmax(0, 1fr); }
      .day ol > li { padding: .5rem 0 .75rem; }
      table { width: 100%; min-width: 0; }
      .wide, .wide caption, .wide tbody, .wide tr, .wide th, .wide td { display: block; }
      .wide thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
      .wide tr { padding: .75rem 0; border-bottom: 1px solid var(--line); }
      .wide tbody th, .wide td { padding: .15rem 0; border: 0; }
      .wide td::before, .wide tbody th::before { display: block; content: attr(data-column); color: var(--soft); font-size: .86rem; }
    }

    @page { margin: 18mm 16mm 20mm; @bottom-right { content: counter(page) " / " counter(pages); font: 9pt sans-serif; } }
    @media print {
      :root { --paper: #fff; --ink: #000; --soft: #444; --line: #bbb; --wash: #fff; --link: #000; --error: #000; --warning: #000; --info: #000; }
      html { font-size: 10pt; }
      body { max-width: none; padding: 0; }
      .figures div { flex-basis: 0; }
      nav { display: none; }
      #ledger, #traceability { break-before: page; }
      h2, h3, h4, caption, thead { break-after: avoid; }
      .day ol > li, .findings li, .gaps li, tr, .figures { break-inside: avoid; }
      thead { display: table-header-group; }
      a { text-decoration: none; }
      a[data-commit]::after { content: " (commit " attr(data-commit) ")"; font-size: 8pt; color: var(--soft); }
    }
    """
}
