BeforeAll { . (Join-Path $PSScriptRoot common.ps1) }

Describe 'Optimize-PatternDatabase' {
    BeforeEach {
        $database = New-EventDatabase (Join-Path $TestDrive "$([guid]::NewGuid()).db") @{ one = 'Read', 'Edit'; two = 'Read', 'Edit' }
        $indexes = "SELECT count(*) AS count FROM sqlite_master WHERE type = 'index' AND name = 'idx_pattern_analysis_events'"
    }

    It 'makes the index once and says whether it did' {
        (Optimize-PatternDatabase -Database $database).Created | Should -BeTrue
        (Invoke-TestSql $database $indexes).count | Should -Be 1
        (Optimize-PatternDatabase -Database $database).Created | Should -BeFalse
    }

    It 'leaves the file as it is under -WhatIf' {
        $before = (Get-FileHash $database).Hash
        Optimize-PatternDatabase -Database $database -WhatIf | Should -BeNullOrEmpty
        (Get-FileHash $database).Hash | Should -Be $before
    }

    It 'changes nothing of what is found' {
        $before = Get-ToolSequence -Database $database -Activity Tool | Find-RepeatedPattern | Measure-PatternMetric -AllPatterns |
            Select-Object ToolSequence, PValue
        $null = Optimize-PatternDatabase -Database $database
        $after = Get-ToolSequence -Database $database -Activity Tool | Find-RepeatedPattern | Measure-PatternMetric -AllPatterns |
            Select-Object ToolSequence, PValue
        ($after | ConvertTo-Json) | Should -Be ($before | ConvertTo-Json)
    }

    It 'derives steps once, says how many, and takes them away' {
        (Optimize-PatternDatabase -Database $database).DerivedCount | Should -Be 4
        (Optimize-PatternDatabase -Database $database).DerivedCount | Should -Be 0
        (Optimize-PatternDatabase -Database $database -Again).DerivedCount | Should -Be 4
        (Invoke-TestSql $database 'SELECT coalesce(sum(step_count), 0) AS count FROM pattern_steps').count | Should -Be 4
        Optimize-PatternDatabase -Database $database -Remove | Should -BeNullOrEmpty
        (Invoke-TestSql $database 'SELECT coalesce(sum(step_count), 0) AS count FROM pattern_steps').count | Should -Be 0
        $null = Invoke-PatternAnalysis -Database $database -Hours 100000
        (Test-PatternDatabase -Database $database).DerivedCount | Should -Be 0
    }

    It 'finds the same by operations before and after, and after a removal' {
        $find = {
            Get-ToolSequence -Database $database -Hours 100000 | Find-RepeatedPattern | Measure-PatternMetric -AllPatterns |
                Select-Object ToolSequence, PValue | ConvertTo-Json
        }
        $before = & $find
        $null = Optimize-PatternDatabase -Database $database
        & $find | Should -Be $before
        Optimize-PatternDatabase -Database $database -Remove
        & $find | Should -Be $before
    }

    It 'says which table is missing' {
        $empty = Join-Path $TestDrive empty.db
        Invoke-TestSql $empty 'CREATE TABLE t (a)'
        { Optimize-PatternDatabase -Database $empty } | Should -Throw -ErrorId 'TableNotFound,*'
    }
}

Describe 'Test-PatternDatabase' {
    BeforeEach {
        $database = New-EventDatabase (Join-Path $TestDrive "$([guid]::NewGuid()).db") @{ one = 'Read', 'Edit'; two = 'Read', 'Edit' }
    }

    It 'creates nothing' {
        $before = (Get-FileHash $database).Hash
        (Test-PatternDatabase -Database $database).UnderivedCount | Should -Be 4
        (Get-FileHash $database).Hash | Should -Be $before
    }

    It 'is true after a run that saves, and says when an event was changed behind its back' {
        $null = Invoke-PatternAnalysis -Database $database -Hours 100000
        $check = Test-PatternDatabase -Database $database
        $check.IsTrue, $check.DerivedCount | Should -Be $true, 4
        Invoke-TestSql $database "UPDATE hook_events SET tool_name = 'Bash' WHERE rowid = 2"
        $check = Test-PatternDatabase -Database $database -WarningVariable warning -WarningAction SilentlyContinue
        $check.IsTrue, $check.ChangedCount | Should -Be $false, 1
        $warning | Should -Match 'Optimize-PatternDatabase -Again'
        $null = Optimize-PatternDatabase -Database $database -Again
        (Test-PatternDatabase -Database $database).IsTrue | Should -BeTrue
    }
}
