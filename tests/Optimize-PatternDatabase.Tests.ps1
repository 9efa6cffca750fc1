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

    It 'says which table is missing' {
        $empty = Join-Path $TestDrive empty.db
        Invoke-TestSql $empty 'CREATE TABLE t (a)'
        { Optimize-PatternDatabase -Database $empty } | Should -Throw -ErrorId 'TableNotFound,*'
    }
}
