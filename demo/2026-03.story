@ 2026-03-01 14:00 jonas
docket new interview 'title=A day beside new joiner A' status=closed type=shadowing \
    conductedOn=2026-03-01 interviewer=jonas 'participant.role=new joiner' \
    participant.team=payments 'participant.who=new joiner A' consent=spoken daysSpent=1 \
    'said:=[{"text":["I was handed a colleague'\''s notes, which are better than the guide."],"about":["$docs"]}]' \
    'observed:=[{"text":["Set-up took from 9:10 to 16:40, with four people helping."],"about":["$local"]}]' \
    -> interview-20
docket add $local evidence 'observed=Set-up took from 9:10 to 16:40, with four people helping.' \
    source=shadowing 'who=new joiner A' team=payments date=2026-03-01 from=$interview-20
docket add $docs evidence \
    'said=I was handed a colleague'\''s notes, which are better than the guide.' \
    source=interview 'who=new joiner A' team=payments date=2026-03-01 from=$interview-20

@ 2026-03-03 14:00 sade
docket new interview 'title=What slows new joiner B down' status=closed type=interview \
    conductedOn=2026-03-03 interviewer=sade 'participant.role=new joiner' participant.team=web \
    'participant.who=new joiner B' consent=spoken minutesSpent=45 \
    'said:=[{"text":["I didn'\''t know there was a guide."],"about":["$docs"]}]' -> interview-21
docket add $docs evidence 'said=I didn'\''t know there was a guide.' source=interview \
    'who=new joiner B' team=web date=2026-03-03 from=$interview-21

@ 2026-03-05 14:00 mira
docket new interview 'title=What slows developer O down' status=closed type=interview \
    conductedOn=2026-03-05 interviewer=mira participant.role=developer participant.team=search \
    'participant.who=developer O' consent=spoken minutesSpent=45 \
    'said:=[{"text":["Half of my questions were answered by somebody who isn'\''t on the platform team."],"about":["$support"]}]' \
    -> interview-22
docket add $support evidence \
    'said=Half of my questions were answered by somebody who isn'\''t on the platform team.' \
    source=interview 'who=developer O' team=search date=2026-03-05 from=$interview-22

@ 2026-03-05 16:00 sade
copy minutes-2026-03-05.md minutes-2026-03-05.md
docket import minutes minutes-2026-03-05.md -> board-03-05
remove minutes-2026-03-05.md
docket edit $board-03-05 board=$board
$ docket link $board-03-05 approvesMinutes $board-02-05

@ 2026-03-07 14:00 jonas
docket new interview 'title=What slows developer P down' status=closed type=interview \
    conductedOn=2026-03-07 interviewer=jonas participant.role=developer participant.team=mobile \
    'participant.who=developer P' consent=spoken minutesSpent=45 \
    'said:=[{"text":["I merge on red if I know the test."],"about":["$ci"]}]' -> interview-23
docket add $ci evidence 'said=I merge on red if I know the test.' source=interview \
    'who=developer P' team=mobile date=2026-03-07 from=$interview-23

@ 2026-03-09 14:00 sade
docket new interview 'title=What slows developer Q down' status=closed type=interview \
    conductedOn=2026-03-09 interviewer=sade participant.role=developer participant.team=checkout \
    'participant.who=developer Q' consent=spoken minutesSpent=45 \
    'said:=[{"text":["Rollback is explained in a chat message from two years ago."],"about":["$docs"]}]' \
    -> interview-24
docket add $docs evidence 'said=Rollback is explained in a chat message from two years ago.' \
    source=interview 'who=developer Q' team=checkout date=2026-03-09 from=$interview-24

@ 2026-03-11 14:00 mira
docket new interview 'title=A day beside developer R' status=closed type=shadowing \
    conductedOn=2026-03-11 interviewer=mira participant.role=developer participant.team=data \
    'participant.who=developer R' consent=spoken daysSpent=1 \
    'observed:=[{"text":["Opened a ticket, got its number, and never heard again in three weeks."],"about":["$support"]}]' \
    -> interview-25
docket add $support evidence \
    'observed=Opened a ticket, got its number, and never heard again in three weeks.' \
    source=shadowing 'who=developer R' team=data date=2026-03-11 from=$interview-25

@ 2026-03-13 14:00 jonas
docket new interview 'title=A day beside developer S' status=closed type=shadowing \
    conductedOn=2026-03-13 interviewer=jonas participant.role=developer \
    participant.team=identity 'participant.who=developer S' consent=spoken daysSpent=1 \
    'said:=[{"text":["We found out about a rotation from our alerts."],"about":["$secrets"]},{"text":["Three people of another time zone have to agree to my typo."],"about":["$approvals"]}]' \
    'observed:=[{"text":["Restarted nine services by hand at 23:40, after a rotation."],"about":["$secrets"]}]' \
    -> interview-26
docket add $secrets evidence \
    'observed=Restarted nine services by hand at 23:40, after a rotation.' source=shadowing \
    'who=developer S' team=identity date=2026-03-13 from=$interview-26
docket add $secrets evidence 'said=We found out about a rotation from our alerts.' \
    source=interview 'who=developer S' team=identity date=2026-03-13 from=$interview-26
docket add $approvals evidence \
    'said=Three people of another time zone have to agree to my typo.' source=interview \
    'who=developer S' team=identity date=2026-03-13 from=$interview-26

@ 2026-03-15 14:00 sade
docket new interview 'title=What slows developer T down' status=closed type=interview \
    conductedOn=2026-03-15 interviewer=sade participant.role=developer \
    participant.team=fulfilment 'participant.who=developer T' consent=spoken minutesSpent=45 \
    'said:=[{"text":["Every laptop here is set up a little differently."],"about":["$local"]}]' \
    -> interview-27
docket add $local evidence 'said=Every laptop here is set up a little differently.' \
    source=interview 'who=developer T' team=fulfilment date=2026-03-15 from=$interview-27

@ 2026-03-17 14:00 mira
docket new interview 'title=What slows lead C down' status=closed type=interview \
    conductedOn=2026-03-17 interviewer=mira participant.role=lead participant.team=growth \
    'participant.who=lead C' consent=spoken minutesSpent=45 \
    'said:=[{"text":["New people lose their first week; that is the cost."],"about":["$docs"]}]' \
    -> interview-28
docket add $docs evidence 'said=New people lose their first week; that is the cost.' \
    source=interview 'who=lead C' team=growth date=2026-03-17 from=$interview-28

@ 2026-03-18 16:00 mira
docket new measure name=time-to-first-deployment takenOn=2026-03-18 audience=users value=12 \
    unit=hours sampleSize=5 method=observation measures+=$docs -> time-to-first-deployment-1

@ 2026-03-19 14:00 jonas
docket new interview 'title=What slows developer U down' status=closed type=interview \
    conductedOn=2026-03-19 interviewer=jonas participant.role=developer participant.team=web \
    'participant.who=developer U' consent=spoken minutesSpent=45 \
    'said:=[{"text":["The failing test belongs to a team that no longer exists."],"about":["$ci"]}]' \
    -> interview-29
docket add $ci evidence 'said=The failing test belongs to a team that no longer exists.' \
    source=interview 'who=developer U' team=web date=2026-03-19 from=$interview-29

@ 2026-03-20 16:00 mira
docket new measure name=time-to-first-answer takenOn=2026-03-20 audience=users value=72 \
    unit=hours sampleSize=58 method=records measures+=$support -> time-to-first-answer-1

@ 2026-03-21 14:00 sade
docket new interview 'title=A day beside developer W' status=closed type=shadowing \
    conductedOn=2026-03-21 interviewer=sade participant.role=developer participant.team=search \
    'participant.who=developer W' consent=spoken daysSpent=1 \
    'observed:=[{"text":["Waited 31 hours for three approvals of a changed timeout."],"about":["$approvals"]}]' \
    -> interview-30
docket add $approvals evidence \
    'observed=Waited 31 hours for three approvals of a changed timeout.' source=shadowing \
    'who=developer W' team=search date=2026-03-21 from=$interview-30

@ 2026-03-24 09:00 mira
docket move $docs validated
docket move $support validated
docket move $ci validated
title March: what thirty interviews say
say   13 speak of  Nobody finds how to do a first deploy
say    9 speak of  Questions to the platform team get lost
say    5 speak of  Tests fail at random and nobody owns them
say    4 speak of  A one-line change waits for three approvals
say    3 speak of  A local environment takes a day to set up
say    2 speak of  Rotating a secret breaks services at night
say    1 speak of  There is no single page that shows all my services
say The portal that is called a must-have is one director's wish.
title March: what hurts most, by evidence
$ docket rank

@ 2026-03-25 09:00 jonas
title March: a commit that is refused
path $approvals -> approvals-file
say Jonas edits a record by hand, in a hurry, and wants to commit it:
replace $approvals-file '"severity": 3' '"severity": 9'
replace $approvals-file '"status": "triaged"' '"status": "trigaed"'
git add $approvals-file
$ ! git commit -m 'Make it urgent'
git restore --staged --worktree $approvals-file
say Nothing of it was committed. He takes it back.
