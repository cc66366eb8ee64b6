@ 2026-09-01 16:00 mira
docket new measure name=adoption takenOn=2026-09-01 'subject=the handbook' audience=users \
    value=80 'unit=% of teams' sampleSize=20 method=telemetry measures+=$handbook \
    previous=$adoption-1

@ 2026-09-03 16:00 sade
docket new minutes 'title=Board meeting of September' type=advisory-board \
    'body=Developer platform advisory board' heldOn=2026-09-03 chair=ines secretary=sade \
    'present:=[{"name": "Ines Marchetti", "handle": "ines", "team": "payments"}, {"name": "Tomas Wren", "handle": "tomas", "team": "search"}, {"name": "Aiko Ferreira", "handle": "aiko", "team": "mobile"}, {"name": "Dele Haugen", "handle": "dele", "team": "checkout"}, {"name": "Petra Novak", "handle": "petra", "team": "data"}, {"name": "Ravi Solberg", "handle": "ravi", "team": "identity"}, {"name": "Noor Castellan", "handle": "noor", "team": "fulfilment"}, {"name": "Bruno Achterberg", "handle": "bruno", "team": "web"}, {"name": "Lin Falk", "handle": "lin", "team": "growth"}]' \
    -> board-09-03
docket add $board-09-03 agenda 'title=Before the retro' \
    'notes=Time to a first deploy was measured again with five new joiners; numbers go to the retro.'
docket edit $board-09-03 board=$board
docket link $board-09-03 approvesMinutes $board-08-06

@ 2026-09-08 16:00 mira
$ docket new measure name=time-to-first-deployment takenOn=2026-09-08 audience=users value=3.5 \
    unit=hours sampleSize=5 method=observation measures+=$handbook \
    previous=$time-to-first-deployment-1 -> time-to-first-deployment-2

@ 2026-09-08 16:00 mira
docket new measure name=time-to-first-answer takenOn=2026-09-08 audience=users value=6 \
    unit=hours sampleSize=212 method=records measures+=$one-channel \
    previous=$time-to-first-answer-1 -> time-to-first-answer-2

@ 2026-09-10 16:00 mira
docket new measure name=nps takenOn=2026-09-10 audience=users nps.promoters=21 nps.passives=17 \
    nps.detractors=10 sampleSize=48 asked=180 method=survey \
    'question=How likely are you to recommend the platform to another team?' previous=$nps-1

@ 2026-09-10 16:00 mira
docket new measure name=perceived-success takenOn=2026-09-10 audience=builders value=4.2 \
    scale.from=1 scale.to=5 sampleSize=6 method=survey \
    'question=How well can developers do a first deploy by themselves?' measures+=$handbook \
    previous=$perceived-success-builders-1

@ 2026-09-10 16:00 mira
docket new measure name=perceived-success takenOn=2026-09-10 audience=users value=3.6 \
    scale.from=1 scale.to=5 sampleSize=47 method=survey \
    'question=How well can developers do a first deploy by themselves?' measures+=$handbook \
    previous=$perceived-success-users-1

@ 2026-09-17 10:00 mira
title September: a retro that asks developers, with numbers before and after
docket new retro 'title=Two quarters of docs and support' heldOn=2026-09-17 \
    'covers=April to September 2026' facilitator=sade \
    'participants:=[{"name": "Mira Okonedo", "handle": "mira", "team": "platform", "group": "platform"}, {"name": "Jonas Brandt", "handle": "jonas", "team": "platform", "group": "platform"}, {"name": "Tomas Wren", "handle": "tomas", "team": "search", "group": "developer"}, {"name": "Petra Novak", "handle": "petra", "team": "data", "group": "developer"}, {"name": "Aiko Ferreira", "handle": "aiko", "team": "mobile", "group": "developer"}]' \
    'wentWell:=[{"text": "Two teams tried each chapter before it was published"}, {"text": "The person on duty is known by name"}]' \
    'didNotGoWell:=[{"text": "The chapter on jobs came five weeks after the rest"}]' \
    'ideas:=[{"text": "Let the error messages link to the handbook'\''s page"}]' -> retro
docket add $retro developerFeedback 'said=My first deploy worked from the page alone.' \
    'who=new joiner C' team=search about=$handbook
docket add $retro developerFeedback 'said=Jobs still feel like an afterthought.' \
    'who=data engineer A' team=data about=$handbook
docket add $retro developerFeedback 'said=I get an answer before lunch.' 'who=developer E' \
    team=mobile about=$one-channel
$ docket add $retro outcomes decision=$handbook 'measure=Time to a first deploy of new joiners' \
    unit=hours before:=12 after:=3.5 beforeFrom=$time-to-first-deployment-1 \
    afterFrom=$time-to-first-deployment-2 result=partly \
    'note=Five new joiners each time; the two on data jobs took longest.'
docket add $retro outcomes decision=$one-channel 'measure=Median time to a first answer' \
    unit=hours before:=72 after:=6 beforeFrom=$time-to-first-answer-1 \
    afterFrom=$time-to-first-answer-2 result=partly \
    'note=Four on working days; what is asked on a Friday evening waits till Monday.'
docket move $retro closed
docket move $handbook reviewed
docket move $docs validated
docket move $one-channel reviewed
docket move $support validated
$ docket tell $docs \
    'The handbook answers the twenty questions you asked most. Jobs come next.' to=everybody
