# Whether the analysis runs, as people and monitors ask.
BeforeAll {
    . (Join-Path $PSScriptRoot common.ps1)
    $database = New-AnalyzedDatabase (Join-Path $TestDrive 'runs.db')
}

Describe 'Get-PatternRun' {
    It 'shows runs, newest first, and failed ones with their reason' {
        Invoke-TestSql $database ("INSERT INTO pattern_runs (started_at, finished_at, outcome, error) " +
            "VALUES ('2026-03-02 02:00:00', '2026-03-02 02:00:01', 'failed', 'the disk is full')")
        $runs = Get-PatternRun -Database $database
        $runs.Outcome | Should -Be Failed, Completed
        $runs[0].Error | Should -Be 'the disk is full'
        (Get-PatternRun -Database $database -Outcome Completed).SessionCount | Should -Be 50
        Get-PatternRun -Database $database -Kind Import | Should -BeNullOrEmpty
        $runs | Out-String -Width 140 | Should -Match 'the disk is full'
    }
}

Describe 'Get-PatternAnalysisStatus' {
    It 'is healthy within the age, and not behind it' {
        $status = Get-PatternAnalysisStatus -Database $database -MaxAge 2d
        $status.IsHealthy | Should -BeTrue
        $status.MaxAge | Should -Be ([timespan]::FromDays(2))
        Invoke-TestSql $database "UPDATE pattern_runs SET finished_at = '2026-03-02 02:00:00'"
        (Get-PatternAnalysisStatus -Database $database -MaxAge 26).IsHealthy | Should -BeFalse
        (Get-PatternAnalysisStatus -Database $database -MaxAge ([timespan]::FromDays(9999))).IsHealthy | Should -BeTrue
    }

    It 'refuses what is no length of time' {
        { Get-PatternAnalysisStatus -Database $database -MaxAge soon } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
        { Get-PatternAnalysisStatus -Database $database -MaxAge 0 } | Should -Throw -ErrorId 'InvalidOption,*'
    }
}
