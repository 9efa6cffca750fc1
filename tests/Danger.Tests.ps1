# What is dangerous, why, and by whose rules.
BeforeAll {
    . (Join-Path $PSScriptRoot common.ps1)

    function New-RuleFile {
        [Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'A test fixture.')]
        param ([string] $Name, [string] $Json)

        $path = Join-Path $TestDrive $Name
        Set-Content -LiteralPath $path -Value $Json
        $path
    }

    # The events of sessions that ran commands, as a hook writes them.
    function New-CommandDatabase {
        [Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'A test fixture.')]
        param ([string] $Name, [int] $Count, [string[]] $Command)

        $path = Join-Path $TestDrive $Name
        $time = [datetime]::UtcNow.AddHours(-1)
        $rows = foreach ($session in 1..$Count) {
            foreach ($one in $Command) {
                $time = $time.AddMilliseconds(1)
                $payload = @{ tool_input = @{ command = $one } } | ConvertTo-Json -Compress
                "('s$session', 'PreToolUse', 'Bash', '$($time.ToString('yyyy-MM-dd HH:mm:ss.ffffff'))', '$($payload.Replace("'", "''"))')"
            }
        }
        Invoke-TestSql $path ('CREATE TABLE hook_events (session_id TEXT, event_type TEXT, tool_name TEXT, timestamp TEXT, payload TEXT);' +
            "INSERT INTO hook_events VALUES $($rows -join ', ');")
        $path
    }
}

Describe 'Test-PatternDanger' {
    It 'says of "<Command>" that it is <Level>, by <RuleId>' -ForEach @(
        @{ Command = 'git status && git push'; Level = 'Safe'; RuleId = $null }
        @{ Command = 'cd x; rm -rf y'; Level = 'Destructive'; RuleId = 'files.remove-recursive' }
        @{ Command = './deploy.sh'; Level = 'Unknown'; RuleId = 'unknown.program' }
        @{ Command = ''; Level = 'Safe'; RuleId = $null }
        @{ Command = 'echo "never closed'; Level = 'Unknown'; RuleId = 'unknown.text' }
    ) {
        $found = Test-PatternDanger $Command
        $found | Should -BeOfType PatternAnalysis.DangerAssessment
        $found.Level | Should -Be $Level
        $found.RuleId | Should -Be $RuleId
    }

    It 'shows the verdict of each segment' {
        $found = Test-PatternDanger 'git status && git push --force | tee log'
        $found.Segments.Level | Should -Be 'Safe', 'Destructive', 'Safe'
        $found.Segments.Text | Should -Be 'git status', 'git push --force', 'tee log'
        $found.Segment | Should -Be 'git push --force'
    }

    It 'takes commands from the pipeline, in PowerShell as well' {
        'Get-ChildItem', 'Remove-Item x -Recurse', 'ri x' | Test-PatternDanger -Dialect PowerShell -Quiet | Should -Be $true, $false, $false
    }

    It 'judges patterns by the names of their steps' {
        $found = [pscustomobject]@{ ToolSequence = 'Read(.md)→Bash(rm)' }, [pscustomobject]@{ ToolSequence = 'Bash(git push)→Read' } |
            Test-PatternDanger
        $found.Level | Should -Be 'Destructive', 'Unknown'
        $found.RuleId | Should -Be 'files.remove', 'unknown.no-command'
    }

    It 'shows no secret' {
        $found = Test-PatternDanger 'mysql --password=hunter2 -e "drop table x"; cat /home/jane/x' | ConvertTo-Json -Depth 5
        $found | Should -Not -Match 'hunter2|jane'
        $found | Should -Match '--password=\*\*\*'
    }

    It 'shows why in its view' {
        $text = Test-PatternDanger 'cd x; rm -rf y' | Out-String
        $text | Should -Match 'RuleId\s+: files.remove-recursive'
        $text | Should -Match 'Segments : Safe        cd x\r?\n\s+Destructive rm -rf y'
    }
}

Describe '-RulePath' {
    BeforeAll {
        $own = New-RuleFile own.json @'
{
    "disable": ["git.push-force"],
    "rules": [
        { "id": "own.deploy", "category": "own", "level": "destructive", "programs": ["deploy.sh"], "why": "goes to production" }
    ]
}
'@
    }

    It 'adds rules and disables some' {
        (Test-PatternDanger './deploy.sh').RuleId | Should -Be 'unknown.program'
        (Test-PatternDanger './deploy.sh' -RulePath $own).RuleId | Should -Be 'own.deploy'
        (Test-PatternDanger 'git push --force').RuleId | Should -Be 'git.push-force'
        (Test-PatternDanger 'git push --force' -RulePath $own).RuleId | Should -Not -Be 'git.push-force'
    }

    It 'decides on the patterns of a run and of the pipeline alike' {
        $database = New-CommandDatabase rules.db 20 'git status', './deploy.sh'
        (Invoke-PatternAnalysis -Database $database -DryRun).Patterns.Status | Should -Be 'pending'
        $run = (Invoke-PatternAnalysis -Database $database -DryRun -RulePath $own).Patterns
        $pipeline = Get-ToolSequence -Database $database -RulePath $own | Find-RepeatedPattern | Measure-PatternMetric |
            Set-PatternClassification
        foreach ($pattern in $run, $pipeline) {
            $pattern.Status | Should -Be 'auto-rejected'
            $pattern.Reasons | Should -Be 'destructive: goes to production [own.deploy]: ./deploy.sh'
            $pattern.Danger.RuleId | Should -Be 'own.deploy'
        }
    }

    It 'refuses a file that is not valid, with the rule and the field, before any work: <Name>' -ForEach @(
        @{ Name = 'level.json'; Says = "level.json: rule 'own.x': field 'level': 'bad' is none of"
            Json = '{ "rules": [{ "id": "own.x", "category": "own", "level": "bad", "programs": ["x"], "why": "w" }] }' }
        @{
            Name = 'disable.json'; Json = '{ "disable": ["git.raed"] }'
            Says = "disable.json: field 'disable': there is no rule 'git.raed'"
        }
        @{ Name = 'text.json'; Says = 'text.json: line 1: this is not JSON'; Json = 'rules:' }
    ) {
        $path = New-RuleFile $Name $Json
        foreach ($command in { Test-PatternDanger ls -RulePath $path }, { Get-ToolSequence -Database missing.db -RulePath $path },
            { Invoke-PatternAnalysis -Database missing.db -RulePath $path }) {
            $failure = $command | Should -Throw -ErrorId 'InvalidRuleFile,PatternAnalysis.Commands.*' -PassThru
            $failure.Exception.Message | Should -BeLike "*$Says*"
            $failure.CategoryInfo.Category | Should -Be 'InvalidArgument'
        }
    }

    It 'names a file that cannot be read' {
        { Test-PatternDanger ls -RulePath (Join-Path $TestDrive missing.json) } |
            Should -Throw -ErrorId 'RuleFileUnreadable,PatternAnalysis.Commands.TestPatternDangerCommand'
    }
}

Describe 'One bad occurrence' {
    BeforeAll {
        $database = New-CommandDatabase bad.db 20 'git log -3', 'git branch -a'
        $time = [datetime]::UtcNow.AddMinutes(-10).ToString('yyyy-MM-dd HH:mm:ss')
        Invoke-TestSql $database (
            "INSERT INTO hook_events VALUES ('bad', 'PreToolUse', 'Bash', '$time.1', '{""tool_input"":{""command"":""git log -3""}}'), " +
            "('bad', 'PreToolUse', 'Bash', '$time.2', '{""tool_input"":{""command"":""git branch -D x""}}');")
        $run = (Invoke-PatternAnalysis -Database $database -Activity Operation).Patterns
        $whole = $run | Where-Object ToolSequence -EQ 'Bash(git log)→Bash(git branch)'
        $variant = $run | Where-Object Without
    }

    It 'is counted and shown' {
        $whole.Status, $whole.SafeOccurrenceCount, $whole.UnknownOccurrenceCount, $whole.DestructiveOccurrenceCount |
            Should -Be 'auto-rejected', 20, 0, 1
        $whole.WorstOccurrences.SessionId, $whole.WorstOccurrences.Command | Should -Be 'bad', 'git branch -D x'
        $row = Get-PatternApproval -Database $database -PatternId $whole.PatternId
        $row.DangerLevel, $row.DangerRule, $row.DestructiveOccurrenceCount | Should -Be 'Destructive', 'git.branch-delete', 1
    }

    It 'leaves a variant that a person approves' {
        $variant.ToolSequence, $variant.Without | Should -Be 'Bash(git log)→Bash(git branch) (without: git branch)', 'git branch'
        $variant.Status, $variant.OccurrenceCount, $variant.DestructiveOccurrenceCount | Should -Be 'pending', 20, 0
    }

    It 'is found by the pipeline alike' {
        $pipeline = Get-ToolSequence -Database $database -Activity Operation | Find-RepeatedPattern | Measure-PatternMetric |
            Measure-PatternWorth | Set-PatternClassification
        $pipeline.PatternId | Sort-Object | Should -Be ($run.PatternId | Sort-Object)
    }

    It 'is explained, occurrence by occurrence' {
        $all = Test-PatternDanger -PatternId $whole.PatternId -Database $database
        $all.Count, $all[0].Level, $all[0].SessionId, $all[0].Steps[1].Command | Should -Be 21, 'Destructive', 'bad', 'git branch -D x'
        Test-PatternDanger -PatternId $whole.PatternId -Database $database -Quiet | Should -BeFalse
        Test-PatternDanger -PatternId $variant.PatternId -Database $database -Quiet | Should -BeTrue
    }
}

Describe 'Activities' {
    BeforeAll {
        $database = New-CommandDatabase activities.db 3 'cd x && git add -A', 'git commit -m "fix"', 'git commit -m "again"', 'ls'
    }

    It 'are operations and bare tools on demand' {
        (Get-ToolSequence -Database $database -SessionId s1 -Activity Operation).Text |
            Should -Be 'Bash(git add)→Bash(git commit)→Bash(git commit)→Bash(ls)'
        (Get-ToolSequence -Database $database -SessionId s1 -Activity Tool).Text | Should -Be 'Bash→Bash→Bash→Bash'
    }

    It 'are the texts and forms that recur by default' {
        (Get-ToolSequence -Database $database | Where-Object SessionId -EQ s1).Text |
            Should -Be 'Bash(git add -A)→Bash(git commit -m <text>)→Bash(git commit -m <text>)→Bash(ls)'
    }

    It 'collapse, and are left out and counted' {
        (Get-ToolSequence -Database $database -SessionId s1 -Activity Operation -CollapseRuns `
                -ExcludeActivity 'bash(ls*)', 'TodoWrite').Text |
            Should -Be 'Bash(git add)→Bash(git commit)+'
        $summary = Invoke-PatternAnalysis -Database $database -Activity Operation -DryRun -ExcludeActivity 'Bash(ls)'
        $summary.Excluded['excluded_activity'] | Should -Be 3
        $summary.Patterns.ToolSequence | Should -Be 'Bash(git add)→Bash(git commit)→Bash(git commit)'
    }
}
