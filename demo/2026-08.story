@ 2026-08-06 16:00 sade
docket new minutes 'title=Board meeting of August' type=advisory-board \
    'body=Developer platform advisory board' heldOn=2026-08-06 chair=ines secretary=sade \
    'present:=[{"name": "Ines Marchetti", "handle": "ines", "team": "payments"}, {"name": "Tomas Wren", "handle": "tomas", "team": "search"}, {"name": "Aiko Ferreira", "handle": "aiko", "team": "mobile"}, {"name": "Dele Haugen", "handle": "dele", "team": "checkout"}, {"name": "Petra Novak", "handle": "petra", "team": "data"}, {"name": "Ravi Solberg", "handle": "ravi", "team": "identity"}, {"name": "Noor Castellan", "handle": "noor", "team": "fulfilment"}, {"name": "Bruno Achterberg", "handle": "bruno", "team": "web"}, {"name": "Lin Falk", "handle": "lin", "team": "growth"}]' \
    -> board-08-06
docket add $board-08-06 agenda 'title=Tests that fail at random' \
    'notes=Owners for 41 of 60 such tests are named; the rest will be deleted in September unless somebody speaks up.'
docket new action 'title=Ask each team about the nineteen tests without an owner' owner=jonas \
    due=2026-09-30 from=$board-08-06
docket edit $board-08-06 board=$board
docket link $board-08-06 approvesMinutes $board-07-02

@ 2026-08-18 15:00 jonas
docket new minutes 'title=Sprint review, 18 August' type=sprint-review \
    'body=Kestrel platform team' heldOn=2026-08-18 chair=mira secretary=jonas \
    'present:=[{"name": "Mira Okonedo", "handle": "mira", "team": "platform", "group": "platform"}, {"name": "Jonas Brandt", "handle": "jonas", "team": "platform", "group": "platform"}, {"name": "Sade Lindqvist", "handle": "sade", "team": "platform", "group": "platform"}]' \
    'guests:=[{"name": "developer P", "team": "mobile", "group": "developer"}]' \
    'agenda:=[{"title": "Tests with an owner", "about": ["$ci"], "shown": ["A failing build that names the test'\''s owner"], "notes": ["The list of owners is in every failing build now."]}]' \
    -> review-08-18
docket add $review-08-18 developerFeedback 'text=Now I know whom to ask; I still run it twice.' \
    'who=developer P' team=mobile about=$ci
docket move $review-08-18 approved

title August: two people change one pain point
say Jonas and Sade come back from two teams, and write into the same pain point, each on a branch.
@ 2026-08-20 10:00 jonas
git switch -q -c owners
docket edit $ci 'workaround=Look the owner up in the failing build, and ask.' tags+=owners
as sade
git switch -q -
docket edit $ci 'workaround=Run it a second time; if it fails again, it is yours.' tags+=flaky
$ ! git merge --no-edit owners
say The tags came together by themselves; the workaround is settled in words.
$ docket resolve $ci --both
git commit -q -m 'Merge what two teams said about tests that fail at random'
git branch -q -d owners

@ 2026-08-25 15:00 jonas
docket new minutes 'title=Office hours, 25 August' type=office-hours \
    'body=Kestrel platform team' heldOn=2026-08-25 chair=mira secretary=jonas \
    'present:=[{"name": "Mira Okonedo", "handle": "mira", "team": "platform", "group": "platform"}, {"name": "Jonas Brandt", "handle": "jonas", "team": "platform", "group": "platform"}, {"name": "Sade Lindqvist", "handle": "sade", "team": "platform", "group": "platform"}]' \
    'guests:=[{"name": "data engineer C", "team": "data", "group": "developer"}]' \
    'agenda:=[{"title": "Jobs", "about": ["$docs"], "notes": ["Both visitors wanted to deploy a job."]}]' \
    -> office-hours-08-25
docket add $office-hours-08-25 developerFeedback \
    'text=I read the handbook twice before I saw that jobs are elsewhere.' 'who=data engineer C' \
    team=data about=$docs
docket move $office-hours-08-25 approved
docket note 'I read the handbook twice before I saw that jobs are elsewhere.' about=$docs \
    source=support 'who=data engineer C' team=data date=2026-08-25 from=$office-hours-08-25

@ 2026-08-27 17:00 mira
docket add $portal evidence 'said=I will say it until it is there: the portal.' source=meeting \
    'who=director A' team=web date=2026-08-27

@ 2026-08-28 09:00 mira
docket tell $portal \
    'One director in thirty interviews asks for it. We look again in January, with the numbers.'
