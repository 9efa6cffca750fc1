# Daily runs, with the real crontab and the real daemon where this machine has them and the tests may use them.
BeforeDiscovery {
    # A crontab belongs to a user and cron runs as root: only there, and only where nobody's entries could be hurt.
    $noCron = -not ($IsLinux -and (Test-Path /usr/sbin/cron) -and (Get-Command crontab -ErrorAction Ignore) -and (id -u) -eq 0)
}

BeforeAll {
    . (Join-Path $PSScriptRoot common.ps1)
    $routine = 'Read', 'Edit', 'Write'
    $database = New-EventDatabase (Join-Path $TestDrive "it's 100% ours.db") ([ordered]@{ a = $routine; b = $routine; c = $routine })
}

Describe 'Register-PatternAnalysisTask' {
    It 'shows what it would register, and registers nothing' {
        $result = Invoke-ChildScript -Variable @{ db = $database } @'
Import-Module $ManifestPath
Register-PatternAnalysisTask -At 02:30 -Database $db -Scheduler TaskScheduler -Name Nightly -WhatIf
'@
        $result.Text | Should -Match '<StartBoundary>2020-01-01T02:30:00</StartBoundary>'
        $result.Text | Should -Match '<StartWhenAvailable>true</StartWhenAvailable>'
    }

    It 'takes times as people have them, several a day, on some days' {
        $shown = Invoke-ChildScript -Variable @{ db = $database } -Script @'
Import-Module $ManifestPath
$times = '2:30 PM', [datetime]'2026-03-02 02:00'
Register-PatternAnalysisTask -At $times -DayOfWeek Monday, Friday -Database $db -Scheduler Launchd -WhatIf
'@
        $day = '<dict>\s*<key>Weekday</key>\s*<integer>5</integer>\s*<key>Hour</key>\s*<integer>14</integer>\s*<key>Minute</key>'
        $shown.Text | Should -Match $day
        { Register-PatternAnalysisTask -At noonish -Database $database -WhatIf } |
            Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
    }

    It 'refuses arguments that neither the script nor the analysis knows' {
        foreach ($words in @('-NoSuch', '1'), @('stray'), @('-Database', 'x')) {
            { Register-PatternAnalysisTask -At 02:00 -Database $database -ScriptArgument $words -WhatIf } |
                Should -Throw -ErrorId 'InvalidTask,*'
        }
        { Register-PatternAnalysisTask -At 02:00 -Database $database -ScriptArgument '-MinOccurrences', '3' -WhatIf } | Should -Not -Throw
    }

    It 'refuses a password on a command line' {
        { Register-PatternAnalysisTask -At 02:00 -Database 'Host=localhost;Username=ada;Password=x' -WhatIf } |
            Should -Throw -ErrorId 'SecretInTask,*'
        { Register-PatternAnalysisTask -At 02:00 -Database 'postgres://ada:x@localhost/events' -WhatIf } |
            Should -Throw -ErrorId 'SecretInTask,*'
    }

    It 'refuses a name that no scheduler can hold' {
        { Register-PatternAnalysisTask -At 02:00 -Database $database -Name "a`nb" -WhatIf } |
            Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }
}

Describe 'Cron' -Skip:$noCron -Tag 'needs Linux, the package cron, and root' {
    BeforeAll {
        $before = crontab -l 2>$null
        "# somebody else's`n5 4 * * * true" | crontab -
    }

    AfterAll {
        if ($before) { $before | crontab - } else { crontab -r 2>$null }
    }

    It 'has a task once, beside what others put there' {
        1..2 | ForEach-Object { $task = Register-PatternAnalysisTask -At 02:15 -Database $database -Scheduler Cron }
        $task.At | Should -Be ([timeonly]'02:15')
        (Get-PatternAnalysisTask -Scheduler Cron).Name | Should -Be Daily
        (crontab -l)[0..1] | Should -Be "# somebody else's", '5 4 * * * true'
        @(crontab -l).Count | Should -Be 5

        Get-PatternAnalysisTask -Scheduler Cron | Unregister-PatternAnalysisTask
        crontab -l | Should -Be "# somebody else's", '5 4 * * * true'
    }

    It 'says when there is no such task' {
        { Unregister-PatternAnalysisTask NoSuch -Scheduler Cron -ErrorAction Stop } | Should -Throw -ErrorId 'TaskNotFound,*'
    }

    It 'runs the script at its time, and the script leaves its log' {
        $logs = Join-Path $TestDrive "logs of 100%"
        $soon = [timeonly]::FromDateTime((Get-Date).AddSeconds(100))
        $null = Register-PatternAnalysisTask -At $soon -Database $database -LogDirectory $logs -Scheduler Cron -Name SoonTest
        $daemon = Get-Process cron -ErrorAction Ignore
        $own = if (-not $daemon) { Start-Process /usr/sbin/cron -ArgumentList '-f' -PassThru }
        try {
            $log = Join-Path $logs 'pattern_analysis_*.log'
            $deadline = [datetime]::Now.AddMinutes(10)
            while ([datetime]::Now -lt $deadline -and
                -not ((Test-Path $log) -and (Get-Content $log -Raw) -match 'Ended with exit code')) { Start-Sleep 2 }
            $log | Should -Exist
            Get-Content $log -Raw | Should -Match '(?s)Total Sessions Analyzed: 3.*Ended with exit code 0'
        } finally {
            if ($own) { $own.Kill() }
            Unregister-PatternAnalysisTask SoonTest -Scheduler Cron
        }
    }
}

Describe 'Missed days' {
    It 'are caught up by the next run' {
        $file = New-EventDatabase (Join-Path $TestDrive missed.db) ([ordered]@{ a = $routine; b = $routine })
        Invoke-TestSql $file "UPDATE hook_events SET timestamp = datetime('now', '-5 days')"
        (Invoke-PatternAnalysis -Database $file -Since (Get-Date).AddDays(-8) -Until (Get-Date).AddDays(-7)).TotalSessions | Should -Be 0

        $summary = Invoke-PatternAnalysis -Database $file -SinceLastRun
        $summary.WindowSessions | Should -Be 2
        $summary.Window.Since | Should -BeLessThan ([datetimeoffset]::Now.AddDays(-6.9))
        (Invoke-PatternAnalysis -Database $file -SinceLastRun).WindowSessions | Should -Be 0
    }
}
