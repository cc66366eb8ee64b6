@ 2026-04-02 16:00 sade
docket new minutes 'title=Board meeting of April' type=advisory-board \
    'body=Developer platform advisory board' heldOn=2026-04-02 chair=ines secretary=sade \
    'present:=[{"name": "Ines Marchetti", "handle": "ines", "team": "payments"}, {"name": "Tomas Wren", "handle": "tomas", "team": "search"}, {"name": "Aiko Ferreira", "handle": "aiko", "team": "mobile"}, {"name": "Dele Haugen", "handle": "dele", "team": "checkout"}, {"name": "Petra Novak", "handle": "petra", "team": "data"}, {"name": "Ravi Solberg", "handle": "ravi", "team": "identity"}, {"name": "Noor Castellan", "handle": "noor", "team": "fulfilment"}, {"name": "Bruno Achterberg", "handle": "bruno", "team": "web"}, {"name": "Lin Falk", "handle": "lin", "team": "growth"}]' \
    -> board-04-02
docket add $board-04-02 agenda 'title=Thirty interviews' \
    'notes=Mira showed what thirty interviews say, pain by pain.
Documentation and support come first and second by any count.'
docket add $board-04-02 agenda 'title=The service portal' \
    'notes=Asked one by one, eight of nine would rather have their questions answered.'
docket add $board-04-02 positions painPoint=$docs position=valuable who=ines team=payments \
    'reason=New people lose a week.'
docket add $board-04-02 positions painPoint=$docs position=valuable who=petra team=data \
    'reason=Jobs aren'\''t documented at all.'
docket add $board-04-02 positions painPoint=$support position=valuable who=aiko team=mobile \
    'reason=We plan around not getting answers.'
$ docket add $board-04-02 positions painPoint=$portal position=not-valuable who=tomas \
    team=search 'reason=I know my services; I don'\''t know how to deploy them.'
docket add $board-04-02 positions painPoint=$portal position=not-valuable who=noor \
    team=fulfilment 'reason=It would show what is broken, not mend it.'
docket add $board-04-02 positions painPoint=$portal position=valuable who=bruno team=web \
    'reason=My director asks for it every month.'
docket add $board-04-02 motions \
    'text=The platform team puts documentation and support before the portal this half-year.' \
    mover=tomas seconder=ines for:=8 against:=1 abstain:=0 outcome=carried
docket new action 'title=Tell the web team why the portal has to wait, with the numbers' \
    owner=mira due=2026-04-10 from=$board-04-02 -> action-1
docket new action 'title=Name two developers who try the new handbook early' owner=ines \
    due=2026-04-30 from=$board-04-02 -> action-2
docket edit $board-04-02 board=$board
docket link $board-04-02 approvesMinutes $board-03-05

@ 2026-04-09 13:00 mira
title April: decisions, with what else was weighed
docket new decision 'title=Write one handbook, and delete the other pages' \
    'context=Thirteen of thirty interviews name documentation. Three sets of pages contradict each other.' \
    'addresses:=["$docs"]' \
    'options:=[{"id": "h4ndb", "title": "One handbook, tested in CI", "pros": ["one place", "commands can'\''t go stale"], "cons": ["six weeks of two people"]}, {"id": "w1k10", "title": "Tidy up the wiki", "pros": ["cheap"], "cons": ["stale again by autumn"], "whyNot": "It was tidied up twice before."}]' \
    'scoring:={"rice": {"reach": 180, "impact": 2, "confidence": 80, "effort": 3}}' \
    'deciders:=["ines","mira"]' 'consulted:=["tomas"]' -> handbook
$ docket move $handbook accepted decidedOn=2026-04-09 chosen=h4ndb \
    'expectedOutcome:={"measure": "Time to a first deploy of new joiners", "unit": "hours", "baseline": 12, "target": 3, "by": "2026-09-01"}' \
    reviewOn=2026-09-17 horizon=now decidedIn=$board-04-02
docket move $docs planned

@ 2026-04-10 11:00 mira
docket move $action-1 done

@ 2026-04-16 13:00 mira
docket new decision 'title=One channel, a person on duty, office hours twice a week' \
    'context=Nine of thirty interviews tell of questions that got lost in three channels.' \
    'addresses:=["$support"]' \
    'options:=[{"id": "0nech", "title": "One channel with a person on duty", "pros": ["every question is seen"], "cons": ["costs a day a week of somebody"]}, {"id": "t1ckt", "title": "Tickets for everything", "pros": ["numbers for free"], "cons": ["nobody writes a ticket for a question"], "whyNot": "Shadowing showed that tickets go unanswered too."}]' \
    'scoring:={"rice": {"reach": 150, "impact": 2, "confidence": 80, "effort": 2}}' \
    'deciders:=["ines","mira"]' 'consulted:=["tomas"]' -> one-channel
docket move $one-channel accepted decidedOn=2026-04-16 chosen=0nech \
    'expectedOutcome:={"measure": "Median time to a first answer", "unit": "hours", "baseline": 72, "target": 4, "by": "2026-07-01"}' \
    reviewOn=2026-09-17 horizon=now decidedIn=$board-04-02
docket move $support planned

@ 2026-04-23 13:00 mira
docket new decision 'title=Build a service portal by summer' \
    'context=Asked for as a must-have by one director, again and again.' \
    'addresses:=["$portal"]' \
    'options:=[{"id": "p0rt1", "title": "Build it", "pros": ["looks good in reviews"], "cons": ["four people for two quarters"]}, {"id": "n0t0w", "title": "Not now", "pros": ["documentation and support come first"], "cons": ["one team is disappointed"]}]' \
    'scoring:={"rice": {"reach": 12, "impact": 1, "confidence": 50, "effort": 24}}' \
    'deciders:=["ines","mira"]' 'consulted:=["tomas"]' -> build-portal
$ docket move $build-portal rejected \
    'rejectedReason=One interview of thirty supports it, and eight of nine on the board would rather have something else.'
docket add $portal responses 'to=The team that asked' on=2026-04-23 by=mira \
    'told=Not this half-year: one interview of thirty names it. Tell us if that changes.'

@ 2026-04-27 10:00 mira
docket new story-map 'title=From joining a team to a first deploy' status=current \
    'whose=a developer who joins a team' drawnOn=2026-04-27 'jobStory.when=I join a team' \
    'jobStory.iWantTo=get a first change out in the first week' \
    'jobStory.soICan=know that I can' 'activities:=[
  {"title": "Get ready", "steps": [
    {"title": "Set up a machine", "painPoints": ["$local"], "stories": [
      {"title": "Start the service with one command", "horizon": "later", "painPoints": ["$local"]}]}]},
  {"title": "Deploy a first change", "steps": [
    {"title": "Find the page that is still true", "painPoints": ["$docs"], "stories": [
      {"title": "Read one handbook that CI keeps true", "horizon": "now", "decisions": ["$handbook"]},
      {"title": "Follow an error message to its page", "horizon": "next", "painPoints": ["$docs"]}]},
    {"title": "Ask when stuck", "painPoints": ["$support"], "stories": [
      {"title": "Know who has seen the question", "horizon": "now", "decisions": ["$one-channel"], "painPoints": ["$support"]}]}]}]'

@ 2026-04-30 11:00 mira
docket move $action-2 done

@ 2026-04-30 17:00 mira
docket add $portal evidence 'said=I have said it before: without a portal we are flying blind.' \
    source=meeting 'who=director A' team=web date=2026-04-30
