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

Describe 'A task whose module is gone' {
    It 'is warned of where it is shown, and its test says what to do' {
        $gone = Join-Path $TestDrive gone Invoke-DailyPatternAnalysis.ps1
        Invoke-WithTask Old 'pwsh', '-File', $gone, '-Database', $database {
            (Get-PatternAnalysisTask -Scheduler Systemd -WarningVariable warnings -WarningAction SilentlyContinue).Script | Should -Be $gone
            "$warnings" | Should -BeLike "*'Old' can't run: The module that registered it is gone*"
            $check = Test-PatternAnalysisTask -Scheduler Systemd
            $check.IsHealthy, $check.LastExitCode | Should -Be $false, $null
            $check.Problem | Should -BeLike '*Register it again.'
            $check.NextRun | Should -BeGreaterThan (Get-Date)
            Test-PatternAnalysisTask -Scheduler Systemd -Quiet | Should -BeFalse
        }
    }
}

# A systemctl of the test's own: a user's systemd is not on every machine, and where it is, it is not a test's to change.
Describe 'Systemd' -Skip:(-not $IsLinux) -Tag 'needs Linux' {
    BeforeAll {
        $before = $env:PATH, $env:XDG_CONFIG_HOME
        $bin = (New-Item -ItemType Directory (Join-Path $TestDrive bin)).FullName
        $said = Join-Path $TestDrive systemctl.txt
        $env:PATH = "${bin}:$env:PATH"
        $env:XDG_CONFIG_HOME = Join-Path $TestDrive config
        $units = Join-Path $env:XDG_CONFIG_HOME systemd user
        function Set-Systemctl([int] $ExitCode) {
            Set-Content (Join-Path $bin systemctl) "#!/bin/sh`necho `"`$*`" >> '$said'`nexit $ExitCode"
            chmod +x (Join-Path $bin systemctl)
        }
    }

    AfterAll { $env:PATH, $env:XDG_CONFIG_HOME = $before }

    It 'takes a task for some days and several times, starts it and gives it back' {
        Set-Systemctl 0
        $task = Register-PatternAnalysisTask 02:00, '2:30 PM' -DayOfWeek Monday, Friday -Database $database -Scheduler Systemd
        $started = @(Get-PowerShellCommand)
        $task.Arguments[0..($started.Count - 1)] | Should -Be $started
        "$task" | Should -Be 'Daily: Monday, Friday at 02:00, 14:30'
        $check = $task | Test-PatternAnalysisTask
        $check.IsHealthy, $check.LastRun | Should -Be $true, $null
        $check.NextRun.DayOfWeek | Should -BeIn 'Monday', 'Friday'
        ($task | Start-PatternAnalysisTask).Name | Should -Be Daily
        (Get-Content $said)[-1] | Should -Be '--user start pattern-analysis-Daily.service'
        $task | Unregister-PatternAnalysisTask
        Get-ChildItem $units | Should -BeNullOrEmpty
    }

    It 'tells how the last run ended' {
        Set-Systemctl 0
        $log = Join-Path $TestDrive runs
        $task = Register-PatternAnalysisTask 02:00 -Database $database -LogDirectory $log -Scheduler Systemd
        # As systemd would run it.
        $program, $rest = $task.Arguments
        $null = & $program @rest
        $LASTEXITCODE | Should -Be 0
        $check = $task | Test-PatternAnalysisTask
        $check.LastExitCode, $check.IsHealthy | Should -Be 0, $true
        $check.LastRun | Should -Not -BeNullOrEmpty
        $task | Unregister-PatternAnalysisTask
    }

    It 'that refuses a task leaves nothing behind, and the one that was there as it was' {
        Set-Systemctl 1
        $arguments = @{ Database = $database; Scheduler = 'Systemd'; Name = 'Refused' }
        { Register-PatternAnalysisTask 02:00 @arguments } | Should -Throw
        Get-ChildItem $units | Should -BeNullOrEmpty

        Set-Systemctl 0
        $null = Register-PatternAnalysisTask 02:00 @arguments
        Set-Systemctl 1
        { Register-PatternAnalysisTask 03:00 @arguments } | Should -Throw
        (Get-PatternAnalysisTask Refused -Scheduler Systemd).At | Should -Be ([timeonly]'02:00')
        Set-Systemctl 0
        Unregister-PatternAnalysisTask Refused -Scheduler Systemd
    }

    It 'is not asked where the database can not be opened' {
        Set-Systemctl 0
        $text = Join-Path $TestDrive text.db
        Set-Content $text ('x' * 2000)
        foreach ($path in $text, (Join-Path $TestDrive none.db)) {
            { Register-PatternAnalysisTask 02:00 -Database $path -Scheduler Systemd -Name NoDatabase } | Should -Throw
        }
        Get-ChildItem $units | Should -BeNullOrEmpty
        $path | Should -Not -Exist
    }

    It 'has other tasks whose module is gone, and each is warned of when another is registered' {
        Set-Systemctl 0
        Set-Content (Join-Path $units pattern-analysis-Old.service) "[Service]`nExecStart=`"pwsh`" `"-File`" `"$TestDrive/gone.ps1`""
        Set-Content (Join-Path $units pattern-analysis-Old.timer) "[Timer]`nOnCalendar=*-*-* 02:00:00"
        $quiet = @{ WarningVariable = 'warnings'; WarningAction = 'SilentlyContinue' }
        $null = Register-PatternAnalysisTask 02:00 -Database $database -Scheduler Systemd @quiet
        "$warnings" | Should -BeLike "*'Old', which is registered already, can't run: The module that registered it is gone*"
        Get-PatternAnalysisTask -Scheduler Systemd -WarningAction Ignore | Unregister-PatternAnalysisTask
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
