@ 2026-07-02 11:00 mira
docket move $action-4 done

@ 2026-07-02 16:00 sade
docket new minutes 'title=Board meeting of July' type=advisory-board \
    'body=Developer platform advisory board' heldOn=2026-07-02 chair=ines secretary=sade \
    'present:=[{"name": "Ines Marchetti", "handle": "ines", "team": "payments"}, {"name": "Tomas Wren", "handle": "tomas", "team": "search"}, {"name": "Aiko Ferreira", "handle": "aiko", "team": "mobile"}, {"name": "Dele Haugen", "handle": "dele", "team": "checkout"}, {"name": "Petra Novak", "handle": "petra", "team": "data"}, {"name": "Ravi Solberg", "handle": "ravi", "team": "identity"}, {"name": "Noor Castellan", "handle": "noor", "team": "fulfilment"}, {"name": "Bruno Achterberg", "handle": "bruno", "team": "web"}, {"name": "Lin Falk", "handle": "lin", "team": "growth"}]' \
    -> board-07-02
docket add $board-07-02 agenda 'title=Answer times' \
    'notes=Median first answer: six hours. It was three days in January.'
docket add $board-07-02 positions painPoint=$ci position=valuable who=dele team=checkout \
    'reason=It is the next thing that costs us daily.'
docket edit $board-07-02 board=$board
docket link $board-07-02 approvesMinutes $board-06-04
