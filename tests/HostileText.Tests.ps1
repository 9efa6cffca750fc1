BeforeAll { . (Join-Path $PSScriptRoot common.ps1) }

# The texts that the unit tests send through reports, drafts, notifications and pages.
Describe 'Text of others in PowerShell' {
    BeforeAll {
        $texts = Get-Content -Raw (Join-Path $PSScriptRoot hostile-texts.json) | ConvertFrom-Json
        $database = Join-Path $TestDrive hostile.db
        Invoke-TestSql $database 'CREATE TABLE hook_events (session_id TEXT, event_type TEXT, tool_name TEXT, timestamp TEXT)'
        $connection = Open-TestDatabase $database
        try {
            $command = $connection.CreateCommand()
            $command.CommandText = "INSERT INTO hook_events VALUES (@session, 'tool_use', @tool, @time)"
            foreach ($name in '@session', '@tool', '@time') {
                $parameter = $command.CreateParameter()
                $parameter.ParameterName = $name
                $null = $command.Parameters.Add($parameter)
            }
            for ($i = 0; $i -lt $texts.Count; $i++) {
                foreach ($session in 1..3) {
                    $number = 0
                    foreach ($tool in 'Read', ($texts[$i] + "x"), 'Edit') {
                        $command.Parameters['@session'].Value = "$($texts[$i])/$i/$session"
                        $command.Parameters['@tool'].Value = $tool
                        $command.Parameters['@time'].Value = '2026-03-02 12:{0:00}:{1:00}' -f ($i % 60), $number++
                        $null = $command.ExecuteNonQuery()
                    }
                }
            }
        } finally {
            $connection.Dispose()
        }
        $null = Invoke-PatternAnalysis -Database $database -Since 2026-03-01 -Until 2026-03-04
        $pattern = Get-PatternApproval -Database $database -First 1
        Invoke-TestSql $database (
            "UPDATE pattern_approvals SET tool_sequence = char(27) || '[31m' || tool_sequence, " +
            "reviewed_by = char(27) || ']0;x' || char(7), approval_notes = 'a' || char(10) || 'forged' || char(27)")
        Invoke-TestSql $database (
            "INSERT INTO pattern_review_history (pattern_id, action, reviewer, notes) VALUES ('$($pattern.PatternId)', 'commented', " +
            "char(27) || '[2J', 'a' || char(10) || 'forged' || char(8238))")
        # What a terminal obeys or nobody sees, but for line ends.
        $acts = '[\p{Cc}\p{Cf}\p{Zl}\p{Zp}-[\r\n\t]]|\uDB40'
        $old = $PSStyle.OutputRendering
        $PSStyle.OutputRendering = 'PlainText'
    }

    AfterAll { $PSStyle.OutputRendering = $old }

    It 'acts in no view of <_>' -ForEach 'Get-ToolSequence', 'Find-RepeatedPattern', 'Get-PatternApproval', 'Get-PatternReviewHistory',
        'Test-PatternDanger' {
        $objects = switch ($_) {
            'Get-ToolSequence' { Get-ToolSequence -Database $database -Since 2026-03-01 -Until 2026-03-04 }
            'Find-RepeatedPattern' { Get-ToolSequence -Database $database -Since 2026-03-01 -Until 2026-03-04 | Find-RepeatedPattern }
            'Get-PatternApproval' { Get-PatternApproval -Database $database }
            'Get-PatternReviewHistory' { Get-PatternReviewHistory -Database $database }
            'Test-PatternDanger' { $texts | ForEach-Object { Test-PatternDanger -Command "echo x$_" } }
        }
        $objects | Should -Not -BeNullOrEmpty
        ($objects | Out-String -Width 300) | Should -Not -Match $acts
        ($objects | Format-Table | Out-String -Width 300) | Should -Not -Match $acts
        ($objects | Format-List | Out-String -Width 300) | Should -Not -Match $acts
        ($objects | Format-List * | Out-String -Width 300) | Should -Not -Match $acts
    }

    It 'forges no line of the history' {
        $lines = (Get-PatternReviewHistory -Database $database | Format-Table | Out-String -Width 300) -split "`n"
        $lines | Where-Object { $_ -match '^\s*forged' } | Should -BeNullOrEmpty
    }
}
