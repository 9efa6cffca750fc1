# Objects leave the session and come back: through files, jobs and JSON. Every stage goes on with them as if they had never left.
BeforeAll {
    . (Join-Path $PSScriptRoot common.ps1)

    # Sessions whose danger is in what the tools were given, with times and outcomes; and one routine that is harmless.
    function New-PayloadDatabase([string] $Name) {
        $path = Join-Path $TestDrive $Name
        Invoke-TestSql $path 'CREATE TABLE hook_events (session_id TEXT, event_type TEXT, tool_name TEXT, timestamp TEXT, payload TEXT)'
        $lines = foreach ($i in 1..20) {
            foreach ($call in @('Bash', 'npm test'), @('Bash', 'git push --force origin main'), @('Read', 'a.cs'), @('Edit', 'a.cs')) {
                $input = if ($call[0] -eq 'Bash') { @{ command = $call[1] } } else { @{ file_path = $call[1] } }
                $payload = @{ tool_name = $call[0]; tool_input = $input } | ConvertTo-Json -Compress
                $at = [datetime]::new(2026, 3, 2, 9, $i, 0).AddSeconds($lines.Count + $script:second++ % 50)
                "INSERT INTO hook_events VALUES ('s$i', 'PreToolUse', '$($call[0])', '$($at.ToString('yyyy-MM-dd HH:mm:ss'))', '$payload')"
            }
        }
        Invoke-TestSql $path ($lines -join ';')
        $path
    }

    function Read-Sequence { Get-ToolSequence -Database $database -Since 2026-01-01 -Until 2027-01-01 }
    function Set-Verdict { $input | Measure-PatternMetric | Set-PatternClassification }
    function Get-Sign {
        $input | Where-Object Length -GT 1 |
            ForEach-Object { $_.PatternId, $_.SessionCount, $_.OccurrenceCount, $_.Status, $_.Danger.Level, $_.Danger.RuleId -join ' ' }
    }
    function Copy-ByClixml {
        $file = Join-Path $TestDrive "$([guid]::NewGuid()).xml"
        $input | Export-Clixml $file
        Import-Clixml $file
    }

    $script:second = 0
    $database = New-PayloadDatabase payload.db
    $sequences = Read-Sequence
    $found = $sequences | Find-RepeatedPattern
    $classified = $found | Set-Verdict
    $signs = $classified | Get-Sign
}

Describe 'A copy of a sequence' {
    It 'keeps its calls, their times and their danger' {
        $copy = $sequences[0] | Copy-ByClixml
        $copy | Should -BeOfType PatternAnalysis.ToolSequence
        $copy.FirstSeen | Should -Be $sequences[0].FirstSeen
        $copy.Calls | ForEach-Object { "$_" } | Should -Be ($sequences[0].Calls | ForEach-Object { "$_" })
        $copy.Calls.Danger.Level | Should -Contain 'Destructive'
    }

    It 'gives the same verdicts through <_>' -ForEach 'Clixml', 'JSON', 'deep JSON', 'a job' {
        $copies = switch ($_) {
            'Clixml' { $sequences | Copy-ByClixml }
            'JSON' { $sequences | ConvertTo-Json -WarningAction Ignore | ConvertFrom-Json }
            'deep JSON' { $sequences | ConvertTo-Json -Depth 6 | ConvertFrom-Json }
            'a job' {
                $script = { Import-Module $args[0]; Get-ToolSequence -Database $args[1] -Since 2026-01-01 }
                Start-Job $script -ArgumentList $ManifestPath, $database | Receive-Job -Wait -AutoRemoveJob
            }
        }
        $signs | Should -Not -BeNullOrEmpty
        $copies | Find-RepeatedPattern -WarningAction Ignore | Set-Verdict | Get-Sign | Should -Be $signs
    }

    It 'that lost its calls is warned of once, and nothing in it is safe or destructive unseen' {
        $lost = $sequences | Select-Object SessionId, Text, Steps, EventCount
        $verdicts = $lost | Find-RepeatedPattern -WarningVariable warnings -WarningAction SilentlyContinue | Set-Verdict
        $warnings.Count | Should -Be 1
        $verdicts.Danger.Level | Should -Not -Contain 'Safe'
        $verdicts.Status | Should -Not -Contain 'auto-approved'
    }
}

Describe 'A copy of a pattern' {
    It 'goes on where it stood: <_>' -ForEach 'found', 'measured', 'classified' {
        $copies = switch ($_) {
            'found' { $found | Copy-ByClixml | Set-Verdict }
            'measured' { $found | Measure-PatternMetric | Copy-ByClixml | Set-PatternClassification }
            'classified' { $classified | Copy-ByClixml }
        }
        $copies | Get-Sign | Should -Be $signs
        $copies.ConfidenceScore | Should -Be $classified.ConfidenceScore
        $copies.EstimatedSavings | Should -Be $classified.EstimatedSavings
        $copies.Reasons | Should -Be $classified.Reasons
    }

    It 'is saved as what it is a copy of, and a second time changes nothing' {
        $live, $copied = (New-PayloadDatabase live.db), (New-PayloadDatabase copied.db)
        $rows = 'SELECT * FROM pattern_approvals ORDER BY pattern_id'
        $classified | Save-PatternApproval -Database $live
        $classified | Copy-ByClixml | Save-PatternApproval -Database $copied
        $before = Invoke-TestSql $live $rows | Select-Object * -ExcludeProperty created_at, updated_at, id | ConvertTo-Json
        Invoke-TestSql $copied $rows | Select-Object * -ExcludeProperty created_at, updated_at, id | ConvertTo-Json | Should -Be $before
        $run = 'SELECT sessions, events, patterns_found, pending, auto_rejected, total_savings_usd, options FROM pattern_runs'
        Invoke-TestSql $copied $run | ConvertTo-Json | Should -Be (Invoke-TestSql $live $run | ConvertTo-Json)

        $classified | Copy-ByClixml | Save-PatternApproval -Database $live
        $classified | ConvertTo-Json -Depth 5 -WarningAction Ignore | ConvertFrom-Json | Save-PatternApproval -Database $live
        Invoke-TestSql $live $rows | Select-Object * -ExcludeProperty created_at, updated_at, id | ConvertTo-Json | Should -Be $before
    }

    It 'keeps what it is worth, and what stays and varies in its steps' {
        $worthy = $found | Measure-PatternMetric | Measure-PatternWorth | Set-PatternClassification
        $path = New-PayloadDatabase worth.db
        $rows = 'SELECT * FROM pattern_worth ORDER BY pattern_id'
        $worthy | Save-PatternApproval -Database $path
        $before = Invoke-TestSql $path $rows | ConvertTo-Json
        $before | Should -Match '"steps": "\[\{'
        $before | Should -Match '"saved_wait_ms": [1-9]'

        $worthy | Copy-ByClixml | Save-PatternApproval -Database $path
        Invoke-TestSql $path $rows | ConvertTo-Json | Should -Be $before
        $worthy | ConvertTo-Json -Depth 5 -WarningAction Ignore | ConvertFrom-Json | Save-PatternApproval -Database $path
        Invoke-TestSql $path $rows | ConvertTo-Json | Should -Be $before
    }

    It 'that lost its sessions is not saved: nobody knows what is counted already' {
        $lost = $classified | Select-Object * -ExcludeProperty Sessions
        { $lost | Save-PatternApproval -Database $database } | Should -Throw -ErrorId 'IncompleteCopy,*'
    }

    It 'can not be measured anew by what its sequences alone tell' {
        { $found | Copy-ByClixml | Measure-PatternMetric -MinLift 3 } | Should -Throw -ErrorId 'SequencesNeeded,*'
    }

    It 'is reported like what it is a copy of' {
        foreach ($name in 'live', 'copied') {
            $patterns = $name -eq 'live' ? $classified : ($classified | Copy-ByClixml)
            $null = $patterns | Export-PatternReport (Join-Path $TestDrive "$name.csv")
        }
        Get-Content (Join-Path $TestDrive copied.csv) | Should -Be (Get-Content (Join-Path $TestDrive live.csv))
    }
}

Describe 'A copy of a stored pattern' {
    It 'keeps its danger and its worth: <_>' -ForEach 'Clixml', 'JSON' {
        $path = New-PayloadDatabase "stored-$_.db"
        $null = Invoke-PatternAnalysis -Database $path -Since 2026-01-01 -Until 2027-01-01
        $stored = Get-PatternApproval -Database $path
        $copies = $_ -eq 'Clixml' ? ($stored | Copy-ByClixml) : ($stored | ConvertTo-Json -Depth 5 | ConvertFrom-Json)
        $copies = foreach ($copy in $copies) { [PatternAnalysis.PatternApproval] $copy }
        $stored.Kind | Should -Not -Contain 'NotAssessed'
        $stored.DangerLevel | Should -Contain 'Destructive'
        $copies | ConvertTo-Csv | Should -Be ($stored | ConvertTo-Csv)
        $copies.WorstOccurrences | ForEach-Object { "$_" } | Should -Be ($stored.WorstOccurrences | ForEach-Object { "$_" })
    }
}

Describe 'A copy of what a view shows' {
    It 'is shown like what it is a copy of: <_>' -ForEach 'run', 'status', 'occurrence' {
        $path = New-AnalyzedDatabase (Join-Path $TestDrive "shown-$_.db")
        $live = switch ($_) {
            'run' { Get-PatternRun -Database $path }
            'status' { Get-PatternAnalysisStatus -Database $path }
            'occurrence' { Test-PatternDanger -PatternId (Get-PatternApproval -Database $path -First 1).PatternId -Database $path }
        }
        $file = Join-Path $TestDrive "shown-$_.xml"
        $live | Export-Clixml $file -Depth 4
        Import-Clixml $file | Out-String | Should -Be ($live | Out-String)
    }
}

Describe 'Sequences without times' {
    It 'never add to what was seen of the same sessions with times' {
        $path = New-PayloadDatabase undated.db
        $classified | Save-PatternApproval -Database $path
        $sequences | ForEach-Object { [pscustomobject]@{ SessionId = $_.SessionId; Steps = $_.Steps } } |
            Find-RepeatedPattern | Set-Verdict | Save-PatternApproval -Database $path
        $after = Get-PatternApproval -Database $path
        foreach ($pattern in $classified) {
            ($after | Where-Object PatternId -EQ $pattern.PatternId).OccurrenceCount | Should -Be $pattern.OccurrenceCount
            ($after | Where-Object PatternId -EQ $pattern.PatternId).Status | Should -Be $pattern.Status
        }
    }
}

Describe 'What a run came to' {
    It 'is shown and reported after it left the session' {
        $summary = Invoke-PatternAnalysis -Database $database -Since 2026-01-01 -Until 2027-01-01 -DryRun
        $copy = $summary | Copy-ByClixml
        $copy | Should -BeOfType PatternAnalysis.AnalysisSummary
        $copy.Patterns.Count | Should -Be $summary.Patterns.Count
        ($copy | Out-String) | Should -Be ($summary | Out-String)
        $copy | Export-PatternReport (Join-Path $TestDrive summary.md) | Should -Exist
    }

    It 'is shown where the module is not known, and where the language is constrained' {
        $summary = Invoke-PatternAnalysis -Database $database -Since 2026-01-01 -Until 2027-01-01 -DryRun
        $file = Join-Path $TestDrive summary.xml
        $summary | Export-Clixml $file
        $shown = Invoke-ChildScript -Variable @{ File = $file; Database = $database } -Script @'
Import-Clixml $File | Out-String
Import-Module $ManifestPath
$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'
Invoke-PatternAnalysis -Database $Database -Since 2026-01-01 -Until 2027-01-01 -DryRun | Out-String
'@
        $shown.Text | Should -Not -Match 'exception|error'
        ($shown.Lines -match 'Total Sessions Analyzed: 20').Count | Should -Be 1
    }
}
