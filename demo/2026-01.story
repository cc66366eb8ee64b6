@ 2026-01-12 09:00 mira
title January: Kestrel's platform team adopts docket
# Feedback is kept in lists of pain points, as it was before May.
schemas january
git init -q -b main
docket init . --name 'Kestrel platform feedback'
git config docket.handle mira
docket schema add --all
copy people.json .docket/people.json
copy config.json .docket/config.json
git add .docket
git commit -q -m 'Name the people, and promise answers'
say A repository, ten kinds of record, a hook, 12 people on the roster, and a promise: how soon people hear from the team.

@ 2026-01-13 09:00 mira
docket new team 'title=Kestrel platform team' asOf=2026-01-13 developersServed=180 scope=usual \
    productRole=dedicated -> team
docket add $team roles 'role=platform engineer' discipline=engineering people=6
docket add $team roles 'role=product manager' discipline=product people=1
docket add $team roles 'role=technical writer, borrowed' discipline=other people=0.5

@ 2026-01-22 14:00 mira
title January to March: thirty interviews
$ docket new pain-point 'title=Nobody finds how to do a first deploy' area=documentation \
    severity:=4 frequency=daily reach:=180 \
    'jobStory.when=I start on a service I haven'\''t touched before' \
    'jobStory.iWantTo=find the one page that is still true' \
    'jobStory.soICan=deploy without asking around' reportedBy.role=developer \
    reportedBy.team=payments 'reportedBy.who=developer A' reportedOn=2026-01-22 -> docs
$ docket new pain-point 'title=Questions to the platform team get lost' area=support severity:=4 \
    frequency=daily reach:=150 'jobStory.when=my deploy is stuck and I don'\''t know why' \
    'jobStory.iWantTo=know that somebody has seen my question' \
    'jobStory.soICan=plan the rest of my day' reportedBy.role=developer reportedBy.team=payments \
    'reportedBy.who=developer A' reportedOn=2026-01-22 -> support
$ docket new interview 'title=What slows developer A down' status=closed type=interview \
    conductedOn=2026-01-22 interviewer=mira participant.role=developer participant.team=payments \
    'participant.who=developer A' consent=spoken minutesSpent=45 \
    'said:=[{"text":["Three pages explain the deploy and each starts differently."],"about":["$docs"]},{"text":["I asked on Monday and somebody answered on Thursday."],"about":["$support"]}]' \
    -> interview-1
$ docket add $docs evidence 'said=Three pages explain the deploy and each starts differently.' \
    source=interview 'who=developer A' team=payments date=2026-01-22 from=$interview-1
$ docket add $support evidence 'said=I asked on Monday and somebody answered on Thursday.' \
    source=interview 'who=developer A' team=payments date=2026-01-22 from=$interview-1

@ 2026-01-23 09:00 mira
docket add $docs responses 'to=developer A' on=2026-01-23 by=mira \
    'told=Thank you. We ask others whether they have it too, and tell you in April.'

@ 2026-01-23 09:00 mira
docket add $support responses 'to=developer A' on=2026-01-23 by=mira \
    'told=Thank you. We ask others whether they have it too, and tell you in April.'

@ 2026-01-24 14:00 jonas
$ docket new interview 'title=A day beside developer B' status=closed type=shadowing \
    conductedOn=2026-01-24 interviewer=jonas participant.role=developer \
    participant.team=payments 'participant.who=developer B' consent=spoken daysSpent=1 \
    'observed:=[{"text":["Searched the wiki for 25 minutes, then asked a neighbour."],"about":["$docs"]}]' \
    -> interview-2
$ docket add $interview-2 interpretation \
    'text=The search puts old pages first, because nobody deletes any.' by=jonas
$ docket add $docs evidence 'observed=Searched the wiki for 25 minutes, then asked a neighbour.' \
    source=shadowing 'who=developer B' team=payments date=2026-01-24 from=$interview-2

@ 2026-01-26 14:00 sade
docket new pain-point 'title=Tests fail at random and nobody owns them' area=ci severity:=3 \
    frequency=several-times-a-day reach:=120 \
    'jobStory.when=a test fails that has nothing to do with my change' \
    'jobStory.iWantTo=tell at once whether it is me' \
    'jobStory.soICan=merge without running everything three times' reportedBy.role=lead \
    reportedBy.team=search 'reportedBy.who=lead A' reportedOn=2026-01-26 -> ci
docket new interview 'title=What slows lead A down' status=closed type=interview \
    conductedOn=2026-01-26 interviewer=sade participant.role=lead participant.team=search \
    'participant.who=lead A' consent=spoken minutesSpent=45 \
    'said:=[{"text":["My team stopped asking; they read the platform'\''s source instead."],"about":["$support"]},{"text":["We re-run everything twice out of habit."],"about":["$ci"]}]' \
    -> interview-3
docket add $support evidence \
    'said=My team stopped asking; they read the platform'\''s source instead.' source=interview \
    'who=lead A' team=search date=2026-01-26 from=$interview-3
docket add $ci evidence 'said=We re-run everything twice out of habit.' source=interview \
    'who=lead A' team=search date=2026-01-26 from=$interview-3

@ 2026-01-27 09:00 mira
docket move $docs triaged

@ 2026-01-27 09:00 mira
docket move $support triaged

@ 2026-01-27 09:00 mira
docket add $ci responses 'to=lead A' on=2026-01-27 by=mira \
    'told=Thank you. We ask others whether they have it too, and tell you in April.'

@ 2026-01-28 14:00 mira
docket new interview 'title=What slows developer C down' status=closed type=interview \
    conductedOn=2026-01-28 interviewer=mira participant.role=developer participant.team=search \
    'participant.who=developer C' consent=spoken minutesSpent=45 \
    'said:=[{"text":["The getting-started page still names the old cluster."],"about":["$docs"]}]' \
    -> interview-4
docket add $docs evidence 'said=The getting-started page still names the old cluster.' \
    source=interview 'who=developer C' team=search date=2026-01-28 from=$interview-4

@ 2026-01-30 14:00 jonas
docket new interview 'title=A day beside developer D' status=closed type=shadowing \
    conductedOn=2026-01-30 interviewer=jonas participant.role=developer participant.team=mobile \
    'participant.who=developer D' consent=spoken daysSpent=1 \
    'observed:=[{"text":["Re-ran a green branch four times because of one clock-dependent test."],"about":["$ci"]}]' \
    -> interview-5
docket add $ci evidence \
    'observed=Re-ran a green branch four times because of one clock-dependent test.' \
    source=shadowing 'who=developer D' team=mobile date=2026-01-30 from=$interview-5

@ 2026-01-31 09:00 mira
docket move $ci triaged
