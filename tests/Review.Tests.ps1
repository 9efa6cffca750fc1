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
        $approved = Get-PatternApproval -Database $database -First 1 | Approve-Pattern -Database $database -Notes 'a script' -Reviewer ada -PassThru
        $approved.Status, $approved.ReviewedBy, $approved.ApprovalNotes | Should -Be 'approved', 'ada', 'a script'
        $approved.ReviewedAt | Should -BeGreaterThan ([datetimeoffset]::UtcNow.AddMinutes(-1))
        $history = Invoke-TestSql $database 'SELECT pattern_id, action, reviewer, notes FROM pattern_review_history'
        $history.pattern_id, $history.action, $history.reviewer, $history.notes | Should -Be $approved.PatternId, 'approved', 'ada', 'a script'
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
