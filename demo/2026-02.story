@ 2026-02-01 14:00 sade
docket new interview 'title=What slows developer E down' status=closed type=interview \
    conductedOn=2026-02-01 interviewer=sade participant.role=developer participant.team=mobile \
    'participant.who=developer E' consent=spoken minutesSpent=45 \
    'said:=[{"text":["There are three channels and I never know which one is read."],"about":["$support"]}]' \
    -> interview-6
docket add $support evidence 'said=There are three channels and I never know which one is read.' \
    source=interview 'who=developer E' team=mobile date=2026-02-01 from=$interview-6

@ 2026-02-02 09:00 sade
docket new board 'title=Developer platform advisory board' foundedOn=2026-02-02 \
    'charter=The board says what is worth doing and what isn'\''t.
The platform team decides, and answers at the next meeting.' cadence=month seats.from=8 seats.to=10 quorum=5 'members:=[{"who": "ines", "team": "payments", "role": "chair", "from": "2026-02-02"}, {"who": "tomas", "team": "search", "from": "2026-02-02"}, {"who": "aiko", "team": "mobile", "from": "2026-02-02"}, {"who": "dele", "team": "checkout", "from": "2026-02-02"}, {"who": "petra", "team": "data", "from": "2026-02-02"}, {"who": "ravi", "team": "identity", "from": "2026-02-02"}, {"who": "noor", "team": "fulfilment", "from": "2026-02-02"}, {"who": "bruno", "team": "web", "from": "2026-02-02"}, {"who": "lin", "team": "growth", "from": "2026-02-02"}]' -> board

@ 2026-02-03 14:00 mira
docket new pain-point 'title=A one-line change waits for three approvals' area=deploy \
    severity:=3 frequency=weekly reach:=90 'jobStory.when=I fix a typo in a config' \
    'jobStory.iWantTo=ship it the same hour' 'jobStory.soICan=forget about it' \
    reportedBy.role=developer reportedBy.team=checkout 'reportedBy.who=developer F' \
    reportedOn=2026-02-03 -> approvals
docket new interview 'title=What slows developer F down' status=closed type=interview \
    conductedOn=2026-02-03 interviewer=mira participant.role=developer participant.team=checkout \
    'participant.who=developer F' consent=spoken minutesSpent=45 \
    'said:=[{"text":["I copy the pipeline of another team and hope."],"about":["$docs"]},{"text":["A comma in a config took two days."],"about":["$approvals"]}]' \
    -> interview-7
docket add $docs evidence 'said=I copy the pipeline of another team and hope.' source=interview \
    'who=developer F' team=checkout date=2026-02-03 from=$interview-7
docket add $approvals evidence 'said=A comma in a config took two days.' source=interview \
    'who=developer F' team=checkout date=2026-02-03 from=$interview-7

@ 2026-02-04 09:00 mira
docket add $approvals responses 'to=developer F' on=2026-02-04 by=mira \
    'told=Thank you. We ask others whether they have it too, and tell you in April.'

@ 2026-02-05 14:00 jonas
docket new pain-point 'title=A local environment takes a day to set up' area=tooling severity:=3 \
    frequency=monthly reach:=60 'jobStory.when=I join a team or get a new laptop' \
    'jobStory.iWantTo=run the service on my machine' \
    'jobStory.soICan=try a change before I push it' reportedBy.role=developer \
    reportedBy.team=checkout 'reportedBy.who=developer G' reportedOn=2026-02-05 -> local
docket new interview 'title=What slows developer G down' status=closed type=interview \
    conductedOn=2026-02-05 interviewer=jonas participant.role=developer \
    participant.team=checkout 'participant.who=developer G' consent=spoken minutesSpent=45 \
    'said:=[{"text":["I gave up on running it locally and test in staging."],"about":["$local"]}]' \
    -> interview-8
docket add $local evidence 'said=I gave up on running it locally and test in staging.' \
    source=interview 'who=developer G' team=checkout date=2026-02-05 from=$interview-8

@ 2026-02-05 16:00 sade
title February to September: an advisory board of nine, monthly
copy minutes-2026-02-05.md minutes-2026-02-05.md
$ docket import minutes minutes-2026-02-05.md -> board-02-05
remove minutes-2026-02-05.md
docket edit $board-02-05 board=$board

@ 2026-02-06 09:00 mira
docket add $local responses 'to=developer G' on=2026-02-06 by=mira \
    'told=Thank you. We ask others whether they have it too, and tell you in April.'

@ 2026-02-07 14:00 sade
docket new interview 'title=What slows data engineer A down' status=closed type=interview \
    conductedOn=2026-02-07 interviewer=sade 'participant.role=data engineer' \
    participant.team=data 'participant.who=data engineer A' consent=spoken minutesSpent=45 \
    'said:=[{"text":["Nothing says how jobs, as opposed to services, are deployed."],"about":["$docs"]},{"text":["Answers live in private messages, so the next one asks again."],"about":["$support"]}]' \
    -> interview-9
docket add $docs evidence 'said=Nothing says how jobs, as opposed to services, are deployed.' \
    source=interview 'who=data engineer A' team=data date=2026-02-07 from=$interview-9
docket add $support evidence \
    'said=Answers live in private messages, so the next one asks again.' source=interview \
    'who=data engineer A' team=data date=2026-02-07 from=$interview-9

@ 2026-02-08 09:00 mira
docket move $approvals triaged

@ 2026-02-09 14:00 mira
docket new pain-point 'title=Rotating a secret breaks services at night' area=security \
    severity:=4 frequency=quarterly reach:=40 'jobStory.when=a credential is rotated' \
    'jobStory.iWantTo=have my service pick it up by itself' jobStory.soICan=sleep \
    'reportedBy.role=data engineer' reportedBy.team=data 'reportedBy.who=data engineer B' \
    reportedOn=2026-02-09 -> secrets
docket new interview 'title=What slows data engineer B down' status=closed type=interview \
    conductedOn=2026-02-09 interviewer=mira 'participant.role=data engineer' \
    participant.team=data 'participant.who=data engineer B' consent=spoken minutesSpent=45 \
    'said:=[{"text":["Rotation night means somebody of us is up."],"about":["$secrets"]}]' \
    -> interview-10
docket add $secrets evidence 'said=Rotation night means somebody of us is up.' source=interview \
    'who=data engineer B' team=data date=2026-02-09 from=$interview-10

@ 2026-02-10 09:00 mira
docket move $local triaged

@ 2026-02-10 09:00 mira
docket add $secrets responses 'to=data engineer B' on=2026-02-10 by=mira \
    'told=Thank you. We ask others whether they have it too, and tell you in April.'

@ 2026-02-11 14:00 jonas
docket new interview 'title=A day beside developer H' status=closed type=shadowing \
    conductedOn=2026-02-11 interviewer=jonas participant.role=developer \
    participant.team=identity 'participant.who=developer H' consent=spoken daysSpent=1 \
    'observed:=[{"text":["Asked in two channels; both answers came after the workaround was merged."],"about":["$support"]}]' \
    -> interview-11
docket add $support evidence \
    'observed=Asked in two channels; both answers came after the workaround was merged.' \
    source=shadowing 'who=developer H' team=identity date=2026-02-11 from=$interview-11

@ 2026-02-13 14:00 sade
docket new pain-point 'title=There is no single page that shows all my services' area=portal \
    severity:=2 frequency=monthly reach:=12 \
    'jobStory.when=I present my team'\''s services to somebody' 'jobStory.iWantTo=show one page' \
    'jobStory.soICan=skip the slides' reportedBy.role=director reportedBy.team=web \
    'reportedBy.who=director A' reportedOn=2026-02-13 -> portal
docket new interview 'title=What slows director A down' status=closed type=interview \
    conductedOn=2026-02-13 interviewer=sade participant.role=director participant.team=web \
    'participant.who=director A' consent=spoken minutesSpent=45 \
    'said:=[{"text":["A service portal is a must-have. I want to see all services on one page."],"about":["$portal"]}]' \
    -> interview-12
docket add $portal evidence \
    'said=A service portal is a must-have. I want to see all services on one page.' \
    source=interview 'who=director A' team=web date=2026-02-13 from=$interview-12

@ 2026-02-14 09:00 mira
docket move $secrets triaged

@ 2026-02-14 09:00 mira
docket add $portal responses 'to=director A' on=2026-02-14 by=mira \
    'told=Thank you. We ask others whether they have it too, and tell you in April.'

@ 2026-02-15 14:00 mira
docket new interview 'title=What slows developer I down' status=closed type=interview \
    conductedOn=2026-02-15 interviewer=mira participant.role=developer participant.team=identity \
    'participant.who=developer I' consent=spoken minutesSpent=45 \
    'said:=[{"text":["I bookmark commits, because they at least carry a date."],"about":["$docs"]}]' \
    -> interview-13
docket add $docs evidence 'said=I bookmark commits, because they at least carry a date.' \
    source=interview 'who=developer I' team=identity date=2026-02-15 from=$interview-13

@ 2026-02-16 16:00 mira
title February: numbers before anything is changed
$ docket new measure name=nps takenOn=2026-02-16 audience=users nps.promoters=9 nps.passives=14 \
    nps.detractors=22 sampleSize=45 asked=180 method=survey \
    'question=How likely are you to recommend the platform to another team?' -> nps-1

@ 2026-02-16 16:00 mira
docket new measure name=perceived-success takenOn=2026-02-16 audience=builders value=4.3 \
    scale.from=1 scale.to=5 sampleSize=6 method=survey \
    'question=How well can developers do a first deploy by themselves?' measures+=$docs \
    -> perceived-success-builders-1

@ 2026-02-16 16:00 mira
$ docket new measure name=perceived-success takenOn=2026-02-16 audience=users value=2.4 \
    scale.from=1 scale.to=5 sampleSize=44 method=survey \
    'question=How well can developers do a first deploy by themselves?' measures+=$docs \
    -> perceived-success-users-1

@ 2026-02-17 14:00 jonas
docket new interview 'title=What slows lead B down' status=closed type=interview \
    conductedOn=2026-02-17 interviewer=jonas participant.role=lead participant.team=fulfilment \
    'participant.who=lead B' consent=spoken minutesSpent=45 \
    'said:=[{"text":["Everybody approves without reading, so what is it for?"],"about":["$approvals"]},{"text":["Nobody dares to delete a test that only sometimes fails."],"about":["$ci"]}]' \
    -> interview-14
docket add $approvals evidence 'said=Everybody approves without reading, so what is it for?' \
    source=interview 'who=lead B' team=fulfilment date=2026-02-17 from=$interview-14
docket add $ci evidence 'said=Nobody dares to delete a test that only sometimes fails.' \
    source=interview 'who=lead B' team=fulfilment date=2026-02-17 from=$interview-14

@ 2026-02-18 09:00 mira
docket move $portal triaged

@ 2026-02-19 14:00 sade
docket new interview 'title=What slows developer J down' status=closed type=interview \
    conductedOn=2026-02-19 interviewer=sade participant.role=developer \
    participant.team=fulfilment 'participant.who=developer J' consent=spoken minutesSpent=45 \
    'said:=[{"text":["My first deploy took a day and a half, most of it reading."],"about":["$docs"]}]' \
    -> interview-15
docket add $docs evidence 'said=My first deploy took a day and a half, most of it reading.' \
    source=interview 'who=developer J' team=fulfilment date=2026-02-19 from=$interview-15

@ 2026-02-21 14:00 mira
docket new interview 'title=What slows developer K down' status=closed type=interview \
    conductedOn=2026-02-21 interviewer=mira participant.role=developer participant.team=web \
    'participant.who=developer K' consent=spoken minutesSpent=45 \
    'said:=[{"text":["I would rather hear a date than nothing."],"about":["$support"]}]' \
    -> interview-16
docket add $support evidence 'said=I would rather hear a date than nothing.' source=interview \
    'who=developer K' team=web date=2026-02-21 from=$interview-16

@ 2026-02-23 14:00 jonas
docket new interview 'title=What slows developer L down' status=closed type=interview \
    conductedOn=2026-02-23 interviewer=jonas participant.role=developer participant.team=web \
    'participant.who=developer L' consent=spoken minutesSpent=45 \
    'said:=[{"text":["The error message names a page that doesn'\''t exist."],"about":["$docs"]}]' \
    -> interview-17
docket add $docs evidence 'said=The error message names a page that doesn'\''t exist.' \
    source=interview 'who=developer L' team=web date=2026-02-23 from=$interview-17

@ 2026-02-25 14:00 sade
docket new interview 'title=A day beside developer M' status=closed type=shadowing \
    conductedOn=2026-02-25 interviewer=sade participant.role=developer participant.team=growth \
    'participant.who=developer M' consent=spoken daysSpent=1 \
    'observed:=[{"text":["Followed the guide to step four of nine, where the command had changed."],"about":["$docs"]}]' \
    -> interview-18
docket add $docs evidence \
    'observed=Followed the guide to step four of nine, where the command had changed.' \
    source=shadowing 'who=developer M' team=growth date=2026-02-25 from=$interview-18

@ 2026-02-27 14:00 mira
docket new interview 'title=What slows developer N down' status=closed type=interview \
    conductedOn=2026-02-27 interviewer=mira participant.role=developer participant.team=growth \
    'participant.who=developer N' consent=spoken minutesSpent=45 \
    'said:=[{"text":["Office hours would do; I just need to know when."],"about":["$support"]}]' \
    -> interview-19
docket add $support evidence 'said=Office hours would do; I just need to know when.' \
    source=interview 'who=developer N' team=growth date=2026-02-27 from=$interview-19
