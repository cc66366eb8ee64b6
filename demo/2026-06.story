@ 2026-06-04 16:00 sade
docket new minutes 'title=Board meeting of June' type=advisory-board \
    'body=Developer platform advisory board' heldOn=2026-06-04 chair=ines secretary=sade \
    'present:=[{"name": "Ines Marchetti", "handle": "ines", "team": "payments"}, {"name": "Tomas Wren", "handle": "tomas", "team": "search"}, {"name": "Aiko Ferreira", "handle": "aiko", "team": "mobile"}, {"name": "Dele Haugen", "handle": "dele", "team": "checkout"}, {"name": "Petra Novak", "handle": "petra", "team": "data"}, {"name": "Ravi Solberg", "handle": "ravi", "team": "identity"}, {"name": "Noor Castellan", "handle": "noor", "team": "fulfilment"}, {"name": "Bruno Achterberg", "handle": "bruno", "team": "web"}, {"name": "Lin Falk", "handle": "lin", "team": "growth"}]' \
    -> board-06-04
docket add $board-06-04 agenda 'title=One channel and office hours' \
    'notes=The three channels are one since May. Office hours on Tuesdays and Thursdays are used.'
docket new action 'title=Publish how long answers took in June' owner=sade due=2026-07-02 \
    from=$board-06-04 -> action-4
docket edit $board-06-04 board=$board
docket link $board-06-04 approvesMinutes $board-05-07

@ 2026-06-18 15:00 mira
docket move $handbook in-progress
docket move $handbook shipped

@ 2026-06-25 16:00 mira
docket new measure name=adoption takenOn=2026-06-25 'subject=the handbook' audience=users \
    value=15 'unit=% of teams' sampleSize=20 method=telemetry measures+=$handbook -> adoption-1

@ 2026-06-25 17:00 mira
docket add $portal evidence 'said=Where is the portal? It was a must-have in spring.' \
    source=meeting 'who=director A' team=web date=2026-06-25
