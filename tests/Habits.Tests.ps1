# What people who live in PowerShell take for granted of every cmdlet.
BeforeDiscovery {
    . (Join-Path $PSScriptRoot common.ps1)
    $cmdlets = (Get-Module PatternAnalysis).ExportedCmdlets.Values
    $withDatabase = $cmdlets | Where-Object { $_.Parameters.ContainsKey('Database') } | ForEach-Object { @{ Name = $_.Name } }
    # What Test-PatternDanger works on is a command; it looks at a pattern on request.
    $withId = $cmdlets |
        Where-Object { $_.Parameters.ContainsKey('PatternId') -and $_.Name -ne 'Test-PatternDanger' } |
            ForEach-Object { @{ Name = $_.Name } }
}

BeforeAll {
    . (Join-Path $PSScriptRoot common.ps1)
    $database = New-AnalyzedDatabase (Join-Path $TestDrive habits.db)
    $second = New-AnalyzedDatabase (Join-Path $TestDrive second.db)
    $patterns = Get-PatternApproval -Database $database

    function Get-Parameter([string] $Cmdlet, [string] $Name) {
        (Get-Command $Cmdlet).ParameterSets.Parameters | Where-Object Name -EQ $Name
    }
}

Describe 'The database of <Name>' -ForEach $withDatabase {
    It 'is named, or comes from the environment or the pipeline; it has no position' {
        (Get-Parameter $Name Database).Position | Should -Not -Contain 0
        (Get-Parameter $Name Database).Position | Should -Not -Contain 1
    }
}

Describe 'The patterns of <Name>' -ForEach $withId {
    It 'come first' {
        $position = (Get-Parameter $Name PatternId).Position | Sort-Object -Descending | Select-Object -First 1
        $position | Should -Be 0
    }
}

Describe 'An id of a pattern' {
    It 'is typed in any case, or by its first digits' {
        $id = $patterns[0].PatternId
        (Get-PatternApproval $id.ToUpperInvariant() -Database $database).PatternId | Should -Be $id
        (Get-PatternApproval $id.Substring(0, 8) -Database $database).PatternId | Should -Be $id
        (Approve-Pattern $id.Substring(0, 8).ToUpperInvariant() -Database $second -PassThru).PatternId | Should -Be $id
        { Get-PatternReviewHistory 0123 -Database $database -ErrorAction Stop } | Should -Throw -ErrorId 'PatternNotFound,*'
    }

    It 'is asked for in full where several begin alike' {
        $path = New-AnalyzedDatabase (Join-Path $TestDrive alike.db)
        Invoke-TestSql $path "UPDATE pattern_approvals SET pattern_id = 'ab' || substr(pattern_id, 3)"
        { Approve-Pattern ab -Database $path } | Should -Throw -ErrorId 'AmbiguousPattern,*'
        (Get-PatternApproval 'AB*' -Database $path).Count | Should -Be 2
    }

    It 'that holds a colon is no drive' {
        { Get-PatternApproval 'a:/b' -Database $database -ErrorAction Stop } | Should -Throw -ErrorId 'PatternNotFound,*'
    }

    It 'is told apart from a file, and the message says what to write' {
        { Get-PatternApproval $database } | Should -Throw '*is a file*-Database*' -ErrorId 'NotAPattern,*'
        { Approve-Pattern $database } | Should -Throw -ErrorId 'NotAPattern,*'
    }
}

Describe 'Databases in the pipeline' {
    It 'are worked on one after the other, and their objects remember them' {
        (Get-Item $database, $second | Invoke-PatternAnalysis -DryRun).Database | Should -Be $database, $second
        ($database, $second | Get-PatternStatistic).Database | Sort-Object -Unique | Should -Be ($database, $second | Sort-Object)
        ($database, $second | Invoke-PatternAnalysis -DryRun | Get-PatternApproval).Database |
            Sort-Object -Unique | Should -Be ($database, $second | Sort-Object)
        (Get-Item $database, $second | Get-PatternApproval).Database | Sort-Object -Unique | Should -Be ($database, $second | Sort-Object)
    }

    It 'go on after one that is none' {
        $text = New-Item (Join-Path $TestDrive none.db) -Value ('x' * 2000)
        $found = $text.FullName, $database | Get-PatternStatistic -ErrorVariable errors -ErrorAction SilentlyContinue
        $found.Database | Sort-Object -Unique | Should -Be $database
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'NotADatabase,*'
    }

    It 'need not be named for objects that came out of one' {
        $path = New-AnalyzedDatabase (Join-Path $TestDrive remembered.db)
        Get-PatternApproval -Database $path | Approve-Pattern
        (Get-PatternApproval -Database $path).Status | Should -Be 'approved', 'approved'
        (Get-PatternApproval -Database $path | Get-PatternReviewHistory).Action | Should -Be 'approved', 'approved'
    }
}

Describe 'Filters' {
    It 'take wildcards for the steps, and a time' {
        (Get-PatternApproval -ToolSequence *edit* -Database $database).ToolSequence | Should -Be 'Read→Edit→Write'
        (Get-PatternApproval -Since ([datetime]::UtcNow.AddHours(-1)) -Database $database).Count | Should -Be 2
    }

    It 'that match nothing warn' {
        $found = Get-PatternApproval -ToolSequence nothing -Database $database -WarningVariable warnings -WarningAction SilentlyContinue
        $found | Should -BeNullOrEmpty
        $warnings.Count | Should -Be 1
    }
}

Describe 'Completion' {
    BeforeAll {
        function Complete([string] $Line) {
            (TabExpansion2 $Line $Line.Length).CompletionMatches
        }
        $applications = Join-Path $TestDrive apps.db
        $columns = 'session_id TEXT, source_app TEXT, event_type TEXT, tool_name TEXT, timestamp TEXT'
        Invoke-TestSql $applications "CREATE TABLE hook_events ($columns)"
        Invoke-TestSql $applications "INSERT INTO hook_events VALUES ('a', 'it''s web', 'PreToolUse', 'Read', '2026-03-02 12:00:00')"
    }

    It 'knows the patterns, and says their steps' {
        $found = Complete "Approve-Pattern -Database '$database' -PatternId "
        $found.CompletionText | Sort-Object | Should -Be ($patterns.PatternId | Sort-Object)
        $found.ToolTip | Should -Contain 'pending: Read→Edit→Write'
        (Complete "Get-PatternApproval -Database '$database' -ToolSequence read").CompletionText | Should -Be "'Read→Edit→Write'"
    }

    It 'knows what <Line> can take' -ForEach @(
        @{ Line = 'Get-ToolSequence -SessionId big-1'; Expected = 'big-1' }
        @{ Line = 'Get-ToolSequence -EventType '; Expected = 'tool_use' }
        @{ Line = 'Get-ToolSequence -DatabaseTimeZone berl'; Expected = 'Europe/Berlin' }
        @{ Line = 'Get-PatternApproval -Status pend'; Expected = 'pending' }
        @{ Line = 'Send-PatternNotification -Sink mai'; Expected = 'Mail' }
        @{ Line = 'Import-HookEvent x -Format claudet'; Expected = 'ClaudeTranscript' }
        @{ Line = 'Export-PatternReport r -Format mark'; Expected = 'Markdown' }
        @{ Line = 'Register-PatternAnalysisTask 02:00 -DayOfWeek mon'; Expected = 'Monday' }
    ) {
        $env:PATTERN_ANALYSIS_DATABASE = $database
        try { (Complete $Line).CompletionText | Should -Contain $Expected } finally { $env:PATTERN_ANALYSIS_DATABASE = $null }
    }

    It 'knows the tasks that are registered' {
        Invoke-WithTask Nightly 'pwsh', '-File', 'daily.ps1' {
            foreach ($cmdlet in 'Get', 'Test', 'Start', 'Unregister') {
                (Complete "$cmdlet-PatternAnalysisTask -Scheduler Systemd -Name nig").CompletionText | Should -Be 'Nightly'
            }
        }
    }

    It 'is there wherever a cmdlet takes <_>' -ForEach 'PatternId', 'PartOf', 'SessionId', 'SourceApp', 'EventType', 'Status',
        'DatabaseTimeZone', 'Reviewer', 'Sink', 'Format', 'ToolSequence' {
        $name = $_
        $found = (Get-Module PatternAnalysis).ExportedCmdlets.Values | Where-Object { $_.Parameters.ContainsKey($name) }
        $found | Should -Not -BeNullOrEmpty
        $found | Where-Object {
            $parameter = $_.Parameters[$name]
            $type = $parameter.ParameterType.GetElementType() ?? $parameter.ParameterType
            $type = [Nullable]::GetUnderlyingType($type) ?? $type
            -not $type.IsEnum -and -not ($parameter.Attributes |
                Where-Object { $_ -is [ArgumentCompleter] -or $_ -is [ValidateSet] -or $_ -is [ArgumentCompletions] })
        } | ForEach-Object Name | Should -BeNullOrEmpty
    }

    It 'quotes what must be quoted' {
        (Complete "Get-ToolSequence -Database '$applications' -SourceApp ").CompletionText | Should -Be "'it''s web'"
    }

    It 'knows who decided' {
        Get-PatternApproval -Database $second | Select-Object -Last 1 |
            Approve-Pattern -Reviewer 'ada' -WarningAction Ignore -ErrorAction Ignore
        (Complete "Approve-Pattern x -Database '$second' -Reviewer ").CompletionText | Should -Contain 'ada'
    }

    It 'takes the database that a session sets once' {
        $global:PSDefaultParameterValues['*:Database'] = $database
        try { (Complete 'Get-PatternApproval ').CompletionText | Should -Contain $patterns[0].PatternId }
        finally { $global:PSDefaultParameterValues.Remove('*:Database') }
    }

    It 'says nothing where there is no database' {
        (Complete "Get-PatternApproval -Database '$TestDrive/none/at/all.db' -PatternId zz").CompletionText | Should -BeNullOrEmpty
    }
}

Describe 'Reset-Pattern' {
    It 'takes a decision back, and the history keeps both' {
        $path = New-AnalyzedDatabase (Join-Path $TestDrive reset.db)
        $id = (Get-PatternApproval -Database $path)[0].PatternId
        Deny-Pattern $id -Reason 'a mistake' -Database $path
        $row = Reset-Pattern $id -Notes 'it was one' -Reviewer ada -Database $path -PassThru
        $row.Status, $row.ReviewedBy, $row.ApprovalNotes | Should -Be 'pending', $null, $null
        $history = Get-PatternReviewHistory $id -Database $path
        $history.Action | Should -Be 'commented', 'rejected'
        $history[0].Notes | Should -Be 'reset from rejected to pending: it was one'
        (Invoke-PatternAnalysis -Database $path).Pending | Should -Be 2
        (Get-PatternApproval $id -Database $path).Status | Should -Be 'pending'
    }

    It 'leaves alone what nobody decided, and does nothing with -WhatIf' {
        $path = New-AnalyzedDatabase (Join-Path $TestDrive untouched.db)
        $id = (Get-PatternApproval -Database $path)[0].PatternId
        Reset-Pattern $id -Database $path -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings.Count | Should -Be 1
        Approve-Pattern $id -Database $path
        Reset-Pattern $id -Database $path -WhatIf
        (Get-PatternApproval $id -Database $path).Status | Should -Be 'approved'
    }
}

Describe 'Remove-HookEvent' {
    It 'removes old events, and keeps what is known of patterns' {
        $path = New-AnalyzedDatabase (Join-Path $TestDrive retention.db)
        Invoke-TestSql $path "UPDATE hook_events SET timestamp = '2026-01-02T03:04:05Z' WHERE session_id LIKE 'big-%'"
        Invoke-TestSql $path "UPDATE hook_events SET timestamp = 'yesterday' WHERE session_id = 'small-1'"
        $before = Get-PatternApproval -Database $path | Sort-Object PatternId | Select-Object PatternId, OccurrenceCount, Status

        $planned = Remove-HookEvent -OlderThan 2026-02-01 -Database $path -WhatIf
        $planned.RemovedCount, $planned.UnreadableCount, $planned.DryRun | Should -Be 90, 2, $true
        (Invoke-TestSql $path 'SELECT count(*) AS n FROM hook_events').n | Should -Be 130

        $done = Remove-HookEvent -OlderThan 2026-02-01 -Database $path -Confirm:$false
        $done.RemovedCount, $done.KeptCount, $done.DryRun | Should -Be 90, 40, $false
        (Invoke-TestSql $path 'SELECT count(*) AS n FROM hook_events').n | Should -Be 40
        $null = Invoke-PatternAnalysis -Database $path
        Get-PatternApproval -Database $path | Sort-Object PatternId | ForEach-Object OccurrenceCount | Should -Be $before.OccurrenceCount
    }

    It 'takes ages and times, and refuses what is neither' {
        foreach ($age in '90d', '2w', [timespan]::FromDays(90), '2020-01-01') {
            (Remove-HookEvent -OlderThan $age -Database $database -WhatIf).RemovedCount | Should -Be 0
        }
        (Remove-HookEvent -OlderThan 90d -Database $database -WhatIf).RemovedCount | Should -Be 0
        { Remove-HookEvent -OlderThan soon -Database $database } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
    }
}

Describe 'Import-HookEvent' {
    It 'says in one line what it did, unless it is told to be quiet' {
        $sample = Join-Path $Root samples hook-events.jsonl
        $told = Import-HookEvent $sample -Database (Join-Path $TestDrive told.db) 6>&1
        "$told" | Should -Match '^Imported 2,211 new events of 60 sessions'
        Import-HookEvent $sample -Database (Join-Path $TestDrive quiet.db) -Quiet 6>&1 | Should -BeNullOrEmpty
    }
}

Describe 'Long work' {
    BeforeAll {
        # Streams as a host gets them: progress is drawn by hosts, and a test is none.
        function Get-Told {
            param ([string] $Script)

            $shell = [powershell]::Create()
            try {
                $null = $shell.AddScript("Import-Module '$ManifestPath'
                    `$VerbosePreference = 'Continue'
                    `$env:PATTERN_ANALYSIS_DATABASE = '$told'
                    $Script").Invoke()
                if ($shell.HadErrors) { throw $shell.Streams.Error[0] }
                @{
                    Verbose  = @($shell.Streams.Verbose | ForEach-Object Message)
                    Progress = @($shell.Streams.Progress | Where-Object RecordType -EQ Processing)
                    Ended    = @($shell.Streams.Progress | Where-Object RecordType -EQ Completed).Count
                }
            } finally {
                $shell.Dispose()
            }
        }

        $told = Join-Path $TestDrive long.db
        $sample = Join-Path $Root samples hook-events.jsonl
        $imported = Get-Told "Import-HookEvent '$sample' -Quiet"
    }

    It 'tells with -Verbose what each stage of <Name> did, and how long that took' -ForEach @(
        @{ Name = 'an analysis'; Script = 'Invoke-PatternAnalysis -Since 2026-03-01 -Until 2026-04-01 -EvidenceDays 0'
            Lines = '^Reading hook events: \d+\.\d\d s\.$', '^Mining [\d,]+ steps of \d+ sessions: .+ s\.$',
                '^Measuring and classifying [\d,]+ patterns: .+ s\.$', '^Saving: .+ s\.$' }
        @{ Name = 'the pipeline'
            Script = 'Get-ToolSequence -Since 2026-03-01 | Find-RepeatedPattern | Measure-PatternMetric |
                Measure-PatternWorth | Set-PatternClassification'
            Lines = '^Read \d+ events of .*: \d+ steps in \d+ sessions: .+ s\.$',
                '^Found \d+ patterns in \d+ steps of \d+ sessions: .+ s\.$',
                '^Measured \d+ patterns and left out \d+, which -AllPatterns emits: .+ s\.$', '^Appraised \d+ patterns: .+ s\.$',
                '^Classified: .*\d+ pending' }
        @{ Name = 'an index'; Script = 'Optimize-PatternDatabase'
            Lines = , '^Made idx_pattern_analysis_events in .*; derived [\d,]+ events: .+ s\.$' }
        @{ Name = 'a check'; Script = 'Test-PatternDatabase'; Lines = , '^True: [\d,]+ events derived, .*: .+ s\.$' }
        @{ Name = 'masking'; Script = 'Protect-HookEvent -Confirm:$false'; Lines = , '^Masked \d+ of \d+ events in .*: .+ s\.$' }
        @{ Name = 'a removal'; Script = 'Remove-HookEvent -OlderThan 2026-03-03 -Confirm:$false'
            Lines = '^Looking for old events: .+ s\.$', '^Removed \d+ events, \d+ stay: .+ s\.$' }
    ) {
        $said = Get-Told $Script
        foreach ($line in $Lines) { $said.Verbose -match $line | Should -HaveCount 1 -Because "$line in $($said.Verbose -join ' / ')" }
        $said.Ended | Should -BeGreaterThan 0
    }

    It 'of an import tells the same' {
        $imported.Verbose -match '^Read 1 files, 0 of them unchanged, .*: 2211 events, 2211 of them new: .+ s\.$' | Should -HaveCount 1
        $imported.Ended | Should -Be 1
    }

    It 'shows the time left as soon as something is done' {
        $masked = Get-Told 'Protect-HookEvent -Again -Confirm:$false'
        $masked.Progress.Count | Should -BeGreaterThan 2
        $masked.Progress[0].SecondsRemaining | Should -Be -1 -Because 'nothing is done yet'
        $masked.Progress[1..2].SecondsRemaining | ForEach-Object { $_ | Should -BeGreaterThan 0 }
        $masked.Progress[1].CurrentOperation | Should -Match '^500 of [\d,]+ events$'
        $analyzed = Get-Told 'Invoke-PatternAnalysis -Since 2026-03-01 -Until 2026-04-01 -EvidenceDays 0 -DryRun'
        ($analyzed.Progress | Where-Object PercentComplete -GE 40).SecondsRemaining | ForEach-Object { $_ | Should -BeGreaterThan 0 }
    }
}

Describe 'The help' {
    It 'lists in its pages, in docs/en-US/README.md and in the manifest the same cmdlets' {
        $manifest = (Import-PowerShellDataFile $ManifestPath).CmdletsToExport | Sort-Object
        $folder = Join-Path $Root docs en-US
        $pages = (Get-ChildItem $folder -Filter '*-*.md').BaseName | Sort-Object
        $listed = [regex]::Matches((Get-Content (Join-Path $folder README.md) -Raw), '\[([A-Z]\w+-\w+)\]\(').ForEach{ $_.Groups[1].Value } |
            Sort-Object -Unique
        $pages | Should -Be $manifest
        $listed | Should -Be $manifest
    }
}
