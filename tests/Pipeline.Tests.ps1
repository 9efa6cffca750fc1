# The pipeline from events to saved patterns, and the one call that does the same.
BeforeAll {
    . (Join-Path $PSScriptRoot common.ps1)

    # Twenty sessions of one routine, twenty of a dangerous one, two of a coincidence.
    function New-TestDatabase {
        [Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'A test fixture.')]
        param ([string] $Name)

        $sessions = [ordered]@{}
        foreach ($i in 1..20) {
            $sessions["habit-$i"] = 'Read', 'Edit', 'Write'
            $sessions["danger-$i"] = 'Plan', 'delete_branch'
        }
        $sessions['chance-1'] = $sessions['chance-2'] = 'Ask', 'Wait'
        New-EventDatabase (Join-Path $TestDrive $Name) $sessions
    }

    $tables = 'pattern_approvals', 'pattern_sightings', 'pattern_evidence', 'pattern_review_history'
    function Get-Row([string] $Database) {
        foreach ($table in $tables) {
            Invoke-TestSql $Database "SELECT '$table' AS source, * FROM $table ORDER BY 2, 3" |
                Select-Object -ExcludeProperty created_at, updated_at, id | ConvertTo-Json -Compress
        }
    }
}

Describe 'The pipeline' {
    It 'gives the same rows as Invoke-PatternAnalysis <Name> Measure-PatternWorth' -ForEach @(
        @{ Name = 'with'; Appraise = { $input | Measure-PatternWorth } }
        @{ Name = 'without'; Appraise = { $input } }
    ) {
        $piped = New-TestDatabase "piped-$Name.db"
        $called = Join-Path $TestDrive "called-$Name.db"
        Copy-Item $piped $called

        # The window is stored too: it must not depend on when each of the two began, and the pipeline has no horizon beyond it.
        $window = @{ Since = [DateTime]::UtcNow.AddDays(-1); Until = [DateTime]::UtcNow.AddMinutes(1) }
        Get-ToolSequence -Database $piped @window | Find-RepeatedPattern | Measure-PatternMetric | & $Appraise |
            Set-PatternClassification | Save-PatternApproval -Database $piped
        $null = Invoke-PatternAnalysis -Database $called @window -EvidenceDays 0

        Get-Row $called | Should -Not -BeNullOrEmpty
        Get-Row $piped | Should -Be (Get-Row $called)
        $run = 'SELECT sessions, events, patterns_found, new_patterns, auto_approved, pending, auto_rejected, total_savings_usd, ' +
            'excluded FROM pattern_runs'
        Invoke-TestSql $piped $run | ConvertTo-Json | Should -Be (Invoke-TestSql $called $run | ConvertTo-Json)
    }

    It 'hands on objects with the documented properties' {
        $database = New-TestDatabase objects.db
        $sequence = Get-ToolSequence -Database $database | Where-Object SessionId -EQ 'habit-1'
        $sequence | Should -BeOfType PatternAnalysis.ToolSequence
        $sequence.Text | Should -Be 'Read→Edit→Write'
        $sequence.Steps | Should -Be 'Read', 'Edit', 'Write'
        $sequence.EventCount | Should -Be 3
        $sequence.FirstSeen | Should -BeLessThan $sequence.LastSeen

        $found = Get-ToolSequence -Database $database | Find-RepeatedPattern | Where-Object ToolSequence -EQ 'Read→Edit→Write'
        $found | Should -BeOfType PatternAnalysis.RepeatedPattern
        $found.SessionCount | Should -Be 20
        $found.OccurrenceCount | Should -Be 20
        $found.ExampleSessions.Count | Should -Be 10

        $classified = $found | Measure-PatternMetric | Set-PatternClassification
        $classified | Should -BeOfType PatternAnalysis.ClassifiedPattern
        $classified.ConfidenceScore | Should -BeGreaterThan 0.99
        $classified.EstimatedSavings | Should -Be 50
        $classified.Status | Should -Be 'pending'
        $classified.Reasons | Should -Be '20 occurrences are fewer than 200', 'savings of $50.00 are below $5,000.00'
    }

    It 'measures a pattern against its whole family, whatever was filtered out before' {
        $database = New-TestDatabase family.db
        $all = Get-ToolSequence -Database $database | Find-RepeatedPattern | Measure-PatternMetric |
            Where-Object ToolSequence -EQ 'Ask→Wait'
        $one = Get-ToolSequence -Database $database | Find-RepeatedPattern | Where-Object ToolSequence -EQ 'Ask→Wait' |
            Measure-PatternMetric
        $one.ConfidenceScore | Should -Be $all.ConfidenceScore
        $one.FamilySize | Should -Be 3
    }

    It 'takes sequences of any object by its properties' {
        $patterns = 1..3 | ForEach-Object { [pscustomobject]@{ SessionId = "s$_"; Steps = 'Read', 'Edit' } } | Find-RepeatedPattern
        $patterns.ToolSequence | Should -Be 'Read→Edit'
        $patterns.SessionCount | Should -Be 3
    }

    It 'finds what its parameters ask for' {
        $database = New-TestDatabase parameters.db
        (Get-ToolSequence -Database $database -SessionId 'habit-1*', 'chance-?').Count | Should -Be 13
        (Get-ToolSequence -Database $database -EventType PreToolUse).Count | Should -Be 0
        (Get-ToolSequence -Database $database -Since 2001-01-01 -Until 2002-01-01).Count | Should -Be 0
        (Get-ToolSequence -Database $database | Find-RepeatedPattern -MinOccurrences 20).Count | Should -Be 2
        (Get-ToolSequence -Database $database | Find-RepeatedPattern -MinLength 3).ToolSequence | Should -Be 'Read→Edit→Write'
        (Get-ToolSequence -Database $database | Find-RepeatedPattern -WholeSequence).Count | Should -Be 3
        $frequency = Get-ToolSequence -Database $database | Find-RepeatedPattern | Measure-PatternMetric -ConfidenceModel Frequency
        $frequency.ConfidenceScore | Should -Be 0.4762, 0.4762, 0.0476
        $approved = Get-ToolSequence -Database $database | Find-RepeatedPattern | Measure-PatternMetric |
            Set-PatternClassification -ApproveOccurrences 20 -ApproveSavings 50 -DestructiveTool @()
        $approved.Status | Should -Be 'auto-approved', 'auto-rejected', 'auto-rejected' -Because 'the built-in rules know delete_branch'
    }

    It 'takes the database from the environment' {
        $env:PATTERN_ANALYSIS_DATABASE = New-TestDatabase environment.db
        try { (Get-ToolSequence).Count | Should -Be 42 } finally { $env:PATTERN_ANALYSIS_DATABASE = $null }
        { Get-ToolSequence } | Should -Throw -ErrorId 'NoDatabase,PatternAnalysis.Commands.GetToolSequenceCommand'
    }

    It 'finds a database relative to the current location' {
        $null = New-TestDatabase here.db
        Push-Location $TestDrive
        try { (Get-ToolSequence -Database here.db).Count | Should -Be 42 } finally { Pop-Location }
    }
}

Describe 'Saving' {
    It 'changes nothing the second time' {
        $database = New-TestDatabase twice.db
        $first = Invoke-PatternAnalysis -Database $database
        $rows = Get-Row $database
        $second = Invoke-PatternAnalysis -Database $database
        $first.NewPatterns | Should -Be 3
        $second.NewPatterns, $second.UpdatedPatterns, $second.UnchangedPatterns | Should -Be 0, 0, 3
        Get-Row $database | Should -Be $rows
    }

    It 'touches no file with <_>' -ForEach 'DryRun', 'WhatIf' {
        $database = New-TestDatabase "dry-$_.db"
        $before = (Get-FileHash $database).Hash
        $switch = @{ $_ = $true }
        $summary = Invoke-PatternAnalysis -Database $database @switch
        $summary.NewPatterns | Should -Be 3
        $summary.DryRun | Should -BeTrue
        (Get-FileHash $database).Hash | Should -Be $before
        Get-ChildItem $TestDrive -Filter "dry-$_.db-*" | Should -BeNullOrEmpty
    }

    It 'says with -WhatIf -PassThru what would be saved, and saves nothing' {
        $database = New-TestDatabase whatif.db
        $before = (Get-FileHash $database).Hash
        $rows = Get-ToolSequence -Database $database | Find-RepeatedPattern | Measure-PatternMetric | Set-PatternClassification |
            Save-PatternApproval -Database $database -WhatIf -PassThru
        $rows.Status | Sort-Object | Should -Be 'auto-rejected', 'auto-rejected', 'pending'
        (Get-FileHash $database).Hash | Should -Be $before
    }
}

Describe 'Errors' {
    It 'have the id <Id>' -ForEach @(
        @{ Id = 'DatabaseNotFound'; Script = { Get-ToolSequence -Database (Join-Path $TestDrive missing.db) } }
        @{
            Id = 'NotADatabase'
            Script = {
                Set-Content (Join-Path $TestDrive text.db) ('x' * 2000)
                Invoke-PatternAnalysis -Database (Join-Path $TestDrive text.db)
            }
        }
        @{ Id = 'InvalidWindow'; Script = { Get-ToolSequence -Database x.db -Since 2026-01-02 -Until 2026-01-01 } }
        @{ Id = 'InvalidLength'; Script = { $null | Find-RepeatedPattern -MinLength 5 -MaxLength 3 } }
        @{ Id = 'TableNotFound'; Script = { Get-PatternStatistic -Database (New-TestDatabase nothing-saved.db) } }
        @{ Id = 'NotAFile'; Script = { Get-ToolSequence -Database env:x } }
    ) {
        $Script | Should -Throw -ErrorId "$Id,*"
    }

    It 'are refused before any work when an argument is wrong: <Script>' -ForEach @(
        @{ Id = 'ParameterArgumentValidationError'; Script = { Get-ToolSequence -Database x.db -Hours 0 } }
        @{ Id = 'ParameterArgumentTransformationError'; Script = { Get-ToolSequence -Database x.db -Since never } }
        @{ Id = 'AmbiguousParameterSet'; Script = { Get-ToolSequence -Database x.db -Hours 2 -Since 2026-01-01 } }
        @{ Id = 'ParameterArgumentValidationError'; Script = { Find-RepeatedPattern -MinOccurrences 0 } }
        @{ Id = 'CannotConvertArgumentNoMessage'; Script = { $null | Measure-PatternMetric -ConfidenceModel Gut } }
        @{ Id = 'ParameterArgumentValidationError'; Script = { $null | Set-PatternClassification -ApproveConfidence 1.1 } }
        @{ Id = 'ParameterArgumentValidationError'; Script = { Get-PatternApproval -Status maybe } }
    ) {
        $Script | Should -Throw -ErrorId "$Id,PatternAnalysis.Commands.*"
    }

    It 'do not stop at one wrong id of several' {
        $database = New-TestDatabase ids.db
        $null = Invoke-PatternAnalysis -Database $database
        $id = (Get-PatternApproval -Database $database -First 1).PatternId
        $approved = Approve-Pattern '0000000000000000', $id -Database $database -PassThru `
            -ErrorVariable errors -ErrorAction SilentlyContinue
        $approved.PatternId | Should -Be $id
        $errors[0].FullyQualifiedErrorId | Should -Be 'PatternNotFound,PatternAnalysis.Commands.ApprovePatternCommand'
        $errors[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }
}

Describe 'Long work' {
    It 'shows progress' {
        $database = New-TestDatabase progress.db
        $shell = [powershell]::Create().AddCommand('Import-Module').AddArgument($ManifestPath).AddStatement().
            AddCommand('Invoke-PatternAnalysis').AddParameter('Database', $database)
        try {
            $null = $shell.Invoke()
            $shell.Streams.Progress.StatusDescription | Should -Contain 'Reading hook events'
            $shell.Streams.Progress[-1].RecordType | Should -Be 'Completed'
        } finally { $shell.Dispose() }
    }

    It 'stops in its midst' {
        $database = Join-Path $TestDrive long.db
        Invoke-TestSql $database @'
CREATE TABLE hook_events (session_id TEXT, event_type TEXT, tool_name TEXT, timestamp TEXT);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000)
INSERT INTO hook_events SELECT 's' || (i % 5000), 'tool_use', 'Tool' || (abs(random()) % 6), 1700000000 + i FROM n;
'@
        # The module is loaded before: what runs several statements outlives its Stop, and finds its runspace closed.
        $shell = [powershell]::Create().AddCommand('Import-Module').AddArgument($ManifestPath)
        try {
            $null = $shell.Invoke()
            $shell.Commands.Clear()
            $null = $shell.AddCommand('Invoke-PatternAnalysis').AddParameter('Database', $database).
                AddParameter('Since', '2020-01-01').AddParameter('DryRun')
            $running = $shell.BeginInvoke()
            while (-not ($running.IsCompleted -or $shell.Streams.Progress.Count)) { Start-Sleep -Milliseconds 20 }
            $running.IsCompleted | Should -BeFalse -Because 'it says what it does before it is done'
            $shell.Stop()
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        } finally { $shell.Dispose() }
    }
}
