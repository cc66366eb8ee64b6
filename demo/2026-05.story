@ 2026-05-04 10:00 mira
docket add $board earlyAccess 'what=The handbook'\''s first three chapters' about=$handbook \
    'teams:=["data", "checkout"]' since=2026-05-04 until=2026-06-18

@ 2026-05-04 15:00 mira
docket move $one-channel in-progress
docket move $one-channel shipped

@ 2026-05-05 11:00 sade
docket new interview 'title=The first chapters, tried by developer X' status=closed \
    type=usability-test conductedOn=2026-05-05 interviewer=sade participant.role=developer \
    participant.team=checkout 'participant.who=developer X' consent=spoken minutesSpent=45 \
    'observed:=[{"text":["Deployed from the chapter alone, in 70 minutes; stuck once, at step six."],"about":["$docs"]}]' \
    -> interview-31
docket add $docs evidence \
    'observed=Deployed from the chapter alone, in 70 minutes; stuck once, at step six.' \
    source=usability-test 'who=developer X' team=checkout date=2026-05-05 from=$interview-31

@ 2026-05-06 11:00 sade
docket new interview 'title=The first chapters, tried by data engineer C' status=closed \
    type=usability-test conductedOn=2026-05-06 interviewer=sade 'participant.role=data engineer' \
    participant.team=data 'participant.who=data engineer C' consent=spoken minutesSpent=45 \
    'observed:=[{"text":["Left the chapter at step three: it speaks of services only, not of jobs."],"about":["$docs"]}]' \
    -> interview-32
docket add $docs evidence \
    'observed=Left the chapter at step three: it speaks of services only, not of jobs.' \
    source=usability-test 'who=data engineer C' team=data date=2026-05-06 from=$interview-32

@ 2026-05-07 16:00 sade
docket new minutes 'title=Board meeting of May' type=advisory-board \
    'body=Developer platform advisory board' heldOn=2026-05-07 chair=ines secretary=sade \
    'present:=[{"name": "Ines Marchetti", "handle": "ines", "team": "payments"}, {"name": "Tomas Wren", "handle": "tomas", "team": "search"}, {"name": "Aiko Ferreira", "handle": "aiko", "team": "mobile"}, {"name": "Dele Haugen", "handle": "dele", "team": "checkout"}, {"name": "Petra Novak", "handle": "petra", "team": "data"}, {"name": "Ravi Solberg", "handle": "ravi", "team": "identity"}, {"name": "Noor Castellan", "handle": "noor", "team": "fulfilment"}, {"name": "Bruno Achterberg", "handle": "bruno", "team": "web"}, {"name": "Lin Falk", "handle": "lin", "team": "growth"}]' \
    -> board-05-07
docket add $board-05-07 agenda 'title=The handbook, first chapters' \
    'notes=Shown: a first deploy in nine steps, tried out by two teams before the meeting.
Step six still assumes a service, not a job.'
docket add $board-05-07 earlyAccess about=$handbook \
    'feature=The handbook'\''s first three chapters' who=petra team=data \
    'feedback=Good for services. My jobs aren'\''t in it yet.'
docket add $board-05-07 earlyAccess about=$handbook \
    'feature=The handbook'\''s first three chapters' who=dele team=checkout \
    'feedback=Two of us deployed from it without asking anybody.'
docket new action 'title=Add the chapter on jobs' owner=jonas due=2026-05-21 from=$board-05-07 \
    -> action-3
docket edit $board-05-07 board=$board
docket link $board-05-07 approvesMinutes $board-04-02

@ 2026-05-11 09:00 mira
title May: feedback and answers become records of their own
schemas current
docket migrate
say Two people can add to one pain point now, each on a branch. What was in lists keeps its history.

@ 2026-05-11 10:00 mira
$ docket tell $docs \
    'The first chapters of the handbook are out. Tell us where they leave you alone.'
docket tell $support \
    'The three channels are one since last week, and the topic names who is on duty.'
docket tell $ci 'Tests that fail at random come next, after the handbook: the board said so.'
docket tell $approvals 'A typo needs one approval since April. Tell us what still waits for three.'
docket tell $local 'Not this quarter: three people named it, and the container image helps two of them.'
docket tell $secrets 'Not this quarter. Until then we rotate in the morning, and say so the day before.'
docket tell $portal 'The board looked at it in April and put the handbook first.'

@ 2026-05-12 15:00 jonas
title May to August: sprint reviews with developers, and office hours
docket new minutes 'title=Office hours, 12 May' type=office-hours 'body=Kestrel platform team' \
    heldOn=2026-05-12 chair=mira secretary=jonas \
    'present:=[{"name": "Mira Okonedo", "handle": "mira", "team": "platform", "group": "platform"}, {"name": "Jonas Brandt", "handle": "jonas", "team": "platform", "group": "platform"}, {"name": "Sade Lindqvist", "handle": "sade", "team": "platform", "group": "platform"}]' \
    'guests:=[{"name": "developer E", "team": "mobile", "group": "developer"}, {"name": "developer Y", "team": "growth", "group": "developer"}]' \
    'agenda:=[{"title": "Who came, and why", "about": ["$support"], "notes": ["Three visitors; two came because the channel was slow."]}]' \
    -> office-hours-05-12
$ docket add $office-hours-05-12 developerFeedback \
    'text=I came because I still don'\''t know who reads the channel on Fridays.' \
    'who=developer E' team=mobile about=$support
$ docket add $office-hours-05-12 developerFeedback \
    'text=Ten minutes here saved me a day of waiting.' 'who=developer Y' team=growth \
    about=$support
docket move $office-hours-05-12 approved
$ docket note 'I came because I still don'\''t know who reads the channel on Fridays.' \
    about=$support source=support 'who=developer E' team=mobile date=2026-05-12 \
    from=$office-hours-05-12
docket note 'Ten minutes here saved me a day of waiting.' about=$support source=support \
    'who=developer Y' team=growth date=2026-05-12 from=$office-hours-05-12
$ docket tell $support 'Fridays have a name now, too: the rota is in the channel'\''s topic.'

@ 2026-05-19 15:00 jonas
docket new minutes 'title=Sprint review, 19 May' type=sprint-review 'body=Kestrel platform team' \
    heldOn=2026-05-19 chair=mira secretary=jonas \
    'present:=[{"name": "Mira Okonedo", "handle": "mira", "team": "platform", "group": "platform"}, {"name": "Jonas Brandt", "handle": "jonas", "team": "platform", "group": "platform"}, {"name": "Sade Lindqvist", "handle": "sade", "team": "platform", "group": "platform"}]' \
    'guests:=[{"name": "developer Q", "team": "checkout", "group": "developer"}, {"name": "developer I", "team": "identity", "group": "developer"}]' \
    'agenda:=[{"title": "The handbook'\''s first chapters", "about": ["$docs"], "shown": ["A first deploy from chapter one, by a guest, on her own laptop"], "notes": ["Two guests deployed a sample while we watched."]}]' \
    -> review-05-19
$ docket add $review-05-19 developerFeedback 'text=I would have needed the rollback page first.' \
    'who=developer Q' team=checkout about=$docs
$ docket add $review-05-19 developerFeedback \
    'text=Put the page'\''s date at the top, then I trust it.' 'who=developer I' team=identity \
    about=$docs
docket move $review-05-19 approved

@ 2026-05-21 11:00 mira
docket move $action-3 done

@ 2026-05-21 17:00 mira
$ docket note 'Every platform I know has a portal.' source=meeting 'who=director A' team=web \
    -> portal-again
$ docket link $portal-again about $portal
