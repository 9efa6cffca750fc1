# As an operator: every cmdlet between those that everybody uses.
BeforeDiscovery {
    # One of each type.
    $rows = @(
        @{ Type = 'ToolSequence'; Script = { $sequences } }
        @{ Type = 'ToolCall'; Script = { $sequences.Calls } }
        @{ Type = 'RepeatedPattern'; Script = { $sequences | Find-RepeatedPattern } }
        @{ Type = 'MeasuredPattern'; Script = { $sequences | Find-RepeatedPattern | Measure-PatternMetric } }
        @{ Type = 'ClassifiedPattern'; Script = { $classified } }
        @{ Type = 'PatternApproval'; Script = { Get-PatternApproval -Database $database } }
        @{ Type = 'PatternStatistic'; Script = { Get-PatternStatistic -Database $database } }
        @{ Type = 'ReviewHistoryEntry'; Script = {
            Get-PatternApproval -Database $database | Approve-Pattern
            Get-PatternReviewHistory -Database $database } }
        @{ Type = 'DangerAssessment'; Script = { Test-PatternDanger 'rm -rf /', 'ls' } }
        @{ Type = 'OccurrenceAssessment'; Script = {
            Test-PatternDanger -PatternId (Get-PatternApproval -Database $database -First 1).PatternId -Database $database } }
        @{ Type = 'AnalysisSummary'; Script = { Invoke-PatternAnalysis -Database $database -DryRun } }
        @{ Type = 'PastRun'; Script = { Get-PatternRun -Database $database } }
        @{ Type = 'AnalysisStatus'; Script = { Get-PatternAnalysisStatus -Database $database } }
        @{ Type = 'AgentCost'; Script = { Measure-AgentCost -Database $database -GroupBy Total -WarningAction Ignore } }
        @{ Type = 'PatternEffect'; Script = { Measure-PatternEffect -Activity Read -Cut (Get-Date) -Database $database } }
        @{ Type = 'PermissionRule'; Script = { Export-PatternPermission -Database $imported -MinSessions 2 } }
        @{ Type = 'ExistingAutomation'; Script = { Get-ExistingAutomation -Path $TestDrive } }
        @{ Type = 'ImportResult'; Script = {
            Import-HookEvent (Join-Path $samples hook-events.jsonl) -Database $imported -PassThru -Quiet } }
        @{ Type = 'Storage.EventRetentionResult'; Script = { Remove-HookEvent -OlderThan 2020-01-01 -Database $imported -WhatIf } }
        @{ Type = 'Storage.EventProtectionResult'; Script = { Protect-HookEvent -Database $imported -Confirm:$false } }
        @{ Type = 'Storage.EventIndexResult'; Script = { Optimize-PatternDatabase -Database $imported } }
        @{ Type = 'Storage.Steps.StepCheckResult'; Script = { Test-PatternDatabase -Database $imported } }
        @{ Type = 'ScheduledAnalysis'; Script = {
            Invoke-WithTask Nightly 'pwsh', '-Database', $database { Get-PatternAnalysisTask -Scheduler Systemd } } }
        @{ Type = 'ScheduledAnalysisCheck'; Script = {
            Invoke-WithTask Nightly 'pwsh', '-File', (Join-Path $TestDrive gone.ps1) { Test-PatternAnalysisTask -Scheduler Systemd } } }
    )
}

BeforeAll {
    . (Join-Path $PSScriptRoot common.ps1)

    # Two databases of one routine that waits, one that is dangerous, and a coincidence.
    $databases = foreach ($name in 'first', 'second') {
        $sessions = [ordered]@{}
        foreach ($i in 1..20) {
            $sessions["$name-habit-$i"] = 'Read', 'Edit', 'Write'
            $sessions["$name-danger-$i"] = 'Plan', 'delete_branch'
        }
        New-EventDatabase (Join-Path $TestDrive "$name.db") $sessions
    }
    $database = $databases[0]
    $null = $databases | Invoke-PatternAnalysis
    $sequences = Get-ToolSequence -Database $database
    $classified = $sequences | Find-RepeatedPattern | Measure-PatternMetric | Measure-PatternWorth | Set-PatternClassification

    $samples = Join-Path (Split-Path $PSScriptRoot) samples
    $imported = Join-Path $TestDrive imported.db
    Import-HookEvent (Join-Path $samples hook-events.jsonl) -Database $imported -Quiet
    Set-Content (Join-Path $TestDrive package.json) '{ "scripts": { "test": "vitest run", "lint": "eslint ." } }'

    # What an object says that has nothing to say of itself.
    $typeName = '\b(System|PatternAnalysis)\.\w|\w+ \{ \w+ = '

    # What a spreadsheet can show: a row whose fields are no type names.
    function Get-CsvRow {
        $file = Join-Path $TestDrive "$([guid]::NewGuid()).csv"
        $input | Export-Csv $file
        Import-Csv $file
    }
}

Describe 'As an operator' {
    It 'I sort, filter, group and choose what each stage emits' {
        ($sequences | Where-Object EventCount -EQ 3 | Sort-Object SessionId | Select-Object -First 1).SessionId | Should -Be 'first-habit-1'
        ($sequences | Group-Object Text | ForEach-Object Count) | Should -Be 20, 20
        @($sequences.Calls | Group-Object Activity).Count | Should -Be 5
        ($sequences | Find-RepeatedPattern | Sort-Object Length -Descending)[0].Steps[2] | Should -Be 'Write'
        ($classified | Group-Object Status | Sort-Object Name).Name | Should -Be 'auto-rejected', 'pending'
        ($classified | Where-Object { $_.Danger.Level -eq 'Destructive' }).ToolSequence | Should -Be 'Plan→delete_branch'
        ($classified | Select-Object PatternId, Status, @{ n = 'Usd'; e = { $_.EstimatedSavings } })[0].Usd | Should -BeOfType decimal
        ($classified | Measure-Object OccurrenceCount -Sum).Sum | Should -Be 40
    }

    It 'I stop early, and nothing breaks' {
        @(Get-ToolSequence -Database $database | Select-Object -First 2).Count | Should -Be 2
        @($sequences | Find-RepeatedPattern | Select-Object -First 1).Count | Should -Be 1
        @(Get-PatternApproval -Database $database | Select-Object -First 1).Count | Should -Be 1
    }

    It 'I put rows into a spreadsheet, and copies of them: <Type>' -ForEach $rows {
        $objects = @(& $Script)
        $objects[0] | Should -BeOfType "PatternAnalysis.$Type"
        $file = Join-Path $TestDrive "$Type.xml"
        $objects | Export-Clixml $file
        foreach ($kind in $objects, @(Import-Clixml $file)) {
            $kind | ForEach-Object { "$_" } | Should -Not -Match $typeName
            $fields = $kind | Get-CsvRow | ForEach-Object { $_.PSObject.Properties.Value }
            $fields | Should -Not -BeNullOrEmpty
            $fields -match $typeName | Should -BeNullOrEmpty
        }
    }

    It 'I did that with everything that a cmdlet emits' -ForEach @{ Tried = $rows.Type } {
        $emitted = (Get-Command -Module PatternAnalysis).OutputType.Name |
            Where-Object { $_ -like 'PatternAnalysis.*' } | Sort-Object -Unique
        $emitted.Count | Should -BeGreaterThan 20
        $emitted | Where-Object { $_ -notin $Tried.ForEach{ "PatternAnalysis.$_" } } | Should -BeNullOrEmpty
    }

    It 'I see the counts of a copied import' {
        $import = Import-HookEvent (Join-Path $samples hook-events.jsonl) -Database $imported -PassThru -Quiet -Force
        $file = Join-Path $TestDrive import.xml
        $import | Export-Clixml $file
        $copy = Import-Clixml $file
        ($copy | Get-CsvRow).Formats | Should -Be 'HookEvents: 1'
        $copy | ConvertTo-Json -Depth 4 | Should -Be ($import | ConvertTo-Json -Depth 4)
    }

    It 'I see a list in a row by its elements, and how many there are where they are many' {
        ($classified | Sort-Object Length -Descending | Select-Object -First 1 | Get-CsvRow).Steps | Should -Be 'Read; Edit; Write'
        ($sequences | Find-RepeatedPattern | Select-Object -First 1 | Get-CsvRow).Sessions |
            Should -BeLike '*first-habit-1; *first-habit-20'
        [PatternAnalysis.ToolSequence]::new('s', [string[]]@('Read') * 25, $null, $null) | Get-CsvRow |
            ForEach-Object Steps | Should -BeLike '*; ... (25 in all)'
        $classified[0].Steps | Should -HaveCount $classified[0].Length
        , $classified[0].Steps | Should -BeOfType ([string[]])
    }

    It 'I work on several databases at once, in parallel' {
        $found = $databases | ForEach-Object -ThrottleLimit 2 -Parallel {
            Import-Module $using:ManifestPath
            Get-PatternApproval -Database $_
        }
        ($found | Group-Object Database | ForEach-Object Count) | Should -Be 2, 2
        ($databases | Get-PatternStatistic | Measure-Object PatternCount -Sum).Sum | Should -Be 4
    }

    It 'I have the parts done in jobs' {
        $jobs = foreach ($path in $databases) {
            Start-Job -ArgumentList $ManifestPath, $path { Import-Module $args[0]; Get-ToolSequence -Database $args[1] |
            Find-RepeatedPattern }
        }
        foreach ($job in $jobs) {
            $patterns = $job | Receive-Job -Wait -AutoRemoveJob | Measure-PatternMetric | Set-PatternClassification
            $patterns.Status | Sort-Object | Should -Be 'auto-rejected', 'pending'
        }
    }

    It 'I type the beginning of an id, in any case, wherever an id is asked for' {
        $id = (Get-PatternApproval -Database $database -First 1).PatternId
        $start = $id.Substring(0, 12).ToUpperInvariant()
        (Test-PatternDanger -PatternId $start -Database $database).PatternId | Should -Be (@($id) * 20)
        Invoke-TestSql $database "UPDATE pattern_worth SET part_of = '$id' WHERE pattern_id <> '$id'"
        @(Get-PatternApproval -Database $database -PartOf $start).Count | Should -BeGreaterThan 0
        $null = Get-PatternApproval -Database $database -PartOf 0000000000000000 -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings.Count | Should -Be 1
    }

    It 'I pipe rows that name no database, and the environment names it; an empty name that I type is refused' {
        $env:PATTERN_ANALYSIS_DATABASE = New-AnalyzedDatabase (Join-Path $TestDrive unnamed.db)
        try {
            $row = [pscustomobject]@{ PatternId = (Get-PatternApproval -First 1).PatternId; Database = $null }
            $row | Approve-Pattern -ErrorAction Stop
            ($row | Get-PatternApproval).Status | Should -Be approved
            $row | Reset-Pattern -Confirm:$false -ErrorAction Stop
            ($row | Get-PatternApproval).Status | Should -Not -Be approved
            { Get-PatternApproval -Database '' } | Should -Throw -ErrorId 'NoDatabase,*'
        } finally {
            $env:PATTERN_ANALYSIS_DATABASE = $null
        }
    }

    It 'I keep objects in a file, and decide on them later' {
        $path = New-AnalyzedDatabase (Join-Path $TestDrive later.db)
        $file = Join-Path $TestDrive later.xml
        Get-PatternApproval -Database $path | Export-Clixml $file
        Import-Clixml $file | Where-Object ToolSequence -Like 'Read*' | Approve-Pattern -Reviewer ada
        (Get-PatternApproval -Database $path -Status approved).ReviewedBy | Should -Be ada
        { Import-Clixml $file | Deny-Pattern -Reason 'too late' -ErrorAction Stop } | Should -Throw -ErrorId 'PatternDecidedMeanwhile,*'
    }

    It 'I go on from files to every end of the pipeline' {
        $path = New-AnalyzedDatabase (Join-Path $TestDrive ends.db)
        $file = Join-Path $TestDrive ends.xml
        Get-ToolSequence -Database $path | Find-RepeatedPattern | Measure-PatternMetric | Set-PatternClassification | Export-Clixml $file
        (Import-Clixml $file | Save-PatternApproval -Database $path -PassThru | Group-Object Status).Name | Should -Be pending
        $report = Import-Clixml $file | Where-Object ToolSequence -Like Plan* | Export-PatternReport (Join-Path $TestDrive ends.csv)
        ($report | Import-Csv).status | Should -Be pending
        Get-PatternApproval -Database $path | Sort-Object ToolSequence | Export-Clixml $file
        $told = Import-Clixml $file | Send-PatternNotification (Join-Path $TestDrive told.log) -Database $path -PassThru
        $told.ToolSequence | Sort-Object | Should -Be 'Plan→Build', 'Read→Edit→Write'
        $drafts = New-Item -ItemType Directory (Join-Path $TestDrive drafts)
        $draft = Import-Clixml $file | Select-Object -First 1 | Approve-Pattern -PassThru |
            Export-PatternWorkflow -Format Skill -Path $drafts
        $draft | Should -Exist
    }

    It 'I keep tasks in a file, and work on them by what is in it' {
        Invoke-WithTask Nightly 'pwsh', '-Database', $database {
            $file = Join-Path $TestDrive tasks.xml
            Get-PatternAnalysisTask -Scheduler Systemd | Export-Clixml $file
            (Import-Clixml $file | Test-PatternAnalysisTask).Name | Should -Be Nightly
            Import-Clixml $file | Start-PatternAnalysisTask -WhatIf | Should -BeNullOrEmpty
            Import-Clixml $file | Unregister-PatternAnalysisTask -WhatIf
            (Get-PatternAnalysisTask -Scheduler Systemd).Name | Should -Be Nightly
        }
    }

    It 'I look around in the demo, and take it into a spreadsheet' {
        $demo = Show-PatternDemo 6> $null
        try {
            $rows = $demo | Export-PatternReport (Join-Path $TestDrive demo.csv) | Import-Csv
            $rows | Should -HaveCount $demo.PatternsFound
            ($demo | Get-PatternApproval -Status pending) | Should -HaveCount $demo.Pending
        } finally {
            Remove-Item -LiteralPath (Split-Path $demo.Database) -Recurse
        }
    }

    It 'I read what an object is in a string: <_>' -ForEach 'sequence', 'call', 'pattern', 'session', 'worth', 'summary', 'statistic',
        'history', 'danger' {
        $object = switch ($_) {
            'sequence' { $sequences[0] }
            'call' { $sequences[0].Calls[0] }
            'pattern' { $classified[0] }
            'session' { $classified[0].Sessions[0] }
            'summary' { Invoke-PatternAnalysis -Database $database -DryRun }
            'statistic' { (Get-PatternStatistic -Database $database)[0] }
            'history' { (Get-PatternReviewHistory -Database $databases[0])[0] }
            'danger' { $classified[0].Danger }
            'worth' { $classified[0].Worth }
        }
        "$object" | Should -Not -BeNullOrEmpty
        "$object" | Should -Not -Match '^PatternAnalysis\.|^System\.|\w+ \{ \w+ = '
    }
}
