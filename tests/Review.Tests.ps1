# What is stored, and what people decide on it.
BeforeAll {
    . (Join-Path $PSScriptRoot common.ps1)

    $original = New-AnalyzedDatabase (Join-Path $TestDrive original.db)
    $number = 0
    function Copy-Database { Copy-Item $original ($copy = Join-Path $TestDrive "copy-$((++$script:number)).db"); $copy }
}

Describe 'Get-PatternApproval' {
    It 'lists patterns by impact' {
        (Get-PatternApproval -Database $original).ToolSequence | Should -Be 'Read→Edit→Write', 'Plan→Build'
        (Get-PatternApproval -Database $original -First 1).ToolSequence | Should -Be 'Read→Edit→Write'
        (Get-PatternApproval -Database $original -Status approved) | Should -BeNullOrEmpty
        (Get-PatternApproval -Database $original -Status pending, approved).Count | Should -Be 2
    }

    It 'finds a pattern by its id' {
        $pattern = (Get-PatternApproval -Database $original)[1]
        (Get-PatternApproval $pattern.PatternId -Database $original).ToolSequence | Should -Be 'Plan→Build'
        ($pattern | Get-PatternApproval -Database $original).ToolSequence | Should -Be 'Plan→Build'
    }
}

Describe 'A decision' {
    It 'is recorded with who, when and why' {
        $database = Copy-Database
        $approved = Get-PatternApproval -Database $database -First 1 |
            Approve-Pattern -Database $database -Notes 'a script' -Reviewer ada -PassThru
        $approved.Status, $approved.ReviewedBy, $approved.ApprovalNotes | Should -Be 'approved', 'ada', 'a script'
        $approved.ReviewedAt | Should -BeGreaterThan ([datetimeoffset]::UtcNow.AddMinutes(-1))
        $history = Invoke-TestSql $database 'SELECT pattern_id, action, reviewer, notes FROM pattern_review_history'
        $history.pattern_id, $history.action, $history.reviewer, $history.notes |
            Should -Be $approved.PatternId, 'approved', 'ada', 'a script'
    }

    It 'takes many patterns from the pipeline' {
        $database = Copy-Database
        Get-PatternApproval -Database $database -Status pending | Where-Object OccurrenceCount -LT 25 |
            Deny-Pattern -Database $database -Reason 'too rare'
        (Get-PatternApproval -Database $database -Status rejected).ToolSequence | Should -Be 'Plan→Build'
        (Get-PatternApproval -Database $database -Status rejected).ReviewedBy | Should -Be ([Environment]::UserName)
    }

    It 'survives the next run' {
        $database = Copy-Database
        Get-PatternApproval -Database $database | Deny-Pattern -Database $database -Reason 'not us'
        $null = Invoke-PatternAnalysis -Database $database
        (Get-PatternApproval -Database $database).Status | Should -Be 'rejected', 'rejected'
    }

    It 'is not made with -WhatIf' {
        $database = Copy-Database
        Get-PatternApproval -Database $database | Approve-Pattern -Database $database -WhatIf
        (Get-PatternApproval -Database $database).Status | Should -Be 'pending', 'pending'
    }

    It 'to reject needs a reason' {
        (Get-Command Deny-Pattern).Parameters['Reason'].Attributes.Where({ $_ -is [Parameter] }).Mandatory | Should -BeTrue
    }
}

Describe 'A routine and its parts' {
    BeforeAll {
        # A release, a shorter form of it, and work that needs a model, on the minutes before now.
        $routine = Join-Path $TestDrive routine.db
        $sql = [System.Text.StringBuilder]::new(
            'BEGIN; CREATE TABLE hook_events (session_id TEXT, event_type TEXT, tool_name TEXT, timestamp TEXT, payload TEXT);')
        $script:time = [datetime]::UtcNow.AddHours(-1)
        function Add-Session([string] $Id, [string[]] $Command) {
            foreach ($text in $Command) {
                $script:time = $script:time.AddSeconds(1)
                $payload = @{ tool_input = @{ command = $text } } | ConvertTo-Json -Compress
                $at = $script:time.ToString('yyyy-MM-dd HH:mm:ss')
                $null = $sql.Append("INSERT INTO hook_events VALUES ('$Id', 'PreToolUse', 'Bash', '$at', '$payload');")
            }
        }
        foreach ($i in 1..20) {
            Add-Session "release-$i" 'npm ci', 'npm run build', 'npm test', "git tag v$i"
            Add-Session "own-$i" "one$i a", "two$i b"
            if ($i % 2) { Add-Session "short-$i" 'npm ci', 'npm run build', "three$i b" }
        }
        Invoke-TestSql $routine $sql.Append('COMMIT;').ToString()
        $null = Invoke-PatternAnalysis -Database $routine -Activity Adaptive
        $script:routine = $routine
        function Copy-Routine { Copy-Item $routine ($copy = Join-Path $TestDrive "routine-$((++$script:number)).db"); $copy }
    }

    It 'stand in the order of their worth, and parts are listed by their routine' {
        $release, $part = Get-PatternApproval -Database $routine
        $release.Rank, $release.Kind, $release.SavedTurns | Should -Be 1, 'Script', 60
        $release.WorthUsdPer30Days | Should -BeGreaterThan 0
        $release.IsWorthAssumed | Should -BeTrue
        $part.PartOf | Should -Be $release.PatternId
        (Get-PatternApproval -Database $routine -PartOf $release.PatternId).PatternId | Should -Be $part.PatternId
        (Get-PatternApproval -Database $routine -SortBy Impact).Count | Should -Be 2
    }

    It 'are decided together, also when both are piped, and go back together' {
        $database = Copy-Routine
        $decided = Get-PatternApproval -Database $database | Approve-Pattern -Database $database -Reviewer ada -PassThru
        $decided.Status | Should -Be 'approved', 'approved'
        $decided[1].ApprovalNotes | Should -BeLike "With $($decided[0].PatternId), which it is part of*"
        Reset-Pattern $decided[0].PatternId -Database $database -Confirm:$false
        (Get-PatternApproval -Database $database).Status | Should -Be 'pending', 'pending'
    }

    It 'are not decided together with -ExcludePart' {
        $database = Copy-Routine
        Get-PatternApproval -Database $database -First 1 | Deny-Pattern -Database $database -Reason no -ExcludePart
        (Get-PatternApproval -Database $database).Status | Should -Be 'rejected', 'pending'
    }

    It 'are approved automatically only when they are worth what the policy asks for' {
        $approval = @{ ApproveOccurrences = 1; ApproveSavings = 0; ApproveConfidence = 0.5; Activity = 'Adaptive' }
        (Invoke-PatternAnalysis -Database (Copy-Routine) @approval).AutoApproved | Should -Be 2
        (Invoke-PatternAnalysis -Database (Copy-Routine) @approval -ApproveWorth 1e6).AutoApproved | Should -Be 0
    }
}

Describe 'Get-PatternStatistic' {
    It 'counts every state' {
        $statistic = Get-PatternStatistic -Database $original
        $statistic.Status | Should -Be 'pending', 'approved', 'rejected', 'auto-approved', 'auto-rejected'
        $statistic.PatternCount | Should -Be 2, 0, 0, 0, 0
        $statistic[0].EstimatedSavings | Should -Be 108.33
    }
}

Describe 'Send-PatternNotification' {
    It 'tells of each pattern once' {
        $database = Copy-Database
        $log = Join-Path $TestDrive folder notifications.log
        $told = Get-PatternApproval -Database $database | Send-PatternNotification $log -Database $database -PassThru
        $told.Count | Should -Be 2
        Get-PatternApproval -Database $database | Send-PatternNotification $log -Database $database -PassThru | Should -BeNullOrEmpty
        $text = Get-Content $log -Raw
        $text | Should -Match 'Pattern: Read→Edit→Write'
        $text | Should -Match 'Get-PatternApproval -Status pending'
        ($text -split 'New Patterns Requiring Review').Count | Should -Be 2
    }
}

Describe 'Export-PatternReport' {
    It 'writes what a run came to' {
        $file = Invoke-PatternAnalysis -Database $original -DryRun | Export-PatternReport (Join-Path $TestDrive reports run.md)
        $text = Get-Content $file -Raw
        $text | Should -Match 'DAILY PATTERN ANALYSIS SUMMARY'
        $text | Should -Match '\| Read→Edit→Write \| 30 of 50 \| 30 \|'
        $text | Should -Match '## Left out'
    }

    It 'writes the patterns of a pipeline' {
        $file = Get-ToolSequence -Database $original | Find-RepeatedPattern | Measure-PatternMetric | Set-PatternClassification |
            Export-PatternReport (Join-Path $TestDrive pipeline.md)
        Get-Content $file -Raw | Should -Match 'Patterns Discovered: 2'
        { Get-ToolSequence -Database $original | Find-RepeatedPattern | Measure-PatternMetric | Set-PatternClassification |
                Export-PatternReport $file -NoClobber } | Should -Throw -ErrorId 'InputOutput,*'
    }

    It 'says of a routine that only one of several applications has it, in the pipeline as in one call' {
        $database = Join-Path $TestDrive applications.db
        Invoke-TestSql $database ('CREATE TABLE hook_events (session_id TEXT, event_type TEXT, tool_name TEXT, timestamp TEXT, ' +
            'source_app TEXT, payload TEXT)')
        foreach ($i in 1..20) {
            foreach ($app in 'mine', 'theirs') {
                foreach ($command in $app -eq 'mine' ? ('mise lint', 'git status') : (, "ls d$i")) {
                    Invoke-TestSql $database ("INSERT INTO hook_events VALUES ('$app$i', 'PreToolUse', 'Bash', " +
                        "datetime('now', '-1 hour'), '$app', '$(@{ tool_input = @{ command = $command } } | ConvertTo-Json -Compress)')")
                }
            }
        }
        $whole = Invoke-PatternAnalysis -Database $database -DryRun | Export-PatternReport (Join-Path $TestDrive whole.md)
        $piped = Get-ToolSequence -Database $database | Find-RepeatedPattern | Measure-PatternMetric | Measure-PatternWorth |
            Set-PatternClassification | Export-PatternReport (Join-Path $TestDrive piped.md)
        foreach ($report in $whole, $piped) {
            Get-Content $report -Raw | Should -Match 'seen in one of 2 applications only \(mine\)'
        }
    }

    It 'leaves the report of before when nothing comes through the pipeline' {
        $file = Join-Path $TestDrive before.md
        Set-Content $file before
        @() | Export-PatternReport $file -WarningVariable warnings -WarningAction SilentlyContinue
        $null | Export-PatternReport $file -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        Get-Content $file | Should -Be before
        $warnings | Should -Match 'was not written'
    }
}

Describe 'The summary' {
    It 'is shown as the original shows it' {
        $text = Invoke-PatternAnalysis -Database $original -DryRun | Out-String
        $text | Should -Match "={79,80}`r?`nDAILY PATTERN ANALYSIS SUMMARY"
        $text | Should -Match 'Analysis Window: 24 hours'
        $text | Should -Match 'Patterns Discovered: 2'
        $text | Should -Match 'Estimated Total Savings: \$108\.33'
    }
}
